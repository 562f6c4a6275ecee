//! Numbers already found, wherever else they are repeated.

use std::collections::HashMap;

use crate::conversation::Why;
use crate::kind::Kind;
use crate::reading::Symbol;
use crate::search::{Candidate, apart};
use crate::text::Texts;

/// How many symbols in a row are no coincidence.
const GRAM: usize = 6;
/// How many places a gram is remembered at. Cards of one bank begin alike.
const PLACES_MAX: usize = 8;

/// The longest security code.
const CODE_MAX: usize = 4;
/// How many turns later a code is read back, and how many words such a turn has.
const READ_BACK_TURNS: usize = 3;
const READ_BACK_MAX: usize = 12;

/// The numbers found so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    values: Vec<(Kind, Vec<u8>)>,
    grams: HashMap<[u8; GRAM], Vec<(usize, usize)>>,
    /// Security codes, with the turn each was said in.
    codes: Vec<(usize, Vec<u8>)>,
}

impl Known {
    /// Remembers a number that was found. Codes and dates are too short to be.
    pub(crate) fn learn(&mut self, kind: Kind, symbols: &[Symbol]) {
        if symbols.len() <= GRAM || self.values.iter().rev().take(PLACES_MAX).any(|(_, value)| *value == plain(symbols)) {
            return;
        }
        let value = plain(symbols);
        for (at, gram) in value.windows(GRAM).enumerate() {
            let Ok(gram) = gram.try_into() else { continue };
            let places = self.grams.entry(gram).or_default();
            if places.len() < PLACES_MAX {
                places.push((self.values.len(), at));
            }
        }
        self.values.push((kind, value));
    }

    /// Remembers a security code for the turns that may read it back.
    pub(crate) fn learn_code(&mut self, symbols: &[Symbol]) {
        if let Some(last) = symbols.last() {
            self.codes.push((last.text, plain(symbols)));
        }
    }

    /// Is this reading a code said shortly before, in a turn that says little else?
    pub(crate) fn find_code(&self, symbols: &[Symbol], texts: &Texts<'_>) -> Option<Candidate> {
        let turn = symbols.first().filter(|_| symbols.len() <= CODE_MAX)?.text;
        if self.codes.is_empty() {
            return None;
        }
        texts.get(turn).filter(|text| text.speaker.is_some() && text.words <= READ_BACK_MAX)?;
        let code = plain(symbols);
        let near = self.codes.iter().rev().filter(|(said, _)| (*said..=*said + READ_BACK_TURNS).contains(&turn));
        let same = near.take(PLACES_MAX).any(|(_, said)| *said == code);
        same.then(|| Candidate::new(Kind::SecurityCode, 0..symbols.len(), Why::Echo, 2))
    }

    /// Where a reading repeats a number, or a part of one that is more than its last four.
    pub(crate) fn find(&self, symbols: &[Symbol]) -> Vec<Candidate> {
        if self.values.is_empty() || symbols.len() < GRAM {
            return Vec::new();
        }
        let code = plain(symbols);
        let is_border = |at: usize| at == 0 || symbols.get(at).is_none_or(|symbol| !symbols[at - 1].same_group(symbol));
        // Nothing of the same turn touches it.
        let is_end = |at: usize| at == 0 || symbols.get(at).is_none_or(|symbol| symbols[at - 1].text != symbol.text);
        let mut found = Vec::new();
        for (start, gram) in code.windows(GRAM).enumerate().filter(|(start, _)| is_border(*start)) {
            let gram: Option<&[u8; GRAM]> = gram.try_into().ok();
            for (value, at) in gram.and_then(|gram| self.grams.get(gram)).into_iter().flatten() {
                let (kind, value) = &self.values[*value];
                let same = code[start..].iter().zip(&value[*at..]).take_while(|(a, b)| a == b).count();
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

fn plain(symbols: &[Symbol]) -> Vec<u8> {
    symbols.iter().map(|symbol| symbol.digit.map(|digit| b'0' + digit).or(symbol.letter).unwrap_or(b'?')).collect()
}
