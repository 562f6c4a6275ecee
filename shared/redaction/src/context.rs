//! What the words around a number say it is: those before it, those after it, and the question it answers.

use std::cell::Cell;
use std::ops::Range;

use crate::answer::{is_answer, is_short_answer, words};
use crate::cue::Cue;
use crate::kind::Kind;
use crate::lexer::{Class, Item};
use crate::lexicon::Traits;
use crate::reading::Symbol;
use crate::run::sentence_ends;
use crate::shape;
use crate::text::{Cues, Text, Texts};

/// How a number stands in its turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stands {
    /// Amid other words.
    #[default]
    Amid,
    /// Right behind its name.
    Near,
    /// Asked for, behind no words but those with which one answers.
    Answers,
    /// Neither named nor asked for, amid no other words.
    Bare,
}

/// What is known about a run before its digits are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// What the nearest words of the same turn name.
    pub(crate) said: Option<Cue>,
    /// What the question before asked for.
    pub(crate) asked: Option<Cue>,
    /// It was another who asked, and did not say that it is not wanted.
    is_question: bool,
    /// What else its turn says.
    stands: Stands,
    /// What it is called that stays is only spoken of.
    passing: bool,
}

impl Context {
    /// What it is called: the turn's own words before the question's.
    pub(crate) fn cue(self) -> Option<Cue> {
        self.said.or(self.asked)
    }

    /// Is it named or asked for, rather than only spoken of before?
    pub(crate) fn is_firm(self) -> bool {
        self.said.is_some() || self.is_question
    }

    /// Is it firmly named, with hardly a word between, or was it asked for?
    pub(crate) fn is_direct(self) -> bool {
        self.stands == Stands::Near || self.said.is_none() && self.is_question
    }

    /// Does it say no more than what was asked for, or stand right behind its name?
    pub(crate) fn is_plain(self) -> bool {
        self.stands == Stands::Near || self.stands == Stands::Answers && self.is_question
    }

    /// Does its turn say more, and not what it is?
    pub(crate) fn is_amid(self) -> bool {
        self.stands == Stands::Amid
    }

    /// Is it all that its turn says, after no question?
    pub(crate) fn is_bare(self) -> bool {
        self.stands == Stands::Bare
    }

    /// Do words say that it is something that stays? A passing word in a question does not.
    pub(crate) fn spoken_against(self) -> bool {
        match (self.said, self.asked) {
            (Some(cue), _) => matches!(cue, Cue::Other { .. }),
            (None, asked) => asked == Some(Cue::Other { named: true }),
        }
    }

    /// Do these words not call it so, but speak of it in passing? Then the right check digits of a card weigh more.
    pub(crate) fn is_passing(self) -> bool {
        self.passing
    }
}

/// How far, in words, those reach the number after them.
const REACH: usize = 12;
/// How far words reach that name something that stays, or one of a card's short numbers.
const REACH_SHORT: usize = 5;
const REACH_OTHER: usize = 7;
/// How many turns after a card what is not called a card's code or date by name may be one.
const CARD_TURNS: usize = 8;
/// No further than this a name leaves no doubt that it means the number.
const NEAR: usize = 4;
/// How far words reach the number before them.
const REACH_BACK: usize = 6;
/// Within how many items after a name its own number stands.
const OWN: usize = 6;
/// How many fillers may stand after a name that is a common word too.
const FILLERS_MAX: usize = 3;
/// More words than these are no question for a number alone.
const QUESTION_MAX: usize = 40;
const SHORT_QUESTION_MAX: usize = 6;
/// A question that only hints at what it asks for has no more words, and is answered within so many turns.
const HINT_MAX: usize = 20;
/// A question for a card's code or date has no more words, where neither it nor what was said before speaks of a card.
const SHORT_WORDS_MAX: usize = 9;
const HINT_TURNS: usize = 2;
/// How many words may stand between the two parts of a name.
const COMPLETES: usize = 4;
/// How many words may follow the name in a question: `do you have your SIN to hand?`
const QUESTION_TAIL: usize = 4;
/// How many words after a name the number may begin in the next turn.
const BEGINS: usize = 2;
/// How many words may stand before and after those that say that a number is said again.
const GIVES_UP: usize = 8;
const RESTARTS: usize = 5;
/// How many words may stand between a card and its date or code.
const BESIDE: usize = 4;
/// How far a `never` reaches within its clause, and where nothing shows how far a clause goes.
const NEGATED: usize = 9;
const NEGATED_BARE: usize = 5;
/// So few words before a card or its code are hardly a sentence about something else.
const CARD_LEAD: usize = 3;
/// No further than this a passing word still calls a number so, and within so many words it may be said to be for it.
const PASSING: usize = 3;
const FOR_WITHIN: usize = 3;
const LONE_LEAD: usize = 7;
const CODE_LEAD: usize = 5;
/// How many turns after a question still answer it.
pub(crate) const ANSWER_TURNS: usize = 6;
/// Fewer digits than this are no answer that would use up a cue.
const ANSWER_DIGITS: usize = 3;
/// The most words and numbers of a turn that says nothing but digits.
const BARE_MAX: usize = 24;
/// How many plain words may follow them: `that should be it`.
const BARE_TAIL: usize = 6;
/// How far, in words, two numbers of a kind stand from one another in one turn.
const SIBLINGS: usize = 9;

