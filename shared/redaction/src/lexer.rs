//! A text as items: stretches of digits, words, codes, and what an earlier pass has removed.
//!
//! Whatever is no letter and no digit lies between items. [`crate::run`] judges it where it matters.

use crate::digits::digit_value;
use crate::kind::Kind;
use crate::lexicon::{Lexicon, WordId};

/// One item and its byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Decimal digits of any script.
    Digits,
    /// ASCII letters and digits mixed.
    Code,
    /// A word. `caps`: short and all ASCII capitals, so it may be a part of a code: `NWBK`.
    Word { id: WordId, caps: bool },
    /// What stands for a removed number.
    Removed(Kind),
}

/// A group of capitals longer than this is a word.
const CAPS_MAX: usize = 6;

/// Splits `text` into items.
pub(crate) fn lex(text: &str, lexicon: &Lexicon) -> Vec<Item> {
    let mut items = Vec::with_capacity(text.len() / 6);
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c == '['
            && let Some((kind, length)) = removed(&text[start..])
        {
            let end = start + length;
            while rest.next_if(|(at, _)| *at < end).is_some() {}
            items.push(Item { start, end, class: Class::Removed(kind) });
            continue;
        }
        if c == '%' && skips_encoded_blank(&text[start..]) {
            rest.next();
            rest.next();
            continue;
        }
        let mut shape = Shape::default();
        if !shape.take(start, c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = rest.next_if(|(at, c)| shape.take(*at, *c)) {
            end = at + c.len_utf8();
        }
        shape.push(text, start, end, lexicon, &mut items);
    }
    items
}

/// The replacement that `text` begins with, and its length.
fn removed(text: &str) -> Option<(Kind, usize)> {
    let kind = Kind::ALL.iter().find(|kind| text.starts_with(kind.replacement()))?;
    Some((*kind, kind.replacement().len()))
}

/// `%20` and `%2D`: a blank or a dash in a URL, not the number twenty.
fn skips_encoded_blank(text: &str) -> bool {
    text.get(..3).is_some_and(|head| head == "%20" || head.eq_ignore_ascii_case("%2d"))
}

/// What a word has been made of so far.
#[derive(Default)]
struct Shape {
    digits: usize,
    letters: usize,
    /// Letters outside ASCII, or digits outside it beside letters.
    foreign: bool,
    lower: bool,
    /// Where letters first changed to digits or back, and how often they did.
    first_change: usize,
    changes: usize,
    last_is_digit: Option<bool>,
}

impl Shape {
    /// Takes one more character; `false`: it belongs to no word.
    fn take(&mut self, at: usize, c: char) -> bool {
        let is_digit = if c.is_ascii() { c.is_ascii_digit() } else { digit_value(c).is_some() };
        if is_digit {
            self.digits += 1;
        } else if c.is_ascii_alphabetic() {
            self.letters += 1;
            self.lower |= c.is_ascii_lowercase();
        } else if c.is_ascii() {
            return false;
        } else if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) {
            self.letters += 1;
            self.foreign = true;
        } else {
            return false;
        }
        if self.last_is_digit.is_some_and(|last| last != is_digit) {
            self.changes += 1;
            if self.changes == 1 {
                self.first_change = at;
            }
        }
        self.last_is_digit = Some(is_digit);
        true
    }

    fn push(&self, text: &str, start: usize, end: usize, lexicon: &Lexicon, items: &mut Vec<Item>) {
        let word = |start: usize, end: usize| {
            let caps = !self.lower && !self.foreign && self.letters <= CAPS_MAX;
            Item { start, end, class: Class::Word { id: lexicon.find(&text[start..end]), caps } }
        };
        let digits = |start, end| Item { start, end, class: Class::Digits };
        if self.letters == 0 {
            items.push(digits(start, end));
        } else if self.digits == 0 {
            items.push(word(start, end));
        } else if self.changes == 1 && (self.foreign || self.digits >= 12 && self.letters >= 3) {
            // A word stuck to a number: `card4111111111111111`, `nº4111`.
            let middle = self.first_change;
            let digits_first = text[start..].chars().next().and_then(digit_value).is_some();
            let (head, tail) = ((start, middle), (middle, end));
            items.push(if digits_first { digits(head.0, head.1) } else { word(head.0, head.1) });
            items.push(if digits_first { word(tail.0, tail.1) } else { digits(tail.0, tail.1) });
        } else if self.foreign {
            items.push(Item { start, end, class: Class::Word { id: WordId::default(), caps: false } });
        } else {
            items.push(Item { start, end, class: Class::Code });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let lexicon = Lexicon::new();
        let found: Vec<_> = lex(text, &lexicon)
            .into_iter()
            .map(|item| {
                let class = match item.class {
                    Class::Digits => "digits",
                    Class::Code => "code",
                    Class::Word { caps: true, .. } => "caps",
                    Class::Word { .. } => "word",
                    Class::Removed(kind) => kind.as_str(),
                };
                (&text[item.start..item.end], class)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn digits_words_and_codes_are_told_apart() {
        check("IBAN: CH39-0187, ok", &[("IBAN", "caps"), ("CH39", "code"), ("0187", "digits"), ("ok", "word")]);
        check("n°٤١١١ três", &[("n", "word"), ("٤١١١", "digits"), ("três", "word")]);
        check("card4111111111111111", &[("card", "word"), ("4111111111111111", "digits")]);
        check("a%20b", &[("a", "word"), ("b", "word")]);
    }

    #[test]
    fn what_was_removed_is_one_item() {
        check("x [card number removed] 12", &[("x", "word"), ("[card number removed]", "card"), ("12", "digits")]);
        check("[card number", &[("card", "word"), ("number", "word")]);
    }
}
