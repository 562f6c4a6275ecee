//! Scores redacted conversations against what they really hold.
//!
//! A number is gone when of its characters, in order over all its turns, nothing but the last four is still readable
//! (of an identity number four letters more); a code or date when at most one of its digits is.

use std::collections::BTreeMap;
use std::ops::Range;

use writeback_redaction::{Conversation, Finding, Place, Redactor, Turn};

use crate::example::{Example, Gold};
use crate::gone::gone;

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

pub(crate) type Shares = BTreeMap<String, Share>;

#[derive(Default)]
pub(crate) struct Score {
    pub(crate) recall: Share,
    pub(crate) by_class: Shares,
    pub(crate) by_kind: Shares,
    pub(crate) by_format: Shares,
    pub(crate) by_language: Shares,
    pub(crate) by_context: Shares,
    /// Hard negatives that are unchanged.
    pub(crate) kept: Share,
    pub(crate) kept_by_kind: Shares,
    /// Removed numbers that touch one that must go.
    pub(crate) precision: Share,
    /// Conversations in which nothing but expiry dates may still be read.
    pub(crate) tight: Share,
    /// Words that were removed and are no number.
    pub(crate) collateral_words: usize,
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
        let gone: Vec<Vec<bool>> = turns.iter().zip(&redacted.turns).map(|(before, after)| gone(before.text, after)).collect();

        let mut tight = true;
        for gold in &example.gold {
            let right = is_redacted(gold, example, &gone);
            tight &= right || gold.kind == "expiry";
            self.add_gold(gold, &example.lang, right);
            if !right {
                let mut turns: Vec<_> = gold.pieces.iter().map(|piece| piece.0).collect();
                turns.dedup();
                let (said, was): (Vec<_>, Vec<_>) =
                    turns.iter().map(|turn| (&redacted.turns[*turn], &example.turns[*turn].text)).unzip();
                let Gold { kind, cls, format, context, .. } = gold;
                let (id, lang) = (&example.id, &example.lang);
                self.faults.push(format!("leaked {id} {lang} {kind} {cls} {format} {context}: {said:?} was {was:?}"));
            }
        }
        self.tight.add(tight);
        for negative in example.neg.iter().filter(|negative| negative.label == "hard") {
            let right = !gone[negative.turn][negative.start..negative.end].iter().any(|gone| *gone);
            self.kept.add(right);
            self.kept_by_kind.entry(negative.kind.clone()).or_default().add(right);
            if !right {
                let (is, was) = (&redacted.turns[negative.turn], &example.turns[negative.turn].text);
                self.faults.push(format!("altered {} {} {}: {is:?} was {was:?}", example.id, example.lang, negative.kind));
            }
        }
        for finding in &redacted.findings {
            self.add_finding(example, finding);
        }
        self.collateral_words += (0..turns.len()).map(|turn| collateral(example, turn, &gone[turn])).sum::<usize>();
    }

    fn add_gold(&mut self, gold: &Gold, language: &str, right: bool) {
        self.recall.add(right);
        self.by_class.entry(gold.cls.clone()).or_default().add(right);
        self.by_kind.entry(gold.kind.clone()).or_default().add(right);
        self.by_format.entry(format!("{} {}", gold.cls, gold.format)).or_default().add(right);
        let family = gold.cls.split('.').next().unwrap_or_default();
        self.by_language.entry(format!("{language} {family}")).or_default().add(right);
        self.by_context.entry(gold.context.clone()).or_default().add(right);
    }

    fn add_finding(&mut self, example: &Example, finding: &Finding) {
        let right = finding.pieces.iter().any(|piece| touches(example, piece.place, &piece.range));
        self.precision.add(right);
        if !right {
            let texts = finding.pieces.iter().filter_map(|piece| match piece.place {
                Place::Turn(turn) => Some(&example.turns[turn].text),
                Place::Text(_) => None,
            });
            self.faults.push(format!("needless {} {finding:?}: {:?}", example.id, texts.collect::<Vec<_>>()));
        }
    }
}

fn is_redacted(gold: &Gold, example: &Example, gone: &[Vec<bool>]) -> bool {
    let mut readable: Vec<(char, bool)> = Vec::new();
    for (turn, start, end, characters) in &gold.pieces {
        let text: Vec<char> = example.turns[*turn].text.chars().skip(*start).take(end - start).collect();
        let here = &gone[*turn][*start..*end];
        let signs: Vec<bool> = text.iter().zip(here).filter(|(c, _)| c.is_alphanumeric()).map(|(_, gone)| !gone).collect();
        // Where each character has its sign they count one by one; the words of a piece only together.
        let one_by_one = signs.len() == characters.chars().count();
        let any = signs.iter().any(|readable| *readable);
        readable.extend(characters.chars().enumerate().map(|(at, c)| (c, if one_by_one { signs[at] } else { any })));
    }
    let count = |readable: &[(char, bool)]| readable.iter().filter(|(_, readable)| *readable).count();
    if matches!(gold.kind.as_str(), "cvv" | "expiry") {
        return count(&readable) <= 1;
    }
    let before = &readable[..readable.len().saturating_sub(4)];
    let letters = before.iter().filter(|(c, readable)| *readable && c.is_alphabetic()).count();
    let may_stay = if gold.kind.starts_with("id.") { letters.min(4) } else { 0 };
    count(before) <= may_stay
}

/// What may go from a turn: its numbers, and what lies between the pieces of one.
fn numbers(example: &Example, turn: usize) -> impl Iterator<Item = (usize, usize)> {
    let gold = example.gold.iter().filter_map(move |gold| {
        let here = || gold.pieces.iter().filter(move |piece| piece.0 == turn);
        Some((here().map(|piece| piece.1).min()?, here().map(|piece| piece.2).max()?))
    });
    let optional = example.neg.iter().filter(move |negative| negative.turn == turn && negative.label == "optional");
    let ignored = example.ignore.iter().filter(move |ignored| ignored.0 == turn).map(|ignored| (ignored.1, ignored.2));
    gold.chain(optional.map(|negative| (negative.start, negative.end))).chain(ignored)
}

fn touches(example: &Example, place: Place, range: &Range<usize>) -> bool {
    let Place::Turn(turn) = place else { return false };
    let text = &example.turns[turn].text;
    let at = |code_points: usize| text.char_indices().nth(code_points).map_or(text.len(), |(byte, _)| byte);
    numbers(example, turn).any(|(start, end)| at(start) < range.end && range.start < at(end))
}

/// How many words are gone from this turn that belong to no number.
fn collateral(example: &Example, turn: usize, gone: &[bool]) -> usize {
    if !gone.contains(&true) {
        return 0;
    }
    let mut gone = gone.to_vec();
    for (start, end) in numbers(example, turn) {
        gone[start..end].fill(false);
    }
    let characters: Vec<(char, bool)> = example.turns[turn].text.chars().zip(gone).collect();
    characters.split(|(c, _)| !c.is_alphanumeric()).filter(|word| word.iter().any(|(_, gone)| *gone)).count()
}
