//! A conversation as it is written: turns of marked bits, and what a style makes of them.

use crate::example::{Example, Gold, Negative, Said};

/// How a conversation was put into text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Speech recognition that writes digits and punctuation.
    Itn,
    /// Speech recognition that writes words, with capitals and punctuation.
    Verbatim,
    /// Speech recognition in lower case without punctuation.
    Raw,
    /// Typed in a chat.
    Typed,
    /// Typed in a hurry: lower case, few full stops.
    Casual,
}

impl Style {
    fn as_str(self) -> &'static str {
        match self {
            Self::Itn => "itn",
            Self::Verbatim => "verbatim",
            Self::Raw => "raw",
            Self::Typed | Self::Casual => "typed",
        }
    }

    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Typed | Self::Casual)
    }

    fn of_text(self, text: &str) -> String {
        match self {
            Self::Raw => {
                let plain: String = text.chars().filter(|c| !".,?!¿¡;:\"…()".contains(*c)).flat_map(char::to_lowercase).collect();
                collapse(&plain)
            }
            Self::Casual => text.chars().flat_map(char::to_lowercase).collect(),
            _ => text.to_owned(),
        }
    }

    fn of_number(self, text: &str) -> String {
        if self == Self::Raw { text.to_lowercase() } else { text.to_owned() }
    }
}

fn collapse(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

pub(super) enum Bit {
    Text(String),
    /// A piece of the number with this index.
    Gold {
        number: usize,
        text: String,
        characters: String,
    },
    Negative {
        kind: &'static str,
        label: &'static str,
        text: String,
    },
    Ignored(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaker {
    Agent,
    Customer,
}

pub(super) struct Line {
    pub(super) speaker: Speaker,
    pub(super) bits: Vec<Bit>,
}

#[derive(Default)]
pub(super) struct Script {
    pub(super) lines: Vec<Line>,
    pub(super) gold: Vec<Gold>,
}

impl Script {
    pub(super) fn say(&mut self, speaker: Speaker, bits: Vec<Bit>) {
        self.lines.push(Line { speaker, bits });
    }

    pub(super) fn text(&mut self, speaker: Speaker, text: &str) {
        self.say(speaker, vec![Bit::Text(text.to_owned())]);
    }

    pub(super) fn finish(self, style: Style, customer: &str) -> Example {
        let mut example = Example { style: style.as_str().to_owned(), gold: self.gold, ..Example::default() };
        for (turn, line) in self.lines.into_iter().enumerate() {
            let text = write(&mut example, turn, line.bits, style);
            let speaker = if line.speaker == Speaker::Agent { "agent" } else { customer };
            example.turns.push(Said { speaker: speaker.to_owned(), text });
        }
        example
    }
}

fn write(example: &mut Example, turn: usize, bits: Vec<Bit>, style: Style) -> String {
    let mut text = String::new();
    let mut length = 0;
    let mut push = |bit: &str, at_start: bool| {
        let bit = if at_start { bit.trim_start() } else { bit };
        let start = length;
        length += bit.chars().count();
        text.push_str(bit);
        (start, length)
    };
    let mut empty = true;
    for bit in bits {
        match bit {
            Bit::Text(bit) => {
                let (start, end) = push(&style.of_text(&bit), empty);
                empty &= start == end;
            }
            Bit::Gold { number, text: bit, characters } => {
                let (start, end) = push(&style.of_number(&bit), empty);
                example.gold[number].pieces.push((turn, start, end, characters));
                empty = false;
            }
            Bit::Negative { kind, label, text: bit } => {
                let (start, end) = push(&style.of_number(&bit), empty);
                example.neg.push(Negative { kind: kind.to_owned(), label: label.to_owned(), turn, start, end });
                empty = false;
            }
            Bit::Ignored(bit) => {
                let (start, end) = push(&style.of_number(&bit), empty);
                example.ignore.push((turn, start, end));
                empty = false;
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// A template with each of its `{slots}` filled.
pub(super) fn fill(template: &str, mut slot: impl FnMut(&str) -> Vec<Bit>) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a closed slot");
        bits.push(Bit::Text(before.to_owned()));
        bits.extend(slot(name));
        rest = after;
    }
    bits.push(Bit::Text(rest.to_owned()));
    bits
}
