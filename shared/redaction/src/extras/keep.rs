//! Words and phrases that stay.

use std::ops::Range;

use super::{Extras, Fault, Flaw, Spot};

/// Phrases that stay where they are said literally.
#[derive(Clone, Default)]
pub(super) struct Keep(Vec<Phrase>);

/// Small letters, and one blank for any white space.
#[derive(Clone)]
struct Phrase(Vec<char>);

/// How many bytes before a number its phrase may begin: every character of the longest phrase at its widest, and some blanks.
const REACH: usize = Extras::KEEP_WORD_CHARS_MAX * 4;

impl Keep {
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(super) fn compile(words: &[&str]) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        if words.len() > Extras::KEEP_WORDS_MAX {
            faults.push(Fault { spot: Spot::KeepWords, flaw: Flaw::TooMany { max: Extras::KEEP_WORDS_MAX } });
            return (Self::none(), faults);
        }
        let mut phrases = Vec::with_capacity(words.len());
        for (index, word) in words.iter().enumerate() {
            match Phrase::read(word) {
                Ok(phrase) => phrases.push(phrase),
                Err(flaw) => faults.push(Fault { spot: Spot::KeepWord(index), flaw }),
            }
        }
        (Self(phrases), faults)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Does `range` lie within a phrase that stays, and all of which remains? Asked only of what is about to be removed, so it may take a look around.
    pub(super) fn holds(&self, text: &str, range: &Range<usize>, remains: impl Fn(&Range<usize>) -> bool) -> bool {
        let from = range.start.saturating_sub(REACH);
        let mut starts = (from..=range.start).filter(|at| text.is_char_boundary(*at));
        starts.any(|start| {
            is_edge(text, start)
                && self.0.iter().any(|phrase| {
                    let length = phrase.length_at(&text[start..]);
                    length.is_some_and(|length| {
                        let end = start + length;
                        end >= range.end && is_edge(text, end) && remains(&(start..end))
                    })
                })
        })
    }
}

impl Phrase {
    fn read(word: &str) -> Result<Self, Flaw> {
        let word = word.trim();
        if word.is_empty() {
            return Err(Flaw::Missing);
        }
        if word.chars().nth(Extras::KEEP_WORD_CHARS_MAX).is_some() {
            return Err(Flaw::TooLong { max: Extras::KEEP_WORD_CHARS_MAX });
        }
        let signs = word.chars().filter(|c| c.is_alphanumeric()).count();
        if signs == 0 || word.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(Flaw::NoWord);
        }
        if signs < Extras::KEEP_NUMBER_MIN && word.chars().any(char::is_numeric) {
            return Err(Flaw::TooShort);
        }
        let mut phrase = Vec::with_capacity(word.len());
        for (at, part) in word.split_whitespace().enumerate() {
            phrase.extend((at > 0).then_some(' '));
            phrase.extend(part.chars().flat_map(char::to_lowercase));
        }
        Ok(Self(phrase))
    }

    /// How many bytes of `text` the phrase is, if the text begins with it.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut rest = self.0.iter().copied().peekable();
        let mut chars = text.char_indices().peekable();
        while rest.peek().is_some() {
            let (_, c) = chars.next()?;
            if c.is_whitespace() {
                rest.next_if_eq(&' ')?;
                while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            } else {
                for small in c.to_lowercase() {
                    rest.next_if_eq(&small)?;
                }
            }
        }
        Some(chars.peek().map_or(text.len(), |(at, _)| *at))
    }
}

/// Is this no place within a word or number?
fn is_edge(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(touches(before.chars().next_back()) && touches(after.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, text: &str, number: &str, expected: bool) {
        let (keep, faults) = Keep::compile(&[word]);
        assert_eq!(faults, []);
        let start = text.find(number).expect("the text holds the number");
        assert_eq!(keep.holds(text, &(start..start + number.len()), |_| true), expected);
    }

    #[test]
    fn what_lies_within_a_phrase_is_held() {
        check("4000 1234 5678 9010", "call 4000 1234 5678 9010.", "4000 1234 5678 9010", true);
        check("hotline 0800 123 4567", "our HOTLINE  0800\u{a0}123 4567", "0800\u{a0}123 4567", true);
        check("Straße 12345", "die STRAßE 12345 dort", "12345", true);
        check("+49 800 1234", "(+49 800 1234)", "49 800 1234", true);
        check("ÄB 123456", "äb 123456", "123456", true);
    }

    #[test]
    fn what_reaches_beyond_it_or_only_looks_like_it_is_not() {
        check("4000 1234", "4000 1234 5678 9010", "4000 1234 5678 9010", false);
        check("4000 1234", "4000 12345", "4000 1234", false);
        check("4000 1234", "14000 1234", "4000 1234", false);
        check("4000 1234", "4000-1234", "4000-1234", false);
        check("4000 1234", "4000 1235", "4000 1235", false);
        check("hotline 12345", "hot line 12345", "12345", false);
    }

    #[test]
    fn a_number_at_the_end_of_a_long_text_is_looked_at_from_near_by() {
        let text = format!("{} hotline 12345", "é ".repeat(10_000));
        check("hotline 12345", &text, "12345", true);
    }
}
