//! Writes down, symbol by symbol, what a run says.

use std::ops::Range;

use crate::aside;
use crate::digits::digit_value;
use crate::homophone;
use crate::item::{Class, Item};
use crate::lexicon::{Aside, DUTCH, ENGLISH, GERMAN, Sense, Traits};
use crate::run::{Glue, joint, spells};
use crate::sentence::sentence_ends;
use crate::spelt;
use crate::word::wide;

use super::number::{Grammar, Number};
use super::{Pause, Reader, Symbol, is_either};

/// Writes down what is read.
pub(super) struct Pen<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) grammar: Grammar<'a>,
    /// What was just said may take back what was said before.
    pub(super) takes_back: Option<Aside>,
    pub(super) symbols: &'a mut Vec<Symbol>,
}

impl Pen<'_> {
    /// Reads the group that begins at item `at`, and says where the next begins.
    pub(super) fn group(&mut self, at: usize) -> usize {
        let item = self.reader.text.items[at];
        match item.class() {
            Class::Digits => {
                // Digits are a number of several only before a word that multiplies them.
                if matches!(self.grammar.sense(at + 1), Some(Sense::Hundred | Sense::Thousand))
                    && let Some(number) = self.grammar.number(at)
                {
                    return self.push_number(at, number);
                }
                self.push_digits(at);
            }
            Class::Code => {
                if let Some(number) = self.grammar.written_as_one(at) {
                    return self.push_number(at, number);
                }
                self.push_written(at, |c| (digit_value(c), letter(c)));
            }
            Class::Removed(_) => {}
            Class::Word { .. } => return self.word(at, &item),
        }
        at + 1
    }

    /// The same of a word.
    fn word(&mut self, at: usize, item: &Item) -> usize {
        let Reader { text, lexicon, is_shouted, skips, language, .. } = *self.reader;
        let (id, traits) = (item.id, item.traits);
        if let Some((length, aside)) = aside::find(text.source, text.items, at, lexicon) {
            self.takes_back = self.takes_back.max(Some(aside).filter(|aside| *aside != Aside::Filler));
            return at + length;
        }
        if skips && is_either(item) {
            return at + 1;
        }
        let entry = lexicon.get(id);
        let sense = entry.senses[language];
        if let Some(next) = sense.and_then(|sense| self.counted(at, sense, entry.letter)) {
            return next;
        }
        if let Some(digit) = homophone::digit(text.source, text.items, at, lexicon) {
            self.push(at..at + 1, (Some(digit), None));
            return at + 1;
        }
        if sense == Some(Sense::And) && self.joins(at) {
            return at + 1;
        }
        if let Some(letter) = entry.letter.or_else(|| spelt::name(text.source, text.items, at, lexicon)) {
            let example = spelt::example(text.source, text.items, at, letter, lexicon);
            let next = example.map_or(at + 1, |example| example.next);
            self.push(at..next, (None, Some(letter)));
            return next;
        }
        if item.is_caps() && spells(item, traits.has(Traits::FILLER), is_shouted) {
            self.push_written(at, |c| (None, letter(c)));
        }
        at + 1
    }

    /// Reads a number word and what belongs to it. `None`: here it is no number.
    /// `letter`: what it spells.
    fn counted(&mut self, at: usize, sense: Sense, letter: Option<u8>) -> Option<usize> {
        // Digits and pairs are mostly said one after the other, and then none adds to another.
        let is_plain = matches!(self.grammar.sense(at + 1), None | Some(Sense::Digit(_) | Sense::Pair(_) | Sense::Times(_)));
        match sense {
            Sense::Digit(value) if is_plain => {
                self.push(at..at + 1, (Some(value), letter));
                Some(at + 1)
            }
            Sense::Pair(value) if is_plain => {
                self.push_all(at..at + 1, true, [(Some(value / 10), None), (Some(value % 10), None)].into_iter());
                Some(at + 1)
            }
            Sense::Times(times) => Some(self.repeated(at, at + 1, times).unwrap_or(at + 1)),
            Sense::Month(month) => {
                // `november` is a letter too.
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
        let symbol = match (item.class(), self.grammar.sense(from)) {
            (_, Some(Sense::Digit(value) | Sense::Plural(value))) => (Some(value), None),
            (Class::Digits, _) => {
                let mut digits = self.reader.text.source[item.start..item.end].chars();
                (digits.next().and_then(digit_value).filter(|_| digits.next().is_none()), None)
            }
            (Class::Word { id, .. }, None) => {
                let word = self.reader.lexicon.get(id);
                (None, word.letter.or(word.name_of))
            }
            _ => (None, None),
        };
        if symbol == (None, None) {
            return None;
        }
        // `double u` is a letter's name, and so is a `double v` but in languages that have the other.
        let is_w = |letter| letter == b'U' || letter == b'V' && !matches!(self.grammar.language, ENGLISH | GERMAN | DUTCH);
        if let (2, (None, Some(letter))) = (times, symbol)
            && is_w(letter)
        {
            self.push(at..from + 1, (None, Some(b'W')));
            return Some(from + 1);
        }
        self.push_all(at..from + 1, true, std::iter::repeat_n(symbol, usize::from(times)));
        Some(from + 1)
    }

    /// The digits of an item as symbols.
    fn push_digits(&mut self, at: usize) {
        let item = &self.reader.text.items[at];
        let digits = &self.reader.text.source.as_bytes()[item.start..item.end];
        if digits.iter().all(u8::is_ascii_digit) {
            let blank = self.blank(at..at + 1, false);
            self.symbols.extend(digits.iter().map(|digit| Symbol { digit: Some(digit.wrapping_sub(b'0')), ..blank }));
            self.takes_back = None;
        } else {
            self.push_written(at, |c| (digit_value(c), None));
        }
    }

    /// The characters of an item as symbols.
    fn push_written(&mut self, at: usize, symbol: impl Fn(char) -> (Option<u8>, Option<u8>)) {
        let item = &self.reader.text.items[at];
        self.push_all(at..at + 1, false, self.reader.text.source[item.start..item.end].chars().map(symbol));
    }

    /// What was said as one symbol.
    fn push(&mut self, items: Range<usize>, (digit, letter): (Option<u8>, Option<u8>)) {
        let blank = self.blank(items, true);
        self.symbols.push(Symbol { digit, letter, ..blank });
        self.takes_back = None;
    }

    fn push_all(&mut self, items: Range<usize>, spoken: bool, symbols: impl Iterator<Item = (Option<u8>, Option<u8>)>) {
        let blank = self.blank(items, spoken);
        for (digit, letter) in symbols.filter(|symbol| *symbol != (None, None)) {
            self.symbols.push(Symbol { digit, letter, ..blank });
            self.takes_back = None;
        }
    }

    fn blank(&self, items: Range<usize>, spoken: bool) -> Symbol {
        let Reader { text, index, .. } = *self.reader;
        let (glue, pause) = match self.symbols.last() {
            None => (None, None),
            Some(last) => {
                let glue = joint(text.source, text.items[last.last].end..text.items[items.start].start);
                let between = last.last + 1..items.start;
                (Some(glue.unwrap_or(Glue::Other)), if between.is_empty() { None } else { self.pause(between) })
            }
        };
        Symbol {
            digit: None,
            letter: None,
            month: None,
            text: index,
            first: items.start,
            last: items.end - 1,
            glue,
            takes_back: self.takes_back,
            spoken,
            pause,
        }
    }

    /// What was said between two groups.
    fn pause(&self, between: Range<usize>) -> Option<Pause> {
        let Reader { text, lexicon, .. } = *self.reader;
        let said = text.items.get(between.clone()).filter(|said| !said.is_empty())?;
        let is_and =
            |item: &Item| matches!(item.class(), Class::Word { id, .. } if lexicon.get(id).senses.contains(&Some(Sense::And)));
        match () {
            () if sentence_ends(text, between.start - 1..between.end + 1) => Some(Pause::Sentence),
            () if said.len() > 1 || is_and(&said[0]) => Some(Pause::Words),
            () => None,
        }
    }
}

fn letter(c: char) -> Option<u8> {
    u8::try_from(wide(c).unwrap_or(c)).ok().filter(u8::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase())
}
