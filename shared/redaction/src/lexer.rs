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
    let bytes = text.as_bytes();
    let mut items = Vec::with_capacity(text.len() / 5 + 1);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'[' if let Some((kind, length)) = removed(&bytes[at..]) => {
                items.push(Item { start: at, end: at + length, class: Class::Removed(kind) });
                at += length;
            }
            b'%' if is_encoded_blank(&bytes[at..]) => at += ENCODED_BLANK,
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                let shape = Shape::of(text, at);
                shape.push(text, lexicon, &mut items);
                at = shape.next;
            }
            _ => at += 1,
        }
    }
    items
}

/// The replacement that a text begins with, and its length.
fn removed(text: &[u8]) -> Option<(Kind, usize)> {
    let kind = Kind::ALL.iter().find(|kind| text.starts_with(kind.replacement().as_bytes()))?;
    Some((*kind, kind.replacement().len()))
}

const ENCODED_BLANK: usize = 3;

/// `%20` and `%2D`: a blank or a dash in a URL, not the number twenty.
fn is_encoded_blank(text: &[u8]) -> bool {
    matches!(text, [b'%', b'2', b'0' | b'd' | b'D', ..])
}

/// What a word is made of.
#[derive(Default)]
struct Shape {
    start: usize,
    end: usize,
    /// Where to look for the next word.
    next: usize,
    digits: usize,
    letters: usize,
    /// Has letters outside ASCII.
    foreign: bool,
    lower: bool,
    /// Where letters first changed to digits or back, and how often they did.
    first_change: usize,
    changes: usize,
    digits_first: bool,
}

impl Shape {
    /// The longest word from `start` on; empty if the character there belongs to none.
    fn of(text: &str, start: usize) -> Self {
        let mut shape = Self { start, end: start, ..Self::default() };
        let bytes = text.as_bytes();
        let mut last_is_digit = None;
        while let Some(byte) = bytes.get(shape.end) {
            let (is_digit, width) = match byte {
                b'0'..=b'9' => (true, 1),
                b'a'..=b'z' => {
                    shape.lower = true;
                    (false, 1)
                }
                b'A'..=b'Z' => (false, 1),
                0x80.. => {
                    let Some(c) = text[shape.end..].chars().next() else { break };
                    shape.next = shape.end + c.len_utf8();
                    let is_digit = digit_value(c).is_some();
                    if !is_digit && !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c) {
                        break;
                    }
                    shape.foreign |= !is_digit;
                    (is_digit, c.len_utf8())
                }
                _ => break,
            };
            shape.digits += usize::from(is_digit);
            shape.letters += usize::from(!is_digit);
            if last_is_digit.is_none() {
                shape.digits_first = is_digit;
            } else if last_is_digit != Some(is_digit) {
                shape.changes += 1;
                if shape.changes == 1 {
                    shape.first_change = shape.end;
                }
            }
            last_is_digit = Some(is_digit);
            shape.end += width;
        }
        shape.next = shape.next.max(shape.end);
        shape
    }

    /// Does the word name the number that is stuck to it?
    fn is_named(&self, text: &str, lexicon: &Lexicon) -> bool {
        let name = lexicon.find(&text[self.start..self.first_change]);
        !self.digits_first && lexicon.get(name).phrases.iter().any(|(rest, _)| rest.is_empty())
    }

    fn push(&self, text: &str, lexicon: &Lexicon, items: &mut Vec<Item>) {
        let (start, end) = (self.start, self.end);
        if start == end {
            return;
        }
        let word = |start: usize, end: usize| {
            let caps = !self.lower && !self.foreign && self.letters <= CAPS_MAX;
            Item { start, end, class: Class::Word { id: lexicon.find(&text[start..end]), caps } }
        };
        let digits = |start, end| Item { start, end, class: Class::Digits };
        if self.letters == 0 {
            items.push(digits(start, end));
        } else if self.digits == 0 {
            items.push(word(start, end));
        } else if self.changes == 1 && (self.foreign || self.digits >= 12 && self.letters >= 3 || self.is_named(text, lexicon)) {
            // A word stuck to a number: `card4111111111111111`, `nº4111`, `SSN219099999`.
            let middle = self.first_change;
            let digits_first = self.digits_first;
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
