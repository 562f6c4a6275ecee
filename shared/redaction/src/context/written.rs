//! What the writing of a number says it is: an amount, a date, an address, a telephone number.

use std::ops::{Range, RangeInclusive};

use crate::cue::Cue;
use crate::lexicon::Traits;
use crate::shape;
use crate::text::Text;

use super::digits;

/// Does the writing itself say that it stays?
pub(super) fn is_other(text: &Text<'_>, first: usize, last: usize) -> bool {
    // `um 2026-08-25`: the word before may be read as a digit.
    let mut written = text.items[first..=last].iter().take(2).filter(|item| item.traits.has(Traits::NUMBER));
    written.next().is_some_and(|item| shape::is_other(text.source, item.start) || is_zip(text, item.start, item.end))
        || is_day(text, first, last)
}

/// The states of the United States, as they are written in addresses.
const STATES: &str = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA \
                      RI SC SD TN TX UT VT VA WA WV WI WY";
const ZIP: usize = 5;

/// `Austin, TX 11226`
fn is_zip(text: &Text<'_>, start: usize, end: usize) -> bool {
    let before = || text.source.get(..start)?.strip_suffix(' ')?.rsplit_once(", ");
    end - start == ZIP && before().is_some_and(|(_, state)| STATES.split(' ').any(|other| other == state))
}

/// Words before a day; those that are articles too, and what is said before an article.
const DAYS: [&str; 10] = ["on", "em", "am", "vom", "op", "dia", "seit", "since", "dated", "data"];
const ARTICLES: [&str; 3] = ["el", "le", "il"];
const IS: [&str; 8] = ["es", "est", "è", "era", "numero", "número", "numéro", "c"];

/// Is it a day without signs, `on 20121207` or `em 07 07 1967`?
fn is_day(text: &Text<'_>, first: usize, last: usize) -> bool {
    let word = |back: usize| {
        let item = first.checked_sub(back).and_then(|at| text.items.get(at)).filter(|item| !item.traits.has(Traits::WRITTEN))?;
        text.source.get(item.start..item.end)
    };
    let is =
        |list: &[&str], word: Option<&str>| word.is_some_and(|word| list.iter().any(|other| word.eq_ignore_ascii_case(other)));
    (is(&DAYS, word(1)) || is(&ARTICLES, word(1)) && word(2).is_some() && !is(&IS, word(2)))
        && text.source.get(text.bytes(&(first..last + 1))).is_some_and(shape::is_day)
}

/// Is it a part of what is written as one, as the cents of `1,240.50` are?
pub(super) fn is_inside(text: &Text<'_>, first: usize) -> bool {
    let Some(last) = first.checked_sub(1).map(|last| text.items[last]) else { return false };
    // What was removed has no digits.
    last.traits.has(Traits::NUMBER)
        && text.source.as_bytes()[last.end - 1].is_ascii_digit()
        && matches!(text.between(first - 1, first), "." | "," | ":" | "/")
}

/// Does the plus sign of a telephone number stand before it?
pub(super) fn is_dialled(text: &Text<'_>, first: usize) -> bool {
    text.items.get(first).and_then(|item| text.source.get(..item.start)).is_some_and(|before| before.ends_with(['+', '\u{ff0b}']))
}

/// Does it show that a run is something by itself, rather than a piece of a number?
pub(crate) fn is_apart(text: &Text<'_>, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    let start = text.items[run.start].start;
    is_measured(text, run.start, last)
        || is_other(text, run.start, last)
        || shape::is_amount(text.source, start)
        || is_dialled(text, run.start)
}

/// Signs of currencies, and of what is no identity number either.
const SIGNS: [char; 13] = ['$', '€', '£', '¥', '₹', '₩', '₽', '₺', '%', '฿', '₫', '₪', '₴'];

/// Where the last sign before a number begins, if it may be one of [`SIGNS`].
fn last_sign(before: &[u8]) -> Option<usize> {
    let at = before.iter().rposition(|byte| *byte != b' ')?;
    match before[at] {
        b'$' | b'%' => Some(at),
        0x80.. => before[..=at].iter().rposition(|byte| *byte >= 0xc0),
        _ => None,
    }
}

/// The same of the first sign after it.
fn first_sign(after: &[u8]) -> Option<usize> {
    let at = after.iter().position(|byte| *byte != b' ')?;
    matches!(after[at], b'$' | b'%' | 0x80..).then_some(at)
}

