//! How a number is written or said: from its characters to the tokens that stand in a turn.

mod spoken;
mod written;

pub(super) use spoken::aloud;

use super::number::Number;
use super::random::Random;
use super::script::{Bit, Style};
use super::voice::Voice;

/// A piece of a number. Without characters it is a piece that was said and taken back.
#[derive(Clone)]
pub(super) struct Token {
    /// What stands between the last token and this.
    pub(super) before: String,
    pub(super) text: String,
    pub(super) characters: String,
}

impl Token {
    fn new(before: &str, text: impl Into<String>, characters: impl Into<String>) -> Self {
        Self { before: before.to_owned(), text: text.into(), characters: characters.into() }
    }

    pub(super) fn into_bits(self, number: usize) -> [Bit; 2] {
        let Self { before, text, characters } = self;
        let said = if characters.is_empty() { Bit::Ignored(text) } else { Bit::Gold { number, text, characters } };
        [Bit::Text(before), said]
    }
}

/// A number as it is said.
pub(super) struct Form {
    /// `written`, `asr`, `spoken` or `mixed`.
    pub(super) class: &'static str,
    pub(super) format: &'static str,
    pub(super) tokens: Vec<Token>,
}

type Make = fn(&Number, &mut Voice) -> Vec<Token>;
type Way = (&'static str, &'static str, Make);

const TYPED: &[(usize, Way)] = &[
    (36, ("written", "usual", written::usual)),
    (22, ("written", "plain", written::plain)),
    (5, ("written", "spaces", |number, voice| written::joined(number, voice, " "))),
    (5, ("written", "dashes", |number, voice| written::joined(number, voice, "-"))),
    (3, ("written", "dots", |number, voice| written::joined(number, voice, "."))),
    (3, ("written", "nbsp", |number, voice| written::joined(number, voice, "\u{a0}"))),
    (2, ("written", "thin-space", |number, voice| written::joined(number, voice, "\u{2009}"))),
    (2, ("written", "unicode-dash", |number, voice| written::joined(number, voice, "\u{2011}"))),
    (2, ("written", "slashes", |number, voice| written::joined(number, voice, "/"))),
    (1, ("written", "underscores", |number, voice| written::joined(number, voice, "_"))),
    (1, ("written", "double-space", |number, voice| written::joined(number, voice, "  "))),
    (1, ("written", "spaced-dash", |number, voice| written::joined(number, voice, " - "))),
    (1, ("written", "pipes", |number, voice| written::joined(number, voice, " | "))),
    (1, ("written", "zero-width", |number, voice| written::joined(number, voice, "\u{200b}"))),
    (4, ("written", "irregular", written::irregular)),
    (2, ("written", "full-width", |number, _| written::in_digits(number, '０'))),
    (1, ("written", "arabic-indic", |number, _| written::in_digits(number, '٠'))),
    (1, ("written", "devanagari", |number, _| written::in_digits(number, '०'))),
    (1, ("written", "parentheses", |number, _| written::around(number, "(", ")"))),
    (1, ("written", "quotes", |number, _| written::around(number, "\"", "\""))),
    (1, ("written", "bold", |number, _| written::around(number, "**", "**"))),
    (1, ("written", "code", |number, _| written::around(number, "`", "`"))),
    (1, ("written", "url", |number, _| written::around(number, "https://pay.example.com/?n=", "&v=2"))),
    (1, ("written", "hash", |number, _| written::around(number, "#", ""))),
    (1, ("written", "lower-case", written::lower_case)),
    (2, ("asr", "single", written::single)),
    (2, ("asr", "groups", written::groups)),
    (1, ("spoken", "digits", |number, voice| spoken::spoken(number, voice, spoken::Mode::Digits))),
    (1, ("asr", "lines", |number, voice| written::cut(number, voice, &["\n"], written::Sizes::Fours))),
];

const ITN: &[(usize, Way)] = &[
    (16, ("written", "usual", written::usual)),
    (10, ("written", "plain", written::plain)),
    (10, ("asr", "groups", written::groups)),
    (7, ("asr", "pairs", |number, voice| written::cut(number, voice, &[" ", ", ", "-", ". ", " - "], written::Sizes::Pairs))),
    (5, ("asr", "triples", |number, voice| written::cut(number, voice, &[" ", ", ", "-"], written::Sizes::Triples))),
    (12, ("asr", "irregular", |number, voice| written::cut(number, voice, &[" ", ", ", "-", ". "], written::Sizes::Irregular))),
    (11, ("asr", "single", written::single)),
    (7, ("asr", "thousands", written::thousands)),
    (9, ("asr", "fillers", written::fillers)),
    (3, ("asr", "sentences", |number, voice| written::cut(number, voice, &[". ", ". ", "? ", "... "], written::Sizes::Fours))),
    (3, ("asr", "corrected", written::corrected)),
    (12, ("mixed", "mixed", spoken::mixed)),
    (2, ("mixed", "double-digits", spoken::double_digits)),
];

