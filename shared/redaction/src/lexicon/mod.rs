//! What single words mean: numbers in seven languages, letters of the spelling alphabet, fillers, and the first words of cues.

mod asides;
mod compounds;
mod grouped;
mod hash;
mod numbers;
mod spelling;
mod split;

use std::collections::{HashMap, HashSet};

use crate::cue::{self, Phrase};

use grouped::{Grouped, pair};
use hash::Table;
pub(crate) use hash::{Key, PACKED};

pub(crate) use asides::Aside;
pub(crate) use numbers::{DE as GERMAN, EN as ENGLISH, FR as FRENCH, LANGUAGES, NL as DUTCH, Sense};

/// A word's index in the lexicon. Zero is every word that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordId(u16);

impl WordId {
    /// In an aside, what stands for any number word: the first that is listed.
    pub(crate) const COUNT: Self = Self(1);

    /// The bit that stands for this and some other words.
    fn bit(self) -> u64 {
        1 << (self.0 & 63)
    }
}

/// A word of several meanings; which one holds is decided by its neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What it counts in each language.
    pub(crate) senses: [Option<Sense>; LANGUAGES],
    /// How much each of these weighs for its language, where several count a word.
    pub(crate) weights: [u16; LANGUAGES],
    /// The letter that it spells.
    pub(crate) letter: Option<u8>,
    /// The letter that it spells next to other letters.
    pub(crate) name_of: Option<u8>,
    /// The digit that it sounds like.
    pub(crate) sounds: Option<u8>,
    /// What it was listed as.
    pub(crate) marks: Traits,
    /// The phrase that it is by itself.
    pub(crate) alone: Option<Phrase>,
    /// The words before and after it with which it may find longer phrases, one bit for some words each.
    anchors: [u64; 2],
    /// A text with it is worth reading, for the phrases.
    tells: bool,
    /// What it says between digits by itself.
    pub(crate) aside: Option<Aside>,
    /// The words after it with which longer asides may begin, one bit for some words each.
    asides: u64,
    /// `as in` and others that begin with this word, which an example follows; longest first.
    pub(crate) examples: Vec<Vec<WordId>>,
}

/// Fewer joining words than this weigh less than one number.
const JOINS_MAX: u16 = 64;

/// What is said between digits in several words.
#[derive(Clone, Debug)]
pub(crate) struct LongAside {
    pub(crate) words: Box<[WordId]>,
    pub(crate) aside: Aside,
}

/// A phrase of several words as it is found: by one of them, its anchor, and the word next to that.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) words: Box<[WordId]>,
    /// Which of its words is the anchor.
    pub(crate) anchor: usize,
    pub(crate) phrase: Phrase,
}

impl Said {
    /// The word next to the anchor by which it is found, and whether that is the one after it.
    fn beside(&self) -> (WordId, bool) {
        match (self.words.get(self.anchor + 1), self.anchor.checked_sub(1)) {
            (Some(next), _) => (*next, true),
            (None, last) => (self.words[last.unwrap_or_default()], false),
        }
    }
}

impl Entry {
    /// Can it stand for a digit, in any language?
    pub(crate) fn counts(&self) -> bool {
        self.senses.iter().flatten().any(|sense| !matches!(sense, Sense::And | Sense::By | Sense::Plural(_)))
    }

    /// May a longer aside begin with it and this word? If none does, this mostly says so.
    #[inline]
    pub(crate) fn begins_aside(&self, second: WordId) -> bool {
        self.asides & second.bit() != 0
    }

    /// How much each of the senses weighs for its language.
    fn weigh(&self) -> [u16; LANGUAGES] {
        self.senses.map(|sense| match sense {
            // What only joins decides between languages that are even: `e`, `y`, `et` are words and letters elsewhere.
            // A month says which it is where nothing else does: `agosto 2030`, `o julho 2026`.
            Some(Sense::And | Sense::By) => 1,
            Some(Sense::Month(_)) => 2,
            Some(Sense::Digit(_)) if self.letter.is_some() => 1,
            None => 0,
            Some(_) if self.marks.has(Traits::FILLER) || self.marks.has(Traits::WEAK) => JOINS_MAX,
            Some(_) => JOINS_MAX * 2,
        })
    }

