//! Items as runs: stretches that may be one number, with what people put between its digits.

use std::ops::Range;

use crate::aside;
use crate::homophone;
use crate::item::{Class, Item, having};
use crate::lexicon::{Lexicon, Traits};
use crate::spelt::{self, Example};

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
/// So many words in a row that count in one language and say nothing in another do count: `um um um um`, `due due due due`.
const MAYBE_MIN: usize = 4;
/// In a text of so few words a vowel by itself may be a piece of a code; in a longer one it is if it comes last.
const SHORT: usize = 8;
/// A gap of more bytes than this ends a number. Unicode blanks and dashes have three.
const GAP_MAX: usize = 16;

const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// The runs of a text, in order. `has_lower`: it has words in lower case.
pub(crate) fn find(text: &str, items: &[Item], has_lower: bool, lexicon: &Lexicon, runs: &mut Vec<Run>) {
    let finder = Finder { text, items, lexicon, is_shouted: !has_lower && is_shouted(items) };
    let mut next = 0;
    for at in having(items, Traits::BEGINS_RUN) {
        if at >= next {
            next = finder.run(at, runs);
        }
    }
}

/// Finds the runs of one text.
struct Finder<'t> {
    text: &'t str,
    items: &'t [Item],
    lexicon: &'t Lexicon,
    is_shouted: bool,
}

impl Finder<'_> {
    /// The run that begins at item `at`, if one does, and where to look for the next.
    fn run(&self, mut at: usize, runs: &mut Vec<Run>) -> usize {
        let Self { text, items, lexicon, .. } = *self;
        // `The next four are ..`: the four is none of the number's.
        if let Some(next) = aside::around(text, items, at, lexicon) {
            return next;
        }
        // What is said where no run is open is said beside it.
        if !may_begin(text, items, at, lexicon) {
            return at + 1;
        }
        // `won six zero`: it may be the first digit that was written as what it sounds like.
        at = at.checked_sub(1).filter(|last| homophone::begins(text, items, *last, lexicon)).unwrap_or(at);
        let mut run = Run { items: at..at, counts: false };
        // What is said between digits since the last of them.
        let mut fillers = 0;
        let mut maybe = 0;
        loop {
            // Where the last item ends, or the example of a letter, which need not be an item.
            let mut end = items[at].end;
            let (weight, length) = self.weigh(at);
            match weight {
                Weight::Filler | Weight::Nothing => {
                    fillers += 1;
                    let ends = weight == Weight::Nothing && !is_article(items, at) || fillers > FILLERS_MAX;
                    at += length;
                    if run.items.is_empty() {
                        return at;
                    }
                    if ends {
                        break;
                    }
                    end = items.get(at - 1).map_or(end, |last| last.end);
                }
                Weight::Count | Weight::Letter => {
                    fillers = 0;
                    maybe += usize::from(items[at].traits.has(Traits::COUNTS));
                    run.counts |= weight == Weight::Count || maybe >= MAYBE_MIN;
                    let example = if weight == Weight::Letter { self.example(at) } else { None };
                    at = example.map_or(at + 1, |example| example.next);
                    end = example.map_or(end, |example| example.end);
                    run.items.end = at;
                }
            }
            let Some(next) = items.get(at) else { break };
            if joint(text, end..next.start).is_none() {
                break;
            }
        }
        runs.push(run);
        at
    }

    /// What an item is in a run, and how many items that covers.
    fn weigh(&self, at: usize) -> (Weight, usize) {
        let Self { text, items, lexicon, is_shouted } = *self;
        let item = &items[at];
        if let Some((length, _)) = aside::find(text, items, at, lexicon) {
            return (Weight::Filler, length);
        }
        if item.len() == 1 && self.is_word(at) {
            return (Weight::Nothing, 1);
        }
        let weight = match weigh(item, is_shouted) {
            Weight::Nothing | Weight::Filler if spelt::name(text, items, at, lexicon).is_some() => Weight::Letter,
            Weight::Nothing if homophone::digit(text, items, at, lexicon).is_some() => Weight::Count,
            weight => weight,
        };
        (weight, 1)
    }

    /// Is the letter at item `at` a word, or a part of one: `You'd think`, `.. 1958. I thought`?
    fn is_word(&self, at: usize) -> bool {
        let Self { text, items, .. } = *self;
        let item = &items[at];
        if !item.traits.has(Traits::LETTER) {
            return false;
        }
        let (before, after) = (&text[..item.start], &text[item.end..]);
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let before_it = || before.strip_suffix(APOSTROPHES).map(|before| before.chars().next_back());
        let after_it = || after.strip_prefix(APOSTROPHES).map(|after| after.chars().next());
        if before_it().is_some_and(is_letter) || after_it().is_some_and(is_letter) {
            return true;
        }
        let ends = || before.trim_end().ends_with(['.', '?', '!']);
        let is_vowel = matches!(text.as_bytes()[item.start].to_ascii_uppercase(), b'A' | b'E' | b'I' | b'O' | b'Y') && ends();
        let says = |next: &Item| next.traits.has(Traits::LOWER) && !next.traits.has(Traits::GOES_ON);
        (is_vowel || &text[item.start..item.end] == "I")
            && items.get(at + 1).is_some_and(says)
            && !spelt::leads_to_example(items, at + 1)
    }

    /// The example of the letter at item `at`.
    fn example(&self, at: usize) -> Option<Example> {
        let Self { text, items, lexicon, .. } = *self;
        // Only few words lead to one, so they come first.
        if !spelt::leads_to_example(items, at + 1) {
            return None;
        }
        spelt::letter(text, items, at, lexicon).and_then(|letter| spelt::example(text, items, at, letter, lexicon))
    }
}

