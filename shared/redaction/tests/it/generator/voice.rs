//! Who speaks: the language, the style, and the chance that decides between their ways.

use super::languages::Language;
use super::random::Random;
use super::script::Style;

pub(super) struct Voice {
    pub(super) language: &'static Language,
    pub(super) style: Style,
    pub(super) random: Random,
}

/// How letters are spelt in one number.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    Letter,
    Name,
    Alphabet(usize),
    ByExample(usize, &'static str),
}

impl Voice {
    pub(super) fn pick(&mut self, from: &[&'static str]) -> &'static str {
        self.random.pick(from)
    }

    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }

    pub(super) fn digit(&mut self, digit: char) -> String {
        let words = self.language.digits[digit.to_digit(10).expect("a digit") as usize];
        (if self.random.chance(75) { words[0] } else { self.random.pick(words) }).to_owned()
    }

    /// A number in words, where the language has them.
    pub(super) fn say(&mut self, number: usize) -> Option<String> {
        self.language.say.map(|say| say(number, &mut self.random))
    }

    pub(super) fn spelling(&mut self) -> Spelling {
        let alphabet = self.random.below(self.language.alphabets.len());
        let by_example = self.random.pick(self.language.by_example);
        self.random.weighted(&[
            (72, Spelling::Letter),
            (6, Spelling::Name),
            (14, Spelling::Alphabet(alphabet)),
            (8, Spelling::ByExample(alphabet, by_example)),
        ])
    }

    pub(super) fn letter(&mut self, letter: char, spelling: Spelling) -> String {
        let word = |alphabet: usize| {
            self.language.alphabets[alphabet].split_whitespace().find(|word| word.starts_with(letter)).unwrap_or("X-ray")
        };
        match spelling {
            Spelling::Letter => letter.to_string(),
            Spelling::Name => {
                let name = self.language.letters.iter().find(|(other, _)| *other == letter);
                name.map_or_else(|| letter.to_string(), |(_, name)| (*name).to_owned())
            }
            Spelling::Alphabet(alphabet) => word(alphabet).to_owned(),
            Spelling::ByExample(alphabet, way) => way.replace("{letter}", &letter.to_string()).replace("{word}", word(alphabet)),
        }
    }
}
