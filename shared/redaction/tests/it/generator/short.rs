//! A card's two short numbers: verification value and expiry date.

use super::forms::Token;
use super::script::Style;
use super::voice::Voice;

/// Class is the kind itself; the rest as of any number.
pub(super) struct Short {
    pub(super) format: &'static str,
    pub(super) value: String,
    pub(super) tokens: Vec<Token>,
}

fn token(before: &str, text: impl Into<String>, characters: impl Into<String>) -> Token {
    Token { before: before.to_owned(), text: text.into(), characters: characters.into() }
}

fn writes(voice: &mut Voice) -> bool {
    match voice.style {
        Style::Typed | Style::Casual | Style::Itn => true,
        Style::Verbatim => voice.chance(5),
        Style::Raw => voice.chance(20),
    }
}

fn digits(value: &str, before: &str, voice: &mut Voice) -> Vec<Token> {
    let comma = if voice.chance(25) { ", " } else { " " };
    let words = value.chars().enumerate();
    words.map(|(at, c)| token(if at == 0 { before } else { comma }, voice.digit(c), c)).collect()
}

pub(super) fn cvv(is_amex: bool, voice: &mut Voice) -> Short {
    let value = voice.random.digits(if is_amex { 4 } else { 3 });
    let (format, tokens) = if writes(voice) {
        let separator = voice.random.weighted(&[(70, ""), (12, " "), (8, "-"), (10, ", ")]);
        if separator.is_empty() || voice.style.is_typed() {
            ("written", vec![token("", &value, &value)])
        } else {
            let signs = value.chars().enumerate();
            ("single", signs.map(|(at, c)| token(if at == 0 { "" } else { separator }, c, c)).collect())
        }
    } else {
        let (head, tail) = value.split_at(value.len() - 2);
        let last: usize = tail.parse().unwrap_or_default();
        let said = if last > 10 && voice.chance(20) { voice.say(last) } else { None };
        match said {
            Some(word) => {
                let mut tokens = digits(head, "", voice);
                tokens.push(token(" ", word, tail));
                ("pairs", tokens)
            }
            None => ("spoken", digits(&value, "", voice)),
        }
    };
    Short { format, value, tokens }
}

pub(super) fn expiry(voice: &mut Voice) -> Short {
    let (month, year) = (voice.random.between(1, 12), voice.random.between(25, 36));
    let value = format!("{month:02}{year}");
    let (format, tokens) = if writes(voice) { written(month, year, voice) } else { spoken(month, year, voice) };
    Short { format, value, tokens }
}

fn written(month: usize, year: usize, voice: &mut Voice) -> (&'static str, Vec<Token>) {
    let one = |text: String| {
        let characters: String = text.chars().filter(char::is_ascii_digit).collect();
        vec![token("", text, characters)]
    };
    match voice.random.below(100) {
        0..34 => ("slash", one(format!("{month:02}/{year}"))),
        34..42 => ("slash", one(format!("{month}/{year}"))),
        42..54 => ("full-year", one(format!("{month:02}/20{year}"))),
        54..62 => ("dash", one(format!("{month:02}-{year}"))),
        62..67 => ("space", one(format!("{month:02} {year}"))),
        67..71 => ("dot", one(format!("{month:02}.{year}"))),
        71..75 => ("plain", one(format!("{month:02}{year}"))),
        75..79 => ("spaced-slash", one(format!("{month:02} / {year}"))),
        79..83 => ("iso", one(format!("20{year}-{month:02}"))),
        _ => named(month, &format!("20{year}"), &format!("20{year}"), voice),
    }
}

fn named(month: usize, year: &str, characters: &str, voice: &mut Voice) -> (&'static str, Vec<Token>) {
    let way = voice.pick(voice.language.month_years);
    let between = way.trim_start_matches("{month}").trim_end_matches("{year}");
    let name = voice.language.months[month - 1];
    ("month", vec![token("", name, format!("{month:02}")), token(between, year, characters)])
}

fn spoken(month: usize, year: usize, voice: &mut Voice) -> (&'static str, Vec<Token>) {
    let Some(short) = voice.say(year) else { return ("digits", digits(&format!("{month:02}{year}"), "", voice)) };
    let full = format!("{}{short}", voice.language.century);
    match voice.random.below(100) {
        0..30 => ("digits", digits(&format!("{month:02}{year}"), "", voice)),
        30..50 => named(month, &short, &year.to_string(), voice),
        50..66 => named(month, &full, &format!("20{year}"), voice),
        66..84 => {
            let mut tokens = digits(&format!("{month:02}"), "", voice);
            tokens.push(token(" ", short, year.to_string()));
            ("digits-year", tokens)
        }
        84..92 => ("numbers", number(month, " ", short, year.to_string(), voice)),
        _ => ("numbers-full", number(month, " ", full, format!("20{year}"), voice)),
    }
}

fn number(month: usize, between: &str, year: String, characters: String, voice: &mut Voice) -> Vec<Token> {
    let said = voice.say(month).unwrap_or_default();
    vec![token("", said, month.to_string()), token(between, year, characters)]
}
