//! Where the words of a text begin and end, 64 bytes at a time.

use wide::{i8x64, u8x64};

/// How many bytes are looked at together.
const BLOCK: usize = 64;
/// What may be read of a text beyond its end.
const BEYOND: usize = 8;

/// The bytes of a text, with zeros behind them so that it can be read in blocks, and eight bytes at a time.
#[derive(Debug, Default)]
pub(crate) struct Padded(Vec<u8>);

impl Padded {
    /// Takes the place of the text that was there before.
    pub(crate) fn fill(&mut self, text: &str) {
        self.0.clear();
        self.0.extend_from_slice(text.as_bytes());
        // A word at the very end is known to end there by a block that begins behind it.
        self.0.resize((text.len() / BLOCK + 1) * BLOCK + BEYOND, 0);
    }

    /// Eight bytes, the first in the lowest place; zeros where there are none.
    #[inline]
    pub(crate) fn eight(&self, start: usize) -> u64 {
        let eight = self.0.get(start..start + BEYOND).and_then(|eight| eight.try_into().ok());
        eight.map_or(0, u64::from_le_bytes)
    }

    pub(crate) fn blocks(&self) -> impl Iterator<Item = Block> {
        let (mut base, mut carried) = (0, Carried::default());
        self.0.as_chunks().0.iter().map(move |bytes| {
            let block = Block::of(*bytes, base, &mut carried);
            base += BLOCK;
            block
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

/// What goes on from one block into the next, one or zero of each: a stretch, one of letters only, one of digits only, a sign before one.
#[derive(Default)]
struct Carried {
    stretch: u64,
    letters: u64,
    digits: u64,
    mark: u64,
}

impl Block {
    #[inline]
    fn of(bytes: [u8; BLOCK], base: usize, carried: &mut Carried) -> Self {
        let bytes = u8x64::new(bytes);
        // Moved so that the range begins at the least number there is; then one comparison is enough.
        let within = |bytes: u8x64, low: u8, high: u8| {
            let moved = bytes - u8x64::splat(low.wrapping_add(0x80));
            moved.cast_signed().simd_lt(i8x64::splat(i8::MIN.wrapping_add_unsigned(high - low + 1))).cast_unsigned()
        };
        let letters = within(bytes | u8x64::splat(0x20), b'a', b'z');
        let digits = within(bytes, b'0', b'9');
        let word = (letters | digits | bytes).to_bitmask();
        let marks = (bytes.simd_eq(u8x64::splat(b'[')) | bytes.simd_eq(u8x64::splat(b'%'))).to_bitmask();
        let before = word << 1 | carried.stretch;
        let (starts, ends) = (word & !before, before & !word);
        let unmarked = starts & !(marks << 1 | carried.mark);
        let words = reached(letters.to_bitmask(), unmarked, &mut carried.letters) & ends;
        let numbers = reached(digits.to_bitmask(), unmarked, &mut carried.digits) & ends;
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
        let mut padded = Padded::default();
        padded.fill(text);
        let mut found = Vec::new();
        let mut open = 0;
        for block in padded.blocks() {
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
