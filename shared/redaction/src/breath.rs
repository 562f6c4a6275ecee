//! A card with its date and code in one breath, where nothing in the writing says where one ends and the next begins.

use std::ops::Range;

use crate::card;
use crate::context::Context;
use crate::conversation::Why;
use crate::kind::Kind;
use crate::reading::Symbol;
use crate::search::Candidate;
use crate::short::parts;
use crate::unnamed::is_written;

/// The shortest card with a date.
const SYMBOLS_MIN: usize = 16;
/// The longest card, its date with all of the year, its code.
const SYMBOLS_MAX: usize = 19 + 6 + 4;
/// The shortest date told from a card's last digits.
const DATE_MIN: usize = 4;
/// How many digits a card has of which one may be wrong.
const MISHEARD: [usize; 2] = [16, 15];
/// Right check digits with a date and a code behind them are no chance; with a date only, other forms may say more.
const RANK_ALL: u8 = 7;
const RANK_DATED: u8 = 5;

/// A card that a reading begins with, if all the rest is its date, or its date and its code.
pub(crate) fn find(symbols: &[Symbol], context: impl Fn(&Symbol, &Symbol) -> Context) -> Option<Vec<Candidate>> {
    let last = symbols.last()?;
    if !(SYMBOLS_MIN..=SYMBOLS_MAX).contains(&symbols.len()) || symbols[0].text != last.text {
        return None;
    }
    let mut digits = [0; SYMBOLS_MAX];
    let all = symbols.iter().map_while(|symbol| symbol.digit);
    let count = digits.iter_mut().zip(all).map(|(to, digit)| *to = digit).count();
    let digits = &digits[..count];
    if digits.len() == symbols.len() && card::is_card(digits) {
        return None;
    }
    let is_border = |at: usize| symbols.get(at).is_some_and(|symbol| !symbols[at - 1].same_group(symbol));
    let lengths = card::LENGTHS.filter(|length| is_border(*length));
    let of_length = |length: usize| {
        let card = digits.get(..length).filter(|card| card::is_card(card))?;
        parts(&symbols[length..]).filter(|_| symbols.len() - length >= DATE_MIN).map(|parts| (card.len(), parts))
    };
    // The longest rest says most.
    let found = lengths.filter_map(of_length).max_by_key(|(_, parts)| parts.len());
    let (length, parts) = found.or_else(|| misheard(symbols, digits))?;
    if context(&symbols[0], last).spoken_against() {
        return None;
    }
    let rank = if parts.len() > 1 { RANK_ALL } else { RANK_DATED };
    let card = Candidate::new(Kind::Card, 0..length, Why::Form, rank);
    let rest = parts
        .into_iter()
        .map(|(kind, range)| Candidate::new(kind, range.start + length..range.end + length, Why::NextToCard, rank));
    Some([card].into_iter().chain(rest).collect())
}

/// A date, and a code if there is one.
type Parts = Vec<(Kind, Range<usize>)>;

/// A card with a wrong digit in the groups that only cards have, and its date.
fn misheard(symbols: &[Symbol], digits: &[u8]) -> Option<(usize, Parts)> {
    MISHEARD.into_iter().find_map(|length| {
        let card = symbols.get(..length)?;
        let is_one = is_written(card) && card::has_network(digits.get(..length)?) && card::stands_alone(digits);
        let rest =
            symbols.get(length..).filter(|rest| is_one && rest.len() >= DATE_MIN && !rest[0].same_group(&card[length - 1]))?;
        Some((length, parts(rest)?))
    })
}
