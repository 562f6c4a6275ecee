//! Which stretches of a reading are numbers that go.

use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};

use crate::context::Context;
use crate::conversation::Why;
use crate::cue::Cue;
use crate::ids::{Needs, Rule, Rules};
use crate::kind::Kind;
use crate::lexicon::Aside;
use crate::reading::{Pause, Symbol, is_iban};
use crate::run::Glue;
use crate::stretch::Stretch;
use crate::{card, iban};

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

    /// The same in a list of which its reading begins at `start`.
    pub(crate) fn within(mut self, start: usize) -> Self {
        self.symbols = self.symbols.start + start..self.symbols.end + start;
        self
    }

    pub(crate) fn new(kind: Kind, symbols: Range<usize>, why: Why, rank: u8) -> Self {
        Self { kind, symbols, why, rank }
    }
}

/// How many groups the longest card number has that is written in groups of four.
const USUAL_MAX: usize = CARD_MAX.div_ceil(4);

/// The longest card number.
const CARD_MAX: usize = *card::LENGTHS.end();
/// Fewer digits than this are no card with a wrong one.
const MISHEARD_MIN: usize = 13;

/// Fewer symbols than this before it are no number that would use up what was said.
const ANOTHER_MIN: usize = 5;

/// Nor are fewer than this before a comma one that stays.
const APART_MIN: usize = 2;
/// A group of so many is a number by itself.
const GROUP_MIN: usize = 7;

/// How many symbols more or fewer than its kind's a number may have that was named.
const NAMED_SLACK: usize = 2;
/// How many symbols the answer has when an identity number was asked for: it may be another country's, or none that is known.
const ANSWER: RangeInclusive<usize> = 6..=20;

/// At least every second of its symbols is a digit; every third where such numbers have letters.
const DIGITS_SHARE: usize = 2;
const LETTERED_SHARE: usize = 3;
/// Fewer digits are no number of an unknown kind: `il y en a 2352`.
const OTHER_DIGITS_MIN: usize = 5;
/// How many it has when nobody named it, but it was given piece by piece.
const DICTATED: RangeInclusive<usize> = 8..=20;

/// The fewest symbols that any kind found here has.
const SYMBOLS_MIN: usize = 6;

