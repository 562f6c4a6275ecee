//! One line: a conversation in JSON, read and written.

use std::borrow::Cow;

use redaction::Redacted;
use serde::Deserialize;

use super::quick;

/// What is taken from a line. A text borrows from the line unless it holds escapes.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) turns: Vec<Turn<'a>>,
    #[serde(borrow, default)]
    pub(super) summary: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) texts: Option<Vec<Text<'a>>>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Turn<'a> {
    #[serde(borrow)]
    pub(super) speaker: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
}

/// A `Cow` inside another type is copied by serde unless it is told to borrow, which it can only be told of a field.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

impl<'a> Line<'a> {
    /// Reads a line. The error says what and where, without the input's words.
    pub(super) fn read(line: &'a [u8]) -> Result<Self, String> {
        let line = simdutf8::compat::from_utf8(line).map_err(|error| format!("column {}: not UTF-8", error.valid_up_to() + 1))?;
        if let Some(line) = quick::read(line) {
            return Ok(line);
        }
        // serde's own message may quote the input.
        serde_json::from_str(line).map_err(|error| {
            format!(
                "column {}: not a conversation ({:?} error); expected {{\"id\", \"turns\": [{{\"speaker\", \"text\"}}]}}",
                error.column(),
                error.classify()
            )
        })
    }

    /// Writes the line with its texts scrubbed.
    pub(super) fn write(&self, redacted: &Redacted<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        write_text(&self.id, &self.id, out);
        out.extend_from_slice(b",\"turns\":[");
        for (index, (turn, text)) in self.turns.iter().zip(&redacted.turns).enumerate() {
            out.extend_from_slice(if index == 0 { b"{\"speaker\":" } else { b",{\"speaker\":" });
            write_text(&turn.speaker, &turn.speaker, out);
            out.extend_from_slice(b",\"text\":");
            write_text(&turn.text, text, out);
            out.push(b'}');
        }
        out.push(b']');
        let mut texts = redacted.texts.iter();
        if let (Some(summary), Some(text)) = (&self.summary, self.summary.as_ref().and_then(|_| texts.next())) {
            out.extend_from_slice(b",\"summary\":");
            write_text(summary, text, out);
        }
        if let Some(originals) = &self.texts {
            out.extend_from_slice(b",\"texts\":[");
            for (index, (Text(original), text)) in originals.iter().zip(texts).enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(original, text, out);
            }
            out.push(b']');
        }
        out.extend_from_slice(b"}\n");
    }
}

/// Writes a string. One that was borrowed from the line held no escapes and, unless it was scrubbed, needs none now.
#[expect(clippy::ptr_arg, reason = "whether it is borrowed is what is asked")]
fn write_text(original: &Cow<'_, str>, text: &str, out: &mut Vec<u8>) {
    if let Cow::Borrowed(original) = original
        && std::ptr::eq(*original, text)
    {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        serde_json::to_writer(out, text).expect("strings serialise into memory");
    }
}
