//! What question a number answers.

use std::ops::Range;

use crate::answer::{is_said_among, words};
use crate::cue::Cue;
use crate::item::Item;
use crate::kind::Kind;
use crate::lexicon::Traits;
use crate::sentence::sentence_ends;
use crate::text::{Text, Texts};

use super::beside::{follows_card, named, specific};
use super::turn::identity;
use super::written::is_apart;
use super::{ITEMS_MAX, digits, holds_number, last};

/// More words than these are no question for a number alone.
const QUESTION_MAX: usize = 40;
const SHORT_QUESTION_MAX: usize = 7;

/// A question that only hints at what it asks for has no more words, and is answered within so many turns.
const HINT_MAX: usize = 20;

/// A question for a card's code or date has no more words, where neither it nor what was said before speaks of a card.
const SHORT_WORDS_MAX: usize = 9;
/// What is called a code is hardly ever anything else, so its question may have so many more.
const CODE_WORDS: usize = 5;
const HINT_TURNS: usize = 2;

/// How many words may follow the name in a question: `do you have your SIN to hand?`
const QUESTION_TAIL: usize = 4;

/// How many words after a name the number may begin in the next turn.
const BEGINS: usize = 2;

/// How far a `never` reaches within its clause, and where nothing shows how far a clause goes.
const NEGATED: usize = 9;
const NEGATED_BARE: usize = 5;

/// How many turns after a question still answer it.
pub(crate) const ANSWER_TURNS: usize = 6;

/// The last cue of a turn shortly before, which no number has answered yet, and whether it was a question.
pub(super) fn asked(texts: &Texts<'_>, text: &Text<'_>, index: usize, first: usize) -> Option<(Cue, bool)> {
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
    let may_go_on = index > 0
        && texts.speaker(index - 1) != Some(speaker)
        && texts.length(index - 1) <= GOES_ON_MAX
        && begins_answer(text)
        && digits(text, 0..text.items.len()) <= REST_MAX;
    let given = last(&text.items[earlier.clone()], ITEMS_MAX).iter().find_map(|item| identity(item.class()));
    if given.is_none() && holds_answer(text, &earlier) {
        return None;
    }
    // The answer was begun in a turn before.
    let mut is_begun = false;
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
                // Asked, begun, `mhm`, and the rest.
                if earlier + 2 != index || !may_go_on || !begins_answer(&text) {
                    return None;
                }
                is_begun = true;
            }
            continue;
        };
        if holds_number(&text, items.end, text.items.len()) {
            return None;
        }
        // `You won't be charged twice` asks for nothing.
        let is_negated = text.negates && is_negated(&text, items.start);
        if is_negated && is_question && !text.source.contains('?') {
            continue;
        }
        let is_question = is_question && !is_negated;
        let is_which = cue == Cue::Other { named: false } && is_question && (asks_which(&text) || is_numbered(&text, &items));
        // What stays may be said in two turns too.
        if is_begun {
            let stays = earlier + 3 == index && (cue == Cue::Other { named: true } && is_question || is_which);
            return stays.then_some((Cue::Other { named: true }, true));
        }
        return match cue {
            Cue::Ending => None,
            // Answered, but for those of the same kind: `mine is .., my wife's is ..`.
            cue if given.is_some_and(|kind| !matches!(cue, Cue::Id(_) | Cue::AnyId) || kind == Kind::Iban) => None,
            // `Which invoice is it?` asks for its number, a parcel in passing does not.
            _ if is_which => Some((Cue::Other { named: true }, is_question)),
            // One's own common words are hardly ever a name.
            Cue::Near(_) if !is_others => continue,
            // Small talk while one looks for it; one's own last words may be how the answer began.
            Cue::Other { named } if is_others && !named => continue,
            Cue::Other { .. } if !is_others && (earlier + 1 < index || !begins(&text, items.end)) => continue,
            cue => Some((cue, is_question && given.is_none())),
        };
    }
    None
}

