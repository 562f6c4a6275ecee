//! From turns to the sentences that a summary could be made of.

use super::{
    language::Vocabulary,
    words::{Terms, normalise, term, words},
};
use crate::conversation::{Speaker, Turn};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation as _;

/// Longer than this, a sentence is taken for speech that nobody punctuated.
const SENTENCE_WORDS_MAX: usize = 28;
/// Where such speech is cut at the latest, and how much must stand on either side of a cut.
const CHUNK_WORDS_MAX: usize = 24;
const CHUNK_WORDS_BEFORE_BREAK: usize = 10;
const CHUNK_WORDS_MIN: usize = 4;
/// No polite phrase is longer.
const OPENING_TOKENS_MAX: usize = 8;

/// A sentence that says something.
pub(super) struct Sentence<'a> {
    /// Which turn it is from.
    pub(super) turn: usize,
    pub(super) speaker: Speaker,
    pub(super) text: &'a str,
    /// Its words as phrases are looked for.
    pub(super) spoken: String,
    /// What it speaks about, in order, each once.
    pub(super) terms: Vec<u32>,
    pub(super) words: usize,
}

/// How much a sentence must say to be considered.
#[derive(Clone, Copy)]
pub(super) struct Demand {
    words: usize,
    terms: usize,
}

impl Demand {
    pub(super) const USUAL: Self = Self { words: 4, terms: 2 };
    /// For a conversation in which nobody said that much.
    pub(super) const MODEST: Self = Self { words: 2, terms: 1 };
}

/// The sentences of a conversation that say enough, in order.
pub(super) fn worth_considering<'a>(turns: &[Turn<'a>], vocabulary: &Vocabulary, demand: Demand) -> Vec<Sentence<'a>> {
    let mut found = Vec::new();
    let mut known = Terms::default();
    for (index, turn) in turns.iter().enumerate() {
        found.extend(split(turn.text, vocabulary).into_iter().filter_map(|text| {
            let text = without_openers(text, vocabulary);
            let spoken = normalise(text);
            let words_in_all = spoken.bytes().filter(|byte| *byte == b' ').count() - 1;
            if words_in_all < demand.words {
                return None;
            }
            let terms = terms(&spoken, vocabulary, &mut known);
            (terms.len() >= demand.terms && !has_placeholder(text)).then_some(Sentence {
                turn: index,
                speaker: turn.speaker,
                text,
                spoken,
                terms,
                words: words_in_all,
            })
        }));
    }
    found
}

/// What is left to speak about behind polite phrases, names and small words: in order, each once.
fn terms(spoken: &str, vocabulary: &Vocabulary, known: &mut Terms) -> Vec<u32> {
    let mut rest = Cow::Borrowed(spoken);
    if vocabulary.courtesies.occur_in(spoken) {
        for phrase in vocabulary.courtesies.iter() {
            if rest.contains(phrase) {
                rest = Cow::Owned(rest.replace(phrase, " "));
            }
        }
    }
    let tells = |word: &&str| !vocabulary.stop.contains(word) && !vocabulary.openers.contains(word);
    // Words are separated by single spaces.
    let said = rest.split(' ').filter(|word| !word.is_empty()).filter(tells).filter_map(term);
    let mut terms: Vec<u32> = said.map(|term| known.number(term)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Something was scrubbed here, as in `My number is [card number removed].`: what is left rarely tells anything.
fn has_placeholder(text: &str) -> bool {
    text.split('[').skip(1).any(|behind| behind.split_once(']').is_some_and(|(inside, _)| inside.ends_with("removed")))
}

fn split<'a>(text: &'a str, vocabulary: &Vocabulary) -> Vec<&'a str> {
    split_sentences(text)
        .into_iter()
        .flat_map(split_small_letters)
        .flat_map(|sentence| split_long(sentence, vocabulary))
        .map(str::trim)
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
        .collect()
}

/// UAX 29 knows no abbreviations and no ordinals: "Mr. Smith" and "am 3. Dezember" are put together again.
fn split_sentences(text: &str) -> Vec<&str> {
    // Most turns are one sentence. By UAX 29 nothing else of ASCII ends one (or a paragraph) than these.
    let inner = text.trim_end().trim_end_matches(['.', '?', '!']);
    if inner.is_ascii() && !inner.bytes().any(|byte| matches!(byte, b'.' | b'?' | b'!' | b'\n' | b'\r')) {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, piece) in text.split_sentence_bound_indices() {
        if !text[start..at].trim().is_empty() && !ends_with_abbreviation(&text[start..at]) {
            pieces.push(&text[start..at]);
            start = at;
        }
        if at + piece.len() == text.len() {
            pieces.push(&text[start..]);
        }
    }
    pieces
}

fn ends_with_abbreviation(text: &str) -> bool {
    let last = text.split_whitespace().next_back().and_then(|token| token.strip_suffix('.')).unwrap_or_default();
    // Not "it." or "so.": those end sentences far more often.
    let title = last.chars().next().is_some_and(char::is_uppercase) && last.chars().nth(3).is_none();
    let ordinal = !last.is_empty() && last.len() <= 2 && last.bytes().all(|byte| byte.is_ascii_digit());
    (title || ordinal) && !text.ends_with('\n')
}

