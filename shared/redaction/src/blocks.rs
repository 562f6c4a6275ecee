//! Where the words of a text begin and end, 64 bytes at a time.

use wide::{i8x64, u8x64};

/// How many bytes are looked at together.
pub(crate) const BLOCK: usize = 64;
/// How many are read as one number.
const EIGHT: usize = 8;

/// The bytes of a text, to be read in blocks, and eight bytes at a time. No byte is copied, but of a text that is no block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'t> {
    /// At least a block; then there may be zeros at the end.
    all: &'t [u8],
    length: usize,
}

impl<'t> Bytes<'t> {
    /// `zeros` are written over.
    pub(crate) fn of(text: &'t str, zeros: &'t mut [u8; BLOCK]) -> Self {
        let length = text.len();
        match zeros.get_mut(..length) {
            Some(copy) => copy.copy_from_slice(text.as_bytes()),
            None => return Self { all: text.as_bytes(), length },
        }
        Self { all: zeros, length }
    }

    /// Eight bytes, the first in the lowest place; zeros where there are none. `start` is in the text.
    #[inline]
    pub(crate) fn eight(self, start: usize) -> u64 {
        let eight = self.all.get(start..).and_then(|rest| rest.first_chunk());
        eight.map_or_else(|| self.last_of_eight(start), |eight| u64::from_le_bytes(*eight))
    }

    /// The same so near to the end that there are no eight: those before it are read too.
    #[cold]
    fn last_of_eight(self, start: usize) -> u64 {
        let at = self.all.len() - EIGHT;
        self.all.last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight)) >> ((start - at) * 8)
    }

    /// A word at the very end is known to end there by a block that begins behind it.
    pub(crate) fn blocks(self) -> impl Iterator<Item = Block> {
        let whole = self.all.get(..self.length).unwrap_or_default().as_chunks().0;
        let last = self.all.last_chunk().unwrap_or(&[0; BLOCK]);
        // What of the last block was in those before.
        let passed = whole.len() * BLOCK - (self.all.len() - BLOCK);
        let mut carried = Carried::default();
        (0..=whole.len()).map(move |at| {
            let kinds = whole.get(at).map_or_else(|| Kinds::of(*last).without(passed), |bytes| Kinds::of(*bytes));
            Block::of(kinds, at * BLOCK, &mut carried)
        })
    }
}

/// What is known of the bytes of a block, one bit a byte, the first in the lowest place.
///
/// A stretch is what is letters, digits or no ASCII, with nothing of the kind beside it.
#[derive(Clone, Copy)]
pub(crate) struct Block {
    /// Where it begins in its text.
    pub(crate) base: usize,
    /// A stretch goes on into it from the one before.
    pub(crate) is_open: bool,
    /// Where stretches begin, and what comes after each. Those of a stretch may be in two blocks.
    pub(crate) starts: u64,
    pub(crate) ends: u64,
    /// Which of the ends are those of stretches of nothing but ASCII letters, or nothing but ASCII digits, that stand behind no
    /// bracket or percent sign.
    pub(crate) words: u64,
    pub(crate) numbers: u64,
}

/// What goes on from one block into the next, one or zero of each: a stretch, one of letters only, one of digits only, a sign
/// before one.
#[derive(Default)]
struct Carried {
    stretch: u64,
    letters: u64,
    digits: u64,
    mark: u64,
}

/// Of what kinds the bytes of a block are, one bit a byte.
#[derive(Clone, Copy, Default)]
struct Kinds {
    letters: u64,
    digits: u64,
    /// Either, or no ASCII.
    word: u64,
    marks: u64,
}

