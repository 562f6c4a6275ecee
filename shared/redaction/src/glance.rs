//! A glance at a text: most hold no number and name none, and need not be read.

use crate::letters::Letters;
use crate::lexer::Census;
use crate::lexicon::{Lexicon, Traits};
use crate::word::Shape;

/// A shorter text is always read: it may be an answer, or a piece of one.
const SHORT: usize = 40;
/// So many bytes are looked at together.
const CHUNK: usize = 64;
/// So many hints make a text worth reading.
const HINTS_MAX: usize = 3;

/// How many words a text has that is not worth reading. `None`: it is.
pub(crate) fn glance(text: &str, lexicon: &Lexicon) -> Option<Census> {
    let bytes = text.as_bytes();
    // What was removed before stands in brackets.
    // Without a branch for each byte, so that many are compared at once.
    let tells = |some: &[u8]| some.iter().map(|byte| u8::from(byte.is_ascii_digit() || *byte == b'[')).fold(0, u8::max) > 0;
    if bytes.len() < SHORT || bytes.chunks(CHUNK).any(tells) {
        return None;
    }
    let (mut words, mut hints, mut at) = (0, 0, 0);
    while let Some(byte) = bytes.get(at) {
        let plain = if byte.is_ascii_alphabetic() { Letters::at(bytes, at) } else { None };
        let (says, next) = match plain {
            Some(word) => (letters(text, &word, lexicon), word.end),
            None if byte.is_ascii() && !byte.is_ascii_alphabetic() => {
                at += 1;
                continue;
            }
            None => {
                let shape = Shape::of(text, at);
                if shape.start == shape.end {
                    at = shape.next;
                    continue;
                }
                (foreign(text, &shape, lexicon), shape.next)
            }
        };
        match says {
            Says::Nothing => {}
            Says::Much => return None,
            // The `s` of `that's` spells nothing.
            Says::Little(_) if next - at == 1 && is_clipped(bytes, at) => {}
            Says::Little(hint) => {
                hints += hint;
                if hints >= HINTS_MAX {
                    return None;
                }
            }
        }
        words += 1;
        at = next;
    }
    Some(Census { words, has_lower: true, ..Census::default() })
}

/// What a word says of its text.
enum Says {
    Nothing,
    /// With others of its kind the text is worth reading. This is how many hints it is.
    Little(usize),
    /// The text is worth reading.
    Much,
}

impl From<Traits> for Says {
    fn from(traits: Traits) -> Self {
        match () {
            () if traits.has(Traits::TELLS) => Self::Much,
            () if traits.has(Traits::HINTS_MORE) => Self::Little(2),
            () if traits.has(Traits::HINTS) => Self::Little(1),
            () => Self::Nothing,
        }
    }
}

#[inline]
fn letters(text: &str, word: &Letters, lexicon: &Lexicon) -> Says {
    match lexicon.tells(text, word) {
        Some(traits) => traits.into(),
        None if Lexicon::may_compound(word.end - word.start) && lexicon.compounds(&text[word.start..word.end]) => Says::Much,
        None => Says::Nothing,
    }
}

/// The same for a word that has more than ASCII letters.
fn foreign(text: &str, shape: &Shape, lexicon: &Lexicon) -> Says {
    let word = &text[shape.start..shape.end];
    match lexicon.find(word) {
        _ if shape.digits > 0 => Says::Much,
        Some((_, traits)) => traits.into(),
        None if lexicon.compounds(word) => Says::Much,
        None => Says::Nothing,
    }
}

fn is_clipped(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|last| text[last] == b'\'')
}
