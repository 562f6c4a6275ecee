//! What the words before and after a number call it.

use std::ops::Range;

use crate::answer::words;
use crate::cue::Cue;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::Traits;
use crate::sentence::{is_shortened, sentence_ends};
use crate::text::{Cues, Text, Texts};

use super::{ITEMS_MAX, holds_number, last};

/// How far, in words, those reach the number after them.
pub(super) const REACH: usize = 12;

/// How far words reach that name something that stays, or one of a card's short numbers.
const REACH_SHORT: usize = 5;
const REACH_OTHER: usize = 7;

/// How many turns after a card what is not called a card's code or date by name may be one.
const CARD_TURNS: usize = 8;

/// How far words reach the number before them.
const REACH_BACK: usize = 6;

/// How many words may stand between what only hints at a number and the number.
const HINTED: usize = 1;

/// Within how many items after a name its own number stands.
const OWN: usize = 6;

/// How many fillers may stand after a name that is a common word too.
const FILLERS_MAX: usize = 3;

/// How many words may stand between the two parts of a name.
const COMPLETES: usize = 4;

/// What stands before it, and how far if no other number does between.
pub(super) fn before(texts: &Texts<'_>, text: &Text<'_>, index: usize, first: usize) -> Option<(Cue, Option<usize>)> {
    let nearer = &text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)];
    // None from further away says anything, and a text may hold thousands.
    let reaching = nearer.partition_point(|(items, _)| first.saturating_sub(items.end) > REACH);
    let at = nearer[reaching..].iter().rposition(|(items, cue)| match cue {
        // `.. expiring in May, and on the back 737`
        Cue::Hint(Kind::SecurityCode) => items.end == first && holds_card(&text.items[..items.start]),
        // `My salary goes into ..`
        Cue::Hint(Kind::Iban | Kind::Card) => first.saturating_sub(items.end) <= HINTED,
        Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) => false,
        Cue::Code | Cue::Until => first.saturating_sub(items.end) <= REACH_SHORT && follows_card(texts, index, items.start),
        Cue::Near(_) => first.saturating_sub(items.end) <= FILLERS_MAX && is_joined(text, items, first),
        _ => true,
    })?;
    let (items, cue) = specific(text, nearer, reaching + at);
    let gap = first.saturating_sub(items.end);
    let answered = || holds_number(text, items.end, first);
    let cue = match cue {
        Cue::Card | Cue::Id(_) | Cue::AnyId => (gap <= REACH).then_some(cue),
        Cue::Hint(Kind::Iban | Kind::Card) => Some(named(cue)),
        // `fin 12/26`: French and Spanish for the end. Singapore's FIN begins with a letter.
        Cue::Near(Kind::SgNric) if counts(text.items[first].class()) => {
            follows_card(texts, index, items.start).then_some(Cue::Expiry)
        }
        Cue::Near(_) => Some(cue),
        Cue::Ending => (gap <= 1).then_some(cue),
        Cue::Code | Cue::Until | Cue::SecurityCode | Cue::Expiry | Cue::Hint(Kind::SecurityCode) => {
            (gap <= REACH_SHORT && !answered()).then_some(named(cue))
        }
        Cue::Other { .. } => {
            let same_sentence = gap <= REACH_OTHER && !clause_ends(text, &items, first);
            (same_sentence && !answered()).then_some(cue)
        }
        Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) => None,
    };
    Some((cue?, Some(gap).filter(|_| !answered())))
}

/// Is it a number, in digits or words?
fn counts(class: Class) -> bool {
    match class {
        Class::Digits => true,
        Class::Word { traits, .. } => traits.has(Traits::COUNTS),
        Class::Code | Class::Removed(_) => false,
    }
}

/// Words that may stand between a name and its number.
const JOINS: [&str; 22] = [
    "is", "was", "it", "s", "its", "number", "no", "es", "el", "numero", "número", "ist", "lautet", "die", "nummer", "est", "le",
    "é", "o", "c", "card", "code",
];

/// Is there nothing between a name and its number but fillers and words such as `is`?
fn is_joined(text: &Text<'_>, name: &Range<usize>, first: usize) -> bool {
    // `My number, yeah, ..` names nobody's My Number.
    let is_title = || text.source[text.items[name.end - 1].start..].starts_with(char::is_uppercase);
    if name.len() > 1 && !is_title() {
        return false;
    }
    if !text.has_plain_words(name.end..first, 0) {
        return true;
    }
    if name.len() > 1 {
        return false;
    }
    let between = text.between(name.start, first);
    words(between).all(|word| JOINS.iter().any(|join| word.eq_ignore_ascii_case(join)))
}

/// What a weak cue says where a card was given before.
pub(super) fn named(cue: Cue) -> Cue {
    match cue {
        Cue::Code | Cue::Hint(Kind::SecurityCode) => Cue::SecurityCode,
        Cue::Hint(Kind::OtherId) => Cue::AnyId,
        Cue::Hint(Kind::Iban) => Cue::Id(Kind::Iban),
        Cue::Hint(Kind::Card) => Cue::Card,
        Cue::Until | Cue::Hint(_) => Cue::Expiry,
        cue => cue,
    }
}

/// Was a card, its code or its date given shortly before this item?
pub(super) fn follows_card(texts: &Texts<'_>, index: usize, first: usize) -> bool {
    let Some(text) = texts.get(index) else { return false };
    // Texts that are no turns have nothing before them, and bare ones nothing that was removed.
    let turns = if text.speaker.is_some() { CARD_TURNS } else { 0 };
    let earlier = (index.saturating_sub(turns)..index).rev().filter(|index| !texts.is_bare(*index));
    let earlier = earlier.filter_map(|index| texts.get(index));
    holds_card(&text.items[..first]) || earlier.into_iter().any(|text| holds_card(text.items))
}