/// Can a run begin with this item, as such an item can, where it stands?
fn may_begin(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    let item = &items[at];
    // `I`, `a`, `y`, `è`: words, unless more follows at once.
    item.len() != 1
        || item.traits.has(Traits::COUNTS_OR_WRITTEN)
        || item.traits.has(Traits::BEGINS) && letter_begins(text, items, at, lexicon)
}

/// The same for a letter by itself.
fn letter_begins(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    let start = items[at].start;
    let letter = text.as_bytes()[start].to_ascii_uppercase();
    let goes_on = || items.get(at + 1).is_some_and(|next| next.traits.has(Traits::GOES_ON));
    // The `s` of `it's`.
    let before = &text.as_bytes()[..start];
    let is_ending = || before.ends_with(b"'") || before.ends_with("\u{2019}".as_bytes());
    let is_vowel = matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y');
    let is_spelt = || spelt::leads_to_example(items, at + 1) && spelt::example(text, items, at, letter, lexicon).is_some();
    (!is_vowel || goes_on() || items.len() <= SHORT || at + 1 == items.len() || is_spelt()) && !is_ending()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Count,
    Letter,
    Filler,
    Nothing,
}

fn weigh(item: &Item, is_shouted: bool) -> Weight {
    match item.class() {
        Class::Digits | Class::Code => Weight::Count,
        Class::Removed(_) => Weight::Nothing,
        Class::Word { traits, .. } => match () {
            // A single letter may count (`o`), but by itself it is more often a word (`a`, `e`, `y`).
            () if traits.has(Traits::LETTER) => Weight::Letter,
            // `SIN 046..`: what names the number is no part of it. `EIN` is a German one besides.
            () if item.is_caps() && traits.has(Traits::NAMES) => Weight::Nothing,
            // The Portuguese one is the English `um`: which of them, the reading decides.
            () if traits.has(Traits::COUNTS) && (traits.has(Traits::FILLER) || traits.has(Traits::WEAK)) => Weight::Letter,
            () if traits.has(Traits::COUNTS) => Weight::Count,
            () if item.is_caps() && spells(item, traits.has(Traits::FILLER), is_shouted) => Weight::Letter,
            () if traits.has(Traits::FILLER) => Weight::Filler,
            () => Weight::Nothing,
        },
    }
}

/// Is it the article of `three times the seven`?
fn is_article(items: &[Item], at: usize) -> bool {
    let has = |at: usize, traits: Traits| items.get(at).is_some_and(|item| item.traits.has(traits));
    has(at, Traits::ARTICLE) && at.checked_sub(1).is_some_and(|last| has(last, Traits::MULTIPLIES))
}

/// Is a group of capitals a part of a code? `JA` is one in `JA 435969 A`, and a yes where everything is in capitals.
pub(crate) fn spells(item: &Item, filler: bool, is_shouted: bool) -> bool {
    !filler || !is_shouted && item.end - item.start == 2
}

/// More words than this in capitals and none in lower case: they say nothing.
const CAPS_WORDS_MAX: usize = 3;

pub(crate) fn is_shouted(items: &[Item]) -> bool {
    !items.iter().any(|item| item.traits.has(Traits::LOWER))
        && items.iter().filter(|item| item.is_caps()).count() > CAPS_WORDS_MAX
}

/// How the gap between two places in a text joins what stands beside it. `None`: it does not.
#[inline]
pub(crate) fn joint(text: &str, gap: Range<usize>) -> Option<Glue> {
    // Nearly always it is a blank.
    if gap.len() == 1 && text.as_bytes().get(gap.start) == Some(&b' ') {
        return Some(Glue::Blank);
    }
    glue(text.get(gap).unwrap_or_default())
}

/// The same for the gap itself.
pub(crate) fn glue(gap: &str) -> Option<Glue> {
    match gap.as_bytes() {
        [] => return Some(Glue::Tight),
        [b' '] => return Some(Glue::Blank),
        [b'-'] => return Some(Glue::Dash),
        [b',', b' '] => return Some(Glue::Comma),
        [b'.', b' '] => return Some(Glue::Dot),
        // The check digit of Hong Kong's: `A123456(3)`; a group by itself: `(705326) 6088`; and `once more: 4111`.
        [b'(' | b')'] | [b')' | b':', b' '] => return Some(Glue::Other),
        gap if gap.len() > GAP_MAX => return None,
        _ => {}
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
            ',' | ';' | '\u{60c}' | '\u{3001}' | '\u{ff0c}' => Glue::Comma,
            '/' | '\u{2044}' | '\u{ff0f}' | '\\' => Glue::Slash,
            // The voice that goes up after each group: `5572? 3966?`
            '_' | '*' | '|' | '\'' | '\u{2019}' | '"' | '?' => Glue::Other,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::lex;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lexicon = Lexicon::new();
        let (mut items, mut runs) = (Vec::new(), Vec::new());
        let census = lex(text, &lexicon, &crate::Extras::none(), &mut items);
        find(text, &items, census.traits.has(Traits::LOWER), &lexicon, &mut runs);
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
