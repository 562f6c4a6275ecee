//! A run read out: its digits and letters in order, each with the items that it comes from.

mod number;
mod pen;
mod prefix;
mod revised;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::aside;
use crate::item::{Class, Item};
use crate::lexicon::{Aside, LANGUAGES, Lexicon, Sense, Traits, WordId};
use crate::run::{Glue, Run, is_shouted};
use crate::text::Text;

use number::Grammar;
use pen::Pen;
pub(crate) use prefix::{is_iban, with_country};
pub(crate) use revised::revised;

/// One digit or letter of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    /// Its value, if it can be a digit.
    pub(crate) digit: Option<u8>,
    /// Its capital, if it can be a letter. The spoken `o` can be both.
    pub(crate) letter: Option<u8>,
    /// The month that it names, instead of both.
    pub(crate) month: Option<u8>,
    /// Which text it stands in.
    pub(crate) text: usize,
    /// The first and last item of its group: what was said or written as one.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// What joins its group to the one before; `None` at a run's start.
    pub(crate) glue: Option<Glue>,
    /// What was said right before its group may take back what was said before that.
    pub(crate) takes_back: Option<Aside>,
    /// Said in a word rather than written in digits.
    pub(crate) spoken: bool,
    /// What was said right before its group may have ended another number.
    pub(crate) pause: Option<Pause>,
}

/// What may stand between two numbers, though it may stand within one too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// Several words, or an `and`.
    Words,
    /// The end of a sentence, and words.
    Sentence,
}

impl Symbol {
    /// Do both come from the same group, so that a number cannot begin or end between them?
    pub(crate) fn same_group(&self, other: &Self) -> bool {
        (self.text, self.first) == (other.text, other.first)
    }
}

/// The ways in which a piece of a number may be read.
pub(crate) struct Ways {
    pub(crate) natural: Vec<Symbol>,
    /// With all its words by themselves, if that is another way.
    pub(crate) apart: Option<Vec<Symbol>>,
    /// Without an `and` that is a letter too, if one was read as one: `e 38`.
    pub(crate) bare: Option<Vec<Symbol>>,
}

/// Reads `run` of `texts[index]`, a piece of a number.
pub(crate) fn read(text: &Text<'_>, index: usize, run: &Run, lexicon: &Lexicon) -> Ways {
    let reader = Reader::new(text, index, run, lexicon);
    let mut natural = Vec::with_capacity(reader.room());
    let loose = reader.read(&[], &mut natural);
    let apart = (!loose.is_empty()).then(|| reader.reading(&loose));
    Ways { apart: apart.or_else(|| reader.other().map(|other| other.reading(&[]))), bare: reader.bare(&natural), natural }
}

/// A list has room for so many symbols, which is more than most runs have.
const SYMBOLS: usize = 32;
/// More ways than this to read one run are not tried.
const WAYS_MAX: usize = 6;

/// All ways to read `run` of `texts[index]`, the most natural first, given to `keep`. Nearly always there is one, which is
/// written into `natural`, so that one list does for many runs.
pub(crate) fn readings(
    text: &Text<'_>,
    index: usize,
    run: &Run,
    lexicon: &Lexicon,
    natural: &mut Vec<Symbol>,
    mut keep: impl FnMut(&[Symbol]),
) {
    let mut keep = |reading: &[Symbol]| {
        keep(reading);
        if let Some(whole) = with_country(text, reading) {
            keep(&whole);
        }
    };
    natural.clear();
    natural.reserve(SYMBOLS);
    if written(text, index, run, natural) {
        keep(natural);
        return;
    }
    let reader = Reader::new(text, index, run, lexicon);
    let loose = reader.read(&[], natural);
    keep(natural);
    let is_revised = natural.iter().any(|symbol| symbol.takes_back.is_some());
    let (bare, other) = (reader.bare(natural), reader.other());
    if loose.is_empty() && !is_revised && bare.is_none() && other.is_none() {
        return;
    }
    let mut readings: Vec<_> = bare.into_iter().chain(other.map(|other| other.reading(&[]))).collect();
    if !loose.is_empty() {
        readings.push(reader.reading(&loose));
    }
    if loose.len() > 1 {
        // One stands by itself: the last, where an odd digit is left over, more often than others.
        readings.extend(loose.chunks(1).rev().take(WAYS_MAX - 2).map(|apart| reader.reading(apart)));
    }
    let mut revisions = revised(natural);
    revisions.extend(readings.iter().flat_map(|reading| revised(reading)));
    readings.iter().chain(&revisions).for_each(|reading| keep(reading));
}

/// Writes down a run of nothing but one group of digits, as most are; `false`: it is more than that.
fn written(text: &Text<'_>, index: usize, run: &Run, symbols: &mut Vec<Symbol>) -> bool {
    let item = text.items.get(run.items.start).filter(|item| run.items.len() == 1 && item.traits.has(Traits::DIGITS));
    let Some(digits) = item.and_then(|item| text.source.as_bytes().get(item.start..item.end)) else { return false };
    let symbol = |digit: &u8| Symbol {
        digit: Some(digit.wrapping_sub(b'0')),
        letter: None,
        month: None,
        text: index,
        first: run.items.start,
        last: run.items.start,
        glue: None,
        takes_back: None,
        spoken: false,
        pause: None,
    };
    let is_ascii = digits.iter().all(u8::is_ascii_digit);
    if is_ascii {
        symbols.extend(digits.iter().map(symbol));
    }
    is_ascii
}

