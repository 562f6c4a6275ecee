//! Numbers already found, wherever else they are repeated.

use std::ops::Range;

use crate::conversation::Why;
use crate::kind::Kind;
use crate::reading::Symbol;
use crate::search::{Candidate, apart};
use crate::text::Texts;

/// How many symbols in a row are no coincidence.
const GRAM: usize = 6;
/// How many places of a gram are looked at. Cards of one bank begin alike.
const PLACES_MAX: usize = 8;
/// Bits that tell at once that most grams are of no number.
const FILTER_BITS: u32 = 9;

/// Fewer symbols than this that are nearly alike are chance.
const ALIKE_MIN: usize = 9;

/// All of what was read back wrongly goes, rather than a part of it that is of some form too.
const RANK_ALIKE: u8 = 7;

/// The longest security code.
const CODE_MAX: usize = 4;
/// How many turns later a code is read back, and how many words such a turn has.
const READ_BACK_TURNS: usize = 3;
const READ_BACK_MAX: usize = 12;

/// How many turns later a piece of a number is read back.
pub(crate) const PIECE_TURNS: usize = 2;
/// A number that the turn belongs to says more.
const RANK_PIECE: u8 = 1;

/// The numbers found so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    values: Vec<(Kind, Vec<u8>)>,
    /// Every gram with the number it is of and its place there, sorted by gram.
    grams: Vec<(u64, usize, usize)>,
    /// A bit for each that occurs.
    filter: [u64; 1 << (FILTER_BITS - u64::BITS.ilog2())],
    /// Security codes, with the turn each was said in.
    codes: Vec<(usize, Vec<u8>)>,
    /// The pieces of numbers that were said over several turns, with the turn of each.
    pieces: Vec<(usize, Kind, Vec<u8>)>,
}

impl Known {
    /// Remembers a number that was found. Codes and dates are too short to be.
    pub(crate) fn learn(&mut self, kind: Kind, symbols: &[Symbol]) {
        if let (Some(first), Some(last)) = (symbols.first(), symbols.last())
            && first.text != last.text
        {
            let pieces = symbols.chunk_by(|a, b| a.text == b.text);
            self.pieces.extend(pieces.filter_map(|piece| Some((piece.first()?.text, kind, plain(piece)))));
        }
        if symbols.len() <= GRAM {
            return;
        }
        let value = plain(symbols);
        if self.values.iter().rev().take(PLACES_MAX).any(|(_, other)| *other == value) {
            return;
        }
        self.grams.reserve(value.len());
        for (at, gram) in value.windows(GRAM).map(packed).enumerate() {
            let (word, bit) = place(gram);
            self.filter[word] |= bit;
            self.grams.push((gram, self.values.len(), at));
        }
        self.values.push((kind, value));
    }

    /// Makes what was learnt ready to be found.
    pub(crate) fn index(&mut self) {
        self.grams.sort_by_key(|(gram, ..)| *gram);
        self.pieces.sort_by_key(|(said, ..)| *said);
    }

