//! A conversation with what must go and what must stay, as a line of JSON.

use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) channel: String,
    pub(crate) lang: String,
    pub(crate) style: String,
    pub(crate) turns: Vec<Said>,
    pub(crate) gold: Vec<Gold>,
    pub(crate) neg: Vec<Negative>,
    /// Turn, start, end of what is never scored.
    pub(crate) ignore: Vec<(usize, usize, usize)>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) speaker: String,
    pub(crate) text: String,
}

/// A number that must go. Pieces are `(turn, start, end, characters)`, in code points.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Gold {
    pub(crate) kind: String,
    pub(crate) cls: String,
    pub(crate) format: String,
    pub(crate) value: String,
    /// What is said about it: asked for, named, nothing.
    pub(crate) context: String,
    pub(crate) pieces: Vec<(usize, usize, usize, String)>,
}

/// A number that must stay.
#[derive(Serialize, Deserialize)]
pub(crate) struct Negative {
    pub(crate) kind: String,
    pub(crate) label: String,
    pub(crate) turn: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}
