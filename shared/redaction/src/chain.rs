//! Numbers that one speaker gives over several turns, the others only saying `uh huh` between.

use std::cell::{Cell, LazyCell};
use std::ops::Range;

use crate::context;
use crate::lexicon::{Lexicon, Traits};
use crate::piece::{
    cues, digits, ends_open, goes_on, is_dictating, is_exclaimed, is_interjection, is_named, is_passing, is_piece, is_small_talk,
    is_sound_check,
};
use crate::reading::{Symbol, Ways, read, with_country};
use crate::run::Run;
use crate::text::{Text, Texts};

/// How many plain words within a turn do not part the pieces of a number: words that people say between digits and that we
/// do not know.
const BETWEEN_MAX: usize = 2;
/// How many turns after a piece the next may come.
pub(crate) const TURNS_MAX: usize = 4;
/// How many turns and items a number may have.
const PIECES_MAX: usize = 12;
const ITEMS_MAX: usize = 96;
/// Among how many runs of a turn the piece is looked for that goes on.
const RUNS_MAX: usize = 8;
/// In one turn, pieces of fewer digits than the shortest card are not worth reading together.
const DIGITS_MIN: usize = 12;
/// So many digits in one breath are mostly all of a number.
const WHOLE_MIN: usize = 14;
/// Of how many pieces another reading is tried by itself.
const WAYS_MAX: usize = 4;

/// Texts one after the other, all through which somebody has a number open, and the chains that end in them.
#[derive(Debug)]
pub(crate) struct Stretch {
    texts: Range<usize>,
    /// Each chain in every way that it may be meant.
    pub(crate) readings: Vec<Vec<Symbol>>,
}

/// Every chain of runs that may be one number. `stretches` are those of the last time, of which those stay in which and shortly
/// after which no text has changed.
pub(crate) fn find(texts: &Texts<'_>, lexicon: &Lexicon, stretches: &mut Vec<Stretch>) {
    let room = Vec::with_capacity(stretches.len());
    let mut known = std::mem::replace(stretches, room).into_iter().peekable();
    let mut change = texts.next_changed(0);
    let mut next = 0;
    while let Some(index) = texts.next_with_runs(next) {
        // Once for each, however many stretches lie before it.
        if change.is_some_and(|change| change < index) {
            change = texts.next_changed(index);
        }
        while known.next_if(|stretch| stretch.texts.start < index).is_some() {}
        let is_same = |Stretch { texts: Range { start, end }, .. }: &Stretch| {
            *start == index && change.is_none_or(|change| change >= end + TURNS_MAX)
        };
        let stretch = known.next_if(is_same).unwrap_or_else(|| stretch(index, texts, lexicon));
        next = stretch.texts.end;
        stretches.push(stretch);
    }
}

/// Those that begin with the first run of this text, and others that are open meanwhile.
fn stretch(start: usize, texts: &Texts<'_>, lexicon: &Lexicon) -> Stretch {
    let mut chains = Vec::new();
    // The chain that each speaker has open; few speakers, so a list.
    let mut open: Vec<(&str, Chain)> = Vec::new();
    let mut next = start;
    while next < texts.len() && (next == start || !open.is_empty()) {
        let index = next;
        next += 1;
        if !texts.has_runs(index) && open.iter().all(|(_, chain)| chain.is_over(index)) {
            open.clear();
            continue;
        }
        let Some(speaker) = texts.speaker(index) else {
            // Nothing goes on in a text that stands alone, nor from it.
            next = texts.len();
            break;
        };
        let mut mine = open.iter().position(|(other, _)| *other == speaker);
        // Whatever is more than an interjection ends the others' numbers, but for what is said beside one that is dictated.
        if open.len() > usize::from(mine.is_some()) && !is_interjection(texts, index) {
            let is_small_talk = LazyCell::new(|| is_small_talk(texts, index));
            open.retain(|(other, chain)| {
                let stays = *other == speaker || chain.is_dictated(texts) && *is_small_talk;
                if !stays {
                    chain.close(texts, lexicon, &mut chains);
                }
                stays
            });
            mine = mine.and_then(|_| open.iter().position(|(other, _)| *other == speaker));
        }
        // One's own is the last while one speaks.
        if let Some(at) = mine.as_mut() {
            let last = open.len() - 1;
            open.swap(*at, last);
            *at = last;
        } else if !texts.has_runs(index) {
            continue;
        }
        let goes_on_later = texts.has_runs(index) && speaks_again(texts, index, speaker);
        // Most runs are the only ones that their speaker says for a while.
        if mine.is_none() && !goes_on_later && texts.runs(index).len() < 2 {
            continue;
        }
        let Some(text) = texts.get(index) else { break };
        if mine.is_none() && !goes_on_later && !may_be_one(&text) {
            continue;
        }
        // One's own is the last.
        let mut chain = mine.and_then(|_| open.pop()).map(|(_, chain)| chain);
        let last = add(index, &text, &mut chain, texts, lexicon, &mut chains);
        let Some(chain) = chain else { continue };
        // One's own `okay` does not end one's number.
        let stays_open = match last {
            None => is_interjection(texts, index),
            // What is one run so far is asked whether anything may follow once something does.
            Some(_) if chain.is_single() => goes_on_later,
            Some(last) => ends_open(&text, last, lexicon) && !is_named(&text, last),
        };
        if stays_open {
            open.push((speaker, chain));
        } else {
            chain.close(texts, lexicon, &mut chains);
        }
    }
    for (_, chain) in open {
        chain.close(texts, lexicon, &mut chains);
    }
    Stretch { texts: start..next, readings: chains }
}

