//! The letters of a code that look like words: `mapg 8 31013`, where the capitals were lost; `gb 29 nwbk`; `Huelva Ramón`, names
//! that no spelling alphabet has. Only where a number with letters is spoken of: elsewhere they are words.

use crate::answer::is_said;
use crate::context::ANSWER_TURNS;
use crate::cue::{Cue, Phrase};
use crate::iban;
use crate::ids::Rules;
use crate::item::{Class, Item};
use crate::kind::Kind;
use crate::lexicon::{Known, Lexicon, Traits, WordId};
use crate::run::glue;
use crate::text::{Text, Texts};

/// What the number that is spoken of may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Letters {
    None,
    /// Some, anywhere.
    Some,
    /// Those of a name first.
    Name,
    /// A country's two, then two digits.
    Country,
}

/// A longer group of small letters is a word.
const GROUP_MAX: usize = 6;
/// How many letters of a name some numbers begin with.
const NAME: usize = 4;
/// So many of them stand in a row.
const GROUPS_MAX: usize = 3;

/// What spells each letter: a word that does so by itself, and nothing else.
const ALPHABET: [&str; 26] = [
    "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike", "n",
    "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "xray", "yankee", "zulu",
];

/// Takes words for letters in every text that may hold a number with letters, whatever they were taken for before. What that
/// changes is `fresh`.
pub(crate) fn recase(texts: &mut Texts<'_>, rules: &Rules, lexicon: &Lexicon, fresh: &mut [bool]) {
    if texts.has_recast() {
        for (index, fresh) in fresh.iter_mut().enumerate() {
            *fresh |= texts.undo(index, lexicon);
        }
    }
    // What the last text that spoke of a number spoke of.
    let mut last = None;
    let mut next = 0;
    // Without cues a text says nothing of a number; without runs it holds none, but for one that begins with a country.
    while let Some(index) = from(next, last, texts) {
        next = index + 1;
        if !texts.has_cues(index) && !texts.has_runs(index) && last.is_none_or(|(_, letters)| letters != Letters::Country) {
            continue;
        }
        // What is said of a number in the same turn asks for none.
        let asks = |cue: &Cue| !matches!(cue, Cue::Other { .. }) || !texts.runs(index).iter().any(|run| run.counts);
        let mut wanted = texts.cues(index).iter().filter(|(_, cue)| asks(cue)).filter_map(|(_, cue)| wants(*cue, rules));
        if let Some(first) = wanted.next() {
            last = Some((index, wanted.fold(first, Letters::max)));
        }
        // `El número de seguimiento es 9205..`
        if texts.cues(index).iter().any(|(_, cue)| matches!(cue, Cue::Other { named: true })) {
            continue;
        }
        let Some((last, letters)) = last.filter(|(_, letters)| *letters != Letters::None) else { continue };
        let Some(text) = texts.get(index) else { return };
        if index - last > if text.speaker.is_some() { ANSWER_TURNS } else { 0 } {
            continue;
        }
        if may_hold(&text, letters) {
            texts.recast(index, lexicon, |source, items| recast_all(source, items, letters, lexicon));
        }
    }
}

/// The first text from this one on that may say of a number with letters, or hold one of which the last has spoken.
fn from(next: usize, last: Option<(usize, Letters)>, texts: &Texts<'_>) -> Option<usize> {
    let is_spoken_of = last.is_some_and(|(last, letters)| letters != Letters::None && next <= last + ANSWER_TURNS);
    if is_spoken_of { Some(next).filter(|next| *next < texts.len()) } else { texts.next_with_cues(next) }
}

/// What letters the number has that this names, if it names one.
fn wants(cue: Cue, rules: &Rules) -> Option<Letters> {
    match cue {
        Cue::Id(Kind::Iban) | Cue::Hint(Kind::Iban) => Some(Letters::Country),
        Cue::Id(Kind::MxCurp | Kind::MxRfc | Kind::ItCodiceFiscale) => Some(Letters::Name),
        Cue::Id(kind) | Cue::Near(kind) if rules.has_letters(kind) => Some(Letters::Some),
        Cue::AnyId => Some(Letters::Some),
        Cue::Id(_) | Cue::Card | Cue::SecurityCode | Cue::Expiry | Cue::Other { named: true } => Some(Letters::None),
        _ => None,
    }
}

