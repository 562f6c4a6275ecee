//! Whether a run, as it stands in its turn, may be a piece of a number, and whether that may go on in another turn.

use std::ops::Range;

use crate::answer::{is_answer, is_said_among};
use crate::aside;
use crate::context;
use crate::cue::Cue;
use crate::item::Item;
use crate::lexicon::{Lexicon, Traits};
use crate::reading::read;
use crate::run::Run;
use crate::sentence::{sentence, sentence_within};
use crate::text::{Cues, Text, Texts};

/// More words than this are no interjection; and more than so few are one only if they name nothing at all: `sorry, you
/// broke up a little there, carry on`.
const INTERJECTION_MAX: usize = 16;
const SHORT_MAX: usize = 10;
/// What is longer says something else, but asks for no other number if it names none.
const ASIDE_MAX: usize = 28;
/// How many plain words may stand before a piece that goes on, if not only those that lead to a number; and after one that
/// will.
const HEAD_MAX: usize = 1;
const TAIL_MAX: usize = 2;
/// How many words may lead to a piece or follow it: `at the end`.
const LEAD_MAX: usize = 4;
/// So few digits amid words count something.
const WITHIN_MAX: usize = 2;
/// May a number that was begun in an earlier turn go on with this run?
pub(crate) fn goes_on(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let sentence = sentence(text, &run.items);
    !is_article(text, run, &sentence, lexicon)
        && cues(text, &(sentence.start..run.items.start))
            .iter()
            .all(|(_, cue)| matches!(cue, Cue::Hint(_) | Cue::Ending | Cue::Nothing))
        && leads_on(text, run, &sentence, lexicon)
        && !is_called(text, &(run.items.end..sentence.end))
        && !context::is_apart(text, &run.items)
        && !is_moment(text, run)
}

/// Words before a time of day.
const AT: [&str; 10] = ["at", "las", "\u{e0}s", "gegen", "vers", "until", "till", "desde", "seit", "hasta"];

/// Is it a time: `somebody comes at six twenty`?
fn is_moment(text: &Text<'_>, run: &Run) -> bool {
    let word = run.items.start.checked_sub(1).and_then(|last| text.items.get(last));
    let word = word.and_then(|word| text.source.get(word.start..word.end));
    digits(text, run) <= MOMENT_MAX && word.is_some_and(|word| AT.iter().any(|at| word.eq_ignore_ascii_case(at)))
}

/// The longest time: `18:30`.
const MOMENT_MAX: usize = 4;

/// How many digits an item has, at least.
fn width(item: &Item) -> usize {
    if item.traits.has(Traits::NUMBER) { item.len() } else { usize::from(item.traits.has(Traits::COUNTS)) }
}

/// The cues among these items.
pub(crate) fn cues<'t>(text: &Text<'t>, items: &Range<usize>) -> &'t Cues {
    let first = text.cues.partition_point(|(cue, _)| cue.end <= items.start);
    &text.cues[first..text.cues.partition_point(|(cue, _)| cue.start < items.end).max(first)]
}

/// Has a range more words than this that are said for something else than to give a number?
fn says_more(text: &Text<'_>, items: Range<usize>, most: usize, lexicon: &Lexicon) -> bool {
    if !text.has_plain_words(items.clone(), most) {
        return false;
    }
    let (mut at, mut plain) = (items.start, 0);
    while at < items.end && plain <= most {
        let length = aside::find(text.source, text.items, at, lexicon).map(|(length, _)| length);
        plain += usize::from(length.is_none() && text.has_plain_words(at..at + 1, 0));
        at += length.unwrap_or(1);
    }
    plain > most
}

/// Is what a turn says before its number no more than what leads from one piece to the next: `and the last four are`? Or does
/// it end with the number, so that check digits may tell?
fn leads_on(text: &Text<'_>, run: &Run, sentence: &Range<usize>, lexicon: &Lexicon) -> bool {
    let first = run.items.start;
    let says_more_before = |most| says_more(text, sentence.start..first, most, lexicon);
    let ends = || is_unpunctuated(text, run, sentence) && !says_more(text, run.items.end..sentence.end, TAIL_MAX, lexicon);
    let may_lead =
        || !is_within(text, run, sentence, lexicon) && (!says_more_before(HEAD_MAX) || ends() || is_answer(text, first));
    !says_more_before(0) || may_lead()
}