/// Adds the runs of a turn to what its speaker has said so far, and gives the last of them.
fn add<'t>(
    index: usize,
    text: &Text<'t>,
    open: &mut Option<Chain>,
    texts: &Texts<'_>,
    lexicon: &Lexicon,
    chains: &mut Vec<Vec<Symbol>>,
) -> Option<&'t Run> {
    let may_be_piece = |run: &&Run| {
        (run.counts || is_piece(text, run, lexicon)) && !is_sound_check(index, text, run, lexicon) && !is_exclaimed(text, run)
    };
    let runs = text.runs.iter().filter(may_be_piece);
    // What else a turn counts before it does not end a number that goes on in it.
    let goes_on = |chain: &Chain| runs.clone().take(RUNS_MAX).position(|run| chain.goes_on(index, text, run, texts, lexicon));
    let next = open.as_ref().and_then(goes_on);
    let mut last: Option<&Run> = None;
    for run in runs.skip(next.unwrap_or_default()) {
        match open {
            Some(chain) => {
                let goes_on = match last {
                    None => next.is_some(),
                    Some(last) => chain.has_room() && joins(text, last, run),
                };
                if goes_on {
                    chain.push(index, run);
                } else if last.is_some() && (!run.counts || is_passing(text, run, lexicon)) {
                    continue;
                } else {
                    chain.close(texts, lexicon, chains);
                    *chain = Chain::new(index, run);
                }
            }
            None => *open = Some(Chain::new(index, run)),
        }
        last = Some(run);
    }
    last
}

/// Does the speaker say anything soon that a number may go on with?
fn speaks_again(texts: &Texts<'_>, index: usize, speaker: &str) -> bool {
    let mut last = index;
    while let Some(later) = texts.next_with_runs(last + 1).filter(|later| *later <= index + TURNS_MAX) {
        if texts.speaker(later) == Some(speaker) {
            return true;
        }
        last = later;
    }
    false
}

/// May the runs of a turn, being several, be one number by themselves?
fn may_be_one(text: &Text<'_>) -> bool {
    text.runs.iter().map(|run| digits(text, run)).sum::<usize>() >= DIGITS_MIN
}

/// The runs of a number so far, each as its text and first item. They are read out only once there are several.
struct Chain {
    first: (usize, usize),
    more: Vec<(usize, usize)>,
    items: usize,
    /// Whether anything may follow the first of them, once that was asked.
    is_open: Cell<Option<bool>>,
}

impl Chain {
    fn new(index: usize, run: &Run) -> Self {
        Self { first: (index, run.items.start), more: Vec::new(), items: run.items.len(), is_open: Cell::new(None) }
    }

    fn push(&mut self, index: usize, run: &Run) {
        self.more.push((index, run.items.start));
        self.items += run.items.len();
    }

    fn is_single(&self) -> bool {
        self.more.is_empty()
    }

    /// Does it look like a number of which more is to come, whatever is said meanwhile?
    fn is_dictated(&self, texts: &Texts<'_>) -> bool {
        is_dictating(texts, self.last().0) && (!self.is_single() || self.digits(texts) < WHOLE_MIN)
    }

    fn has_room(&self) -> bool {
        self.more.len() + 1 < PIECES_MAX && self.items < ITEMS_MAX
    }

    fn last(&self) -> (usize, usize) {
        self.more.last().copied().unwrap_or(self.first)
    }

    /// Is it a run that nothing goes on with any more?
    fn is_over(&self, index: usize) -> bool {
        self.is_single() && index - self.first.0 > TURNS_MAX
    }

    fn goes_on(&self, index: usize, text: &Text<'_>, run: &Run, texts: &Texts<'_>, lexicon: &Lexicon) -> bool {
        if !self.has_room() || index - self.last().0 > TURNS_MAX {
            return false;
        }
        (!self.is_single() || self.is_open(texts, lexicon)) && goes_on(text, run, lexicon)
    }

    /// May anything follow its first run?
    fn is_open(&self, texts: &Texts<'_>, lexicon: &Lexicon) -> bool {
        self.is_open.get().unwrap_or_else(|| {
            let is_open = piece(texts, self.first).is_some_and(|(text, run)| ends_open(&text, run, lexicon));
            self.is_open.set(Some(is_open));
            is_open
        })
    }

    /// Reads out what is more than one run.
    #[inline]
    fn close(&self, texts: &Texts<'_>, lexicon: &Lexicon, chains: &mut Vec<Vec<Symbol>>) {
        if !self.is_single() && (self.first.0 != self.last().0 || self.digits(texts) >= DIGITS_MIN) {
            self.read(texts, lexicon, chains);
        }
    }