/// The contexts in some texts. The one that was asked for last is kept: each reading of a run asks for the same, often twice.
pub(crate) struct Contexts<'t, 'a> {
    texts: &'t Texts<'a>,
    last: Cell<Option<(Place, Context)>>,
}

/// A text, and the first and last item of what a context is of.
type Place = (usize, usize, usize);

impl<'t, 'a> Contexts<'t, 'a> {
    pub(crate) fn new(texts: &'t Texts<'a>) -> Self {
        Self { texts, last: Cell::new(None) }
    }

    /// The context of what begins at `from` and ends at `to`.
    pub(crate) fn of(&self, from: &Symbol, to: &Symbol) -> Context {
        let place = (from.text, from.first, if to.text == from.text { to.last } else { from.last });
        if let Some((last, context)) = self.last.get()
            && last == place
        {
            return context;
        }
        let context = of(self.texts, place);
        self.last.set(Some((place, context)));
        context
    }
}

/// May a number of this text be named as a card's code or date, or have been asked for as one?
pub(crate) fn may_be_short(texts: &Texts<'_>, index: usize) -> bool {
    let is_short = |cue: &Cue| matches!(named(*cue), Cue::SecurityCode | Cue::Expiry);
    (index.saturating_sub(ANSWER_TURNS)..=index).any(|turn| {
        let cues = texts.cues(turn);
        cues.len() > CUES_MAX || cues.iter().any(|(_, cue)| is_short(cue))
    })
}

fn of(texts: &Texts<'_>, (index, from, end): Place) -> Context {
    let Some(text) = texts.get(index) else { return Context::default() };
    // `s/n 4411`, `S.S.N. 219..`: the name may be read as the number's first letters.
    let names = |cue: &Cue| matches!(cue, Cue::Id(_) | Cue::SecurityCode | Cue::Other { named: true });
    // The Portuguese `é i n` is no EIN.
    let is_spelt = |items: &Range<usize>| text.source.get(text.bytes(items)).is_some_and(str::is_ascii);
    let own = text.cue_at(from).filter(|(items, cue)| names(cue) && is_spelt(items));
    let first = own.map(|(items, _)| items.end).filter(|first| *first <= end).unwrap_or(from);
    let first = restarted(&text, first);
    let stays = || (is_other(&text, first, end) || is_inside(&text, first)).then_some((Cue::Other { named: true }, None));
    let before = || before(texts, &text, index, first).filter(|(cue, _)| *cue == Cue::Card || !is_dialled(&text, first));
    let dialled = || is_dialled(&text, first).then_some((Cue::Other { named: true }, None));
    let (said, gap) = match quantity(&text, first, end).or_else(stays).or_else(before).or_else(dialled) {
        Some((cue, gap)) => (Some(cue), Some(gap)),
        None => (after(&text, end).or_else(|| beside_card(&text, first, end)), None),
    };
    let gap = gap.map(|gap| gap.unwrap_or(REACH));
    let is_near = gap.is_some_and(|gap| gap <= NEAR);
    let (asked, is_question) =
        asked(texts, &text, index, first).map_or((None, false), |(cue, is_question)| (Some(cue), is_question));
    let is_answer = said.is_none()
        && match asked {
            Some(Cue::Card) => is_short_answer(&text, first, if is_lone(&text) { LONE_LEAD } else { CARD_LEAD }),
            Some(Cue::SecurityCode) => is_short_answer(&text, first, CODE_LEAD),
            Some(_) => is_answer(&text, first),
            None => false,
        };
    // `Let me find my passport. We did two thousand of these.`
    let asked = asked.filter(|cue| is_question || is_answer || !matches!(cue, Cue::Id(_) | Cue::AnyId));
    let asked = asked.or_else(|| sibling(&text, first, end).filter(|_| said.is_none()));
    let is_bare = || said.is_none() && asked.is_none() && text.items.len() <= BARE_MAX && is_answer_alone(&text, first, end);
    let stands = match () {
        () if is_near => Stands::Near,
        () if is_answer => Stands::Answers,
        () if is_bare() => Stands::Bare,
        () => Stands::Amid,
    };
    let passing = match (said, asked) {
        (Some(Cue::Other { named: false }), _) => gap.map_or_else(|| is_for_another(&text, end), |gap| gap > PASSING),
        (None, Some(Cue::Other { .. })) => !is_short_answer(&text, first, CODE_LEAD),
        _ => false,
    };
    Context { said, asked, is_question, stands, passing }
}

