//! Numbers that one speaker gives over several turns, the others only saying `uh huh` between.

use crate::cue::Cue;
use crate::lexer::Class;
use crate::lexicon::Lexicon;
use crate::reading::{Symbol, read};
use crate::run::Run;
use crate::text::Text;

/// More items than this are no interjection.
const INTERJECTION_MAX: usize = 8;
/// How many plain words may stand before a piece that goes on, and after one that will.
const HEAD_MAX: usize = 3;
const TAIL_MAX: usize = 2;
/// How many turns and symbols a number may have.
const PIECES_MAX: usize = 12;
const SYMBOLS_MAX: usize = 96;

/// Every run of every turn by itself, and every chain of runs that may be one number.
pub(crate) fn readings(texts: &[Text<'_>], lexicon: &Lexicon) -> (Vec<Vec<Symbol>>, Vec<Vec<Symbol>>) {
    let mut alone = Vec::new();
    let mut chains = Vec::new();
    // The chain that each speaker has open, most recent first; few speakers, so a list.
    let mut open: Vec<(&str, Chain)> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        for run in text.runs.iter().filter(|run| run.counts) {
            alone.push(read(text, index, run, lexicon));
        }
        let Some(speaker) = text.speaker else { continue };
        // Whatever is more than an interjection ends the others' numbers.
        if !is_interjection(text) {
            open.retain(|(other, chain)| {
                *other == speaker || {
                    chain.close(&mut chains);
                    false
                }
            });
        }
        let mut mine = open.iter().position(|(who, _)| *who == speaker).map(|at| open.swap_remove(at).1);
        let usable: Vec<&Run> = text.runs.iter().filter(|run| run.counts || is_piece(text, run, lexicon)).collect();
        let (Some(first), Some(last)) = (usable.first(), usable.last()) else {
            // One's own words without a number: a short `okay` does not end it.
            match mine {
                Some(chain) if is_interjection(text) => open.push((speaker, chain)),
                Some(chain) => chain.close(&mut chains),
                None => {}
            }
            continue;
        };
        if let Some(chain) = mine.as_mut().filter(|chain| chain.goes_on(text, first, lexicon)) {
            chain.push(read(text, index, first, lexicon));
            if usable.len() == 1 && ends_open(text, first, lexicon) {
                open.extend(mine.map(|chain| (speaker, chain)));
                continue;
            }
        }
        if let Some(chain) = mine {
            chain.close(&mut chains);
        }
        if ends_open(text, last, lexicon) {
            let mut chain = Chain::default();
            chain.push(read(text, index, last, lexicon));
            open.push((speaker, chain));
        }
    }
    for (_, chain) in open {
        chain.close(&mut chains);
    }
    (alone, chains)
}

#[derive(Default)]
struct Chain {
    symbols: Vec<Symbol>,
    pieces: usize,
}

impl Chain {
    fn push(&mut self, symbols: Vec<Symbol>) {
        self.symbols.extend(symbols);
        self.pieces += 1;
    }

    fn goes_on(&self, text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
        self.pieces < PIECES_MAX
            && self.symbols.len() < SYMBOLS_MAX
            && text.plain_words(0..run.items.start, lexicon) <= HEAD_MAX
            && !is_article(text, run, lexicon)
            && text.cues.iter().all(|(items, _)| items.end > run.items.start)
    }

    fn close(&self, chains: &mut Vec<Vec<Symbol>>) {
        if self.pieces > 1 {
            chains.push(self.symbols.clone());
        }
    }
}

/// Short, and naming nothing: it does not ask for another number.
fn is_interjection(text: &Text<'_>) -> bool {
    text.items.len() <= INTERJECTION_MAX && text.cues.iter().all(|(_, cue)| matches!(cue, Cue::Card | Cue::Code | Cue::Nothing))
}

/// Is a run of letters nearly all of its turn, so that it may be a piece of a code?
fn is_piece(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    let around = || text.plain_words(0..run.items.start, lexicon) + text.plain_words(run.items.end..text.items.len(), lexicon);
    run.items.len() * 2 >= text.items.len() && around() <= 1
}

fn ends_open(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    text.plain_words(run.items.end..text.items.len(), lexicon) <= TAIL_MAX
}

/// A lone `ein`, `una`, `one` before other words is an article.
fn is_article(text: &Text<'_>, run: &Run, lexicon: &Lexicon) -> bool {
    run.items.len() == 1
        && matches!(text.items[run.items.start].class, Class::Word { .. })
        && text.plain_words(run.items.end..text.items.len(), lexicon) > TAIL_MAX
}
