//! Scores redacted conversations against what they really hold.
//!
//! A number is gone when of its characters, in order over all its turns, nothing but the last four is still readable;
//! a code or date when at most one of its digits is.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use writeback_redaction::{Conversation, Finding, Place, Redactor, Turn};

#[derive(Deserialize)]
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) turns: Vec<Said>,
    pub(crate) gold: Vec<Gold>,
    pub(crate) neg: Vec<Negative>,
}

#[derive(Deserialize)]
pub(crate) struct Said {
    pub(crate) speaker: String,
    pub(crate) text: String,
}

/// A number that must go. Pieces are `(turn, start, end, characters)`, in code points.
#[derive(Deserialize)]
pub(crate) struct Gold {
    pub(crate) kind: String,
    pub(crate) cls: String,
    pub(crate) format: String,
    pub(crate) pieces: Vec<(usize, usize, usize, String)>,
}

/// A number that must stay.
#[derive(Deserialize)]
pub(crate) struct Negative {
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) turn: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How many there were, and how many were right.
#[derive(Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) all: usize,
    pub(crate) right: usize,
}

impl Share {
    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    pub(crate) fn rate(self) -> f64 {
        let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if self.all == 0 { 1.0 } else { part(self.right) / part(self.all) }
    }
}

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) recall: Share,
    pub(crate) by_kind: BTreeMap<String, Share>,
    pub(crate) by_format: BTreeMap<String, Share>,
    /// Hard negatives that are unchanged.
    pub(crate) kept: Share,
    pub(crate) kept_by_kind: BTreeMap<String, Share>,
    /// Removed numbers that touch one that must go.
    pub(crate) precision: Share,
    /// What went wrong, for a developer's eyes; the texts are made up.
    pub(crate) faults: Vec<String>,
}

impl Score {
    pub(crate) fn of(examples: &[Example], redactor: &Redactor) -> Self {
        let mut score = Self::default();
        for example in examples {
            score.add(example, redactor);
        }
        score
    }

    fn add(&mut self, example: &Example, redactor: &Redactor) {
        let turns: Vec<_> = example.turns.iter().map(|said| Turn { speaker: &said.speaker, text: &said.text }).collect();
        let redacted = redactor.redact_conversation(Conversation { turns: &turns, texts: &[] });
        assert_eq!(redacted.turns.len(), turns.len());
        let gone = gone(example, &redacted.findings);

        for gold in &example.gold {
            let right = is_redacted(gold, &gone);
            self.recall.add(right);
            self.by_kind.entry(gold.kind.clone()).or_default().add(right);
            self.by_format.entry(format!("{} {}", gold.cls, gold.format)).or_default().add(right);
            if !right {
                let (said, was): (Vec<_>, Vec<_>) =
                    turns_of(gold).iter().map(|turn| (&redacted.turns[*turn], &example.turns[*turn].text)).unzip();
                self.faults.push(format!("leaked {} {} {}: {said:?} was {was:?}", example.id, gold.kind, gold.format));
            }
        }
        for negative in example.neg.iter().filter(|negative| negative.label == "hard") {
            let right = !gone[negative.turn][negative.start..negative.end].iter().any(|gone| *gone);
            self.kept.add(right);
            self.kept_by_kind.entry(negative.kind.clone()).or_default().add(right);
            if !right {
                self.faults.push(format!("altered {} {}: {:?}", example.id, negative.kind, example.turns[negative.turn].text));
            }
        }
        for finding in &redacted.findings {
            let right = finding.pieces.iter().any(|piece| touches(example, piece.place, &piece.range));
            self.precision.add(right);
            if !right {
                self.faults.push(format!("needless {} {finding:?}: {:?}", example.id, text_of(example, finding)));
            }
        }
    }
}

/// For each code point of each turn, whether it was removed.
fn gone(example: &Example, findings: &[Finding]) -> Vec<Vec<bool>> {
    let mut gone: Vec<Vec<bool>> = example.turns.iter().map(|said| vec![false; said.text.chars().count()]).collect();
    for piece in findings.iter().flat_map(|finding| &finding.pieces) {
        if let Place::Turn(turn) = piece.place {
            for (at, (byte, _)) in example.turns[turn].text.char_indices().enumerate() {
                gone[turn][at] |= piece.range.contains(&byte);
            }
        }
    }
    gone
}

fn is_redacted(gold: &Gold, gone: &[Vec<bool>]) -> bool {
    let readable: Vec<bool> = gold
        .pieces
        .iter()
        .flat_map(|(turn, start, end, characters)| {
            let readable = gone[*turn][*start..*end].iter().any(|gone| !gone);
            characters.chars().map(move |_| readable)
        })
        .collect();
    match gold.kind.as_str() {
        "cvv" | "expiry" => readable.iter().filter(|readable| **readable).count() <= 1,
        _ => readable.iter().rev().skip(4).all(|readable| !readable),
    }
}

fn turns_of(gold: &Gold) -> Vec<usize> {
    let mut turns: Vec<_> = gold.pieces.iter().map(|piece| piece.0).collect();
    turns.dedup();
    turns
}

fn touches(example: &Example, place: Place, range: &std::ops::Range<usize>) -> bool {
    let Place::Turn(turn) = place else { return false };
    let text = &example.turns[turn].text;
    let at = |code_points: usize| text.char_indices().nth(code_points).map_or(text.len(), |(byte, _)| byte);
    let pieces = example.gold.iter().flat_map(|gold| &gold.pieces).filter(|piece| piece.0 == turn);
    let optional = example.neg.iter().filter(|negative| negative.turn == turn && negative.label == "optional");
    let spans = pieces.map(|piece| (piece.1, piece.2)).chain(optional.map(|negative| (negative.start, negative.end)));
    spans.into_iter().any(|(start, end)| at(start) < range.end && range.start < at(end))
}

fn text_of(example: &Example, finding: &Finding) -> Vec<String> {
    let turns = finding.pieces.iter().filter_map(|piece| match piece.place {
        Place::Turn(turn) => Some(example.turns[turn].text.clone()),
        Place::Text(_) => None,
    });
    turns.collect()
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, share: &Share| {
            writeln!(f, "{name:<34} {:>5} / {:<5} {:>7.2}%", share.right, share.all, share.rate() * 100.0)
        };
        for (name, shares) in
            [("recall by kind", &self.by_kind), ("recall by format", &self.by_format), ("kept by kind", &self.kept_by_kind)]
        {
            writeln!(f, "-- {name}")?;
            for (name, share) in shares {
                row(f, name, share)?;
            }
        }
        writeln!(f, "-- together")?;
        row(f, "recall", &self.recall)?;
        row(f, "hard negatives kept", &self.kept)?;
        row(f, "precision", &self.precision)
    }
}
