//! A word of any script, with digits among its letters or not.

use crate::digits::digit_value;
use crate::lexicon::{Lexicon, Traits};

/// The ASCII letter that a letter of full width is: `Ａ`, as keyboards of East Asia write it.
pub(crate) fn wide(c: char) -> Option<char> {
    const FIRST: u32 = 0xff01;
    let letter = u32::from(c).checked_sub(FIRST).and_then(|offset| char::from_u32(u32::from('!') + offset))?;
    Some(letter).filter(char::is_ascii_alphabetic)
}

/// What a word is made of.
#[derive(Default)]
pub(crate) struct Shape {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Where to look for the next word.
    pub(crate) next: usize,
    pub(crate) digits: usize,
    pub(crate) letters: usize,
    /// Has letters outside ASCII.
    pub(crate) foreign: bool,
    pub(crate) lower: bool,
    /// Where letters first changed to digits or back, and how often they did.
    pub(crate) first_change: usize,
    pub(crate) changes: usize,
    pub(crate) digits_first: bool,
}

impl Shape {
    /// The longest word from `start` on; empty if the character there belongs to none.
    pub(crate) fn of(text: &str, start: usize) -> Self {
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
                    match wide(c) {
                        Some(letter) => shape.lower |= letter.is_ascii_lowercase(),
                        None => shape.foreign |= !is_digit,
                    }
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
    pub(crate) fn is_named(&self, text: &str, lexicon: &Lexicon) -> bool {
        !self.digits_first && lexicon.find(&text[self.start..self.first_change]).1.has(Traits::NAMES)
    }
}