/// Does a word that may be letters of a code stand beside a run, or a country's at the end?
fn may_hold(text: &Text<'_>, letters: Letters) -> bool {
    let source = text.source;
    let is_country =
        |word: &str| letters == Letters::Country && (word.len() > 2 || iban::form_of(word).is_some() || is_name(word));
    let may_be = |start: usize, end: usize| {
        let word = &source[start..end];
        let item = text.items.binary_search_by_key(&start, |item| item.start).ok().map(|at| &text.items[at]);
        match item {
            _ if word.is_empty() => false,
            Some(item) if item.is_unknown() => is_country(word) || !is_said(word),
            Some(item) => item.is_caps() || item.traits.has(Traits::NAME_OF) || is_country(word),
            _ => is_country(word),
        }
    };
    let before = |at: usize| {
        let end = source[..at].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        (source[..end].trim_end_matches(char::is_alphabetic).len(), end)
    };
    let after = |at: usize| {
        let start = source.len() - source[at..].trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        (start, source.len() - source[start..].trim_start_matches(char::is_alphabetic).len())
    };
    let is_beside = |(start, end): (usize, usize)| may_be(start, end);
    let mut runs = text.runs.iter().map(|run| text.bytes(&run.items));
    runs.any(|run| is_beside(before(run.start)) || is_beside(after(run.end)))
        || letters == Letters::Country && {
            let (start, end) = before(source.len());
            iban::form_of(&source[start..end]).is_some() || is_name(&source[start..end])
        }
}

/// Takes words among the items for letters of a code, where they may be.
fn recast_all(source: &str, all: &mut [Item], letters: Letters, lexicon: &Lexicon) {
    let length = all.len();
    if letters == Letters::Country {
        (0..length).for_each(|at| country(source, all, at, lexicon));
    }
    (0..length).for_each(|at| capitals(source, all, at, lexicon));
    // From the end, so that a group is known by the one after it; then, if that changed anything, by the one before it.
    let mut recast = |at: usize| recast_one(source, all, at, letters, lexicon);
    if (0..length).rev().filter(|at| recast(*at)).count() > 0 {
        (0..length).for_each(|at| _ = recast(at));
    }
}

/// Takes one word for letters, if it may be; `false`: it stays what it was.
fn recast_one(source: &str, all: &mut [Item], at: usize, letters: Letters, lexicon: &Lexicon) -> bool {
    // Few words can be letters at all, and few of them stand beside anything but words.
    let Item { traits, .. } = all[at];
    if !traits.has(Traits::LOWER) || !(all[at].is_unknown() || traits.has(Traits::NAME_OF)) {
        return false;
    }
    // What `Beside` names may begin a run.
    let begins = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(|item| item.traits.has(Traits::BEGINS_RUN));
    if !traits.has(Traits::NAME_OF) && !begins(at.checked_sub(1)) && !begins(Some(at + 1)) {
        return false;
    }
    let last = at.checked_sub(1).and_then(|last| Beside::of(source, &all[last])).filter(|_| joined(source, all, at));
    let next = all.get(at + 1).and_then(|next| Beside::of(source, next)).filter(|_| joined(source, all, at + 1));
    if !traits.has(Traits::NAME_OF) && last.is_none() && next.is_none() {
        return false;
    }
    let was = all[at];
    recast(source, all, at, [last, next], letters, lexicon);
    all[at] != was
}

/// What stands beside a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// Digits, a code, or a group of letters of one.
    Code,
    /// A number word.
    Number,
    /// A letter by its name.
    Name,
    /// A letter by itself.
    Letter,
    /// One that may be a word.
    Vowel,
}

