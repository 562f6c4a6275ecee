//! A text as items: words, stretches of digits, codes, and what an earlier pass has removed.
//!
//! Whatever is no letter and no digit lies between items. [`crate::run`] judges it where it matters.

use crate::blocks::Padded;
use crate::extras::Extras;
use crate::kind::Kind;
use crate::letters::Letters;
use crate::lexicon::{Key, Known, Lexicon, Traits, WordId};
use crate::word::Shape;

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
    /// A word, known or not. `caps`: short and all ASCII capitals, so it may be a part of a code: `NWBK`.
    Word { id: WordId, traits: Traits, caps: bool },
    /// What stands for a removed number.
    Removed(Kind),
}

/// What a text holds, all in all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Census {
    /// What its words can be.
    pub(crate) traits: Traits,
    /// It has digits or codes, or what stands for them.
    pub(crate) written: bool,
    /// It may hold a number, or say what one is.
    pub(crate) tells: bool,
}

/// A shorter text always tells something: it may be an answer, or a piece of one.
const SHORT: usize = 40;
/// So many hints make a text worth reading.
const HINTS_MAX: usize = 3;

/// A group of capitals longer than this is a word.
const CAPS_MAX: usize = 6;

/// A group of small letters longer than this is no part of a code.
const LOWER_MAX: usize = 4;

/// Splits `text` into items, which go to the end of `items`.
pub(crate) fn lex(text: &str, lexicon: &Lexicon, extras: &Extras, padded: &mut Padded, items: &mut Vec<Item>) -> Census {
    let before = items.len();
    padded.fill(text);
    let padded = &*padded;
    let mut lexer = Lexer {
        text,
        lexicon,
        extras,
        items,
        before,
        traits: Traits::default(),
        hints: 0,
        surely: false,
        written: false,
        done: 0,
    };
    // Where a stretch began that goes on into the next block.
    let mut open = 0;
    for block in padded.blocks() {
        let (mut starts, mut ends) = (block.starts, block.ends);
        if block.is_open && ends != 0 {
            lexer.stretch(padded, open, block.base + ends.trailing_zeros() as usize);
            ends &= ends - 1;
        }
        let mut words = block.words;
        while ends != 0 {
            // What was removed before may hold what seems to be words.
            if lexer.done > block.base {
                words = 0;
            }
            let (first, last) = (starts.trailing_zeros(), ends.trailing_zeros());
            let (start, end) = (block.base + first as usize, block.base + last as usize);
            let (last, left) = (ends & ends.wrapping_neg(), ends & (ends - 1));
            (starts, ends) = (starts & (starts - 1), left);
            if words & last != 0 {
                lexer.letters(padded, start, end);
            } else {
                lexer.stretch(padded, start, end);
            }
        }
        if starts != 0 {
            open = block.base + starts.trailing_zeros() as usize;
        }
    }
    let Lexer { mut traits, hints, surely, written, .. } = lexer;
    if items[before..].iter().any(|item| matches!(item.class, Class::Word { caps: false, .. })) {
        traits.add(Traits::LOWER);
    }
    Census { traits, written, tells: surely || hints >= HINTS_MAX || text.len() < SHORT }
}

/// The replacement that a text begins with, and its length. Each begins with a bracket and a word.
fn removed(text: &[u8], extras: &Extras) -> Option<(Kind, usize)> {
    match Kind::ALL.iter().find(|kind| text.starts_with(kind.replacement().as_bytes())) {
        Some(kind) => Some((*kind, kind.replacement().len())),
        None => Some((Kind::Custom, extras.replacement_length(text)?)),
    }
}

const ENCODED_BLANK: usize = 3;

/// `%20` and `%2D`: a blank or a dash in a URL, not the number twenty.
fn is_encoded_blank(text: &[u8]) -> bool {
    matches!(text, [b'%', b'2', b'0' | b'd' | b'D', ..])
}

struct Lexer<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    extras: &'a Extras,
    items: &'a mut Vec<Item>,
    /// How many items were there before.
    before: usize,
    traits: Traits,
    /// How much there is that makes the text worth reading.
    hints: usize,
    /// It is.
    surely: bool,
    written: bool,
    /// Up to where an earlier stretch was more than it seemed.
    done: usize,
}

