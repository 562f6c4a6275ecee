//! A card's security code and expiry date: too short to be told from other numbers but by what stands around them.

use std::ops::Range;

use crate::answer::is_said_among;
use crate::breath;
use crate::context::{Context, may_be_short};
use crate::conversation::Why;
use crate::cue::{Cue, Phrase};
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::{Lexicon, Traits};
use crate::piece::cues;
use crate::reading::Symbol;
use crate::run::Glue;
use crate::search::Candidate;
use crate::text::{Text, Texts};

/// How many fillers and words for it may stand between a card and what belongs to it.
const NEXT_TO: usize = 3;
/// The symbols of the longest: `12/2031, and 1234`.
const SYMBOLS_MAX: usize = 10;

/// The code or date with which a reading begins, if the words or a card beside it say so; with those that follow it.
pub(crate) fn find(
    symbols: &[Symbol],
    texts: &Texts<'_>,
    context: impl Fn(&Symbol, &Symbol) -> Context,
    lexicon: &Lexicon,
) -> Vec<Candidate> {
    // As it was read; then without the little words around it that may be no digits.
    let find = |core: &Range<usize>| -> Option<Vec<Candidate>> {
        let rest = symbols.get(core.clone())?;
        let text = texts.get(rest.first()?.text)?;
        let found = breath::find(rest, &context).or_else(|| beside(own(rest, &text), &text, texts, &context, lexicon))?;
        Some(found.into_iter().map(|candidate| candidate.within(core.start)).collect())
    };
    let whole = core(symbols, texts, false);
    // Only what is said begins or ends with such words.
    let is_said = |end: Option<&Symbol>| end.is_some_and(|symbol| symbol.spoken);
    let may_cut = symbols.get(whole.clone()).is_some_and(|rest| is_said(rest.first()) || is_said(rest.last()));
    let less = || may_cut.then(|| core(symbols, texts, true)).filter(|less| *less != whole);
    find(&whole).or_else(|| find(&less()?)).unwrap_or_default()
}

/// The symbols without the letters around them that are words: `é 758`, `a 12/27`; and without the words that may be digits or
/// none, if it `cuts` them: `um, 05/28`, `06/29 e o código`.
fn core(symbols: &[Symbol], texts: &Texts<'_>, cuts: bool) -> Range<usize> {
    let is_word = |symbol: &&Symbol| {
        symbol.spoken && symbol.month.is_none() && (symbol.digit.is_none() || cuts && is_little(symbol, texts))
    };
    let start = symbols.iter().take_while(is_word).count();
    let end = symbols.len() - symbols[start..].iter().rev().take_while(is_word).count();
    start..end
}

/// Is it said with a word that need not count: `o`, `um`?
fn is_little(symbol: &Symbol, texts: &Texts<'_>) -> bool {
    let item = texts.get(symbol.text).and_then(|text| text.items.get(symbol.first).copied());
    let is_either = |traits: Traits| {
        traits.has(Traits::LETTER) || traits.has(Traits::COUNTS) && (traits.has(Traits::FILLER) || traits.has(Traits::WEAK))
    };
    item.is_some_and(|item| is_either(item.traits))
}

/// Those before the words for a code: `03/27 three digits on the back ..`.
fn own<'s>(symbols: &'s [Symbol], text: &Text<'_>) -> &'s [Symbol] {
    // Hardly any turn has such words among its numbers.
    if let (Some(first), Some(last)) = (symbols.first(), symbols.last())
        && first.text == last.text
        && !cues(text, &(first.first..last.last + 1)).iter().any(|(_, cue)| *cue == Cue::SecurityCode)
    {
        return symbols;
    }
    let is_named = |symbol: &Symbol| symbol.spoken && text.cue_at(symbol.first).is_some_and(|(_, cue)| *cue == Cue::SecurityCode);
    let end = symbols.iter().skip(1).position(is_named).map_or(symbols.len(), |at| at + 1);
    &symbols[..end]
}

fn beside(
    symbols: &[Symbol],
    text: &Text<'_>,
    texts: &Texts<'_>,
    context: impl Fn(&Symbol, &Symbol) -> Context,
    lexicon: &Lexicon,
) -> Option<Vec<Candidate>> {
    let first = symbols.first()?;
    let next_to_card = follows_card(text, first.first, lexicon) || is_slashed(symbols) && leads_from_card(text, first.first);
    if symbols.len() > SYMBOLS_MAX && !next_to_card {
        return None;
    }
    let parts = parts(symbols);
    if !(is_code(symbols) || parts.is_some() || expiry_length(symbols).is_some()) {
        return None;
    }
    // What goes on in another turn says nothing but the rest.
    let is_bare = |symbol: &Symbol| {
        texts.get(symbol.text).is_some_and(|text| text.runs.len() == 1 && !text.has_plain_words(0..text.items.len(), 1))
    };
    if symbols.windows(2).any(|pair| pair[0].text != pair[1].text && !(is_bare(&pair[0]) && is_bare(&pair[1]))) {
        return None;
    }
    if !next_to_card && !may_be_short(texts, first.text) {
        return None;
    }
    let context = context(first, symbols.last()?);
    let cue = context.cue().filter(|_| context.is_firm());
    // `They are open twenty-four seven` answers nothing.
    let is_meant = context.said.is_some() || context.is_plain();
    if cue == Some(Cue::SecurityCode) && is_meant && is_code(symbols) {
        return Some(vec![Candidate::new(Kind::SecurityCode, 0..symbols.len(), Why::Named, 1)]);
    }
    // `[card], good to [date], and the little ones are 123`: what else would it be?
    if is_code(symbols) && !context.spoken_against() && completes_card(text, first.first, symbols.last()?.last) {
        return Some(vec![Candidate::new(Kind::SecurityCode, 0..symbols.len(), Why::NextToCard, 1)]);
    }
    // Three digits are a code sooner than a month and a year.
    let is_dated =
        cue == Some(Cue::Expiry) || next_to_card && (symbols.len() > 3 || names_month(symbols)) && !context.spoken_against();
    if is_dated && let Some(parts) = parts {
        let why = if cue == Some(Cue::Expiry) { Why::Named } else { Why::NextToCard };
        return Some(parts.into_iter().map(|(kind, range)| Candidate::new(kind, range, why, 1)).collect());
    }
    // `exp 12/27 123`: the date first, its neighbour in the next pass.
    let dated = expiry_length(symbols).filter(|_| cue == Some(Cue::Expiry) || next_to_card);
    if let Some(length) = dated {
        return Some(vec![Candidate::new(Kind::CardExpiry, 0..length, Why::NextToCard, 1)]);
    }
    if next_to_card && is_code(symbols) && cue.is_none_or(|cue| matches!(cue, Cue::Card | Cue::Expiry)) {
        return Some(vec![Candidate::new(Kind::SecurityCode, 0..symbols.len(), Why::NextToCard, 1)]);
    }
    None
}

