//! Words of ASCII letters, eight bytes at a time: nearly all words of nearly all texts.

use crate::blocks::Bytes;
use crate::lexicon::{COMPOUND_LAST, Key, PACKED, SHORTEST, begins_number};

/// A word of ASCII letters, ready to be looked up.
#[derive(Debug)]
pub(crate) struct Letters {
    pub(crate) key: Key,
    /// Its first eight letters.
    first: u64,
    /// Any of them is in lower case.
    pub(crate) lower: bool,
}

impl Letters {
    /// Of what stands from `start` to `end`, which is ASCII letters only and not empty.
    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    pub(crate) fn of(text: Bytes<'_>, start: usize, end: usize) -> Self {
        let (first, lower) = eight(text, start, end - start);
        let mut key = Key::of_packed(first);
        let mut at = start + PACKED;
        while at < end {
            key = key.with(eight(text, at, end - at).0);
            at += PACKED;
        }
        Self { key, first, lower }
    }

    /// One if [`Lexicon::may_compound`], told without a branch.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    pub(crate) fn may_compound(&self, length: usize, last: Option<u8>) -> u32 {
        let last = last.unwrap_or_default();
        u32::from(length >= SHORTEST) & (begins_number(self.first) | u32::from(last | 0x20 == COMPOUND_LAST))
    }
}

/// What is `0x20` in each byte makes capitals small; those that are small have it.
const SMALL: u64 = u64::from_ne_bytes([0x20; PACKED]);

/// The first bytes of eight, by how many there are.
const FIRST: [u64; PACKED + 1] = {
    let mut first = [0; PACKED + 1];
    let mut count = 1;
    while count <= PACKED {
        first[count] = u64::MAX >> (u64::BITS as usize - count * 8);
        count += 1;
    }
    first
};

/// So many letters of those that begin at `start`, but no more than eight, in lower case, the first in the lowest byte, zeros
/// after them; and whether any of them was in lower case.
#[expect(clippy::inline_always, reason = "as above")]
#[inline(always)]
fn eight(text: Bytes<'_>, start: usize, length: usize) -> (u64, bool) {
    let mask = FIRST[length.min(PACKED)];
    let word = text.eight(start) & mask;
    (word | SMALL & mask, word & SMALL != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::BLOCK;

    #[track_caller]
    fn check(text: &str, word: &str) {
        let letters = |text: &str| Letters::of(Bytes::of(text, &mut [0; BLOCK]), 0, word.len());
        let (letters, shouted) = (letters(text), letters(&text.to_ascii_uppercase()));
        assert_eq!((letters.key, letters.lower), (Key::of(word.as_bytes()), true), "{text}");
        assert_eq!((shouted.key, shouted.lower), (letters.key, false), "{text}");
    }

    #[test]
    fn a_word_has_its_key_whatever_stands_behind_it() {
        check("card", "card");
        check("card number", "card");
        check("security-code", "security");
        check("identification.", "identification");
        check("identificationofeverything", "identificationofeverything");
        check("identificationofeverything and more", "identificationofeverything");
        check("z{", "z");
    }
}
