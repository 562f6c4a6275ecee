//! A card's security code and expiry date: too short to be told from other numbers but by what stands around them.

use std::ops::Range;

use crate::context::Context;
use crate::conversation::Why;
use crate::cue::{Cue, Phrase};
use crate::kind::Kind;
use crate::lexer::Class;
use crate::lexicon::{Lexicon, Traits};
use crate::reading::Symbol;
use crate::run::Glue;
use crate::search::Candidate;
use crate::text::{Text, Texts};

/// How many fillers and words for it may stand between a card and what belongs to it.
const NEXT_TO: usize = 3;
/// The symbols of the longest: `december 2031`, `12 / 2031`.
const SYMBOLS_MAX: usize = 7;

/// The code or date with which a reading begins, if the words or a card beside it say so.
pub(crate) fn find(
    symbols: &[Symbol],
    texts: &Texts<'_>,
    context: impl Fn(&Symbol, &Symbol) -> Context,
    lexicon: &Lexicon,
) -> Option<Candidate> {
    // `é 758`, `a 12/27`: a letter in front is a word.
    let lead = symbols.iter().take_while(|symbol| symbol.digit.is_none() && symbol.month.is_none()).count();
    let symbols = &symbols[lead..];
    let first = symbols.first()?;
    let whole = lead..lead + symbols.len();
    let next_to_card = follows_card(&texts.get(first.text)?, first.first, lexicon);
    if symbols.len() > SYMBOLS_MAX && !next_to_card {
        return None;
    }
    if !(is_code(symbols) || is_expiry(symbols) || expiry_length(symbols).is_some()) {
        return None;
    }
    // What goes on in another turn says nothing but the rest.
    let is_bare = |symbol: &Symbol| {
        texts.get(symbol.text).is_some_and(|text| text.runs.len() == 1 && text.plain_words(0..text.items.len()) <= 1)
    };
    if symbols.windows(2).any(|pair| pair[0].text != pair[1].text && !(is_bare(&pair[0]) && is_bare(&pair[1]))) {
        return None;
    }
    let context = context(first, symbols.last()?);
    let cue = context.cue().filter(|_| context.is_firm());
    if cue == Some(Cue::SecurityCode) && is_code(symbols) {
        return Some(Candidate::new(Kind::SecurityCode, whole, Why::Named, 1));
    }
    if cue == Some(Cue::Expiry) && is_expiry(symbols) {
        return Some(Candidate::new(Kind::CardExpiry, whole, Why::Named, 1));
    }
    // `exp 12/27 123`: the date first, its neighbour in the next pass.
    let dated = expiry_length(symbols).filter(|_| cue == Some(Cue::Expiry) || next_to_card);
    if let Some(length) = dated {
        return Some(Candidate::new(Kind::CardExpiry, lead..lead + length, Why::NextToCard, 1));
    }
    if next_to_card && is_code(symbols) && symbols.len() == 3 && cue.is_none_or(|cue| cue == Cue::Card) {
        return Some(Candidate::new(Kind::SecurityCode, whole, Why::NextToCard, 1));
    }
    None
}

fn is_code(symbols: &[Symbol]) -> bool {
    matches!(symbols.len(), 3 | 4) && symbols.iter().all(|symbol| symbol.digit.is_some())
}

/// Month and year in any writing.
fn is_expiry(symbols: &[Symbol]) -> bool {
    let value =
        |range: Range<usize>| symbols.get(range)?.iter().try_fold(0_u32, |sum, symbol| Some(sum * 10 + u32::from(symbol.digit?)));
    let (month, year) = match symbols {
        [first, rest @ ..] if first.month.is_some() && rest.len() <= 4 => (first.month.map(u32::from), value(1..1 + rest.len())),
        _ => match symbols.len() {
            3 => (value(0..1), value(1..3)),
            4 => (value(0..2), value(2..4)),
            5 => (value(0..1), value(1..5)),
            6 => (value(0..2), value(2..6)),
            _ => return false,
        },
    };
    month.is_some_and(|month| (1..=12).contains(&month)) && year.is_some_and(is_year)
}

/// Cards run for ten years at most; a score of them on either side is generous.
fn is_year(year: u32) -> bool {
    matches!(year, 15..=60 | 2015..=2060)
}

/// How many symbols the date `12/27`, `12-2027` has with which these begin.
fn expiry_length(symbols: &[Symbol]) -> Option<usize> {
    let groups: Vec<usize> = symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len).take(2).collect();
    let [month @ 1..=2, year @ (2 | 4)] = groups.as_slice() else { return None };
    let joined = matches!(symbols.get(*month)?.glue, Some(Glue::Slash | Glue::Dash));
    let length = month + year;
    (joined && is_expiry(&symbols[..length])).then_some(length)
}

/// Does the item stand right after a card, or after what already was found beside one?
fn follows_card(text: &Text<'_>, first: usize, lexicon: &Lexicon) -> bool {
    for (item, distance) in text.items[..first].iter().rev().zip(1..=NEXT_TO + 1) {
        match item.class {
            _ if item.ordinal + distance != text.ordinal(first) => return false,
            Class::Removed(Kind::Card | Kind::CardExpiry) => return true,
            Class::Word { traits, .. } if traits.has(Traits::FILLER) => {}
            Class::Word { id, traits, .. } if traits.has(Traits::NAMES) && belongs(lexicon, id) => {}
            _ => return false,
        }
    }
    false
}

/// Words for the code or the date themselves.
fn belongs(lexicon: &Lexicon, id: crate::lexicon::WordId) -> bool {
    lexicon
        .get(id)
        .phrases
        .iter()
        .any(|(rest, phrase)| rest.is_empty() && matches!(phrase, Phrase::Says(Cue::SecurityCode | Cue::Expiry)))
}