impl Kinds {
    #[inline]
    fn of(bytes: [u8; BLOCK]) -> Self {
        let bytes = u8x64::new(bytes);
        // Moved so that the range begins at the least number there is; then one comparison is enough.
        let within = |bytes: u8x64, low: u8, high: u8| {
            let moved = bytes - u8x64::splat(low.wrapping_add(0x80));
            moved.cast_signed().simd_lt(i8x64::splat(i8::MIN.wrapping_add_unsigned(high - low + 1))).cast_unsigned()
        };
        let letters = within(bytes | u8x64::splat(0x20), b'a', b'z');
        let digits = within(bytes, b'0', b'9');
        let marks = bytes.simd_eq(u8x64::splat(b'[')) | bytes.simd_eq(u8x64::splat(b'%'));
        Self {
            letters: letters.to_bitmask(),
            digits: digits.to_bitmask(),
            word: (letters | digits | bytes).to_bitmask(),
            marks: marks.to_bitmask(),
        }
    }

    /// Those of the bytes after so many.
    fn without(self, passed: usize) -> Self {
        if passed == BLOCK {
            return Self::default();
        }
        let Self { letters, digits, word, marks } = self;
        Self { letters: letters >> passed, digits: digits >> passed, word: word >> passed, marks: marks >> passed }
    }
}

impl Block {
    #[inline]
    fn of(kinds: Kinds, base: usize, carried: &mut Carried) -> Self {
        let Kinds { letters, digits, word, marks } = kinds;
        let before = word << 1 | carried.stretch;
        let (starts, ends) = (word & !before, before & !word);
        let unmarked = starts & !(marks << 1 | carried.mark);
        let words = reached(letters, unmarked, &mut carried.letters) & ends;
        let numbers = reached(digits, unmarked, &mut carried.digits) & ends;
        let is_open = carried.stretch != 0;
        carried.stretch = word >> (BLOCK - 1);
        carried.mark = marks >> (BLOCK - 1);
        Self { base, is_open, starts, ends, words, numbers }
    }
}

/// What comes after rows of signs of one kind that begin at these starts, and some bits that say nothing.
///
/// A one added where such a row begins is carried on to where it ends. Where something else stands in a stretch it gets to no
/// end.
#[inline]
fn reached(signs: u64, starts: u64, carried: &mut u64) -> u64 {
    let (sum, begun) = signs.overflowing_add(starts & signs);
    let (sum, goes_on) = sum.overflowing_add(*carried);
    *carried = u64::from(begun | goes_on);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stretches of a text, and whether each is a word of letters.
    fn stretches(text: &str) -> Vec<(&str, bool)> {
        let mut zeros = [0; BLOCK];
        let mut found = Vec::new();
        let mut open = 0;
        for block in Bytes::of(text, &mut zeros).blocks() {
            let (mut starts, mut ends) = (block.starts, block.ends);
            let mut next = || {
                let start = starts.trailing_zeros();
                starts &= starts.wrapping_sub(1);
                block.base + start as usize
            };
            if !block.is_open {
                open = next();
            }
            while ends != 0 {
                let end = ends.trailing_zeros();
                found.push((&text[open..block.base + end as usize], block.words >> end & 1 != 0));
                ends &= ends - 1;
                open = next();
            }
        }
        found
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        // Wherever the blocks begin.
        for before in 0..=BLOCK {
            assert_eq!(stretches(&(" ".repeat(before) + text)), expected);
        }
    }

    #[test]
    fn what_is_neither_letter_nor_digit_parts_stretches() {
        check("", &[]);
        check("@[`{/:", &[]);
        check("card 4111-11, x", &[("card", true), ("4111", false), ("11", false), ("x", true)]);
        check("CH39 n\u{ba}4 \u{2019} Zz", &[("CH39", false), ("n\u{ba}4", false), ("\u{2019}", false), ("Zz", true)]);
        let long = "a".repeat(BLOCK * 3);
        check(&long, &[(&long, true)]);
    }

    #[test]
    fn what_stands_behind_a_mark_is_no_word() {
        check("a [b %c (d)", &[("a", true), ("b", false), ("c", false), ("d", true)]);
        check("4a a4 \u{e9}a a\u{e9} ab", &[("4a", false), ("a4", false), ("\u{e9}a", false), ("a\u{e9}", false), ("ab", true)]);
    }
}
