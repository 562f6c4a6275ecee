//! A text as items: words, stretches of digits, codes, and what an earlier pass has removed.
//!
//! Whatever is no letter and no digit lies between items. [`crate::run`] judges it where it matters.

use crate::blocks::{BLOCK, Block, Bytes};
use crate::extras::Extras;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::letters::Letters;
use crate::lexicon::{Key, Known, Lexicon, Traits, WordId};
use crate::word::Shape;

/// What a text holds, all in all.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Census {
    /// What its items are and can be.
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
pub(crate) fn lex(text: &str, lexicon: &Lexicon, extras: &Extras, items: &mut Vec<Item>) -> Census {
    let before = items.len();
    let mut zeros = [0; BLOCK];
    let bytes = Bytes::of(text, &mut zeros);
    let (last, done) = (Traits::default(), 0);
    let mut lexer = Lexer { text, lexicon, extras, items: std::mem::take(items), before, is_odd: false, last, done };
    // Where the stretch began that ends next.
    let mut open = 0;
    for block in bytes.blocks() {
        let (mut starts, mut ends) = (block.starts, block.ends);
        let (mut words, mut numbers) = lexer.plain(&block);
        let mut next = || {
            let start = starts.trailing_zeros();
            starts &= starts.wrapping_sub(1);
            block.base + start as usize
        };
        if !block.is_open {
            open = next();
        }
        while ends != 0 {
            let (end, last) = (block.base + ends.trailing_zeros() as usize, ends & ends.wrapping_neg());
            if words & last != 0 {
                lexer.letters(bytes, open, end);
            } else if numbers & last != 0 {
                lexer.push(Item::digits(open, end));
            } else {
                lexer.stretch(bytes, open, end);
                (words, numbers) = lexer.plain(&block);
            }
            ends &= ends - 1;
            open = next();
        }
    }
    let Lexer { is_odd, .. } = lexer;
    *items = lexer.items;
    let items = &items[before..];
    let (traits, hints) = Traits::sum(items);
    let written = traits.has(Traits::WRITTEN);
    let tells = text.len() < SHORT
        || is_odd
        || written
        || hints >= HINTS_MAX && hints_at_all(text, items)
        || traits.has(Traits::SAYS) && is_beside_more(items);
    Census { traits, written, tells }
}

/// With how many words a turn that gives one digit begins or ends: `dann sechs, hm, in der Broschüre steht was anderes`.
const EDGE: usize = 3;

/// Does a text begin or end with a digit in a word, so that it may be a piece of a number that more is said beside?
fn is_beside_more(items: &[Item]) -> bool {
    let says = |items: &[Item]| items.iter().any(|item| item.traits.has(Traits::SAYS));
    says(&items[..items.len().min(EDGE)]) || says(&items[items.len().saturating_sub(EDGE)..])
}

/// Do words that hint often enough make their text worth reading, but for those that are the end of another: the `s` of `that's`?
fn hints_at_all(text: &str, items: &[Item]) -> bool {
    if !text.as_bytes().contains(&b'\'') {
        return true;
    }
    let is_clipped = |item: &&Item| item.len() == 1 && text.as_bytes()[..item.start].ends_with(b"'");
    items.iter().filter(|item| !is_clipped(item)).map(|item| item.traits.hints()).sum::<usize>() >= HINTS_MAX
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
    items: Vec<Item>,
    /// How many items were there before.
    before: usize,
    /// Those of the last item.
    last: Traits,
    /// There is what makes it so by itself.
    is_odd: bool,
    /// Up to where an earlier stretch was more than it seemed.
    done: usize,
}

