//! The texts of a conversation while they are worked on: their items, their runs and the cues in them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use crate::cue::{Cue, Phrase};
use crate::denial;
use crate::extras::Extras;
use crate::item::{Item, having};
use crate::kind::Kind;
use crate::lexer::{Census, lex};
use crate::lexicon::{Lexicon, Traits, WordId};
use crate::marks::Marks;
use crate::naming;
use crate::removal::remove;
use crate::render::render;
use crate::run::{self, Run};
use crate::sentence;
use crate::verb;

/// Phrases with the items that they stand in, in order.
pub(crate) type Cues = [(Range<usize>, Cue)];

/// All texts of a conversation. A text that is looked at anew leaves its old runs and cues behind; that is bounded by the
/// number of passes.
#[derive(Debug)]
pub(crate) struct Texts<'a> {
    pages: Vec<Page<'a>>,
    lists: Lists,
    /// How many have items that are taken for something else.
    recast: usize,
}

/// What all texts of a conversation share, so that few allocations do, and none for the next conversation.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    items: Vec<Item>,
    runs: Vec<Run>,
    /// Which items begin a sentence.
    begins: Vec<usize>,
    cues: Vec<(Range<usize>, Cue)>,
    /// Which texts have runs, which have cues, and which were looked at since all were last settled.
    with_runs: Marks,
    with_cues: Marks,
    changed: Marks,
    /// The phrases of one text before it is clear which of them hold.
    phrases: Vec<(Range<usize>, Phrase)>,
}

/// Where the parts of one text are.
#[derive(Debug)]
struct Page<'a> {
    source: &'a str,
    speaker: Option<&'a str>,
    census: Census,
    items: Range<usize>,
    runs: Range<usize>,
    begins: Range<usize>,
    cues: Range<usize>,
    /// Something was removed from it.
    changed: bool,
    /// Its items as they were split, if some are taken for something else.
    plain: Option<Vec<Item>>,
}

/// One text: its items, and what was found in them. Indices are into `items`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'t> {
    pub(crate) source: &'t str,
    /// Who says it; nobody does for a text that is no turn.
    pub(crate) speaker: Option<&'t str>,
    /// It says that something is not so.
    pub(crate) negates: bool,
    pub(crate) items: &'t [Item],
    pub(crate) runs: &'t [Run],
    /// Which of the items begin another sentence, in order. Nobody asks of a text without runs.
    pub(crate) begins: &'t [usize],
    pub(crate) cues: &'t Cues,
}

impl<'a> Texts<'a> {
    /// With room for so many texts, and the lists of an earlier conversation, which are empty.
    pub(crate) fn new(texts: usize, lists: Lists) -> Self {
        Self { pages: Vec::with_capacity(texts), lists, recast: 0 }
    }

    /// The lists for the next conversation, empty.
    pub(crate) fn into_lists(self) -> Lists {
        let Lists { mut items, mut runs, mut begins, mut cues, mut with_runs, mut with_cues, mut changed, mut phrases } =
            self.lists;
        items.clear();
        runs.clear();
        begins.clear();
        cues.clear();
        with_runs.clear();
        with_cues.clear();
        changed.clear();
        phrases.clear();
        Lists { items, runs, begins, cues, with_runs, with_cues, changed, phrases }
    }

    pub(crate) fn push(&mut self, source: &'a str, speaker: Option<&'a str>, lexicon: &Lexicon, extras: &Extras) {
        let start = self.lists.items.len();
        let census = lex(source, lexicon, extras, &mut self.lists.items);
        self.pages.push(Page {
            source,
            speaker,
            census,
            items: start..self.lists.items.len(),
            runs: 0..0,
            begins: 0..0,
            cues: 0..0,
            changed: false,
            plain: None,
        });
    }

    /// Finds the runs and cues of all texts.
    pub(crate) fn look_through(&mut self, lexicon: &Lexicon) {
        (0..self.pages.len()).for_each(|index| self.find_runs(index, lexicon));
        (0..self.pages.len()).for_each(|index| self.find_cues(index, lexicon));
    }

    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(crate) fn has_runs(&self, index: usize) -> bool {
        self.pages.get(index).is_some_and(|page| !page.runs.is_empty())
    }

