//! What else its turn speaks of beside a number: another that went, what is paid for with it.

use crate::answer::words;
use crate::cue::Cue;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::Traits;
use crate::text::Text;

/// How many words may stand between a card and its date or code.
const BESIDE: usize = 4;

/// How far, in words, two numbers of a kind stand from one another in one turn.
const SIBLINGS: usize = 14;

/// Within how many words a number may be said to be for something.
const FOR_WITHIN: usize = 3;

/// The card whose date or code was found right beside it.
pub(super) fn beside_card(text: &Text<'_>, first: usize, last: usize) -> Option<Cue> {
    let before = &text.items[first.saturating_sub(BESIDE)..first];
    let after = &text.items[last + 1..text.items.len().min(last + 1 + BESIDE)];
    let is_part = |item: &Item| matches!(item.class(), Class::Removed(Kind::CardExpiry | Kind::SecurityCode));
    (before.iter().any(is_part) || after.iter().any(is_part)).then_some(Cue::Card)
}

/// What another number in the same turn was, which went: `.. for me, .. for my husband`.
pub(super) fn sibling(text: &Text<'_>, first: usize, last: usize) -> Option<Cue> {
    let before =
        text.items[..first].iter().rev().zip(1..=SIBLINGS).find_map(|(item, distance)| Some((identity(item.class())?, distance)));
    let after =
        text.items[last + 1..].iter().zip(1..=SIBLINGS).find_map(|(item, distance)| Some((identity(item.class())?, distance)));
    let near = before.into_iter().chain(after).find(|(_, distance)| *distance > 1);
    near.map(|(kind, _)| Cue::Id(kind))
}

/// The kind of an identity number that was removed.
pub(super) fn identity(class: Class) -> Option<Kind> {
    match class {
        Class::Removed(Kind::Card | Kind::SecurityCode | Kind::CardExpiry | Kind::Custom) => None,
        Class::Removed(kind) => Some(kind),
        _ => None,
    }
}

/// Words that say that a number is for something, rather than that something's.
const FOR: [&str; 16] =
    ["for", "on", "to", "towards", "against", "fur", "auf", "gegen", "para", "en", "pour", "sur", "contre", "na", "no", "pela"];

/// Is one of them said between the number and what is named after it: `4111.. for the delivery`?
pub(super) fn is_for_another(text: &Text<'_>, last: usize) -> bool {
    let mut near = text.items.iter().skip(last + 1).take(FOR_WITHIN);
    // What was removed is none of these words.
    let end = near.find(|item| item.traits.has(Traits::REMOVED)).map_or(text.source.len(), |item| item.start);
    let after = text.items.get(last).and_then(|item| text.source.get(item.end..end)).unwrap_or_default();
    words(after).take(FOR_WITHIN).any(|word| FOR.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

/// Words before what is paid for, and how far before it they stand.
const PAID_FOR: [&str; 8] = ["for", "f\u{fc}r", "fuer", "para", "pour", "per", "voor", "pela"];
const PAID_WITHIN: usize = 2;

/// Is what was named before the number what somebody pays for: `.. for my ticket and 4111..`, `for the balance use ..`?
pub(super) fn is_paid_for(text: &Text<'_>, first: usize) -> bool {
    let Some((name, _)) = text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)].last() else { return false };
    let near = name.start.saturating_sub(PAID_WITHIN)..name.start;
    let is_for = |item: &Item| {
        let word = text.source.get(item.start..item.end).filter(|_| !item.traits.has(Traits::WRITTEN));
        word.is_some_and(|word| PAID_FOR.iter().any(|other| word.eq_ignore_ascii_case(other)))
    };
    let is_apart = name.end < first || text.between(first - 1, first).contains(',');
    is_apart && text.items[near].iter().any(is_for)
}
