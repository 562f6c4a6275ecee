//! How words are looked up: as numbers.

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

/// How many places a table has, as a power of two: four for each word there is.
const PLACE_BITS: u32 = 14;
const PLACES: usize = 1 << PLACE_BITS;

/// What is known of each of some numbers. Open addressing, with so many places that nearly always the first one looked at is
/// the one; their number is fixed, so that an index needs no check.
#[derive(Debug)]
pub(super) struct Table<T> {
    /// Zero is a free place, which holds the default.
    places: Box<[(u64, T); PLACES]>,
}

impl<T: Copy + Default> Table<T> {
    /// Of two entries for one number the last holds.
    pub(super) fn new(entries: impl IntoIterator<Item = (u64, T)>) -> Self {
        let mut free = PLACES / 2;
        let places = vec![(0, T::default()); PLACES].into_boxed_slice();
        let mut places: Box<[(u64, T); PLACES]> = places.try_into().unwrap_or_else(|_| unreachable!("it has as many"));
        for (number, known) in entries {
            assert!(number != 0 && free > 0, "zero is a free place, and half of the places stay free");
            let mut at = first(number);
            while places[at].0 != 0 && places[at].0 != number {
                at = (at + 1) % PLACES;
            }
            free -= usize::from(places[at].0 == 0);
            places[at] = (number, known);
        }
        Self { places }
    }

    /// What is known of a number; the default if nothing is.
    #[inline]
    pub(super) fn get(&self, number: u64) -> T {
        let mut at = first(number);
        loop {
            let (other, known) = self.places[at];
            if other == number || other == 0 {
                return known;
            }
            at = (at + 1) % PLACES;
        }
    }
}

/// The highest bits of a product, on which all bits of the number bear.
#[inline]
fn first(number: u64) -> usize {
    usize::try_from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - PLACE_BITS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_found_and_no_other() {
        let table = Table::new((1..8_000).map(|number| (number * 7, number)));
        for number in 0..60_000 {
            assert_eq!(table.get(number), if number.is_multiple_of(7) && number < 56_000 { number / 7 } else { 0 });
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
