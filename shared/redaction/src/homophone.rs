//! Words that sound like a digit and were written as what they sound like: `six won for two`.

use crate::aside::follows;
use crate::item::Item;
use crate::lexicon::{Entry, Lexicon, Sense, Traits, WordId};

/// So many digits around it make one of a word that often stands between two numbers: `six four for two`.
const AMID: usize = 3;
/// The longest of those: `to`, `too`, `for`.
const JOINING_MAX: usize = 3;
/// How many are looked at on each side.
const SIDE: usize = 2;
/// How many fillers may stand before the first.
const LEAD_MAX: usize = 2;
/// At the end of a text so many before it do.
const AT_END: usize = 5;
/// At the start of what is said so many after it do.
const AT_START: usize = 3;

/// The digit that the word at item `at` sounds like, if it stands amid digits said one by one.
#[inline]
pub(crate) fn digit(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<u8> {
    if !sounds(items, at) {
        return None;
    }
    let digit = entry(items, at, lexicon)?.sounds?;
    is_amid(text, items, at, lexicon).then_some(digit)
}

/// Does item `at` stand amid digits said one by one? Few words sound like one.
#[cold]
fn is_amid(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    let before =
        (0..SIDE).take_while(|back| at > *back && follows(text, items, at - back) && counts(items, at - back - 1, lexicon));
    let before = before.count();
    if before == 0 {
        return begins(text, items, at, lexicon);
    }
    let joins =
        || matches!(text.as_bytes().get(items[at].start), Some(b't' | b'T' | b'f' | b'F')) && items[at].len() <= JOINING_MAX;
    let after = (1..=SIDE).take_while(|on| follows(text, items, at + on) && counts(items, at + on, lexicon)).count();
    let is_end = || at + 1 == items.len() && before >= SIDE && (!joins() || follow_before(text, items, at, lexicon));
    if joins() { after > 0 && before + after >= AMID || is_end() } else { after > 0 || is_end() }
}

/// Do so many digits stand before it that it ends their number: `nine six one for`?
fn follow_before(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    at >= AT_END && (0..AT_END).all(|back| follows(text, items, at - back) && counts(items, at - back - 1, lexicon))
}

/// May what is said begin with the word at item `at`, which sounds like a digit?
#[inline]
pub(crate) fn begins(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    at <= LEAD_MAX && sounds(items, at) && is_first(text, items, at, lexicon)
}

/// Is nothing said before it but fillers, and enough digits after it?
#[cold]
fn is_first(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> bool {
    items[..at].iter().all(|item| item.traits.has(Traits::FILLER))
        && (1..=AT_START).all(|on| follows(text, items, at + on) && counts(items, at + on, lexicon))
}

/// Does the word at item `at` sound like a digit?
fn sounds(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|item| item.traits.has(Traits::SOUNDS))
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
