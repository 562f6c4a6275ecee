//! How words are looked up: packed eight letters to a number, hashed, and first of all held against a filter.

use std::hash::Hasher;

/// How many letters are packed into one number.
pub(crate) const PACKED: usize = 8;

/// One more packed piece of a word into its hash, which begins as zero.
pub(crate) fn mix(hash: u64, packed: u64) -> u64 {
    let mixed = (hash ^ packed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

/// The first letters of a folded word.
pub(super) fn pack(folded: &[u8]) -> u64 {
    folded.iter().take(PACKED).rev().fold(0, |packed, letter| packed << 8 | u64::from(*letter))
}

pub(super) fn hash(folded: &[u8]) -> u64 {
    folded.chunks(PACKED).fold(0, |hash, chunk| mix(hash, pack(chunk)))
}

/// Bits of a filter, as a power of two: eight kilobytes.
const FILTER_BITS: u32 = 16;

/// Which hashes occur. Most words of a text are none of ours, and nearly all of those are told by this alone.
#[derive(Debug)]
pub(super) struct Filter(Box<[u64]>);

impl Filter {
    pub(super) fn new() -> Self {
        Self(vec![0; 1 << (FILTER_BITS - u64::BITS.ilog2())].into_boxed_slice())
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let (at, bit) = Self::bit(hash);
        self.0[at] |= bit;
    }

    /// May it have been inserted? Few that were not pass.
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let (at, bit) = Self::bit(hash);
        self.0.get(at).is_some_and(|bits| bits & bit != 0)
    }

    fn bit(hash: u64) -> (usize, u64) {
        let bit = hash >> (u64::BITS - FILTER_BITS);
        (usize::try_from(bit >> 6).unwrap_or_default(), 1 << (bit & 63))
    }
}

/// What is known of packed words. Open addressing: nearly always the first slot looked at is the one.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// No word is packed as zero, so that is a free slot.
    slots: Box<[(u64, T)]>,
    /// How far a hash is shifted to be an index.
    shift: u32,
}

impl<T: Copy + Default> Table<T> {
    /// For so many words, with at least half of the slots free.
    pub(super) fn new(words: usize) -> Self {
        let bits = (words * 2).next_power_of_two().ilog2();
        Self { slots: vec![(0, T::default()); 1 << bits].into_boxed_slice(), shift: u64::BITS - bits }
    }

    pub(super) fn insert(&mut self, packed: u64, hash: u64, known: T) {
        let mut at = self.first(hash);
        while !matches!(self.slots[at].0, 0) && self.slots[at].0 != packed {
            at = (at + 1) % self.slots.len();
        }
        self.slots[at] = (packed, known);
    }

    #[inline]
    pub(super) fn get(&self, packed: u64, hash: u64) -> Option<T> {
        let mut at = self.first(hash);
        loop {
            match *self.slots.get(at)? {
                (other, known) if other == packed => return Some(known).filter(|_| packed != 0),
                (0, _) => return None,
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    #[inline]
    fn first(&self, hash: u64) -> usize {
        usize::try_from(hash >> self.shift).unwrap_or_default()
    }
}

/// FNV-1a.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
