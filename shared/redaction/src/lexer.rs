//! A text as items: stretches of digits, known words, codes, and what an earlier pass has removed.
//!
//! Whatever is no letter and no digit lies between items. [`crate::run`] judges it where it matters. A word that says
//! nothing is no item either; it only counts, so that distances are known.

use crate::extras::Extras;
use crate::kind::Kind;
use crate::letters::Letters;
use crate::lexicon::{Lexicon, PACKED, Traits, WordId};
use crate::word::Shape;

/// One item and its byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many words and items stand before it in its text.
    pub(crate) ordinal: usize,
    pub(crate) class: Class,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Decimal digits of any script.
    Digits,
    /// ASCII letters and digits mixed.
    Code,
    /// A word. `caps`: short and all ASCII capitals, so it may be a part of a code: `NWBK`.
    Word { id: WordId, traits: Traits, caps: bool },
    /// What stands for a removed number.
    Removed(Kind),
}

/// What a text holds, all in all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Census {
    /// How many words and items.
    pub(crate) words: usize,
    /// What its words can be.
    pub(crate) traits: Traits,
    /// It has digits, codes or groups of capitals.
    pub(crate) written: bool,
    /// It has words that are no short groups of capitals.
    pub(crate) has_lower: bool,
}

/// A group of capitals longer than this is a word.
const CAPS_MAX: usize = 6;

/// A group of small letters longer than this is no part of a code.
const LOWER_MAX: usize = 4;

/// Splits `text` into items, which go to the end of `items`.
pub(crate) fn lex(text: &str, lexicon: &Lexicon, extras: &Extras, items: &mut Vec<Item>) -> Census {
    let mut lexer = Lexer { text, lexicon, items, census: Census::default() };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => at = lexer.plain_word(at).unwrap_or_else(|| lexer.any_word(at)),
            b'0'..=b'9' | 0x80.. => at = lexer.any_word(at),
            b'[' if let Some((kind, length)) = removed(&bytes[at..], extras) => {
                lexer.push(at, at + length, Class::Removed(kind));
                at += length;
            }
            b'%' if is_encoded_blank(&bytes[at..]) => at += ENCODED_BLANK,
            _ => at += 1,
        }
    }
    lexer.census
}

/// The replacement that a text begins with, and its length.
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
    items: &'a mut Vec<Item>,
    census: Census,
}