/// So few words between two pieces only say that one listens.
const GOES_ON_MAX: usize = 4;

/// More digits than this may be a card by themselves.
const REST_MAX: usize = 12;

/// Does a turn say no more than how an answer begins: one number without letters, and words with which one gives it?
fn begins_answer(text: &Text<'_>) -> bool {
    let [run] = text.runs else { return false };
    let counts = |item: &Item| item.traits.has(Traits::DIGITS) || item.traits.has(Traits::COUNTS);
    text.items[run.items.clone()].iter().all(counts)
        && is_said_among(text, 0..run.items.start)
        && is_said_among(text, run.items.end..text.items.len())
}

/// Words that ask for the number on something, and those between.
const NUMBERS: [&str; 8] = ["number", "numero", "n\u{fa}mero", "nummer", "num\u{e9}ro", "code", "c\u{f3}digo", "codice"];
const ON: [&str; 20] = [
    "on", "from", "of", "the", "your", "that", "del", "de", "la", "el", "auf", "dem", "der", "sur", "le", "du", "do", "da", "no",
    "sulla",
];
const ON_MAX: usize = 3;

/// Is it the number on what is named there that is asked for: `the number on the parcel slip`?
fn is_numbered(text: &Text<'_>, name: &Range<usize>) -> bool {
    let word = |at: &usize| text.items.get(*at).and_then(|item| text.source.get(item.start..item.end)).unwrap_or_default();
    let is = |list: &[&str], word: &str| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let before = (name.start.saturating_sub(ON_MAX + 1)..name.start).rev();
    before.clone().take_while(|at| is(&ON, word(at)) || is(&NUMBERS, word(at))).any(|at| is(&NUMBERS, word(&at)))
}

/// Words with which one offers something, rather than asks for its number.
const OFFERS: [&str; 25] = [
    "would",
    "like",
    "want",
    "shall",
    "möchten",
    "moechten",
    "mochten",
    "möchtest",
    "wollen",
    "soll",
    "sollen",
    "voulez",
    "veux",
    "souhaitez",
    "désirez",
    "quiere",
    "quieres",
    "desea",
    "quer",
    "queres",
    "deseja",
    "gostaria",
    "vuole",
    "vuoi",
    "wilt",
];

/// Words that make a request of what ends like a statement.
const PLEASE: [&str; 7] = ["please", "bitte", "favor", "plaît", "plait", "favore", "alstublieft"];

/// Does a turn ask for what it names, and not only whether it is wanted: `would you like the invoice by mail?`
pub(crate) fn asks_which(text: &Text<'_>) -> bool {
    let is_offer = |word: &str| OFFERS.iter().any(|offer| word.eq_ignore_ascii_case(offer));
    let is_polite = |word: &str| PLEASE.iter().any(|please| word.eq_ignore_ascii_case(please));
    // `The flight was cancelled.`
    let is_told = || text.source.trim_end().ends_with(['.', '!']) && !words(text.source).any(is_polite);
    text.items.len() <= SHORT_QUESTION_MAX && !words(text.source).any(is_offer) && !is_told()
}

/// Is it said that what is named at this item is not so or not wanted? Not by what is said in a clause before: `it did not
/// go through, do you have another card?`
fn is_negated(text: &Text<'_>, at: usize) -> bool {
    let negates = |from: &usize| text.items[*from].traits.has(Traits::NEGATES);
    let Some(from) = (at.saturating_sub(NEGATED)..at).rev().find(negates) else { return false };
    let gap = text.source.get(text.items[from].end..text.items[at].start);
    gap.is_some_and(|gap| !gap.contains([',', '.', '?', '!', ';'])) && (at - from <= NEGATED_BARE || is_punctuated(text))
}

/// Does it tell its clauses apart? Signs within what was removed do not.
fn is_punctuated(text: &Text<'_>) -> bool {
    let signs = ['.', ',', '?'];
    let after = text.items.last().and_then(|last| text.source.get(last.end..));
    after.is_some_and(|rest| rest.contains(signs)) || (1..text.items.len()).any(|at| text.between(at - 1, at).contains(signs))
}

