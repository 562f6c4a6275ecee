//! Cards that no word calls so and no check digit shows: a digit was misheard, or others have as many. What tells is how many
//! digits they have, whose they are by the first of them, how they are written, and that somebody pays.

use std::ops::Range;

use crate::card;
use crate::context::{Context, Contexts};
use crate::conversation::Why;
use crate::cue::Cue;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::fold_letter;
use crate::reading::Symbol;
use crate::run::Glue;
use crate::search::Candidate;
use crate::text::{Text, Texts};

/// The fewest and most digits that are looked at.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// Letters that are words too and may stand before or after the digits: `o`, `a`.
const LITTLE: &[u8] = b"AEOSY";
/// How many of them.
const LITTLE_MAX: usize = 1;

/// How many turns before and after it may say that somebody pays, and how many words of each are looked at.
const TURNS_BEFORE: usize = 4;
const TURNS_AFTER: usize = 3;
const WORDS_MAX: usize = 40;

/// How far, in words, another card in the same turn stands.
const SIBLINGS: usize = 12;

/// Fewer digits are no card with a wrong one.
const WRONG_MIN: usize = 13;

/// Of so many digits and more one that is all its sentence says shows by its network alone.
const SHOWN_MIN: usize = 14;

/// Hardly anything else that is paid with has so many.
const LONG_MIN: usize = 17;

/// Right check digits weigh more than the form.
const RANK_CHECKED: u8 = 3;
const RANK_FORM: u8 = 2;

/// All of a reading, if it is such a card.
pub(crate) fn find(symbols: &[Symbol], texts: &Texts<'_>, contexts: &Contexts<'_, '_>) -> Option<Candidate> {
    if !(*LENGTHS.start()..=*LENGTHS.end() + 2 * LITTLE_MAX).contains(&symbols.len()) {
        return None;
    }
    let range = core(symbols);
    let core = &symbols[range.clone()];
    let mut digits = [0; *LENGTHS.end()];
    let count = digits.iter_mut().zip(core).map_while(|(to, symbol)| symbol.digit.map(|digit| *to = digit)).count();
    let digits = digits.get(..core.len()).filter(|_| count == core.len())?;
    let is_right = card::luhn(digits);
    if !card::has_network(digits) || is_right && card::stands_alone(digits) || !is_right && digits.len() < WRONG_MIN {
        return None;
    }
    let (first, last) = (core.first()?, core.last()?);
    let said = contexts.of(first, last);
    let is_one = first.text == last.text;
    let is_free = |context: Context| {
        (!context.spoken_against() || context.is_passing() && is_one && digits.len() >= SHOWN_MIN)
            && !matches!(context.cue(), Some(Cue::Id(_) | Cue::AnyId | Cue::Ending))
    };
    let last_turn = core.iter().rposition(|symbol| symbol.text != last.text).map(|at| &core[at + 1]);
    if !is_free(said) || last_turn.is_some_and(|first| !is_free(contexts.of(first, last))) {
        return None;
    }
    let is_alone = || contexts.is_alone(first, &core[core.partition_point(|symbol| symbol.text == first.text) - 1]);
    let is_usual = matches!(digits.len(), 15 | 16) && card::stands_alone(digits);
    let is_grouped = is_usual && core.iter().all(|symbol| symbol.same_group(first));
    let is_long = is_one && digits.len() >= LONG_MIN && card::stands_alone(digits);
    // Nobody writes another number of fifteen digits in groups, as UATP's are.
    let is_uatp = || is_right && digits.len() == 15 && !core.iter().all(|symbol| symbol.same_group(first));
    let shows = is_uatp()
        || !is_right
            && is_one
            && (is_usual && !said.spoken_against()
                || digits.len() >= SHOWN_MIN && card::stands_alone(digits) && (is_written(core) || is_grouped || is_alone()));
    let is_card = shows
        || is_beside_card(texts, first, last)
        || (is_right || is_usual || is_long || is_alone()) && pays(texts, first, last);
    is_card.then(|| {
        let (why, rank) = if is_right { (Why::Checksum, RANK_CHECKED) } else { (Why::Form, RANK_FORM) };
        Candidate::new(Kind::Card, range, why, rank)
    })
}

/// Is another card given in the same turn: `half on .., the rest on [card]`?
fn is_beside_card(texts: &Texts<'_>, first: &Symbol, last: &Symbol) -> bool {
    let is_card = |item: &Item| matches!(item.class(), Class::Removed(Kind::Card));
    first.text == last.text
        && texts.get(first.text).is_some_and(|text| {
            let near = first.first.saturating_sub(SIBLINGS)..text.items.len().min(last.last + SIBLINGS);
            text.items[near].iter().any(is_card)
        })
}

