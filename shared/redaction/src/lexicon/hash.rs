//! How words are looked up: as numbers.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::WORD_MAX;

/// How many letters are packed into one number.
pub(crate) const PACKED: usize = 8;

/// A folded word as a number: of up to eight letters itself, of more a hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn of(folded: &[u8]) -> Self {
        let mut pieces = folded.chunks(PACKED).map(pack);
        let first = Self::of_packed(pieces.next().unwrap_or_default());
        pieces.fold(first, Self::with)
    }

    /// Of a word's first eight letters, the first in the lowest byte, zeros after them.
    #[inline]
    pub(crate) fn of_packed(first: u64) -> Self {
        Self(first)
    }

    /// With the next piece of the word.
    #[inline]
    pub(crate) fn with(self, piece: u64) -> Self {
        Self(mix(self.0) ^ piece)
    }

    pub(super) fn number(self) -> u64 {
        self.0
    }

    /// The key of a word of letters that are ASCII's, or those of western Europe in UTF-8. `None`: it is more than that.
    pub(crate) fn of_latin(word: &[u8]) -> Option<Self> {
        let (mut key, mut piece, mut length) = (None, 0, 0);
        let mut bytes = word.iter();
        while let Some(byte) = bytes.next() {
            let letter = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => byte | 0x20,
                &LATIN => LATIN_LETTERS[usize::from(bytes.next()? & 0x3f)],
                _ => return None,
            };
            if letter == b' ' || length == WORD_MAX {
                return None;
            }
            let place = length % PACKED;
            if place == 0 && length > 0 {
                key = Some(Self::joined(key, piece));
                piece = 0;
            }
            piece |= u64::from(letter) << (place * 8);
            length += 1;
        }
        Some(Self::joined(key, piece))
    }

    /// With the next piece of a word, or with its first.
    fn joined(key: Option<Self>, piece: u64) -> Self {
        key.map_or(Self::of_packed(piece), |key| key.with(piece))
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

/// How many places a table has, as a power of two: more than there are words, but not many more, since all that is looked up
/// often is to stay near. Their number is fixed, so that an index needs no check.
const PLACE_BITS: u32 = 13;
const PLACES: usize = 1 << PLACE_BITS;
/// A few words share a bucket.
const BUCKET_BITS: u32 = 11;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// By how much a bucket may move its numbers: to any place.
const MOVES: u16 = 1 << PLACE_BITS;
/// The first factor that is tried; more than a few never are.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTORS_MAX: u64 = 64;

/// What is known of each of some numbers. Each bucket moves its numbers by so much that every number of the table has a place of
/// its own. So one look is enough, and whether it finds anything is no branch.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// What numbers are multiplied by, found by trying: now and then two numbers of a bucket cannot be told apart.
    factor: u64,
    moves: Box<[u16; BUCKETS]>,
    /// Zero is a free place, which holds the default.
    places: Box<[(u64, T); PLACES]>,
}

impl<T: Copy + Default> Table<T> {
    /// Of two entries for one number the last holds.
    pub(super) fn new(entries: impl IntoIterator<Item = (u64, T)>) -> Self {
        let entries: HashMap<u64, T> = entries.into_iter().collect();
        assert!(!entries.contains_key(&0) && entries.len() < PLACES * 7 / 8, "zero is a free place, and some places stay free");
        let table = (0..FACTORS_MAX).find_map(|at| Self::by(FACTOR.wrapping_mul(at * 2 + 1), &entries));
        table.expect("one of so many factors tells all numbers apart")
    }

    /// `None`: with this factor there is no such table.
    fn by(factor: u64, entries: &HashMap<u64, T>) -> Option<Self> {
        let mut buckets = vec![Vec::new(); BUCKETS];
        for (number, known) in entries {
            let hash = hash(*number, factor);
            buckets[bucket(hash)].push((hash, *number, *known));
        }
        let mut table = Self { factor, moves: boxed(0), places: boxed((0, T::default())) };
        let mut order: Vec<usize> = (0..BUCKETS).collect();
        // The fullest first: while there is room, those are placed that need most.
        order.sort_by_key(|bucket| Reverse(buckets[*bucket].len()));
        for bucket in order {
            let places = |by: u16| buckets[bucket].iter().map(move |(hash, ..)| place(*hash, by));
            let is_free = |by: u16| places(by).all(|place| table.places[place].0 == 0);
            let are_apart = places(0).enumerate().all(|(at, place)| places(0).take(at).all(|other| other != place));
            let by = (0..MOVES).find(|by| are_apart && is_free(*by))?;
            table.moves[bucket] = by;
            for (hash, number, known) in &buckets[bucket] {
                table.places[place(*hash, by)] = (*number, *known);
            }
        }
        Some(table)
    }

    /// What is known of a number; the default if nothing is.
    #[inline]
    pub(super) fn get(&self, number: u64) -> T {
        let hash = hash(number, self.factor);
        let (other, known) = self.places[place(hash, self.moves[bucket(hash)])];
        if other == number { known } else { T::default() }
    }
}

fn boxed<T: Clone, const N: usize>(filler: T) -> Box<[T; N]> {
    vec![filler; N].into_boxed_slice().try_into().unwrap_or_else(|_| unreachable!("it has as many"))
}

/// All bits of the number bear on each of the hash's.
#[inline]
fn hash(number: u64, factor: u64) -> u64 {
    let (low, high) = number.carrying_mul(factor, 0);
    low ^ high
}

#[inline]
fn bucket(hash: u64) -> usize {
    usize::try_from(hash >> (u64::BITS - BUCKET_BITS)).unwrap_or_default()
}

/// The place of a number of a bucket that moves its numbers by so much.
#[inline]
fn place(hash: u64, by: u16) -> usize {
    usize::try_from((hash ^ u64::from(by)) % PLACES as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_and_no_other() {
        let table = Table::new((1..3_000).map(|number| (number * 7, number)));
        for number in 0..60_000 {
            assert_eq!(table.get(number), if number.is_multiple_of(7) && number < 21_000 { number / 7 } else { 0 });
        }
        assert_eq!(Table::<u64>::new([]).get(1), 0);
        assert_eq!(Table::new([(1, 2), (1, 3)]).get(1), 3);
    }

    #[test]
    fn words_have_numbers_of_their_own() {
        assert_eq!(Key::of(b"abc").number(), 0x63_62_61);
        assert_ne!(Key::of(b"security"), Key::of(b"securityy"));
        assert_ne!(Key::of(b"identification"), Key::of(b"identificacion"));
    }
}
