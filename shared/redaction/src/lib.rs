#![doc = include_str!("../README.md")]

mod conversation;
mod kind;
mod redactor;

pub use conversation::{Conversation, Finding, Piece, Place, Redacted, Turn, Why};
pub use kind::{Counts, Kind};
pub use redactor::Redactor;
