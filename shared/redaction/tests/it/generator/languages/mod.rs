//! What people say around numbers, language by language.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod nl;
mod pt;

use super::speech::Say;

/// How a number is asked for, and how it is named in the turn that holds it. `{}` is the number, `{name}` what it is called.
pub(super) struct Ways {
    pub(super) asks: &'static [&'static str],
    pub(super) named: &'static [&'static str],
}

pub(super) struct Language {
    pub(super) code: &'static str,
    /// Nothing where only single digits are spoken.
    pub(super) say: Option<Say>,
    /// The words for 0 to 9, the usual first.
    pub(super) digits: [&'static [&'static str]; 10],
    pub(super) double: &'static [&'static str],
    pub(super) triple: &'static [&'static str],
    /// What is said between two groups.
    pub(super) fillers: &'static [&'static str],
    /// What the other speaker says between two pieces.
    pub(super) backchannels: &'static [&'static str],
    /// The same, longer than a sound.
    pub(super) interruptions: &'static [&'static str],
    /// The last group was wrong; what follows stands for it.
    pub(super) corrections: &'static [&'static str],
    /// All so far was wrong; it begins anew.
    pub(super) restarts: &'static [&'static str],
    /// `{letter}` by `{word}`.
    pub(super) by_example: &'static [&'static str],
    /// Spelling alphabets, A to Z.
    pub(super) alphabets: &'static [&'static str],
    /// Names of letters that differ from the letter itself.
    pub(super) letters: &'static [(char, &'static str)],
    pub(super) months: [&'static str; 12],
    /// What amounts are in.
    pub(super) money: &'static [&'static str],
    /// What stands before the last two digits of a year.
    pub(super) century: &'static str,
    /// `{month}` and `{year}`.
    pub(super) month_years: &'static [&'static str],
    /// What is put around any number that was asked for.
    pub(super) answers: &'static [&'static str],
    pub(super) card: Ways,
    pub(super) expiry: Ways,
    pub(super) cvv: Ways,
    pub(super) iban: Ways,
    pub(super) id: Ways,
    /// `{card}`, `{expiry}` and `{cvv}` in one breath; some leave one out.
    pub(super) breath: &'static [&'static str],
    /// The same as people type it into a chat.
    pub(super) typed_breath: &'static [&'static str],
    /// `{first}` and `{second}` of a kind in one turn; the second is named only by the first.
    pub(super) two_cards: &'static [&'static str],
    pub(super) two_ids: &'static [&'static str],
    /// The agent repeats the whole number.
    pub(super) read_backs: &'static [&'static str],
    /// A card by its last four digits.
    pub(super) last_fours: &'static [&'static str],
    pub(super) greetings: &'static [&'static str],
    pub(super) closings: &'static [&'static str],
    pub(super) customer: &'static [&'static str],
    pub(super) agent: &'static [&'static str],
    /// Filled into `{thing}` of the chatter.
    pub(super) things: &'static [&'static str],
    /// Filled into `{when}` of the chatter.
    pub(super) whens: &'static [&'static str],
    /// What has a number and stays: its kind, and how it is told.
    pub(super) negatives: &'static [(&'static str, &'static [&'static str])],
    /// Questions for such numbers.
    pub(super) negative_asks: &'static [(&'static str, &'static [&'static str])],
    /// A bank account that is no IBAN: `{account}`, `{routing}`, `{sort}`. Whether it goes is not scored.
    pub(super) accounts: &'static [&'static str],
    /// Words that only sound like numbers, in `<` and `>`.
    pub(super) number_words: &'static [&'static str],
}

/// Weight and language.
pub(super) const LANGUAGES: &[(usize, &Language)] =
    &[(56, &en::EN), (11, &es::ES), (11, &de::DE), (10, &fr::FR), (10, &pt::PT), (1, &it::IT), (1, &nl::NL)];

pub(super) const NATO: &str = "Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec \
     Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu";
