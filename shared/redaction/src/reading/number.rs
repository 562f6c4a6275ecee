//! The grammar of numbers in words: which neighbours make one number. `four thousand one hundred eleven`, `vier und zwanzig`,
//! `quatre-vingt-dix-sept`, `quinhentos e vinte e três`.

use crate::digits::digit_value;
use crate::lexicon::{DUTCH, ENGLISH, FRENCH, GERMAN, Lexicon, Sense, Traits, WordId};
use crate::text::Text;

/// A number, and the item after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) end: usize,
    pub(super) value: u32,
    /// How many digits it has.
    pub(super) width: usize,
}

/// The digits written before `hundred` and `thousand`, at most: `41 hundred`.
const WRITTEN_MAX: usize = 3;

/// Reads the numbers of one run.
pub(super) struct Grammar<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) lexicon: &'a Lexicon,
    pub(super) language: usize,
    /// Where the run ends.
    pub(super) end: usize,
    /// Items that begin a number of their own, though they could add to the one before; in order.
    pub(super) apart: &'a [usize],
    /// Items that were added to the number before them, and might as well have begun their own: `sixty two`.
    pub(super) loose: Vec<usize>,
}

impl Grammar<'_> {
    /// The longest number at `at`.
    pub(super) fn number(&mut self, at: usize) -> Option<Number> {
        let head = match self.sense(at) {
            Some(Sense::Thousand) => Number { end: at, value: 1, width: 1 },
            _ => self.below_thousand(at).or_else(|| self.written(at))?,
        };
        if head.value == 0 || !self.follows(head.end, at) || self.sense(head.end) != Some(Sense::Thousand) {
            return Some(head).filter(|head| self.is_said(at, head));
        }
        // `sesenta y cuatro, mil setenta`: of itself it is a thousand too.
        if head.width == 2 {
            self.loosen(head.end);
        }
        let thousands = number(head.end + 1, head.value * 1000);
        Some(self.more(thousands, |grammar, at| grammar.below_thousand(at).or_else(|| grammar.written(at))))
    }

    fn below_thousand(&mut self, at: usize) -> Option<Number> {
        let hundreds = match self.sense(at) {
            Some(Sense::Hundreds(hundreds)) => number(at + 1, u32::from(hundreds) * 100),
            Some(Sense::Hundred) => number(at + 1, 100),
            _ => {
                let head = self.below_hundred(at).or_else(|| self.written(at).filter(|head| head.value < 100))?;
                if !self.is_times_hundred(&head) {
                    return Some(head).filter(|head| self.is_said(at, head));
                }
                number(head.end + 1, head.value * 100)
            }
        };
        Some(self.more(hundreds, |grammar, at| grammar.below_hundred(at).or_else(|| grammar.written(at))))
    }

    /// Does `hundred` multiply what stands before it? `forty-one hundred`, but `dreißig, hundert`.
    fn is_times_hundred(&self, head: &Number) -> bool {
        // German writes what it multiplies with it: `zweiundsechzighundertacht`.
        let is_one_word = || self.text.between(head.end - 1, head.end).is_empty();
        let is_said = self.sense(head.end) == Some(Sense::Hundred) && self.joined(head.end) && (1..=99).contains(&head.value);
        let is_usual = || head.value < 20 || self.language == ENGLISH || is_one_word();
        is_said && (head.value < 10 || !head.value.is_multiple_of(10)) && is_usual()
    }

    /// Adds what `rest` reads after it, if that is small enough.
    fn more(&mut self, head: Number, rest: impl Fn(&mut Self, usize) -> Option<Number>) -> Number {
        let and = self.sense(head.end) == Some(Sense::And) && self.joined(head.end);
        let from = head.end + usize::from(and);
        let room = if head.value.is_multiple_of(1000) { 1000 } else { 100 };
        if !(self.joined(from) || room == 1000 && self.after_comma(from)) {
            return head;
        }
        let known = self.loose.len();
        self.loosen(from);
        let rest = rest(self, from).filter(|rest| (1..room).contains(&rest.value));
        if rest.is_none() {
            self.loose.truncate(known);
        }
        rest.map_or(head, |rest| number(rest.end, head.value + rest.value))
    }

    fn below_hundred(&mut self, at: usize) -> Option<Number> {
        match self.sense(at)? {
            Sense::Digit(4) if self.language == FRENCH && self.sense(at + 1) == Some(Sense::Tens(20)) && self.joined(at + 1) => {
                // French eighty, and up to nineteen more.
                self.loosen(at + 1);
                Some(self.teens(at + 2).map_or(pair(at + 2, 80), |(end, rest)| pair(end, 80 + rest)))
            }
            Sense::Digit(value) => {
                Some(self.unit_first(at, value).unwrap_or(Number { end: at + 1, value: value.into(), width: 1 }))
            }
            Sense::Pair(value) => Some(pair(at + 1, value)),
            Sense::Tens(tens) => {
                let and = self.language == FRENCH && self.sense(at + 1) == Some(Sense::And) && self.joined(at + 1);
                Some(self.unit(at + 1 + usize::from(and)).map_or(pair(at + 1, tens), |(end, unit)| pair(end, tens + unit)))
            }
            Sense::TensAnd(tens) => {
                let and = self.sense(at + 1) == Some(Sense::And) && self.joined(at + 1);
                let unit = if and { self.unit(at + 2) } else { None };
                Some(unit.map_or(pair(at + 1, tens), |(end, unit)| pair(end, tens + unit)))
            }
            Sense::Score(10) => Some(self.ten(at)),
            Sense::Score(score) => {
                let and = self.sense(at + 1) == Some(Sense::And) && self.joined(at + 1);
                Some(self.teens(at + 1 + usize::from(and)).map_or(pair(at + 1, score), |(end, rest)| pair(end, score + rest)))
            }
            _ => None,
        }
    }

    /// German and Dutch say the unit first: `vier und zwanzig`.
    fn unit_first(&self, at: usize, unit: u8) -> Option<Number> {
        let tens = match self.sense(at + 2)? {
            Sense::Pair(tens) if tens >= 20 && tens.is_multiple_of(10) => tens,
            _ => return None,
        };
        let is_one = unit > 0 && self.sense(at + 1) == Some(Sense::And) && self.joined(at + 1) && self.joined(at + 2);
        let unit_first = matches!(self.language, GERMAN | DUTCH);
        (is_one && unit_first).then(|| pair(at + 3, tens + unit))
    }

    /// A digit word from 1 to 9 at `at`, joined closely enough to make one number with the tens before it.
    fn unit(&mut self, at: usize) -> Option<(usize, u8)> {
        match self.sense(at)? {
            Sense::Digit(value @ 1..=9) if self.joined(at) && !self.is_eighty(at) => {
                self.loosen(at);
                Some((at + 1, value))
            }
            _ => None,
        }
    }

    /// Does a hyphen make a French eighty of the four at `at`? `soixante quatre-vingts`
    fn is_eighty(&self, at: usize) -> bool {
        self.sense(at + 1) == Some(Sense::Tens(20)) && self.text.between(at, at + 1) == "-"
    }

    /// French: 1 to 19 at `at`.
    fn teens(&mut self, at: usize) -> Option<(usize, u8)> {
        match self.sense(at)? {
            Sense::Score(10) if self.joined(at) => {
                self.loosen(at);
                let ten = self.ten(at);
                Some((ten.end, u8::try_from(ten.value).ok()?))
            }
            Sense::Pair(value @ 10..=19) if self.joined(at) => {
                self.loosen(at);
                Some((at + 1, value))
            }
            _ => self.unit(at),
        }
    }

    /// French: ten, and seventeen to nineteen.
    fn ten(&mut self, at: usize) -> Number {
        match self.sense(at + 1) {
            Some(Sense::Digit(unit @ 7..=9)) if self.joined(at + 1) => {
                self.loosen(at + 1);
                pair(at + 2, 10 + unit)
            }
            _ => pair(at + 1, 10),
        }
    }

    /// Digits written among the words: the 4 of `4 thousand`, the 111 of `four thousand 111`.
    fn written(&self, at: usize) -> Option<Number> {
        let item = self.text.items.get(at).filter(|item| at < self.end && item.traits.has(Traits::DIGITS))?;
        let digits = self.text.source.get(item.start..item.end)?;
        if digits.chars().count() > WRITTEN_MAX || digits.starts_with('0') {
            return None;
        }
        let value = digits.chars().try_fold(0, |sum, c| Some(sum * 10 + u32::from(digit_value(c)?)))?;
        Some(number(at + 1, value))
    }

    /// `4thousand111`, `41hundred`
    pub(super) fn written_as_one(&self, at: usize) -> Option<Number> {
        let item = self.text.items.get(at)?;
        let code = self.text.source.get(item.start..item.end)?;
        let head = code.find(|c: char| !c.is_ascii_digit())?;
        let (head, rest) = code.split_at(head);
        let (word, rest) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
        let unit: u32 = match self.lexicon.get(self.lexicon.find(word).0).senses[self.language]? {
            Sense::Thousand => 1000,
            Sense::Hundred => 100,
            _ => return None,
        };
        let value = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<u32>().ok() };
        let rest = value(rest).filter(|rest| *rest < unit)?;
        let head = Some(head).filter(|head| (1..=WRITTEN_MAX).contains(&head.len())).and_then(value)?;
        Some(number(at + 1, head * unit + rest))
    }

    /// Does the number hold a word? Digits alone are read as they are written.
    fn is_said(&self, at: usize, number: &Number) -> bool {
        number.end > at + 1 || self.word(at).is_some()
    }

    fn follows(&self, at: usize, start: usize) -> bool {
        at == start || self.joined(at)
    }

    /// Is the item joined to the one before by a blank or a hyphen only?
    pub(super) fn joined(&self, at: usize) -> bool {
        self.is_apart(at, |gap| matches!(gap, " " | "" | "-" | "\u{a0}" | "\u{2011}"))
    }

    /// `four thousand, one hundred eleven`.
    fn after_comma(&self, at: usize) -> bool {
        self.is_apart(at, |gap| gap == ", ")
    }

    fn is_apart(&self, at: usize, is_gap: impl Fn(&str) -> bool) -> bool {
        let gap = at.checked_sub(1).filter(|_| at < self.end).map(|last| self.text.between(last, at));
        gap.is_some_and(is_gap) && self.apart.binary_search(&at).is_err()
    }

    /// Remembers that the item may as well begin a number, unless an `and`, a hyphen or nothing at all joins it.
    fn loosen(&mut self, at: usize) {
        let Some(last) = at.checked_sub(1) else { return };
        if self.sense(last) != Some(Sense::And) && self.text.between(last, at).contains(' ') {
            self.loose.push(at);
        }
    }

    pub(super) fn sense(&self, at: usize) -> Option<Sense> {
        self.lexicon.get(self.word(at)?).senses[self.language]
    }

    pub(super) fn word(&self, at: usize) -> Option<WordId> {
        let item = self.text.items.get(at).filter(|_| at < self.end)?;
        (!item.traits.has(Traits::WRITTEN)).then_some(item.id)
    }
}

fn pair(end: usize, value: u8) -> Number {
    Number { end, value: value.into(), width: 2 }
}

fn number(end: usize, value: u32) -> Number {
    Number { end, value, width: value.checked_ilog10().map_or(1, |digits| digits as usize + 1) }
}
