//! Which stretches are cards.

use std::ops::Range;

use crate::card;
use crate::conversation::Why;
use crate::cue::Cue;
use crate::kind::Kind;
use crate::lexicon::Aside;

use super::{Candidate, Reading};

/// How many groups the longest card number has that is written in groups of four.
const USUAL_MAX: usize = CARD_MAX.div_ceil(4);

/// The longest card number.
pub(super) const CARD_MAX: usize = *card::LENGTHS.end();

impl Reading<'_> {
    pub(super) fn cards(&self, start: usize, found: &mut Vec<Candidate>) {
        if self.symbols.len() - start < *card::LENGTHS.start() {
            return;
        }
        let cue = self.context.cue();
        let is_named = matches!(cue, Some(Cue::Card | Cue::SecurityCode | Cue::Expiry)) && self.context.is_firm();
        // Only where a card is spoken of may it begin amid other digits.
        let is_against = self.context.spoken_against();
        if !is_named && (is_against && !self.context.is_passing() || !self.may_part(start) && !self.follows_word(start)) {
            return;
        }
        let mut digits = [0; CARD_MAX];
        let rest = self.symbols[start..].iter().map_while(|symbol| symbol.digit);
        let count = digits.iter_mut().zip(rest).map(|(to, digit)| *to = digit).count();
        if count < *card::LENGTHS.start() {
            return;
        }
        let lengths = card::lengths(&digits[..count]);
        for length in (*card::LENGTHS.start()..=count).filter(|length| lengths & 1 << length != 0) {
            let range = start..start + length;
            if !self.is_border(range.end) {
                continue;
            }
            let digits = &digits[..length];
            if is_against && !card::stands_alone(digits) {
                continue;
            }
            if card::luhn(digits) {
                let ends_turn = self.symbols.get(range.end).is_some_and(|next| next.text != self.symbols[range.end - 1].text);
                let card = self.card(digits, range, is_named);
                let is_all = card.is_some() && ends_turn && card::stands_alone(digits);
                found.extend(card);
                // What comes in another turn after a whole card is no part of it.
                if is_all {
                    break;
                }
            } else if is_named && self.is_misheard(&range) {
                found.push(Candidate::new(Kind::Card, range, Why::Named, 5));
            }
        }
    }

    fn card(&self, digits: &[u8], range: Range<usize>, is_named: bool) -> Option<Candidate> {
        let whole = self.is_whole(&range) || !is_named && self.follows_word(range.start) && self.may_part(range.end);
        let (why, rank) = match () {
            () if is_named => (
                Why::Named,
                match () {
                    // Of several ways to read it, the one that leaves nothing over.
                    () if range.len() == self.symbols.len() => 8,
                    () if whole => 7,
                    // So few digits are as likely a piece of a card with a slip in it.
                    () if self.may_part(range.start) && self.is_usual(&range) && card::stands_alone(digits) => 6,
                    () => 3,
                },
            ),
            () if !card::stands_alone(digits) && !self.is_usual(&range) => return None,
            () if whole => (Why::Checksum, 4),
            () if self.is_usual(&range) => (Why::Form, 2),
            () => return None,
        };
        Some(Candidate::new(Kind::Card, range, why, rank))
    }

    /// A number of a network that was asked for or named as a card's, and has a wrong digit: one was misheard or mistyped.
    fn is_misheard(&self, range: &Range<usize>) -> bool {
        // What was surely taken back is no part of it.
        let mut later = self.symbols[range.clone()].iter().skip(1);
        let is_corrected = later.any(|symbol| symbol.takes_back == Some(Aside::Correction));
        !is_corrected && !self.is_broken(range) && (self.is_whole(range) || self.is_usual(range))
    }

    /// Written as cards are: one group, or groups of four and the rest, or as American Express and Diners do.
    fn is_usual(&self, range: &Range<usize>) -> bool {
        let mut groups = [0; USUAL_MAX];
        let count = self.groups(range).count();
        groups.iter_mut().zip(self.groups(range)).for_each(|(to, length)| *to = length);
        match groups.get(..count).unwrap_or_default() {
            [length] => *length >= 14,
            [4, 6, 5 | 4] => true,
            [all @ .., last] => all.len() >= 2 && all.iter().all(|length| *length == 4) && *last <= 4,
            [] => false,
        }
    }
}