/// Short, and naming nothing: it does not ask for another number.
pub(crate) fn is_interjection(texts: &Texts<'_>, index: usize) -> bool {
    is_short(texts, index)
        || texts.length(index) <= INTERJECTION_MAX && texts.cues(index).iter().all(|(_, cue)| says_nothing(*cue))
}

/// Longer, or speaking of something in passing: who dictates a number goes on after it all the same.
pub(crate) fn is_small_talk(texts: &Texts<'_>, index: usize) -> bool {
    texts.length(index) <= ASIDE_MAX && !asks(texts, index)
}

/// Does a turn give a number and call it nothing, nor say much else?
pub(crate) fn is_dictating(texts: &Texts<'_>, index: usize) -> bool {
    texts.length(index) <= ASIDE_MAX
        && texts.cues(index).iter().all(|(_, cue)| says_nothing(*cue) || matches!(cue, Cue::Id(_) | Cue::Card))
}

/// Does it speak of a number that may be said next, or hold one?
fn asks(texts: &Texts<'_>, index: usize) -> bool {
    let mut is_passing = false;
    let names = |cue: &Cue| match cue {
        Cue::Code | Cue::Until => false,
        Cue::Other { named: false } => {
            is_passing = true;
            false
        }
        cue => !says_nothing(*cue),
    };
    if texts.cues(index).iter().map(|(_, cue)| cue).any(names) {
        return true;
    }
    let Some(text) = texts.get(index).filter(|text| is_passing || !text.runs.is_empty()) else { return false };
    is_passing && context::asks_which(&text) || text.runs.iter().any(|run| digits(&text, run) > 1)
}

fn is_short(texts: &Texts<'_>, index: usize) -> bool {
    let says_little = |cue: &Cue| says_nothing(*cue) || matches!(cue, Cue::Card | Cue::Code | Cue::Until);
    texts.length(index) <= SHORT_MAX && texts.cues(index).iter().all(|(_, cue)| says_little(cue))
}

fn says_nothing(cue: Cue) -> bool {
    matches!(cue, Cue::Near(_) | Cue::Hint(_) | Cue::Ending | Cue::Restart | Cue::Nothing | Cue::Measure)
}

/// Is a run of letters nearly all of its sentence, or what its turn ends with, so that it may be a piece of a code?
pub(crate) fn is_piece(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    if run.items.end == text.items.len() {
        // `Where was I?`
        let is_pronoun = text.source.get(text.bytes(&run.items)).is_some_and(|run| run.eq_ignore_ascii_case("i"));
        // `It's I`, with which an account number may begin.
        let is_alone = || is_said_among(text, sentence(text, &run.items).start..run.items.start);
        return !is_pronoun || is_alone() || text.cues.iter().any(|(_, cue)| matches!(cue, Cue::Id(_)));
    }
    // Mostly there are more words around it.
    let most = run.items.len() + LEAD_MAX;
    let around = run.items.start.saturating_sub(most)..text.items.len().min(run.items.end + most);
    let sentence = sentence_within(text, &run.items, around);
    let before = |most| text.has_plain_words(sentence.start..run.items.start, most);
    let after = |most| text.has_plain_words(run.items.end..sentence.end, most);
    // No more than one in all.
    let is_most = || run.items.len() * 2 >= sentence.len() && !(before(1) || after(1) || before(0) && after(0));
    let is_all = || {
        let before = sentence.start..run.items.start;
        let is_said = !says_more(text, before.clone(), 0, lexicon) || is_said_among(text, before);
        sentence.len() < most && is_said && !says_more(text, run.items.end..sentence.end, 0, lexicon)
    };
    is_most() || is_all()
}

/// May another turn go on with what this run begins? What is said behind it begins with it, or is another sentence.
pub(crate) fn ends_open(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let sentence = sentence(text, &run.items);
    let begins = || {
        let is_said = (digits(text, run) > WITHIN_MAX || is_first(text, run))
            && (!text.has_plain_words(sentence.start..run.items.start, HEAD_MAX)
                || is_said_among(text, sentence.start..run.items.start));
        is_said && is_unpunctuated(text, run, &sentence)
    };
    (!says_more(text, run.items.end..sentence.end, TAIL_MAX, lexicon) || begins())
        && !is_called(text, &(run.items.end..sentence.end))
        && !is_within(text, run, &sentence, lexicon)
        && !context::is_apart(text, &run.items)
}