/// May what comes after a turn's last words go on in the next: `the order is`?
fn begins(text: &Text<'_>, from: usize) -> bool {
    let ends = from.checked_sub(1).and_then(|last| text.source.get(text.items[last].end..));
    text.items.len() - from <= BEGINS
        && is_said_among(text, from..text.items.len())
        && !ends.is_some_and(|rest| rest.trim_end().ends_with(['.', '!', '?']))
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

const RUNS_MAX: usize = 16;
pub(super) const CUES_MAX: usize = 32;

/// What a turn asks for, if anything. `is_next`: it may well be answered at once.
fn asks(texts: &Texts<'_>, index: usize, text: &Text<'_>, is_next: bool) -> Option<(Range<usize>, Cue)> {
    let before = text.cues.len().saturating_sub(CUES_MAX);
    let cues = &text.cues[before..];
    let is_common =
        |(items, cue): &(Range<usize>, Cue)| matches!(cue, Cue::Near(_)) && (text.items.len() - items.end) <= QUESTION_TAIL;
    let is_strong = |cue: &Cue| {
        !matches!(cue, Cue::Nothing | Cue::Restart | Cue::Measure | Cue::Hint(_) | Cue::Code | Cue::Until | Cue::Near(_))
    };
    // A common word names something where nothing else does: `Tippen Sie die Passnummer ein`.
    let strong = cues.iter().rposition(|(_, cue)| is_strong(cue)).or_else(|| cues.iter().rposition(is_common));
    let weak = cues.iter().rposition(|(_, cue)| matches!(cue, Cue::Code | Cue::Until)).filter(|weak| Some(*weak) > strong);
    let strong = strong.map(|at| specific(text, text.cues, passing(text, before + at)));
    // `My passport expires in spring, that is why I ask`: no question for a card's, where none was given.
    let is_short = |(_, cue): &(Range<usize>, Cue)| {
        !matches!(cue, Cue::SecurityCode | Cue::Expiry)
            || text.items.len() <= SHORT_WORDS_MAX + if *cue == Cue::SecurityCode { CODE_WORDS } else { 0 }
            || cues.iter().any(|(_, cue)| *cue == Cue::Card)
            || follows_card(texts, index, 0)
    };
    let strong = strong.filter(is_short);
    // `Flip it over, what are the last digits there?`
    let is_open = strong.as_ref().is_none_or(|(_, cue)| matches!(cue, Cue::Card | Cue::Ending));
    // `What does it say on the back of the card?`
    let is_hint = |cue: &Cue| matches!(cue, Cue::Hint(Kind::SecurityCode | Kind::CardExpiry));
    let hint = || cues.iter().rposition(|(_, cue)| is_hint(cue)).filter(|_| is_open && is_next);
    let at = weak.or_else(hint).filter(|_| follows_card(texts, index, 0));
    // `Which number did the tax office give you?`, `Where shall we send the money?`
    let is_office = |cue: &Cue| matches!(cue, Cue::Hint(Kind::OtherId | Kind::Iban | Kind::Card));
    let office = || cues.iter().rposition(|(_, cue)| is_office(cue)).filter(|_| is_next);
    let of = |at: usize| (cues[at].0.clone(), named(cues[at].1));
    at.map(of).or(strong).or_else(|| office().map(of))
}

/// Do these items hold a number that may have been the answer? A date or an amount is none.
fn holds_answer(text: &Text<'_>, earlier: &Range<usize>) -> bool {
    let runs = &text.runs[..text.runs.partition_point(|run| run.items.end <= earlier.end)];
    let apart = last(runs, RUNS_MAX).iter().rfind(|run| is_apart(text, &run.items));
    holds_number(text, apart.map_or(earlier.start, |run| run.items.end), earlier.end)
}
