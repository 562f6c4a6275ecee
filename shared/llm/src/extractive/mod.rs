//! A summary made of the conversation's own sentences: no model, no network, the same every time.

mod choose;
mod compose;
mod language;
mod score;
mod sentences;
#[cfg(test)]
mod tests;
mod words;

use crate::conversation::{Excerpt, Turn};
use sentences::Demand;

/// How much may go in and come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Sentences in the summary.
    pub max_sentences: usize,
    /// Characters in the summary.
    pub max_chars: usize,
    /// Characters of the conversation that are looked at; of a longer one the middle is left out.
    pub max_input_chars: usize,
}

impl Default for Limits {
    /// Four sentences of together 500 characters, of the 100,000 characters that some ten hours of talk have.
    fn default() -> Self {
        Self { max_sentences: 4, max_chars: 500, max_input_chars: 100_000 }
    }
}

/// A few sentences of the conversation that tell why the customer came and what became of it, with who said them, in
/// the conversation's own language. `None` when nobody said anything that tells.
///
/// The method is described in the README of this crate. The same turns always give the same summary.
pub fn summarise(turns: &[Turn<'_>], limits: &Limits) -> Option<String> {
    let excerpt = Excerpt::of(turns, limits.max_input_chars);
    let turns: Vec<Turn<'_>> = excerpt.turns().collect();
    let vocabulary = language::detect(turns.iter().map(|turn| turn.text));
    let mut sentences = sentences::worth_considering(&turns, vocabulary, Demand::USUAL);
    if sentences.is_empty() {
        sentences = sentences::worth_considering(&turns, vocabulary, Demand::MODEST);
    }
    let scores = score::scores(&sentences, turns.len(), vocabulary);
    let chosen = choose::choose(&sentences, &scores, limits.max_sentences);
    compose::compose(&sentences, &chosen, vocabulary, limits.max_chars)
}
