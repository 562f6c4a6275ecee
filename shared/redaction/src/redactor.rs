//! The one entry: a conversation in, the scrubbed one out.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

use crate::chain::Stretch;
use crate::conversation::{Conversation, Finding, Piece, Place, Redacted, Why};
use crate::echo::{self, Known};
use crate::extras::{self, Extras};
use crate::ids::Rules;
use crate::kind::{Counts, Kind};
use crate::lexicon::{Lexicon, Traits};
use crate::reading::{Symbol, readings, revised};
use crate::run::Run;
use crate::search::{self, Candidate};
use crate::text::{Lists, Text, Texts};
use crate::{chain, context, recase, short, unnamed};

/// Removes card and identity numbers. Build once, share by reference or clone: it is a pointer.
#[derive(Clone, Debug)]
pub struct Redactor {
    knowledge: Arc<Knowledge>,
}

/// What it knows of words and numbers.
#[derive(Debug)]
struct Knowledge {
    lexicon: Lexicon,
    rules: Rules,
}

/// What is found may say what stands beside it, so a conversation is searched until nothing more is found. Two passes are
/// usual; this bounds the time that a text made to need many can take.
const PASSES_MAX: usize = 16;

static NO_EXTRAS: Extras = Extras::none();

impl Redactor {
    /// A redactor with everything this crate knows.
    pub fn new() -> Self {
        Self { knowledge: Arc::new(Knowledge { lexicon: Lexicon::new(), rules: Rules::new() }) }
    }

    /// Scrubs a whole conversation: numbers said over several turns and their echoes in any of its texts go too.
    pub fn redact_conversation<'a>(&self, conversation: Conversation<'_, 'a>) -> Redacted<'a> {
        self.built_in(&NO_EXTRAS, conversation)
    }

    /// The same, and what the owner added: patterns, which are applied to each text by itself after the built-in numbers, on
    /// what remains; and words to keep, which neither takes.
    pub fn redact_conversation_with<'a>(&self, extras: &Extras, conversation: Conversation<'_, 'a>) -> Redacted<'a> {
        extras::conversation(self, extras, conversation)
    }

    /// Scrubs one text that stands alone.
    pub fn redact_text<'a>(&self, text: &'a str) -> (Cow<'a, str>, Counts) {
        let mut redacted = self.redact_conversation(Conversation { turns: &[], texts: &[text] });
        (redacted.texts.pop().unwrap_or(Cow::Borrowed(text)), redacted.counts)
    }

    /// Removes the built-in numbers, but for those that the owner keeps.
    pub(crate) fn built_in<'a>(&self, extras: &Extras, conversation: Conversation<'_, 'a>) -> Redacted<'a> {
        let Conversation { turns, texts } = conversation;
        let mut work = Work::new(&self.knowledge, extras, turns.len() + texts.len());
        for turn in turns {
            work.texts.push(turn.text, Some(turn.speaker), &self.knowledge.lexicon, extras);
        }
        for text in texts {
            work.texts.push(text, None, &self.knowledge.lexicon, extras);
        }
        work.texts.look_through(&self.knowledge.lexicon);
        work.run();
        work.finish(turns.len())
    }
}

impl Default for Redactor {
    fn default() -> Self {
        Self::new()
    }
}

/// A conversation while it is worked on.
struct Work<'k, 'a> {
    lexicon: &'k Lexicon,
    rules: &'k Rules,
    extras: &'k Extras,
    /// The turns, then the texts that stand alone, which have no speaker, so that nothing goes on from one to the next.
    texts: Texts<'a>,
    /// Which texts are new, or were changed by the last pass.
    fresh: Vec<bool>,
    /// All runs of all texts, read out, and after so many of them the chains.
    readings: Vec<Reading>,
    alone: usize,
    symbols: Vec<Symbol>,
    /// Where chains are, as of the last pass.
    chains: Vec<Stretch>,
    known: Known,
    findings: Vec<Found>,
}

/// What one conversation after another is worked on in. Its lists are empty between them.
#[derive(Default)]
struct Scratch {
    lists: Lists,
    readings: Vec<Reading>,
    symbols: Vec<Symbol>,
    chains: Vec<Stretch>,
    fresh: Vec<bool>,
}

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// After a conversation of more items nothing is kept: it was an unusual one.
const KEPT_MAX: usize = 1 << 14;

/// A number that goes, with the bytes of each text that it covers.
struct Found {
    kind: Kind,
    why: Why,
    pieces: Vec<(usize, Range<usize>)>,
}

/// One run read out, in one of the ways it can be.
struct Reading {
    symbols: Range<usize>,
}