/// The language in which most words of the run are numbers.
fn language(items: &[Item], lexicon: &Lexicon) -> usize {
    let mut sums = [0_u32; LANGUAGES];
    let mut is_known = false;
    for item in items {
        if item.id != WordId::default() {
            is_known = true;
            sums.iter_mut().zip(lexicon.get(item.id).weights).for_each(|(sum, weight)| *sum += u32::from(weight));
        }
    }
    if !is_known {
        return 0;
    }
    let most = sums.iter().max().copied().unwrap_or_default();
    sums.iter().position(|sum| *sum == most).unwrap_or_default()
}

/// Reads one run. What it has read goes to `symbols`.
struct Reader<'a> {
    text: &'a Text<'a>,
    index: usize,
    items: Range<usize>,
    lexicon: &'a Lexicon,
    language: usize,
    is_shouted: bool,
    /// What was said right before the run may take back what was said in an earlier turn.
    takes_back: Option<Aside>,
    /// Words that are either say nothing: the English `um` is the Portuguese one.
    skips: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text<'a>, index: usize, run: &Run, lexicon: &'a Lexicon) -> Self {
        let items = &text.items[run.items.clone()];
        let language = language(items, lexicon);
        // Among digits they say nothing, unless words count there too.
        let counts =
            |item: &Item| item.traits.has(Traits::COUNTS) && !is_either(item) && lexicon.get(item.id).senses[language].is_some();
        let skips =
            items.iter().any(is_either) && !items.iter().any(counts) && items.iter().any(|item| item.traits.has(Traits::DIGITS));
        let takes_back = aside::takes_back(text.source, text.items, run.items.start, lexicon);
        Self { text, index, items: run.items.clone(), lexicon, language, is_shouted: is_shouted(items), takes_back, skips }
    }

    /// The same with all words counting, if here some do not.
    fn other(&self) -> Option<Self> {
        self.skips.then(|| Self { items: self.items.clone(), skips: false, ..*self })
    }

    /// What was read without an `and` that is a letter too and stands among digits: `cero... y ocho`.
    fn bare(&self, symbols: &[Symbol]) -> Option<Vec<Symbol>> {
        // Mostly all of them are digits.
        if symbols.len() < 2 || symbols.iter().all(|symbol| symbol.digit.is_some()) {
            let is_last = self.ends_exclaimed(symbols);
            return is_last.then(|| symbols[..symbols.len() - 1].to_vec());
        }
        let is_digit = |at: Option<usize>| at.and_then(|at| symbols.get(at)).is_none_or(|symbol| symbol.digit.is_some());
        let is_and = |at: &usize| {
            let symbol = &symbols[*at];
            symbol.digit.is_none()
                && is_digit(at.checked_sub(1))
                && (*at == 0 || is_digit(Some(at + 1)))
                && matches!(self.text.items[symbol.first].class(),
                    Class::Word { id, .. } if self.lexicon.get(id).senses[self.language] == Some(Sense::And))
        };
        let joins = (0..symbols.len()).any(|at| is_and(&at));
        joins.then(|| (0..symbols.len()).filter(|at| !is_and(at)).map(|at| symbols[at]).collect())
    }

    /// Does it end with an `oh` that may be none of its digits: `seven six oh for goodness' sake`?
    fn ends_exclaimed(&self, symbols: &[Symbol]) -> bool {
        let is_oh = |item: &Item| self.text.source.get(item.start..item.end).is_some_and(|word| word.eq_ignore_ascii_case("oh"));
        symbols.len() > 1
            && symbols.last().is_some_and(|last| last.spoken && last.digit == Some(0) && is_oh(&self.text.items[last.last]))
            && self.text.has_plain_words(self.items.end..self.text.items.len().min(self.items.end + 1), 0)
    }

    /// For how many symbols a list needs room: written ones show, and words say one or two.
    fn room(&self) -> usize {
        let room = |item: &Item| match item.class() {
            Class::Digits | Class::Code => item.end - item.start,
            Class::Word { .. } => 2,
            Class::Removed(_) => 0,
        };
        self.text.items[self.items.clone()].iter().map(room).sum()
    }

    /// The run with these items beginning numbers of their own.
    fn reading(&self, apart: &[usize]) -> Vec<Symbol> {
        let mut symbols = Vec::with_capacity(self.room());
        self.read(apart, &mut symbols);
        symbols
    }

    /// Writes the run with these items beginning numbers of their own into an empty list, and says which others might.
    fn read(&self, apart: &[usize], symbols: &mut Vec<Symbol>) -> Vec<usize> {
        let Self { text, lexicon, language, takes_back, .. } = *self;
        let grammar = Grammar { text, lexicon, language, end: self.items.end, apart, loose: Vec::new() };
        let mut pen = Pen { reader: self, grammar, takes_back, symbols };
        let mut at = self.items.start;
        while at < self.items.end {
            at = pen.group(at).max(at + 1);
        }
        let mut loose = pen.grammar.loose;
        loose.sort_unstable();
        loose
    }
}

/// Is it a word that counts in one language and fills a pause in another?
fn is_either(item: &Item) -> bool {
    item.traits.has(Traits::FILLER) && item.traits.has(Traits::COUNTS)
}
