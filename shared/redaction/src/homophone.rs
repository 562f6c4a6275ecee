//! Words that sound like a digit and were written as what they sound like: `six won for two`.

use crate::aside::follows;
use crate::item::Item;
use crate::lexicon::{Entry, Lexicon, Sense, WordId};

/// Between so many digits on each side a word of two or three letters is one too: `nine tree for two two`.
const AMID: usize = 2;
/// Words of more letters seldom stand between digits for what they say.
const LITTLE_MAX: usize = 3;

/// The digit that the word at item `at` sounds like, if it stands amid digits said one by one.
#[inline]
pub(crate) fn digit(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<u8> {
    let digit = entry(items, at, lexicon)?.sounds?;
    is_amid(text, items, at, lexicon).then_some(digit)
}

/// Does item `at` stand amid digits said one by one? Few words sound like one.
#[cold]
fn is_amid(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    let amid = if items[at].end - items[at].start <= LITTLE_MAX { AMID } else { 1 };
    let before = (0..amid).all(|back| at > back && follows(text, items, at - back) && counts(items, at - back - 1, lexicon));
    before && (1..=amid).all(|on| follows(text, items, at + on) && counts(items, at + on, lexicon))
}

/// Is it a digit in a word, or a word that sounds like one?
fn counts(items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    entry(items, at, lexicon).is_some_and(|entry| {
        let is_digit = |sense: &Sense| matches!(sense, Sense::Digit(_) | Sense::Plural(_) | Sense::Times(_));
        entry.sounds.is_some() || entry.senses.iter().flatten().any(is_digit)
    })
}

fn entry<'l>(items: &[Item], at: usize, lexicon: &'l Lexicon) -> Option<&'l Entry> {
    items.get(at).filter(|item| item.id != WordId::default()).map(|item| lexicon.get(item.id))
}
