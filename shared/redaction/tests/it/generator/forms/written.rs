//! Digits and letters as signs.

use super::super::cards::grouped;
use super::super::number::{Family, Number};
use super::super::voice::Voice;
use super::{Token, irregular as irregular_groups, wrong};

/// Into which groups a number is cut.
#[derive(Clone, Copy)]
pub(in super::super) enum Sizes {
    Single,
    Pairs,
    Triples,
    Fours,
    Irregular,
}

fn whole(number: &Number, text: String) -> Vec<Token> {
    vec![Token::new("", text, number.value.clone())]
}

pub(super) fn usual(number: &Number, _: &mut Voice) -> Vec<Token> {
    whole(number, number.usual.clone())
}

pub(super) fn plain(number: &Number, _: &mut Voice) -> Vec<Token> {
    whole(number, number.value.clone())
}

pub(super) fn lower_case(number: &Number, _: &mut Voice) -> Vec<Token> {
    whole(number, number.usual.to_lowercase())
}

/// The usual groups with another sign between them; what has but one group is cut in fours or threes.
pub(super) fn joined(number: &Number, voice: &mut Voice, separator: &str) -> Vec<Token> {
    let groups = match number.groups() {
        groups if groups.len() > 1 => groups,
        _ if number.family == Family::Card || voice.chance(50) => vec![4; 9],
        _ => vec![3; 12],
    };
    whole(number, grouped(&number.value, &groups, separator))
}

pub(super) fn irregular(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let groups = irregular_groups(&number.value, &mut voice.random);
    let separator = voice.pick(&[" ", "-", " ", "."]);
    whole(number, groups.join(separator))
}

/// The digits of another script, whose zero this is.
pub(super) fn in_digits(number: &Number, zero: char) -> Vec<Token> {
    let sign = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(u32::from(zero) + digit)).unwrap_or(c);
    whole(number, number.usual.chars().map(sign).collect())
}

pub(super) fn around(number: &Number, before: &str, after: &str) -> Vec<Token> {
    let text = if before.ends_with('=') { number.value.clone() } else { number.usual.clone() };
    let mut tokens = vec![Token::new(before, text, number.value.clone())];
    if !after.is_empty() {
        // A token without characters is ignored, which a sign after the number may be.
        tokens.push(Token::new("", after, ""));
    }
    tokens
}

pub(super) fn cut(number: &Number, voice: &mut Voice, separators: &[&'static str], sizes: Sizes) -> Vec<Token> {
    let separator = voice.pick(separators);
    parts(number, voice, sizes)
        .into_iter()
        .enumerate()
        .map(|(at, part)| Token::new(if at == 0 { "" } else { separator }, part.clone(), part))
        .collect()
}

fn parts(number: &Number, voice: &mut Voice, sizes: Sizes) -> Vec<String> {
    let value = &number.value;
    let even = |length: usize| {
        let chunks: Vec<_> = value.as_bytes().chunks(length).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        chunks
    };
    match sizes {
        Sizes::Single => even(1),
        Sizes::Pairs => even(2),
        Sizes::Triples => even(3),
        Sizes::Irregular => irregular_groups(value, &mut voice.random),
        Sizes::Fours if number.groups().len() > 1 => {
            let text = grouped(value, &number.groups(), " ");
            text.split(' ').map(str::to_owned).collect()
        }
        Sizes::Fours => even(4),
    }
}

pub(super) fn groups(number: &Number, voice: &mut Voice) -> Vec<Token> {
    cut(number, voice, &[" ", ", ", "-", ", "], Sizes::Fours)
}

pub(super) fn single(number: &Number, voice: &mut Voice) -> Vec<Token> {
    cut(number, voice, &[" ", ", ", "-", " - ", ",", ". "], Sizes::Single)
}

/// As an amount: `4,111,111,111,111,111`.
pub(super) fn thousands(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let separator = voice.random.weighted(&[(80, ','), (20, '.')]);
    let length = number.value.len();
    let mut text = String::new();
    for (at, c) in number.value.chars().enumerate() {
        if at > 0 && (length - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(c);
    }
    whole(number, text)
}

/// Groups with words between some of them.
pub(super) fn fillers(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let sizes = voice.random.weighted(&[(60, Sizes::Irregular), (40, Sizes::Fours)]);
    let mut tokens = cut(number, voice, &[" ", ", "], sizes);
    for token in tokens.iter_mut().skip(1) {
        if voice.chance(35) {
            let filler = voice.pick(voice.language.fillers);
            let (left, right) = voice.random.pick(&[(", ", ", "), (", ", " "), (" ", " "), ("... ", " ")]);
            token.before = format!("{left}{filler}{right}");
        }
    }
    tokens
}

/// One group said wrong and said again.
pub(super) fn corrected(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let tokens = cut(number, voice, &[" ", ", "], Sizes::Fours);
    let at = voice.random.below(tokens.len());
    let mut out = Vec::new();
    for (index, token) in tokens.into_iter().enumerate() {
        match wrong(&token.text, &mut voice.random) {
            Some(text) if index == at => {
                out.push(Token::new(&token.before, text, ""));
                let correction = voice.pick(voice.language.corrections);
                out.push(Token { before: format!(", {correction} "), ..token });
            }
            _ => out.push(token),
        }
    }
    out
}