impl Lexer<'_> {
    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    fn letters(&mut self, padded: &Padded, start: usize, end: usize) {
        let word = Letters::of(padded, start, end);
        let caps = !word.lower && end - start <= CAPS_MAX;
        self.push_found(start, end, self.lexicon.find_key(word.key), caps);
    }

    /// May a word that is not known be more than that? Nearly none is.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn is_odd(&self, start: usize, end: usize) -> bool {
        if end - start <= LOWER_MAX {
            let last = self.items.last().map(|last| last.class);
            matches!(last, Some(Class::Code | Class::Word { caps: true, .. }))
        } else {
            Lexicon::may_compound(&self.text.as_bytes()[start..end])
        }
    }

    /// A stretch of anything.
    #[inline(never)]
    fn stretch(&mut self, padded: &Padded, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        match start.checked_sub(1).map(|mark| (mark, bytes[mark])) {
            _ if start < self.done => {}
            Some((mark, b'[')) if let Some((kind, length)) = removed(&bytes[mark..], self.extras) => {
                self.push_number(mark, mark + length, Class::Removed(kind));
                self.done = mark + length;
            }
            Some((mark, b'%')) if is_encoded_blank(&bytes[mark..]) => self.any(mark + ENCODED_BLANK, end),
            _ if bytes[start..end].iter().all(u8::is_ascii_alphabetic) => self.letters(padded, start, end),
            _ => self.any(start, end),
        }
    }

    /// Words and numbers of any script, and what stands between them.
    fn any(&mut self, start: usize, end: usize) {
        let bytes = &self.text.as_bytes()[start..end];
        if bytes.iter().all(u8::is_ascii_digit) {
            if start < end {
                self.push_number(start, end, Class::Digits);
            }
        } else if let Some(key) = Key::of_latin(bytes) {
            let caps = bytes.len() <= CAPS_MAX && bytes.iter().all(u8::is_ascii_uppercase);
            self.push_found(start, end, self.lexicon.find_key(key), caps);
        } else {
            let mut at = start;
            while at < end {
                let shape = Shape::of(self.text, at);
                if shape.start < shape.end {
                    self.push_shape(&shape);
                }
                at = shape.next;
            }
        }
    }

    fn push_shape(&mut self, shape: &Shape) {
        let (start, end, middle) = (shape.start, shape.end, shape.first_change);
        let caps = !shape.lower && !shape.foreign && shape.letters <= CAPS_MAX;
        if shape.letters == 0 {
            self.push_number(start, end, Class::Digits);
        } else if shape.digits == 0 {
            self.find_and_push(start, end, caps);
        } else if shape.changes == 1
            && (shape.foreign || shape.digits >= 12 && shape.letters >= 3 || shape.is_named(self.text, self.lexicon))
        {
            // A word stuck to a number: `card4111111111111111`, `nº4111`, `SSN219099999`.
            if shape.digits_first {
                self.push_number(start, middle, Class::Digits);
                self.find_and_push(middle, end, caps);
            } else {
                self.find_and_push(start, middle, caps);
                self.push_number(middle, end, Class::Digits);
            }
        } else if shape.foreign {
            self.surely = true;
            self.push_odd(start, end);
        } else {
            self.push_number(start, end, Class::Code);
        }
    }

    fn push_number(&mut self, start: usize, end: usize, class: Class) {
        self.written = true;
        self.surely = true;
        self.push(start, end, class);
    }

    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn push_found(&mut self, start: usize, end: usize, known: Known, caps: bool) {
        if known.0 == WordId::default() && !caps && self.is_odd(start, end) {
            self.push_odd(start, end);
        } else {
            self.push_word(start, end, known, caps);
        }
    }

    fn find_and_push(&mut self, start: usize, end: usize, caps: bool) {
        self.push_found(start, end, self.lexicon.find(&self.text[start..end]), caps);
    }

    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn push_word(&mut self, start: usize, end: usize, (id, traits): Known, caps: bool) {
        self.traits.add(traits);
        if caps {
            self.traits.add(Traits::CAPS);
        }
        if end - start > 1 || !self.is_clipped(start) {
            self.hints += traits.hints();
        }
        self.push(start, end, Class::Word { id, traits, caps });
    }

    /// Is it the `s` of `that's`, which spells nothing?
    #[cold]
    fn is_clipped(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|last| self.text.as_bytes()[last] == b'\'')
    }

    /// A word that is not known, and may be made of others or be a part of a code.
    fn push_odd(&mut self, start: usize, end: usize) {
        let word = &self.text.as_bytes()[start..end];
        if word.len() <= LOWER_MAX {
            // Amid a code the capitals may have been lost: `nl28 aaaa 4619`.
            let caps = self.follows_code(start, end);
            self.push_word(start, end, Known::default(), caps);
        } else if let Some(compound) = self.lexicon.compound(word) {
            self.push_word(start, end, compound, false);
        } else if !self.push_parts(start, end) {
            self.push_word(start, end, Known::default(), false);
        }
    }

    /// The parts of a number that is written as one word. `false`: it is none.
    fn push_parts(&mut self, start: usize, end: usize) -> bool {
        let Some(ends) = self.lexicon.split(&self.text[start..end]) else { return false };
        let mut from = start;
        for end in ends {
            self.find_and_push(from, start + end, false);
            from = start + end;
        }
        self.surely = true;
        true
    }

    /// Does a code, or a letter by itself, stand right before, with a blank or nothing between?
    #[inline]
    fn follows_code(&self, start: usize, end: usize) -> bool {
        let Some(last) = self.items.last() else { return false };
        let is_code = match last.class {
            Class::Code => self.items.len() > self.before,
            // The pronoun is none: `452505224 and I paid`. The last item may be another text's.
            Class::Word { caps, .. } => {
                let is_letter = caps && last.end - last.start == 1 && self.items.len() > self.before + 1;
                is_letter && self.text.as_bytes().get(last.start) != Some(&b'I')
            }
            Class::Digits | Class::Removed(_) => false,
        };
        is_code && self.text.as_bytes()[start..end].is_ascii() && matches!(self.text.get(last.end..start), Some(" " | "-"))
    }

    #[inline]
    fn push(&mut self, start: usize, end: usize, class: Class) {
        self.items.push(Item { start, end, class });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let lexicon = Lexicon::new();
        let mut items = Vec::new();
        lex(text, &lexicon, &Extras::none(), &mut Padded::default(), &mut items);
        let found: Vec<_> = items
            .into_iter()
            .map(|item| {
                let class = match item.class {
                    Class::Word { id, caps: false, .. } if id == WordId::default() => "unknown",
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

    #[track_caller]
    fn check_tells(text: &str, expected: bool) {
        assert_eq!(
            lex(text, &Lexicon::new(), &Extras::none(), &mut Padded::default(), &mut Vec::new()).tells,
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_text_tells_something_by_a_number_a_question_or_by_being_short() {
        check_tells("Some unremarkable heating system, über alles, was broken for an hour or two", false);
        check_tells("Some unremarkable heating system was broken, and that's all that he said.", false);
        check_tells("Some unremarkable heating system was broken", false);
        check_tells("Some unremarkable heating system was broken for 2 hours", true);
        check_tells("Some unremarkable heating system was seven or eight or ten years old", true);
        check_tells("Could you please tell me your social security number", true);
        check_tells("Deine Mitgliedsnummer sollte auf der Rechnung stehen", true);
        check_tells("yes", true);
    }

    #[test]
    fn a_word_is_found_however_long_and_wherever_it_ends() {
        check("four", &[("four", "word")]);
        check("Fourteen,", &[("Fourteen", "word")]);
        check("authorize security SEVENTEEN", &[("authorize", "unknown"), ("security", "word"), ("SEVENTEEN", "word")]);
        check("identification number", &[("identification", "word"), ("number", "word")]);
        check("@[`{/:four", &[("four", "word")]);
    }

    #[test]
    fn what_was_removed_is_one_item() {
        check("x [card number removed] 12", &[("x", "word"), ("[card number removed]", "card"), ("12", "digits")]);
        check("[card number", &[("card", "word"), ("number", "word")]);
    }
}
