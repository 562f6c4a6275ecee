//! What is wrong with an owner's pattern or word, where, and what to do about it.

use std::fmt;

use super::Extras;

/// One thing that is wrong. Never repeats what was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{spot}: {flaw}")]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// What.
    pub flaw: Flaw,
}

/// A place in what an owner gave; indexes count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The list of patterns.
    Patterns,
    /// A pattern's label.
    Label(usize),
    /// A pattern's regular expression.
    Pattern(usize),
    /// The list of words to keep.
    KeepWords,
    /// A word to keep.
    KeepWord(usize),
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Patterns => f.write_str("patterns"),
            Self::Label(index) => write!(f, "patterns[{index}].label"),
            Self::Pattern(index) => write!(f, "patterns[{index}].pattern"),
            Self::KeepWords => f.write_str("keepWords"),
            Self::KeepWord(index) => write!(f, "keepWords[{index}]"),
        }
    }
}

/// What is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// The list is too long.
    #[error("must have at most {max} entries")]
    TooMany {
        /// How many it may have.
        max: usize,
    },
    /// There is nothing.
    #[error("must not be empty")]
    Missing,
    /// The text is too long.
    #[error("must have at most {max} characters")]
    TooLong {
        /// How many it may have.
        max: usize,
    },
    /// A label with something else than words.
    #[error("must be words: letters, with single blanks, dashes or apostrophes between")]
    NotWords,
    /// Another pattern has that label.
    #[error("must differ from the other labels, also in more than capitals: the label tells what was removed")]
    SameLabel,
    /// The label of a kind that this crate knows.
    #[error("is what a built-in kind of number is called; take other words, so that the two can be told apart")]
    BuiltInLabel,
    /// No regular expression.
    #[error("is no regular expression that can be used: at character {at}: {why}")]
    Syntax {
        /// The character it went wrong at, from 1.
        at: usize,
        /// What is wrong there.
        why: String,
    },
    /// The pattern is short but stands for much.
    #[error("stands for too much to be searched for quickly; use smaller repetitions, and [0-9A-Za-z_] rather than \\w")]
    TooComplex,
    /// It matches where nothing is.
    #[error("must not match an empty text; let it ask for at least one character, with + rather than * or ?")]
    MatchesNothing,
    /// It can match no text at all.
    #[error("can match no text")]
    MatchesNever,
    /// It matches what stands for removed numbers, and so nearly any text.
    #[error(
        "would match {replacement}, which stands for what was removed before; let it ask for more, such as digits or a fixed beginning"
    )]
    MatchesReplacement {
        /// Which.
        replacement: String,
    },
    /// A word to keep that no text could hold, or that stands for nothing.
    #[error("must hold a letter or a digit, and no control characters")]
    NoWord,
    /// So short a number to keep that security codes and last fours would be mistaken for it.
    #[error(
        "must have at least {} letters and digits if it holds a digit, or it would let security codes through",
        Extras::KEEP_NUMBER_MIN
    )]
    TooShort,
}

impl Flaw {
    /// What kind of flaw, stable for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "required",
            Self::TooMany { .. } | Self::TooLong { .. } => "too_long",
            Self::NotWords | Self::NoWord => "invalid",
            Self::SameLabel => "duplicate",
            Self::BuiltInLabel => "reserved",
            Self::Syntax { .. } => "invalid_pattern",
            Self::TooComplex => "too_complex",
            Self::MatchesNothing => "matches_nothing",
            Self::MatchesNever => "matches_never",
            Self::MatchesReplacement { .. } => "matches_replacement",
            Self::TooShort => "too_short",
        }
    }
}