/// Words that say that a number is for something, rather than that something's.
const FOR: [&str; 16] =
    ["for", "on", "to", "towards", "against", "fur", "auf", "gegen", "para", "en", "pour", "sur", "contre", "na", "no", "pela"];

/// Is one of them said between the number and what is named after it: `4111.. for the delivery`?
fn is_for_another(text: &Text<'_>, last: usize) -> bool {
    let after = text.items.get(last).and_then(|item| text.source.get(item.end..)).unwrap_or_default();
    words(after).take(FOR_WITHIN).any(|word| FOR.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

/// Where the number began that was given up for the one that begins at `first`.
fn restarted(text: &Text<'_>, first: usize) -> usize {
    let nearer = text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)].iter().rev();
    let mut nearer = nearer.take_while(|(items, _)| first - items.end <= RESTARTS);
    let Some((restart, _)) = nearer.find(|(_, cue)| *cue == Cue::Restart) else { return first };
    let given_up = text.runs[..text.runs.partition_point(|run| run.items.end <= restart.start)].last();
    given_up.filter(|run| restart.start - run.items.end <= GIVES_UP).map_or(first, |run| run.items.start)
}

/// Does the turn hold no other number? Else the other one may be what was asked for.
fn is_lone(text: &Text<'_>) -> bool {
    text.runs.iter().filter(|run| run.counts).nth(1).is_none()
}

/// The card whose date or code was found right beside it.
fn beside_card(text: &Text<'_>, first: usize, last: usize) -> Option<Cue> {
    let before = &text.items[first.saturating_sub(BESIDE)..first];
    let after = &text.items[last + 1..text.items.len().min(last + 1 + BESIDE)];
    let is_part = |item: &Item| matches!(item.class, Class::Removed(Kind::CardExpiry | Kind::SecurityCode));
    (before.iter().any(is_part) || after.iter().any(is_part)).then_some(Cue::Card)
}

/// Does the writing itself say that it stays?
fn is_other(text: &Text<'_>, first: usize, last: usize) -> bool {
    // `um 2026-08-25`: the word before may be read as a digit.
    let mut written = text.items[first..=last].iter().take(2).filter(|item| matches!(item.class, Class::Digits | Class::Code));
    written.next().is_some_and(|item| shape::is_other(text.source, item.start))
}

/// Is it a part of what is written as one, as the cents of `1,240.50` are?
fn is_inside(text: &Text<'_>, first: usize) -> bool {
    let Some(last) = first.checked_sub(1).map(|last| text.items[last]) else { return false };
    // What was removed has no digits.
    matches!(last.class, Class::Digits | Class::Code)
        && text.source.as_bytes()[last.end - 1].is_ascii_digit()
        && matches!(text.between(first - 1, first), "." | "," | ":" | "/")
}

/// Does the plus sign of a telephone number stand before it?
fn is_dialled(text: &Text<'_>, first: usize) -> bool {
    text.items.get(first).and_then(|item| text.source.get(..item.start)).is_some_and(|before| before.ends_with(['+', '\u{ff0b}']))
}