    /// Does it say how often a digit is meant: `double`, `times`?
    pub(crate) fn multiplies(&self) -> bool {
        self.senses.iter().flatten().any(|sense| matches!(sense, Sense::Times(_) | Sense::By))
    }

    /// Does it say which digit is meant several times: `four sevens`?
    pub(crate) fn extends(&self) -> bool {
        self.senses.iter().flatten().any(|sense| matches!(sense, Sense::Plural(_)))
    }
}

/// What a word can be, without a look at its entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits(u16);

impl Traits {
    /// It can stand for a digit, in some language.
    pub(crate) const COUNTS: Self = Self(1);
    /// It can spell a letter, or belongs to a number without counting by itself.
    pub(crate) const LETTER: Self = Self(2);
    /// It is said between digits.
    pub(crate) const FILLER: Self = Self(4);
    /// Phrases are found by it.
    pub(crate) const OPENS: Self = Self(8);
    /// It is a phrase by itself.
    pub(crate) const NAMES: Self = Self(16);
    /// What it counts in one language is a common word of another.
    pub(crate) const WEAK: Self = Self(32);
    /// It says that something is not so.
    pub(crate) const NEGATES: Self = Self(64);
    /// It says how often a digit is meant.
    pub(crate) const MULTIPLIES: Self = Self(256);
    /// It is an article, which may follow such a word.
    pub(crate) const ARTICLE: Self = Self(128);

    /// An aside begins with it.
    pub(crate) const ASIDE: Self = Self(512);
    /// It spells a letter next to other letters.
    pub(crate) const NAME_OF: Self = Self(1024);

    /// It is a short group of capitals.
    pub(crate) const CAPS: Self = Self(2048);
    /// It is not.
    pub(crate) const LOWER: Self = Self(4096);
    /// So often it hints that its text may hold a number, or say what one is: `one`, `may`. These are added up.
    const HINTS: u32 = 13;
    /// Once.
    const HINTS_ONCE: Self = Self(1 << Self::HINTS);
    /// Twice: it counts to more than nine.
    const HINTS_TWICE: Self = Self(2 << Self::HINTS);
    /// It says so by itself.
    const TELLS: Self = Self(4 << Self::HINTS);
    /// A run may begin with it.
    pub(crate) const BEGINS: Self = Self(Self::COUNTS.0 | Self::LETTER.0 | Self::NAME_OF.0);

    /// A text may hold a run that has a word with one of these.
    pub(crate) const BEGINS_RUN: Self = Self(Self::BEGINS.0 | Self::CAPS.0);

    /// A run may go on with it.
    pub(crate) const GOES_ON: Self = Self(Self::BEGINS.0 | Self::FILLER.0 | Self::ASIDE.0);

    /// Has it one of these?
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Does it count to more than nine?
    pub(crate) fn is_large(self) -> bool {
        self.hints() > 1
    }

    /// How much it hints that its text is worth reading.
    pub(crate) fn hints(self) -> usize {
        usize::from(self.0 >> Self::HINTS)
    }

    fn of(entry: &Entry) -> Self {
        let mut traits = entry.marks;
        for (holds, one) in [
            (entry.counts(), Self::COUNTS),
            (entry.letter.is_some() || entry.extends(), Self::LETTER),
            (entry.alone.is_some() || entry.anchors != [0; 2], Self::OPENS),
            (entry.aside.is_some() || entry.asides != 0, Self::ASIDE),
            (entry.name_of.is_some(), Self::NAME_OF),
            (matches!(entry.alone, Some(Phrase::Says(_))), Self::NAMES),
            (entry.multiplies(), Self::MULTIPLIES),
        ] {
            if holds {
                traits.add(one);
            }
        }
        match () {
            () if entry.tells => traits.add(Self::TELLS),
            () if entry.senses.iter().flatten().any(|sense| sense.is_large()) => traits.add(Self::HINTS_TWICE),
            () if traits.has(Self::BEGINS) => traits.add(Self::HINTS_ONCE),
            () => {}
        }
        traits
    }
}

/// A word and what it can be.
pub(crate) type Known = (WordId, Traits);

