//! Where the words of a text begin and end, 64 bytes at a time.

use wide::{i8x64, u8x64};

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Bytes in a row that are letters, digits or no ASCII, and what touches them is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) holds: Holds,
    /// A bracket or a percent sign stands right before.
    pub(crate) is_marked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Nothing but ASCII letters.
    Letters,
    /// Nothing but ASCII digits.
    Digits,
    /// Both, or other scripts, or signs of theirs; or it is not known.
    Any,
}

/// What each byte of a block is, one bit a byte, the first in the lowest.
#[derive(Clone, Copy, Default)]
struct Block {
    letters: u64,
    digits: u64,
    others: u64,
    marks: u64,
}

impl Block {
    #[inline]
    fn of(bytes: [u8; BLOCK]) -> Self {
        let bytes = u8x64::new(bytes);
        // Moved so that the range begins at the least number there is; then one comparison is enough.
        let within = |bytes: u8x64, low: u8, high: u8| {
            let moved = bytes - u8x64::splat(low.wrapping_add(0x80));
            moved.cast_signed().simd_lt(i8x64::splat(i8::MIN.wrapping_add_unsigned(high - low + 1))).to_bitmask()
        };
        Self {
            letters: within(bytes | u8x64::splat(0x20), b'a', b'z'),
            digits: within(bytes, b'0', b'9'),
            others: bytes.to_bitmask(),
            marks: (bytes.simd_eq(u8x64::splat(b'[')) | bytes.simd_eq(u8x64::splat(b'%'))).to_bitmask(),
        }
    }

    /// What the bytes from one place up to another of this block are.
    #[inline]
    fn holds(self, start: u32, end: u32) -> Holds {
        let range = (1_u64.unbounded_shl(end)).wrapping_sub(1) & u64::MAX << start;
        match () {
            () if self.letters & range == range => Holds::Letters,
            () if self.digits & range == range => Holds::Digits,
            () => Holds::Any,
        }
    }
}

/// The stretches of a text, from left to right.
pub(crate) struct Stretches<'t> {
    text: &'t [u8],
    /// Where the block begins that is looked at.
    base: usize,
    block: Block,
    /// Where stretches begin and end in it that are still to come, and where a mark stands right before.
    starts: u64,
    ends: u64,
    marked: u64,
    /// One that began in an earlier block.
    open: Option<(usize, bool)>,
}

impl<'t> Stretches<'t> {
    #[inline]
    pub(crate) fn of(text: &'t [u8]) -> Self {
        let mut stretches = Self { text, base: 0, block: Block::default(), starts: 0, ends: 0, marked: 0, open: None };
        stretches.look(0, false);
        stretches
    }

    /// Looks at the block that begins at `base`. `after_mark`: the one before ends with a mark.
    #[inline]
    fn look(&mut self, base: usize, after_mark: bool) {
        let rest = &self.text[base..];
        let block = Block::of(rest.first_chunk().copied().unwrap_or_else(|| {
            // What is behind the text belongs to no stretch.
            let mut last = [0; BLOCK];
            last[..rest.len()].copy_from_slice(rest);
            last
        }));
        let word = block.letters | block.digits | block.others;
        let before = word << 1 | u64::from(self.open.is_some());
        self.marked = block.marks << 1 | u64::from(after_mark);
        (self.starts, self.ends) = (word & !before, before & !word);
        (self.base, self.block) = (base, block);
    }

    /// Goes on to the next block, with what goes on into it; `false`: there is none.
    #[inline]
    fn go_on(&mut self) -> bool {
        // A block that is not full ends all.
        let base = self.base + BLOCK;
        if self.starts != 0 {
            let start = self.starts.trailing_zeros();
            self.open = Some((self.base + start as usize, self.marked >> start & 1 != 0));
        }
        let goes_on = base <= self.text.len();
        if goes_on {
            self.look(base, self.block.marks >> (BLOCK - 1) != 0);
        }
        goes_on
    }
}

impl Iterator for Stretches<'_> {
    type Item = Stretch;

    #[expect(clippy::inline_always, reason = "called for every word of every text; a call costs as much as the work")]
    #[inline(always)]
    fn next(&mut self) -> Option<Stretch> {
        while self.ends == 0 {
            if !self.go_on() {
                return None;
            }
        }
        let end = self.ends.trailing_zeros();
        self.ends &= self.ends - 1;
        if let Some((start, is_marked)) = self.open.take() {
            return Some(Stretch { start, end: self.base + end as usize, holds: Holds::Any, is_marked });
        }
        let start = self.starts.trailing_zeros();
        self.starts &= self.starts - 1;
        Some(Stretch {
            start: self.base + start as usize,
            end: self.base + end as usize,
            holds: self.block.holds(start, end),
            is_marked: self.marked >> start & 1 != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Holds)]) {
        // Wherever the blocks begin.
        for before in 0..=BLOCK {
            let text = " ".repeat(before) + text;
            let stretches: Vec<_> = Stretches::of(text.as_bytes()).collect();
            let found: Vec<_> = stretches.iter().map(|stretch| &text[stretch.start..stretch.end]).collect();
            assert_eq!(found, expected.iter().map(|(text, _)| *text).collect::<Vec<_>>());
            for (stretch, (_, holds)) in stretches.iter().zip(expected) {
                let is_whole = stretch.start / BLOCK == stretch.end / BLOCK;
                assert!(stretch.holds == *holds || !is_whole && stretch.holds == Holds::Any);
            }
        }
    }

    #[test]
    fn what_is_neither_letter_nor_digit_parts_stretches() {
        check("", &[]);
        check("@[`{/:", &[]);
        check(
            "card 4111-11, x",
            &[("card", Holds::Letters), ("4111", Holds::Digits), ("11", Holds::Digits), ("x", Holds::Letters)],
        );
        check(
            "CH39 n\u{ba}4 \u{2019} Zz",
            &[("CH39", Holds::Any), ("n\u{ba}4", Holds::Any), ("\u{2019}", Holds::Any), ("Zz", Holds::Letters)],
        );
        let long = "a".repeat(BLOCK * 3);
        check(&long, &[(&long, Holds::Letters)]);
    }
}
