//! Where something is said between digits that does not end their number: `hold on`, `the next four are`, `no, sorry`.

use crate::lexer::{Class, Item};
use crate::lexicon::{Aside, Lexicon, Traits, WordId};
use crate::run::glue;

/// The aside that begins at item `at`, and how many items it has.
pub(crate) fn find(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<(usize, Aside)> {
    let Class::Word { id, traits, .. } = items.get(at)?.class else { return None };
    if !traits.has(Traits::ASIDE) {
        return None;
    }
    let fits = |rest: &[WordId]| (at + 1..).zip(rest).all(|(at, word)| follows(text, items, at) && says(items[at], *word));
    let (rest, aside) = lexicon.get(id).asides.iter().find(|(rest, _)| fits(rest))?;
    Some((rest.len() + 1, *aside))
}

/// Does an aside that takes digits back end right before item `at`? What it takes back was said in an earlier turn.
pub(crate) fn takes_back(text: &str, items: &[Item], at: usize, lexicon: &Lexicon) -> Option<Aside> {
    (at.saturating_sub(LENGTH_MAX)..at).find_map(|from| {
        let (length, aside) = find(text, items, from, lexicon).filter(|(_, aside)| *aside != Aside::Filler)?;
        (from + length == at && follows(text, items, at)).then_some(aside)
    })
}

/// How many words the longest aside that takes digits back has.
const LENGTH_MAX: usize = 5;

/// Is the item next to the one before it?
pub(crate) fn follows(text: &str, items: &[Item], at: usize) -> bool {
    let Some((last, item)) = at.checked_sub(1).and_then(|last| items.get(last).zip(items.get(at))) else { return false };
    last.ordinal + 1 == item.ordinal && glue(text.get(last.end..item.start).unwrap_or_default()).is_some()
}

fn says(item: Item, word: WordId) -> bool {
    match item.class {
        Class::Word { id, traits, .. } => id == word || word == WordId::COUNT && traits.has(Traits::COUNTS),
        Class::Digits => word == WordId::COUNT && item.end - item.start == 1,
        Class::Code | Class::Removed(_) => false,
    }
}
