//! A conversation scrubbed by what this crate knows and by what an owner added.

use std::borrow::Cow;
use std::ops::Range;

use super::remains::{Cut, Remains, replacements};
use super::{Extras, pattern::Compiled};
use crate::conversation::{Conversation, Finding, Piece, Place, Redacted, Turn, Why};
use crate::kind::{Counts, Kind};
use crate::redactor::Redactor;

/// What is removed may bring together what then is to go too. One round is usual; this bounds the time of a text and patterns
/// that were made to need many.
const ROUNDS_MAX: usize = 16;
/// A search for one more match may look at the whole rest of a text before it settles for a short one. So that this stays linear,
/// a text with more matches of one pattern than this loses all that follows: what cannot be searched may not stay.
const MATCHES_MAX: usize = 1_000;

/// Built-in numbers first, then the owner's patterns on what remains, until neither finds anything: that is why a second time
/// changes nothing.
pub(crate) fn conversation<'a>(redactor: &Redactor, extras: &Extras, conversation: Conversation<'_, 'a>) -> Redacted<'a> {
    let first = redactor.built_in(extras, conversation);
    if extras.patterns.is_empty() {
        return first;
    }
    let Conversation { turns, texts } = conversation;
    let mut work = Work {
        turns: turns.iter().map(|turn| Remains::new(turn.text)).collect(),
        texts: texts.iter().map(|text| Remains::new(text)).collect(),
        findings: Vec::new(),
    };
    work.take(first.findings);
    for _ in 0..ROUNDS_MAX {
        if !work.apply(extras) {
            break;
        }
        let found = work.search_again(redactor, extras, turns);
        work.take(found);
    }
    work.finish()
}

struct Work<'a> {
    turns: Vec<Remains<'a>>,
    texts: Vec<Remains<'a>>,
    findings: Vec<Finding>,
}

impl<'a> Work<'a> {
    /// Removes what was found in what is left.
    fn take(&mut self, found: Vec<Finding>) {
        let mut turns: Vec<Vec<Cut<'_>>> = self.turns.iter().map(|_| Vec::new()).collect();
        let mut texts: Vec<Vec<Cut<'_>>> = self.texts.iter().map(|_| Vec::new()).collect();
        for finding in found {
            let pieces = finding.pieces.into_iter().map(|Piece { place, range }| {
                let (remains, cuts) = match place {
                    Place::Turn(index) => (&self.turns[index], &mut turns[index]),
                    Place::Text(index) => (&self.texts[index], &mut texts[index]),
                };
                cuts.push(Cut { range: range.clone(), replacement: finding.kind.replacement() });
                Piece { place, range: remains.at_source(&range) }
            });
            let pieces = pieces.collect();
            self.findings.push(Finding { pieces, ..finding });
        }
        for (remains, cuts) in self.turns.iter_mut().zip(turns).chain(self.texts.iter_mut().zip(texts)) {
            if !cuts.is_empty() {
                remains.replace(cuts);
            }
        }
    }

    /// Applies the owner's patterns to every text until they find nothing; `false`: they found nothing at all.
    fn apply(&mut self, extras: &Extras) -> bool {
        let mut found = false;
        let turns = self.turns.iter_mut().enumerate().map(|(index, remains)| (Place::Turn(index), remains));
        let texts = self.texts.iter_mut().enumerate().map(|(index, remains)| (Place::Text(index), remains));
        for (place, remains) in turns.chain(texts) {
            for _ in 0..ROUNDS_MAX {
                let matches = matches(remains.text(), extras);
                if matches.is_empty() {
                    break;
                }
                found = true;
                let mut cuts = Vec::new();
                for Match { pattern, pieces } in matches {
                    let replacement = extras.patterns[pattern].replacement();
                    let to_source = |range: &Range<usize>| Piece { place, range: remains.at_source(range) };
                    let why = Why::Pattern(pattern);
                    self.findings.push(Finding { kind: Kind::Custom, pieces: pieces.iter().map(to_source).collect(), why });
                    cuts.extend(pieces.into_iter().map(|range| Cut { range, replacement }));
                }
                remains.replace(cuts);
            }
        }
        found
    }

    /// What the built-in search finds in what is left.
    fn search_again(&self, redactor: &Redactor, extras: &Extras, turns: &[Turn<'_>]) -> Vec<Finding> {
        let left: Vec<_> =
            turns.iter().zip(&self.turns).map(|(turn, left)| Turn { speaker: turn.speaker, text: left.text() }).collect();
        let texts: Vec<_> = self.texts.iter().map(Remains::text).collect();
        redactor.built_in(extras, Conversation { turns: &left, texts: &texts }).findings
    }

    fn finish(self) -> Redacted<'a> {
        let mut counts = Counts::default();
        self.findings.iter().for_each(|finding| counts.add(finding.kind));
        let texts = |remains: Vec<Remains<'a>>| -> Vec<Cow<'a, str>> { remains.into_iter().map(Remains::into_text).collect() };
        Redacted { turns: texts(self.turns), texts: texts(self.texts), counts, findings: self.findings }
    }
}

/// What a pattern matched of what is left: never a replacement, so maybe several pieces.
struct Match {
    pattern: usize,
    pieces: Vec<Range<usize>>,
}

fn matches(text: &str, extras: &Extras) -> Vec<Match> {
    let mut taken: Option<Vec<Range<usize>>> = None;
    let mut found = Vec::new();
    for (pattern, Compiled { regex, .. }) in extras.patterns.iter().enumerate() {
        // The matches of one pattern are apart; only what others took has to be looked up.
        let mut of_pattern = Vec::new();
        for (nth, hit) in regex.find_iter(text).take(MATCHES_MAX).enumerate() {
            let range = if nth + 1 == MATCHES_MAX { hit.start()..text.len() } else { hit.range() };
            if extras.keeps(text, &range, |_| true) {
                continue;
            }
            let pieces = outside(&range, taken.get_or_insert_with(|| replacements(text, extras)), text);
            if !pieces.is_empty() {
                of_pattern.extend(pieces.iter().cloned());
                found.push(Match { pattern, pieces });
            }
        }
        if let Some(taken) = &mut taken {
            taken.append(&mut of_pattern);
            taken.sort_by_key(|taken| taken.start);
        }
    }
    found
}

/// The parts of `range` that hold something and are not taken.
fn outside(range: &Range<usize>, taken: &[Range<usize>], text: &str) -> Vec<Range<usize>> {
    let first = taken.partition_point(|taken| taken.end <= range.start);
    let mut pieces = Vec::new();
    let mut start = range.start;
    for taken in taken[first..].iter().take_while(|taken| taken.start < range.end) {
        pieces.push(start..taken.start.max(start));
        start = taken.end;
    }
    pieces.push(start..range.end.max(start));
    // What is but blanks and punctuation between two replacements says nothing and would be replaced for ever.
    pieces.retain(|piece| text[piece.clone()].chars().any(char::is_alphanumeric));
    pieces
}
