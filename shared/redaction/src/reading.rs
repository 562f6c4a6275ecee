//! A run read out: its digits and letters in order, each with the items that it comes from.

use std::ops::Range;

use crate::digits::digit_value;
use crate::lexer::Class;
use crate::lexicon::{FRENCH, LANGUAGES, Lexicon, Sense, Traits};
use crate::run::{Glue, Run, glue, is_shouted, spells};
use crate::text::Text;

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
    /// Said in a word rather than written in digits.
    pub(crate) spoken: bool,
}

impl Symbol {
    /// Do both come from the same group, so that a number cannot begin or end between them?
    pub(crate) fn same_group(&self, other: &Self) -> bool {
        (self.text, self.first) == (other.text, other.first)
    }
}

/// Reads `run` of `texts[index]`.
pub(crate) fn read(text: &Text<'_>, index: usize, run: &Run, lexicon: &Lexicon) -> Vec<Symbol> {
    let language = language(text, run, lexicon);
    let is_shouted = is_shouted(&text.items[run.items.clone()]);
    let mut reader = Reader { text, index, lexicon, language, is_shouted, end: run.items.end, symbols: Vec::new() };
    let mut at = run.items.start;
    while at < run.items.end {
        at = reader.group(at).max(at + 1);
    }
    reader.symbols
}

/// The language in which most words of the run are numbers.
fn language(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> usize {
    let mut hits = [0_usize; LANGUAGES];
    for item in &text.items[run.items.clone()] {
        if let Class::Word { id, .. } = item.class {
            let entry = lexicon.get(id);
            for (hits, sense) in hits.iter_mut().zip(entry.senses) {
                // What only joins is no evidence, since `e`, `y`, `et` are words and letters elsewhere; nor is a month.
                let counts = sense.is_some_and(|sense| !matches!(sense, Sense::And | Sense::Month(_)));
                *hits += usize::from(counts) * if entry.filler || entry.weak { 1 } else { 2 };
            }
        }
    }
    let most = hits.iter().max().copied().unwrap_or_default();
    hits.iter().position(|n| *n == most).unwrap_or_default()
}

struct Reader<'a> {
    text: &'a Text<'a>,
    index: usize,
    lexicon: &'a Lexicon,
    language: usize,
    is_shouted: bool,
    end: usize,
    symbols: Vec<Symbol>,
}