impl Beside {
    /// `None`: a word, or what was removed.
    fn of(source: &str, item: &Item) -> Option<Self> {
        match item.class() {
            Class::Digits | Class::Code => Some(Self::Code),
            Class::Word { .. } if item.is_caps() && item.is_unknown() => Some(Self::Code),
            Class::Word { traits, .. } if source[item.start..item.end].chars().nth(1).is_none() => {
                // `it's`, `d'accord`, and words of one letter; those with an accent are vowels all.
                let first = source.as_bytes()[item.start];
                let is_word = !first.is_ascii() || b"aeiouy".contains(&first.to_ascii_lowercase());
                let is_clipped = || source[..item.start].ends_with(APOSTROPHES) || source[item.end..].starts_with(APOSTROPHES);
                match () {
                    () if !traits.has(Traits::LETTER) || is_clipped() => None,
                    () if is_word => Some(Self::Vowel),
                    () => Some(Self::Letter),
                }
            }
            Class::Word { traits, .. } if traits.has(Traits::NAME_OF) || traits.has(Traits::LETTER) => Some(Self::Name),
            Class::Word { traits, .. } if traits.has(Traits::COUNTS) => Some(Self::Number),
            Class::Word { .. } | Class::Removed(_) => None,
        }
    }
}

const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];

/// Is the item next to the one before it, with a sign between that may stand within a number and ends no sentence?
fn joined(source: &str, items: &[Item], at: usize) -> bool {
    let (last, item) = (items[at - 1], items[at]);
    let ends = |gap: &str| matches!(gap.trim_end(), "." | "?" | "!" | ";") && gap.len() > 1;
    source.get(last.end..item.start).is_some_and(|gap| !ends(gap) && glue(gap).is_some())
}

/// Makes a word that is not known a part of the code that it stands beside, if it does.
fn recast(source: &str, items: &mut [Item], at: usize, beside: [Option<Beside>; 2], letters: Letters, lexicon: &Lexicon) {
    let Item { start, end, traits, id, .. } = items[at];
    let word = &source[start..end];
    let has = |wanted: &[Beside]| beside.iter().flatten().any(|beside| wanted.contains(beside));
    // A name by itself amid digits: `eighty-four, Mary, eight`; or what a turn ends with.
    if traits.has(Traits::NAME_OF) && !traits.has(Traits::FILLER) {
        if at + 1 == items.len() || has(&[Beside::Number, Beside::Name, Beside::Letter, Beside::Vowel]) {
            let letter = lexicon.get(id).name_of.and_then(|letter| spelling(letter, lexicon));
            set(items, at, false, letter);
        }
        return;
    }
    let is_within = letters == Letters::Country && beside.iter().all(Option::is_some);
    if id != WordId::default() || !(is_within && has(&[Beside::Code])) && is_said(word) {
        return;
    }
    let row = |at: &usize| items[*at].is_caps() && items[*at].is_unknown();
    let groups = (at + 1..items.len()).take(GROUPS_MAX).take_while(row).count();
    let is_group = word.len() <= GROUP_MAX && word.bytes().all(|c| c.is_ascii_lowercase()) && groups < GROUPS_MAX;
    let is_name = letters == Letters::Name && word.len() == NAME;
    let is_spelt = !word.bytes().any(|c| b"aeiou".contains(&c)) && word.len() <= NAME;
    match () {
        () if is_group && has(&[Beside::Code]) => set(items, at, true, None),
        // The four letters of a name, with which some of Mexico's begin: `loua nought three`; or none that could be said.
        () if is_group && has(&[Beside::Number]) && (is_name || is_spelt || is_within && word.len() <= NAME) => {
            set(items, at, true, None);
        }
        () if is_group && has(&[Beside::Letter]) && is_spelt => set(items, at, true, None),
        () if has(&[Beside::Name]) => set(items, at, false, initial(word).and_then(|letter| spelling(letter, lexicon))),
        () => {}
    }
}