    fn pieces<'t>(&self, texts: &'t Texts<'_>) -> impl Iterator<Item = (usize, Text<'t>, &'t Run)> {
        let all = [self.first].into_iter().chain(self.more.iter().copied());
        all.filter_map(|at| piece(texts, at).map(|(text, run)| (at.0, text, run)))
    }

    /// How many digits it has, at least.
    fn digits(&self, texts: &Texts<'_>) -> usize {
        self.pieces(texts).map(|(_, text, run)| digits(&text, run)).sum()
    }

    fn read(&self, texts: &Texts<'_>, lexicon: &Lexicon, chains: &mut Vec<Vec<Symbol>>) {
        let pieces: Vec<Ways> = self.pieces(texts).map(|(index, text, run)| read(&text, index, run, lexicon)).collect();
        let start = chains.len();
        chains.push(concat(&pieces, |_, piece| &piece.natural));
        if pieces.iter().any(|piece| piece.bare.is_some()) {
            chains.push(concat(&pieces, |_, piece| piece.bare.as_ref().unwrap_or(&piece.natural)));
        }
        let loose: Vec<usize> = (0..pieces.len()).filter(|at| pieces[*at].apart.is_some()).collect();
        if loose.len() > 1 {
            chains.push(concat(&pieces, |_, piece| piece.apart.as_ref().unwrap_or(&piece.natural)));
        }
        for one in loose.into_iter().take(WAYS_MAX) {
            chains.push(concat(&pieces, |at, piece| piece.apart.as_ref().filter(|_| at == one).unwrap_or(&piece.natural)));
        }
        for at in start..chains.len() {
            let joined = with_tens_joined(&chains[at]);
            let whole = whole(&chains[at], texts);
            chains.extend(joined.into_iter().chain(whole));
        }
    }
}

/// An account number with its country from the words before its first piece. Another number may have been said before that.
fn whole(chain: &[Symbol], texts: &Texts<'_>) -> Option<Vec<Symbol>> {
    let mut starts = (0..chain.len()).filter(|at| at.checked_sub(1).is_none_or(|last| chain[last].text != chain[*at].text));
    starts.find_map(|at| with_country(&texts.get(chain[at].text)?, &chain[at..]))
}

/// The run of a text that begins at this item.
fn piece<'t>(texts: &'t Texts<'_>, (index, first): (usize, usize)) -> Option<(Text<'t>, &'t Run)> {
    let text = texts.get(index)?;
    let run = text.runs.binary_search_by_key(&first, |run| run.items.start).ok()?;
    Some((text, &text.runs[run]))
}

fn concat(pieces: &[Ways], of: impl for<'p> Fn(usize, &'p Ways) -> &'p [Symbol]) -> Vec<Symbol> {
    pieces.iter().enumerate().flat_map(|(at, piece)| of(at, piece)).copied().collect()
}

/// `sixty`, and in the next turn `two`: it may have been one number.
fn with_tens_joined(symbols: &[Symbol]) -> Option<Vec<Symbol>> {
    let is_tens = |at: usize| {
        let [tens, zero, unit] = &symbols[at - 1..=at + 1] else { return false };
        let is_pair = tens.same_group(zero) && at.checked_sub(2).is_none_or(|last| !symbols[last].same_group(tens));
        let joins = zero.text != unit.text && symbols.get(at + 2).is_none_or(|next| !next.same_group(unit));
        is_pair && joins && tens.spoken && unit.spoken && tens.digit >= Some(2) && zero.digit == Some(0) && unit.digit >= Some(1)
    };
    let at: Vec<usize> = (1..symbols.len().saturating_sub(1)).filter(|at| is_tens(*at)).collect();
    let kept = symbols.iter().enumerate().filter(|(index, _)| !at.contains(index)).map(|(_, symbol)| *symbol);
    (!at.is_empty()).then(|| kept.collect())
}

/// Do but a few words stand between two runs of one turn that say nothing else?
fn joins(text: &Text<'_>, last: &Run, run: &Run) -> bool {
    let between = last.items.end..run.items.start;
    last.counts
        && run.counts
        && !text.has_plain_words(between.clone(), BETWEEN_MAX)
        && !sentence_ends(text.between(between.start - 1, between.end))
        && !text.items[between.clone()].iter().any(|item| item.traits.has(Traits::REMOVED))
        && !names_anything(text, &between)
        && !context::is_apart(text, &last.items)
        && !context::is_apart(text, &run.items)
}

/// Is there a cue among these items? Cues are in order and apart.
fn names_anything(text: &Text<'_>, items: &Range<usize>) -> bool {
    !cues(text, items).is_empty()
}

/// Is there the end of a sentence in what lies between two runs? Who only stops to look goes on: `5541... dan 2715`.
fn sentence_ends(between: &str) -> bool {
    let between = between.as_bytes();
    let ends = |at: usize| {
        between[at] == b'.' && at.checked_sub(1).is_none_or(|last| between[last] != b'.') && between.get(at + 1) == Some(&b' ')
    };
    (0..between.len()).any(|at| ends(at) || matches!(between[at], b'?' | b'!' | b'\n' | b':'))
}
