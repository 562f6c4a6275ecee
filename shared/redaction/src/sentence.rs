//! Where the sentences of a text begin and end.

use std::ops::Range;

use crate::item::Item;
use crate::text::Text;

/// Does a sentence end anywhere between these items?
pub(crate) fn sentence_ends(text: &Text<'_>, items: Range<usize>) -> bool {
    let last = items.end.min(text.items.len()).saturating_sub(1);
    // What was removed may have had one in it, which nobody sees any more.
    (items.start..last).any(|at| {
        let between = text.between(at, at + 1).as_bytes();
        between.iter().enumerate().any(|(at, byte)| match byte {
            b'?' | b'!' | b'\n' => true,
            // A dot ends one where a blank follows, not within `example.com`.
            b'.' | b';' => between.get(at + 1).is_some_and(u8::is_ascii_whitespace),
            _ => false,
        })
    })
}

/// Words after which a dot ends nothing: `order no. 4411`.
const SHORTENED: [&str; 8] = ["no", "nr", "num", "ref", "tel", "ext", "ord", "id"];

/// Is the word at this place one of them?
pub(crate) fn is_shortened(text: &Text<'_>, at: usize) -> bool {
    text.items.get(at).is_some_and(|item| is_short_for(text.source, item))
}

fn is_short_for(source: &str, item: &Item) -> bool {
    let word = source.get(item.start..item.end);
    word.is_some_and(|word| SHORTENED.iter().any(|short| word.eq_ignore_ascii_case(short)))
}

/// No sentence in which a number is said is longer, to either side of it.
const SENTENCE_MAX: usize = 64;

/// The sentence that these items stand in. Who only stops to look goes on: `5541... then 2715`.
pub(crate) fn sentence(text: &Text<'_>, items: &Range<usize>) -> Range<usize> {
    let around = items.start.saturating_sub(SENTENCE_MAX)..text.items.len().min(items.end + SENTENCE_MAX);
    sentence_within(text, items, around)
}

/// As much of it as lies within a wider range.
pub(crate) fn sentence_within(text: &Text<'_>, items: &Range<usize>, around: Range<usize>) -> Range<usize> {
    let before = text.begins.partition_point(|begins| *begins <= items.start);
    let start = before.checked_sub(1).and_then(|last| text.begins.get(last)).map_or(0, |begins| *begins);
    let after = before + text.begins[before..].partition_point(|begins| *begins < items.end);
    let end = text.begins.get(after).map_or(text.items.len(), |begins| *begins);
    start.max(around.start)..end.min(around.end)
}

/// Which items of a text begin another sentence, in order, to the end of `begins`.
pub(crate) fn find(source: &str, items: &[Item], begins: &mut Vec<usize>) {
    let ends = |(at, pair): (usize, &[Item])| matches!(pair, [last, next] if ends_between(source, last, next)).then_some(at + 1);
    begins.extend(items.windows(2).enumerate().filter_map(ends));
}

/// Does a sentence end between two neighbours?
#[inline]
fn ends_between(source: &str, last: &Item, next: &Item) -> bool {
    // Nearly always it is a blank that parts them.
    if next.start == last.end + 1 {
        return matches!(source.as_bytes().get(last.end), Some(b'?' | b'!' | b'\n'));
    }
    ends_in_signs(source, last, next)
}

/// The same where more than that stands between them.
#[inline(never)]
fn ends_in_signs(source: &str, last: &Item, next: &Item) -> bool {
    let between = source.as_bytes().get(last.end..next.start).unwrap_or_default();
    between.iter().enumerate().any(|(sign, byte)| match byte {
        b'?' | b'!' | b'\n' => true,
        b'.' | b';' => {
            let goes_on = sign.checked_sub(1).is_some_and(|last| between[last] == b'.');
            !goes_on && between.get(sign + 1).is_some_and(u8::is_ascii_whitespace) && !is_short_for(source, last)
        }
        _ => false,
    })
}