    /// Is there nothing yet that a reading could repeat?
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.codes.is_empty()
    }

    /// Where a reading repeats what was found so far.
    /// `code` is written over.
    pub(crate) fn echoes(&self, symbols: &[Symbol], texts: &Texts<'_>, code: &mut Vec<u8>) -> Vec<Candidate> {
        code.clear();
        code.extend(signs(symbols));
        let mut found = self.find(symbols, code);
        found.extend(self.find_code(symbols, code, texts));
        found.extend(self.find_piece(symbols, code, texts));
        found.extend(self.find_alike(symbols, code));
        found
    }

    /// May this turn read back a piece of a number, which may be one digit or letter?
    pub(crate) fn may_read_back(&self, turn: usize) -> bool {
        !self.pieces_before(turn).is_empty()
    }

    /// The pieces that were said in the turns right before this one.
    fn pieces_before(&self, turn: usize) -> &[(usize, Kind, Vec<u8>)] {
        let first = self.pieces.partition_point(|(said, ..)| said + PIECE_TURNS < turn);
        let rest = &self.pieces[first..];
        &rest[..rest.partition_point(|(said, ..)| *said < turn)]
    }

    /// The numbers that have this gram, and where, the first that were learnt first.
    fn places(&self, gram: u64) -> impl Iterator<Item = (usize, usize)> {
        let (word, bit) = place(gram);
        let grams = if self.filter[word] & bit == 0 { &[] } else { &self.grams[..] };
        let first = grams.partition_point(|(other, ..)| *other < gram);
        let same = grams[first..].iter().take_while(move |(other, ..)| *other == gram);
        same.take(PLACES_MAX).map(|(_, value, at)| (*value, *at))
    }

    /// Remembers a security code for the turns that may read it back.
    pub(crate) fn learn_code(&mut self, symbols: &[Symbol]) {
        if let Some(last) = symbols.last() {
            self.codes.push((last.text, plain(symbols)));
        }
    }

    /// Is this reading a code said shortly before, in a turn that says little else?
    fn find_code(&self, symbols: &[Symbol], code: &[u8], texts: &Texts<'_>) -> Option<Candidate> {
        let turn = symbols.first().filter(|_| symbols.len() <= CODE_MAX)?.text;
        if self.codes.is_empty() {
            return None;
        }
        texts.get(turn).filter(|text| text.speaker.is_some() && text.items.len() <= READ_BACK_MAX)?;
        let near = self.codes.iter().rev().filter(|(said, _)| (*said..=*said + READ_BACK_TURNS).contains(&turn));
        let same = near.take(PLACES_MAX).any(|(_, said)| said == code);
        same.then(|| Candidate::new(Kind::SecurityCode, 0..symbols.len(), Why::Echo, 2))
    }

    /// Does the other read back the piece that was just said, and say little else: `two go on`?
    fn find_piece(&self, symbols: &[Symbol], code: &[u8], texts: &Texts<'_>) -> Option<Candidate> {
        let turn = symbols.first().filter(|first| self.may_read_back(first.text))?.text;
        let text = texts.get(turn).filter(|text| text.speaker.is_some() && text.items.len() <= symbols.len() + READ_BACK_MAX)?;
        let range = without_words(symbols);
        let same = |(said, kind, piece): &(usize, Kind, Vec<u8>)| {
            let whole = texts.speaker(*said) != text.speaker && (piece == code || code.get(range.clone()) == Some(piece));
            whole.then(|| (*kind, if piece == code { 0..symbols.len() } else { range.clone() }))
        };
        let (kind, range) = self.pieces_before(turn).iter().take(PLACES_MAX).find_map(same)?;
        Some(Candidate::new(kind, range, Why::Echo, RANK_PIECE))
    }

    /// Is all of this reading a number that was found, but for a slip? People read back wrongly, and are misheard.
    fn find_alike(&self, symbols: &[Symbol], code: &[u8]) -> Option<Candidate> {
        if self.values.is_empty() || symbols.len() < ALIKE_MIN {
            return None;
        }
        // The `s` of `that's` is a letter too, and where a number with letters is spoken of, so is a word beside it: `le repito`.
        // Mostly it begins and ends with a digit.
        let starts = borders(symbols.iter());
        let ends = borders(symbols.iter().rev());
        let ranges = || starts.iter().flat_map(|start| ends.iter().map(|end| *start..symbols.len() - end));
        let recent = self.values.iter().rev().take(PLACES_MAX).filter(|(_, value)| value.len() >= WHOLE_MIN);
        let mut found = recent.flat_map(|(kind, value)| ranges().map(move |range| (kind, value, range)));
        let (kind, _, range) =
            found.find(|(_, value, range)| code.get(range.clone()).is_some_and(|code| is_alike(value, code)))?;
        Some(Candidate::new(*kind, range, Why::Echo, RANK_ALIKE))
    }

    /// Where a reading repeats a number, or a part of one that is more than its last four.
    fn find(&self, symbols: &[Symbol], code: &[u8]) -> Vec<Candidate> {
        if self.values.is_empty() || symbols.len() < GRAM {
            return Vec::new();
        }
        let is_border = |at: usize| at == 0 || symbols.get(at).is_none_or(|symbol| !symbols[at - 1].same_group(symbol));
        // Nothing of the same turn touches it.
        let is_end = |at: usize| at == 0 || symbols.get(at).is_none_or(|symbol| symbols[at - 1].text != symbol.text);
        let mut found = Vec::new();
        for (start, gram) in code.windows(GRAM).enumerate().filter(|(start, _)| is_border(*start)) {
            for (value, at) in self.places(packed(gram)) {
                let (kind, value) = &self.values[value];
                let same = code[start..].iter().zip(&value[at..]).take_while(|(a, b)| a == b).count();
                let end = (start + GRAM..=start + same).rev().find(|end| is_border(*end));
                // A part must stand by itself; in a longer number it is chance.
                let holds = |end: usize| end - start == value.len() || is_end(start) && is_end(end);
                if let Some(end) = end.filter(|end| holds(*end)) {
                    found.push(Candidate::new(*kind, start..end, Why::Echo, 9));
                }
            }
        }
        apart(found)
    }
}

