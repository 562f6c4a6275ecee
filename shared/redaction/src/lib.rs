#![doc = include_str!("../README.md")]

mod answer;
mod aside;
mod blocks;
mod breath;
mod card;
mod chain;
mod context;
mod conversation;
mod cue;
mod digits;
mod echo;
pub mod extras;
mod homophone;
mod iban;
mod ids;
mod kind;
mod letters;
mod lexer;
mod lexicon;
mod naming;
mod reading;
mod recase;
mod redactor;
mod render;
mod run;
mod search;
mod shape;
mod short;
mod spelt;
mod stretch;
mod text;
mod word;

pub use conversation::{Conversation, Finding, Piece, Place, Redacted, Turn, Why};
pub use extras::Extras;
pub use kind::{Counts, Kind};
pub use redactor::Redactor;
