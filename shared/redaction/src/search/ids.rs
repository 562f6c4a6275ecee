//! Which stretches are identity numbers, by the rules of their kinds, and which are IBANs.

use std::ops::{Range, RangeInclusive};

use crate::card;
use crate::conversation::Why;
use crate::cue::Cue;
use crate::iban;
use crate::ids::{Needs, Rule};
use crate::kind::Kind;
use crate::reading::{Symbol, is_iban};
use crate::run::Glue;
use crate::stretch::Stretch;

use super::{Candidate, Reading};

/// How many digits a number has of which the check digits tell though nobody asked for it.
const UNASKED: RangeInclusive<usize> = 11..=14;

impl Reading<'_> {
    pub(super) fn ids(&self, start: usize, found: &mut Vec<Candidate>) {
        let named = match self.context.cue() {
            _ if self.context.spoken_against() => return,
            Some(Cue::Id(kind)) => Some(kind),
            _ => None,
        };
        // A year is no number.
        if start.checked_sub(1).is_some_and(|last| self.symbols[last].month.is_some()) {
            return;
        }
        // Within other digits begins only what is called by its name.
        let may_begin = self.may_begin(start);
        if named.is_none() && !may_begin {
            return;
        }
        let is_named = matches!(self.context.cue(), Some(Cue::Id(_) | Cue::Near(_) | Cue::AnyId)) || self.is_unasked(start);
        let lengths = named.map_or(0, |kind| self.rules.all_lengths(kind));
        let mut stretch = Stretch::new(self.symbols, start);
        for of_length in self.rules.by_length() {
            let end = start + of_length.length;
            if end > self.symbols.len() {
                break;
            }
            // What is not called by the name of its kind goes whole or not at all.
            let is_named_so = lengths >> of_length.length & 1 != 0;
            if !(may_begin || is_named_so) || !self.is_border(end) {
                continue;
            }
            stretch.is_whole = may_begin && self.may_end(end);
            if !(stretch.is_whole || is_named_so) {
                continue;
            }
            stretch.extend(end);
            if !stretch.may_fit() {
                continue;
            }
            let rules = of_length.rules(is_named, stretch.has_letters).iter();
            for rule in rules.filter(|rule| stretch.is_whole || named == Some(rule.kind)) {
                let named_so = if is_named { self.holds_named(rule, &stretch) } else { None };
                let Some((why, rank)) = named_so.or_else(|| self.holds(rule, &stretch)) else { continue };
                match stretch.fits(rule) {
                    Some(true) => found.push(Candidate::new(rule.kind, stretch.range.clone(), why, rank)),
                    // Called by its name and of its form, but for a digit that was misheard.
                    Some(false) if named == Some(rule.kind) && stretch.is_whole && !self.is_broken(&stretch.range) => {
                        // All that was said, with a letter where its form has one: rather that than its digits alone.
                        let is_all = stretch.has_letters && stretch.range.len() == self.symbols.len();
                        if is_all || self.context.is_firm() {
                            found.push(Candidate::new(rule.kind, stretch.range.clone(), Why::Named, if is_all { 7 } else { 3 }));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Does what it is called give what the rule needs?
    fn holds_named(&self, rule: &Rule, stretch: &Stretch<'_>) -> Option<(Why, u8)> {
        let Stretch { range, is_whole: whole, .. } = stretch;
        let is_checked = rule.needs.is_checked();
        let shows = || is_checked || self.shows(range);
        match self.context.cue() {
            // Of what is said over several turns a part has to show that it is the number.
            Some(Cue::Id(kind) | Cue::Near(kind)) if kind == rule.kind && *whole && shows() => {
                let is_all = range.len() == self.symbols.len() || !self.is_split();
                // All that was said is more than a part of it.
                let is_part = range.len() < self.symbols.len() && !self.is_split();
                let rank = match () {
                    () if is_part => 5 + u8::from(is_checked),
                    () if is_checked || is_all => 7,
                    () => 4,
                };
                Some((Why::Named, rank))
            }
            Some(Cue::Id(kind)) if kind == rule.kind && is_checked => Some((Why::Named, 5)),
            // Asked for one number, people give another; its check digits tell.
            None | Some(Cue::Card)
                if *whole
                    && is_checked
                    && range.len() == self.symbols.len()
                    && rule.needs == Needs::AnyName
                    && !self.has_card_in_one_turn() =>
            {
                Some((Why::Checksum, 4))
            }
            Some(Cue::Id(_) | Cue::AnyId) if *whole && is_checked => {
                Some((Why::Named, if range.len() == self.symbols.len() { 6 } else { 3 }))
            }
            _ => None,
        }
    }

    /// Is what is said in one of several turns a card by itself?
    fn has_card_in_one_turn(&self) -> bool {
        let is_card = |turn: &[Symbol]| {
            let digits: Option<Vec<u8>> = turn.iter().map(|symbol| symbol.digit).collect();
            digits.is_some_and(|digits| card::stands_alone(&digits) && card::is_card(&digits))
        };
        self.is_split() && self.symbols.chunk_by(|a, b| a.text == b.text).any(is_card)
    }

    /// Is it all that was said, though nothing asked for it or says what it is, and long enough for check digits to tell? What
    /// begins with a zero or is called a number is somebody's telephone.
    fn is_unasked(&self, start: usize) -> bool {
        let (first, last) = (&self.symbols[start], self.last_of_text(start));
        start == 0
            && UNASKED.contains(&self.symbols.len())
            && self.context.said.is_none()
            && matches!(self.context.asked, None | Some(Cue::Card))
            && (first.digit != Some(0) || self.is_split())
            && self.symbols.iter().all(|symbol| symbol.digit.is_some())
            && (self.is_unasked)(first, last)
    }

    /// Where words stand that are not known only check digits tell.
    fn shows(&self, range: &Range<usize>) -> bool {
        !self.is_broken(range) && !self.is_wordy(range)
    }

    /// Does the writing?
    fn holds(&self, rule: &Rule, stretch: &Stretch<'_>) -> Option<(Why, u8)> {
        let Stretch { range, is_whole: whole, .. } = stretch;
        let grouped = |groups: &[u8]| *whole && stretch.is_grouped(groups);
        match rule.needs {
            Needs::Nothing => whole.then_some((Why::Checksum, 4)),
            Needs::Groups(groups) => grouped(groups).then_some((Why::Form, 3)),
            Needs::OwnNameOrDashes(groups) => {
                let is_written = || self.is_dashed(range) || groups.len() > 2 && self.is_alone(range);
                (grouped(groups) && is_written() && self.shows(range)).then_some((Why::Form, 3))
            }
            Needs::AnyName | Needs::OwnName => None,
        }
    }

    /// Does its sentence say nothing else?
    fn is_alone(&self, range: &Range<usize>) -> bool {
        (self.is_alone)(&self.symbols[range.start], self.last_of_text(range.start))
    }

    /// Do dashes, and nothing else, join the groups?
    fn is_dashed(&self, range: &Range<usize>) -> bool {
        let symbols = &self.symbols[range.clone()];
        symbols.iter().all(|symbol| symbol.same_group(&symbols[0]) || symbol.glue == Some(Glue::Dash))
    }

    pub(super) fn iban(&self, start: usize) -> Option<Candidate> {
        let letter = |at: usize| self.symbols.get(at)?.letter;
        let country = [letter(start)?, letter(start + 1)?];
        // `El número de seguimiento es 9205`: a word is no country where something else is named.
        let is_word = self.symbols[start].spoken && self.symbols[start].first == self.symbols.get(start + 1)?.first;
        if is_word && self.context.spoken_against() {
            return None;
        }
        let form = iban::form(country)?;
        let range = start..start + iban::HEAD + form.len();
        let symbols = self.symbols.get(range.clone()).filter(|_| self.is_border(range.end))?;
        if is_iban(symbols) {
            return Some(Candidate::new(Kind::Iban, range, Why::Checksum, 8));
        }
        // Called an IBAN and of its form, but for what was misheard.
        let is_named = self.context.cue() == Some(Cue::Id(Kind::Iban)) && self.context.is_firm();
        (is_named && self.is_whole_code(&range)).then(|| Candidate::new(Kind::Iban, range, Why::Named, 3))
    }
}