impl<'a> Work<'_, 'a> {
    fn new<'k>(knowledge: &'k Knowledge, extras: &'k Extras, texts: usize) -> Work<'k, 'a> {
        let Scratch { lists, readings, symbols, chains, mut fresh } = *SCRATCH.take().unwrap_or_default();
        fresh.resize(texts, true);
        Work {
            lexicon: &knowledge.lexicon,
            rules: &knowledge.rules,
            extras,
            texts: Texts::new(texts, lists),
            fresh,
            readings,
            alone: 0,
            symbols,
            chains,
            known: Known::default(),
            findings: Vec::new(),
        }
    }

    fn run(&mut self) {
        for _ in 0..PASSES_MAX {
            // What was removed says more of what stands beside it.
            recase::recase(&mut self.texts, self.rules, self.lexicon, &mut self.fresh);
            if !self.pass() {
                break;
            }
        }
    }

    /// Removes what one look finds; `false`: nothing.
    fn pass(&mut self) -> bool {
        self.read();
        let contexts = context::Contexts::new(&self.texts);
        let context = |from: &Symbol, to: &Symbol| contexts.of(from, to);
        let mut candidates = self.echoes();
        // What said nothing the last time and has nothing new around it says nothing now.
        // A chain may have had more pieces the last time, which a removal took from its end.
        let after = |index: usize| if index < self.alone { 0 } else { chain::TURNS_MAX };
        let is_fresh =
            |(index, reading): &(usize, &Reading)| self.is_fresh(&self.symbols[reading.symbols.clone()], after(*index));
        let fresh: Vec<Range<usize>> =
            self.readings.iter().enumerate().filter(is_fresh).map(|(_, reading)| reading.symbols.clone()).collect();
        // One question asked of all of them and then the next, rather than all of each: what answers one is much code, and
        // stays near meanwhile.
        let mut ask = |find: &dyn Fn(&[Symbol]) -> Vec<Candidate>| {
            for reading in &fresh {
                candidates
                    .extend(find(&self.symbols[reading.clone()]).into_iter().map(|candidate| candidate.within(reading.start)));
            }
        };
        ask(&|symbols| search::find(symbols, self.rules, &contexts));
        ask(&|symbols| short::find(symbols, &self.texts, context, self.lexicon));
        ask(&|symbols| unnamed::find(symbols, &self.texts, &contexts).into_iter().collect());
        self.fresh.fill(false);
        // The best first, wherever it stands: a run may be a piece of a number said over several turns.
        candidates.sort_by_key(Candidate::order);
        // What is said piece by piece may be a part of it, or its repeat, and is judged once it is gone.
        let weak = candidates.split_off(candidates.partition_point(|candidate| !candidate.is_weak()));
        if !self.remove(candidates) {
            return self.remove(weak);
        }
        for held in weak {
            self.symbols[held.symbols].iter().for_each(|symbol| self.fresh[symbol.text] = true);
        }
        true
    }

    /// Where a reading repeats what was found in an earlier pass.
    fn echoes(&self) -> Vec<Candidate> {
        let (mut found, mut code) = (Vec::new(), Vec::new());
        if !self.known.is_empty() {
            for Reading { symbols } in &self.readings {
                let echoes = self.known.echoes(&self.symbols[symbols.clone()], &self.texts, &mut code);
                found.extend(echoes.into_iter().map(|candidate| candidate.within(symbols.start)));
            }
        }
        found
    }

    /// Reads the runs of all texts that are fresh, and all chains.
    fn read(&mut self) {
        let Self { texts, lexicon, readings: all, symbols, fresh, chains, known, .. } = self;
        all.truncate(self.alone);
        symbols.truncate(all.last().map_or(0, |reading| reading.symbols.end));
        // Those that are left out stay in the list of symbols; that is bounded by the number of passes.
        all.retain(|reading| symbols.get(reading.symbols.start).is_some_and(|symbol| !fresh[symbol.text]));
        let mut keep = |reading: &[Symbol]| {
            if !reading.is_empty() {
                let start = symbols.len();
                symbols.extend_from_slice(reading);
                all.push(Reading { symbols: start..symbols.len() });
            }
        };
        let mut natural = Vec::new();
        let mut next = 0;
        while let Some(index) = texts.next_with_runs(next) {
            next = index + 1;
            let Some(text) = texts.get(index).filter(|_| fresh[index]) else { continue };
            // What is read back piece by piece may be one digit.
            let reads_back = known.may_read_back(index);
            for run in text.runs.iter().filter(|run| reads_back || run.counts && !is_small(&text, run)) {
                readings(&text, index, run, lexicon, &mut natural, &mut keep);
            }
        }
        let alone = all.len();
        let mut keep = |reading: &[Symbol]| {
            let start = symbols.len();
            symbols.extend_from_slice(reading);
            all.push(Reading { symbols: start..symbols.len() });
        };
        chain::find(texts, lexicon, chains);
        texts.settle();
        for chain in chains.iter().flat_map(|stretch| &stretch.readings) {
            for reading in &revised(chain) {
                keep(reading);
            }
            keep(chain);
        }
        self.alone = alone;
    }

    /// Has anything changed in its texts, in those before that may have asked for it, or in so many after it?
    fn is_fresh(&self, symbols: &[Symbol], after: usize) -> bool {
        let (Some(first), Some(last)) = (symbols.first(), symbols.last()) else { return false };
        let end = self.fresh.len().min(last.text + after + 1);
        self.fresh[first.text.saturating_sub(context::ANSWER_TURNS)..end].contains(&true)
    }

    /// Removes those of the candidates that no better one overlaps.
    fn remove(&mut self, candidates: Vec<Candidate>) -> bool {
        if candidates.is_empty() {
            return false;
        }
        let mut taken = vec![false; self.texts.items()];
        let mut removals: Vec<(usize, Range<usize>, Kind)> = Vec::new();
        let first = self.findings.len();
        for candidate in candidates {
            let stretch = &self.symbols[candidate.symbols.clone()];
            let pieces = pieces(stretch);
            let places = || pieces.iter().filter_map(|(text, items)| self.texts.places(*text, items));
            if places().any(|places| taken[places].contains(&true)) {
                continue;
            }
            if self.is_kept(&pieces) {
                continue;
            }
            places().for_each(|places| taken[places].fill(true));
            self.known.learn(candidate.kind, stretch);
            if candidate.kind == Kind::SecurityCode {
                self.known.learn_code(stretch);
            }
            let bytes = pieces.iter().filter_map(|(text, items)| Some((*text, self.texts.get(*text)?.bytes(items))));
            self.findings.push(Found { kind: candidate.kind, why: candidate.why, pieces: bytes.collect() });
            if pieces.len() > 1 {
                let read_back = pieces.iter().flat_map(|(text, _)| text + 1..=text + echo::PIECE_TURNS);
                read_back.for_each(|text| self.fresh.get_mut(text).into_iter().for_each(|fresh| *fresh = true));
            }
            removals.extend(pieces.into_iter().map(|(text, items)| (text, items, candidate.kind)));
        }
        self.known.index();
        self.findings[first..].sort_by_key(|found| found.pieces.first().map(|(text, bytes)| (*text, bytes.start)));
        removals.sort_by_key(|(text, items, _)| (*text, items.start));
        for of_text in removals.chunk_by(|a, b| a.0 == b.0) {
            let removals: Vec<_> = of_text.iter().map(|(_, items, kind)| (items.clone(), *kind)).collect();
            self.texts.remove(of_text[0].0, &removals, self.lexicon);
            self.fresh[of_text[0].0] = true;
        }
        self.findings.len() > first
    }

    /// Does the owner want to keep what stands there?
    fn is_kept(&self, pieces: &[(usize, Range<usize>)]) -> bool {
        let [(text, items)] = pieces else { return false };
        self.texts.get(*text).is_some_and(|text| {
            let remains = |phrase: &Range<usize>| {
                let mut gone = text.items.iter().filter(|item| item.traits.has(Traits::REMOVED));
                !gone.any(|item| item.start < phrase.end && phrase.start < item.end)
            };
            self.extras.keeps(text.source, &text.bytes(items), remains)
        })
    }

    fn finish(self, turns: usize) -> Redacted<'a> {
        let place = |index: usize| index.checked_sub(turns).map_or(Place::Turn(index), Place::Text);
        let piece = |(text, range)| Piece { place: place(text), range };
        let findings: Vec<_> = self
            .findings
            .into_iter()
            .map(|Found { kind, why, pieces }| Finding { kind, why, pieces: pieces.into_iter().map(piece).collect() })
            .collect();
        let mut counts = Counts::default();
        for finding in &findings {
            counts.add(finding.kind);
        }
        let mut scrubbed = (0..self.texts.len()).map(|at| self.texts.rendered(at));
        let (turns, texts) = (scrubbed.by_ref().take(turns).collect(), scrubbed.collect());
        if self.texts.items() <= KEPT_MAX {
            let Self { mut readings, mut symbols, mut chains, mut fresh, .. } = self;
            readings.clear();
            symbols.clear();
            chains.clear();
            fresh.clear();
            SCRATCH.set(Some(Box::new(Scratch { lists: self.texts.into_lists(), readings, symbols, chains, fresh })));
        }
        Redacted { turns, texts, counts, findings }
    }
}

/// Has it no more than two digits, however it is read, or is it but one word? By itself that is nothing that goes.
fn is_small(text: &Text<'_>, run: &Run) -> bool {
    let mut digits = 0;
    text.items[run.items.clone()].iter().all(|item| {
        digits += match item.traits {
            traits if traits.has(Traits::DIGITS) => item.len(),
            traits if !traits.has(Traits::LOWER) => return false,
            traits if traits.is_large() || traits.has(Traits::MULTIPLIES) => return run.items.len() == 1,
            _ => 1,
        };
        digits <= SMALL_MAX
    })
}

/// The shortest that goes is a security code of three digits.
const SMALL_MAX: usize = 2;

/// The items of each text that a stretch covers.
fn pieces(stretch: &[Symbol]) -> Vec<(usize, Range<usize>)> {
    stretch
        .chunk_by(|a, b| a.text == b.text)
        .filter_map(|piece| Some((piece.first()?.text, piece.first()?.first..piece.last()?.last + 1)))
        .collect()
}
