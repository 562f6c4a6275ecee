//! Where something is said between digits that does not end their number: `hold on`, `the next four are`, `no, sorry`.

use crate::lexer::{Class, Item};
use crate::lexicon::{Aside, Lexicon, Traits, WordId};
use crate::run::joint;

/// The aside that begins at item `at`, and how many items it has; of several the longest.
#[inline]
pub(crate) fn find(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let item = items.get(at)?;
    if may_begin(item) { begun(text, items, at, lexicon) } else { None }
}

fn may_begin(item: &Item) -> bool {
    matches!(item.class, Class::Word { traits, .. } if traits.has(Traits::ASIDE))
}

/// The same where one may begin.
fn begun(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let (item, rest) = items.get(at..)?.split_first()?;
    let Class::Word { id, caps, .. } = item.class else { return None };
    // `NO 93` begins an account number in Norway.
    if caps && item.end - item.start == 2 {
        return None;
    }
    let entry = lexicon.get(id);
    let longer = if entry.begins_aside { longer(text, item, rest, id, lexicon) } else { None };
    longer.or(entry.aside.map(|aside| (1, aside)))
}

/// The same of those of several words; `rest`: the items after the first.
fn longer(text: &str, item: &Item, rest: &[Item], first: WordId, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let of = |second: WordId| {
        let fits = |words: &[WordId]| {
            let mut end = item.end;
            words.len() <= rest.len()
                && words.iter().zip(rest).all(|(word, item)| {
                    joint(text, std::mem::replace(&mut end, item.end)..item.start).is_some() && says(*item, *word)
                })
        };
        let found = lexicon.asides(first, second).iter().find(|aside| fits(&aside.words[1..]))?;
        Some((found.words.len(), found.aside))
    };
    let next = rest.first()?;
    // No aside goes on with a word that is not known.
    let said = match next.class {
        Class::Word { id, .. } if id != WordId::default() => of(id),
        _ => None,
    };
    let counts = if says(*next, WordId::COUNT) { of(WordId::COUNT) } else { None };
    match (said, counts) {
        (Some((length, _)), Some((other, _))) if length > other => said,
        _ => counts.or(said),
    }
}

/// Does an aside that takes digits back end right before item `at`? What it takes back was said in an earlier turn.
pub(crate) fn takes_back(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<Aside> {
    let mut starts = (at.saturating_sub(LENGTH_MAX)..at).filter(|start| may_begin(&items[*start]));
    starts.find_map(|start| {
        let (length, aside) = begun(text, items, start, lexicon).filter(|(_, aside)| *aside != Aside::Filler)?;
        (start + length == at && follows(text, items, at)).then_some(aside)
    })
}

/// Where the aside ends that began shortly before the number word at `at` and goes on behind it, if one does.
#[inline]
pub(crate) fn around(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<usize> {
    match items[at].class {
        Class::Word { traits, .. } if traits.has(Traits::COUNTS) => {}
        _ => return None,
    }
    let mut starts = (at.saturating_sub(BEFORE_COUNT)..at).filter(|start| may_begin(&items[*start]));
    starts.find_map(|start| begun(text, items, start, lexicon).map(|(length, _)| start + length).filter(|end| *end > at))
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
