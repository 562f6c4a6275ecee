//! National numbers, one row each, with the functions that check them beside the rows of their part of the world.
//! Adding one is a row and, if it has check digits, a function.

mod abroad;
mod africa_oceania;
mod asia;
mod banking;
mod central_europe;
mod checks;
mod documents;
mod eastern_europe;
mod latin_america;
mod north_america;
mod northern_europe;
#[cfg(test)]
mod tests;
mod western_europe;

use std::ops::RangeInclusive;

use crate::kind::Kind;

/// The longest pattern.
pub(crate) const PATTERN_MAX: usize = 24;

/// How one country's number is recognised.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) kind: Kind,
    /// One sign for each place: `9` a digit, `A` a letter, `X` either.
    pub(crate) pattern: &'static str,
    /// Whether these capitals and digits, which fit the pattern, are such a number.
    pub(crate) check: fn(&[u8]) -> bool,
    /// When it goes.
    pub(crate) needs: Needs,
    /// What it is called, in folded words, separated by commas. With `~` in front a common word too, which names it only
    /// right beside it. Rows of one kind share their names; a name in several kinds is the first one's.
    pub(crate) names: &'static str,
}

/// What it takes beside pattern and check for a number to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing: next to no other number passes. Only words that name something else hold it back.
    Nothing,
    /// To be written in groups of these sizes, or to be named.
    Groups(&'static [u8]),
    /// A word that names it, or any identity number.
    AnyName,
    /// A word that names exactly this: it has no check digit, or one that too many others pass.
    OwnName,
    /// As [`Needs::OwnName`], or to be written in groups of these sizes with dashes.
    OwnNameOrDashes(&'static [u8]),
}

impl Needs {
    /// Do wrong numbers of this kind show?
    pub(crate) fn is_checked(self) -> bool {
        !matches!(self, Self::OwnName | Self::OwnNameOrDashes(_))
    }
}

const fn rule(kind: Kind, pattern: &'static str, check: fn(&[u8]) -> bool, needs: Needs, names: &'static str) -> Rule {
    Rule { kind, pattern, check, needs, names }
}

const PARTS: [&[Rule]; 10] = [
    north_america::RULES,
    western_europe::RULES,
    central_europe::RULES,
    northern_europe::RULES,
    eastern_europe::RULES,
    latin_america::RULES,
    asia::RULES,
    africa_oceania::RULES,
    documents::RULES,
    banking::RULES,
];

/// Every number this crate knows. Where two fit, the one that is named goes first, then the one that stands first here.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> + Clone {
    PARTS.into_iter().flatten()
}

/// Every name of every kind, in folded words; with `~` in front, one that is a common word too.
pub(crate) fn names() -> impl Iterator<Item = (&'static str, Kind)> {
    let lists = rules().map(|rule| (rule.kind, rule.names)).chain(abroad::NAMES.iter().copied());
    lists.flat_map(|(kind, names)| names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(move |name| (name, kind)))
}

/// The rules by the length of their pattern, the shortest first.
#[derive(Debug)]
pub(crate) struct Rules {
    by_length: Vec<OfLength>,
    /// Of each kind how long its patterns are, a bit for each length, and whether its numbers may have letters.
    lengths: Vec<u64>,
    lettered: Vec<bool>,
}

/// The rules whose patterns are of one length, in the order of the table.
#[derive(Debug)]
pub(crate) struct OfLength {
    pub(crate) length: usize,
    rules: Vec<Rule>,
    /// Those that can hold where nothing is named.
    unnamed: Vec<Rule>,
    /// Those that have patterns of nothing but digits, of either list.
    rules_of_digits: Vec<Rule>,
    unnamed_of_digits: Vec<Rule>,
}

impl OfLength {
    fn new(length: usize) -> Self {
        let of_length = || rules().filter(move |rule| rule.pattern.len() == length);
        let is_unnamed = |rule: &&Rule| !matches!(rule.needs, Needs::AnyName | Needs::OwnName);
        let is_of_digits = |rule: &&Rule| rule.pattern.bytes().all(|place| matches!(place, b'9' | b'X'));
        Self {
            length,
            rules: of_length().copied().collect(),
            unnamed: of_length().filter(is_unnamed).copied().collect(),
            rules_of_digits: of_length().filter(is_of_digits).copied().collect(),
            unnamed_of_digits: of_length().filter(is_unnamed).filter(is_of_digits).copied().collect(),
        }
    }

    /// Those that may hold: where something is named or not, for digits only or for letters too.
    pub(crate) fn rules(&self, is_named: bool, has_letters: bool) -> &[Rule] {
        match (is_named, has_letters) {
            (true, true) => &self.rules,
            (true, false) => &self.rules_of_digits,
            (false, true) => &self.unnamed,
            (false, false) => &self.unnamed_of_digits,
        }
    }
}

impl Rules {
    pub(crate) fn new() -> Self {
        let by_length = (1..=PATTERN_MAX).map(OfLength::new).filter(|of_length| !of_length.rules.is_empty()).collect();
        let has_letters = |kind: Kind| rules().any(|rule| rule.kind == kind && rule.pattern.contains(['A', 'X']));
        let lettered = Kind::ALL.iter().copied().map(has_letters).collect();
        let bits = |kind: Kind| rules().filter(|rule| rule.kind == kind).fold(0, |bits, rule| bits | 1 << rule.pattern.len());
        let lengths = Kind::ALL.iter().copied().map(bits).collect();
        Self { by_length, lengths, lettered }
    }

    /// The shortest and longest of this kind.
    pub(crate) fn lengths(&self, kind: Kind) -> Option<RangeInclusive<usize>> {
        let lengths = self.all_lengths(kind);
        Some(lengths.checked_ilog2()? as usize).map(|longest| lengths.trailing_zeros() as usize..=longest)
    }

    /// Every length that numbers of this kind have, one bit each.
    pub(crate) fn all_lengths(&self, kind: Kind) -> u64 {
        self.lengths.get(kind as usize).copied().unwrap_or_default()
    }

    /// May numbers of this kind have letters?
    pub(crate) fn has_letters(&self, kind: Kind) -> bool {
        self.lettered.get(kind as usize) == Some(&true)
    }

    pub(crate) fn by_length(&self) -> &[OfLength] {
        &self.by_length
    }
}