impl Lexer<'_> {
    /// A word of ASCII letters only, and where it ends. `None`: it is more than that.
    fn plain_word(&mut self, start: usize) -> Option<usize> {
        let word = Letters::at(self.text.as_bytes(), start)?;
        let caps = !word.lower && word.end - start <= CAPS_MAX;
        self.push_word(start, word.end, self.lexicon.find_letters(self.text, &word), caps);
        Some(word.end)
    }

    /// Whatever begins here, and where the next may begin.
    fn any_word(&mut self, start: usize) -> usize {
        let shape = Shape::of(self.text, start);
        if shape.start < shape.end {
            self.push_shape(&shape);
        }
        shape.next
    }

    fn push_shape(&mut self, shape: &Shape) {
        let (start, end, middle) = (shape.start, shape.end, shape.first_change);
        let caps = !shape.lower && !shape.foreign && shape.letters <= CAPS_MAX;
        if shape.letters == 0 {
            self.push(start, end, Class::Digits);
        } else if shape.digits == 0 {
            self.push_found(start, end, caps);
        } else if shape.changes == 1
            && (shape.foreign || shape.digits >= 12 && shape.letters >= 3 || shape.is_named(self.text, self.lexicon))
        {
            // A word stuck to a number: `card4111111111111111`, `nº4111`, `SSN219099999`.
            if shape.digits_first {
                self.push(start, middle, Class::Digits);
                self.push_found(middle, end, caps);
            } else {
                self.push_found(start, middle, caps);
                self.push(middle, end, Class::Digits);
            }
        } else if shape.foreign {
            self.push_word(start, end, None, false);
        } else {
            self.push(start, end, Class::Code);
        }
    }

    fn push_found(&mut self, start: usize, end: usize, caps: bool) {
        let known = self.lexicon.find(&self.text[start..end]);
        self.push_word(start, end, known, caps);
    }

    #[inline]
    fn push_word(&mut self, start: usize, end: usize, known: Option<(WordId, Traits)>, caps: bool) {
        match known {
            Some((id, traits)) => {
                self.census.has_lower |= !caps;
                self.census.written |= caps;
                self.census.traits.add(traits);
                self.push(start, end, Class::Word { id, traits, caps });
            }
            // Most words: they only count.
            None if !caps && end - start > LOWER_MAX && !Lexicon::may_compound(end - start) => {
                self.census.has_lower = true;
                self.census.words += 1;
            }
            None => self.push_unknown(start, end, caps),
        }
    }

    /// A word that is not known may be made of others, or be a part of a code.
    fn push_unknown(&mut self, start: usize, end: usize, caps: bool) {
        if Lexicon::may_split(&self.text.as_bytes()[start..end]) && self.push_parts(start, end) {
            return;
        }
        if end - start > PACKED
            && let Some((id, traits)) = self.lexicon.compound(&self.text[start..end])
        {
            self.census.has_lower |= !caps;
            self.census.traits.add(traits);
            self.push(start, end, Class::Word { id, traits, caps });
            return;
        }
        // Amid a code the capitals may have been lost: `nl28 aaaa 4619`.
        let caps = caps || end - start <= LOWER_MAX && self.follows_code(start, end);
        self.census.has_lower |= !caps;
        self.census.written |= caps;
        if caps {
            self.push(start, end, Class::Word { id: WordId::default(), traits: Traits::default(), caps });
        } else {
            self.census.words += 1;
        }
    }

    /// The parts of a number that is written as one word. `false`: it is none.
    fn push_parts(&mut self, start: usize, end: usize) -> bool {
        let Some(ends) = self.lexicon.split(&self.text[start..end]) else { return false };
        let mut from = start;
        for end in ends {
            self.push_found(from, start + end, false);
            from = start + end;
        }
        true
    }

    /// Does a code, or a letter by itself, stand right before, with a blank or nothing between?
    fn follows_code(&self, start: usize, end: usize) -> bool {
        let Some(last) = self.items.last().filter(|last| last.ordinal + 1 == self.census.words) else { return false };
        let is_code = match last.class {
            Class::Code => true,
            Class::Word { caps, .. } => caps && last.end - last.start == 1 && last.ordinal > 0,
            Class::Digits | Class::Removed(_) => false,
        };
        is_code && self.text.as_bytes()[start..end].is_ascii() && self.text.get(last.end..start) == Some(" ")
    }

    fn push(&mut self, start: usize, end: usize, class: Class) {
        self.census.written |= matches!(class, Class::Digits | Class::Code);
        self.items.push(Item { start, end, ordinal: self.census.words, class });
        self.census.words += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let lexicon = Lexicon::new();
        let mut items = Vec::new();
        lex(text, &lexicon, &Extras::none(), &mut items);
        let found: Vec<_> = items
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
    fn words_that_say_nothing_only_count() {
        let lexicon = Lexicon::new();
        let mut items = Vec::new();
        let census = lex(
            "Some unremarkable heating system, über alles: fourteen [x] Unfortunately4 o",
            &lexicon,
            &Extras::none(),
            &mut items,
        );
        let ordinals: Vec<_> = items.iter().map(|item| item.ordinal).collect();
        assert_eq!((census.words, ordinals), (10, vec![6, 7, 8, 9]));
        assert!(census.has_lower && census.written && census.traits.has(Traits::COUNTS));
    }

    #[test]
    fn a_word_is_found_however_long_and_wherever_it_ends() {
        check("four", &[("four", "word")]);
        check("Fourteen,", &[("Fourteen", "word")]);
        check("authorize security SEVENTEEN", &[("security", "word"), ("SEVENTEEN", "word")]);
        check("identification number", &[("identification", "word"), ("number", "word")]);
        check("@[`{/:four", &[("four", "word")]);
    }

    #[test]
    fn what_was_removed_is_one_item() {
        check("x [card number removed] 12", &[("x", "word"), ("[card number removed]", "card"), ("12", "digits")]);
        check("[card number", &[("card", "word"), ("number", "word")]);
    }
}