/// Without the letters around it.
fn core(symbols: &[Symbol]) -> Range<usize> {
    let is_word = |symbol: &&Symbol| symbol.digit.is_none() && symbol.letter.is_some_and(|letter| LITTLE.contains(&letter));
    let start = symbols.iter().take(LITTLE_MAX).take_while(is_word).count();
    start..symbols.len() - symbols[start..].iter().rev().take(LITTLE_MAX).take_while(is_word).count()
}

/// In digits, in the groups in which cards are embossed.
pub(crate) fn is_written(symbols: &[Symbol]) -> bool {
    let mut groups = symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len);
    let usual: &[usize] = match symbols.len() {
        16 => &[4, 4, 4, 4],
        17 => &[4, 4, 4, 4, 1],
        18 => &[4, 4, 4, 4, 2],
        19 => &[4, 4, 4, 4, 3],
        14 => &[4, 6, 4],
        _ => &[4, 6, 5],
    };
    let is_joined = |symbol: &Symbol| matches!(symbol.glue, None | Some(Glue::Tight | Glue::Blank | Glue::Dash));
    usual.iter().all(|length| groups.next() == Some(*length))
        && groups.next().is_none()
        && symbols.iter().all(|symbol| !symbol.spoken && is_joined(symbol))
}

/// Do the words around it speak of a payment, or of a card's date or code?
fn pays(texts: &Texts<'_>, first: &Symbol, last: &Symbol) -> bool {
    let around = first.text.saturating_sub(TURNS_BEFORE)..texts.len().min(last.text + TURNS_AFTER + 1);
    around.into_iter().any(|index| {
        texts.get(index).is_some_and(|text| match index {
            // What stands alone has only its own words.
            _ if index != first.text && text.speaker.is_none() => false,
            _ if index == first.text => {
                pays_in(&text, first.first.saturating_sub(WORDS_MAX)..last_of(&text, first, last) + WORDS_MAX)
            }
            _ => pays_in(&text, text.items.len().saturating_sub(WORDS_MAX)..text.items.len()),
        })
    })
}

fn last_of(text: &Text<'_>, first: &Symbol, last: &Symbol) -> usize {
    if first.text == last.text { last.last } else { text.items.len() }
}

fn pays_in(text: &Text<'_>, items: Range<usize>) -> bool {
    let says = |cue: &Cue| matches!(cue, Cue::Card | Cue::SecurityCode | Cue::Expiry);
    let near = text.cues.iter().skip(text.cues.partition_point(|(cue, _)| cue.end <= items.start));
    near.take_while(|(cue, _)| cue.start < items.end).any(|(_, cue)| says(cue))
        || text.items.iter().take(items.end).skip(items.start).any(|item| {
            matches!(item.class(), Class::Word { .. }) && text.source.get(item.start..item.end).is_some_and(is_payment)
        })
}

/// How words begin that speak of paying, in folded letters.
const PAYMENT: [&str; 42] = [
    "pay",
    "paid",
    "charge",
    "charging",
    "bill",
    "deposit",
    "declin",
    "purchas",
    "checkout",
    "refund",
    "settl",
    "prepay",
    "debit",
    "zahl",
    "bezahl",
    "abbuch",
    "abgebucht",
    "belast",
    "einzieh",
    "erstatt",
    "ruckerstatt",
    "anzahl",
    "pagar",
    "pago",
    "pague",
    "pagam",
    "pagad",
    "cobr",
    "reembols",
    "rembours",
    "paie",
    "paye",
    "regle",
    "prelev",
    "betaal",
    "addebit",
    "paga",
    "abon",
    "guarant",
    "garanti",
    "secure",
    "sicherheit",
];

/// The longest beginning.
const STEM_MAX: usize = 11;

fn is_payment(word: &str) -> bool {
    let mut folded = [0; STEM_MAX];
    let letters = word.chars().map_while(fold_letter);
    let length = folded.iter_mut().zip(letters).map(|(to, letter)| *to = letter).count();
    PAYMENT.iter().any(|stem| folded[..length].starts_with(stem.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_paying_are_known_by_how_they_begin() {
        assert!(["Payment", "bezahlen", "débité", "cobraron", "paid"].iter().all(|word| is_payment(word)));
        assert!(!["page", "parcel", "order", "plan", "cob"].iter().any(|word| is_payment(word)));
    }
}
