//! Words and phrases in the one form in which they are compared.

use unicode_segmentation::UnicodeSegmentation as _;

/// The words of a text by UAX 29, in lower case, with straight apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(|word| word.to_lowercase().replace('’', "'"))
}

/// The words with a space around each, so that a phrase is found by a plain search and never inside a word.
pub(super) fn normalise(text: &str) -> String {
    let mut spoken = String::with_capacity(text.len() + 2);
    spoken.push(' ');
    for word in words(text) {
        spoken.push_str(&word);
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
