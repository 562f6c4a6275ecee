//! What a word that says only `number` is the number of, by the unknown word beside it.

use std::ops::{Range, RangeInclusive};

use crate::cue::{self, Cue};
use crate::item::Item;
use crate::lexicon::Traits;

/// What `number` says after the word before it: `frequent flyer number`.
pub(crate) fn of_last(source: &str, items: &[Item], at: usize) -> Option<Cue> {
    numbered(before(source, items, at))
}

/// What `number of` says before the word after it: `numéro d'adhérent`.
pub(crate) fn of_next(source: &str, items: &[Item], last: usize) -> Option<Cue> {
    numbered(after(source, items, last))
}

/// Words of this length and more, but for a few, say of what something is the number.
const NOUN_MIN: usize = 5;
const NO_NOUNS: [&str; 72] = [
    "whatever",
    "these",
    "those",
    "exact",
    "actual",
    "special",
    "official",
    "unique",
    "little",
    "short",
    "proper",
    "valid",
    "final",
    "following",
    "printed",
    "missing",
    "required",
    "requested",
    "needed",
    "relevant",
    "appropriate",
    "necessary",
    "every",
    "either",
    "quite",
    "there",
    "about",
    "under",
    "above",
    "below",
    "bigger",
    "longer",
    "larger",
    "longest",
    "letzte",
    "lange",
    "grosse",
    "große",
    "kleine",
    "selbe",
    "gleiche",
    "korrekte",
    "amtliche",
    "offizielle",
    "jede",
    "irgendeine",
    "eigene",
    "which",
    "whole",
    "right",
    "wrong",
    "first",
    "second",
    "other",
    "another",
    "their",
    "correct",
    "entire",
    "complete",
    "richtige",
    "falsche",
    "ganze",
    "andere",
    "erste",
    "zweite",
    "meine",
    "seine",
    "diese",
    "welche",
    "unsere",
    "komplette",
    "deine",
];
/// Shorter words without a vowel, or in capitals, are abbreviations.
const SHORT_NAME: RangeInclusive<usize> = 2..=4;
/// Those of them that are no names of identity numbers.
const NO_NAMES: [&str; 26] = [
    "my", "by", "why", "try", "mr", "mrs", "ms", "dr", "st", "vs", "tv", "pc", "po", "rma", "sku", "awb", "pnr", "mac", "gtin",
    "crm", "qr", "sms", "dhl", "ups", "nr", "sr",
];

/// What the number of a person is made of in German: `Melderegisternummer`.
const OFFICIAL: [&str; 15] = [
    "gesundheit",
    "kranken",
    "renten",
    "ausweis",
    "steuer",
    "sozial",
    "identi",
    "person",
    "register",
    "geburts",
    "burger",
    "bürger",
    "buerger",
    "fuhrerschein",
    "pass",
];
const NOT_OFFICIAL: [&str; 3] = ["personal", "handels", "passwort"];

/// Is it a word of ours in German that is not known by itself?
pub(crate) fn is_official(source: &str, item: &Item) -> bool {
    let word = source.get(item.start..item.end).unwrap_or_default();
    word.len() > cue::COMPOUND.len() + NOUN_MIN && {
        let word = word.to_lowercase();
        word.ends_with(cue::COMPOUND)
            && OFFICIAL.iter().any(|part| word.contains(part))
            && !NOT_OFFICIAL.iter().any(|part| word.starts_with(part))
    }
}

/// What has so many words before the first with a small letter is in capitals.
const SHOUTED_MAX: usize = 128;

