//! Words and phrases in the one form in which they are compared.

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation as _;

/// By words. They are looked up many times a conversation, and nobody can send a table more of them than a conversation has.
pub(super) type WordMap<K, V> = HashMap<K, V, FixedState>;
/// Words of a list.
pub(super) type WordSet = HashSet<&'static str, FixedState>;

/// What a conversation speaks about, each term as a number: the first that is met is 0.
#[derive(Default)]
pub(super) struct Terms(WordMap<String, u32>);

impl Terms {
    /// The number of a term.
    pub(super) fn number(&mut self, term: &str) -> u32 {
        if let Some(known) = self.0.get(term) {
            return *known;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(term.to_owned(), number);
        number
    }
}

/// The words of a text by UAX 29, in lower case, with straight apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(|word| {
        let mut small = String::with_capacity(word.len());
        in_small_letters(word, &mut small);
        small
    })
}

/// Adds a word in the form in which words are compared.
pub(super) fn in_small_letters(word: &str, to: &mut String) {
    if word.is_ascii() {
        let start = to.len();
        to.push_str(word);
        to[start..].make_ascii_lowercase();
    } else {
        to.push_str(&word.to_lowercase().replace('’', "'"));
    }
}

/// The words with a space around each, so that a phrase is found by a plain search and never inside a word.
pub(super) fn normalise(text: &str) -> String {
    let mut spoken = String::with_capacity(text.len() + 2);
    spoken.push(' ');
    for word in text.unicode_words() {
        in_small_letters(word, &mut spoken);
        spoken.push(' ');
    }
    spoken
}

/// What a word says about the subject, if it can say anything: without an elided article, and not too short.
pub(super) fn term(word: &str) -> Option<&str> {
    let stem = match word.split_once('\'') {
        Some((article, noun)) if article.chars().count() <= 2 => noun,
        _ => word,
    };
    // Beyond U+2E80 a single character is a word.
    let tells = stem.chars().nth(2).is_some() || stem.chars().any(|c| c.is_numeric() || c >= '\u{2E80}');
    tells.then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_case_do_not_matter_to_a_phrase() {
        assert_eq!(normalise("I’d LIKE, a re-fund!"), " i'd like a re fund ");
        assert_eq!(normalise(" … "), " ");
    }

    #[test]
    fn short_words_and_elided_articles_are_no_terms() {
        assert_eq!(term("l'adresse"), Some("adresse"));
        assert_eq!(term("don't"), Some("don't"));
        assert_eq!(term("i'm"), None);
        assert_eq!(term("ab"), None);
        assert_eq!(term("42"), Some("42"));
        assert_eq!(term("配"), Some("配"));
    }
}
