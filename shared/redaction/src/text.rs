//! One text while it is worked on: its items, its runs and the cues in it.

use std::ops::Range;

use crate::cue::Cue;
use crate::kind::Kind;
use crate::lexer::{Class, Item, lex};
use crate::lexicon::Lexicon;
use crate::run::{self, Run};

#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) source: &'a str,
    /// Who says it; nobody does for a text that is no turn.
    pub(crate) speaker: Option<&'a str>,
    pub(crate) items: Vec<Item>,
    pub(crate) runs: Vec<Run>,
    /// Phrases with their items, in order.
    pub(crate) cues: Vec<(Range<usize>, Cue)>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(source: &'a str, speaker: Option<&'a str>, lexicon: &Lexicon) -> Self {
        let mut text = Self { source, speaker, items: lex(source, lexicon), runs: Vec::new(), cues: Vec::new() };
        text.look(lexicon);
        text
    }

    /// What stands between two items.
    pub(crate) fn between(&self, a: usize, b: usize) -> &'a str {
        self.source.get(self.items[a].end..self.items[b].start).unwrap_or_default()
    }

    /// The bytes that these items cover.
    pub(crate) fn bytes(&self, items: &Range<usize>) -> Range<usize> {
        self.items[items.start].start..self.items[items.end - 1].end
    }

    /// How many items of a range are neither numbers nor fillers.
    pub(crate) fn plain_words(&self, items: Range<usize>, lexicon: &Lexicon) -> usize {
        let plain = |item: &&Item| match item.class {
            Class::Word { id, .. } => !lexicon.get(id).filler,
            Class::Removed(_) => true,
            Class::Digits | Class::Code => false,
        };
        self.items[items].iter().filter(plain).count()
    }

    /// Replaces each of these ranges of items, which are in order and apart, by what stands for a removed number.
    pub(crate) fn remove(&mut self, found: &[(Range<usize>, Kind)], lexicon: &Lexicon) {
        let mut items = Vec::with_capacity(self.items.len());
        let mut next = 0;
        for (range, kind) in found {
            items.extend_from_slice(&self.items[next..range.start]);
            let bytes = self.bytes(range);
            items.push(Item { start: bytes.start, end: bytes.end, class: Class::Removed(*kind) });
            next = range.end;
        }
        items.extend_from_slice(&self.items[next..]);
        self.items = items;
        self.look(lexicon);
    }

    fn look(&mut self, lexicon: &Lexicon) {
        self.runs = run::find(self.source, &self.items, lexicon);
        self.cues = find_cues(&self.items, lexicon);
    }
}

/// The longest phrase at each place, from left to right.
fn find_cues(items: &[Item], lexicon: &Lexicon) -> Vec<(Range<usize>, Cue)> {
    let word = |at: usize| match items.get(at)?.class {
        Class::Word { id, .. } => Some(id),
        Class::Digits | Class::Code | Class::Removed(_) => None,
    };
    let mut cues = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let phrases = word(at).map_or(&[][..], |id| &lexicon.get(id).phrases[..]);
        let fits = |rest: &[_]| rest.iter().zip(at + 1..).all(|(id, at)| word(at) == Some(*id));
        if let Some((rest, cue)) = phrases.iter().find(|(rest, _)| fits(rest)) {
            let end = at + 1 + rest.len();
            cues.push((at..end, *cue));
            at = end;
        } else {
            at += 1;
        }
    }
    cues
}
