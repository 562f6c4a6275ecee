//! A stretch that may be an identity number, put together once for all kinds that it may be.

use std::ops::Range;

use crate::ids::{PATTERN_MAX, Rule};
use crate::reading::Symbol;

/// It begins and ends where groups do.
pub(crate) struct Stretch<'a> {
    /// All symbols of the reading.
    symbols: &'a [Symbol],
    pub(crate) range: Range<usize>,
    /// Nothing else of the run touches it.
    pub(crate) is_whole: bool,
    pub(crate) has_letters: bool,
    /// Its digits as they are written, if it has nothing else.
    digits: [u8; PATTERN_MAX],
    is_digits: bool,
    /// After how many symbols its groups end, one bit each.
    ends: u32,
}

impl<'a> Stretch<'a> {
    /// An empty one.
    pub(crate) fn new(symbols: &'a [Symbol], start: usize) -> Self {
        let range = start..start;
        Self { symbols, range, is_whole: false, has_letters: false, digits: [0; _], is_digits: true, ends: 0 }
    }

    /// Goes on up to another place.
    pub(crate) fn extend(&mut self, end: usize) {
        let more = self.symbols.get(self.range.end..end).unwrap_or_default();
        for (symbol, place) in more.iter().zip(self.digits.iter_mut().skip(self.range.len())) {
            self.has_letters |= symbol.letter.is_some();
            self.is_digits &= symbol.digit.is_some();
            *place = b'0' + symbol.digit.unwrap_or_default();
        }
        let start = self.range.start;
        for at in self.range.end.max(start + 1)..end {
            let is_end = !self.symbols[at - 1].same_group(&self.symbols[at]);
            self.ends |= u32::from(is_end) << (at - start);
        }
        self.range.end = end;
    }

    /// May a pattern fit at all? None has a month.
    pub(crate) fn may_fit(&self) -> bool {
        self.has_letters || self.is_digits
    }

    /// Is it written in groups of these sizes, which are as many symbols as it has?
    pub(crate) fn is_grouped(&self, groups: &[u8]) -> bool {
        let mut end = 0;
        let ends = groups.iter().fold(0, |ends, length| {
            end += usize::from(*length);
            ends | 1 << end
        });
        ends == self.ends | 1 << self.range.len()
    }

    /// Is it of the rule's pattern, and if so, are its check digits right?
    pub(crate) fn fits(&self, rule: &Rule) -> Option<bool> {
        if !self.has_letters {
            // Only rules for digits are asked.
            return self.digits.get(..self.range.len()).map(rule.check);
        }
        let mut code = [0; PATTERN_MAX];
        let code = code.get_mut(..self.range.len())?;
        for ((place, symbol), sign) in rule.pattern.bytes().zip(&self.symbols[self.range.clone()]).zip(code.iter_mut()) {
            let digit = symbol.digit.map(|digit| b'0' + digit);
            *sign = match place {
                b'9' => digit,
                b'A' => symbol.letter,
                _ => digit.or(symbol.letter),
            }?;
        }
        Some((rule.check)(code))
    }
}
