//! How words are looked up: packed eight letters to a number and hashed.

use super::WORD_MAX;

/// How many letters are packed into one number.
pub(crate) const PACKED: usize = 8;

/// A folded word, packed. Two words of up to sixteen letters have the same key only if they are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its first eight letters, the first in the lowest byte, zeros after them.
    pub(crate) first: u64,
    /// The next eight, or a hash of all that follows; zero for a word of up to eight.
    pub(crate) rest: u64,
}

impl Key {
    pub(crate) fn of(folded: &[u8]) -> Self {
        let mut pieces = folded.chunks(PACKED).map(pack);
        let mut key = Self { first: pieces.next().unwrap_or_default(), rest: 0 };
        pieces.for_each(|piece| key.go_on(piece));
        key
    }

    /// The key of a word of letters that are ASCII's, or those of western Europe in UTF-8. `None`: it is more than that.
    pub(crate) fn of_latin(word: &[u8]) -> Option<Self> {
        let mut folded = [0; WORD_MAX];
        let mut length = 0;
        let mut bytes = word.iter();
        while let Some(byte) = bytes.next() {
            let letter = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => byte | 0x20,
                &LATIN => LATIN_LETTERS[usize::from(bytes.next()? & 0x3f)],
                _ => return None,
            };
            *folded.get_mut(length).filter(|_| letter != b' ')? = letter;
            length += 1;
        }
        Some(Self::of(&folded[..length]))
    }

    /// One number for a word of more than eight letters. With the first letters beside it, it tells as much as the key.
    pub(super) fn number(self) -> u64 {
        mix(self.first) ^ self.rest
    }

    /// Adds the next piece of the word.
    pub(crate) fn go_on(&mut self, piece: u64) {
        self.rest = if self.rest == 0 { piece } else { mix(self.rest) ^ piece };
    }
}

/// With what U+00C0 to U+00FF begin, and the letters that they are without their accents. Blanks are for the user of the
/// table none.
const LATIN: u8 = 0xc3;
const LATIN_LETTERS: &[u8; 64] = b"aaaaaa ceeeeiiii nooooo ouuuuy saaaaaa ceeeeiiii nooooo ouuuuy y";

fn mix(packed: u64) -> u64 {
    let mixed = packed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

fn pack(letters: &[u8]) -> u64 {
    letters.iter().rev().fold(0, |packed, letter| packed << 8 | u64::from(*letter))
}

/// What is known of each of some numbers. Open addressing: nearly always the first slot looked at is the one.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// Zero is a free slot.
    slots: Box<[(u64, T)]>,
    /// How far a hash is shifted to be an index.
    shift: u32,
}

impl<T: Copy + Default> Table<T> {
    /// For so many, with at least half of the slots free.
    pub(super) fn new(entries: usize) -> Self {
        let bits = (entries * 2).next_power_of_two().ilog2();
        Self { slots: vec![(0, T::default()); 1 << bits].into_boxed_slice(), shift: u64::BITS - bits }
    }

    /// The last that is known of a number holds.
    pub(super) fn insert(&mut self, number: u64, known: T) {
        assert_ne!(number, 0, "zero is a free slot");
        let mut at = self.first(number);
        while !matches!(self.slots[at].0, 0) && self.slots[at].0 != number {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = (number, known);
    }

    /// What is known of a number; the default if nothing is.
    #[inline]
    pub(super) fn get(&self, number: u64) -> T {
        let mut at = self.first(number);
        // At least half of the slots are free, and a free one holds the default.
        loop {
            match self.slots.get(at) {
                Some((other, known)) if *other == number || *other == 0 => return *known,
                Some(_) => at = (at + 1) & (self.slots.len() - 1),
                None => return T::default(),
            }
        }
    }

    #[inline]
    fn first(&self, number: u64) -> usize {
        usize::try_from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift).unwrap_or_default()
    }
}