impl Reader<'_> {
    /// Reads the group that begins at item `at`, and says where the next begins.
    fn group(&mut self, at: usize) -> usize {
        let item = self.text.items[at];
        let written = &self.text.source[item.start..item.end];
        match item.class {
            Class::Digits => self.push_all(at..at + 1, false, written.chars().map(|c| (digit_value(c), None))),
            Class::Code => self.push_all(at..at + 1, false, written.chars().map(|c| (digit_value(c), letter(c)))),
            Class::Removed(_) => {}
            Class::Word { id, traits, caps } => {
                if let Some(sense) = self.lexicon.get(id).senses[self.language]
                    && let Some(next) = self.counted(at, sense)
                {
                    return next;
                }
                if let Some(letter) = self.lexicon.get(id).letter {
                    self.push_all(at..at + 1, true, [(None, Some(letter))].into_iter());
                } else if caps && spells(&item, traits.has(Traits::FILLER), self.is_shouted) {
                    self.push_all(at..at + 1, false, written.chars().map(|c| (None, letter(c))));
                }
            }
        }
        at + 1
    }

    /// Reads a number word and what belongs to it. `None`: here it is no number.
    fn counted(&mut self, at: usize, sense: Sense) -> Option<usize> {
        let (end, value, width) = match sense {
            Sense::Digit(4) if self.language == FRENCH && self.sense(at + 1) == Some(Sense::Tens(20)) && self.joined(at + 1) => {
                // French eighty, and up to nineteen more.
                let (end, rest) = self.teens(at + 2).unwrap_or((at + 2, 0));
                (end, 80 + rest, 2)
            }
            Sense::Digit(value) => (at + 1, value, 1),
            Sense::Pair(value) => (at + 1, value, 2),
            Sense::Tens(tens) => {
                let skip = usize::from(self.sense(at + 1) == Some(Sense::And));
                let (end, unit) = self.unit(at + 1 + skip).unwrap_or((at + 1, 0));
                (end, tens + unit, 2)
            }
            Sense::TensAnd(tens) => {
                let and = self.sense(at + 1) == Some(Sense::And);
                let (end, unit) = and.then(|| self.unit(at + 2)).flatten().unwrap_or((at + 1, 0));
                (end, tens + unit, 2)
            }
            Sense::Score(10) => {
                let (end, unit) = self.unit(at + 1).filter(|(_, unit)| *unit >= 7).unwrap_or((at + 1, 0));
                (end, 10 + unit, 2)
            }
            Sense::Score(score) => {
                let skip = usize::from(self.sense(at + 1) == Some(Sense::And));
                let (end, rest) = self.teens(at + 1 + skip).unwrap_or((at + 1, 0));
                (end, score + rest, 2)
            }
            Sense::Times(times) => return self.repeated(at, times),
            Sense::Month(month) => {
                // `november` is a letter too.
                let letter = self.lexicon.get(self.word(at)?).letter;
                self.symbols.push(Symbol { month: Some(month), letter, ..self.blank(at..at + 1, true) });
                return Some(at + 1);
            }
            Sense::Hundred => {
                let skip = usize::from(self.says(at + 1, "and"));
                let follows = self.sense(at + 1 + skip).is_some_and(|sense| matches!(sense, Sense::Pair(_) | Sense::Tens(_)));
                if follows {
                    return Some(at + 1);
                }
                (at + 1, 0, 2)
            }
            Sense::And => return None,
        };
        let both = self.lexicon.get(self.word(at)?).letter.filter(|_| width == 1);
        let digits = [(value / 10, None), (value % 10, both)];
        self.push_all(at..end, true, digits.into_iter().skip(2 - width).map(|(digit, letter)| (Some(digit), letter)));
        Some(end)
    }

    /// `double seven`, `triple 0`.
    fn repeated(&mut self, at: usize, times: u8) -> Option<usize> {
        let item = self.text.items.get(at + 1).filter(|_| at + 1 < self.end)?;
        let symbol = match (item.class, self.sense(at + 1)) {
            (_, Some(Sense::Digit(value))) => (Some(value), None),
            (Class::Digits, _) => {
                let mut digits = self.text.source[item.start..item.end].chars();
                (digits.next().and_then(digit_value).filter(|_| digits.next().is_none()), None)
            }
            (Class::Word { id, .. }, None) => (None, self.lexicon.get(id).letter),
            _ => (None, None),
        };
        if symbol == (None, None) {
            return Some(at + 1);
        }
        self.push_all(at..at + 2, true, std::iter::repeat_n(symbol, usize::from(times)));
        Some(at + 2)
    }

    /// A digit word from 1 to 9 at `at`, joined closely enough to make one number with the tens before it.
    fn unit(&self, at: usize) -> Option<(usize, u8)> {
        match self.sense(at)? {
            Sense::Digit(value @ 1..=9) if self.joined(at) => Some((at + 1, value)),
            _ => None,
        }
    }

    /// French: 1 to 19 at `at`.
    fn teens(&self, at: usize) -> Option<(usize, u8)> {
        match self.sense(at)? {
            Sense::Score(10) if self.joined(at) => Some(self.unit(at + 1).map_or((at + 1, 10), |(end, unit)| (end, 10 + unit))),
            Sense::Pair(value @ 10..=19) if self.joined(at) => Some((at + 1, value)),
            _ => self.unit(at),
        }
    }

    /// Is the item joined to the one before by a blank or a hyphen only?
    fn joined(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|last| matches!(self.text.between(last, at), " " | "-" | "\u{a0}" | "\u{2011}"))
    }

    fn sense(&self, at: usize) -> Option<Sense> {
        self.lexicon.get(self.word(at)?).senses[self.language]
    }

    fn word(&self, at: usize) -> Option<crate::lexicon::WordId> {
        match self.text.items.get(at).filter(|_| at < self.end)?.class {
            Class::Word { id, .. } => Some(id),
            Class::Digits | Class::Code | Class::Removed(_) => None,
        }
    }

    fn says(&self, at: usize, word: &str) -> bool {
        self.text.items.get(at).is_some_and(|item| self.text.source[item.start..item.end].eq_ignore_ascii_case(word))
    }

    fn push_all(&mut self, items: Range<usize>, spoken: bool, symbols: impl Iterator<Item = (Option<u8>, Option<u8>)>) {
        let blank = self.blank(items, spoken);
        for (digit, letter) in symbols.filter(|symbol| *symbol != (None, None)) {
            self.symbols.push(Symbol { digit, letter, ..blank });
        }
    }

    fn blank(&self, items: Range<usize>, spoken: bool) -> Symbol {
        let glue = self.symbols.last().and_then(|last| glue(self.text.between(last.last, items.start)));
        let glue = if self.symbols.is_empty() { None } else { Some(glue.unwrap_or(Glue::Other)) };
        Symbol { digit: None, letter: None, month: None, text: self.index, first: items.start, last: items.end - 1, glue, spoken }
    }
}

fn letter(c: char) -> Option<u8> {
    u8::try_from(c).ok().filter(u8::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Texts;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        let lexicon = Lexicon::new();
        let mut texts = Texts::default();
        texts.push(source, None, &lexicon, &crate::Extras::none());
        let text = texts.get(0).expect("a text");
        let run = text.runs.iter().find(|run| run.counts).expect("a run");
        let found: String = read(&text, 0, run, &lexicon)
            .iter()
            .map(|symbol| match (symbol.digit, symbol.letter) {
                (Some(digit), _) => char::from(b'0' + digit),
                (None, letter) => letter.map_or('?', char::from),
            })
            .collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn english() {
        check("twenty-three-one-nine", "2319");
        check("four, double oh, seven, oh", "40070");
        check("sixty double one triple 4", "6011444");
        check("four hundred twelve", "412");
        check("nineteen hundred", "1900");
        check("oh four twenty-eight", "0428");
        check("4 3, space 6 58443 uh 9 10, sorry 8060", "436584439108060");
        check("tango papa mike oh six", "TPM06");
    }

    #[test]
    fn spanish() {
        check("veinticinco noventa setenta y dos", "259072");
        check("doble cinco tres dos", "5532");
    }

    #[test]
    fn german() {
        check("siebenundfünfzig fünf einundvierzig doppel null", "5754100");
    }

    #[test]
    fn french() {
        check("quatre-vingt-dix-sept zéro neuf dix-huit", "970918");
        check("soixante-dix-huit quatre-deux-un-un vingt et un", "78421121");
        check("quatre-vingts soixante et onze", "8071");
    }

    #[test]
    fn italian() {
        check("ventitré quarantotto zero doppio sette sessantuno tre", "2348077613");
    }

    #[test]
    fn dutch() {
        check("vierentwintig, drieëndertig nul dubbel zeven elf", "243307711");
    }

    #[test]
    fn portuguese() {
        check("sete-oito-nove um-nove-seis vinte e três meia", "789196236");
    }
}
