//! What a speaker takes back: `four one one one, no sorry, one one two one`.
//!
//! Nobody says how much of it. So a reading with a correction in it has several ways to be read: all of it counts, or the last
//! groups before the correction do not, or what came before it was a start gone wrong.

use crate::lexicon::Aside;

use super::Symbol;

/// What a correction takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Groups(usize),
    /// As many as what follows says again, but for a slip.
    Alike,
    All,
}

const SURELY: &[Taken] =
    &[Taken::Alike, Taken::Groups(1), Taken::Groups(2), Taken::Groups(3), Taken::Groups(4), Taken::All, Taken::Groups(0)];
const MAYBE: &[Taken] = &[Taken::Groups(0), Taken::Alike, Taken::Groups(1), Taken::All];
/// With more corrections than this, all are taken to be alike.
const APART_MAX: usize = 2;
/// How many symbols are said again as they were, at least, and how many are not.
const ALIKE_MIN: usize = 2;
const SLIPS_MAX: usize = 2;
/// How many symbols said as they were a slip outweighs.
const SLIP: usize = 3;
/// More symbols than this are no number with a slip in it.
const SYMBOLS_MAX: usize = 64;

/// The other ways in which these symbols may be meant. Without a correction among them there are none.
pub(crate) fn revised(symbols: &[Symbol]) -> Vec<Vec<Symbol>> {
    let corrections: Vec<Aside> = groups(symbols).skip(1).filter_map(|group| group[0].takes_back).collect();
    if corrections.is_empty() || symbols.len() > SYMBOLS_MAX {
        return Vec::new();
    }
    let choices = |aside: &Aside| if *aside == Aside::Correction { SURELY } else { MAYBE };
    let ways: Vec<Vec<Taken>> = if corrections.len() > APART_MAX {
        SURELY.iter().map(|taken| vec![*taken; corrections.len()]).collect()
    } else {
        corrections.iter().fold(vec![Vec::new()], |ways, aside| {
            let more = |way: &Vec<Taken>| choices(aside).iter().map(|taken| [&way[..], &[*taken]].concat()).collect::<Vec<_>>();
            ways.iter().flat_map(more).collect()
        })
    };
    let mut readings: Vec<Vec<Symbol>> = Vec::new();
    for way in ways.iter().filter(|way| way.iter().any(|taken| *taken != Taken::Groups(0))) {
        let reading = without(symbols, way);
        if !readings.iter().any(|known| known.len() == reading.len() && known.iter().zip(&reading).all(|(a, b)| a.same_group(b)))
        {
            readings.push(reading);
        }
    }
    readings
}

/// The symbols that are left when each correction in turn takes back so much.
fn without(symbols: &[Symbol], way: &[Taken]) -> Vec<Symbol> {
    let mut left: Vec<Symbol> = Vec::with_capacity(symbols.len());
    let mut way = way.iter();
    let mut said = 0;
    for (at, group) in groups(symbols).enumerate() {
        let taken = group[0].takes_back.filter(|_| at > 0).and_then(|_| way.next());
        let from = match taken {
            None => left.len(),
            Some(Taken::Groups(count)) => left.len() - groups(&left).rev().take(*count).map(<[Symbol]>::len).sum::<usize>(),
            Some(Taken::Alike) => alike(&left, &symbols[said..]),
            Some(Taken::All) => 0,
        };
        // What was wrong goes with the number, being nearly the same, where it stands at the start of the number's turn.
        let is_start = from.checked_sub(1).is_none_or(|last| left[last].text != group[0].text);
        let start = left[from..].iter().find(|symbol| is_start && symbol.text == group[0].text).map(|wrong| wrong.first);
        left.truncate(from);
        said += group.len();
        left.extend(group.iter().map(|symbol| Symbol { first: start.unwrap_or(symbol.first), ..*symbol }));
    }
    left
}

/// Where in `left` begins what `next` says again, or its end if nothing there is like it.
fn alike(left: &[Symbol], next: &[Symbol]) -> usize {
    let score = |from: usize| {
        let pairs = || left[from..].iter().zip(next);
        let same = pairs().filter(|(a, b)| a.digit == b.digit && a.letter == b.letter).count();
        let other = left.len() - from - same;
        // Who says a number again says at least so much of it.
        (same >= ALIKE_MIN && other <= SLIPS_MAX).then(|| (same + SLIPS_MAX * SLIP).saturating_sub(other * SLIP))
    };
    let starts = (0..left.len()).filter(|at| at.checked_sub(1).is_none_or(|last| !left[last].same_group(&left[*at])));
    starts.filter_map(|at| Some((score(at)?, at))).max().map_or(left.len(), |(_, at)| at)
}

fn groups(symbols: &[Symbol]) -> impl DoubleEndedIterator<Item = &[Symbol]> {
    symbols.chunk_by(Symbol::same_group)
}
