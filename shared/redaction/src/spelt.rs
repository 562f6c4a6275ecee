//! Letters that are spelt out: by names next to one another (`Dora Emil`), and with an example (`B as in Bravo`).

use crate::aside::follows;
use crate::item::Item;
use crate::lexicon::{Entry, Lexicon, Traits, fold_letter};

/// The letter that the word at item `at` spells, being one of several letters in a row.
#[inline]
pub(crate) fn name(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<u8> {
    let item = items.get(at)?;
    if item.traits.has(Traits::NAME_OF) && is_in_row(text, items, at) { lexicon.get(item.id).name_of } else { None }
}

/// Does a word that spells stand right before or after item `at`? Few words are names.
#[cold]
fn is_in_row(text: &str, items: &[Item], at: usize) -> bool {
    let spells = |at: usize| {
        items.get(at).is_some_and(|item| {
            // `a`, `e`, `i`, `o`, `y` are words of their own.
            let is_word = |[c]: [u8; 1]| b"aeiouy".contains(&c.to_ascii_lowercase());
            (item.traits.has(Traits::NAME_OF) || item.traits.has(Traits::LETTER))
                && !text.as_bytes()[item.start..item.end].try_into().is_ok_and(is_word)
        })
    };
    at.checked_sub(1).is_some_and(spells) && follows(text, items, at) || spells(at + 1) && follows(text, items, at + 1)
}

/// The letter that the word at item `at` spells, if it spells one.
pub(crate) fn letter(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<u8> {
    entry(items, at, lexicon)?.letter.or_else(|| name(text, items, at, lexicon))
}

/// The example of a letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example {
    /// The item after it.
    pub(crate) next: usize,
    /// The byte after it.
    pub(crate) end: usize,
}

/// May an example begin with item `at`: `as`, `like`?
#[inline]
pub(crate) fn leads_to_example(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|item| item.traits.has(Traits::LEADS))
}

/// The example that follows the letter at item `at`.
pub(crate) fn example(text: &str, items: &[Item], at: usize, letter: u8, lexicon: &Lexicon) -> Option<Example> {
    if !leads_to_example(items, at + 1) {
        return None;
    }
    let joins = entry(items, at + 1, lexicon)?;
    joins.examples.iter().find_map(|rest| {
        let last = at + 1 + rest.len();
        let says = |at: usize, word| items.get(at)?.is(word).then_some(());
        (at + 2..).zip(rest).try_for_each(|(at, word)| says(at, *word))?;
        (at + 1..=last).all(|at| follows(text, items, at)).then_some(())?;
        let start = items.get(last)?.end;
        let word = text.get(start..)?.strip_prefix(' ')?;
        let length = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
        // A dash may join it to the next letter.
        let is_ray = length == 1 && word.get(1..5).is_some_and(|rest| rest.eq_ignore_ascii_case("-ray"));
        let length = if is_ray { 5 } else { length };
        let begins = word.chars().next().and_then(fold_letter)?.eq_ignore_ascii_case(&letter);
        let end = start + 1 + length;
        // An example is a word that spells, so a letter alone is none.
        (begins && length > 1).then(|| {
            let next = (last + 1..items.len()).find(|at| items[*at].start >= end).unwrap_or(items.len());
            Example { next, end }
        })
    })
}

fn entry<'l>(items: &[Item], at: usize, lexicon: &'l Lexicon) -> Option<&'l Entry> {
    items.get(at).filter(|item| !item.traits.has(Traits::WRITTEN)).map(|item| lexicon.get(item.id))
}
