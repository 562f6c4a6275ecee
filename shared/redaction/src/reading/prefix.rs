//! A country before an account number that did not show as letters of its own: `David King two nine ..`, `pe te cinco ..`.

use crate::iban;
use crate::item::{Class, Item};
use crate::lexicon::{Traits, fold_letter};
use crate::run::{Glue, joint};
use crate::text::Text;

use super::Symbol;

/// How many words before a run are looked at.
const WORDS_MAX: usize = 5;
/// The shortest IBAN without its country.
const ACCOUNT_MIN: usize = 13;

/// The symbols with the country before them, if that makes them an IBAN: a word of two letters, or two that spell one each.
/// Check digits and length leave no doubt, so it may be any words.
pub(crate) fn with_country(text: &Text<'_>, symbols: &[Symbol]) -> Option<Vec<Symbol>> {
    let first = symbols.first().filter(|_| symbols.len() >= ACCOUNT_MIN)?;
    // Nearly always the length is wrong, and then nothing is written down again.
    let whole = |[near, next]: [Option<usize>; 2]| {
        let spelt = spelt(text, first, near?, next)?;
        let country = match (spelt, first.letter) {
            ([Some((_, a)), Some((_, b))], _) | ([None, Some((_, a))], Some(b)) => [a, b],
            _ => return None,
        };
        let length = symbols.len() + spelt.iter().flatten().count();
        iban::form(country).filter(|form| iban::HEAD + form.len() == length)?;
        Some(prepended(spelt.into_iter().flatten(), symbols)).filter(|whole| is_iban(whole))
    };
    let mut near = words(text, first.first);
    let near = [near.next(), near.next()];
    whole(near).or_else(|| {
        // `de` and `no` are countries too.
        let has_fillers = near.into_iter().flatten().any(|at| is_filler(&text.items[at]));
        let mut spoken = words(text, first.first).filter(|at| has_fillers && !is_filler(&text.items[*at]));
        whole([spoken.next(), spoken.next()])
    })
}

/// The letters that the nearest word spells, or that and the next, in order, each with its word; one if the symbols
/// begin with the other.
fn spelt(text: &Text<'_>, first: &Symbol, near: usize, next: Option<usize>) -> Option<[Option<(usize, u8)>; 2]> {
    let word = |at: usize| text.source.get(text.items[at].start..text.items[at].end).unwrap_or_default();
    let nearest = word(near);
    let one = (near, initial(nearest)?);
    if first.digit.is_none() {
        return Some([None, Some(one)]);
    }
    let second = nearest.get(1..2).filter(|_| nearest.len() == 2).and_then(initial);
    if let Some(second) = second {
        return Some([Some(one), Some((near, second))]);
    }
    Some([Some((next?, initial(word(next?))?)), Some(one)])
}

/// Are these an IBAN in any way that they may be meant? The spoken `o` is a zero or the letter: the form tells, but where
/// both may stand.
pub(crate) fn is_iban(symbols: &[Symbol]) -> bool {
    let country = symbols.first_chunk().and_then(|[a, b]: &[Symbol; 2]| Some([a.letter?, b.letter?]));
    let Some(form) = country.and_then(iban::form).filter(|form| iban::HEAD + form.len() == symbols.len()) else { return false };
    let code = |letter_first: bool| -> Option<Vec<u8>> {
        let pick = |(place, symbol): (u8, &Symbol)| {
            let digit = symbol.digit.map(|digit| b'0' + digit);
            match place {
                b'9' => digit,
                b'A' => symbol.letter,
                _ if letter_first => symbol.letter.or(digit),
                _ => digit.or(symbol.letter),
            }
        };
        b"AA99".iter().copied().chain(form.bytes()).zip(symbols).map(pick).collect()
    };
    [false, true].into_iter().filter_map(code).any(|code| iban::is_iban(&code))
}

/// The words right before an item, the nearest first.
fn words<'t>(text: &'t Text<'_>, first: usize) -> impl Iterator<Item = usize> + 't {
    let follows = |at: &usize| {
        let (word, next) = (&text.items[*at], &text.items[at + 1]);
        matches!(word.class(), Class::Word { .. }) && joint(text.source, word.end..next.start).is_some()
    };
    (first.saturating_sub(WORDS_MAX)..first).rev().take_while(follows)
}

fn is_filler(item: &Item) -> bool {
    item.traits.has(Traits::FILLER)
}

fn initial(word: &str) -> Option<u8> {
    word.chars().next().and_then(fold_letter).map(|letter| letter.to_ascii_uppercase())
}

fn prepended(spelt: impl Iterator<Item = (usize, u8)>, symbols: &[Symbol]) -> Vec<Symbol> {
    let letter = |(at, letter): (usize, u8)| Symbol {
        digit: None,
        letter: Some(letter),
        first: at,
        last: at,
        glue: None,
        takes_back: None,
        pause: None,
        spoken: true,
        ..symbols[0]
    };
    let head = symbols[0];
    let rest = symbols
        .iter()
        .map(|symbol| if symbol.same_group(&head) { Symbol { glue: Some(Glue::Blank), ..*symbol } } else { *symbol });
    spelt.map(letter).chain(rest).collect()
}
