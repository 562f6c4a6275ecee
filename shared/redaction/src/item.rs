//! What a text is split into: words, stretches of digits, codes, and what an earlier pass has removed.

use crate::kind::Kind;
use crate::lexicon::{Known, Traits, WordId};

/// One item and its byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// What it is, and what it can be.
    pub(crate) traits: Traits,
    /// The word that it is, if it is one that is known.
    pub(crate) id: WordId,
    removed: Option<Kind>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Decimal digits of any script.
    Digits,
    /// ASCII letters and digits mixed.
    Code,
    /// A word, known or not.
    Word { id: WordId, traits: Traits },
    /// What stands for a removed number.
    Removed(Kind),
}

impl Item {
    /// `caps`: it is short and all ASCII capitals.
    #[inline]
    pub(crate) fn word(start: usize, end: usize, (id, traits): Known, caps: bool) -> Self {
        Self { start, end, traits: traits.cased(caps), id, removed: None }
    }

    pub(crate) fn digits(start: usize, end: usize) -> Self {
        Self { start, end, traits: Traits::DIGITS, id: WordId::default(), removed: None }
    }

    pub(crate) fn code(start: usize, end: usize) -> Self {
        Self { traits: Traits::CODE, ..Self::digits(start, end) }
    }

    pub(crate) fn removed(start: usize, end: usize, kind: Kind) -> Self {
        Self { traits: Traits::REMOVED, removed: Some(kind), ..Self::digits(start, end) }
    }

    #[inline]
    pub(crate) fn class(&self) -> Class {
        match self.removed {
            Some(kind) => Class::Removed(kind),
            None if self.traits.has(Traits::DIGITS) => Class::Digits,
            None if self.traits.has(Traits::CODE) => Class::Code,
            None => Class::Word { id: self.id, traits: self.traits },
        }
    }

    /// Is it a short word of all ASCII capitals?
    #[inline]
    pub(crate) fn is_caps(&self) -> bool {
        self.traits.has(Traits::CAPS)
    }

    /// Is it a word that is not known?
    #[inline]
    pub(crate) fn is_unknown(&self) -> bool {
        self.id == WordId::default() && !self.traits.has(Traits::WRITTEN)
    }

    /// Is it this word?
    #[inline]
    pub(crate) fn is(&self, word: WordId) -> bool {
        self.id == word && !self.traits.has(Traits::WRITTEN)
    }

    /// How many bytes it has.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// How many items are looked at together.
const TOGETHER: usize = u64::BITS as usize;

/// Where the items stand that have one of these traits. Few have, and nobody can tell which, so none is asked by itself.
pub(crate) fn having(items: &[Item], traits: Traits) -> impl Iterator<Item = usize> {
    items.chunks(TOGETHER).enumerate().flat_map(move |(chunk, items)| {
        let bit = |(at, item): (usize, &Item)| u64::from(item.traits.has(traits)) << at;
        let mut bits = items.iter().enumerate().map(bit).fold(0, |bits, bit| bits | bit);
        std::iter::from_fn(move || {
            let at = chunk * TOGETHER + bits.trailing_zeros() as usize;
            let is_one = bits != 0;
            bits &= bits.wrapping_sub(1);
            is_one.then_some(at)
        })
    })
}
