//! The one entry: a conversation in, the scrubbed one out.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::conversation::{Conversation, Finding, Piece, Place, Redacted};
use crate::echo::Known;
use crate::kind::{Counts, Kind};
use crate::lexicon::Lexicon;
use crate::reading::Symbol;
use crate::render::render;
use crate::search::{self, Candidate};
use crate::text::Text;
use crate::{chain, context, short};

/// Removes card and identity numbers. Build once, share by reference or clone: it is a pointer.
#[derive(Clone, Debug)]
pub struct Redactor {
    lexicon: Arc<Lexicon>,
}

/// What is found may say what stands beside it, so a conversation is searched until nothing more is found. Two passes are
/// usual; this bounds the time that a text made to need many can take.
const PASSES_MAX: usize = 16;

impl Redactor {
    /// A redactor with everything this crate knows.
    pub fn new() -> Self {
        Self { lexicon: Arc::new(Lexicon::new()) }
    }

    /// Scrubs a whole conversation: numbers said over several turns and their echoes in any of its texts go too.
    pub fn redact_conversation<'a>(&self, conversation: Conversation<'_, 'a>) -> Redacted<'a> {
        let Conversation { turns, texts } = conversation;
        let turns = turns.iter().map(|turn| Text::new(turn.text, Some(turn.speaker), &self.lexicon)).collect();
        let mut work = Work { turns, texts: self.alone(texts.iter().copied()), known: Known::default(), findings: Vec::new() };
        work.run(&self.lexicon);
        let mut counts = Counts::default();
        work.findings.iter().for_each(|finding| counts.add(finding.kind));
        Redacted {
            turns: work.turns.iter().map(render).collect(),
            texts: work.texts.iter().map(|text| render(&text[0])).collect(),
            counts,
            findings: work.findings,
        }
    }

    /// Scrubs one text that stands alone.
    pub fn redact_text<'a>(&self, text: &'a str) -> (Cow<'a, str>, Counts) {
        let texts = self.alone(std::iter::once(text));
        let mut work = Work { turns: Vec::new(), texts, known: Known::default(), findings: Vec::new() };
        work.run(&self.lexicon);
        let mut counts = Counts::default();
        work.findings.iter().for_each(|finding| counts.add(finding.kind));
        (work.texts.first().map_or(Cow::Borrowed(text), |text| render(&text[0])), counts)
    }

    fn alone<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Vec<[Text<'a>; 1]> {
        texts.map(|text| [Text::new(text, None, &self.lexicon)]).collect()
    }
}

impl Default for Redactor {
    fn default() -> Self {
        Self::new()
    }
}

/// A conversation while it is worked on.
struct Work<'a> {
    turns: Vec<Text<'a>>,
    /// Each by itself: nothing goes on from one to the next.
    texts: Vec<[Text<'a>; 1]>,
    known: Known,
    findings: Vec<Finding>,
}

impl Work<'_> {
    fn run(&mut self, lexicon: &Lexicon) {
        for _ in 0..PASSES_MAX {
            let mut found = pass(&mut self.turns, &mut self.known, lexicon, Place::Turn, &mut self.findings);
            for (index, text) in self.texts.iter_mut().enumerate() {
                found |= pass(text, &mut self.known, lexicon, |_| Place::Text(index), &mut self.findings);
            }
            if !found {
                break;
            }
        }
    }
}

/// Removes what one look finds; `false`: nothing.
fn pass(
    texts: &mut [Text<'_>],
    known: &mut Known,
    lexicon: &Lexicon,
    place: impl Fn(usize) -> Place,
    findings: &mut Vec<Finding>,
) -> bool {
    let (alone, chains) = chain::readings(texts, lexicon);
    let mut removals: Vec<Vec<(Range<usize>, Kind)>> = vec![Vec::new(); texts.len()];
    let mut taken: Vec<Vec<bool>> = texts.iter().map(|text| vec![false; text.items.len()]).collect();
    let context = |from: &Symbol, to: &Symbol| context::of(texts, from, to, lexicon);
    let readings: Vec<&Vec<Symbol>> = alone.iter().chain(&chains).collect();
    let mut candidates = Vec::new();
    for (reading, symbols) in readings.iter().enumerate() {
        let echoes = known.find(symbols).into_iter().chain(known.find_code(symbols, texts));
        let searched = search::find(symbols, context).into_iter().chain(short::find(symbols, texts, context, lexicon));
        candidates.extend(echoes.chain(searched).map(|candidate| (reading, candidate)));
    }
    // The best first, wherever it stands: a run may be a piece of a number said over several turns.
    candidates.sort_by_key(|(_, candidate)| candidate.order());
    let mut found = Vec::new();
    for (reading, candidate) in candidates {
        let stretch = &readings[reading][candidate.symbols.clone()];
        let pieces = pieces(stretch);
        if pieces.iter().all(|(text, items)| taken[*text][items.clone()].iter().all(|taken| !taken)) {
            known.learn(candidate.kind, stretch);
            if candidate.kind == Kind::SecurityCode {
                known.learn_code(stretch);
            }
            for (text, items) in &pieces {
                taken[*text][items.clone()].fill(true);
                removals[*text].push((items.clone(), candidate.kind));
            }
            found.push((candidate, pieces));
        }
    }
    found.sort_by_key(|(_, pieces)| pieces.first().map(|(text, items)| (*text, items.start)));
    for (Candidate { kind, why, .. }, pieces) in &found {
        let pieces = pieces.iter().map(|(text, items)| Piece { place: place(*text), range: texts[*text].bytes(items) }).collect();
        findings.push(Finding { kind: *kind, pieces, why: *why });
    }
    for (text, mut removals) in texts.iter_mut().zip(removals) {
        if !removals.is_empty() {
            removals.sort_by_key(|(items, _)| items.start);
            text.remove(&removals, lexicon);
        }
    }
    !found.is_empty()
}

/// The items of each text that a stretch covers.
fn pieces(stretch: &[Symbol]) -> Vec<(usize, Range<usize>)> {
    stretch
        .chunk_by(|a, b| a.text == b.text)
        .filter_map(|piece| Some((piece.first()?.text, piece.first()?.first..piece.last()?.last + 1)))
        .collect()
}
