//! Where the words of a text begin and end, 64 bytes at a time.

use wide::u8x64;

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Bytes in a row that are letters, digits or no ASCII, and what touches them is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) holds: Holds,
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
#[derive(Clone, Copy)]
struct Block {
    letters: u64,
    digits: u64,
    others: u64,
}

impl Block {
    #[inline]
    fn of(bytes: [u8; BLOCK]) -> Self {
        let bytes = u8x64::new(bytes);
        let within = |bytes: u8x64, low: u8, high: u8| (bytes - u8x64::splat(low)).simd_le(u8x64::splat(high - low)).to_bitmask();
        Self {
            letters: within(bytes | u8x64::splat(0x20), b'a', b'z'),
            digits: within(bytes, b'0', b'9'),
            others: bytes.to_bitmask(),
        }
    }

    /// What the bytes from one place up to another of this block are.
    #[inline]
    fn holds(self, start: u32, end: u32) -> Holds {
        let range = (u64::MAX >> (u64::BITS - end)) & (u64::MAX << start);
        match () {
            () if self.letters & range == range => Holds::Letters,
            () if self.digits & range == range => Holds::Digits,
            () => Holds::Any,
        }
    }
}

/// Calls `found` with each stretch of `text`, from left to right.
#[inline]
pub(crate) fn each(text: &[u8], mut found: impl FnMut(Stretch)) {
    let mut open: Option<usize> = None;
    let mut base = 0;
    let (blocks, rest) = text.as_chunks::<BLOCK>();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    for bytes in blocks.iter().chain([&last]) {
        let block = Block::of(*bytes);
        let word = block.letters | block.digits | block.others;
        let mut edges = word ^ (word << 1 | u64::from(open.is_some()));
        // One that began in an earlier block.
        let mut start = open.take();
        let mut from = 0;
        while edges != 0 {
            let at = edges.trailing_zeros();
            edges &= edges - 1;
            let place = base + at as usize;
            match start.take() {
                None => (start, from) = (Some(place), at),
                Some(start) => {
                    let holds = if start >= base { block.holds(from, at) } else { Holds::Any };
                    found(Stretch { start, end: place, holds });
                }
            }
        }
        // The last block ends with a byte that belongs to none.
        open = start;
        base += BLOCK;
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
            let mut stretches = Vec::new();
            each(text.as_bytes(), |stretch| stretches.push(stretch));
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
