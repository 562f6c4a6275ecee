//! Which stretches of a reading are numbers that go.

mod cards;
mod ids;
mod named;

use std::cmp::Reverse;
use std::ops::Range;

use crate::context::{Context, Contexts};
use crate::conversation::Why;
use crate::cue::Cue;
use crate::ids::Rules;
use crate::kind::Kind;
use crate::reading::{Pause, Symbol};
use crate::run::Glue;

/// A stretch of a reading that goes.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) kind: Kind,
    pub(crate) symbols: Range<usize>,
    pub(crate) why: Why,
    /// Which of two that overlap goes; then the longer.
    rank: u8,
}

impl Candidate {
    /// Of two that overlap, the one that sorts first goes.
    pub(crate) fn order(&self) -> impl Ord + use<> {
        (Reverse((self.rank, self.symbols.len())), self.symbols.start)
    }

    /// Does only the way in which it is said show that it is a number that goes?
    pub(crate) fn is_weak(&self) -> bool {
        self.rank == RANK_WEAK
    }

    /// The same in a list of which its reading begins at `start`.
    pub(crate) fn within(mut self, start: usize) -> Self {
        self.symbols = self.symbols.start + start..self.symbols.end + start;
        self
    }

    pub(crate) fn new(kind: Kind, symbols: Range<usize>, why: Why, rank: u8) -> Self {
        Self { kind, symbols, why, rank }
    }
}

/// The rank of what nothing but the way shows in which it is said.
const RANK_WEAK: u8 = 0;

/// Fewer symbols than this before it are no number that would use up what was said.
const ANOTHER_MIN: usize = 5;

/// Nor are fewer than this before a comma one that stays.
const APART_MIN: usize = 2;
/// A group of so many is a number by itself.
const GROUP_MIN: usize = 7;

/// The fewest symbols that any kind found here has.
const SYMBOLS_MIN: usize = 6;

/// The candidates of a reading, apart from one another. `context` is asked for each turn once there is enough to judge.
pub(crate) fn find(symbols: &[Symbol], rules: &Rules, contexts: &Contexts<'_, '_>) -> Vec<Candidate> {
    if symbols.len() < SYMBOLS_MIN || is_uuid(symbols) {
        return Vec::new();
    }
    let context = |from: &Symbol, to: &Symbol| contexts.of(from, to);
    let is_alone = |from: &Symbol, to: &Symbol| contexts.is_alone(from, to);
    let is_unasked = |from: &Symbol, to: &Symbol| contexts.is_unasked(from, to);
    let mut reading = Reading {
        symbols,
        rules,
        is_alone: &is_alone,
        is_unasked: &is_unasked,
        context: Context::default(),
        wordy: Vec::new(),
        others: Vec::new(),
    };
    let is_split = reading.is_split();
    let closing = if is_split { reading.closing_context(context) } else { None };
    // What is said of a number before its own piece; or, if nothing is, of its last: `and 575 is my TFN`.
    let of_piece = |start: usize, last: &Symbol| match context(&symbols[start], last) {
        none if none.said.is_none() && !none.spoken_against() => closing.unwrap_or(none),
        some => some,
    };
    let first = of_piece(0, reading.last_of_text(0));
    reading.context = first;
    if is_split && first.cue().is_some() {
        reading.wordy = reading.wordy(context);
    }
    // Digits that are called something else: an order, a phone.
    let is_plain = |at: usize| {
        symbols[at].letter.is_none()
            && symbols[at].text == symbols[0].text
            && !reading.may_be_another(at)
            && !reading.is_apart(at)
    };
    if first.spoken_against() && !first.is_passing() && (0..symbols.len()).all(is_plain) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for start in 0..symbols.len() {
        if reading.is_border(start) {
            // A number answers what was asked before its own first piece.
            let is_next = start > 0 && symbols[start].text != symbols[start - 1].text;
            if is_next || reading.may_be_another(start) || reading.context.spoken_against() && reading.is_apart(start) {
                let other = of_piece(start, reading.last_of_text(start));
                let stays = !is_next && reading.context.spoken_against();
                if stays && reading.begins_another(start, other) {
                    reading.context = other;
                    reading.others.push(start);
                    found.extend(reading.named(start));
                } else if !stays || reading.may_be_another(start) {
                    reading.context = other;
                }
            }
            found.extend(reading.iban(start));
            reading.cards(start, &mut found);
            reading.ids(start, &mut found);
        }
    }
    reading.context = first;
    found.extend(reading.named(0));
    // A whole number that stays may have been said before.
    if is_split && (!first.spoken_against() || reading.turn(0) >= ANOTHER_MIN) {
        found.extend(reading.dictated());
    }
    // A card that is all there is leaves no room for a shorter number within it.
    if found.iter().any(|card| card.kind == Kind::Card && card.why != Why::Named && card.symbols.len() == symbols.len()) {
        found.retain(|candidate| candidate.symbols.len() == symbols.len());
    }
    apart(found)
}

