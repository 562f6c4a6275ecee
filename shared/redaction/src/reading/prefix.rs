//! A country before an account number that did not show as letters of its own: `David King two nine ..`, `pe te cinco ..`.

use crate::iban;
use crate::lexer::{Class, Item};
use crate::lexicon::{Traits, fold_letter};
use crate::run::{Glue, glue};
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
    let letters = |at: usize| {
        let word = text.source.get(text.items[at].start..text.items[at].end).unwrap_or_default();
        (initial(word), initial(word.get(1..2).unwrap_or_default()).filter(|_| word.len() == 2))
    };
    let spelt = |words: &[usize]| -> Option<Vec<(usize, u8)>> {
        let (one, rest) = words.split_first()?;
        Some(match (first.digit, letters(*one)) {
            (None, (one_letter, _)) => vec![(*one, one_letter?)],
            (Some(_), (Some(a), Some(b))) => vec![(*one, a), (*one, b)],
            (Some(_), (b, _)) => vec![(*rest.first()?, letters(*rest.first()?).0?), (*one, b?)],
        })
    };
    let words: Vec<usize> = words(text, first.first).collect();
    // `de` and `no` are countries too.
    let spoken: Vec<usize> = words.iter().copied().filter(|at| !is_filler(&text.items[*at])).collect();
    let mut wholes = [words, spoken].into_iter().filter_map(|words| Some(prepended(&spelt(&words)?, symbols)));
    wholes.find(|whole| is_iban(whole))
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
    let follows = |at: &usize| glue(text.between(*at, at + 1)).is_some() && matches!(text.items[*at].class, Class::Word { .. });
    (first.saturating_sub(WORDS_MAX)..first).rev().take_while(follows)
}

fn is_filler(item: &Item) -> bool {
    matches!(item.class, Class::Word { traits, .. } if traits.has(Traits::FILLER))
}

fn initial(word: &str) -> Option<u8> {
    word.chars().next().and_then(fold_letter).map(|letter| letter.to_ascii_uppercase())
}

fn prepended(spelt: &[(usize, u8)], symbols: &[Symbol]) -> Vec<Symbol> {
    let letter = |(at, letter): &(usize, u8)| Symbol {
        digit: None,
        letter: Some(*letter),
        first: *at,
        last: *at,
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
    spelt.iter().map(letter).chain(rest).collect()
}
