//! What is named only to say that it is not meant: `the reference, not my account number, is ..`.

use std::ops::Range;

use crate::cue::Cue;
use crate::item::Item;
use crate::lexicon::Traits;

/// Words that deny what comes after them.
const DENIES: [&str; 28] = [
    "not", "isn", "isnt", "wasn", "wasnt", "ain", "aint", "aren", "arent", "never", "nicht", "kein", "keine", "keinen", "keiner",
    "statt", "anstatt", "pas", "não", "nao", "non", "niet", "geen", "nem", "né", "noch", "ni", "weder",
];

/// The same in two words.
const DENIES_IN_TWO: [[&str; 2]; 8] = [
    ["rather", "than"],
    ["instead", "of"],
    ["anders", "als"],
    ["vez", "de"],
    ["lugar", "de"],
    ["lieu", "de"],
    ["invece", "di"],
    ["plaats", "van"],
];

/// Spanish denies with a word that answers in other languages, and is short for `number`: it does before these.
const NO: &str = "no";
const AFTER_NO: [&str; 10] = ["es", "era", "mi", "el", "la", "un", "una", "su", "tu", "son"];

/// What may stand between the denial and the name.
const BETWEEN: &str = "t my the a an your our his her their actually really \
     es era son mi el la los las un una su tu meine mein die das der den eine ein ihre ihr unsere \
     mon ma mes le les l une votre son sa c est ce \
     é e era o os as um uma meu minha seu sua è il lo mio mia suo sua mijn de het een uw";
const BETWEEN_MAX: usize = 4;

/// What says that the number comes next, which is then what was named before.
const IS: [&str; 16] =
    ["is", "was", "s", "es", "era", "ist", "war", "lautet", "est", "était", "é", "è", "are", "son", "sind", "sono"];

/// What a phrase says, or something else if it is denied.
pub(crate) fn denied(source: &str, items: &[Item], name: &Range<usize>, cue: Cue) -> Cue {
    if !matches!(cue, Cue::Card | Cue::SecurityCode | Cue::Expiry | Cue::Id(_) | Cue::AnyId) {
        return cue;
    }
    let Some(denial) = denial(source, items, name.start) else { return cue };
    let is = |item: &Item| word(source, item).is_some_and(|word| contains(&IS, word));
    // A card's number goes by its check digits, unless it is called something else.
    let other = if cue == Cue::Card { Cue::Nothing } else { Cue::Other { named: true } };
    match items.get(name.end) {
        // `the reference, not my card, is 4411`
        Some(next) if is(next) => Cue::Other { named: true },
        Some(next) if next.traits.has(Traits::NUMBER) && is_joined(source, items, name.end - 1) => other,
        // `786186 is not my account number`
        _ if follows_number(source, items, denial) => other,
        _ => cue,
    }
}

/// Where the words begin that deny what is named at `name`.
fn denial(source: &str, items: &[Item], name: usize) -> Option<usize> {
    for at in (name.saturating_sub(BETWEEN_MAX + 1)..name).rev() {
        if !is_joined(source, items, at) {
            return None;
        }
        let word = word(source, &items[at])?;
        let last = at.checked_sub(1).filter(|last| is_joined(source, items, *last));
        let last_word = last.and_then(|last| self::word(source, &items[last])).unwrap_or_default();
        let is_pair = |[first, second]: &[&str; 2]| last_word.eq_ignore_ascii_case(first) && word.eq_ignore_ascii_case(second);
        if DENIES_IN_TWO.iter().any(is_pair) {
            return last;
        }
        let next = items.get(at + 1).filter(|_| at + 1 < name).and_then(|next| self::word(source, next));
        let is_no = || word.eq_ignore_ascii_case(NO) && next.is_some_and(|next| contains(&AFTER_NO, next));
        if contains(&DENIES, word) || is_no() {
            return Some(at);
        }
        if !BETWEEN.split_whitespace().any(|other| word.eq_ignore_ascii_case(other)) {
            return None;
        }
    }
    None
}

/// Does a number stand before the words that deny, with no more than `is` between?
fn follows_number(source: &str, items: &[Item], denial: usize) -> bool {
    let before = items[..denial].iter().rev();
    let mut before =
        before.skip_while(|item| word(source, item).is_some_and(|word| contains(&IS, word) || matches!(word, "n" | "ne")));
    before.next().is_some_and(|item| item.traits.has(Traits::NUMBER)) && denial > 0 && is_joined(source, items, denial - 1)
}

/// Does no sign stand between this item and the next?
fn is_joined(source: &str, items: &[Item], at: usize) -> bool {
    let gap = items.get(at + 1).and_then(|next| source.get(items[at].end..next.start));
    gap.is_some_and(|gap| !gap.contains([',', '.', ';', ':', '?', '!']))
}

fn word<'s>(source: &'s str, item: &Item) -> Option<&'s str> {
    source.get(item.start..item.end).filter(|_| !item.traits.has(Traits::WRITTEN))
}

fn contains(list: &[&str], word: &str) -> bool {
    list.iter().any(|other| word.eq_ignore_ascii_case(other))
}
