//! Germany, Austria and Switzerland.

use super::Needs::{AnyName, Nothing, OwnName};
use super::checks::{any, icao, is_date, is_dmy, last, mod_11_10, number, value, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::ChAhv,
        "9999999999999",
        ch_ahv,
        Nothing,
        "ahv, ahv number, ahv nummer, ahv nr, ahvnummer, a h v, avs, numero avs, no avs, numero d avs, avs number, \
         a v s, numero avs ai, numero di avs, swiss social security number, swiss social security, \
         swiss insurance number, oasi number",
    ),
    rule(
        Kind::DeSteuerId,
        "99999999999",
        de_steuer_id,
        AnyName,
        "steuer id, steuer id nummer, steuerid, steuer identifikationsnummer, steueridentifikationsnummer, \
         steuerliche identifikationsnummer, steuer identnummer, identifikationsnummer, idnr, german tax id, \
         german tax number, german tax identification number",
    ),
    rule(
        Kind::DeSteuernummer,
        "99999999999",
        any,
        OwnName,
        "steuernummer, steuer nummer, steuer nr, finanzamt nummer, umsatzsteuernummer, german steuernummer",
    ),
    rule(Kind::DeSteuernummer, "9999999999", any, OwnName, ""),
    rule(Kind::DeSteuernummer, "9999999999999", any, OwnName, ""),
    rule(Kind::DeSteuernummer, "999999999", any, OwnName, ""),
    rule(
        Kind::DeRentenversicherung,
        "99999999A999",
        de_rentenversicherung,
        Nothing,
        "rentenversicherungsnummer, rentenversicherung, rv nummer, rvnr, rvnummer, sozialversicherungsnummer, \
         sozialversicherungs nummer, sozialversicherungsausweis, german social security number, \
         german social insurance number, german pension number, german insurance number",
    ),
    rule(
        Kind::DeKrankenversicherung,
        "A999999999",
        de_krankenversicherung,
        AnyName,
        "krankenversichertennummer, krankenversicherungsnummer, krankenkassennummer, kvnr, kv nummer, \
         versichertennummer, gesundheitskarte, german health insurance number",
    ),
    rule(
        Kind::DePersonalausweis,
        "AXXXXXXXX9",
        icao,
        AnyName,
        "personalausweis, personalausweisnummer, personalausweis nummer, ausweisnummer, ausweis nummer, ausweis, \
         perso, personalausweises, german id card, german id card number, german id, german identity card",
    ),
    rule(Kind::DePersonalausweis, "AXXXXXXXX", has_digits, OwnName, ""),
    rule(Kind::DePersonalausweis, "9999999999", icao, OwnName, ""),
    rule(
        Kind::AtSvnr,
        "9999999999",
        at_svnr,
        AnyName,
        "svnr, sv nummer, sv nr, svnummer, e card nummer, e card number, ecard nummer, \
         austrian social insurance number, austrian insurance number, austrian social security number",
    ),
];

/// Zentrale Ausgleichsstelle: 756, then the check digit of EAN-13.
fn ch_ahv(code: &[u8]) -> bool {
    let sum = weighted(code, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    code.starts_with(b"756") && sum.is_multiple_of(10)
}

/// Bundeszentralamt für Steuern: no leading zero, and of the first ten digits one stands twice or three times, no other.
fn de_steuer_id(code: &[u8]) -> bool {
    let mut counts = [0_u8; 10];
    for c in &code[..10] {
        counts[value(*c) as usize % 10] += 1;
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let several = counts.iter().filter(|count| **count > 1).count();
    code[0] != b'0' && matches!(most, 2 | 3) && several == 1 && mod_11_10(code)
}

/// Deutsche Rentenversicherung (VKVV § 2): a birth date, the letter as two digits, sums of digits of the products mod 10.
fn de_rentenversicherung(code: &[u8]) -> bool {
    const WEIGHTS: [u32; 12] = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let letter = value(code[8]) - 9;
    let digits =
        code[..8].iter().map(|c| value(*c)).chain([letter / 10, letter % 10]).chain(code[9..11].iter().map(|c| value(*c)));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).map(|product| product / 10 + product % 10).sum();
    is_dmy(&code[2..]) && sum % 10 == last(code)
}

/// GKV-Spitzenverband: the letter as two digits, Luhn counted from the left.
fn de_krankenversicherung(code: &[u8]) -> bool {
    let letter = value(code[0]) - 9;
    let digits = [letter / 10, letter % 10].into_iter().chain(code[1..9].iter().map(|c| value(*c)));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 })
        .map(|product| product / 10 + product % 10)
        .sum();
    sum % 10 == last(code)
}

/// A serial number of letters and digits; a word has none.
fn has_digits(code: &[u8]) -> bool {
    code.iter().filter(|c| c.is_ascii_digit()).count() >= 3 && !code[1..].iter().any(|c| b"AEIOU".contains(c))
}

/// Dachverband: mod 11, the check digit in fourth place, a birth date at the end, its month above 12 when serials run out.
fn at_svnr(code: &[u8]) -> bool {
    let sum = weighted(code, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    let month = number(&code[6..8]);
    let is_dated = is_date(if month > 12 { 12 } else { month }, number(&code[4..6])) && month <= 15;
    code[0] != b'0' && is_dated && sum % 11 == value(code[3])
}