/// Does it show that a run is something by itself, rather than a piece of a number?
pub(crate) fn is_apart(text: &Text<'_>, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    let start = text.items[run.start].start;
    is_measured(text, run.start, last) || is_other(text, run.start, last) || shape::is_amount(text.source, start)
}

/// Signs of currencies, and of what is no identity number either.
const SIGNS: [char; 13] = ['$', '€', '£', '¥', '₹', '₩', '₽', '₺', '%', '฿', '₫', '₪', '₴'];

/// Where the last sign before a number begins, if it may be one of [`SIGNS`].
fn last_sign(before: &[u8]) -> Option<usize> {
    let at = before.iter().rposition(|byte| *byte != b' ')?;
    match before[at] {
        b'$' | b'%' => Some(at),
        0x80.. => before[..=at].iter().rposition(|byte| *byte >= 0xc0),
        _ => None,
    }
}

/// The same of the first sign after it.
fn first_sign(after: &[u8]) -> Option<usize> {
    let at = after.iter().position(|byte| *byte != b' ')?;
    matches!(after[at], b'$' | b'%' | 0x80..).then_some(at)
}

/// Is it an amount or another quantity?
fn quantity(text: &Text<'_>, first: usize, last: usize) -> Option<(Cue, Option<usize>)> {
    let start = text.items[first].start;
    let is_charged = || shape::is_amount(text.source, start) && is_charged(text, start);
    (is_measured(text, first, last) || is_charged()).then_some((Cue::Other { named: true }, None))
}

/// Is it one by a currency or a measure right beside it?
fn is_measured(text: &Text<'_>, first: usize, last: usize) -> bool {
    let (start, end) = (text.items[first].start, text.items[last].end);
    let signed = || {
        let (before, after) = (text.source.get(..start).unwrap_or_default(), text.source.get(end..).unwrap_or_default());
        let sign_before =
            last_sign(before.as_bytes()).is_some_and(|at| before.get(at..).is_some_and(|rest| rest.starts_with(SIGNS)));
        sign_before || first_sign(after.as_bytes()).is_some_and(|at| after[at..].starts_with(SIGNS))
    };
    // `there were 2352 units, 452505224`: the measure of another number.
    let is_before = |items: &Range<usize>| items.end == first && text.between(first - 1, first).trim().is_empty();
    let is_measure = |(items, cue): &(Range<usize>, Cue)| *cue == Cue::Measure && (is_before(items) || items.start == last + 1);
    let from = text.cues.partition_point(|(items, _)| items.end <= first).saturating_sub(1);
    let mut beside = text.cues[from..].iter().take_while(|(items, _)| items.start <= last + 1);
    signed() || beside.any(is_measure)
}

/// Words before what somebody paid or has to, when it is written as an amount.
const CHARGED: [&str; 26] = [
    "charged",
    "charge",
    "owe",
    "owed",
    "paid",
    "pay",
    "costs",
    "cost",
    "total",
    "cobraron",
    "cobrado",
    "cargaron",
    "debo",
    "pague",
    "pagué",
    "debite",
    "débité",
    "preleve",
    "prélevé",
    "paye",
    "payé",
    "wurden",
    "bezahlt",
    "cobraram",
    "paguei",
    "devo",
];
/// How far before.
const CHARGED_MAX: usize = 2;

/// Does one of them stand shortly before this byte?
fn is_charged(text: &Text<'_>, start: usize) -> bool {
    let before = text.source.get(..start).unwrap_or_default();
    let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(CHARGED_MAX);
    words.any(|word| CHARGED.iter().any(|charged| word.eq_ignore_ascii_case(charged)))
}

