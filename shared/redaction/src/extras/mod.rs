//! What an owner adds to what this crate knows: patterns for numbers of their own, and words that stay.

mod flaw;
mod keep;
mod pattern;
mod remains;
mod scrub;
#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

pub use flaw::{Fault, Flaw, Spot};
use keep::Keep;
use pattern::Compiled;
pub(crate) use scrub::conversation;

/// A pattern as an owner writes it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// What it finds, in a few words: `order code`. What stands in the text is `[order code removed]`.
    pub label: &'a str,
    /// A regular expression in the syntax of the `regex` crate, which takes linear time whatever the text. Capital and small
    /// letters are told apart unless it begins with `(?i)`.
    pub pattern: &'a str,
}

/// Patterns and words to keep, checked and compiled. Compile once, share by reference.
#[derive(Clone, Default)]
pub struct Extras {
    patterns: Vec<Compiled>,
    keep: Keep,
}

impl Extras {
    /// Patterns that one owner may have.
    pub const PATTERNS_MAX: usize = 20;
    /// Characters of a pattern.
    pub const PATTERN_CHARS_MAX: usize = 500;
    /// Characters of a label.
    pub const LABEL_CHARS_MAX: usize = 40;
    /// Words and phrases to keep that one owner may have.
    pub const KEEP_WORDS_MAX: usize = 200;
    /// Characters of a word or phrase to keep.
    pub const KEEP_WORD_CHARS_MAX: usize = 100;
    /// The fewest letters and digits of one that holds a digit: more than any security code has, and than a card's last four.
    pub const KEEP_NUMBER_MIN: usize = 5;

    /// Nothing beyond what this crate knows.
    pub const fn none() -> Self {
        Self { patterns: Vec::new(), keep: Keep::none() }
    }

    /// Checks and compiles. Every fault is named, none repeats what was given.
    ///
    /// A word or phrase to keep protects just what equals it, whatever the case of its letters and the width of its blanks, where
    /// no letter or digit touches it: what would be removed *within* it stays, also a number with the right check digits (the
    /// owner named that very number); what reaches beyond it goes whole.
    pub fn compile(patterns: &[Pattern<'_>], keep_words: &[&str]) -> Result<Self, Vec<Fault>> {
        let (patterns, mut faults) = pattern::compile(patterns);
        let (keep, more) = Keep::compile(keep_words);
        faults.extend(more);
        if faults.is_empty() { Ok(Self { patterns, keep }) } else { Err(faults) }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.keep.is_empty()
    }

    /// How much it is, for a cache: its patterns and one.
    pub fn weight(&self) -> u32 {
        u32::try_from(self.patterns.len()).map_or(u32::MAX, |patterns| patterns.saturating_add(1))
    }

    /// What the numbers are called that the pattern at `index` finds.
    pub fn label(&self, index: usize) -> Option<&str> {
        self.patterns.get(index).map(Compiled::label)
    }

    /// Is what stands in `range` to stay? `remains`: of the stretch that the owner named nothing has gone.
    pub(crate) fn keeps(&self, text: &str, range: &Range<usize>, remains: impl Fn(&Range<usize>) -> bool) -> bool {
        !self.keep.is_empty() && self.keep.holds(text, range, remains)
    }

    /// The length of the replacement of an owner's that a text begins with.
    pub(crate) fn replacement_length(&self, text: &[u8]) -> Option<usize> {
        let found = self.patterns.iter().find(|pattern| text.starts_with(pattern.replacement().as_bytes()))?;
        Some(found.replacement().len())
    }
}

impl fmt::Debug for Pattern<'_> {
    // It may spell out what it looks for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pattern(..)")
    }
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extras({} patterns, {} words to keep)", self.patterns.len(), self.keep.len())
    }
}
