//! National numbers, one row each. Adding one is a row and, if it has check digits, a function.

mod checks;
mod rules;
#[cfg(test)]
mod tests;

use crate::kind::Kind;

pub(crate) use rules::RULES;

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
    /// right beside it.
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
    /// A word that names exactly this: it has no check digit.
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

/// The rules by the length of their pattern, the shortest first.
#[derive(Debug)]
pub(crate) struct Rules(Vec<OfLength>);

/// The rules whose patterns are of one length, in the order of the table.
#[derive(Debug)]
pub(crate) struct OfLength {
    pub(crate) length: usize,
    pub(crate) rules: Vec<Rule>,
}

impl Rules {
    pub(crate) fn new() -> Self {
        let of_length =
            |length| OfLength { length, rules: RULES.iter().filter(|rule| rule.pattern.len() == length).copied().collect() };
        Self((1..=PATTERN_MAX).map(of_length).filter(|of_length| !of_length.rules.is_empty()).collect())
    }

    pub(crate) fn by_length(&self) -> &[OfLength] {
        &self.0
    }
}
