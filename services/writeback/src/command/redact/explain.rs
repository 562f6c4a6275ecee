//! Why a number went: one JSON object for each removal. Never the number.

use std::collections::HashMap;

use redaction::{Finding, Place, Why};
use serde::Serialize;

use super::line::{Line, Text};

#[derive(Serialize)]
struct Removal<'a> {
    id: &'a str,
    kind: &'static str,
    label: &'static str,
    why: &'static str,
    because: &'static str,
    /// Several when it was said over several turns.
    pieces: Vec<Stretch>,
}

/// Characters of a text as it came in, counted as Unicode code points.
#[derive(Serialize)]
struct Stretch {
    #[serde(flatten)]
    place: At,
    from: usize,
    /// The first that stayed.
    to: usize,
}

/// Indices count from 0, as in the line's own lists.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum At {
    Turn(usize),
    Summary(bool),
    Text(usize),
}

/// Writes a line for each removal, in the order in which the numbers were found.
pub(super) fn write(line: &Line<'_>, findings: &[Finding], out: &mut Vec<u8>) {
    let mut counted = HashMap::new();
    for finding in findings {
        let pieces = finding.pieces.iter().map(|piece| {
            let (place, text) = text_of(line, piece.place);
            let characters = counted.entry(piece.place).or_insert_with(|| Characters::of(text));
            Stretch { place, from: characters.before(piece.range.start), to: characters.before(piece.range.end) }
        });
        let (why, because) = reason(finding.why);
        let (kind, label) = (finding.kind.as_str(), finding.kind.label());
        let removal = Removal { id: &line.id, kind, label, why, because, pieces: pieces.collect() };
        serde_json::to_writer(&mut *out, &removal).expect("strings and numbers serialise into memory");
        out.push(b'\n');
    }
}

fn text_of<'a>(line: &'a Line<'_>, place: Place) -> (At, &'a str) {
    match place {
        Place::Turn(index) => (At::Turn(index), &line.turns[index].text),
        Place::Text(index) => match (&line.summary, &line.texts) {
            (Some(summary), _) if index == 0 => (At::Summary(true), summary),
            (summary, texts) => {
                let index = index - usize::from(summary.is_some());
                let Text(text) = &texts.as_ref().expect("it was found in one")[index];
                (At::Text(index), text)
            }
        },
    }
}

/// How many characters come before a byte, without counting from the start each time: a text may hold thousands of numbers.
struct Characters {
    /// The byte at which each character starts, and the end. `None`: all are one byte long.
    starts: Option<Vec<usize>>,
}

impl Characters {
    fn of(text: &str) -> Self {
        let starts = || text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { starts: (!text.is_ascii()).then(starts) }
    }

    fn before(&self, byte: usize) -> usize {
        self.starts.as_ref().map_or(byte, |starts| starts.partition_point(|start| *start < byte))
    }
}

/// A stable name, and the words for a person.
fn reason(why: Why) -> (&'static str, &'static str) {
    match why {
        Why::Checksum => ("checksum", "its check digits are right and nothing nearby says that it is something else"),
        Why::Named => ("named", "the words before it name it, or the other speaker asked for it"),
        Why::Form => ("form", "it is written as this kind of number is always written"),
        Why::NextToCard => ("next_to_card", "it stands next to a card number"),
        Why::Echo => ("echo", "it repeats a number that was removed elsewhere in this conversation"),
        _ => ("other", "a rule that this command has no words for"),
    }
}
