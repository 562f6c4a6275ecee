//! Europe's east and south-east, Türkiye and Kazakhstan.

use super::Needs::{AnyName, Groups, OwnName};
use super::checks::{is_date, is_dmy, is_ymd, last, luhn, mod_11_10, number, two_rows, value, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::PlPesel,
        "99999999999",
        pl_pesel,
        AnyName,
        "pesel, pesel number, numer pesel, pesel u, polish id number, polish id, polish national id",
    ),
    rule(
        Kind::PlNip,
        "9999999999",
        pl_nip,
        AnyName,
        "~nip, nip number, numer nip, numer identyfikacji podatkowej, polish tax number, polish tax id",
    ),
    rule(
        Kind::PlDowod,
        "AAA999999",
        pl_dowod,
        AnyName,
        "dowod osobisty, numer dowodu, dowod, dowodu osobistego, seria i numer dowodu, polish id card, \
         polish id card number, polish identity card",
    ),
    rule(
        Kind::CzRodneCislo,
        "9999999999",
        cz_rodne_cislo,
        Groups(&[6, 4]),
        "rodne cislo, rodneho cisla, birth number, czech birth number, slovak birth number, czech id, slovak id, \
         czech id number",
    ),
    rule(Kind::CzRodneCislo, "999999999", cz_rodne_cislo_before_1954, OwnName, ""),
    rule(
        Kind::RoCnp,
        "9999999999999",
        ro_cnp,
        AnyName,
        "cnp, romanian cnp, numarul cnp, cnp number, cnp ul, c n p, cod numeric personal, codul numeric personal, romanian id, \
         romanian personal number, romanian id number",
    ),
    rule(
        Kind::BgEgn,
        "9999999999",
        bg_egn,
        AnyName,
        "~egn, egn number, your egn, my egn, the egn, edinen grazhdanski nomer, bulgarian id, bulgarian id number, \
         bulgarian personal number, uniform civil number, bulgarian egn",
    ),
    rule(
        Kind::HrOib,
        "99999999999",
        mod_11_10,
        AnyName,
        "oib, oib number, oib broj, osobni identifikacijski broj, croatian id, croatian personal id, \
         croatian id number, croatian tax number",
    ),
    rule(
        Kind::YuJmbg,
        "9999999999999",
        yu_jmbg,
        AnyName,
        "jmbg, emso, embg, maticni broj, jedinstveni maticni broj, serbian id, slovenian id, bosnian id, \
         macedonian id, montenegrin id",
    ),
    rule(
        Kind::HuTaj,
        "999999999",
        hu_taj,
        OwnName,
        "~taj, taj szam, tajszam, taj number, hungarian social security number, hungarian health number",
    ),
    rule(
        Kind::HuTaxId,
        "9999999999",
        hu_tax_id,
        AnyName,
        "adoazonosito, adoazonosito jel, adoszam, hungarian tax id, hungarian tax number",
    ),
    rule(Kind::GrAmka, "99999999999", gr_amka, AnyName, "amka, amka number, greek social security number, greek amka"),
    rule(Kind::GrAfm, "999999999", gr_afm, AnyName, "afm, afm number, greek tax number, greek tax id, greek afm"),
    rule(
        Kind::TrTckn,
        "99999999999",
        tr_tckn,
        AnyName,
        "tc kimlik, tc kimlik no, tc kimlik number, tc kimlik numarasi, t c kimlik, kimlik, kimlik no, \
         kimlik numarasi, kimlik numaram, tc no, tckn, t c number, tc number, vatandaslik numarasi, turkish id, \
         turkish id number, turkish identity number, turkish national id, tckimlik, turkische identitatsnummer, turkischen identitatsnummer, \
         turkische id, turkische personalnummer, tuerkische identitaetsnummer, numero de identidad turco, numero d identite turc, \
         numero de identidade turco",
    ),
    rule(
        Kind::UaTaxNumber,
        "9999999999",
        ua_tax_number,
        AnyName,
        "rnokpp, ~ipn, ukrainian tax number, ukrainian tax id, ipn number",
    ),
    rule(Kind::RuInn, "999999999999", ru_inn, AnyName, "~inn, inn number, russian tax number, russian tax id, russian inn"),
    rule(Kind::RuSnils, "99999999999", ru_snils, Groups(&[3, 3, 3, 2]), "snils, snils number, russian insurance number"),
    rule(Kind::MdIdnp, "9999999999999", md_idnp, AnyName, "idnp, moldovan id, moldovan personal code"),
    rule(Kind::KzIin, "999999999999", kz_iin, AnyName, "~iin, iin number, kazakh id, kazakhstan id, kazakh iin"),
];