#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Table<Known>,
    entries: Vec<Entry>,
    /// Phrases of several words, by their anchor and the word next to it.
    said: Grouped<Said>,
    /// Asides of several words, by the first two, longest first.
    asides: Grouped<LongAside>,
    /// What stands for every word that ends in [`cue::COMPOUND`] and is not known by itself.
    compound: Known,
}

/// The longest word looked up, in bytes. Longer ones are unknown.
pub(crate) const WORD_MAX: usize = 32;

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut words = Words { ids: HashMap::default(), entries: vec![Entry::default()], said: Vec::new(), asides: Vec::new() };
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
            let entry = &mut words.entries[usize::from(ids[anchor].0)];
            entry.tells |= phrase.asks() && !is_common;
            if ids.len() == 1 {
                entry.alone = entry.alone.or(Some(phrase));
            } else {
                let said = Said { words: ids.into(), anchor, phrase };
                let (beside, is_after) = said.beside();
                words.entries[usize::from(said.words[anchor].0)].anchors[usize::from(is_after)] |= beside.bit();
                words.said.push(said);
            }
        }
        for (aside, phrase) in asides::ASIDES.iter().flat_map(|(aside, list)| list.split(',').map(|phrase| (*aside, phrase))) {
            // `that's` is two items.
            let phrase = phrase.split(|c: char| c.is_whitespace() || c == '\'').filter(|word| !word.is_empty());
            let all: Box<[WordId]> = phrase.map(|word| words.intern(word)).collect();
            match *all {
                [] => {}
                [only] => {
                    let entry = &mut words.entries[usize::from(only.0)];
                    entry.aside = entry.aside.or(Some(aside));
                }
                [first, second, ..] => {
                    words.entries[usize::from(first.0)].asides |= second.bit();
                    words.asides.push(LongAside { words: all, aside });
                }
            }
        }
        for entry in &mut words.entries {
            entry.weights = entry.weigh();
            entry.examples.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        }
        words.index()
    }

    pub(crate) fn get(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id.0)]
    }

    /// The phrases that are found by an anchor and the word next to it, in the order of the list.
    #[inline]
    pub(crate) fn said(&self, anchor: WordId, beside: WordId, is_after: bool) -> &[Said] {
        let may_be = self.get(anchor).anchors[usize::from(is_after)] & beside.bit() != 0;
        if may_be { self.said.get(pair(anchor, beside, is_after)) } else { &[] }
    }

    /// The asides that begin with these two words, longest first.
    #[inline]
    pub(crate) fn asides(&self, first: WordId, second: WordId) -> &[LongAside] {
        self.asides.get(pair(first, second, true))
    }

    /// Looks up a packed word.
    #[inline]
    pub(crate) fn find_key(&self, key: Key) -> Known {
        self.words.get(key.number())
    }

    /// May a word that is not known be made of others? Nearly all others are passed over at once.
    #[inline]
    pub(crate) fn may_compound(word: &[u8]) -> bool {
        const LAST: u8 = *cue::COMPOUND.as_bytes().last().expect("it is no empty word");
        word.len() >= split::SHORTEST && (Self::may_split(word) || word.last().is_some_and(|last| last | 0x20 == LAST))
    }

    /// An unknown word may still be the number of something: `Mitgliedsnummer`.
    #[inline]
    pub(crate) fn compound(&self, word: &[u8]) -> Option<Known> {
        let end = word.len().checked_sub(cue::COMPOUND.len()).filter(|start| *start > 0)?;
        word[end..].eq_ignore_ascii_case(cue::COMPOUND.as_bytes()).then_some(self.compound)
    }

    /// Looks a word up whatever its case and accents.
    pub(crate) fn find(&self, word: &str) -> Known {
        let mut folded = [0; WORD_MAX];
        fold(word, &mut folded).map(|folded| self.find_key(Key::of(folded.as_bytes()))).unwrap_or_default()
    }
}

/// The words while they are gathered.
struct Words {
    ids: HashMap<String, WordId>,
    entries: Vec<Entry>,
    said: Vec<Said>,
    asides: Vec<LongAside>,
}

