//! Numbers that one speaker gives over several turns, the others only saying `uh huh` between.

use crate::answer::is_answer;
use crate::aside;
use crate::context;
use crate::cue::Cue;
use crate::lexer::{Class, Item};
use crate::lexicon::{Lexicon, Traits};
use crate::reading::{Symbol, Ways, read, with_country};
use crate::run::Run;
use crate::text::{Text, Texts};

/// More words than this are no interjection; and more than so few are one only if they name nothing at all: `sorry, you
/// broke up a little there, carry on`.
const INTERJECTION_MAX: usize = 16;
const SHORT_MAX: usize = 8;
/// How many plain words may stand before a piece that goes on, if not only those that lead to a number; and after one that
/// will.
const HEAD_MAX: usize = 1;
const TAIL_MAX: usize = 2;
/// How many plain words within a turn do not part the pieces of a number: words that people say between digits and that we
/// do not know.
const BETWEEN_MAX: usize = 2;
/// How many turns after a piece the next may come.
const TURNS_MAX: usize = 4;
/// How many turns and items a number may have.
const PIECES_MAX: usize = 12;
const ITEMS_MAX: usize = 96;
/// So few digits amid words count something.
const WITHIN_MAX: usize = 2;
/// In one turn, pieces of fewer digits than the shortest card are not worth reading together.
const DIGITS_MIN: usize = 12;
/// Of how many pieces another reading is tried by itself.
const WAYS_MAX: usize = 4;

/// Every chain of runs that may be one number, read out in every way that it may be meant.
pub(crate) fn readings(texts: &Texts<'_>, lexicon: &Lexicon) -> Vec<Vec<Symbol>> {
    let mut chains = Vec::new();
    // The chain that each speaker has open; few speakers, so a list.
    let mut open: Vec<(&str, Chain)> = Vec::new();
    for index in 0..texts.len() {
        if open.is_empty() && !texts.has_runs(index) {
            continue;
        }
        let Some(text) = texts.get(index) else { break };
        let Some(speaker) = text.speaker else { break };
        // Whatever is more than an interjection ends the others' numbers.
        if !is_interjection(&text) {
            open.retain(|(other, chain)| *other == speaker || chain.close(texts, lexicon, &mut chains));
        }
        let mut mine = open.iter().position(|(who, _)| *who == speaker).map(|at| open.swap_remove(at).1);
        let mut last: Option<&Run> = None;
        for run in text.runs.iter().filter(|run| run.counts || is_piece(&text, run)) {
            let goes_on = mine.as_ref().is_some_and(|chain| match last {
                None => chain.goes_on(index, &text, run, lexicon),
                Some(last) => chain.has_room() && joins(&text, last, run),
            });
            if !goes_on && let Some(chain) = mine.take() {
                chain.close(texts, lexicon, &mut chains);
            }
            mine.get_or_insert_default().push(index, run, &text);
            last = Some(run);
        }
        // One's own `okay` does not end one's number.
        let stays_open = last.map_or_else(|| is_short(&text), |last| ends_open(&text, last));
        match mine {
            Some(chain) if stays_open => open.push((speaker, chain)),
            Some(chain) => _ = chain.close(texts, lexicon, &mut chains),
            None => {}
        }
    }
    for (_, chain) in open {
        chain.close(texts, lexicon, &mut chains);
    }
    chains
}

/// The runs of a number so far. They are read out only once there are several.
#[derive(Default)]
struct Chain {
    /// Text and first item of each run.
    pieces: [(usize, usize); PIECES_MAX],
    len: usize,
    items: usize,
    digits: usize,
}

impl Chain {
    fn push(&mut self, index: usize, run: &Run, text: &Text<'_>) {
        if let Some(piece) = self.pieces.get_mut(self.len) {
            *piece = (index, run.items.start);
            self.len += 1;
            self.items += run.items.len();
            self.digits += text.items[run.items.clone()].iter().map(width).sum::<usize>();
        }
    }

    fn has_room(&self) -> bool {
        self.len < PIECES_MAX && self.items < ITEMS_MAX
    }

    fn goes_on(&self, index: usize, text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
        let last = self.len.checked_sub(1).map_or(0, |last| self.pieces[last].0);
        self.has_room()
            && index - last <= TURNS_MAX
            && !is_article(text, run)
            && leads_on(text, run, lexicon)
            && text.cues.iter().all(|(items, cue)| items.end > run.items.start || matches!(cue, Cue::Hint(_) | Cue::Ending))
            && !context::is_apart(text, &run.items)
    }

    /// Reads out what is more than one run; `false`, since the chain is no longer open.
    fn close(&self, texts: &Texts<'_>, lexicon: &Lexicon, chains: &mut Vec<Vec<Symbol>>) -> bool {
        let pieces = &self.pieces[..self.len];
        let is_one_turn = pieces.iter().all(|(index, _)| *index == pieces[0].0);
        if self.len > 1 && (!is_one_turn || self.digits >= DIGITS_MIN) {
            self.read(texts, lexicon, chains);
        }
        false
    }