/// UAX 29 sees no end before a small letter ("etc. and"), but in a chat most sentences begin with one.
fn split_small_letters(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut letters) = (0, 0);
    for (at, c) in text.char_indices() {
        let ends = match c {
            '!' | '?' => true,
            '.' => letters > 2, // not "mr." and not "e.g."
            _ => false,
        };
        let end = at + c.len_utf8();
        if ends && text[end..].starts_with(char::is_whitespace) {
            pieces.push(&text[start..end]);
            start = end;
        }
        letters = if c.is_alphanumeric() { letters + 1 } else { 0 };
    }
    pieces.push(&text[start..]);
    pieces
}

/// A speech recogniser may give a whole turn as one sentence: cut where a clause begins, at the latest after 24 words.
fn split_long<'a>(text: &'a str, vocabulary: &Vocabulary) -> Vec<&'a str> {
    // By spaces: a writing without them ends its sentences visibly, and cutting it by words would cut anywhere.
    let starts: Vec<usize> = text
        .split_whitespace()
        // Both pointers are into `text`, so the difference is the offset.
        .map(|token| token.as_ptr() as usize - text.as_ptr() as usize)
        .collect();
    if starts.len() <= SENTENCE_WORDS_MAX {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (index, (&at, token)) in starts.iter().zip(text.split_whitespace()).enumerate() {
        let breaks = length >= CHUNK_WORDS_BEFORE_BREAK
            && (words(token).any(|word| vocabulary.breaks.contains(word.as_str())) || text[..at].trim_end().ends_with(','));
        if (breaks || length >= CHUNK_WORDS_MAX) && starts.len() - index >= CHUNK_WORDS_MIN {
            pieces.push(&text[start..at]);
            (start, length) = (at, 0);
        }
        length += 1;
    }
    pieces.push(&text[start..]);
    pieces
}

/// "Um, hi, thank you, so my order is late" begins at "my".
fn without_openers<'a>(text: &'a str, vocabulary: &Vocabulary) -> &'a str {
    let mut rest = text.trim_start();
    loop {
        let opening = opening_words(rest, vocabulary);
        let Some(behind) = behind_words(rest, opening) else { return rest };
        if behind.len() == rest.len() || behind.split_whitespace().nth(CHUNK_WORDS_MIN - 1).is_none() {
            return rest;
        }
        rest = behind;
    }
}

/// How many words at the beginning can go: those of the longest polite phrase, or one opener.
fn opening_words(text: &str, vocabulary: &Vocabulary) -> usize {
    let first = words(text).next().unwrap_or_default();
    if !vocabulary.polite.begin_with(&first) {
        return usize::from(vocabulary.openers.contains(first.as_str()));
    }
    let beginning: Vec<&str> = text.split_whitespace().take(OPENING_TOKENS_MAX).collect();
    let spoken = normalise(&beginning.join(" "));
    match vocabulary.polite.begins(&spoken) {
        Some(words) => words,
        None => usize::from(spoken.split_whitespace().next().is_some_and(|word| vocabulary.openers.contains(word))),
    }
}

/// The text behind a number of words, and behind a dash or a smile before the next one. A token may hold several words
/// ("puis-je"), or none; `None` when it is cut within one.
fn behind_words(text: &str, count: usize) -> Option<&str> {
    let (mut rest, mut passed) = (text, 0);
    loop {
        let token = rest.split_whitespace().next()?;
        let inside = token.unicode_words().count();
        if passed == count && inside > 0 {
            return Some(rest);
        }
        passed += inside;
        if passed > count {
            return None;
        }
        rest = rest[token.len()..].trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::{super::language::detect, *};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let vocabulary = detect(std::iter::once(text));
        let turns = [Turn { speaker: Speaker::Customer, text }];
        let found = worth_considering(&turns, vocabulary, Demand::USUAL);
        assert_eq!(found.iter().map(|sentence| sentence.text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check(
            "My router stopped working. Mr. Smith said e.g. a reset helps! it did not help. the lights stay red",
            &["My router stopped working.", "Mr. Smith said e.g. a reset helps!", "the lights stay red"],
        );
    }

    #[test]
    fn greetings_fillers_and_names_are_left_out() {
        check("Hello, good morning! Thank you for calling. How can I help you today?", &[]);
        check("Can I have your full name and date of birth, please?", &[]);
        check("Um, yes, hi, so my parcel has not arrived", &["my parcel has not arrived"]);
    }

    #[test]
    fn a_negation_is_never_taken_for_an_opener() {
        check("No funciona el router de mi casa", &["No funciona el router de mi casa"]);
        check("No internet in the whole house since yesterday", &["No internet in the whole house since yesterday"]);
    }

    #[test]
    fn a_sentence_with_something_scrubbed_is_left_out() {
        check(
            "The card is [card number removed] and expires next month. The payment failed twice",
            &["The payment failed twice"],
        );
        check("The box [large] arrived damaged today", &["The box [large] arrived damaged today"]);
    }

    #[test]
    fn speech_without_punctuation_is_cut_at_clauses() {
        check(
            "i ordered a washing machine two weeks ago from your web shop and the driver never came to my house because the \
             address on the label was the one of my old flat",
            &[
                "i ordered a washing machine two weeks ago from your web shop",
                "the driver never came to my house because the address on the label was the one of my old flat",
            ],
        );
    }
}