    /// The first text from this one on that has runs.
    pub(crate) fn next_with_runs(&self, index: usize) -> Option<usize> {
        self.lists.with_runs.next(index)
    }

    /// The first text from this one on that has cues.
    pub(crate) fn next_with_cues(&self, index: usize) -> Option<usize> {
        self.lists.with_cues.next(index)
    }

    /// The first text from this one on that was looked at anew, so that its runs and cues may be others.
    pub(crate) fn next_changed(&self, index: usize) -> Option<usize> {
        self.lists.changed.next(index)
    }

    /// From now on only what is looked at after this has changed.
    pub(crate) fn settle(&mut self) {
        self.lists.changed.clear();
    }

    pub(crate) fn runs(&self, index: usize) -> &[Run] {
        self.pages.get(index).and_then(|page| self.lists.runs.get(page.runs.clone())).unwrap_or_default()
    }

    pub(crate) fn has_cues(&self, index: usize) -> bool {
        self.pages.get(index).is_some_and(|page| !page.cues.is_empty())
    }

    pub(crate) fn cues(&self, index: usize) -> &Cues {
        self.pages.get(index).and_then(|page| self.lists.cues.get(page.cues.clone())).unwrap_or_default()
    }

    /// How many items a text has.
    pub(crate) fn length(&self, index: usize) -> usize {
        self.pages.get(index).map_or(0, |page| page.items.len())
    }