/// The best of those that overlap.
pub(crate) fn apart(mut found: Vec<Candidate>) -> Vec<Candidate> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(Candidate::order);
    let mut taken = vec![false; found.iter().map(|candidate| candidate.symbols.end).max().unwrap_or_default()];
    found.retain(|candidate| {
        let stretch = &mut taken[candidate.symbols.clone()];
        let is_free = stretch.iter().all(|taken| !taken);
        if is_free {
            stretch.fill(true);
        }
        is_free
    });
    found
}

struct Reading<'a> {
    symbols: &'a [Symbol],
    rules: &'a Rules,
    /// Does the sentence of what begins and ends with these, in one turn, say nothing else?
    is_alone: &'a dyn Fn(&Symbol, &Symbol) -> bool,
    /// And was nothing asked for?
    is_unasked: &'a dyn Fn(&Symbol, &Symbol) -> bool,
    context: Context,
    /// Where those of its turns begin that say more, so that only check digits tell whether they belong to it.
    wordy: Vec<usize>,
    /// Where others begin after a number that stays.
    others: Vec<usize>,
}

impl Reading<'_> {
    /// Does it go over several turns?
    fn is_split(&self) -> bool {
        self.symbols.first().map(|first| first.text) != self.symbols.last().map(|last| last.text)
    }

    /// What the turn of the last piece names it.
    fn closing_context(&self, context: impl Fn(&Symbol, &Symbol) -> Context) -> Option<Context> {
        let last = self.symbols.last()?;
        let start = self.symbols.iter().rposition(|symbol| symbol.text != last.text)? + 1;
        // `3286637039 is my Medicare number`: what is named there is all there.
        let named = |last: &Context| last.said.or(last.thanked());
        let is_whole = |last: &Context| match named(last) {
            Some(Cue::Id(kind)) => {
                self.rules.lengths(kind).is_some_and(|lengths| lengths.contains(&(self.symbols.len() - start)))
            }
            _ => false,
        };
        Some(context(&self.symbols[start], last))
            .filter(|last| matches!(named(last), Some(Cue::Card | Cue::Id(_) | Cue::AnyId)) && !is_whole(last))
    }

    /// Where turns after the first begin that say more than digits, and not what they are: `I called five times`.
    fn wordy(&self, context: impl Fn(&Symbol, &Symbol) -> Context) -> Vec<usize> {
        let starts = (1..self.symbols.len()).filter(|at| self.symbols[*at].text != self.symbols[at - 1].text);
        let of_turn = |at: &usize| context(&self.symbols[*at], self.last_of_text(*at));
        let is_amid = |at: &usize| matches!(of_turn(at), turn if turn.said.is_none() && turn.is_amid());
        starts.filter(|at| is_amid(at) && !(self.is_alone)(&self.symbols[*at], self.last_of_text(*at))).collect()
    }

    /// Does such a turn go on with what the stretch began with?
    fn is_wordy(&self, range: &Range<usize>) -> bool {
        self.wordy.iter().any(|at| (range.start + 1..range.end).contains(at))
    }

    /// How many symbols its turn has from this one on.
    fn turn(&self, start: usize) -> usize {
        self.symbols[start..].iter().take_while(|symbol| symbol.text == self.symbols[start].text).count()
    }

    fn last_of_text(&self, start: usize) -> &Symbol {
        let rest = &self.symbols[start..];
        let same = rest.partition_point(|symbol| symbol.text == rest[0].text);
        &rest[same - 1]
    }

    /// Can a number begin here, or end just before?
    fn is_border(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|last| self.symbols.get(last)), self.symbols.get(at)) {
            (Some(a), Some(b)) => !a.same_group(b),
            _ => true,
        }
    }

    /// Is this a border at which the writing itself changes: the run's own end, a letter, words after digits, another turn?
    fn is_edge(&self, at: usize) -> bool {
        match (at.checked_sub(1).and_then(|last| self.symbols.get(last)), self.symbols.get(at)) {
            (Some(a), Some(b)) => {
                let changes = a.digit.is_none() || b.digit.is_none() || a.spoken != b.spoken || a.text != b.text;
                (changes || b.pause == Some(Pause::Sentence) || self.others.contains(&at)) && !a.same_group(b)
            }
            _ => true,
        }
    }

    fn is_whole(&self, range: &Range<usize>) -> bool {
        self.may_part(range.start) && self.may_part(range.end)
    }

    /// Is this an edge, or were words said that may part two numbers?
    fn may_part(&self, at: usize) -> bool {
        self.is_edge(at) || self.symbols.get(at).is_some_and(|symbol| symbol.pause.is_some() && self.is_border(at))
    }

    /// Does but a word stand before it that counts elsewhere? `From the blue one 2347..`, `o 2203..`
    fn follows_word(&self, at: usize) -> bool {
        at == 1
            && self.is_border(at)
            && !self.is_split()
            && self.symbols[0].spoken
            && matches!(self.symbols[0].digit, Some(0 | 1 | 2 | 4))
    }

    /// Has enough been said before this place to be a number by itself, and then something that may lead to another?
    fn may_be_another(&self, at: usize) -> bool {
        at >= ANOTHER_MIN && self.symbols[at].pause.is_some()
    }

    /// May another number begin here, after a whole one? `order 4412398 and 452505224`
    fn is_apart(&self, at: usize) -> bool {
        let Some(last) = at.checked_sub(1).and_then(|last| self.symbols.get(last)) else { return false };
        let next = &self.symbols[at];
        let parts = matches!(next.glue, Some(Glue::Comma | Glue::Dot)) || next.first > last.last + 1;
        at >= APART_MIN && parts && !last.same_group(next)
    }

    /// Is what begins here called something that goes? If it was only asked for, a comma alone may be within what stays.
    fn begins_another(&self, at: usize, context: Context) -> bool {
        let is_wanted = |cue: Option<Cue>| matches!(cue, Some(Cue::Card | Cue::Id(_) | Cue::AnyId));
        let next = &self.symbols[at];
        let group = self.symbols[at..].iter().take_while(|symbol| symbol.same_group(next)).count();
        let is_comma = next.glue == Some(Glue::Comma) && next.first == self.symbols[at - 1].last + 1 && group < GROUP_MIN;
        is_wanted(context.said) || context.said.is_none() && is_wanted(context.asked) && !is_comma
    }

    /// How many symbols each group has.
    fn groups(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let symbols = &self.symbols[range.clone()];
        symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len)
    }

    /// Do words that we do not know stand within it, so that only check digits can tell?
    fn is_broken(&self, range: &Range<usize>) -> bool {
        self.symbols[range.clone()]
            .windows(2)
            .any(|pair| pair[1].glue.is_none() && pair[0].text == pair[1].text && !pair[0].same_group(&pair[1]))
    }

    /// Does nothing else of the run touch it?
    fn is_whole_code(&self, range: &Range<usize>) -> bool {
        self.may_begin(range.start) && self.may_end(range.end)
    }

    /// Does no other digit stand right after?
    fn may_end(&self, end: usize) -> bool {
        self.is_edge(end) || self.symbols.get(end).is_none_or(|symbol| symbol.digit.is_none())
    }

    /// Does no other digit stand right before?
    fn may_begin(&self, start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|at| self.symbols.get(at));
        let is_date = before.is_some_and(|symbol| symbol.month.is_some());
        !is_date && (self.is_edge(start) || before.is_none_or(|symbol| symbol.digit.is_none()))
    }
}

/// How many letters before and after a UUID may be words.
const UUID_SLACK: usize = 4;

/// 8-4-4-4-12 with dashes, or 32 in one group: RFC 9562. Words around it may be read as letters.
fn is_uuid(symbols: &[Symbol]) -> bool {
    (32..=32 + UUID_SLACK).contains(&symbols.len()) && {
        let groups: Vec<usize> = symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len).collect();
        groups.windows(5).any(|groups| groups == [8, 4, 4, 4, 12]) || groups.contains(&32)
    }
}
