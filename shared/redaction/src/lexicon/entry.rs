//! What is known of one word, and of several together.

use std::ops::Deref;

use crate::cue::Phrase;

use super::{Aside, LANGUAGES, Sense, Traits, WordId};

/// A word of several meanings; which one holds is decided by its neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What it counts in each language.
    pub(crate) senses: [Option<Sense>; LANGUAGES],
    /// How much each of these weighs for its language, where several count a word.
    pub(crate) weights: [u16; LANGUAGES],
    /// The letter that it spells.
    pub(crate) letter: Option<u8>,
    /// The letter that it spells next to other letters.
    pub(crate) name_of: Option<u8>,
    /// The digit that it sounds like.
    pub(crate) sounds: Option<u8>,
    /// What it was listed as.
    pub(crate) marks: Traits,
    /// A text with it is worth reading, for the phrases.
    pub(super) tells: bool,
    /// What it says between digits by itself.
    pub(crate) aside: Option<Aside>,
    /// The words after it with which longer asides may begin, one bit for some words each.
    pub(super) asides: u64,
    /// `as in` and others that begin with this word, which an example follows; longest first.
    pub(crate) examples: Vec<Vec<WordId>>,
}

/// What phrases a word finds; kept apart from all else, so that it lies near.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Opening {
    /// The phrase that it is by itself.
    pub(crate) alone: Option<Phrase>,
    /// The words before and after it with which it may find longer phrases, one bit for some words each.
    pub(super) anchors: [u64; 2],
}

impl Opening {
    /// May it find a longer phrase with the word before or after it? If it finds none, this mostly says so.
    #[inline]
    pub(crate) fn may_find(&self, beside: WordId, is_after: bool) -> bool {
        self.anchors[usize::from(is_after)] & beside.bit() != 0
    }
}

/// Fewer joining words than this weigh less than one number.
const JOINS_MAX: u16 = 64;

impl Entry {
    /// Can it stand for a digit, in any language?
    pub(crate) fn counts(&self) -> bool {
        self.senses.iter().flatten().any(|sense| !matches!(sense, Sense::And | Sense::By | Sense::Plural(_)))
    }

    /// May a longer aside begin with it and this word? If none does, this mostly says so.
    #[inline]
    pub(crate) fn begins_aside(&self, second: WordId) -> bool {
        self.asides & second.bit() != 0
    }

    /// How much each of the senses weighs for its language.
    pub(super) fn weigh(&self) -> [u16; LANGUAGES] {
        self.senses.map(|sense| match sense {
            // What only joins decides between languages that are even: `e`, `y`, `et` are words and letters elsewhere.
            // A month says which it is where nothing else does: `agosto 2030`, `o julho 2026`.
            Some(Sense::And | Sense::By) => 1,
            Some(Sense::Month(_)) => 2,
            Some(Sense::Digit(_)) if self.letter.is_some() => 1,
            None => 0,
            Some(_) if self.marks.has(Traits::FILLER) || self.marks.has(Traits::WEAK) => JOINS_MAX,
            Some(_) => JOINS_MAX * 2,
        })
    }

    /// Does it say a digit that is no article, in any language, or spell a letter in a word?
    pub(crate) fn says(&self) -> bool {
        let is_digit = |sense: &Sense| matches!(sense, Sense::Digit(digit) if *digit != 1);
        self.letter.is_none() && self.senses.iter().flatten().any(is_digit)
    }

    /// Does it say how often a digit is meant: `double`, `times`?
    pub(crate) fn multiplies(&self) -> bool {
        self.senses.iter().flatten().any(|sense| matches!(sense, Sense::Times(_) | Sense::By))
    }

    /// Does it say which digit is meant several times: `four sevens`?
    pub(crate) fn extends(&self) -> bool {
        self.senses.iter().flatten().any(|sense| matches!(sense, Sense::Plural(_)))
    }
}

/// A few words in a row, which lie where they are listed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    words: [WordId; Self::MAX],
    length: usize,
}

impl Row {
    /// How many words the longest phrase has.
    const MAX: usize = 10;

    pub(super) fn of(all: &[WordId]) -> Self {
        let mut words = [WordId::default(); Self::MAX];
        words.get_mut(..all.len()).expect("no phrase has more words").copy_from_slice(all);
        Self { words, length: all.len() }
    }
}

impl Deref for Row {
    type Target = [WordId];

    fn deref(&self) -> &[WordId] {
        self.words.get(..self.length).unwrap_or_default()
    }
}

/// What is said between digits in several words.
#[derive(Clone, Debug)]
pub(crate) struct LongAside {
    pub(crate) words: Row,
    pub(crate) aside: Aside,
}

/// A phrase of several words as it is found: by one of them, its anchor, and the word next to that.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) words: Row,
    /// Which of its words is the anchor.
    pub(crate) anchor: usize,
    pub(crate) phrase: Phrase,
}

impl Said {
    /// The word next to the anchor by which it is found, and whether that is the one after it.
    pub(super) fn beside(&self) -> (WordId, bool) {
        match (self.words.get(self.anchor + 1), self.anchor.checked_sub(1)) {
            (Some(next), _) => (*next, true),
            (None, last) => (self.words[last.unwrap_or_default()], false),
        }
    }
}
