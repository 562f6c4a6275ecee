//! What single words mean: numbers in seven languages, letters of the spelling alphabet, fillers, and the first words of cues.

mod asides;
mod compounds;
mod numbers;
mod spelling;
mod split;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::cue::{self, Phrase};

pub(crate) use asides::Aside;
pub(crate) use numbers::{DE as GERMAN, EN as ENGLISH, FR as FRENCH, LANGUAGES, NL as DUTCH, Sense};

/// A word's index in the lexicon. Zero is every word that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordId(u16);

impl WordId {
    /// In an aside, what stands for any number word: the first that is listed.
    pub(crate) const COUNT: Self = Self(1);
}

/// A word of several meanings; which one holds is decided by its neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What it counts in each language.
    pub(crate) senses: [Option<Sense>; LANGUAGES],
    /// The letter that it spells.
    pub(crate) letter: Option<u8>,
    /// The letter that it spells next to other letters.
    pub(crate) name_of: Option<u8>,
    /// What it was listed as.
    pub(crate) marks: Traits,
    /// Phrases that begin with this word, longest first.
    pub(crate) phrases: Vec<(Vec<WordId>, Phrase)>,
    /// What is said between digits and begins with this word, longest first.
    pub(crate) asides: Vec<(Vec<WordId>, Aside)>,
    /// `as in` and others that begin with this word, which an example follows; longest first.
    pub(crate) examples: Vec<Vec<WordId>>,
}

impl Entry {
    /// Can it stand for a digit, in any language?
    pub(crate) fn counts(&self) -> bool {
        self.senses.iter().flatten().any(|sense| !matches!(sense, Sense::And | Sense::By | Sense::Plural(_)))
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
    /// A phrase begins with it.
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

    /// A run may begin with it.
    pub(crate) const BEGINS: Self = Self(Self::COUNTS.0 | Self::LETTER.0 | Self::NAME_OF.0);

    /// Has it one of these?
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn of(entry: &Entry) -> Self {
        let mut traits = entry.marks;
        for (holds, one) in [
            (entry.counts(), Self::COUNTS),
            (entry.letter.is_some() || entry.extends(), Self::LETTER),
            (!entry.phrases.is_empty(), Self::OPENS),
            (!entry.asides.is_empty(), Self::ASIDE),
            (entry.name_of.is_some(), Self::NAME_OF),
            (entry.phrases.iter().any(|(rest, phrase)| rest.is_empty() && matches!(phrase, Phrase::Says(_))), Self::NAMES),
            (entry.multiplies(), Self::MULTIPLIES),
        ] {
            if holds {
                traits.add(one);
            }
        }
        traits
    }
}

/// A known word and what it can be.
pub(crate) type Known = (WordId, Traits);

#[derive(Debug)]
pub(crate) struct Lexicon {
    /// Which hashes occur. Most words of a text are none of ours, and nearly all of those are told by this alone.
    filter: Box<[u64]>,
    /// Words of up to eight letters, packed into a number.
    short: HashMap<u64, Known, BuildHasherDefault<Packed>>,
    long: HashMap<String, Known, BuildHasherDefault<Fnv>>,
    entries: Vec<Entry>,
    /// What stands for every word that ends in [`cue::COMPOUND`] and is not known by itself.
    compound: Option<Known>,
}

/// Hashes a packed word. The keys are ours, so nobody can choose them to collide.
#[derive(Default)]
struct Packed(u64);

impl Hasher for Packed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, packed: u64) {
        self.0 = mix(self.0, packed);
    }
}

/// FNV-1a.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The longest word looked up, in bytes. Longer ones are unknown.
pub(crate) const WORD_MAX: usize = 32;
/// How many letters are packed into one number.
pub(crate) const PACKED: usize = 8;
/// Bits of the filter, as a power of two: eight kilobytes.
const FILTER_BITS: u32 = 16;

