//! What goes whole though no check digits say so: it was named or asked for, or dictated piece by piece.

use std::ops::RangeInclusive;

use crate::conversation::Why;
use crate::cue::Cue;
use crate::iban;
use crate::kind::Kind;
use crate::reading::Symbol;
use crate::run::Glue;

use super::cards::CARD_MAX;
use super::{Candidate, RANK_WEAK, Reading};

/// Fewer digits than this are no card with a wrong one.
const MISHEARD_MIN: usize = 13;

/// How many symbols more or fewer than its kind's a number may have that was named.
const NAMED_SLACK: usize = 2;
/// How many symbols the answer has when an identity number was asked for: it may be another country's, or none that is known.
const ANSWER: RangeInclusive<usize> = 6..=20;

/// No amount has more digits.
const AMOUNT_MAX: usize = 15;

/// At least every second of its symbols is a digit; every third where such numbers have letters.
const DIGITS_SHARE: usize = 2;
const LETTERED_SHARE: usize = 3;
/// Fewer digits are no number of an unknown kind: `il y en a 2352`.
const OTHER_DIGITS_MIN: usize = 5;
/// How many it has when nobody named it, but it was given piece by piece.
const DICTATED: RangeInclusive<usize> = 8..=20;

/// How many signs a vehicle's number has (ISO 3779).
const VEHICLE: usize = 17;
/// The fewest of them that are letters.
const VEHICLE_LETTERS: usize = 3;

/// Is it a vehicle's number? `FIN` is its name in German, and that of a number in Singapore.
fn is_vehicle(kind: Kind, symbols: &[Symbol]) -> bool {
    let letters = symbols.iter().filter_map(|symbol| symbol.letter.filter(|_| symbol.digit.is_none()));
    kind != Kind::Iban
        && symbols.len() == VEHICLE
        && letters.clone().count() >= VEHICLE_LETTERS
        && letters.into_iter().all(|letter| !matches!(letter, b'I' | b'O' | b'Q'))
}

impl Reading<'_> {
    /// All of a reading from `start` on that was asked for or named, and is about as long as what it was called. Digits were misheard, or it
    /// was read wrongly.
    pub(super) fn named(&self, start: usize) -> Option<Candidate> {
        let (kind, lengths) = match self.context.cue().filter(|_| self.context.is_direct())? {
            // Asked for a card, people may tell something else first.
            Cue::Card if self.context.is_plain() && self.symbols.iter().skip(1).all(|symbol| symbol.digit.is_some()) => {
                (Kind::Card, MISHEARD_MIN - NAMED_SLACK..=CARD_MAX + NAMED_SLACK)
            }
            // Asked for an IBAN or an account, people give the account's own number too.
            Cue::Id(Kind::Iban) if self.context.is_plain() && self.is_account() => (Kind::BankAccount, ANSWER),
            Cue::Id(Kind::Iban) => (Kind::Iban, iban::LENGTHS.start() - NAMED_SLACK..=iban::LENGTHS.end() + NAMED_SLACK),
            Cue::Id(kind) if self.context.is_plain() => (kind, ANSWER),
            Cue::Id(kind) => {
                let lengths = self.rules.lengths(kind)?;
                (kind, (lengths.start() - NAMED_SLACK).max(*ANSWER.start())..=lengths.end() + NAMED_SLACK)
            }
            Cue::AnyId if self.context.is_plain() => (Kind::OtherId, ANSWER),
            _ => return None,
        };
        let end = self.wordy.iter().chain(&self.others).copied().filter(|at| *at > start).min();
        let all = start..end.unwrap_or(self.symbols.len());
        let symbols = &self.symbols[all.clone()];
        let digits = symbols.iter().filter(|symbol| symbol.digit.is_some()).count();
        let is_date = symbols.iter().any(|symbol| symbol.month.is_some());
        let share = if kind == Kind::Iban || self.rules.has_letters(kind) { LETTERED_SHARE } else { DIGITS_SHARE };
        let is_number = lengths.contains(&symbols.len()) && digits * share >= symbols.len();
        // What is written with letters is none of those that have none: `it was UA4720`.
        let is_lettered = |symbol: &Symbol| symbol.digit.is_none() && !symbol.spoken;
        let has_none = !matches!(kind, Kind::OtherId | Kind::Iban | Kind::BankAccount) && !self.rules.has_letters(kind);
        let is_number = is_number && !(has_none && symbols.iter().filter(|symbol| is_lettered(symbol)).count() > 1);
        let is_number = is_number && (kind != Kind::OtherId || digits >= OTHER_DIGITS_MIN);
        let is_one = !is_date && !is_vehicle(kind, symbols) && is_number && !self.is_amount() && !self.is_broken(&all);
        is_one.then(|| Candidate::new(kind, all, Why::Named, 4))
    }

    /// Digits only, and too few for an IBAN?
    fn is_account(&self) -> bool {
        self.symbols.len() < *iban::LENGTHS.start() - NAMED_SLACK && self.symbols.iter().all(|symbol| symbol.letter.is_none())
    }

    /// Digits over several turns that say nothing else, while the other says `go on`: whatever is dictated so is no passing
    /// number, though the question for it was in words that nobody listed.
    pub(super) fn dictated(&self) -> Option<Candidate> {
        let turns = self.symbols.chunk_by(|a, b| a.text == b.text);
        let (mut range, mut pieces, mut end) = (0..0, 0, 0);
        for turn in turns {
            let start = end;
            end += turn.len();
            let is_bare = (self.is_alone)(&turn[0], &turn[turn.len() - 1]);
            let goes_on = range.end == start && pieces > 0;
            if is_bare && goes_on && end - range.start <= *DICTATED.end() {
                (range.end, pieces) = (end, pieces + 1);
            } else if pieces > 1 {
                break;
            } else {
                (range, pieces) = (start..end, usize::from(is_bare));
            }
        }
        let symbols = &self.symbols[range.clone()];
        let digits = symbols.iter().filter(|symbol| symbol.digit.is_some()).count();
        let is_number = DICTATED.contains(&symbols.len())
            && digits * 2 >= symbols.len()
            && symbols.iter().all(|symbol| symbol.month.is_none());
        (pieces > 1 && is_number && !self.is_broken(&range)).then(|| Candidate::new(Kind::OtherId, range, Why::Form, RANK_WEAK))
    }

    /// Is it written as amounts are: `950,995,852`?
    fn is_amount(&self) -> bool {
        let groups = || self.symbols.chunk_by(Symbol::same_group);
        let is_thousands = |group: &[Symbol]| group.len() == 3 && matches!(group[0].glue, Some(Glue::Comma | Glue::Dot));
        let written = self.symbols.iter().all(|symbol| !symbol.spoken && symbol.text == self.symbols[0].text);
        written
            && self.symbols.len() <= AMOUNT_MAX
            && groups().count() > 2
            && groups().skip(1).all(is_thousands)
            && groups().next().is_some_and(|group| group.len() <= 3)
    }
}
