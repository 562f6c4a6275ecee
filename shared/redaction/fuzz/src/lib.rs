//! The laws, and how bytes become a conversation.

use std::sync::LazyLock;

use writeback_redaction::{Conversation, Finding, Place, Redacted, Redactor, Turn};

/// Made once: a fuzzer runs thousands of times a second.
pub static REDACTOR: LazyLock<Redactor> = LazyLock::new(Redactor::new);

/// A conversation as lines: `A: ` and `B: ` begin a turn of that speaker, all other lines are texts beside the turns.
pub struct Said<'a> {
    pub turns: Vec<Turn<'a>>,
    pub texts: Vec<&'a str>,
}

impl<'a> Said<'a> {
    pub fn of(lines: &'a str) -> Self {
        let (mut turns, mut texts) = (Vec::new(), Vec::new());
        for line in lines.split('\n') {
            match line.split_once(": ") {
                Some((speaker @ ("A" | "B"), text)) => turns.push(Turn { speaker, text }),
                _ => texts.push(line),
            }
        }
        Self { turns, texts }
    }

    pub fn redact(&self) -> Redacted<'a> {
        REDACTOR.redact_conversation(Conversation { turns: &self.turns, texts: &self.texts })
    }
}

/// Everything that holds for whatever was said.
pub fn check(said: &Said<'_>) {
    let once = said.redact();
    assert_eq!(once.turns.len(), said.turns.len());
    assert_eq!(once.texts.len(), said.texts.len());
    assert_eq!(once.counts.total() as usize, once.findings.len());

    // Only what a finding names is gone, and all of it is. So no digit comes from nowhere, no two that were apart are joined, and
    // every piece is on character boundaries of the text as it came in.
    for (index, (turn, scrubbed)) in said.turns.iter().zip(&once.turns).enumerate() {
        assert_eq!(without(turn.text, Place::Turn(index), &once.findings), scrubbed.as_ref());
    }
    for (index, (text, scrubbed)) in said.texts.iter().zip(&once.texts).enumerate() {
        assert_eq!(without(text, Place::Text(index), &once.findings), scrubbed.as_ref());
    }

    // A second time changes nothing.
    let turns = said.turns.iter().zip(&once.turns).map(|(turn, text)| Turn { speaker: turn.speaker, text }).collect();
    let again = Said { turns, texts: once.texts.iter().map(AsRef::as_ref).collect() };
    let twice = again.redact();
    assert_eq!(twice.counts.total(), 0, "{:?}", twice.findings);
    assert_eq!((&twice.turns, &twice.texts), (&once.turns, &once.texts));
}

/// The text with what stands for each number in its place, made from the findings alone.
fn without(text: &str, place: Place, findings: &[Finding]) -> String {
    let pieces = findings.iter().flat_map(|finding| finding.pieces.iter().map(move |piece| (finding.kind, piece)));
    let mut pieces: Vec<_> = pieces.filter(|(_, piece)| piece.place == place).collect();
    pieces.sort_by_key(|(_, piece)| piece.range.start);
    let (mut scrubbed, mut done) = (String::new(), 0);
    for (kind, piece) in pieces {
        assert!(done <= piece.range.start && piece.range.start < piece.range.end, "pieces overlap");
        scrubbed += &text[done..piece.range.start];
        scrubbed += kind.replacement();
        done = piece.range.end;
    }
    scrubbed + &text[done..]
}
