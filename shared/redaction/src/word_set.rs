//! A set of short words that nothing else is known of.

use crate::lexicon::fold_letter;

/// The longest of the words.
const LETTERS_MAX: usize = 12;
/// Into how many lists they are parted, as a power of two: more than half as many as there are words.
const LISTS_BITS: u32 = 9;

/// The words, each as a number: its folded letters one a byte, in order.
#[derive(Debug)]
pub(crate) struct WordSet {
    words: Vec<u128>,
    /// Where the words of each list begin, and where those of the last end.
    lists: Vec<usize>,
}

impl WordSet {
    /// Of folded words. Longer ones are left out.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let number = |word: &str| word.bytes().fold(0, |folded, letter| folded << u8::BITS | u128::from(letter));
        let mut words: Vec<u128> = words.filter(|word| word.len() <= LETTERS_MAX).map(number).collect();
        words.sort_unstable_by_key(|word| (list(*word), *word));
        words.dedup();
        let lists = (0..=1 << LISTS_BITS).map(|at| words.partition_point(|word| list(*word) < at)).collect();
        Self { words, lists }
    }

    /// Is this word among them, whatever its case and accents?
    pub(crate) fn has(&self, word: &str) -> bool {
        let Some(folded) = plain(word.as_bytes()).or_else(|| fold(word)) else { return false };
        let list = list(folded);
        let words = self.lists.get(list).zip(self.lists.get(list + 1)).and_then(|(start, end)| self.words.get(*start..*end));
        words.is_some_and(|words| words.contains(&folded))
    }
}

/// The number of a word of ASCII letters. Nothing hangs on any of them, nor on how many there are.
fn plain(word: &[u8]) -> Option<u128> {
    const BYTES: usize = u128::BITS as usize / 8;
    let mut letters = [0; BYTES];
    let start = BYTES - Some(word.len()).filter(|length| *length <= LETTERS_MAX)?;
    let mut others = 0;
    for (letter, byte) in letters.iter_mut().skip(start).zip(word) {
        *letter = byte | 0x20;
        others |= u8::from(!byte.is_ascii_alphabetic());
    }
    (others == 0).then_some(u128::from_be_bytes(letters))
}

/// The number of any other word.
#[cold]
fn fold(word: &str) -> Option<u128> {
    let (mut folded, mut length) = (0, 0);
    let mut add = |letter: u8| {
        folded = folded << u8::BITS | u128::from(letter);
        length += 1;
        length <= LETTERS_MAX
    };
    let fits = if word.is_ascii() {
        word.bytes().filter(u8::is_ascii_alphabetic).all(|letter| add(letter.to_ascii_lowercase()))
    } else {
        word.chars().filter_map(fold_letter).all(add)
    };
    fits.then_some(folded)
}

/// In which list a word is.
#[expect(clippy::cast_possible_truncation, reason = "the halves of a number, and no more bits than a list has")]
fn list(word: u128) -> usize {
    let mixed = (word as u64 ^ (word >> u64::BITS) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - LISTS_BITS)) as usize
}
