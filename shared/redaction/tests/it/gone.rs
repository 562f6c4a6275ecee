//! Which characters of a turn are still readable, from its text before and after alone: what the redactor says that it
//! removed is not asked.

use writeback_redaction::Kind;

/// For each code point of `before`, whether it is gone from `after`.
///
/// # Panics
/// When `after` is no more than `before` with stretches replaced.
pub(crate) fn gone(before: &str, after: &str) -> Vec<bool> {
    let mut gone = vec![false; before.chars().count()];
    if before == after {
        return gone;
    }
    let kept = kept_parts(after);
    let (first, last) = (kept[0], kept[kept.len() - 1]);
    assert!(kept.len() > 1 && before.starts_with(first) && before.ends_with(last), "{after:?} was {before:?}");
    let mut at = first.len();
    for (index, part) in kept.iter().enumerate().skip(1) {
        // Nothing is replaced by something: each stretch is a character at least.
        let from = at + before[at..].chars().next().map_or(0, char::len_utf8);
        let start = if index == kept.len() - 1 { before.len() - last.len() } else { from + find(before, from, part, after) };
        mark(before, at..start, &mut gone);
        at = start + part.len();
    }
    gone
}

fn find(before: &str, from: usize, part: &str, after: &str) -> usize {
    before[from..].find(part).unwrap_or_else(|| panic!("{part:?} of {after:?} is not in {before:?}"))
}

fn mark(text: &str, range: std::ops::Range<usize>, gone: &mut [bool]) {
    for ((byte, _), gone) in text.char_indices().zip(gone) {
        *gone |= range.contains(&byte);
    }
}

/// What stands between the replacements.
fn kept_parts(after: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = after;
    loop {
        let next = rest.match_indices('[').find_map(|(at, _)| {
            let replacement = Kind::ALL.iter().map(|kind| kind.replacement()).find(|label| rest[at..].starts_with(label))?;
            Some((at, replacement.len()))
        });
        let Some((at, length)) = next else { break };
        parts.push(&rest[..at]);
        rest = &rest[at + length..];
    }
    parts.push(rest);
    parts
}
