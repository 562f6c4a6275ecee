//! Names of things that have numbers, used as verbs: `you can bill 4111..` speaks of no bill.

use std::ops::Range;

use crate::cue::Cue;
use crate::item::Item;
use crate::lexicon::Traits;

/// What is done to a card, and is the name of a bill too; with the words after which it is a verb.
const CHARGES: [(&str, &[&str]); 6] = [
    ("bill", &MODAL),
    ("invoice", &MODAL),
    ("factura", &["se", "lo", "nos", "favor"]),
    ("facture", &["se", "lo", "nos", "favor", "on", "je"]),
    ("fatura", &["se", "nos", "favor"]),
    ("fattura", &["si", "favore"]),
];

/// What is done with any number, and the name of what has one.
const TAKES: [&str; 4] = ["order", "record", "log", "book"];

/// Words after which it is a verb.
const MODAL: [&str; 19] = [
    "can", "could", "will", "would", "shall", "should", "may", "might", "must", "please", "just", "ll", "always", "s", "lets",
    "they", "we", "you", "to",
];

/// Before `to` it is one.
const WANTS: [&str; 16] = [
    "want", "wanted", "like", "need", "have", "able", "going", "free", "happy", "ok", "okay", "me", "you", "us", "try", "prefer",
];

/// What may stand between such a verb and the number.
const ONTO: [&str; 22] = [
    "to", "on", "it", "that", "this", "a", "la", "el", "en", "sur", "le", "au", "no", "na", "em", "o", "su", "sulla", "sul",
    "the", "against", "contra",
];
const ONTO_MAX: usize = 2;

/// What a name says that is a verb here; `None`: it is none.
pub(crate) fn done(source: &str, items: &[Item], name: &Range<usize>) -> Option<Cue> {
    let at = name.start;
    let last = at.checked_sub(1).filter(|_| name.len() == 1)?;
    let is = |at: usize, list: &[&str]| word(source, items, at).is_some_and(|word| contains(list, word));
    let charges = CHARGES.iter().find(|(charges, _)| is(at, &[charges]));
    let after = match charges {
        Some((_, after)) => *after,
        None if is(at, &TAKES) => &MODAL,
        None => return None,
    };
    let is_before = is(last, after)
        && match last.checked_sub(1) {
            // `let's bill`, no `dad's bill`; `want to bill`, no `it belongs to bill`.
            before if is(last, &["s"]) => before.is_some_and(|before| is(before, &["let"])),
            before if is(last, &["to"]) => before.is_some_and(|before| is(before, &WANTS)),
            _ => true,
        };
    let between = (at + 1..items.len()).take(ONTO_MAX).take_while(|next| charges.is_some() && is(*next, &ONTO)).count();
    let counts = |item: &Item| item.traits.has(Traits::NUMBER) || item.traits.has(Traits::COUNTS);
    (is_before && items.get(at + 1 + between).is_some_and(counts)).then_some(if charges.is_some() {
        Cue::Card
    } else {
        Cue::Nothing
    })
}

/// May what begins a sentence be such a verb: `Bill 4111..`? As likely a bill's number, if its check digits do not say more.
pub(crate) fn may_be(source: &str, items: &[Item], name: &Range<usize>) -> bool {
    let gap = || source.get(items[name.start.checked_sub(1)?].end..items[name.start].start);
    word(source, items, name.start).is_some_and(|word| word.eq_ignore_ascii_case(CHARGES[0].0))
        && gap().is_none_or(|gap| gap.contains(['.', '!', '?']))
}

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|other| word.eq_ignore_ascii_case(other))
}

fn word<'s>(source: &'s str, items: &[Item], at: usize) -> Option<&'s str> {
    let item = items.get(at).filter(|item| !item.traits.has(Traits::WRITTEN))?;
    source.get(item.start..item.end)
}