    pub(crate) fn speaker(&self, index: usize) -> Option<&'a str> {
        self.pages.get(index)?.speaker
    }

    /// Has it neither runs nor cues, nor anything that was removed?
    pub(crate) fn is_bare(&self, index: usize) -> bool {
        self.pages
            .get(index)
            .is_none_or(|page| page.runs.is_empty() && page.cues.is_empty() && !page.census.written && !page.changed)
    }

    /// Of what a caller does not use nothing is done.
    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<Text<'_>> {
        let page = self.pages.get(index)?;
        Some(Text {
            source: page.source,
            speaker: page.speaker,
            negates: page.census.traits.has(Traits::NEGATES),
            items: self.lists.items.get(page.items.clone()).unwrap_or_default(),
            runs: self.lists.runs.get(page.runs.clone()).unwrap_or_default(),
            begins: self.lists.begins.get(page.begins.clone()).unwrap_or_default(),
            cues: self.lists.cues.get(page.cues.clone()).unwrap_or_default(),
        })
    }

    /// How many items all texts have, with what removals left over.
    pub(crate) fn items(&self) -> usize {
        self.lists.items.len()
    }

    /// Where these items of a text are among those of all texts.
    pub(crate) fn places(&self, index: usize, items: &Range<usize>) -> Option<Range<usize>> {
        let start = self.pages.get(index)?.items.start;
        Some(start + items.start..start + items.end)
    }

    /// The text as it came in, for as long as that lives.
    pub(crate) fn source(&self, index: usize) -> &'a str {
        self.pages.get(index).map_or("", |page| page.source)
    }

    /// The text with what stands for each removed number.
    pub(crate) fn rendered(&self, index: usize) -> Cow<'a, str> {
        match self.pages.get(index) {
            Some(page) if page.changed => render(page.source, &self.lists.items[page.items.clone()]),
            _ => Cow::Borrowed(self.source(index)),
        }
    }

    /// Replaces each of these ranges of items, which are in order and apart, by what stands for a removed number.
    pub(crate) fn remove(&mut self, index: usize, found: &[(Range<usize>, Kind)], lexicon: &Lexicon) {
        let Some(page) = self.pages.get_mut(index) else { return };
        let items = &mut self.lists.items[page.items.clone()];
        let left = remove(page.source, items, found);
        page.items.end = page.items.start + left;
        let mut seen = &items[..left];
        if let Some(plain) = &mut page.plain {
            let left = remove(page.source, plain, found);
            plain.truncate(left);
            seen = plain;
        }
        page.census.traits = Traits::sum(seen).0;
        page.changed = true;
        self.look(index, lexicon);
    }

    /// Lets the items of a text be taken for something else.
    pub(crate) fn recast(&mut self, index: usize, lexicon: &Lexicon, recast: impl FnOnce(&str, &mut [Item])) {
        let Some(page) = self.pages.get_mut(index) else { return };
        let items = &mut self.lists.items[page.items.clone()];
        let plain = items.to_vec();
        recast(page.source, items);
        if *items != plain {
            page.plain = Some(plain);
            self.recast += 1;
            page.census.written = true;
            self.look(index, lexicon);
        }
    }

    /// Is there any to undo?
    pub(crate) fn has_recast(&self) -> bool {
        self.recast > 0
    }

    /// Undoes that; `false`: there was nothing to undo.
    pub(crate) fn undo(&mut self, index: usize, lexicon: &Lexicon) -> bool {
        let Some(page) = self.pages.get_mut(index).filter(|page| page.plain.is_some()) else { return false };
        let Some(plain) = page.plain.take() else { return false };
        self.recast -= 1;
        self.lists.items[page.items.clone()].copy_from_slice(&plain);
        self.look(index, lexicon);
        true
    }

    fn look(&mut self, index: usize, lexicon: &Lexicon) {
        self.find_runs(index, lexicon);
        self.find_cues(index, lexicon);
        self.lists.changed.set(index, true);
    }

    fn find_runs(&mut self, index: usize, lexicon: &Lexicon) {
        let Some(page) = self.pages.get_mut(index) else { return };
        let Lists { items, runs, begins, with_runs, .. } = &mut self.lists;
        let Census { written, traits, tells } = page.census;
        page.runs = runs.len()..runs.len();
        page.begins = begins.len()..begins.len();
        if tells && (written || traits.has(Traits::BEGINS_RUN)) {
            run::find(page.source, &items[page.items.clone()], traits.has(Traits::LOWER), lexicon, runs);
            page.runs.end = runs.len();
        }
        if !page.runs.is_empty() {
            sentence::find(page.source, &items[page.items.clone()], begins);
            page.begins.end = begins.len();
        }
        with_runs.set(index, !page.runs.is_empty());
    }

    fn find_cues(&mut self, index: usize, lexicon: &Lexicon) {
        let Some(page) = self.pages.get_mut(index) else { return };
        let Lists { items, cues, with_cues, phrases, .. } = &mut self.lists;
        let Census { traits, tells, .. } = page.census;
        page.cues = cues.len()..cues.len();
        if tells && traits.has(Traits::OPENS) {
            let items = &items[page.items.clone()];
            find_phrases(page.source, items, lexicon, phrases);
            let says =
                |(range, phrase): &(Range<usize>, Phrase)| Some((range.clone(), says(page.source, items, range, *phrase)?));
            cues.extend(phrases.iter().filter_map(says));
            page.cues.end = cues.len();
        }
        with_cues.set(index, !page.cues.is_empty());
    }
}

/// Nobody says so many fillers in a row.
const PLAIN_MAX: usize = 256;

impl<'t> Text<'t> {
    /// What stands between two items.
    pub(crate) fn between(&self, a: usize, b: usize) -> &'t str {
        self.source.get(self.items[a].end..self.items[b].start).unwrap_or_default()
    }

    /// The bytes that these items cover.
    pub(crate) fn bytes(&self, items: &Range<usize>) -> Range<usize> {
        self.items[items.start].start..self.items[items.end - 1].end
    }

    /// The phrase that begins at this item.
    pub(crate) fn cue_at(&self, at: usize) -> Option<&'t (Range<usize>, Cue)> {
        self.cues.binary_search_by_key(&at, |(items, _)| items.start).ok().map(|at| &self.cues[at])
    }

    /// Has a range more words than this that are neither numbers nor fillers? A very long one surely has.
    pub(crate) fn has_plain_words(&self, items: Range<usize>, most: usize) -> bool {
        let is_plain = |item: &&Item| !item.traits.has(Traits::NOT_PLAIN);
        items.len() > PLAIN_MAX || self.items[items].iter().filter(is_plain).nth(most).is_some()
    }
}