const SPOKEN: &[(usize, Way)] = &[
    (30, ("spoken", "digits", |number, voice| spoken::spoken(number, voice, spoken::Mode::Digits))),
    (22, ("spoken", "double", |number, voice| spoken::spoken(number, voice, spoken::Mode::Double))),
    (8, ("spoken", "pairs", |number, voice| spoken::spoken(number, voice, spoken::Mode::Pairs))),
    (2, ("spoken", "hundreds", |number, voice| spoken::spoken(number, voice, spoken::Mode::Hundreds))),
    (2, ("spoken", "thousands", |number, voice| spoken::spoken(number, voice, spoken::Mode::Thousands))),
    (8, ("spoken", "fillers", spoken::fillers)),
    (3, ("spoken", "corrected", spoken::corrected)),
    (17, ("mixed", "mixed", spoken::mixed)),
];

const RAW_DIGITS: &[(usize, Way)] = &[
    (6, ("asr", "groups", |number, voice| written::cut(number, voice, &[" "], written::Sizes::Fours))),
    (6, ("asr", "irregular", |number, voice| written::cut(number, voice, &[" "], written::Sizes::Irregular))),
    (4, ("asr", "single", |number, voice| written::cut(number, voice, &[" "], written::Sizes::Single))),
    (3, ("asr", "pairs", |number, voice| written::cut(number, voice, &[" "], written::Sizes::Pairs))),
    (4, ("written", "plain", written::plain)),
];

/// How this number is said in this style.
pub(super) fn form(number: &Number, voice: &mut Voice) -> Form {
    let ways = match voice.style {
        Style::Typed | Style::Casual => TYPED,
        Style::Itn => ITN,
        Style::Raw if voice.random.chance(20) => RAW_DIGITS,
        Style::Verbatim if voice.random.chance(5) => ITN,
        Style::Verbatim | Style::Raw => SPOKEN,
    };
    // Words are spoken where the language has them; thousands and foreign digits are for what is all digits.
    loop {
        let (class, format, make) = voice.random.weighted(ways);
        let words = matches!(format, "pairs" | "hundreds" | "thousands") && class == "spoken";
        let digits_only = matches!(format, "thousands" | "arabic-indic" | "devanagari" | "hundreds");
        let letters_only = format == "lower-case";
        let fits = (!words || voice.language.say.is_some())
            && (!digits_only || number.is_digits())
            && (!letters_only || !number.is_digits());
        if fits {
            return Form { class, format, tokens: make(number, voice) };
        }
    }
}

/// As it is usually written, and nothing unusual about it.
pub(super) fn usual(number: &Number, voice: &mut Voice) -> Form {
    Form { class: "written", format: "usual", tokens: written::usual(number, voice) }
}

/// Tokens of a form that can be cut into turns.
pub(super) fn divisible(number: &Number, voice: &mut Voice) -> (bool, Vec<Token>) {
    let spoken = matches!(voice.style, Style::Verbatim | Style::Raw) && voice.random.chance(85);
    let tokens = if spoken {
        let modes = [(50, spoken::Mode::Digits), (35, spoken::Mode::Double), (15, spoken::Mode::Pairs)];
        let mode = if voice.language.say.is_some() { voice.random.weighted(&modes) } else { spoken::Mode::Digits };
        spoken::spoken(number, voice, mode)
    } else {
        let sizes = voice.random.weighted(&[
            (50, written::Sizes::Fours),
            (25, written::Sizes::Irregular),
            (15, written::Sizes::Triples),
            (10, written::Sizes::Single),
        ]);
        written::cut(number, voice, &[" ", " ", "-", ", "], sizes)
    };
    (spoken, tokens)
}

/// Groups of these characters, of random lengths up to six.
fn irregular(value: &str, random: &mut Random) -> Vec<String> {
    let mut rest = value;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(random.between(1, 6).min(rest.len()));
        parts.push(part.to_owned());
        rest = after;
    }
    parts
}

/// The same group with one digit wrong, or nothing when it has none.
fn wrong(group: &str, random: &mut Random) -> Option<String> {
    let at = group.rfind(|c: char| c.is_ascii_digit())?;
    let right = group[at..].chars().next()?;
    let digit = loop {
        let digit = random.digit();
        if digit != right {
            break digit;
        }
    };
    Some(format!("{}{digit}{}", &group[..at], &group[at + 1..]))
}
