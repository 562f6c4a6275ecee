//! Items as runs: stretches that may be one number, with what people put between its digits.

use std::ops::Range;

use crate::lexer::{Class, Item};
use crate::lexicon::Lexicon;
use crate::text::Text;

/// A stretch of one text that may be a number, as a range of its items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) items: Range<usize>,
    /// It counts something; else it is letters only, which may be a part of a code said over several turns.
    pub(crate) counts: bool,
}

/// What lies between two neighbouring items of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glue {
    /// Nothing, or an invisible character.
    Tight,
    Blank,
    Dash,
    Dot,
    Comma,
    Slash,
    /// Several of these, or a sign such as `_` or `*`.
    Other,
}

/// More fillers than this between two digits, and the number has ended.
const FILLERS_MAX: usize = 4;
/// A gap of more bytes than this ends a number. Unicode blanks and dashes have three.
const GAP_MAX: usize = 16;

/// The runs of a text, in order.
pub(crate) fn find(text: &str, items: &[Item], lexicon: &Lexicon) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open: Option<Run> = None;
    let is_shouted = is_shouted(items);
    for (at, item) in items.iter().enumerate() {
        // Most words are in no run; only where one is open does the gap matter.
        let ends = |last: usize| glue(&text[items[last].end..item.start]).is_none();
        if open.is_some() && at.checked_sub(1).is_some_and(ends) {
            runs.extend(open.take());
        }
        match weigh(item, lexicon, is_shouted) {
            Weight::Nothing => runs.extend(open.take()),
            Weight::Filler => {
                if open.as_ref().is_some_and(|run| at - run.items.end >= FILLERS_MAX) {
                    runs.extend(open.take());
                }
            }
            weight => {
                let run = open.get_or_insert(Run { items: at..at, counts: false });
                run.items.end = at + 1;
                run.counts |= weight == Weight::Count;
            }
        }
    }
    runs.extend(open);
    runs
}

#[derive(PartialEq, Eq)]
enum Weight {
    Count,
    Letter,
    Filler,
    Nothing,
}

fn weigh(item: &Item, lexicon: &Lexicon, is_shouted: bool) -> Weight {
    match item.class {
        Class::Digits | Class::Code => Weight::Count,
        Class::Removed(_) => Weight::Nothing,
        Class::Word { id, caps } => {
            let entry = lexicon.get(id);
            match () {
                // A single letter may count (`o`), but by itself it is more often a word (`a`, `e`, `y`).
                () if entry.letter.is_some() => Weight::Letter,
                // The Portuguese one is the English `um`: which of them, the reading decides.
                () if entry.counts() && (entry.filler || entry.weak) => Weight::Letter,
                () if entry.counts() => Weight::Count,
                // `SIN 046..`: what names the number is no part of it.
                () if caps && entry.phrases.iter().any(|(rest, _)| rest.is_empty()) => Weight::Nothing,
                () if caps && spells(item, entry.filler, is_shouted) => Weight::Letter,
                () if entry.filler => Weight::Filler,
                () => Weight::Nothing,
            }
        }
    }
}

/// Is a group of capitals a part of a code? `JA` is one in `JA 435969 A`, and a yes where everything is in capitals.
pub(crate) fn spells(item: &Item, filler: bool, is_shouted: bool) -> bool {
    !filler || !is_shouted && item.end - item.start == 2
}

/// More words than this in capitals and none in lower case: they say nothing.
const CAPS_WORDS_MAX: usize = 3;

pub(crate) fn is_shouted(items: &[Item]) -> bool {
    let mut caps_words = 0;
    for item in items {
        match item.class {
            Class::Word { caps: false, .. } => return false,
            Class::Word { caps: true, .. } => caps_words += 1,
            Class::Digits | Class::Code | Class::Removed(_) => {}
        }
    }
    caps_words > CAPS_WORDS_MAX
}

/// How a gap joins its neighbours. `None`: it does not.
pub(crate) fn glue(gap: &str) -> Option<Glue> {
    if gap.len() > GAP_MAX {
        return None;
    }
    let mut sum = Glue::Tight;
    for c in gap.chars() {
        let glue = match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' | '\u{20e3}' | '\u{202a}'..='\u{202e}' => {
                continue;
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' | '~' => Glue::Dash,
            '.' | '\u{b7}' | '\u{2022}' | '\u{2024}' | '\u{2026}' | '\u{3002}' | '\u{ff0e}' | '\u{2027}' | '\u{30fb}' => {
                Glue::Dot
            }
            ',' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' => Glue::Comma,
            '/' | '\u{2044}' | '\u{ff0f}' | '\\' => Glue::Slash,
            '_' | '*' | '|' | '\'' | '\u{2019}' | '"' => Glue::Other,
            // The `%20` of a URL.
            '%' if gap.contains("%20") => Glue::Blank,
            '2' | '0' if gap.contains("%20") => continue,
            c if c.is_whitespace() || c == '\u{2800}' || c == '\u{3164}' => Glue::Blank,
            _ => return None,
        };
        sum = match (sum, glue) {
            (Glue::Tight | Glue::Blank, any) | (any, Glue::Blank) => any,
            (sum, glue) if sum == glue => sum,
            _ => Glue::Other,
        };
    }
    Some(sum)
}

/// Does a sentence end anywhere in these gaps?
pub(crate) fn sentence_ends(text: &Text<'_>, items: Range<usize>) -> bool {
    items.clone().zip(items.skip(1)).any(|(a, b)| {
        let gap = text.between(a, b);
        gap.contains(['?', '!', '\n']) || gap.contains(['.', ';']) && gap.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lexicon = Lexicon::new();
        let items = lex(text, &lexicon);
        let runs = find(text, &items, &lexicon);
        let found: Vec<_> = runs
            .iter()
            .filter(|run| run.counts)
            .map(|run| &text[items[run.items.start].start..items[run.items.end - 1].end])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn separators_and_fillers_do_not_end_a_run() {
        check("it is 4111-11 11.1111, uh, and 1111 thanks", &["4111-11 11.1111, uh, and 1111"]);
        check("4111\u{a0}1111\u{2011}1111", &["4111\u{a0}1111\u{2011}1111"]);
        check("four one, one double one", &["four one, one double one"]);
    }

    #[test]
    fn other_words_and_signs_end_it() {
        check("4111 euros 1111", &["4111", "1111"]);
        check("€4111 $1111 (1111) +1111", &["4111", "1111", "1111", "1111"]);
    }
}
