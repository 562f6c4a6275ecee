//! The numbers from 21 to 99 where they are one word: English in a hurry, German and Dutch, unit first (`siebenundfünfzig`, `zevenenvijftig`), and
//! Italian (`cinquantasette`).

const GERMAN: ([&str; 9], [&str; 8]) = (
    ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"],
    ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
);
const DUTCH: ([&str; 9], [&str; 8]) = (
    ["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
    ["twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"],
);
const ITALIAN: ([&str; 9], [&str; 8]) = (
    ["uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
    ["venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"],
);

const ENGLISH: ([&str; 9], [&str; 8]) = (
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
);

/// `(word, value)` of `twentyone` and others, as they are typed.
pub(super) fn english() -> impl Iterator<Item = (String, u8)> {
    all(ENGLISH).map(|(unit, tens, value)| (format!("{tens}{unit}"), value))
}

/// `(word, value)` of all German compounds, with `ü` folded to `u` and spelt `ue`, `ß` folded to `s` and spelt `ss`.
pub(super) fn german() -> impl Iterator<Item = (String, u8)> {
    all(GERMAN).flat_map(|(unit, tens, value)| {
        let plain = format!("{unit}und{tens}");
        let spelt = plain.replace("funf", "fuenf");
        let short = plain.replace("ss", "s");
        [(plain, value), (spelt, value), (short, value)]
    })
}

/// `(word, value)` of all Dutch compounds; the trema of `drieëndertig` is folded away.
pub(super) fn dutch() -> impl Iterator<Item = (String, u8)> {
    all(DUTCH).map(|(unit, tens, value)| (format!("{unit}en{tens}"), value))
}

/// `(word, value)` of all Italian compounds: `ventuno`, `ventotto` and `ventun` lose a vowel.
pub(super) fn italian() -> impl Iterator<Item = (String, u8)> {
    all(ITALIAN).flat_map(|(unit, tens, value)| {
        let stem = &tens[..tens.len() - 1];
        let word = if unit.starts_with(['u', 'o']) { format!("{stem}{unit}") } else { format!("{tens}{unit}") };
        [(word.trim_end_matches("no").to_owned() + if unit == "uno" { "n" } else { "" }, value), (word, value)]
    })
}

fn all((units, tens): ([&'static str; 9], [&'static str; 8])) -> impl Iterator<Item = (&'static str, &'static str, u8)> {
    (2u8..).zip(tens).flat_map(move |(ten, tens)| (1u8..).zip(units).map(move |(unit, word)| (word, tens, ten * 10 + unit)))
}