/// What stands before it, and how far if no other number does between.
fn before(texts: &Texts<'_>, text: &Text<'_>, index: usize, first: usize) -> Option<(Cue, Option<usize>)> {
    let nearer = &text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)];
    // None from further away says anything, and a text may hold thousands.
    let reaching = nearer.partition_point(|(items, _)| first.saturating_sub(items.end) > REACH);
    let at = nearer[reaching..].iter().rposition(|(items, cue)| match cue {
        // `.. expiring in May, and on the back 737`
        Cue::Hint(Kind::SecurityCode) => items.end == first && holds_card(&text.items[..items.start]),
        Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) => false,
        Cue::Code | Cue::Until => first.saturating_sub(items.end) <= REACH_SHORT && follows_card(texts, index, items.start),
        Cue::Near(_) => first.saturating_sub(items.end) <= FILLERS_MAX && is_joined(text, items, first),
        _ => true,
    })?;
    let (items, cue) = specific(text, nearer, reaching + at);
    let gap = first.saturating_sub(items.end);
    let answered = || holds_number(text, items.end, first);
    let cue = match cue {
        Cue::Card | Cue::Id(_) | Cue::AnyId => (gap <= REACH).then_some(cue),
        Cue::Near(_) => Some(cue),
        Cue::Ending => (gap <= 1).then_some(cue),
        Cue::Code | Cue::Until | Cue::SecurityCode | Cue::Expiry | Cue::Hint(Kind::SecurityCode) => {
            (gap <= REACH_SHORT && !answered()).then_some(named(cue))
        }
        Cue::Other { .. } => {
            let same_sentence = gap <= REACH_OTHER && !clause_ends(text, &items, first);
            (same_sentence && !answered()).then_some(cue)
        }
        Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) => None,
    };
    Some((cue?, Some(gap).filter(|_| !answered())))
}

/// Words that may stand between a name and its number.
const JOINS: [&str; 22] = [
    "is", "was", "it", "s", "its", "number", "no", "es", "el", "numero", "número", "ist", "lautet", "die", "nummer", "est", "le",
    "é", "o", "c", "card", "code",
];

/// Is there nothing between a name and its number but fillers and words such as `is`?
fn is_joined(text: &Text<'_>, name: &Range<usize>, first: usize) -> bool {
    if !text.has_plain_words(name.end..first, 0) {
        return true;
    }
    // `My number is ..` names nobody's My Number.
    if name.len() > 1 {
        return false;
    }
    let between = text.between(name.start, first);
    words(between).all(|word| JOINS.iter().any(|join| word.eq_ignore_ascii_case(join)))
}

/// What a weak cue says where a card was given before.
fn named(cue: Cue) -> Cue {
    match cue {
        Cue::Code | Cue::Hint(Kind::SecurityCode) => Cue::SecurityCode,
        Cue::Until | Cue::Hint(_) => Cue::Expiry,
        cue => cue,
    }
}

/// Was a card, its code or its date given shortly before this item?
fn follows_card(texts: &Texts<'_>, index: usize, first: usize) -> bool {
    let Some(text) = texts.get(index) else { return false };
    // Texts that are no turns have nothing before them, and bare ones nothing that was removed.
    let turns = if text.speaker.is_some() { CARD_TURNS } else { 0 };
    let earlier = (index.saturating_sub(turns)..index).rev().filter(|index| !texts.is_bare(*index));
    let earlier = earlier.filter_map(|index| texts.get(index));
    holds_card(&text.items[..first]) || earlier.into_iter().any(|text| holds_card(text.items))
}

fn holds_card(items: &[Item]) -> bool {
    last(items, ITEMS_MAX)
        .iter()
        .any(|item| matches!(item.class, Class::Removed(Kind::Card | Kind::CardExpiry | Kind::SecurityCode)))
}

/// Words after which a dot ends nothing: `order no. 4411`.
const SHORTENED: [&str; 8] = ["no", "nr", "num", "ref", "tel", "ext", "ord", "id"];

/// Does a sentence end between a cue and what follows it?
fn clause_ends(text: &Text<'_>, cue: &Range<usize>, first: usize) -> bool {
    // `no` may come after the cue's own words.
    let is_shortened = |at: usize| {
        let word = text.items.get(at).and_then(|item| text.source.get(item.start..item.end));
        word.is_some_and(|word| SHORTENED.iter().any(|short| word.eq_ignore_ascii_case(short)))
    };
    let last = cue.end - 1;
    let from = if last + 1 < first && is_shortened(last + 1) { last + 1 } else { last };
    // `order no. 4411`, `order no. is 4411`
    let skip = is_shortened(from) && from + 2 >= first && text.between(from, first).starts_with('.');
    !skip && sentence_ends(text, last..first + 1)
}