pub(super) fn holds_card(items: &[Item]) -> bool {
    last(items, ITEMS_MAX)
        .iter()
        .any(|item| matches!(item.class(), Class::Removed(Kind::Card | Kind::CardExpiry | Kind::SecurityCode)))
}

/// Does a sentence end between a cue and what follows it?
fn clause_ends(text: &Text<'_>, cue: &Range<usize>, first: usize) -> bool {
    let last = cue.end - 1;
    // `no` may come after the cue's own words.
    let from = if last + 1 < first && is_shortened(text, last + 1) { last + 1 } else { last };
    // `order no. 4411`, `order no. is 4411`
    let skip = is_shortened(text, from) && from + 2 >= first && text.between(from, first).starts_with('.');
    !skip && sentence_ends(text, last..first + 1)
}

/// The cue at this place, or the one that it completes: `the code on the back of the card`, `the expiry of that card`.
pub(super) fn specific(text: &Text<'_>, cues: &Cues, at: usize) -> (Range<usize>, Cue) {
    let mut chosen = cues[at].clone();
    for last in cues[..at].iter().rev().take(COMPLETES) {
        let (of, by) = (&last.0, &chosen.0);
        let gap = by.start.saturating_sub(of.end);
        let is_completed = match (last.1, chosen.1) {
            // `HubSpot-ID`, `the order ID`.
            (Cue::Other { .. }, Cue::AnyId) => gap == 0,
            (Cue::Card | Cue::SecurityCode | Cue::Code | Cue::Until | Cue::Expiry | Cue::Id(_), Cue::Card | Cue::AnyId) => true,
            // `the tracking number on the parcel`
            (Cue::Other { named }, Cue::Other { named: false }) => named,
            (Cue::Hint(_), _) => continue,
            _ => false,
        };
        if !is_completed
            || gap > COMPLETES
            || sentence_ends(text, of.end - 1..by.start + 1)
            || holds_number(text, of.end, by.start)
        {
            break;
        }
        chosen = match (last.1, chosen.1) {
            (Cue::Other { .. }, Cue::AnyId) => (of.start..by.end, Cue::Other { named: true }),
            _ => (of.clone(), named(last.1)),
        };
    }
    chosen
}

pub(super) fn after(text: &Text<'_>, last: usize) -> Option<Cue> {
    let next = &text.cues[text.cues.partition_point(|(items, _)| items.start <= last)..];
    // `.. as my company's EIN`
    let is_abbreviation = |items: &Range<usize>| {
        text.source.get(text.bytes(items)).is_some_and(|name| name.bytes().all(|c| c.is_ascii_uppercase()))
    };
    let names = |(items, cue): &(Range<usize>, Cue)| match cue {
        Cue::Card | Cue::Id(_) | Cue::AnyId | Cue::Other { .. } => true,
        Cue::Near(_) => is_abbreviation(items),
        _ => false,
    };
    let near = next.iter().take_while(|(items, _)| items.start.saturating_sub(last + 1) < REACH_BACK);
    let (items, cue) = near.into_iter().find(|named| names(named))?;
    let near = !sentence_ends(text, last..items.start + 1);
    // `Try .., and if that bounces call me back.`
    let anew = matches!(cue, Cue::Other { named: false }) && begins_anew(text, last + 1..items.start);
    // What follows the cue may be its own number: `4111.. order 5512`.
    let own = || {
        // What is called something else is not: `452505224 is my SSN, order 4412`.
        // None from further away is asked for, and a text may hold thousands.
        let near = next.iter().take_while(|(other, _)| other.start < items.end + OWN);
        let other = near.into_iter().find(|named| named.0.start >= items.end && named.1 != *cue && names(named));
        let rest = items.end..text.items.len().min(items.end + OWN).min(other.map_or(usize::MAX, |(other, _)| other.start));
        let ended = rest.clone().find(|at| sentence_ends(text, *at - 1..*at + 1)).unwrap_or(rest.end);
        !equates(text, last + 1..items.start) && holds_number(text, rest.start, ended)
    };
    let cue = if let Cue::Near(kind) = cue { Cue::Id(*kind) } else { *cue };
    (near && !anew && !own()).then_some(cue)
}

/// Does something new begin among these words?
fn begins_anew(text: &Text<'_>, items: Range<usize>) -> bool {
    let mut words = text.items[items].iter().filter_map(|item| text.source.get(item.start..item.end));
    words.any(|word| BEGINS_ANEW.iter().chain(&IFS).any(|other| word.eq_ignore_ascii_case(other)))
}

/// What says that the number before it is what comes after it, and what begins with something new.
const EQUATES: [&str; 15] =
    ["is", "as", "es", "como", "ist", "als", "lautet", "est", "c", "comme", "é", "sind", "are", "sont", "son"];

const IFS: [&str; 14] =
    ["if", "when", "or", "so", "because", "wenn", "falls", "oder", "si", "quand", "ou", "se", "quando", "porque"];

const BEGINS_ANEW: [&str; 10] = ["and", "but", "y", "pero", "und", "aber", "et", "mais", "e", "mas"];

/// Do these words make the number before them the one that is named after them: `.. is my`?
pub(super) fn equates(text: &Text<'_>, words: Range<usize>) -> bool {
    let words = || text.items[words.clone()].iter().filter_map(|item| text.source.get(item.start..item.end));
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    words().next().is_some_and(|word| is(&EQUATES, word)) && !words().any(|word| is(&BEGINS_ANEW, word))
}
