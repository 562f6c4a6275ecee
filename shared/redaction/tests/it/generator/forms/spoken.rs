//! Numbers in words.

use super::super::number::Number;
use super::super::script::Style;
use super::super::voice::{Spelling, Voice};
use super::{Token, irregular, wrong};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Mode {
    /// Each digit.
    Digits,
    /// `double five`, `triple one`.
    Double,
    /// Two digits as one number where that can be heard no other way.
    Pairs,
    /// Three digits as one number.
    Hundreds,
    /// Four digits as one number.
    Thousands,
}

/// Words and characters, without what stands between them.
type Words = Vec<(String, String)>;

pub(super) fn spoken(number: &Number, voice: &mut Voice, mode: Mode) -> Vec<Token> {
    let spelling = voice.spelling();
    let words = words(&number.value, voice, mode, spelling);
    let pause = voice.random.weighted(&[(60, 0), (20, 1), (15, 4), (5, 3)]);
    let mark = if voice.chance(80) { ", " } else { ". " };
    join(words, |at| if pause > 0 && at % pause == 0 { mark } else { " " })
}

fn join(words: Words, separator: impl Fn(usize) -> &'static str) -> Vec<Token> {
    let token = |(at, (text, characters)): (usize, (String, String))| {
        Token::new(if at == 0 { "" } else { separator(at) }, text, characters)
    };
    words.into_iter().enumerate().map(token).collect()
}

fn words(value: &str, voice: &mut Voice, mode: Mode, spelling: Spelling) -> Words {
    let signs: Vec<char> = value.chars().collect();
    let mut words = Words::new();
    let mut at = 0;
    while at < signs.len() {
        let (word, length) = match signs[at] {
            letter if letter.is_ascii_alphabetic() => (voice.letter(letter, spelling), 1),
            digit => match mode {
                Mode::Digits => None,
                Mode::Double => repeated(&signs[at..], voice),
                Mode::Pairs => number(&signs[at..], 2, words.last().map(|(word, _)| word.as_str()), voice),
                Mode::Hundreds => number(&signs[at..], 3, None, voice),
                Mode::Thousands => number(&signs[at..], 4, None, voice),
            }
            .unwrap_or_else(|| (voice.digit(digit), 1)),
        };
        words.push((word, signs[at..at + length].iter().collect()));
        at += length;
    }
    words
}

/// `double five` for two or more of a digit.
fn repeated(signs: &[char], voice: &mut Voice) -> Option<(String, usize)> {
    let run = signs.iter().take_while(|sign| **sign == signs[0]).count();
    let times = if run >= 3 && voice.chance(60) { 3 } else { 2 };
    if run < times || voice.chance(20) {
        return None;
    }
    let word = voice.pick(if times == 3 { voice.language.triple } else { voice.language.double });
    Some((format!("{word} {}", voice.digit(signs[0])), times))
}

/// The next `length` digits as one number, unless what follows could be heard as a part of it.
fn number(signs: &[char], length: usize, last: Option<&str>, voice: &mut Voice) -> Option<(String, usize)> {
    let digits = signs.get(..length).filter(|digits| digits[0] != '0' && digits.iter().all(char::is_ascii_digit))?;
    let n: usize = digits.iter().collect::<String>().parse().ok()?;
    let follows = signs.get(length).is_some_and(|next| next.is_ascii_digit() && *next != '0');
    let open_end = (n.is_multiple_of(10) && n > 10) || (n > 99 && n % 100 < 10) || (n > 999 && n % 1000 < 100);
    // `soixante` and `dix`, `quatre` and `vingt`.
    let french =
        voice.language.code == "fr" && (matches!(n % 100, 20..30 | 60 | 80) && (follows || last == Some("quatre")) || n == 100);
    if open_end && (follows || length > 2) || french || voice.chance(15) {
        return None;
    }
    Some((voice.say(n)?, length))
}

/// Some groups as digits, some as words.
pub(super) fn mixed(value: &Number, voice: &mut Voice) -> Vec<Token> {
    let spelling = voice.spelling();
    let groups = irregular(&value.value, &mut voice.random);
    let mut tokens = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let before = if at == 0 { "" } else { voice.pick(&[" ", " ", ", "]) };
        if voice.chance(45) || (at == 0 && groups.len() == 1) {
            tokens.push(Token::new(before, group.clone(), group.clone()));
        } else {
            let mode = voice.random.weighted(&[(60, Mode::Digits), (40, Mode::Double)]);
            let mut said = join(words(group, voice, mode, spelling), |_| " ");
            if let Some(first) = said.first_mut() {
                before.clone_into(&mut first.before);
            }
            tokens.extend(said);
        }
    }
    tokens
}

/// `4 double 1 7`: each digit as a sign, repeats as people say them.
pub(super) fn double_digits(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let signs: Vec<char> = number.value.chars().collect();
    let comma = if voice.chance(50) { ", " } else { " " };
    let runs = signs.chunk_by(|a, b| a == b && a.is_ascii_digit()).flat_map(|run| run.chunks(3));
    let said = runs.map(|run| {
        let word = match run.len() {
            2 => voice.pick(voice.language.double),
            3 => voice.pick(voice.language.triple),
            _ => return (run[0].to_string(), run.iter().collect()),
        };
        (format!("{word} {}", run[0]), run.iter().collect())
    });
    let said: Words = said.collect();
    join(said, |_| comma)
}

pub(super) fn fillers(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let mode = voice.random.weighted(&[(60, Mode::Digits), (40, Mode::Double)]);
    let mut tokens = spoken(number, voice, mode);
    for token in tokens.iter_mut().skip(1) {
        if voice.chance(18) {
            let filler = voice.pick(voice.language.fillers);
            token.before = format!("{}{filler} ", voice.random.pick(&[" ", ", ", "... "]));
        }
    }
    tokens
}

/// One group said wrong and said again.
pub(super) fn corrected(number: &Number, voice: &mut Voice) -> Vec<Token> {
    let spelling = voice.spelling();
    let groups: Vec<String> =
        number.value.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    let at = voice.random.below(groups.len());
    let comma = if voice.style == Style::Raw { " " } else { ", " };
    let mut tokens: Vec<Token> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let mut before = if index == 0 { String::new() } else { comma.to_owned() };
        if index == at
            && let Some(wrong) = wrong(group, &mut voice.random)
        {
            let said = join(words(&wrong, voice, Mode::Digits, spelling), |_| " ");
            for (first, token) in said.into_iter().enumerate().map(|(at, token)| (at == 0, token)) {
                tokens.push(Token::new(if first { &before } else { &token.before }, token.text, ""));
            }
            before = format!(", {} ", voice.pick(voice.language.corrections));
        }
        let mut said = join(words(group, voice, Mode::Digits, spelling), |_| " ");
        if let Some(first) = said.first_mut() {
            first.before = before;
        }
        tokens.extend(said);
    }
    tokens
}

/// These digits in words, as one text.
pub(in super::super) fn aloud(value: &str, voice: &mut Voice) -> String {
    let mode = match voice.random.below(10) {
        0..6 => Mode::Digits,
        6..9 => Mode::Double,
        _ => Mode::Pairs,
    };
    let spelling = voice.spelling();
    let comma = voice.chance(20);
    let tokens = join(words(value, voice, mode, spelling), |at| if comma && at % 3 == 0 { ", " } else { " " });
    tokens.iter().flat_map(|token| [token.before.as_str(), token.text.as_str()]).collect()
}