impl Words {
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
        id
    }

    fn entry(&mut self, word: &str) -> &mut Entry {
        let id = self.intern(word);
        &mut self.entries[usize::from(id.0)]
    }

    fn index(self) -> Lexicon {
        let Self { ids, entries, said, mut asides } = self;
        let numbers: HashSet<u64> = ids.keys().map(|word| Key::of(word.as_bytes()).number()).collect();
        assert_eq!(numbers.len(), ids.len(), "no two words have the same number");
        let known =
            |(word, id): (String, WordId)| (Key::of(word.as_bytes()).number(), (id, Traits::of(&entries[usize::from(id.0)])));
        let words = Table::new(ids.into_iter().map(known));
        let said = Grouped::new(said, |said| {
            let (beside, is_after) = said.beside();
            pair(said.words[said.anchor], beside, is_after)
        });
        asides.sort_by_key(|aside| std::cmp::Reverse(aside.words.len()));
        let asides = Grouped::new(asides, |aside| pair(aside.words[0], aside.words[1], true));
        let compound = words.get(Key::of(format!("-{}", cue::COMPOUND).as_bytes()).number());
        Lexicon { words, entries, said, asides, compound }
    }
}

/// One letter folded.
pub(crate) fn fold_letter(c: char) -> Option<u8> {
    if c.is_ascii_alphabetic() {
        return u8::try_from(c.to_ascii_lowercase()).ok();
    }
    let mut folded = [0; 1];
    fold(c.encode_utf8(&mut [0; 4]), &mut folded)?.bytes().next()
}

/// Lower case without accents, for the Latin letters of our seven languages and of those in which identity numbers have their
/// names. `None`: no such word can be in the lexicon.
fn fold<'a, const N: usize>(word: &str, buffer: &'a mut [u8; N]) -> Option<&'a str> {
    let mut length = 0;
    for c in word.chars() {
        let folded = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => 'a',
            'ç' | 'Ç' | 'Ć'..='č' => 'c',
            'Ď'..='đ' => 'd',
            'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => 'e',
            'Ĝ'..='ģ' => 'g',
            'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='ı' => 'i',
            'Ķ' | 'ķ' => 'k',
            'Ĺ'..='ł' => 'l',
            'ñ' | 'Ñ' | 'Ń'..='ň' => 'n',
            'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'º' | '°' | 'Ō'..='ő' => 'o',
            'Ŕ'..='ř' => 'r',
            'ß' | 'Ś'..='š' | 'Ș' | 'ș' => 's',
            'Ţ'..='ť' | 'Ț' | 'ț' => 't',
            'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => 'u',
            'Ý' | 'ý' | 'ÿ' => 'y',
            'Ź'..='ž' => 'z',
            // Combining accents: the same word, decomposed.
            '\u{300}'..='\u{36f}' => continue,
            _ => return None,
        };
        *buffer.get_mut(length)? = u8::try_from(folded).ok()?;
        length += 1;
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_case_and_accents() {
        let lexicon = Lexicon::new();
        for (word, language, sense) in [
            ("SEVEN", 0, Sense::Digit(7)),
            ("três", 4, Sense::Digit(3)),
            ("tre\u{302}s", 4, Sense::Digit(3)),
            ("Fünf", 2, Sense::Digit(5)),
            ("siebenundfünfzig", 2, Sense::Pair(57)),
            ("zéro", 3, Sense::Digit(0)),
            ("dieciséis", 1, Sense::Pair(16)),
            ("veintidós", 1, Sense::Pair(22)),
            ("ventitré", 5, Sense::Pair(23)),
            ("quarantotto", 5, Sense::Pair(48)),
            ("drieënzeventig", 6, Sense::Pair(73)),
        ] {
            assert_eq!(lexicon.get(lexicon.find(word).0).senses[language], Some(sense), "{word}");
        }
        assert_eq!(lexicon.find("router"), Known::default());
        assert_eq!(lexicon.find(&"a".repeat(99)), Known::default());
        assert_eq!(lexicon.find("номер"), Known::default());
    }

    #[test]
    fn every_id_is_within_the_index() {
        assert!(Lexicon::new().entries.len() < usize::from(u16::MAX));
    }
}