/// One more packed piece of a word into its hash, which begins as zero.
pub(crate) fn mix(hash: u64, packed: u64) -> u64 {
    let mixed = (hash ^ packed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ mixed >> 32
}

/// The first letters of a folded word.
fn pack(folded: &[u8]) -> u64 {
    folded.iter().take(PACKED).rev().fold(0, |packed, letter| packed << 8 | u64::from(*letter))
}

fn hash(folded: &[u8]) -> u64 {
    folded.chunks(PACKED).fold(0, |hash, chunk| mix(hash, pack(chunk)))
}

fn filter_bit(hash: u64) -> (usize, u64) {
    let bit = hash >> (u64::BITS - FILTER_BITS);
    (usize::try_from(bit >> 6).unwrap_or_default(), 1 << (bit & 63))
}

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut words = Words { ids: HashMap::default(), entries: vec![Entry::default()] };
        assert_eq!(words.intern(asides::COUNT), WordId::COUNT, "listed first");
        for (language, word, sense) in numbers::all() {
            words.entry(&word).senses[language] = Some(sense);
        }
        for (word, letter) in spelling::letters() {
            words.entry(&word).letter = Some(letter);
        }
        for (word, letter) in spelling::names() {
            words.entry(word).name_of = Some(letter);
        }
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
        for (words_of, phrase) in cue::phrases() {
            let mut words_of = words_of.split_whitespace().map(|word| words.intern(word));
            let Some(first) = words_of.next() else { continue };
            let rest = words_of.collect();
            words.entries[usize::from(first.0)].phrases.push((rest, phrase));
        }
        for (aside, phrase) in asides::ASIDES.iter().flat_map(|(aside, list)| list.split(',').map(|phrase| (*aside, phrase))) {
            // `that's` is two items.
            let mut phrase = phrase.split(|c: char| c.is_whitespace() || c == '\'').filter(|word| !word.is_empty());
            let Some(first) = phrase.next().map(|word| words.intern(word)) else { continue };
            let rest = phrase.map(|word| words.intern(word)).collect();
            words.entries[usize::from(first.0)].asides.push((rest, aside));
        }
        for entry in &mut words.entries {
            entry.examples.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
            entry.asides.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
            entry.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        words.index()
    }

    pub(crate) fn get(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id.0)]
    }

    /// May a word with this hash be known? Few that are not pass.
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let (at, bit) = filter_bit(hash);
        self.filter.get(at).is_some_and(|bits| bits & bit != 0)
    }

    /// Looks up a word of at most eight ASCII letters in lower case, packed with the first in the lowest byte.
    pub(crate) fn find_packed(&self, packed: u64) -> Option<Known> {
        self.short.get(&packed).copied()
    }

    /// An unknown word may still be the number of something: `Mitgliedsnummer`.
    pub(crate) fn compound(&self, word: &str) -> Option<Known> {
        let end = word.len().checked_sub(cue::COMPOUND.len()).filter(|start| *start > 0)?;
        word.as_bytes()[end..].eq_ignore_ascii_case(cue::COMPOUND.as_bytes()).then_some(self.compound)?
    }

    /// Looks a word up whatever its case and accents.
    pub(crate) fn find(&self, word: &str) -> Option<Known> {
        let mut folded = [0; WORD_MAX];
        let folded = fold(word, &mut folded)?;
        let found = if folded.len() <= PACKED { self.short.get(&pack(folded.as_bytes())) } else { self.long.get(folded) };
        found.copied()
    }
}

/// The words while they are gathered.
struct Words {
    ids: HashMap<String, WordId>,
    entries: Vec<Entry>,
}

impl Words {
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
        let Self { ids, entries } = self;
        let mut filter = vec![0_u64; 1 << (FILTER_BITS - 6)].into_boxed_slice();
        let (mut short, mut long) = (HashMap::default(), HashMap::default());
        for (word, id) in ids {
            let (at, bit) = filter_bit(hash(word.as_bytes()));
            filter[at] |= bit;
            let known = (id, Traits::of(&entries[usize::from(id.0)]));
            if word.len() <= PACKED {
                short.insert(pack(word.as_bytes()), known);
            } else {
                long.insert(word, known);
            }
        }
        let compound = short.get(&pack(format!("-{}", cue::COMPOUND).as_bytes())).copied();
        Lexicon { filter, short, long, entries, compound }
    }
}

/// One letter folded.
pub(crate) fn fold_letter(c: char) -> Option<u8> {
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
            assert_eq!(lexicon.get(lexicon.find(word).expect("known").0).senses[language], Some(sense), "{word}");
        }
        assert_eq!(lexicon.find("router"), None);
        assert_eq!(lexicon.find(&"a".repeat(99)), None);
        assert_eq!(lexicon.find("номер"), None);
    }

    #[test]
    fn every_id_is_within_the_index() {
        assert!(Lexicon::new().entries.len() < usize::from(u16::MAX));
    }
}