/// The ministry of the interior (`MSWiA`): a birth date with the century in the month, weights 1, 3, 7, 9.
fn pl_pesel(code: &[u8]) -> bool {
    let is_dated = is_date(number(&code[2..4]) % 20, number(&code[4..6]));
    is_dated && weighted(code, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// Ministerstwo Finansów: mod 11.
fn pl_nip(code: &[u8]) -> bool {
    weighted(&code[..9], &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(code) && code[0] != b'0'
}

/// The ministry of the interior: the first digit checks all, mod 10.
fn pl_dowod(code: &[u8]) -> bool {
    weighted(code, &[7, 3, 1, 9, 7, 3, 1, 7, 3]).is_multiple_of(10)
}

/// Ministry of the Interior: the first nine mod 11, with a birth date (women's months add 50, and 20 when serials run out).
fn cz_rodne_cislo(code: &[u8]) -> bool {
    is_czech_date(code) && number(&code[..9]) % 11 % 10 == u64::from(last(code))
}

/// Those given out before 1954 have three digits after the date and no check.
fn cz_rodne_cislo_before_1954(code: &[u8]) -> bool {
    is_czech_date(code) && number(&code[..2]) < 54
}

fn is_czech_date(code: &[u8]) -> bool {
    let month = number(&code[2..4]);
    month <= 82 && is_date(month % 50 % 20, number(&code[4..6]))
}

/// Ministerul Afacerilor Interne: mod 11 over 279146358279, with a birth date.
fn ro_cnp(code: &[u8]) -> bool {
    let rest = weighted(&code[..12], &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    code[0] != b'0' && is_ymd(&code[1..]) && (if rest == 10 { 1 } else { rest }) == last(code)
}

/// GRAO: mod 11, with a birth date (months past 40 and past 20 are other centuries).
fn bg_egn(code: &[u8]) -> bool {
    let month = number(&code[2..4]);
    let is_dated = month <= 52 && is_date(month % 20, number(&code[4..6]));
    is_dated && weighted(code, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(code)
}

/// Yugoslavia's number, still in use by its successors: a birth date with a year of three digits, mod 11.
fn yu_jmbg(code: &[u8]) -> bool {
    let rest = weighted(&code[..12], &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    is_dmy(code) && matches!(code[4], b'8' | b'9' | b'0') && (11 - rest) % 11 % 10 == last(code)
}

/// NEAK: weights 3 and 7 in turn, mod 10.
fn hu_taj(code: &[u8]) -> bool {
    weighted(&code[..8], &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == last(code)
}

/// NAV: begins with 8, mod 11.
fn hu_tax_id(code: &[u8]) -> bool {
    code[0] == b'8' && weighted(&code[..9], &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == last(code)
}

/// IDIKA: a birth date and Luhn's digit.
fn gr_amka(code: &[u8]) -> bool {
    is_dmy(code) && luhn(code)
}

/// AADE: powers of two as weights, mod 11.
fn gr_afm(code: &[u8]) -> bool {
    weighted(&code[..8], &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(code) && number(code) != 0
}

/// NVİ: tenth digit from odd and even places, eleventh from the sum.
fn tr_tckn(code: &[u8]) -> bool {
    let odd = weighted(code, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(code, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = value(code[9]);
    code[0] != b'0' && (odd * 7 + 90 - even) % 10 == tenth && (odd + even + tenth) % 10 == last(code)
}

/// The State Tax Service: mod 11, the first digit counting negatively.
fn ua_tax_number(code: &[u8]) -> bool {
    weighted(&code[..9], &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == last(code)
}

/// FNS, a person's: two check digits mod 11.
fn ru_inn(code: &[u8]) -> bool {
    weighted(&code[..10], &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == value(code[10])
        && weighted(&code[..11], &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == last(code)
}

/// The Social Fund: weights 9 to 1, mod 101.
fn ru_snils(code: &[u8]) -> bool {
    let sum = weighted(&code[..9], &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    u64::from(sum % 101 % 100) == number(&code[9..]) && sum != 0
}

/// ASP: begins with 0 or 2 for a person, weights 7, 3, 1.
fn md_idnp(code: &[u8]) -> bool {
    matches!(code[0], b'0' | b'2') && weighted(&code[..12], &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == last(code)
}

/// A birth date, century and sex, a digit by two rows of weights.
fn kz_iin(code: &[u8]) -> bool {
    is_ymd(code)
        && matches!(code[6], b'0'..=b'6')
        && two_rows(code, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])
}