/// The cue at this place, or the one that it completes: `the code on the back of the card`, `the expiry of that card`.
fn specific(text: &Text<'_>, cues: &Cues, at: usize) -> (Range<usize>, Cue) {
    let mut chosen = cues[at].clone();
    for last in cues[..at].iter().rev().take(COMPLETES) {
        let (of, by) = (&last.0, &chosen.0);
        let gap = by.start.saturating_sub(of.end);
        let is_completed = match (last.1, chosen.1) {
            // `HubSpot-ID`, `the order ID`.
            (Cue::Other { .. }, Cue::AnyId) => gap == 0,
            (Cue::Card | Cue::SecurityCode | Cue::Code | Cue::Until | Cue::Expiry | Cue::Id(_), Cue::Card | Cue::AnyId) => true,
            // `the tracking number on the parcel`
            (Cue::Other { named }, Cue::Other { named: false }) => named,
            (Cue::Hint(_), _) => continue,
            _ => false,
        };
        if !is_completed
            || gap > COMPLETES
            || sentence_ends(text, of.end - 1..by.start + 1)
            || holds_number(text, of.end, by.start)
        {
            break;
        }
        chosen = match (last.1, chosen.1) {
            (Cue::Other { .. }, Cue::AnyId) => (of.start..by.end, Cue::Other { named: true }),
            _ => (of.clone(), named(last.1)),
        };
    }
    chosen
}

fn after(text: &Text<'_>, last: usize) -> Option<Cue> {
    let next = &text.cues[text.cues.partition_point(|(items, _)| items.start <= last)..];
    // `.. as my company's EIN`
    let is_abbreviation = |items: &Range<usize>| {
        text.source.get(text.bytes(items)).is_some_and(|name| name.bytes().all(|c| c.is_ascii_uppercase()))
    };
    let names = |(items, cue): &(Range<usize>, Cue)| match cue {
        Cue::Card | Cue::Id(_) | Cue::AnyId | Cue::Other { .. } => true,
        Cue::Near(_) => is_abbreviation(items),
        _ => false,
    };
    let near = next.iter().take_while(|(items, _)| items.start.saturating_sub(last + 1) < REACH_BACK);
    let (items, cue) = near.into_iter().find(|named| names(named))?;
    let near = !sentence_ends(text, last..items.start + 1);
    // What follows the cue may be its own number: `4111.. order 5512`.
    let own = || {
        // What is called something else is not: `452505224 is my SSN, order 4412`.
        let other = next.iter().find(|named| named.0.start >= items.end && named.1 != *cue && names(named));
        let rest = items.end..text.items.len().min(items.end + OWN).min(other.map_or(usize::MAX, |(other, _)| other.start));
        let ended = rest.clone().find(|at| sentence_ends(text, *at - 1..*at + 1)).unwrap_or(rest.end);
        !equates(text, last + 1..items.start) && holds_number(text, rest.start, ended)
    };
    let cue = if let Cue::Near(kind) = cue { Cue::Id(*kind) } else { *cue };
    (near && !own()).then_some(cue)
}

/// What says that the number before it is what comes after it, and what begins with something new.
const EQUATES: [&str; 11] = ["is", "as", "es", "como", "ist", "als", "lautet", "est", "comme", "é", "sind"];
const BEGINS_ANEW: [&str; 10] = ["and", "but", "y", "pero", "und", "aber", "et", "mais", "e", "mas"];

/// Do these words make the number before them the one that is named after them: `.. is my`?
fn equates(text: &Text<'_>, words: Range<usize>) -> bool {
    let words = || text.items[words.clone()].iter().filter_map(|item| text.source.get(item.start..item.end));
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    words().next().is_some_and(|word| is(&EQUATES, word)) && !words().any(|word| is(&BEGINS_ANEW, word))
}

