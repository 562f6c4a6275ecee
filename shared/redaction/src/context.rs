//! What the words around a number say it is: those before it, those after it, and the question it answers.

use std::ops::Range;

use crate::cue::Cue;
use crate::kind::Kind;
use crate::lexer::Class;
use crate::lexicon::Traits;
use crate::reading::Symbol;
use crate::run::sentence_ends;
use crate::text::{Cues, Text, Texts};

/// What is known about a run before its digits are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// What the nearest words of the same turn name.
    pub(crate) said: Option<Cue>,
    /// What the question before asked for.
    pub(crate) asked: Option<Cue>,
    /// It was another who asked, and did not say that it is not wanted.
    is_question: bool,
    /// What the words of the same turn name stands close before it.
    is_near: bool,
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
        self.is_near || self.said.is_none() && self.is_question
    }

    /// Do words say that it is something that stays? A passing word in a question does not.
    pub(crate) fn spoken_against(self) -> bool {
        match (self.said, self.asked) {
            (Some(cue), _) => matches!(cue, Cue::Other { .. }),
            (None, asked) => asked == Some(Cue::Other { named: true }),
        }
    }
}

/// How far, in words, those reach the number after them.
const REACH: usize = 12;
/// How far words reach that name something that stays, or one of a card's short numbers.
const REACH_SHORT: usize = 5;
/// No further than this a name leaves no doubt that it means the number.
const NEAR: usize = 4;
/// How far words reach the number before them.
const REACH_BACK: usize = 6;
/// How many fillers may stand after a name that is a common word too.
const FILLERS_MAX: usize = 3;
/// More words than these are no question for a number alone.
const QUESTION_MAX: usize = 40;
const SHORT_QUESTION_MAX: usize = 6;
/// How many words may stand between the two parts of a name.
const COMPLETES: usize = 4;
/// How many turns after a question still answer it.
const ANSWER_TURNS: usize = 4;
/// Fewer digits than this are no answer that would use up a cue.
const ANSWER_DIGITS: usize = 3;

/// The context of what begins at `from` and ends at `to`.
pub(crate) fn of(texts: &Texts<'_>, from: &Symbol, to: &Symbol) -> Context {
    let Some(text) = texts.get(from.text) else { return Context::default() };
    let end = if to.text == from.text { to.last } else { from.last };
    let (said, is_near) = match quantity(&text, from.first, end).or_else(|| before(&text, from.first)) {
        Some((cue, gap)) => (Some(cue), gap <= NEAR),
        None => (after(&text, end), false),
    };
    let (asked, is_question) = asked(texts, &text, from).map_or((None, false), |(cue, is_question)| (Some(cue), is_question));
    Context { said, asked, is_question, is_near }
}

/// Is it an amount or another quantity, by a currency or a measure right beside it?
fn quantity(text: &Text<'_>, first: usize, last: usize) -> Option<(Cue, usize)> {
    let (start, end) = (text.items[first].start, text.items[last].end);
    let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₩' | '₽' | '₺' | '%' | '฿' | '₫' | '₪' | '₴');
    let signed = text.source.get(..start).is_some_and(|before| before.trim_end_matches(' ').ends_with(is_sign))
        || text.source.get(end..).is_some_and(|after| after.trim_start_matches(' ').starts_with(is_sign));
    let is_measure = |(items, cue): &(Range<usize>, Cue)| {
        *cue == Cue::Measure
            && (items.end <= first && text.gap(items.end, first) == 0
                || items.start > last && text.gap(last + 1, items.start) == 0)
    };
    let from = text.cues.partition_point(|(items, _)| items.end <= first).saturating_sub(1);
    let beside = text.cues[from..].iter().take_while(|(items, _)| items.start <= last + 1);
    (signed || beside.into_iter().any(is_measure)).then_some((Cue::Other { named: true }, 0))
}

fn before(text: &Text<'_>, first: usize) -> Option<(Cue, usize)> {
    let nearer = &text.cues[..text.cues.partition_point(|(items, _)| items.end <= first)];
    let at = nearer.iter().rposition(|(items, cue)| match cue {
        Cue::Nothing | Cue::Measure => false,
        Cue::Code => follows_card(text, items.start),
        Cue::Near(_) => text.gap(items.end, first) <= FILLERS_MAX && text.plain_words(items.end..first) == 0,
        _ => true,
    })?;
    let (items, cue) = specific(text, nearer, at);
    let gap = text.gap(items.end, first);
    let answered = || holds_number(text, items.end, first);
    let cue = match cue {
        Cue::Card | Cue::Id(_) | Cue::AnyId => (gap <= REACH).then_some(*cue),
        Cue::Near(_) => Some(*cue),
        Cue::Ending => (gap <= 1).then_some(*cue),
        Cue::Code => (gap <= 2 && !answered()).then_some(Cue::SecurityCode),
        Cue::SecurityCode | Cue::Expiry => (gap <= REACH_SHORT && !answered()).then_some(*cue),
        Cue::Other { .. } => {
            let same_sentence = gap <= REACH_SHORT && !sentence_ends(text, items.end - 1..first + 1);
            (same_sentence && !answered()).then_some(*cue)
        }
        Cue::Nothing | Cue::Measure => None,
    };
    Some((cue?, gap))
}

