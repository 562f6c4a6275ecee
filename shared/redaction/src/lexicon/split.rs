//! German, Dutch and Italian write numbers of several hundreds or thousands as one word: `vierhundertzwölf`,
//! `quattromilacentoundici`. There are too many to list, so such a word is cut into the words that it is made of.

use super::numbers::{DE, IT, NL, Sense};
use super::{Lexicon, fold};

/// The longest such word up to 9,999, `siebentausendsiebenhundertsiebenundsiebzig`, and some letters more.
const LONGEST: usize = 48;
/// `duecento`, `tremila`.
pub(crate) const SHORTEST: usize = 7;
/// The longest part: `siebenundsiebzig`.
const PART_MAX: usize = 16;
/// The most parts: `sieben tausend sieben hundert und siebzig`, with some to spare.
const PARTS_MAX: usize = 8;

/// What tells such words from others, and their language.
const MARKS: [(&str, usize); 7] =
    [("hundert", DE), ("tausend", DE), ("honderd", NL), ("duizend", NL), ("cent", IT), ("mila", IT), ("mille", IT)];

/// The pairs of letters that they begin with.
const HEADS: &[u8] = b"eizwdrvifusesiacnehutaeetwzehodutrqucicemiotnoel";

/// How many bits tell one letter from another.
const LETTER_BITS: usize = 5;

/// One for each of them.
static PAIRS: [u8; 1 << (2 * LETTER_BITS)] = {
    let mut pairs = [0; 1 << (2 * LETTER_BITS)];
    let mut at = 0;
    while at < HEADS.len() {
        pairs[pair_of(HEADS[at] as u64 | (HEADS[at + 1] as u64) << u8::BITS)] = 1;
        at += 2;
    }
    pairs
};

/// The place of the first two letters of a packed word.
#[expect(clippy::cast_possible_truncation, reason = "no more than ten bits are left")]
const fn pair_of(packed: u64) -> usize {
    const LETTER: u64 = (1 << LETTER_BITS) - 1;
    (packed & LETTER | packed >> (u8::BITS as usize - LETTER_BITS) & LETTER << LETTER_BITS) as usize
}

/// One if such a word may begin as this packed word does, whatever its case.
#[inline]
pub(crate) fn begins_number(packed: u64) -> u32 {
    u32::from(PAIRS[pair_of(packed)])
}

impl Lexicon {
    /// May it be such a word? Nearly all others are passed over at once.
    #[inline]
    pub(super) fn may_split(word: &[u8]) -> bool {
        let [first, second, ..] = *word else { return false };
        // `fünfhundert`: the second letter may be more than one byte.
        word.len() >= SHORTEST && (begins_number(u64::from(first) | u64::from(second) << u8::BITS) != 0 || !second.is_ascii())
    }

    /// Where each part of the word ends, in bytes. `None`: it is no such word.
    pub(crate) fn split(&self, word: &str) -> Option<impl Iterator<Item = usize> + use<>> {
        let mut folded = [0; LONGEST];
        let folded = fold(word, &mut folded)?;
        // Two letters that each of the marks has.
        let is_marked = |pair: &[u8]| matches!([pair[0] | 0x20, pair[1] | 0x20], [b'n', b'd' | b't'] | [b'm', b'i']);
        if !Self::may_split(word.as_bytes()) || !word.as_bytes().windows(2).any(is_marked) {
            return None;
        }
        let (_, language) = MARKS.iter().find(|(mark, _)| folded.contains(mark))?;
        let mut ends = [0; PARTS_MAX];
        let parts = self.cut(folded, 0, *language, &mut ends, 0).filter(|parts| *parts > 1)?;
        let starts = word.char_indices().filter(|(_, c)| !('\u{300}'..='\u{36f}').contains(c));
        // From letters back to bytes.
        let ends = ends.map(|letters| starts.clone().nth(letters).map_or(word.len(), |(at, _)| at));
        Some(ends.into_iter().take(parts))
    }

    /// Cuts what stands from `start` on into number words, and says how many parts there are then. Of several parts the
    /// longest is taken that leaves a rest which can be cut: the `cent` of `centotto`.
    fn cut(&self, word: &str, start: usize, language: usize, ends: &mut [usize; PARTS_MAX], parts: usize) -> Option<usize> {
        if start == word.len() {
            return Some(parts);
        }
        (start + 2..=word.len().min(start + PART_MAX)).rev().find_map(|end| {
            let (part, _) = self.find(word.get(start..end)?);
            let sense = self.get(part).senses[language]?;
            if matches!(sense, Sense::Month(_) | Sense::Times(_) | Sense::By | Sense::Plural(_)) {
                return None;
            }
            *ends.get_mut(parts)? = end;
            self.cut(word, end, language, ends, parts + 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[&str]) {
        let mut start = 0;
        let lexicon = Lexicon::new();
        let ends = Some(word).filter(|word| Lexicon::may_split(word.as_bytes())).and_then(|word| lexicon.split(word));
        let parts = ends.into_iter().flatten().map(|end| &word[std::mem::replace(&mut start, end)..end]);
        assert_eq!(parts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn long_numbers_are_cut_where_their_words_meet() {
        check("viertausendeinhundertelf", &["vier", "tausend", "ein", "hundert", "elf"]);
        check("Fünfhundertzwölf", &["Fünf", "hundert", "zwölf"]);
        check("fu\u{308}nfhundertzwo\u{308}lf", &["fu\u{308}nf", "hundert", "zwo\u{308}lf"]);
        check("siebentausendsiebenhundertsiebenundsiebzig", &["sieben", "tausend", "sieben", "hundert", "siebenundsiebzig"]);
        check("quattromilacentoundici", &["quattro", "mila", "cento", "undici"]);
        check("centotto", &["cent", "otto"]);
        check("duizendhonderdvijfentwintig", &["duizend", "honderd", "vijfentwintig"]);
    }

    #[test]
    fn other_words_are_left_whole() {
        for word in ["central", "Tausende", "millennium", "december", "jahrhundert", "hundert", "seven", "hundertprozentig"] {
            check(word, &[]);
        }
    }
}
