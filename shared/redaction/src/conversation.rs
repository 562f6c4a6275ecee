//! What goes in and what comes out.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use crate::kind::{Counts, Kind};

/// One turn of a conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Who speaks. Only compared: a number goes on in the same speaker's next turn.
    pub speaker: &'a str,
    /// What was said or typed.
    pub text: &'a str,
}

/// Everything of one conversation that may hold a number. The lists may go before the texts do.
#[derive(Clone, Copy, Default)]
pub struct Conversation<'lists, 'a> {
    /// The turns, oldest first.
    pub turns: &'lists [Turn<'a>],
    /// All other texts: summary, names, titles, metadata values, recording URL. They come back in this order.
    pub texts: &'lists [&'a str],
}

/// The scrubbed conversation. What held no number is borrowed as it came.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Redacted<'a> {
    /// As many as went in, in their order.
    pub turns: Vec<Cow<'a, str>>,
    /// As many as went in, in their order.
    pub texts: Vec<Cow<'a, str>>,
    /// How many of each kind were removed.
    pub counts: Counts,
    /// Each removed number: where it stood and why it went. Holds no text.
    pub findings: Vec<Finding>,
}

/// One removed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it was.
    pub kind: Kind,
    /// Where it stood; several when it was said over several turns. Never empty.
    pub pieces: Vec<Piece>,
    /// What decided.
    pub why: Why,
}

/// One stretch of a removed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// In which text.
    pub place: Place,
    /// Byte range in that text as it came in; on character boundaries.
    pub range: Range<usize>,
}

/// A text of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Index into [`Conversation::turns`].
    Turn(usize),
    /// Index into [`Conversation::texts`].
    Text(usize),
}

/// What decided that a number goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// Its check digits are right and nothing nearby says that it is something else.
    Checksum,
    /// The words before it name it, or the other speaker asked for it.
    Named,
    /// It is written as this kind is always written.
    Form,
    /// It stands next to a card.
    NextToCard,
    /// It repeats a number found elsewhere in the conversation.
    Echo,
    /// The owner's pattern at this index found it.
    Pattern(usize),
}

impl Why {
    /// Every one of them; of the patterns, the first.
    pub const ALL: &'static [Self] = &[Self::Checksum, Self::Named, Self::Form, Self::NextToCard, Self::Echo, Self::Pattern(0)];

    /// The stable name, `snake_case`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Checksum => "checksum",
            Self::Named => "named",
            Self::Form => "form",
            Self::NextToCard => "next_to_card",
            Self::Echo => "echo",
            Self::Pattern(_) => "pattern",
        }
    }
}

impl fmt::Debug for Turn<'_> {
    // A conversation's words are never fit for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Turn(..)")
    }
}

impl fmt::Debug for Conversation<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Conversation({} turns, {} texts)", self.turns.len(), self.texts.len())
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redacted").field("counts", &self.counts).field("findings", &self.findings).finish_non_exhaustive()
    }
}
