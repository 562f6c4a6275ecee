//! What single words mean: numbers in seven languages, letters of the spelling alphabet, fillers, and the first words of cues.

mod compounds;
mod numbers;
mod spelling;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::cue::{self, Cue};

pub(crate) use numbers::{FR as FRENCH, LANGUAGES, Sense};

/// A word's index in the lexicon. Zero is every word that it does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordId(u16);

/// A word of several meanings; which one holds is decided by its neighbours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    /// What it counts in each language.
    pub(crate) senses: [Option<Sense>; LANGUAGES],
    /// The letter that it spells.
    pub(crate) letter: Option<u8>,
    /// People say it between digits; it does not end a number.
    pub(crate) filler: bool,
    /// A number in one language, and a common word of another: by itself it counts nothing.
    pub(crate) weak: bool,
    /// Phrases that begin with this word, longest first.
    pub(crate) phrases: Vec<(Vec<WordId>, Cue)>,
}

impl Entry {
    /// Can it stand for a digit, in any language?
    pub(crate) fn counts(&self) -> bool {
        self.senses.iter().flatten().any(|sense| *sense != Sense::And)
    }
}

#[derive(Debug)]
pub(crate) struct Lexicon {
    ids: HashMap<String, WordId, BuildHasherDefault<Fnv>>,
    entries: Vec<Entry>,
}

/// FNV-1a: every word of every text is looked up, and the keys are ours, so nobody can choose them to collide.
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
const WORD_MAX: usize = 32;

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Self { ids: HashMap::default(), entries: vec![Entry::default()] };
        for (language, word, sense) in numbers::all() {
            lexicon.entry(&word).senses[language] = Some(sense);
        }
        for (word, letter) in spelling::letters() {
            lexicon.entry(&word).letter = Some(letter);
        }
        for word in spelling::FILLERS.split_whitespace() {
            lexicon.entry(word).filler = true;
        }
        for word in numbers::WEAK.split_whitespace() {
            lexicon.entry(word).weak = true;
        }
        for (phrase, cue) in cue::phrases() {
            let mut words: Vec<WordId> = phrase.split_whitespace().map(|word| lexicon.intern(word)).collect();
            if words.is_empty() {
                continue;
            }
            let first = words.remove(0);
            lexicon.entries[usize::from(first.0)].phrases.push((words, cue));
        }
        for entry in &mut lexicon.entries {
            entry.phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        lexicon
    }

    pub(crate) fn get(&self, id: WordId) -> &Entry {
        &self.entries[usize::from(id.0)]
    }

    /// Looks a word up whatever its case and accents.
    pub(crate) fn find(&self, word: &str) -> WordId {
        let mut folded = [0; WORD_MAX];
        fold(word, &mut folded).and_then(|folded| self.ids.get(folded)).copied().unwrap_or_default()
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
}

/// Lower case without accents, for the Latin letters of our seven languages. `None`: no such word can be in the lexicon.
fn fold<'a>(word: &str, buffer: &'a mut [u8; WORD_MAX]) -> Option<&'a str> {
    let mut length = 0;
    for c in word.chars() {
        let folded = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            'à'..='å' | 'À'..='Å' => 'a',
            'ç' | 'Ç' => 'c',
            'è'..='ë' | 'È'..='Ë' => 'e',
            'ì'..='ï' | 'Ì'..='Ï' => 'i',
            'ñ' | 'Ñ' => 'n',
            'ò'..='ö' | 'Ò'..='Ö' | 'º' | '°' => 'o',
            'ù'..='ü' | 'Ù'..='Ü' => 'u',
            'ß' => 's',
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
            assert_eq!(lexicon.get(lexicon.find(word)).senses[language], Some(sense), "{word}");
        }
        assert_eq!(lexicon.find("router"), WordId::default());
        assert_eq!(lexicon.find(&"a".repeat(99)), WordId::default());
        assert_eq!(lexicon.find("номер"), WordId::default());
    }

    #[test]
    fn every_id_is_within_the_index() {
        assert!(Lexicon::new().entries.len() < usize::from(u16::MAX));
    }
}