impl Lexer<'_> {
    /// Which stretches of a block are words and numbers. What was removed before may hold what seems to be some.
    #[inline]
    fn plain(&self, block: &Block) -> (u64, u64) {
        if self.done > block.base { (0, 0) } else { (block.words, block.numbers) }
    }

    /// A word of ASCII letters. That one is known is as likely as not, so nothing hangs on it but what is written down.
    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    fn letters(&mut self, bytes: Bytes<'_>, start: usize, end: usize) {
        let word = Letters::of(bytes, start, end);
        let length = end - start;
        let caps = !word.lower && length <= CAPS_MAX;
        let known = self.lexicon.find_key(word.key);
        let may_compound = word.may_compound(length, self.text.as_bytes().get(end - 1).copied());
        let is_amid = u32::from(length <= LOWER_MAX) & u32::from(self.last.has(Traits::CODE_OR_CAPS));
        if (may_compound | is_amid) & u32::from(known.0 == WordId::default()) & u32::from(!caps) != 0 {
            self.push_odd(start, end);
        } else {
            self.push(Item::word(start, end, known, caps));
        }
    }

    /// May a word that is not known be more than that? Nearly none is.
    fn is_odd(&self, start: usize, end: usize) -> bool {
        if end - start <= LOWER_MAX {
            self.last.has(Traits::CODE_OR_CAPS)
        } else {
            Lexicon::may_compound(&self.text.as_bytes()[start..end])
        }
    }

    /// A stretch of anything.
    #[inline(never)]
    fn stretch(&mut self, padded: Bytes<'_>, start: usize, end: usize) {
        let bytes = self.text.as_bytes();
        match start.checked_sub(1).map(|mark| (mark, bytes[mark])) {
            _ if start < self.done => {}
            Some((mark, b'[')) if let Some((kind, length)) = removed(&bytes[mark..], self.extras) => {
                self.push(Item::removed(mark, mark + length, kind));
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
                self.push(Item::digits(start, end));
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
            self.push(Item::digits(start, end));
        } else if shape.digits == 0 {
            self.find_and_push(start, end, caps);
        } else if shape.changes == 1
            && (shape.foreign || shape.digits >= 12 && shape.letters >= 3 || shape.is_named(self.text, self.lexicon))
        {
            // A word stuck to a number: `card4111111111111111`, `nº4111`, `SSN219099999`.
            if shape.digits_first {
                self.push(Item::digits(start, middle));
                self.find_and_push(middle, end, caps);
            } else {
                self.find_and_push(start, middle, caps);
                self.push(Item::digits(middle, end));
            }
        } else if shape.foreign {
            self.is_odd = true;
            self.push_odd(start, end);
        } else {
            self.push(Item::code(start, end));
        }
    }

    fn push_found(&mut self, start: usize, end: usize, known: Known, caps: bool) {
        if known.0 == WordId::default() && !caps && self.is_odd(start, end) {
            self.push_odd(start, end);
        } else {
            self.push(Item::word(start, end, known, caps));
        }
    }

    fn find_and_push(&mut self, start: usize, end: usize, caps: bool) {
        self.push_found(start, end, self.lexicon.find(&self.text[start..end]), caps);
    }

    /// A word that is not known, and may be made of others or be a part of a code.
    fn push_odd(&mut self, start: usize, end: usize) {
        let word = &self.text.as_bytes()[start..end];
        if word.len() <= LOWER_MAX {
            // Amid a code the capitals may have been lost: `nl28 aaaa 4619`.
            let caps = self.follows_code(start, end);
            self.push(Item::word(start, end, Known::default(), caps));
        } else if let Some(compound) = self.lexicon.compound(word) {
            self.push(Item::word(start, end, compound, false));
        } else if !self.push_parts(start, end) {
            self.push(Item::word(start, end, Known::default(), false));
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
        self.is_odd = true;
        true
    }

    /// Does a code, or a letter by itself, stand right before, with a blank or nothing between?
    #[inline]
    fn follows_code(&self, start: usize, end: usize) -> bool {
        let Some(last) = self.items.last() else { return false };
        let is_code = match last.class() {
            Class::Code => self.items.len() > self.before,
            // The pronoun is none: `452505224 and I paid`. The last item may be another text's.
            Class::Word { .. } => {
                let is_letter = last.is_caps() && last.len() == 1 && self.items.len() > self.before + 1;
                is_letter && self.text.as_bytes().get(last.start) != Some(&b'I')
            }
            Class::Digits | Class::Removed(_) => false,
        };
        is_code && self.text.as_bytes()[start..end].is_ascii() && matches!(self.text.get(last.end..start), Some(" " | "-"))
    }

    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn push(&mut self, item: Item) {
        self.last = item.traits;
        self.items.push(item);
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
                let class = match item.class() {
                    Class::Word { .. } if item.is_caps() => "caps",
                    Class::Word { .. } if item.is_unknown() => "unknown",
                    Class::Digits => "digits",
                    Class::Code => "code",
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
        assert_eq!(lex(text, &Lexicon::new(), &Extras::none(), &mut Vec::new()).tells, expected, "{text}");
    }

    #[test]
    fn a_text_tells_something_by_a_number_a_question_or_by_being_short() {
        check_tells("Some unremarkable heating system, über alles, was broken for an hour or more", false);
        check_tells("seven. Some unremarkable heating system was broken, he said", true);
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