/// Is it an amount or another quantity?
pub(super) fn quantity(text: &Text<'_>, first: usize, last: usize) -> Option<(Cue, Option<usize>)> {
    let start = text.items[first].start;
    let is_charged = || shape::is_amount(text.source, start) && is_charged(text, start);
    (is_measured(text, first, last) || is_charged()).then_some((Cue::Other { named: true }, None))
}

/// Is it one by a currency or a measure right beside it?
fn is_measured(text: &Text<'_>, first: usize, last: usize) -> bool {
    let (start, end) = (text.items[first].start, text.items[last].end);
    let signed = || {
        let (before, after) = (text.source.get(..start).unwrap_or_default(), text.source.get(end..).unwrap_or_default());
        let sign_before =
            last_sign(before.as_bytes()).is_some_and(|at| before.get(at..).is_some_and(|rest| rest.starts_with(SIGNS)));
        sign_before || first_sign(after.as_bytes()).is_some_and(|at| after[at..].starts_with(SIGNS))
    };
    // `there were 2352 units, 452505224`: the measure of another number.
    let is_before = |items: &Range<usize>| items.end == first && text.between(first - 1, first).trim().is_empty();
    let is_measure = |(items, cue): &(Range<usize>, Cue)| *cue == Cue::Measure && (is_before(items) || items.start == last + 1);
    let from = text.cues.partition_point(|(items, _)| items.end <= first).saturating_sub(1);
    let mut beside = text.cues[from..].iter().take_while(|(items, _)| items.start <= last + 1);
    signed() || beside.any(is_measure) || has_unit(text, first, last)
}

/// Short names of units, as they are written; in capitals they may be letters of a code, which goes on.
const UNITS: [&str; 20] =
    ["GB", "MB", "TB", "gb", "mb", "tb", "kWh", "KWh", "kwh", "kW", "cm", "mm", "kg", "km", "lbs", "kr", "Kr", "zł", "zl", "Kč"];

/// How many bytes they have.
const UNIT_LENGTHS: RangeInclusive<usize> = 2..=3;

/// What is longer is no quantity.
const QUANTITY_MAX: usize = 10;

/// Does a number end with a unit, or does one come right after it: `343.7 GB`, `156 x 59 cm`?
fn has_unit(text: &Text<'_>, first: usize, last: usize) -> bool {
    let is_unit = |at: usize| {
        let item = &text.items[at];
        let is_named = || text.source.get(item.start..item.end).is_some_and(|word| UNITS.contains(&word));
        let ends = || !item.is_caps() || text.items.get(at + 1).is_none_or(|next| !next.traits.has(Traits::COUNTS_OR_WRITTEN));
        let follows =
            || at > first && text.items[at - 1].traits.has(Traits::COUNTS_OR_WRITTEN) && text.between(at - 1, at) == " ";
        !item.traits.has(Traits::WRITTEN) && UNIT_LENGTHS.contains(&item.len()) && follows() && is_named() && ends()
    };
    let end = text.items.len().min(last + 2);
    digits(text, first..last + 1) <= QUANTITY_MAX && (first..end).any(is_unit)
}

/// Words before what somebody paid or has to, when it is written as an amount.
const CHARGED: [&str; 26] = [
    "charged",
    "charge",
    "owe",
    "owed",
    "paid",
    "pay",
    "costs",
    "cost",
    "total",
    "cobraron",
    "cobrado",
    "cargaron",
    "debo",
    "pague",
    "pagué",
    "debite",
    "débité",
    "preleve",
    "prélevé",
    "paye",
    "payé",
    "wurden",
    "bezahlt",
    "cobraram",
    "paguei",
    "devo",
];

/// How far before.
const CHARGED_MAX: usize = 2;

/// Does one of them stand shortly before this byte?
fn is_charged(text: &Text<'_>, start: usize) -> bool {
    let items = &text.items[..text.items.partition_point(|item| item.start < start)];
    // What was removed is none of these words.
    let removed = items.iter().rev().take(CHARGED_MAX).find(|item| item.traits.has(Traits::REMOVED));
    let before = text.source.get(removed.map_or(0, |item| item.end)..start).unwrap_or_default();
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(CHARGED_MAX);
    words.any(|word| CHARGED.iter().any(|charged| word.eq_ignore_ascii_case(charged)))
}
