//! Numbers that one speaker gives over several turns, the others only saying `uh huh` between.

use crate::context;
use crate::cue::Cue;
use crate::lexer::Class;
use crate::lexicon::Lexicon;
use crate::reading::{Symbol, read};
use crate::run::Run;
use crate::text::{Text, Texts};

/// More words than this are no interjection.
const INTERJECTION_MAX: usize = 8;
/// How many plain words may stand before a piece that goes on, and after one that will.
const HEAD_MAX: usize = 3;
const TAIL_MAX: usize = 2;
/// How many turns and items a number may have.
const PIECES_MAX: usize = 12;
const ITEMS_MAX: usize = 96;

/// Every chain of runs that may be one number, read out.
pub(crate) fn readings(texts: &Texts<'_>, lexicon: &Lexicon) -> Vec<Vec<Symbol>> {
    let mut chains = Vec::new();
    // The chain that each speaker has open; few speakers, so a list.
    let mut open: Vec<(&str, Chain)> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let Some(speaker) = text.speaker else { break };
        if open.is_empty() && text.runs.is_empty() {
            continue;
        }
        // Whatever is more than an interjection ends the others' numbers.
        let is_interjection = is_interjection(&text);
        if !is_interjection {
            open.retain(|(other, chain)| *other == speaker || chain.close(texts, lexicon, &mut chains));
        }
        let mut mine = open.iter().position(|(who, _)| *who == speaker).map(|at| open.swap_remove(at).1);
        let is_usable = |run: &&Run| run.counts || is_piece(&text, run);
        let (Some(first), Some(last)) = (text.runs.iter().find(is_usable), text.runs.iter().rfind(is_usable)) else {
            // One's own words without a number: a short `okay` does not end it.
            match mine {
                Some(chain) if is_interjection => open.push((speaker, chain)),
                Some(chain) => _ = chain.close(texts, lexicon, &mut chains),
                None => {}
            }
            continue;
        };
        let ends_open = ends_open(&text, last);
        if let Some(chain) = mine.as_mut().filter(|chain| chain.goes_on(&text, first)) {
            chain.push(index, first);
            if ends_open && first == last {
                open.extend(mine.map(|chain| (speaker, chain)));
                continue;
            }
        }
        if let Some(chain) = mine {
            chain.close(texts, lexicon, &mut chains);
        }
        if ends_open {
            let mut chain = Chain::default();
            chain.push(index, last);
            open.push((speaker, chain));
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
}

impl Chain {
    fn push(&mut self, text: usize, run: &Run) {
        if let Some(piece) = self.pieces.get_mut(self.len) {
            *piece = (text, run.items.start);
            self.len += 1;
            self.items += run.items.len();
        }
    }

    fn goes_on(&self, text: &Text<'_>, run: &Run) -> bool {
        self.len < PIECES_MAX
            && self.items < ITEMS_MAX
            && text.plain_words(0..run.items.start) <= HEAD_MAX
            && !is_article(text, run)
            && !is_within(text, run)
            && !context::is_apart(text, &run.items)
            && text.cues.iter().all(|(items, cue)| items.end > run.items.start || matches!(cue, Cue::Hint(_)))
    }

    /// Reads out what is more than one run; `false`, since the chain is no longer open.
    fn close(&self, texts: &Texts<'_>, lexicon: &Lexicon, chains: &mut Vec<Vec<Symbol>>) -> bool {
        if self.len > 1 {
            let mut symbols = Vec::with_capacity(self.items * 2);
            for (index, first) in &self.pieces[..self.len] {
                let Some(text) = texts.get(*index) else { continue };
                if let Some(run) = text.runs.iter().find(|run| run.items.start == *first) {
                    symbols.extend(read(&text, *index, run, lexicon));
                }
            }
            chains.push(symbols);
        }
        false
    }
}

/// Short, and naming nothing: it does not ask for another number.
fn is_interjection(text: &Text<'_>) -> bool {
    text.words <= INTERJECTION_MAX
        && text
            .cues
            .iter()
            .all(|(_, cue)| matches!(cue, Cue::Card | Cue::Code | Cue::Until | Cue::Hint(_) | Cue::Nothing | Cue::Measure))
}

/// Is a run of letters nearly all of its turn, so that it may be a piece of a code?
fn is_piece(text: &Text<'_>, run: &Run) -> bool {
    let around = || text.plain_words(0..run.items.start) + text.plain_words(run.items.end..text.items.len());
    run.items.len() * 2 >= text.words && around() <= 1
}

fn ends_open(text: &Text<'_>, run: &Run) -> bool {
    text.plain_words(run.items.end..text.items.len()) <= TAIL_MAX && !is_within(text, run) && !context::is_apart(text, &run.items)
}

/// A word or two that count within a sentence: `llamé cinco veces`.
fn is_within(text: &Text<'_>, run: &Run) -> bool {
    run.items.len() <= 2 && text.plain_words(0..run.items.start) > 0 && text.plain_words(run.items.end..text.items.len()) > 0
}

/// A lone `ein`, `una`, `one` before other words is an article.
fn is_article(text: &Text<'_>, run: &Run) -> bool {
    run.items.len() == 1
        && matches!(text.items[run.items.start].class, Class::Word { .. })
        && text.plain_words(run.items.end..text.items.len()) > TAIL_MAX
}