/// Was a card or its date given shortly before, in the same turn?
fn follows_card(text: &Text<'_>, first: usize) -> bool {
    let near = text.items[..first].iter().rev().take_while(|item| item.ordinal + REACH >= text.ordinal(first));
    near.into_iter().any(|item| matches!(item.class, Class::Removed(Kind::Card | Kind::CardExpiry)))
}

/// The cue at this place, or the one that it completes: `the code on the back of the card`, `the expiry of that card`.
fn specific<'t>(text: &Text<'_>, cues: &'t Cues, at: usize) -> &'t (Range<usize>, Cue) {
    let mut chosen = &cues[at];
    for last in cues[..at].iter().rev() {
        let (of, by) = (&last.0, &chosen.0);
        let is_completed = matches!(chosen.1, Cue::Card | Cue::AnyId)
            && matches!(last.1, Cue::Card | Cue::SecurityCode | Cue::Expiry | Cue::Id(_))
            && text.gap(of.end, by.start) <= COMPLETES
            && !sentence_ends(text, of.end - 1..by.start + 1)
            && !holds_number(text, of.end, by.start);
        if !is_completed {
            break;
        }
        chosen = last;
    }
    chosen
}

fn after(text: &Text<'_>, last: usize) -> Option<Cue> {
    let next = &text.cues[text.cues.partition_point(|(items, _)| items.start <= last)..];
    let names = |cue: &Cue| matches!(cue, Cue::Card | Cue::Id(_) | Cue::AnyId | Cue::Other { .. });
    let (items, cue) = next.iter().find(|(_, cue)| names(cue))?;
    let near = text.gap(last + 1, items.start) < REACH_BACK && !sentence_ends(text, last..items.start + 1);
    // What follows the cue may be its own number: `4111.. order 5512`.
    let own = || holds_number(text, items.end, text.items.len().min(items.end + 2));
    (near && !own()).then_some(*cue)
}

/// The last cue of a turn shortly before, which no number has answered yet, and whether it was a question.
fn asked(texts: &Texts<'_>, text: &Text<'_>, from: &Symbol) -> Option<(Cue, bool)> {
    let speaker = text.speaker?;
    // A number earlier in this very turn was the answer, unless it was called something else.
    let before = &text.cues[..text.cues.partition_point(|(items, _)| items.end <= from.first)];
    let another = before.iter().rfind(|(_, cue)| matches!(cue, Cue::Other { .. }));
    let answered = match another {
        Some((items, _)) => holds_number(text, 0, items.start),
        None => holds_number(text, 0, from.first),
    };
    if answered {
        return None;
    }
    for text in (from.text.saturating_sub(ANSWER_TURNS)..from.text).rev().filter_map(|index| texts.get(index)) {
        let is_others = text.speaker != Some(speaker);
        let cue = text.cues.iter().rposition(|(items, cue)| match cue {
            Cue::Nothing | Cue::Measure | Cue::Code => false,
            Cue::Near(_) => text.gap(items.end, text.items.len()) == 0,
            _ => true,
        });
        let Some(at) = cue else {
            if !is_others && holds_number(&text, 0, text.items.len()) {
                return None;
            }
            continue;
        };
        if holds_number(&text, text.cues[at].0.end, text.items.len()) {
            return None;
        }
        // Another's passing word is not a question for it; one's own may be how the answer began.
        let is_question = is_others && !text.negates && text.words <= QUESTION_MAX;
        return match specific(&text, text.cues, at).1 {
            Cue::Ending => None,
            // `Which invoice is it?` asks for its number, a parcel in passing does not.
            Cue::Other { named: false } if is_question && text.words <= SHORT_QUESTION_MAX => {
                Some((Cue::Other { named: true }, is_question))
            }
            cue => Some((cue, is_question)),
        };
    }
    None
}

/// Do these items hold a number long enough to be what a cue named?
fn holds_number(text: &Text<'_>, from: usize, to: usize) -> bool {
    let mut digits = 0;
    // From the end, which is the number's side: it is seldom far.
    text.items.get(from..to).unwrap_or_default().iter().rev().any(|item| {
        digits += match item.class {
            Class::Removed(_) => ANSWER_DIGITS,
            Class::Digits | Class::Code => item.end - item.start,
            Class::Word { traits, .. } => usize::from(traits.has(Traits::COUNTS)),
        };
        digits >= ANSWER_DIGITS
    })
}