/// The last cue of a turn shortly before, which no number has answered yet, and whether it was a question.
fn asked(texts: &Texts<'_>, text: &Text<'_>, index: usize, first: usize) -> Option<(Cue, bool)> {
    let speaker = text.speaker?;
    // A number earlier in this very turn was the answer, unless it was called something else.
    let before = &text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)];
    let another = last(before, CUES_MAX).iter().rfind(|(_, cue)| matches!(cue, Cue::Other { .. } | Cue::Measure));
    let earlier = match another {
        // `We need 7204 units`: what stands before a measure is no answer.
        Some((_, Cue::Measure)) => 0..0,
        Some((items, _)) => 0..items.start,
        None => 0..first,
    };
    let given = last(&text.items[earlier.clone()], ITEMS_MAX).iter().find_map(|item| identity(item.class));
    if given.is_none() && holds_answer(text, &earlier) {
        return None;
    }
    for earlier in (index.saturating_sub(ANSWER_TURNS)..index).rev() {
        // What names nothing asks for nothing, and without runs it holds no number either.
        // Nor does what another says without naming anything.
        if texts.is_bare(earlier) || !texts.has_cues(earlier) && texts.speaker(earlier) != Some(speaker) {
            continue;
        }
        let text = texts.get(earlier)?;
        let is_others = text.speaker != Some(speaker);
        let is_question = is_others && text.items.len() <= QUESTION_MAX;
        let is_next = is_question && earlier + HINT_TURNS >= index && text.items.len() <= HINT_MAX;
        let Some((items, cue)) = asks(texts, earlier, &text, is_next) else {
            if !is_others && holds_number(&text, 0, text.items.len()) {
                return None;
            }
            continue;
        };
        if holds_number(&text, items.end, text.items.len()) {
            return None;
        }
        let is_question = is_question && !(text.negates && is_negated(&text, items.start));
        return match cue {
            Cue::Ending => None,
            // Answered, but for those of the same kind: `mine is .., my wife's is ..`.
            cue if given.is_some_and(|kind| !matches!(cue, Cue::Id(_) | Cue::AnyId) || kind == Kind::Iban) => None,
            // `Which invoice is it?` asks for its number, a parcel in passing does not.
            Cue::Other { named: false } if is_question && text.items.len() <= SHORT_QUESTION_MAX => {
                Some((Cue::Other { named: true }, is_question))
            }
            // Small talk while one looks for it; one's own last words may be how the answer began.
            Cue::Other { named } if is_others && !named => continue,
            Cue::Other { .. } if !is_others && (earlier + 1 < index || !begins(&text, items.end)) => continue,
            cue => Some((cue, is_question && given.is_none())),
        };
    }
    None
}

/// Is it said that what is named at this item is not so or not wanted? Not by what is said in a clause before: `it did not
/// go through, do you have another card?`
fn is_negated(text: &Text<'_>, at: usize) -> bool {
    let negates = |from: &usize| matches!(text.items[*from].class, Class::Word { traits, .. } if traits.has(Traits::NEGATES));
    let Some(from) = (at.saturating_sub(NEGATED)..at).rev().find(negates) else { return false };
    let gap = text.source.get(text.items[from].end..text.items[at].start);
    gap.is_some_and(|gap| !gap.contains([',', '.', '?', '!', ';']))
        && (at - from <= NEGATED_BARE || text.source.contains(['.', ',', '?']))
}

/// May what comes after a turn's last words go on in the next: `the order is`?
fn begins(text: &Text<'_>, from: usize) -> bool {
    let ends = from.checked_sub(1).and_then(|last| text.source.get(text.items[last].end..));
    text.items.len() - from <= BEGINS && !ends.is_some_and(|rest| rest.trim_end().ends_with(['.', '!', '?']))
}

/// Does the turn say no more than these items?
fn is_answer_alone(text: &Text<'_>, first: usize, last: usize) -> bool {
    !text.has_plain_words(last + 1..text.items.len(), BARE_TAIL) && is_answer(text, first)
}

/// What another number in the same turn was, which went: `.. for me, .. for my husband`.
fn sibling(text: &Text<'_>, first: usize, last: usize) -> Option<Cue> {
    let before =
        text.items[..first].iter().rev().zip(1..=SIBLINGS).find_map(|(item, distance)| Some((identity(item.class)?, distance)));
    let after =
        text.items[last + 1..].iter().zip(1..=SIBLINGS).find_map(|(item, distance)| Some((identity(item.class)?, distance)));
    let near = before.into_iter().chain(after).find(|(_, distance)| *distance > 1);
    near.map(|(kind, _)| Cue::Id(kind))
}

/// The kind of an identity number that was removed.
fn identity(class: Class) -> Option<Kind> {
    match class {
        Class::Removed(Kind::Card | Kind::SecurityCode | Kind::CardExpiry | Kind::Custom) => None,
        Class::Removed(kind) => Some(kind),
        _ => None,
    }
}

