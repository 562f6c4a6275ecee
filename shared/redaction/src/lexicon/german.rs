//! German writes the numbers from 21 to 99 as one word, unit first: `siebenundfünfzig`.

const UNITS: [&str; 9] = ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"];
const TENS: [&str; 8] = ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// `(word, value)` of all compounds, with `ü` folded to `u` and spelt `ue`, `ß` folded to `s` and spelt `ss`.
pub(super) fn compounds() -> impl Iterator<Item = (String, u8)> {
    (2u8..).zip(TENS).flat_map(|(ten, tens)| {
        (1u8..).zip(UNITS).flat_map(move |(unit, word)| {
            let value = ten * 10 + unit;
            let plain = format!("{word}und{tens}");
            let spelt = plain.replace("funf", "fuenf");
            let short = plain.replace("ss", "s");
            [(plain, value), (spelt, value), (short, value)]
        })
    })
}