/// How many groups of letters before or after a number may be words.
const WORDS_MAX: usize = 3;

/// After how many symbols from one end each group of letters there ends, which may be words.
fn borders<'s>(symbols: impl Iterator<Item = &'s Symbol>) -> Vec<usize> {
    let mut symbols = symbols.enumerate().take_while(|(_, symbol)| symbol.digit.is_none()).peekable();
    let mut found = vec![0];
    while let Some((at, symbol)) = symbols.next() {
        if symbols.peek().is_none_or(|(_, next)| !next.same_group(symbol)) && found.len() <= WORDS_MAX {
            found.push(at + 1);
        }
    }
    found
}

/// Without the letters at either end that may be words.
fn without_words(symbols: &[Symbol]) -> Range<usize> {
    let is_word = |symbol: &&Symbol| symbol.digit.is_none();
    let start = symbols.iter().take_while(is_word).count();
    start..symbols.len() - symbols[start..].iter().rev().take_while(is_word).count()
}

fn packed(gram: &[u8]) -> u64 {
    gram.iter().fold(0, |packed, sign| packed << 8 | u64::from(*sign))
}

/// The word and the bit of the filter that a gram has.
fn place(gram: u64) -> (usize, u64) {
    let bit = gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - FILTER_BITS);
    (usize::try_from(bit >> 6).unwrap_or_default(), 1 << (bit & 63))
}

/// So many signs of a number may be others where it has as many.
const SLIPS_MAX: usize = 2;

/// So many may be read back more than were found, of a number of which so many were.
const MORE_MAX: usize = 4;
const WHOLE_MIN: usize = 7;

/// And so many may be more.
const TAKEN_BACK_MAX: usize = 8;

/// Do these differ by no more than that, or by one sign that is missing?
fn is_alike(known: &[u8], other: &[u8]) -> bool {
    if known.len() == other.len() {
        return other.len() >= ALIKE_MIN && known.iter().zip(other).filter(|(a, b)| a != b).nth(SLIPS_MAX).is_none();
    }
    // What was said and taken back within it is not read back.
    if known.len() > other.len() && known.len() - other.len() <= TAKEN_BACK_MAX && other.len() >= ALIKE_MIN {
        let same = known.iter().zip(other).take_while(|(a, b)| a == b).count();
        let ending = known.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        if same < other.len() && ending < other.len() && same + ending >= other.len() {
            return true;
        }
    }
    // Of what was said in pieces the first was not found, but it is read back.
    let more = other.len().saturating_sub(known.len());
    if (1..=MORE_MAX).contains(&more) && known.len() >= WHOLE_MIN {
        let same = known.iter().zip(other).take_while(|(a, b)| a == b).count();
        let ending = known.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
        return same + ending >= known.len();
    }
    if known.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let same = known.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (known, other) = (&known[same..], &other[same..]);
    known.get(1..) == Some(other) || other.get(1..) == Some(known)
}

fn plain(symbols: &[Symbol]) -> Vec<u8> {
    signs(symbols).collect()
}

fn signs(symbols: &[Symbol]) -> impl ExactSizeIterator<Item = u8> {
    symbols.iter().map(|symbol| symbol.digit.map(|digit| b'0' + digit).or(symbol.letter).unwrap_or(b'?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_leaves_a_number_alike() {
        let check = |other: &[u8], expected| assert_eq!(is_alike(b"411122223333", other), expected);
        for other in
            [b"411122223333".as_slice(), b"411122223353", b"41112223333", b"4111222223333", b"411122232333", b"11122223333"]
        {
            check(other, true);
        }
        for other in [b"411122223".as_slice(), b"411122224455", b"511122223453", b"33334111"] {
            check(other, false);
        }
    }
}