/// The cue at this place, or the one before it that is asked for rather than it: `your tax number for the booking`. What is only
/// spoken of in passing is asked for where its own sentence asks: `thanks for the tax number; which order is it?`
fn passing(text: &Text<'_>, at: usize) -> usize {
    let (by, cue) = &text.cues[at];
    let wanted = |cue: &Cue| matches!(cue, Cue::Card | Cue::SecurityCode | Cue::Expiry | Cue::Id(_) | Cue::AnyId);
    let asks = || text.source.trim_end().ends_with('?');
    let before = text.cues[..at].iter().rposition(|(_, cue)| wanted(cue)).filter(|_| *cue == Cue::Other { named: false });
    before
        .filter(|before| {
            let of = &text.cues[*before].0;
            !asks() || !sentence_ends(text, of.end - 1..by.start + 1)
        })
        .unwrap_or(at)
}

/// No turn that people say is longer than so many words, numbers and names. Of one that is, each number is judged by what is
/// nearest, or a text made to be slow would be.
const ITEMS_MAX: usize = 128;
const RUNS_MAX: usize = 16;
const CUES_MAX: usize = 32;

/// The last of a list, no more than so many.
fn last<T>(list: &[T], most: usize) -> &[T] {
    &list[list.len().saturating_sub(most)..]
}

/// What a turn asks for, if anything. `is_next`: it may well be answered at once.
fn asks(texts: &Texts<'_>, index: usize, text: &Text<'_>, is_next: bool) -> Option<(Range<usize>, Cue)> {
    let before = text.cues.len().saturating_sub(CUES_MAX);
    let cues = &text.cues[before..];
    let strong = cues.iter().rposition(|(items, cue)| match cue {
        Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) | Cue::Code | Cue::Until => false,
        Cue::Near(_) => (text.items.len() - items.end) <= QUESTION_TAIL,
        _ => true,
    });
    let weak = cues.iter().rposition(|(_, cue)| matches!(cue, Cue::Code | Cue::Until)).filter(|weak| Some(*weak) > strong);
    let strong = strong.map(|at| specific(text, text.cues, passing(text, before + at)));
    // `My passport expires in spring, that is why I ask`: no question for a card's, where none was given.
    let is_short = |(_, cue): &(_, Cue)| {
        !matches!(cue, Cue::SecurityCode | Cue::Expiry)
            || text.items.len() <= SHORT_WORDS_MAX
            || cues.iter().any(|(_, cue)| *cue == Cue::Card)
            || follows_card(texts, index, 0)
    };
    let strong = strong.filter(is_short);
    let is_open = strong.as_ref().is_none_or(|(_, cue)| *cue == Cue::Card);
    // `What does it say on the back of the card?`
    let hint = || cues.iter().rposition(|(_, cue)| matches!(cue, Cue::Hint(_))).filter(|_| is_open && is_next);
    let at = weak.or_else(hint).filter(|_| follows_card(texts, index, 0));
    at.map(|at| (cues[at].0.clone(), named(cues[at].1))).or(strong)
}

/// Do these items hold a number that may have been the answer? A date or an amount is none.
fn holds_answer(text: &Text<'_>, earlier: &Range<usize>) -> bool {
    let runs = &text.runs[..text.runs.partition_point(|run| run.items.end <= earlier.end)];
    let apart = last(runs, RUNS_MAX).iter().rfind(|run| is_apart(text, &run.items));
    holds_number(text, apart.map_or(earlier.start, |run| run.items.end), earlier.end)
}

/// Do these items hold a number long enough to be what a cue named?
fn holds_number(text: &Text<'_>, from: usize, to: usize) -> bool {
    let mut digits = 0;
    // From the end, which is the number's side: it is seldom far.
    last(text.items.get(from..to).unwrap_or_default(), ITEMS_MAX).iter().rev().any(|item| {
        digits += match item.class {
            Class::Removed(_) => ANSWER_DIGITS,
            Class::Digits | Class::Code => item.end - item.start,
            Class::Word { traits, .. } => usize::from(traits.has(Traits::COUNTS)),
        };
        digits >= ANSWER_DIGITS
    })
}
