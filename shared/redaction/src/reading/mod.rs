//! A run read out: its digits and letters in order, each with the items that it comes from.

mod number;
mod revised;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::aside;
use crate::digits::digit_value;
use crate::lexer::{Class, Item};
use crate::lexicon::{Aside, LANGUAGES, Lexicon, Sense, Traits};
use crate::run::{Glue, Run, glue, is_shouted, sentence_ends, spells};
use crate::spelt;
use crate::text::Text;

use number::{Grammar, Number};
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

/// Reads `run` of `texts[index]` in the most natural way; and with all its words by themselves, if that is another.
pub(crate) fn read(text: &Text<'_>, index: usize, run: &Run, lexicon: &Lexicon) -> (Vec<Symbol>, Option<Vec<Symbol>>) {
    let reader = Reader::new(text, index, run, lexicon);
    let (natural, loose) = reader.read(&[]);
    let apart = (!loose.is_empty()).then(|| reader.read(&loose).0);
    (natural, apart.or_else(|| reader.other().map(|other| other.read(&[]).0)))
}

/// More ways than this to read one run are not tried.
const WAYS_MAX: usize = 6;

/// All ways to read `run` of `texts[index]`, the most natural first, given to `keep`. Nearly always there is one.
pub(crate) fn readings(text: &Text<'_>, index: usize, run: &Run, lexicon: &Lexicon, mut keep: impl FnMut(&[Symbol])) {
    if let Some(written) = written(text, index, run) {
        keep(&written);
        return;
    }
    let reader = Reader::new(text, index, run, lexicon);
    let (natural, loose) = reader.read(&[]);
    keep(&natural);
    let is_revised = natural.iter().any(|symbol| symbol.takes_back.is_some());
    let other = reader.other();
    if loose.is_empty() && !is_revised && other.is_none() {
        return;
    }
    let mut readings = vec![natural];
    readings.extend(other.map(|other| other.read(&[]).0));
    if !loose.is_empty() {
        readings.push(reader.read(&loose).0);
    }
    if loose.len() > 1 {
        // One stands by itself: the last, where an odd digit is left over, more often than others.
        readings.extend(loose.chunks(1).rev().take(WAYS_MAX - 2).map(|apart| reader.read(apart).0));
    }
    let revised: Vec<_> = readings.iter().flat_map(|reading| revised(reading)).collect();
    readings.extend(revised);
    readings.iter().skip(1).for_each(|reading| keep(reading));
}

/// A run of nothing but one group of digits, as most are.
fn written(text: &Text<'_>, index: usize, run: &Run) -> Option<Vec<Symbol>> {
    let item = text.items.get(run.items.start).filter(|item| run.items.len() == 1 && item.class == Class::Digits)?;
    let digits = text.source.get(item.start..item.end)?.bytes();
    let symbol = |digit: u8| Symbol {
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
    digits.map(|digit| digit.is_ascii_digit().then(|| symbol(digit))).collect()
}

/// The language in which most words of the run are numbers.
fn language(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> usize {
    let mut hits = [0_usize; LANGUAGES];
    for item in &text.items[run.items.clone()] {
        if let Class::Word { id, traits, .. } = item.class {
            for (hits, sense) in hits.iter_mut().zip(lexicon.get(id).senses) {
                *hits += match sense {
                    // What only joins decides between languages that are even: `e`, `y`, `et` are words and letters elsewhere.
                    // A month says which it is where nothing else does: `agosto 2030`.
                    Some(Sense::And | Sense::By | Sense::Month(_)) => 1,
                    None => 0,
                    Some(_) if traits.has(Traits::FILLER) || traits.has(Traits::WEAK) => JOINS_MAX,
                    Some(_) => JOINS_MAX * 2,
                };
            }
        }
    }
    let most = hits.iter().max().copied().unwrap_or_default();
    hits.iter().position(|n| *n == most).unwrap_or_default()
}

/// Fewer joining words than this weigh less than one number.
const JOINS_MAX: usize = 64;

/// Reads one run. What it has read goes to `symbols`.
struct Reader<'a> {
    text: &'a Text<'a>,
    index: usize,
    items: Range<usize>,
    lexicon: &'a Lexicon,
    language: usize,
    is_shouted: bool,
    /// Words that are either say nothing: the English `um` is the Portuguese one.
    skips: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a Text<'a>, index: usize, run: &Run, lexicon: &'a Lexicon) -> Self {
        let items = &text.items[run.items.clone()];
        let language = language(text, run, lexicon);
        // Among digits they say nothing, unless words count there too.
        let counts = |item: &Item| match item.class {
            Class::Word { id, traits, .. } => {
                traits.has(Traits::COUNTS) && !is_either(item) && lexicon.get(id).senses[language].is_some()
            }
            Class::Digits | Class::Code | Class::Removed(_) => false,
        };
        let skips =
            items.iter().any(is_either) && !items.iter().any(counts) && items.iter().any(|item| item.class == Class::Digits);
        Self { text, index, items: run.items.clone(), lexicon, language, is_shouted: is_shouted(items), skips }
    }

    /// The same with all words counting, if here some do not.
    fn other(&self) -> Option<Self> {
        self.skips.then(|| Self { items: self.items.clone(), skips: false, ..*self })
    }

    /// The run with these items beginning numbers of their own, and the items that might.
    fn read(&self, apart: &[usize]) -> (Vec<Symbol>, Vec<usize>) {
        let Self { text, lexicon, language, .. } = *self;
        let grammar = Grammar { text, lexicon, language, end: self.items.end, apart, loose: Vec::new() };
        let takes_back = aside::takes_back(text.source, text.items, self.items.start, lexicon);
        let symbols = Vec::with_capacity(self.items.len() * 2);
        let mut pen = Pen { reader: self, grammar, takes_back, symbols };
        let mut at = self.items.start;
        while at < self.items.end {
            at = pen.group(at).max(at + 1);
        }
        (pen.symbols, pen.grammar.loose)
    }
}

