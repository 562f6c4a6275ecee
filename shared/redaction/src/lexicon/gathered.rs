//! How the lexicon is gathered from all the lists.

use std::collections::{HashMap, HashSet};

use crate::cue;

use super::entry::{LongAside, Opening, Row, Said};
use super::grouped::{Grouped, pair};
use super::hash::{Key, Table};
use super::{Entry, Lexicon, Traits, WORD_MAX, WordId, asides, numbers, spelling};

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut words = Words::new();
        assert_eq!(words.intern(asides::COUNT), WordId::COUNT, "listed first");
        words.add_numbers_and_letters();
        for phrase in spelling::EXAMPLES.split(',') {
            let mut phrase = phrase.split_whitespace().map(|word| words.intern(word));
            let Some(first) = phrase.next() else { continue };
            let rest = phrase.collect();
            words.entries[usize::from(first.0)].examples.push(rest);
        }
        for (list, mark) in [
            (spelling::FILLERS, Traits::FILLER),
            (numbers::WEAK, Traits::WEAK),
            (spelling::ARTICLES, Traits::ARTICLE),
            (cue::NEGATIONS, Traits::NEGATES),
        ] {
            for word in list.split_whitespace() {
                words.entry(word).marks.add(mark);
            }
        }
        let plain: HashSet<&str> = cue::PLAIN.split_whitespace().collect();
        let common: HashSet<&str> = cue::COMMON.split_whitespace().collect();
        let heads: HashSet<&str> = cue::HEADS.split_whitespace().collect();
        for (words_of, phrase) in cue::phrases() {
            let spelt: Vec<&str> = words_of.split_whitespace().collect();
            // Else it is found by its longest word: short ones stand in all sorts of sentences.
            let length = |at: &usize| match spelt[*at] {
                word if heads.contains(word) => WORD_MAX,
                word if plain.contains(word) => 0,
                word => word.len(),
            };
            let Some(anchor) = (0..spelt.len()).max_by_key(length) else { continue };
            let ids: Vec<WordId> = spelt.iter().map(|word| words.intern(word)).collect();
            let is_common = if ids.len() == 1 { common.contains(spelt[0]) } else { plain.contains(spelt[anchor]) };
            let at = usize::from(ids[anchor].0);
            words.entries[at].tells |= phrase.asks() && !is_common;
            let opening = &mut words.openings[at];
            if ids.len() == 1 {
                opening.alone = opening.alone.or(Some(phrase));
            } else {
                let said = Said { words: Row::of(&ids), anchor, phrase };
                let (beside, is_after) = said.beside();
                opening.anchors[usize::from(is_after)] |= beside.bit();
                words.said.push(said);
            }
        }
        for (aside, phrase) in asides::ASIDES.iter().flat_map(|(aside, list)| list.split(',').map(|phrase| (*aside, phrase))) {
            // `that's` is two items.
            let phrase = phrase.split(|c: char| c.is_whitespace() || c == '\'').filter(|word| !word.is_empty());
            let all: Vec<WordId> = phrase.map(|word| words.intern(word)).collect();
            match all[..] {
                [] => {}
                [only] => {
                    let entry = &mut words.entries[usize::from(only.0)];
                    entry.aside = entry.aside.or(Some(aside));
                }
                [first, second, ..] => {
                    words.entries[usize::from(first.0)].asides |= second.bit();
                    words.asides.push(LongAside { words: Row::of(&all), aside });
                }
            }
        }
        for entry in &mut words.entries {
            entry.weights = entry.weigh();
            entry.examples.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        words.index()
    }
}

/// The words while they are gathered.
struct Words {
    ids: HashMap<String, WordId>,
    entries: Vec<Entry>,
    openings: Vec<Opening>,
    said: Vec<Said>,
    asides: Vec<LongAside>,
}

impl Words {
    /// With what stands for every word that is not known.
    fn new() -> Self {
        let (entries, openings) = (vec![Entry::default()], vec![Opening::default()]);
        Self { ids: HashMap::default(), entries, openings, said: Vec::new(), asides: Vec::new() }
    }

    fn add_numbers_and_letters(&mut self) {
        for (language, word, sense) in numbers::all() {
            self.entry(&word).senses[language] = Some(sense);
        }
        for (word, digit) in numbers::SOUNDS {
            self.entry(word).sounds = Some(*digit);
        }
        for (word, letter) in spelling::letters() {
            self.entry(&word).letter = Some(letter);
        }
        for (word, letter) in spelling::names() {
            self.entry(word).name_of = Some(letter);
        }
    }

    fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId(u16::try_from(self.entries.len()).unwrap_or_default());
        self.ids.insert(word.to_owned(), id);
        self.entries.push(Entry::default());
        self.openings.push(Opening::default());
        id
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        let id = self.intern(word);
        &mut self.entries[usize::from(id.0)]
    }

    fn index(self) -> Lexicon {
        let Self { ids, entries, openings, said, mut asides } = self;
        let numbers: HashSet<u64> = ids.keys().map(|word| Key::of(word.as_bytes()).number()).collect();
        assert_eq!(numbers.len(), ids.len(), "no two words have the same number");
        let traits = |WordId(id)| Traits::of(&entries[usize::from(id)], &openings[usize::from(id)]);
        let known = |(word, id): (String, WordId)| (Key::of(word.as_bytes()).number(), (id, traits(id)));
        let words = Table::new(ids.into_iter().map(known));
        let said = Grouped::new(said, |said| {
            let (beside, is_after) = said.beside();
            pair(said.words[said.anchor], beside, is_after)
        });
        asides.sort_by_key(|aside| std::cmp::Reverse(aside.words.len()));
        let asides = Grouped::new(asides, |aside| pair(aside.words[0], aside.words[1], true));
        let compound = words.get(Key::of(format!("-{}", cue::COMPOUND).as_bytes()).number());
        Lexicon { words, entries, openings, said, asides, compound }
    }
}