/// The candidates of a reading, apart from one another. `context` is asked for each turn once there is enough to judge.
pub(crate) fn find(symbols: &[Symbol], rules: &Rules, context: impl Fn(&Symbol, &Symbol) -> Context) -> Vec<Candidate> {
    if symbols.len() < SYMBOLS_MIN || is_uuid(symbols) {
        return Vec::new();
    }
    let mut reading = Reading { symbols, rules, context: Context::default(), wordy: Vec::new(), others: Vec::new() };
    let is_split = reading.is_split();
    let closing = if is_split { reading.closing_context(&context) } else { None };
    // What is said of a number before its own piece; or, if nothing is, of its last: `and 575 is my TFN`.
    let of_piece = |start: usize, last: &Symbol| match context(&symbols[start], last) {
        none if none.said.is_none() && !none.spoken_against() => closing.unwrap_or(none),
        some => some,
    };
    let first = of_piece(0, reading.last_of_text(0));
    reading.context = first;
    if is_split && first.cue().is_some() {
        reading.wordy = reading.wordy(&context);
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
    if first.cue().is_none() && is_split {
        found.extend(reading.dictated(&context));
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
        Some(context(&self.symbols[start], last)).filter(|last| matches!(last.said, Some(Cue::Card | Cue::Id(_) | Cue::AnyId)))
    }

    /// Where turns after the first begin that say more than digits, and not what they are: `I called five times`.
    fn wordy(&self, context: impl Fn(&Symbol, &Symbol) -> Context) -> Vec<usize> {
        let starts = (1..self.symbols.len()).filter(|at| self.symbols[*at].text != self.symbols[at - 1].text);
        let of_turn = |at: &usize| context(&self.symbols[*at], self.last_of_text(*at));
        starts.filter(|at| matches!(of_turn(at), turn if turn.said.is_none() && turn.is_amid())).collect()
    }

    /// Does such a turn go on with what the stretch began with?
    fn is_wordy(&self, range: &Range<usize>) -> bool {
        self.wordy.iter().any(|at| (range.start + 1..range.end).contains(at))
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

    /// Has enough been said before this place to be a number by itself, and then something that may lead to another?
    fn may_be_another(&self, at: usize) -> bool {
        at >= ANOTHER_MIN && self.symbols[at].pause.is_some()
    }

    fn iban(&self, start: usize) -> Option<Candidate> {
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

    /// All of a reading from `start` on that was asked for or named, and is about as long as what it was called. Digits were misheard, or it
    /// was read wrongly.
    fn named(&self, start: usize) -> Option<Candidate> {
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
        let is_number = is_number && (kind != Kind::OtherId || digits >= OTHER_DIGITS_MIN);
        let is_one = !is_date && is_number && !self.is_amount() && !self.is_broken(&all);
        is_one.then(|| Candidate::new(kind, all, Why::Named, 4))
    }

    /// Digits only, and too few for an IBAN?
    fn is_account(&self) -> bool {
        self.symbols.len() < *iban::LENGTHS.start() - NAMED_SLACK && self.symbols.iter().all(|symbol| symbol.letter.is_none())
    }

    /// Digits over several turns that say nothing else, while the other says `go on`: whatever is dictated so is no passing
    /// number, though the question for it was in words that nobody listed.
    fn dictated(&self, context: impl Fn(&Symbol, &Symbol) -> Context) -> Option<Candidate> {
        let turns = self.symbols.chunk_by(|a, b| a.text == b.text);
        let (mut range, mut pieces, mut end) = (0..0, 0, 0);
        for turn in turns {
            let start = end;
            end += turn.len();
            if context(&turn[0], &turn[turn.len() - 1]).is_bare() {
                range = if range.end == start { range.start..end } else { start..end };
                pieces = if range.start == start { 1 } else { pieces + 1 };
            } else if pieces > 1 {
                break;
            }
        }
        let symbols = &self.symbols[range.clone()];
        let digits = symbols.iter().filter(|symbol| symbol.digit.is_some()).count();
        let is_number = DICTATED.contains(&symbols.len())
            && digits * 2 >= symbols.len()
            && symbols.iter().all(|symbol| symbol.month.is_none());
        (pieces > 1 && is_number && !self.is_broken(&range)).then(|| Candidate::new(Kind::OtherId, range, Why::Form, 1))
    }

    /// Is it written as amounts are: `950,995,852`?
    fn is_amount(&self) -> bool {
        let groups = || self.symbols.chunk_by(Symbol::same_group);
        let is_thousands = |group: &[Symbol]| group.len() == 3 && matches!(group[0].glue, Some(Glue::Comma | Glue::Dot));
        let written = self.symbols.iter().all(|symbol| !symbol.spoken && symbol.text == self.symbols[0].text);
        written
            && groups().count() > 2
            && groups().skip(1).all(is_thousands)
            && groups().next().is_some_and(|group| group.len() <= 3)
    }

    fn cards(&self, start: usize, found: &mut Vec<Candidate>) {
        if self.symbols.len() - start < *card::LENGTHS.start() {
            return;
        }
        let cue = self.context.cue();
        let is_named = matches!(cue, Some(Cue::Card | Cue::SecurityCode | Cue::Expiry)) && self.context.is_firm();
        // Only where a card is spoken of may it begin amid other digits.
        let is_against = self.context.spoken_against();
        if !is_named && (is_against && !self.context.is_passing() || !self.may_part(start)) {
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
        let whole = self.is_whole(&range);
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

    /// How many symbols each group has.
    fn groups(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let symbols = &self.symbols[range.clone()];
        symbols.chunk_by(Symbol::same_group).map(<[Symbol]>::len)
    }

    fn ids(&self, start: usize, found: &mut Vec<Candidate>) {
        let named = match self.context.cue() {
            _ if self.context.spoken_against() => return,
            Some(Cue::Id(kind)) => Some(kind),
            _ => None,
        };
        // Within other digits begins only what is called by its name.
        let may_begin = self.may_begin(start);
        if named.is_none() && !may_begin {
            return;
        }
        let is_named = matches!(self.context.cue(), Some(Cue::Id(_) | Cue::Near(_) | Cue::AnyId));
        let mut stretch = Stretch::new(self.symbols, start);
        for of_length in self.rules.by_length() {
            let end = start + of_length.length;
            if end > self.symbols.len() {
                break;
            }
            if !self.is_border(end) {
                continue;
            }
            stretch.is_whole = may_begin && self.may_end(end);
            // What is not named goes whole or not at all.
            if !is_named && !stretch.is_whole {
                continue;
            }
            stretch.extend(end);
            if !stretch.may_fit() {
                continue;
            }
            let rules = of_length.rules(is_named, stretch.has_letters).iter();
            for rule in rules.filter(|rule| may_begin || named == Some(rule.kind)) {
                let Some((why, rank)) = self.holds(rule, &stretch) else { continue };
                match stretch.fits(rule) {
                    Some(true) => found.push(Candidate::new(rule.kind, stretch.range.clone(), why, rank)),
                    // Called by its name and of its form, but for a digit that was misheard.
                    Some(false)
                        if named == Some(rule.kind)
                            && self.context.is_firm()
                            && stretch.is_whole
                            && !self.is_broken(&stretch.range) =>
                    {
                        found.push(Candidate::new(rule.kind, stretch.range.clone(), Why::Named, 3));
                    }
                    _ => {}
                }
            }
        }
    }

    /// Do words that we do not know stand within it, so that only check digits can tell?
    fn is_broken(&self, range: &Range<usize>) -> bool {
        self.symbols[range.clone()]
            .windows(2)
            .any(|pair| pair[1].glue.is_none() && pair[0].text == pair[1].text && !pair[0].same_group(&pair[1]))
    }

    /// Does the context or the writing give what the rule needs?
    fn holds(&self, rule: &Rule, stretch: &Stretch<'_>) -> Option<(Why, u8)> {
        let Stretch { range, is_whole: whole, .. } = stretch;
        let is_checked = rule.needs.is_checked();
        // Where words stand that are not known only check digits tell.
        let shows = || is_checked || !self.is_broken(range) && !self.is_wordy(range);
        match self.context.cue() {
            // Of what is said over several turns a part has to show that it is the number.
            Some(Cue::Id(kind) | Cue::Near(kind)) if kind == rule.kind && *whole && shows() => {
                let is_all = range.len() == self.symbols.len() || !self.is_split();
                return Some((Why::Named, if is_checked || is_all { 7 } else { 4 }));
            }
            Some(Cue::Id(kind)) if kind == rule.kind && is_checked => return Some((Why::Named, 5)),
            // Asked for one number, people give another; its check digits tell.
            Some(Cue::Id(_) | Cue::AnyId) if *whole && is_checked => {
                return Some((Why::Named, if range.len() == self.symbols.len() { 5 } else { 3 }));
            }
            _ => {}
        }
        let grouped = |groups: &[u8]| *whole && stretch.is_grouped(groups);
        match rule.needs {
            Needs::Nothing => whole.then_some((Why::Checksum, 4)),
            Needs::Groups(groups) => grouped(groups).then_some((Why::Form, 3)),
            Needs::OwnNameOrDashes(groups) => {
                let is_written = || self.is_dashed(range) || groups.len() > 2 && self.context.is_bare();
                (grouped(groups) && is_written() && shows()).then_some((Why::Form, 3))
            }
            Needs::AnyName | Needs::OwnName => None,
        }
    }

    /// Do dashes, and nothing else, join the groups?
    fn is_dashed(&self, range: &Range<usize>) -> bool {
        let symbols = &self.symbols[range.clone()];
        symbols.iter().all(|symbol| symbol.same_group(&symbols[0]) || symbol.glue == Some(Glue::Dash))
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
        self.is_edge(start) || before.is_none_or(|symbol| symbol.digit.is_none())
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