/// The longest phrase at each place, from left to right.
fn find_phrases(source: &str, items: &[Item], lexicon: &Lexicon, found: &mut Vec<(Range<usize>, Phrase)>) {
    found.clear();
    for at in having(items, Traits::OPENS) {
        let id = items[at].id;
        let opening = lexicon.opening(id);
        if let Some(phrase) = opening.alone {
            found.push((at..at + 1, phrase));
        }
        let mut find = |beside: WordId, is_after: bool| {
            for said in lexicon.said(id, beside, is_after) {
                let Some(start) = at.checked_sub(said.anchor) else { continue };
                let Some(there) = items.get(start..start + said.words.len()) else { continue };
                if there.iter().zip(said.words.iter()).all(|(item, word)| item.id == *word) {
                    found.push((start..start + said.words.len(), said.phrase));
                }
            }
        };
        if let Some(next) = items.get(at + 1).filter(|next| opening.may_find(next.id, true)) {
            find(next.id, true);
        }
        if let Some(last) = at.checked_sub(1).and_then(|last| items.get(last)).filter(|last| opening.may_find(last.id, false)) {
            find(last.id, false);
        }
    }
    found.retain(|(range, _)| !is_clipped(source, items[range.start]));
    // Mostly they are apart, and in order as they were found.
    if !found.is_sorted_by(|(last, _), (next, _)| last.end <= next.start) {
        found.sort_by_key(|(items, _)| (items.start, Reverse(items.end)));
        give_way(found);
        let mut free = 0;
        found.retain(|(range, _)| {
            let is_free = range.start >= free;
            if is_free {
                free = range.end;
            }
            is_free
        });
    }
}

/// No phrase has more words.
const PHRASE_MAX: usize = 10;

/// What only hints at a number gives way to what names one: `your fiscal` to `fiscal number`. The phrases are in order.
fn give_way(found: &mut Vec<(Range<usize>, Phrase)>) {
    if !found.iter().any(|(_, phrase)| phrase.is_vague()) {
        return;
    }
    let names: Vec<Range<usize>> = found.iter().filter(|(_, phrase)| phrase.names()).map(|(items, _)| items.clone()).collect();
    found.retain(|(items, phrase)| {
        let near = &names[names.partition_point(|name| name.start + PHRASE_MAX <= items.start)..];
        !phrase.is_vague() || !near.iter().take_while(|name| name.start < items.end).any(|name| items.start < name.end)
    });
}

/// What a phrase says where it stands, if anything.
fn says(source: &str, items: &[Item], range: &Range<usize>, phrase: Phrase) -> Option<Cue> {
    match phrase {
        Phrase::Says(Cue::Other { named: true }) if naming::is_official(source, &items[range.end - 1]) => Some(Cue::AnyId),
        Phrase::Says(Cue::AnyId) if range.len() == 1 && naming::is_others(source, items, range.start) => {
            Some(Cue::Other { named: true })
        }
        // A common word too, but not in capitals: `NIE`.
        Phrase::Says(Cue::Near(kind)) if naming::is_abbreviation(source, items, range) => Some(Cue::Id(kind)),
        Phrase::Says(cue @ Cue::Other { named: false }) => Some(verb::done(source, items, range).unwrap_or(cue)),
        Phrase::Says(cue) => Some(denial::denied(source, items, range, cue)),
        Phrase::OfLast if naming::denies(source, items, range.start) || naming::joins(source, items, range.start) => None,
        Phrase::OfLast => naming::of_last(source, items, range.start),
        Phrase::OfNext => naming::of_next(source, items, range.end - 1),
    }
}

/// The `s` of `husband's`, which begins nothing.
fn is_clipped(source: &str, item: Item) -> bool {
    item.end - item.start == 1 && source.get(..item.start).is_some_and(|before| before.ends_with(['\'', '\u{2019}']))
}