/// All of these symbols as a date, and a code before or after it if there is one.
pub(crate) fn parts(symbols: &[Symbol]) -> Option<Vec<(Kind, Range<usize>)>> {
    let length = symbols.len();
    if is_expiry(symbols) {
        return Some(vec![(Kind::CardExpiry, 0..length)]);
    }
    let is_border = |at: usize| symbols.get(at).is_none_or(|symbol| !symbols[at - 1].same_group(symbol));
    [3, 4].into_iter().filter(|code| *code < length).find_map(|code| {
        let at = length - code;
        let date_first = is_border(at) && is_code(&symbols[at..]) && is_expiry(&symbols[..at]);
        let code_first = is_border(code) && is_code(&symbols[..code]) && is_expiry(&symbols[code..]);
        match () {
            () if date_first => Some(vec![(Kind::CardExpiry, 0..at), (Kind::SecurityCode, at..length)]),
            () if code_first => Some(vec![(Kind::SecurityCode, 0..code), (Kind::CardExpiry, code..length)]),
            () => None,
        }
    })
}

fn names_month(symbols: &[Symbol]) -> bool {
    symbols.iter().any(|symbol| symbol.month.is_some())
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
            // `2032-05`; no month is the twentieth.
            6 if symbols[0].digit == Some(2) => (value(4..6), value(0..4)),
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
    let mut groups = symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len);
    let (Some(month @ 1..=2), Some(year @ (2 | 4))) = (groups.next(), groups.next()) else { return None };
    let joined = matches!(symbols.get(month)?.glue, Some(Glue::Slash | Glue::Dash));
    let length = month + year;
    (joined && is_expiry(&symbols[..length])).then_some(length)
}

/// How many words may stand between a card's date and its code, and after it.
const COMPLETES: usize = 8;
const CLOSES: usize = 3;

/// Is what stands there the last thing said in a turn that gave a card and its date?
fn completes_card(text: &Text<'_>, first: usize, last: usize) -> bool {
    let before = |end: usize| text.items[..end].iter().enumerate().rev().take(COMPLETES + 1);
    let date = before(first).find(|(_, item)| !matches!(item.class(), Class::Word { .. }));
    let is_card = |(_, item): (usize, &Item)| matches!(item.class(), Class::Removed(Kind::Card));
    date.is_some_and(|(at, item)| matches!(item.class(), Class::Removed(Kind::CardExpiry)) && before(at).any(is_card))
        && !text.has_plain_words(last + 1..text.items.len(), CLOSES)
}

/// Does the item stand right after a card, or after what already was found beside one?
fn follows_card(text: &Text<'_>, first: usize, lexicon: &Lexicon) -> bool {
    for item in text.items[..first].iter().rev().take(NEXT_TO + 1) {
        match item.class() {
            Class::Removed(Kind::Card | Kind::CardExpiry | Kind::SecurityCode) => return true,
            Class::Word { traits, .. } if traits.has(Traits::FILLER) => {}
            Class::Word { id, traits, .. } if traits.has(Traits::NAMES) && belongs(lexicon, id) => {}
            _ => return false,
        }
    }
    false
}

/// How many words may stand between a card and a date that is written as one: `[card], and that's 7/34`.
const LEADS: usize = 5;

/// Do only words with which one answers stand between a card and this item?
fn leads_from_card(text: &Text<'_>, first: usize) -> bool {
    let near = text.items[..first].iter().rev().take(LEADS + 1);
    let card = near.clone().position(|item| matches!(item.class(), Class::Removed(Kind::Card)));
    card.is_some_and(|between| is_said_among(text, first - between..first))
}

/// Is it a month and a year with a slash between?
fn is_slashed(symbols: &[Symbol]) -> bool {
    expiry_length(symbols).is_some() && symbols.iter().any(|symbol| symbol.glue == Some(Glue::Slash))
}

/// Words for the code or the date themselves.
fn belongs(lexicon: &Lexicon, id: crate::lexicon::WordId) -> bool {
    let says = |cue: Cue| matches!(cue, Cue::SecurityCode | Cue::Expiry | Cue::Code | Cue::Until | Cue::Near(Kind::SgNric));
    matches!(lexicon.opening(id).alone, Some(Phrase::Says(cue)) if says(cue))
}
