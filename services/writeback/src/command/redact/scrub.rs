//! A piece of the input on its way to the output: what one thread does.

use redaction::{Conversation, Redactor};

use super::{
    explain,
    line::{Line, Text},
    pieces::{LINE_BYTES_MAX, Piece},
};

pub(super) struct Scrubber {
    redactor: Redactor,
    explains: bool,
}

/// What became of a piece.
#[derive(Default)]
pub(super) struct Done {
    /// The scrubbed lines.
    pub(super) lines: Vec<u8>,
    /// Why each number went; empty unless that is asked for.
    pub(super) removals: Vec<u8>,
    /// The lines that are left out.
    pub(super) faults: Vec<String>,
}

impl Scrubber {
    pub(super) fn new(redactor: Redactor, explains: bool) -> Self {
        Self { redactor, explains }
    }

    /// Scrubs a piece into `done`, whose buffers are used again.
    pub(super) fn scrub(&self, piece: &Piece, done: &mut Done) {
        done.lines.clear();
        done.removals.clear();
        done.faults.clear();
        if piece.is_too_long {
            done.faults.push(format!("line {}: longer than {LINE_BYTES_MAX} bytes", piece.first_line));
            return;
        }
        let mut start = 0;
        for (end, number) in memchr::memchr_iter(b'\n', &piece.lines).chain([piece.lines.len()]).zip(piece.first_line..) {
            let line = &piece.lines[start..end];
            start = end + 1;
            // Some editors begin a file with a byte order mark.
            let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            match Line::read(line) {
                Ok(line) => self.scrub_line(&line, done),
                Err(fault) => done.faults.push(format!("line {number}, {fault}")),
            }
        }
    }

    fn scrub_line(&self, line: &Line<'_>, done: &mut Done) {
        let turns: Vec<_> = line.turns.iter().map(|turn| redaction::Turn { speaker: &turn.speaker, text: &turn.text }).collect();
        let listed = line.texts.iter().flatten().map(|Text(text)| &**text);
        let texts: Vec<_> = line.summary.as_deref().into_iter().chain(listed).collect();
        let redacted = self.redactor.redact_conversation(Conversation { turns: &turns, texts: &texts });
        line.write(&redacted, &mut done.lines);
        if self.explains {
            explain::write(line, &redacted.findings, &mut done.removals);
        }
    }
}
