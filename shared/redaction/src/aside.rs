//! Where something is said between digits that does not end their number: `hold on`, `the next four are`, `no, sorry`.

use crate::lexer::{Class, Item};
use crate::lexicon::{Aside, Lexicon, Traits, WordId};
use crate::run::joint;

/// The aside that begins at item `at`, and how many items it has; of several the longest.
#[inline]
pub(crate) fn find(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    match items.get(at)?.class {
        Class::Word { traits, .. } if traits.has(Traits::ASIDE) => begun(text, items, at, lexicon),
        _ => None,
    }
}

/// The same where one may begin.
fn begun(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let Class::Word { id, caps, .. } = items.get(at)?.class else { return None };
    // `NO 93` begins an account number in Norway.
    if caps && items[at].end - items[at].start == 2 {
        return None;
    }
    let entry = lexicon.get(id);
    let longer = if entry.begins_aside { longer(text, items, at, id, lexicon) } else { None };
    longer.or(entry.aside.map(|aside| (1, aside)))
}

/// The same of those of several words.
fn longer(text: &str, items: &[Item], at: usize, first: WordId, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let next = items.get(at + 1)?;
    let second = match next.class {
        Class::Word { id, .. } => id,
        Class::Digits | Class::Code | Class::Removed(_) => WordId::default(),
    };
    let of = |second: WordId| {
        let fits = |rest: &[WordId]| (at + 1..).zip(rest).all(|(at, word)| follows(text, items, at) && says(items[at], *word));
        let found = lexicon.asides(first, second).iter().find(|aside| fits(&aside.words[1..]))?;
        Some((found.words.len(), found.aside))
    };
    let counts = if says(*next, WordId::COUNT) { of(WordId::COUNT) } else { None };
    // No aside goes on with a word that is not known.
    let said = if second == WordId::default() { None } else { of(second) };
    said.into_iter().chain(counts).max_by_key(|(length, _)| *length)
}

/// Does an aside that takes digits back end right before item `at`? What it takes back was said in an earlier turn.
pub(crate) fn takes_back(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<Aside> {
    (at.saturating_sub(LENGTH_MAX)..at).find_map(|from| {
        let (length, aside) = find(text, items, from, lexicon).filter(|(_, aside)| *aside != Aside::Filler)?;
        (from + length == at && follows(text, items, at)).then_some(aside)
    })
}

/// Where the aside ends that began shortly before the number word at `at` and goes on behind it, if one does.
#[inline]
pub(crate) fn around(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let counts = matches!(items[at].class, Class::Word { traits, .. } if traits.has(Traits::COUNTS));
    let mut starts = if counts { at.saturating_sub(BEFORE_COUNT)..at } else { 0..0 };
    starts.find_map(|start| find(text, items, start, lexicon).map(|(length, _)| start + length).filter(|end| *end > at))
}

/// How many words stand before the number word of an aside, at most: `und die letzten vier sind`.
const BEFORE_COUNT: usize = 4;

/// How many words the longest aside that takes digits back has.
const LENGTH_MAX: usize = 5;

/// Is the item next to the one before it?
#[inline]
pub(crate) fn follows(text: &str, items: &[Item], at: usize) -> bool {
    let Some((last, item)) = at.checked_sub(1).and_then(|last| items.get(last).zip(items.get(at))) else { return false };
    joint(text, last.end..item.start).is_some()
}

fn says(item: Item, word: WordId) -> bool {
    match item.class {
        Class::Word { id, traits, .. } => id == word || word == WordId::COUNT && traits.has(Traits::COUNTS),
        Class::Digits => word == WordId::COUNT && item.end - item.start == 1,
        Class::Code | Class::Removed(_) => false,
    }
}
