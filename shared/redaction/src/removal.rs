//! What becomes of the items of a text of which numbers are removed: what they would be if it had come with what stands for
//! those, so that a second time changes nothing.

use std::ops::Range;

use crate::item::Item;
use crate::kind::Kind;
use crate::lexicon::Known;

/// Puts what stands for a removed number in the place of each of these ranges, and says how many items there are then.
pub(crate) fn remove(source: &str, items: &mut [Item], found: &[(Range<usize>, Kind)]) -> usize {
    let mut found = found.iter().peekable();
    let (mut from, mut to) = (0, 0);
    while from < items.len() {
        // What was one number is one item, so what comes after it stands so much nearer to what came before.
        if let Some((range, kind)) = found.next_if(|(range, _)| range.start == from) {
            let (start, end) = (items[from].start, items[range.end - 1].end);
            items[to] = Item::removed(start, end, *kind);
            from = range.end;
            if let Some(next) = items.get_mut(from) {
                *next = alone(source, *next);
            }
        } else {
            items[to] = items[from];
            from += 1;
        }
        to += 1;
    }
    to
}

/// What an item is that the code before it, which is gone, made a part of itself: `B 9-9999 999 R Gsh`.
fn alone(source: &str, item: Item) -> Item {
    let is_lower = |c: u8| c.is_ascii_lowercase();
    if item.is_caps() && source.as_bytes()[item.start..item.end].iter().copied().any(is_lower) {
        return Item::word(item.start, item.end, Known::default(), false);
    }
    item
}
