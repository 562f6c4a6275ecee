//! Words of ASCII letters, eight bytes at a time: nearly all words of nearly all texts.

use crate::lexicon::{Key, PACKED};

/// A word of ASCII letters, ready to be looked up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) key: Key,
    /// Any of its letters is in lower case.
    pub(crate) lower: bool,
}

impl Letters {
    /// Of what stands from `start` to `end`, which is ASCII letters only and not empty.
    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    pub(crate) fn of(text: &[u8], start: usize, end: usize) -> Self {
        let (first, lower) = eight(text, start, end);
        let mut word = Self { key: Key { first, rest: 0 }, lower };
        let mut start = start + PACKED;
        while start < end {
            let (more, lower) = eight(text, start, end);
            word.key.go_on(more);
            word.lower |= lower;
            start += PACKED;
        }
        word
    }
}

/// What is `0x20` in each byte makes capitals small; those that are small have it.
const SMALL: u64 = u64::from_ne_bytes([0x20; PACKED]);

/// Up to eight letters in lower case, the first in the lowest byte, zeros after them; and whether any of them was in lower
/// case.
#[expect(clippy::inline_always, reason = "as above")]
#[inline(always)]
fn eight(text: &[u8], start: usize, end: usize) -> (u64, bool) {
    let rest = &text[start..];
    let eight = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; PACKED];
        padded[..rest.len()].copy_from_slice(rest);
        padded
    });
    let past_end = PACKED.saturating_sub(end - start) * 8;
    let word = u64::from_le_bytes(eight) & u64::MAX >> past_end;
    let small = SMALL & u64::MAX >> past_end;
    (word | small, word & small != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, word: &str) {
        let letters = Letters::of(text.as_bytes(), 0, word.len());
        assert_eq!(letters, Letters { key: Key::of(word.as_bytes()), lower: true }, "{text}");
        let shouted = Letters::of(text.to_ascii_uppercase().as_bytes(), 0, word.len());
        assert_eq!(shouted, Letters { key: letters.key, lower: false }, "{text}");
    }

    #[test]
    fn a_word_has_its_key_whatever_stands_behind_it() {
        check("card", "card");
        check("card number", "card");
        check("security-code", "security");
        check("identification.", "identification");
        check("identificationofeverything", "identificationofeverything");
        check("z{", "z");
    }
}