    fn read(&self, texts: &Texts<'_>, lexicon: &Lexicon, chains: &mut Vec<Vec<Symbol>>) {
        let mut pieces: Vec<Ways> = Vec::with_capacity(self.len);
        for (index, first) in &self.pieces[..self.len] {
            let Some(text) = texts.get(*index) else { continue };
            if let Some(run) = text.runs.iter().find(|run| run.items.start == *first) {
                pieces.push(read(&text, *index, run, lexicon));
            }
        }
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
            let text = chains[at].first().and_then(|first| texts.get(first.text));
            let whole = text.and_then(|text| with_country(&text, &chains[at]));
            chains.extend(joined.into_iter().chain(whole));
        }
    }
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

/// How many digits an item has, at least.
fn width(item: &Item) -> usize {
    match item.class {
        Class::Digits | Class::Code => item.end - item.start,
        Class::Word { traits, .. } => usize::from(traits.has(Traits::COUNTS)),
        Class::Removed(_) => 0,
    }
}

/// Do but a few words stand between two runs of one turn that say nothing else?
fn joins(text: &Text<'_>, last: &Run, run: &Run) -> bool {
    let between = last.items.end..run.items.start;
    last.counts
        && run.counts
        && !text.has_plain_words(between.clone(), BETWEEN_MAX)
        && !sentence_ends(text.between(between.start - 1, between.end))
        && !text.items[between.clone()].iter().any(|item| matches!(item.class, Class::Removed(_)))
        && !context::is_apart(text, &last.items)
        && !context::is_apart(text, &run.items)
        && text.cues.iter().all(|(items, _)| items.end <= between.start || items.start >= between.end)
}

/// Is there the end of a sentence in what lies between two runs? Who only stops to look goes on: `5541... dan 2715`.
fn sentence_ends(between: &str) -> bool {
    let between = between.as_bytes();
    let ends = |at: usize| {
        between[at] == b'.' && at.checked_sub(1).is_none_or(|last| between[last] != b'.') && between.get(at + 1) == Some(&b' ')
    };
    (0..between.len()).any(|at| ends(at) || matches!(between[at], b'?' | b'!' | b'\n' | b':'))
}

/// Is what a turn says before its number no more than what leads from one piece to the next: `and the last four are`?
fn leads_on(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let first = run.items.start;
    let (mut at, mut plain) = (0, 0);
    while at < first && plain <= HEAD_MAX {
        let length = aside::find(text.source, text.items, at, lexicon).map(|(length, _)| length);
        plain += usize::from(length.is_none() && text.has_plain_words(at..at + 1, 0));
        at += length.unwrap_or(1);
    }
    plain == 0 || !is_within(text, run) && (plain <= HEAD_MAX || is_answer(text, first))
}

/// Short, and naming nothing: it does not ask for another number.
fn is_interjection(text: &Text<'_>) -> bool {
    is_short(text) || text.items.len() <= INTERJECTION_MAX && text.cues.iter().all(|(_, cue)| says_nothing(*cue))
}

fn is_short(text: &Text<'_>) -> bool {
    let says_little = |cue: &Cue| says_nothing(*cue) || matches!(cue, Cue::Card | Cue::Code | Cue::Until);
    text.items.len() <= SHORT_MAX && text.cues.iter().all(|(_, cue)| says_little(cue))
}

fn says_nothing(cue: Cue) -> bool {
    matches!(cue, Cue::Near(_) | Cue::Hint(_) | Cue::Ending | Cue::Restart | Cue::Nothing | Cue::Measure)
}

/// Is a run of letters nearly all of its turn, or what it ends with, so that it may be a piece of a code?
fn is_piece(text: &Text<'_>, run: &Run) -> bool {
    let before = |most| text.has_plain_words(0..run.items.start, most);
    if run.items.end == text.items.len() {
        // `Where was I?`
        let is_pronoun = || text.source.get(text.bytes(&run.items)).is_some_and(|run| run.eq_ignore_ascii_case("i"));
        return !before(0) || !is_pronoun() || text.cues.iter().any(|(_, cue)| matches!(cue, Cue::Id(_)));
    }
    let after = |most| text.has_plain_words(run.items.end..text.items.len(), most);
    // No more than one in all.
    run.items.len() * 2 >= text.items.len() && !(before(1) || after(1) || before(0) && after(0))
}

fn ends_open(text: &Text<'_>, run: &Run) -> bool {
    !text.has_plain_words(run.items.end..text.items.len(), TAIL_MAX)
        && !is_within(text, run)
        && !context::is_apart(text, &run.items)
}

/// A word or two that count within a sentence: `llamé cinco veces`.
fn is_within(text: &Text<'_>, run: &Run) -> bool {
    let is_little = text.items[run.items.clone()].iter().map(width).sum::<usize>() <= WITHIN_MAX;
    is_little && text.has_plain_words(0..run.items.start, 0) && text.has_plain_words(run.items.end..text.items.len(), 0)
}

/// A lone `ein`, `una`, `one` before other words is an article.
fn is_article(text: &Text<'_>, run: &Run) -> bool {
    run.items.len() == 1
        && matches!(text.items[run.items.start].class, Class::Word { .. })
        && text.has_plain_words(run.items.end..text.items.len(), TAIL_MAX)
}