/// Writes down what is read.
struct Pen<'a> {
    reader: &'a Reader<'a>,
    grammar: Grammar<'a>,
    /// What was just said may take back what was said before.
    takes_back: Option<Aside>,
    symbols: Vec<Symbol>,
}

impl Pen<'_> {
    /// Reads the group that begins at item `at`, and says where the next begins.
    fn group(&mut self, at: usize) -> usize {
        let Reader { text, lexicon, is_shouted, .. } = *self.reader;
        if let Some((length, aside)) = aside::find(text.source, text.items, at, lexicon) {
            self.takes_back = self.takes_back.max(Some(aside).filter(|aside| *aside != Aside::Filler));
            return at + length;
        }
        let item = text.items[at];
        let written = &text.source[item.start..item.end];
        match item.class {
            Class::Digits => {
                if let Some(number) = self.grammar.number(at) {
                    return self.push_number(at, number);
                }
                self.push_all(at..at + 1, false, written.chars().map(|c| (digit_value(c), None)));
            }
            Class::Code => self.push_all(at..at + 1, false, written.chars().map(|c| (digit_value(c), letter(c)))),
            Class::Removed(_) => {}
            Class::Word { .. } if self.reader.skips && is_either(&item) => {}
            Class::Word { id, traits, caps } => {
                if let Some(next) = self.grammar.sense(at).and_then(|sense| self.counted(at, sense)) {
                    return next;
                }
                let entry = lexicon.get(id);
                if self.grammar.sense(at) == Some(Sense::And) && self.joins(at) {
                    return at + 1;
                }
                let name = || spelt::name(text.source, text.items, at, lexicon);
                if let Some(letter) = entry.letter.or_else(name) {
                    let example = spelt::example(text.source, text.items, at, letter, lexicon);
                    let next = example.map_or(at + 1, |example| example.next);
                    self.push_all(at..next, true, [(None, Some(letter))].into_iter());
                    return next;
                } else if caps && spells(&item, traits.has(Traits::FILLER), is_shouted) {
                    self.push_all(at..at + 1, false, written.chars().map(|c| (None, letter(c))));
                }
            }
        }
        at + 1
    }

    /// Reads a number word and what belongs to it. `None`: here it is no number.
    fn counted(&mut self, at: usize, sense: Sense) -> Option<usize> {
        match sense {
            Sense::Times(times) => Some(self.repeated(at, at + 1, times).unwrap_or(at + 1)),
            Sense::Month(month) => {
                // `november` is a letter too.
                let letter = self.reader.lexicon.get(self.grammar.word(at)?).letter;
                self.symbols.push(Symbol { month: Some(month), letter, ..self.blank(at..at + 1, true) });
                Some(at + 1)
            }
            Sense::And | Sense::By | Sense::Plural(_) => None,
            Sense::Digit(times @ 2..=9) if let Some(end) = self.repeats(at, times) => Some(end),
            _ => {
                let number = self.grammar.number(at)?;
                Some(self.push_number(at, number))
            }
        }
    }

    /// Does an `and` stand between two numbers? `cuarenta y uno y doce` has no letter Y in it.
    fn joins(&self, at: usize) -> bool {
        let counts = |at: usize| {
            let counts =
                |word| self.reader.lexicon.get(word).senses[self.grammar.language].is_some_and(|sense| sense != Sense::And);
            self.grammar.word(at).is_some_and(counts)
        };
        self.grammar.joined(at) && at.checked_sub(1).is_some_and(counts) && counts(at + 1)
    }

    fn push_number(&mut self, at: usize, number: Number) -> usize {
        let Number { end, value, width } = number;
        let both = self.grammar.word(at).and_then(|word| self.reader.lexicon.get(word).letter).filter(|_| width == 1);
        let digits = (0..u32::try_from(width).unwrap_or_default()).rev();
        let digit = |power: u32| u8::try_from(value / 10_u32.pow(power) % 10).ok();
        self.push_all(at..end, true, digits.map(|power| (digit(power), both)));
        end
    }

    /// `four sevens`, `four times seven`, `vier mal die sieben`.
    fn repeats(&mut self, at: usize, times: u8) -> Option<usize> {
        match self.grammar.sense(at + 1)? {
            Sense::Plural(digit) if self.grammar.joined(at + 1) => {
                self.push_all(at..at + 2, true, std::iter::repeat_n((Some(digit), None), usize::from(times)));
                Some(at + 2)
            }
            Sense::By => self.repeated(at, at + 2, times),
            _ => None,
        }
    }

    /// What stands at `from`, so many times: `double seven`, `triple 0`. An article may stand before it.
    fn repeated(&mut self, at: usize, from: usize, times: u8) -> Option<usize> {
        let items = &self.reader.text.items[..self.reader.items.end];
        let is_article = |at: usize| {
            let article = self.grammar.word(at).is_some_and(|word| self.reader.lexicon.get(word).marks.has(Traits::ARTICLE));
            article && self.grammar.sense(at).is_none()
        };
        let from = from + usize::from(is_article(from));
        let item = items.get(from)?;
        let symbol = match (item.class, self.grammar.sense(from)) {
            (_, Some(Sense::Digit(value) | Sense::Plural(value))) => (Some(value), None),
            (Class::Digits, _) => {
                let mut digits = self.reader.text.source[item.start..item.end].chars();
                (digits.next().and_then(digit_value).filter(|_| digits.next().is_none()), None)
            }
            (Class::Word { id, .. }, None) => (None, self.reader.lexicon.get(id).letter),
            _ => (None, None),
        };
        if symbol == (None, None) {
            return None;
        }
        // `double u` is a letter's name.
        if let (2, (None, Some(b'U'))) = (times, symbol) {
            self.push_all(at..from + 1, true, [(None, Some(b'W'))].into_iter());
            return Some(from + 1);
        }
        self.push_all(at..from + 1, true, std::iter::repeat_n(symbol, usize::from(times)));
        Some(from + 1)
    }

    fn push_all(&mut self, items: Range<usize>, spoken: bool, symbols: impl Iterator<Item = (Option<u8>, Option<u8>)>) {
        let blank = self.blank(items, spoken);
        for (digit, letter) in symbols.filter(|symbol| *symbol != (None, None)) {
            self.symbols.push(Symbol { digit, letter, ..blank });
            self.takes_back = None;
        }
    }

    fn blank(&self, items: Range<usize>, spoken: bool) -> Symbol {
        let glue = self.symbols.last().and_then(|last| glue(self.reader.text.between(last.last, items.start)));
        let glue = if self.symbols.is_empty() { None } else { Some(glue.unwrap_or(Glue::Other)) };
        Symbol {
            digit: None,
            letter: None,
            month: None,
            text: self.reader.index,
            first: items.start,
            last: items.end - 1,
            glue,
            takes_back: self.takes_back,
            spoken,
            pause: self.pause(items.start),
        }
    }

    /// What was said between the last group and item `at`.
    fn pause(&self, at: usize) -> Option<Pause> {
        let Reader { text, lexicon, .. } = *self.reader;
        let after = self.symbols.last()?.last + 1;
        let said = text.items.get(after..at).filter(|said| !said.is_empty())?;
        let is_and =
            |item: &Item| matches!(item.class, Class::Word { id, .. } if lexicon.get(id).senses.contains(&Some(Sense::And)));
        match () {
            () if sentence_ends(text, after - 1..at + 1) => Some(Pause::Sentence),
            () if said.len() > 1 || is_and(&said[0]) => Some(Pause::Words),
            () => None,
        }
    }
}

/// Is it a word that counts in one language and fills a pause in another?
fn is_either(item: &Item) -> bool {
    matches!(item.class, Class::Word { traits, .. } if traits.has(Traits::FILLER) && traits.has(Traits::COUNTS))
}

fn letter(c: char) -> Option<u8> {
    u8::try_from(c).ok().filter(u8::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase())
}