/// Do these words name what stays, and nothing that goes? `.. it's my company credit card`
fn is_called(text: &Text<'_>, words: &Range<usize>) -> bool {
    cues(text, words).iter().any(|(_, cue)| matches!(cue, Cue::Other { .. })) && !names_wanted(text, words)
}

/// Who says what it was has said all of it: `.. is my SSN`.
pub(crate) fn is_named(text: &Text<'_>, run: &Run) -> bool {
    !text.cues.is_empty() && names_wanted(text, &(run.items.end..sentence(text, &run.items).end))
}

fn names_wanted(text: &Text<'_>, words: &Range<usize>) -> bool {
    cues(text, words).iter().any(|(_, cue)| matches!(cue, Cue::Card | Cue::Id(_) | Cue::AnyId))
}

/// Is nothing written that shows where a sentence ends, so that any word may begin another? Only the words right beside the
/// number are sure to be spoken as they stand.
fn is_unpunctuated(text: &Text<'_>, run: &Run, sentence: &Range<usize>) -> bool {
    let is_joined = |at: usize| at == 0 || at == text.items.len() || text.between(at - 1, at) == " ";
    let rest = text.items.last().and_then(|last| text.source.get(last.end..));
    *sentence == (0..text.items.len())
        && is_joined(run.items.start)
        && is_joined(run.items.end)
        && rest.is_some_and(|rest| rest.trim_end().is_empty())
}

/// Does it only count something, beside a number that the turn gives?
pub(crate) fn is_passing(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let sentence = sentence(text, &run.items);
    is_within(text, run, &sentence, lexicon) || is_article(text, run, &sentence, lexicon) || context::is_apart(text, &run.items)
}

/// A word or two that count within a sentence: `llamé cinco veces`.
fn is_within(text: &Text<'_>, run: &Run, sentence: &Range<usize>, lexicon: &Lexicon) -> bool {
    digits(text, run) <= WITHIN_MAX
        && says_more(text, sentence.start..run.items.start, 0, lexicon)
        && says_more(text, run.items.end..sentence.end, 0, lexicon)
}

/// How many items `one, two, three` has, at least and at most.
const SOUND_CHECK: std::ops::RangeInclusive<usize> = 3..=5;

/// With what it begins.
const ONE: [&str; 7] = ["1", "one", "uno", "un", "eins", "um", "een"];

/// `One, two, three, can you hear me?`
pub(crate) fn is_sound_check(index: usize, text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let first = || text.source.get(text.bytes(&(run.items.start..run.items.start + 1))).unwrap_or_default();
    SOUND_CHECK.contains(&run.items.len())
        && ONE.iter().any(|one| first().eq_ignore_ascii_case(one))
        && text.has_plain_words(run.items.end..text.items.len(), HEAD_MAX)
        && read(text, index, run, lexicon).natural.iter().zip(1..).all(|(symbol, count)| symbol.digit == Some(count))
}

/// `Oh, lovely`: that is no zero.
pub(crate) fn is_exclaimed(text: &Text<'_>, run: &Run) -> bool {
    let is_oh = || text.source.get(text.bytes(&run.items)).is_some_and(|run| run.eq_ignore_ascii_case("oh"));
    run.items.len() == 1 && is_oh() && text.has_plain_words(run.items.end..text.items.len().min(run.items.end + 1), 0)
}

/// A lone `ein`, `una`, `one` before other words is an article.
fn is_article(text: &Text<'_>, run: &Run, sentence: &Range<usize>, lexicon: &Lexicon) -> bool {
    run.items.len() == 1
        && !text.items[run.items.start].traits.has(Traits::WRITTEN)
        && !is_first(text, run)
        && says_more(text, run.items.end..sentence.end, TAIL_MAX, lexicon)
}

/// Does the turn begin with a digit that is no article, after fillers? `quatre il n'y aurait pas ..`
fn is_first(text: &Text<'_>, run: &Run) -> bool {
    text.items[run.items.start].traits.has(Traits::SAYS) && !text.has_plain_words(0..run.items.start, 0)
}

/// How many digits a run has, at least.
pub(crate) fn digits(text: &Text<'_>, run: &Run) -> usize {
    text.items[run.items.clone()].iter().map(width).sum()
}
