//! Words of ASCII letters, eight bytes at a time: nearly all words of nearly all texts.

use crate::lexicon::{PACKED, mix};

/// A word of ASCII letters, ready to be looked up.
pub(crate) struct Letters {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Its first eight letters in lower case, the first in the lowest byte, zeros after them.
    pub(crate) packed: u64,
    /// The hash of all of it in lower case.
    pub(crate) hash: u64,
    /// Any of its letters is in lower case.
    pub(crate) lower: bool,
}

impl Letters {
    /// The word that begins at `start`. `None`: digits or letters of other scripts go on from it.
    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    pub(crate) fn at(text: &[u8], start: usize) -> Option<Self> {
        let eight = Eight::at(&text[start..]);
        let packed = eight.folded;
        let mut word = Self { start, end: start + eight.letters, packed, hash: mix(0, packed), lower: eight.lower };
        if eight.letters == PACKED {
            word.go_on(text);
        }
        (!matches!(text.get(word.end), Some(b'0'..=b'9' | 0x80..))).then_some(word)
    }

    /// The rest of a word of eight letters and more.
    fn go_on(&mut self, text: &[u8]) {
        loop {
            let eight = Eight::at(&text[self.end..]);
            if eight.letters == 0 {
                return;
            }
            self.hash = mix(self.hash, eight.folded);
            self.lower |= eight.lower;
            self.end += eight.letters;
            if eight.letters < PACKED {
                return;
            }
        }
    }
}

/// The same byte in all eight places.
const fn all(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; PACKED])
}

/// Eight bytes, and how many of them are the rest of an ASCII word.
struct Eight {
    /// Its letters in lower case, the first in the lowest byte, zeros after them.
    folded: u64,
    letters: usize,
    /// Any of the letters is in lower case.
    lower: bool,
}

impl Eight {
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn at(bytes: &[u8]) -> Self {
        let eight = bytes.first_chunk().copied().unwrap_or_else(|| {
            let mut padded = [0; PACKED];
            padded.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            padded
        });
        let eight = u64::from_le_bytes(eight);
        // All eight at once: the high bit of each byte says whether it is a letter. No sum carries into the next byte.
        let folded = eight | all(0x20);
        let seven = folded & all(0x7f);
        let from_a = seven + all(0x80 - b'a');
        let past_z = seven + all(0x80 - b'z' - 1);
        let others = !(from_a & !past_z & !eight) & all(0x80);
        let letters = others.trailing_zeros() / u8::BITS;
        let word = if others == 0 { u64::MAX } else { (1 << (letters * u8::BITS)) - 1 };
        Self { folded: folded & word, letters: letters as usize, lower: eight & word & all(0x20) != 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let word = Letters::at(text.as_bytes(), 0);
        assert_eq!(word.as_ref().map(|word| &text[word.start..word.end]), expected, "{text}");
        let shouted = text.to_ascii_uppercase();
        let shouted = Letters::at(shouted.as_bytes(), 0);
        assert_eq!(shouted.as_ref().map(|word| (word.hash, word.lower)), word.map(|word| (word.hash, false)), "{text}");
    }

    #[test]
    fn a_word_ends_where_its_letters_do() {
        check("card", Some("card"));
        check("card number", Some("card"));
        check("security", Some("security"));
        check("security-code", Some("security"));
        check("identification.", Some("identification"));
        check("z{", Some("z"));
        check("a@[`", Some("a"));
        check("card4111", None);
        check("n\u{ba}", None);
        check("identificación", None);
    }
}
