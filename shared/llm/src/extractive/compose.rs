//! The chosen sentences as one text that says who said what.

use super::{language::Vocabulary, sentences::Sentence};
use crate::{
    clean::{cut_at_word, one_line},
    conversation::Speaker,
};

/// A single sentence may take this share of the whole, in percent.
const SENTENCE_SHARE: usize = 40;

/// Writes the chosen sentences in the order of the conversation; the least important go until the text fits.
pub(super) fn compose(
    sentences: &[Sentence<'_>],
    by_importance: &[usize],
    vocabulary: &Vocabulary,
    max_chars: usize,
) -> Option<String> {
    for keep in (1..=by_importance.len()).rev() {
        let mut chosen = by_importance[..keep].to_vec();
        chosen.sort_unstable();
        let share = if keep == 1 { max_chars } else { max_chars * SENTENCE_SHARE / 100 };
        let text = write(chosen.into_iter().map(|index| &sentences[index]), vocabulary, share);
        if text.chars().count() <= max_chars {
            return Some(text);
        }
        if keep == 1 {
            return Some(cut_at_word(&text, max_chars)).filter(|text| !text.is_empty());
        }
    }
    None
}

fn write<'a>(sentences: impl Iterator<Item = &'a Sentence<'a>>, vocabulary: &Vocabulary, share: usize) -> String {
    let mut text = String::new();
    let mut speaking = None;
    for sentence in sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        if speaking != Some(sentence.speaker) {
            text.push_str(match sentence.speaker {
                Speaker::Agent => vocabulary.agent,
                Speaker::Customer => vocabulary.customer,
            });
            text.push_str(": ");
            speaking = Some(sentence.speaker);
        }
        text.push_str(&finished(sentence.text, share));
    }
    text
}

/// A capital at the beginning, a full stop at the end, and no longer than its share.
fn finished(sentence: &str, share: usize) -> String {
    let line = one_line(sentence);
    let line = cut_at_word(line.trim_end_matches([',', ';', ':', '-', '–']).trim_end(), share);
    let mut letters = line.chars();
    let mut text: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if text.ends_with(|c: char| c.is_alphanumeric()) {
        text.push('.');
    }
    text
}
