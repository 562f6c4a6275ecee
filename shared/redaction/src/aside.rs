//! Where something is said between digits that does not end their number: `hold on`, `the next four are`, `no, sorry`.

use crate::item::Item;
use crate::lexicon::{Aside, Lexicon, LongAside, Traits, WordId};
use crate::run::joint;

/// The aside that begins at item `at`, and how many items it has; of several the longest.
#[inline]
pub(crate) fn find(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let item = items.get(at)?;
    if may_begin(item) { begun(text, items, at, lexicon) } else { None }
}

fn may_begin(item: &Item) -> bool {
    item.traits.has(Traits::ASIDE)
}

/// The same where one may begin.
fn begun(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let (item, rest) = items.get(at..)?.split_first()?;
    // `NO 93` begins an account number in Norway.
    if item.is_caps() && item.len() == 2 {
        return None;
    }
    let entry = lexicon.get(item.id);
    let alone = entry.aside.map(|aside| (1, aside));
    let Some(next) = rest.first() else { return alone };
    // No aside goes on with a word that is not known.
    let is_said = next.id != WordId::default() && entry.begins_aside(next.id);
    let is_counted = entry.begins_aside(WordId::COUNT) && says(*next, WordId::COUNT);
    // Mostly it is no more than this one word, if it is that.
    if !is_said && !is_counted {
        return alone;
    }
    let with = |second: WordId| longest(text, item, rest, lexicon.asides(item.id, second));
    let said = if is_said { with(next.id) } else { None };
    let counted = if is_counted { with(WordId::COUNT) } else { None };
    let longer = match (said, counted) {
        (Some((length, _)), Some((other, _))) if length > other => said,
        _ => counted.or(said),
    };
    longer.or(alone)
}

/// The first of these asides, of which the longest come first, that `item` and `rest` say.
fn longest(text: &str, item: &Item, rest: &[Item], asides: &[LongAside]) -> Option<(usize, Aside)> {
    let fits = |words: &[WordId]| {
        let mut end = item.end;
        words.len() <= rest.len()
            && words.iter().zip(rest).all(|(word, item)| {
                joint(text, std::mem::replace(&mut end, item.end)..item.start).is_some() && says(*item, *word)
            })
    };
    let found = asides.iter().find(|aside| fits(&aside.words[1..]))?;
    Some((found.words.len(), found.aside))
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
    if !items[at].traits.has(Traits::COUNTS) {
        return None;
    }
    let first = at.saturating_sub(BEFORE_COUNT);
    // Mostly none of them begins one; then nobody asks which.
    if !items[first..at].iter().fold(false, |any, item| any | may_begin(item)) {
        return None;
    }
    let mut starts = (first..at).filter(|start| may_begin(&items[*start]));
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
    let counts = || item.traits.has(Traits::COUNTS) || item.traits.has(Traits::DIGITS) && item.len() == 1;
    item.id == word || word == WordId::COUNT && counts()
}