/// Is it written in capitals, where not all is?
pub(crate) fn is_abbreviation(source: &str, items: &[Item], range: &Range<usize>) -> bool {
    let name = source.get(items[range.start].start..items[range.end - 1].end).unwrap_or_default();
    // What stands for a removed number has no digits, and is none of the text's own words.
    let end = items[range.end - 1].end;
    let is_digits = |next: &Item| next.start == end && next.traits.has(Traits::NUMBER);
    let is_apart = !items.get(range.end).is_some_and(is_digits) || !source[end..].starts_with(|c: char| c.is_ascii_digit());
    let is_small =
        |item: &Item| !item.traits.has(Traits::WRITTEN) && source[item.start..item.end].bytes().any(|c| c.is_ascii_lowercase());
    let is_shouted = || !items.iter().take(SHOUTED_MAX).any(is_small);
    is_apart && name.len() > 1 && name.bytes().all(|c| c.is_ascii_uppercase()) && !is_shouted()
}

/// What the number of this word is, unless the word is one of ours: `frequent flyer number` is something that stays, `SV number`
/// somebody's at an office.
fn numbered(word: Option<&str>) -> Option<Cue> {
    let word = word?;
    let is = |list: &[&str]| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let is_vowel = |c: u8| b"aeiou".contains(&c.to_ascii_lowercase());
    let is_short = SHORT_NAME.contains(&word.len()) && word.bytes().all(|c| c.is_ascii_alphabetic());
    match () {
        () if word.len() >= NOUN_MIN && !is(&NO_NOUNS) => Some(Cue::Other { named: true }),
        () if is_short && !word.bytes().any(is_vowel) && !is(&NO_NAMES) => Some(Cue::AnyId),
        () => None,
    }
}

/// What stands before `id` where it is a person's all the same, beside the adjectives of countries.
const PERSONS: [&str; 9] = ["photo", "state", "federal", "personal", "official", "valid", "citizen", "resident", "government"];

/// Is it the id of something else: `employee id`?
pub(crate) fn is_others(source: &str, items: &[Item], at: usize) -> bool {
    let Item { start, end, .. } = items[at];
    let is_country = |word: &str| ["an", "sh", "se", "ic", "ch", "li", "ni", "sch"].iter().any(|ending| word.ends_with(ending));
    let noun = before(source, items, at).filter(|word| numbered(Some(word)) == Some(Cue::Other { named: true }));
    source[start..end].eq_ignore_ascii_case("id")
        && noun.is_some_and(|word| !is_country(word) && !PERSONS.iter().any(|person| word.eq_ignore_ascii_case(person)))
}

/// The word right before, if it says nothing.
fn before<'s>(source: &'s str, items: &[Item], at: usize) -> Option<&'s str> {
    let last = items.get(at.checked_sub(1)?)?;
    let gap = source.get(last.end..items[at].start)?.trim_end_matches([' ', '-']);
    unknown(source, last).filter(|_| gap.is_empty())
}

/// The word right after, if it says nothing.
fn after<'s>(source: &'s str, items: &[Item], last: usize) -> Option<&'s str> {
    let next = items.get(last + 1)?;
    let gap = source.get(items[last].end..next.start)?.trim_start_matches([' ', '\'', '\u{2019}']);
    unknown(source, next).filter(|_| gap.is_empty())
}

fn unknown<'s>(source: &'s str, item: &Item) -> Option<&'s str> {
    source.get(item.start..item.end).filter(|_| item.is_unknown())
}

/// Is it the `no` of `todavía no`, with no number after it?
pub(crate) fn denies(source: &str, items: &[Item], at: usize) -> bool {
    let Item { start, end, .. } = items[at];
    let is_number = |next: &Item| next.is_caps() || next.traits.has(Traits::NUMBER) || next.traits.has(Traits::COUNTS);
    let joins = |next: &Item| matches!(source.get(end..next.start), Some(" " | ". " | ": " | " : " | "." | ":" | " #"));
    source[start..end].eq_ignore_ascii_case("no") && !items.get(at + 1).is_some_and(|next| is_number(next) && joins(next))
}

/// Is it the `no` of `metade no 4111..`, Portuguese for `in the`, rather than short for a number?
pub(crate) fn joins(source: &str, items: &[Item], at: usize) -> bool {
    let Item { start, end, .. } = items[at];
    &source[start..end] == "no" && source[end..].starts_with(' ')
}
