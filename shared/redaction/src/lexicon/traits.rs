//! What a word can be, in bits.

use crate::cue::Phrase;
use crate::item::Item;

use super::{Entry, Opening};

/// What an item is, and what a word can be, without a look at its entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(u32);

impl Traits {
    /// It can stand for a digit, in some language.
    pub(crate) const COUNTS: Self = Self(1);
    /// It can spell a letter, or belongs to a number without counting by itself.
    pub(crate) const LETTER: Self = Self(2);
    /// It is said between digits.
    pub(crate) const FILLER: Self = Self(4);
    /// Phrases are found by it.
    pub(crate) const OPENS: Self = Self(8);
    /// It is a phrase by itself.
    pub(crate) const NAMES: Self = Self(16);
    /// What it counts in one language is a common word of another.
    pub(crate) const WEAK: Self = Self(32);
    /// It says that something is not so.
    pub(crate) const NEGATES: Self = Self(64);
    /// It says how often a digit is meant.
    pub(crate) const MULTIPLIES: Self = Self(256);
    /// It is an article, which may follow such a word.
    pub(crate) const ARTICLE: Self = Self(128);

    /// An aside begins with it.
    pub(crate) const ASIDE: Self = Self(512);
    /// It spells a letter next to other letters.
    pub(crate) const NAME_OF: Self = Self(1024);

    /// It is a short group of capitals, so it may be a part of a code: `NWBK`.
    pub(crate) const CAPS: Self = Self(2048);
    /// It is a word, and not that.
    pub(crate) const LOWER: Self = Self(4096);
    /// So often it hints that its text may hold a number, or say what one is: `one`, `may`. These are added up.
    const HINTS: u32 = 13;
    /// Once.
    const HINTS_ONCE: Self = Self(1 << Self::HINTS);
    /// Twice: it counts to more than nine.
    const HINTS_TWICE: Self = Self(2 << Self::HINTS);
    /// It says so by itself.
    const TELLS: Self = Self(4 << Self::HINTS);

    /// It is no word but decimal digits of any script.
    pub(crate) const DIGITS: Self = Self(1 << 16);
    /// It is no word but ASCII letters and digits mixed.
    pub(crate) const CODE: Self = Self(1 << 17);
    /// It stands for a removed number.
    pub(crate) const REMOVED: Self = Self(1 << 18);
    /// It says a digit other than one, or spells a letter in a word, and hardly anything else.
    pub(crate) const SAYS: Self = Self(1 << 19);
    /// It sounds like a digit.
    pub(crate) const SOUNDS: Self = Self(1 << 20);
    /// The example of a letter may follow it: `as`, `like`.
    pub(crate) const LEADS: Self = Self(1 << 21);
    /// It has digits, or had some.
    pub(crate) const WRITTEN: Self = Self(Self::DIGITS.0 | Self::CODE.0 | Self::REMOVED.0);
    /// It counts in some language, or is no word.
    pub(crate) const COUNTS_OR_WRITTEN: Self = Self(Self::COUNTS.0 | Self::WRITTEN.0);
    /// It is a code, or may be a part of one.
    pub(crate) const CODE_OR_CAPS: Self = Self(Self::CODE.0 | Self::CAPS.0);
    /// It has digits.
    pub(crate) const NUMBER: Self = Self(Self::DIGITS.0 | Self::CODE.0);

    /// A word counts or spells a letter, here or there.
    pub(crate) const BEGINS: Self = Self(Self::COUNTS.0 | Self::LETTER.0 | Self::NAME_OF.0);

    /// A run may begin with it.
    pub(crate) const BEGINS_RUN: Self = Self(Self::BEGINS.0 | Self::CAPS.0 | Self::NUMBER.0);

    /// A run may go on with it.
    pub(crate) const GOES_ON: Self = Self(Self::BEGINS_RUN.0 | Self::FILLER.0 | Self::ASIDE.0);

    /// It is a part of a number, or said between two.
    pub(crate) const NOT_PLAIN: Self = Self(Self::NUMBER.0 | Self::FILLER.0);

    /// Has it one of these?
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Those of a word that is a short group of capitals, or is not.
    #[inline]
    pub(crate) fn cased(self, caps: bool) -> Self {
        Self(self.0 | if caps { Self::CAPS.0 } else { Self::LOWER.0 })
    }

    /// Those that the word has however it is written.
    pub(crate) fn uncased(self) -> Self {
        Self(self.0 & !(Self::CAPS.0 | Self::LOWER.0))
    }

    /// Does it count to more than nine?
    pub(crate) fn is_large(self) -> bool {
        self.hints() > 1
    }

    /// How much it hints that its text is worth reading.
    pub(crate) fn hints(self) -> usize {
        (self.0 >> Self::HINTS & 7) as usize
    }

    /// Those that any of these items has, and how much all of them hint.
    pub(crate) fn sum(items: &[Item]) -> (Self, usize) {
        let add = |(all, hints): (u32, usize), item: &Item| (all | item.traits.0, hints + item.traits.hints());
        let (all, hints) = items.iter().fold((0, 0), add);
        (Self(all), hints)
    }

    pub(super) fn of(entry: &Entry, opening: &Opening) -> Self {
        let mut traits = entry.marks;
        for (holds, one) in [
            (entry.counts(), Self::COUNTS),
            (entry.letter.is_some() || entry.extends(), Self::LETTER),
            (opening.alone.is_some() || opening.anchors != [0; 2], Self::OPENS),
            (entry.aside.is_some() || entry.asides != 0, Self::ASIDE),
            (entry.name_of.is_some(), Self::NAME_OF),
            (matches!(opening.alone, Some(Phrase::Says(_))), Self::NAMES),
            (entry.multiplies(), Self::MULTIPLIES),
            (entry.sounds.is_some(), Self::SOUNDS),
            (!entry.examples.is_empty(), Self::LEADS),
        ] {
            if holds {
                traits.add(one);
            }
        }
        if entry.says() && !traits.has(Self::FILLER) && !traits.has(Self::WEAK) && !traits.has(Self::ARTICLE) {
            traits.add(Self::SAYS);
        }
        match () {
            () if entry.tells => traits.add(Self::TELLS),
            () if entry.senses.iter().flatten().any(|sense| sense.is_large()) => traits.add(Self::HINTS_TWICE),
            () if traits.has(Self::BEGINS) => traits.add(Self::HINTS_ONCE),
            () => {}
        }
        traits
    }
}
