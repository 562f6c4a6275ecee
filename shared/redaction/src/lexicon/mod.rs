//! What single words mean: numbers in seven languages, letters of the spelling alphabet, fillers, and the first words of cues.

mod asides;
mod compounds;
mod entry;
mod fold;
mod gathered;
mod grouped;
mod hash;
mod numbers;
mod spelling;
mod split;
mod traits;

use crate::cue;

use fold::fold;
use grouped::{Grouped, pair};
use hash::Table;

pub(crate) use asides::{Aside, said_between};
pub(crate) use entry::{Entry, LongAside, Opening, Said};
pub(crate) use fold::fold_letter;
pub(crate) use hash::{Key, PACKED};
pub(crate) use numbers::{DE as GERMAN, EN as ENGLISH, FR as FRENCH, LANGUAGES, NL as DUTCH, Sense};
pub(crate) use split::{SHORTEST, begins_number};
pub(crate) use traits::Traits;

/// A word's index in the lexicon. Zero is every word that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordId(u16);

impl WordId {
    /// In an aside, what stands for any number word: the first that is listed.
    pub(crate) const COUNT: Self = Self(1);

    /// The bit that stands for this and some other words.
    fn bit(self) -> u64 {
        1 << (self.0 & 63)
    }
}

/// A word and what it can be.
pub(crate) type Known = (WordId, Traits);

#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Table<Known>,
    entries: Vec<Entry>,
    /// As many.
    openings: Vec<Opening>,
    /// Phrases of several words, by their anchor and the word next to it.
    said: Grouped<Said>,
    /// Asides of several words, by the first two, longest first.
    asides: Grouped<LongAside>,
    /// What stands for every word that ends in [`cue::COMPOUND`] and is not known by itself.
    compound: Known,
}

/// The last letter of [`cue::COMPOUND`].
pub(crate) const COMPOUND_LAST: u8 = *cue::COMPOUND.as_bytes().last().expect("it is no empty word");

/// The longest word looked up, in bytes. Longer ones are unknown.
pub(crate) const WORD_MAX: usize = 32;

impl Lexicon {
    pub(crate) fn get(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id.0)]
    }

    /// The phrases that a word finds.
    pub(crate) fn opening(&self, id: WordId) -> &Opening {
        &self.openings[usize::from(id.0)]
    }

    /// The phrases that are found by an anchor and the word next to it, in the order of the list.
    #[inline]
    pub(crate) fn said(&self, anchor: WordId, beside: WordId, is_after: bool) -> &[Said] {
        self.said.get(pair(anchor, beside, is_after))
    }

    /// The asides that begin with these two words, longest first.
    #[inline]
    pub(crate) fn asides(&self, first: WordId, second: WordId) -> &[LongAside] {
        self.asides.get(pair(first, second, true))
    }

    /// Looks up a packed word.
    #[inline]
    pub(crate) fn find_key(&self, key: Key) -> Known {
        self.words.get(key.number())
    }

    /// May a word that is not known be made of others? Nearly all others are passed over at once.
    #[inline]
    pub(crate) fn may_compound(word: &[u8]) -> bool {
        word.len() >= split::SHORTEST && (Self::may_split(word) || word.last().is_some_and(|last| last | 0x20 == COMPOUND_LAST))
    }

    /// An unknown word may still be the number of something: `Mitgliedsnummer`.
    #[inline]
    pub(crate) fn compound(&self, word: &[u8]) -> Option<Known> {
        let end = word.len().checked_sub(cue::COMPOUND.len()).filter(|start| *start > 0)?;
        word[end..].eq_ignore_ascii_case(cue::COMPOUND.as_bytes()).then_some(self.compound)
    }

    /// Looks a word up whatever its case and accents.
    pub(crate) fn find(&self, word: &str) -> Known {
        let mut folded = [0; WORD_MAX];
        fold(word, &mut folded).map(|folded| self.find_key(Key::of(folded.as_bytes()))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_case_and_accents() {
        let lexicon = Lexicon::new();
        for (word, language, sense) in [
            ("SEVEN", 0, Sense::Digit(7)),
            ("três", 4, Sense::Digit(3)),
            ("tre\u{302}s", 4, Sense::Digit(3)),
            ("Fünf", 2, Sense::Digit(5)),
            ("siebenundfünfzig", 2, Sense::Pair(57)),
            ("zéro", 3, Sense::Digit(0)),
            ("dieciséis", 1, Sense::Pair(16)),
            ("veintidós", 1, Sense::Pair(22)),
            ("ventitré", 5, Sense::Pair(23)),
            ("quarantotto", 5, Sense::Pair(48)),
            ("drieënzeventig", 6, Sense::Pair(73)),
        ] {
            assert_eq!(lexicon.get(lexicon.find(word).0).senses[language], Some(sense), "{word}");
        }
        assert_eq!(lexicon.find("carburettor"), Known::default());
        assert_eq!(lexicon.find(&"a".repeat(99)), Known::default());
        assert_eq!(lexicon.find("номер"), Known::default());
    }

    #[test]
    fn every_id_is_within_the_index() {
        assert!(Lexicon::new().entries.len() < usize::from(u16::MAX));
    }
}