/// Capitals that are a common word too, next to others that are not: `CRN VNR 54D62`.
fn capitals(source: &str, items: &mut [Item], at: usize, lexicon: &Lexicon) {
    if !items[at].is_caps() {
        return;
    }
    let id = items[at].id;
    let is_group = |at: usize| match items[at].class() {
        Class::Word { .. } => items[at].is_caps() && items[at].is_unknown(),
        // `MAR-J55`
        Class::Code => source[..items[at].start].ends_with('-') && source.as_bytes()[items[at].start].is_ascii_alphabetic(),
        _ => false,
    };
    let is_next = at + 1 < items.len() && joined(source, items, at + 1) && is_group(at + 1);
    let is_last = at > 0 && joined(source, items, at) && is_group(at - 1);
    let is_common = || match lexicon.opening(id).alone {
        Some(Phrase::Says(cue)) => matches!(cue, Cue::Near(_) | Cue::Measure | Cue::Hint(_) | Cue::Until | Cue::Expiry),
        Some(Phrase::OfLast | Phrase::OfNext) => false,
        None => true,
    };
    if id != WordId::default() && (is_next || is_last) && items[at].end - items[at].start > 1 && is_common() {
        items[at] = Item::word(items[at].start, items[at].end, Known::default(), true);
    }
}

/// A country's letters before its check digits: `it 60`, `de e`, `huelva ramón ocho`.
fn country(source: &str, items: &mut [Item], at: usize, lexicon: &Lexicon) {
    let begins = |at: usize, items: &[Item]| {
        let counts = match items[at].class() {
            Class::Digits | Class::Code => source.as_bytes()[items[at].start].is_ascii_digit(),
            Class::Word { traits, .. } => traits.has(Traits::COUNTS),
            Class::Removed(_) => false,
        };
        counts && joined(source, items, at)
    };
    let Item { start, end, traits, .. } = items[at];
    if traits.has(Traits::WRITTEN) {
        return;
    }
    if at + 1 < items.len() && !begins(at + 1, items) {
        return;
    }
    let word = &source[start..end];
    if iban::form_of(word).is_some() {
        return set(items, at, true, None);
    }
    let Some(last) = at.checked_sub(1).filter(|_| joined(source, items, at)) else { return };
    let first = &source[items[last].start..items[last].end];
    if !(is_name(word) && is_name(first)) {
        return;
    }
    let letters = initial(first).zip(initial(word)).filter(|(a, b)| iban::form([*a, *b]).is_some());
    if let Some((a, b)) = letters {
        set(items, last, false, spelling(a, lexicon));
        set(items, at, false, spelling(b, lexicon));
    }
}

/// Letters by their names in German, Spanish, French and Portuguese that are also words.
const NAMES: [&str; 35] = [
    "a", "be", "ce", "de", "e", "ef", "ge", "ha", "i", "jot", "ka", "el", "em", "en", "o", "pe", "ku", "er", "es", "te", "u",
    "vau", "we", "ix", "cu", "qu", "ese", "erre", "ene", "eme", "ele", "efe", "jota", "hache", "ache",
];

/// Is it a letter's name that is a word too?
fn is_name(word: &str) -> bool {
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(word))
}

/// The letter that a word spells: its first, or for a letter's name that letter.
fn initial(word: &str) -> Option<u8> {
    const SPELT: [(&str, u8); 16] = [
        ("ef", b'F'),
        ("efe", b'F'),
        ("effe", b'F'),
        ("el", b'L'),
        ("ele", b'L'),
        ("em", b'M'),
        ("eme", b'M'),
        ("en", b'N'),
        ("ene", b'N'),
        ("er", b'R'),
        ("erre", b'R'),
        ("es", b'S'),
        ("ese", b'S'),
        ("ix", b'X'),
        ("hache", b'H'),
        ("ache", b'H'),
    ];
    let spelt = SPELT.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, letter)| *letter);
    let letter = spelt.or_else(|| crate::lexicon::fold_letter(word.chars().next()?))?;
    Some(letter.to_ascii_uppercase()).filter(u8::is_ascii_uppercase)
}

fn spelling(letter: u8, lexicon: &Lexicon) -> Option<Known> {
    ALPHABET.get(usize::from(letter - b'A')).map(|word| lexicon.find(word))
}

fn set(items: &mut [Item], at: usize, caps: bool, spelt: Option<Known>) {
    let Item { start, end, traits, id, .. } = items[at];
    if !traits.has(Traits::WRITTEN) {
        items[at] = Item::word(start, end, spelt.unwrap_or((id, traits.uncased())), caps);
    }
}
