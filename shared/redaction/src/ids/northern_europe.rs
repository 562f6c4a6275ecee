//! The Nordic and Baltic countries.

use super::Needs::{AnyName, Groups, Nothing, OwnNameOrDashes};
use super::checks::{is_date, is_dmy, is_ymd, luhn, number, two_rows, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::FiHetu,
        "999999A999X",
        fi_hetu,
        Nothing,
        "hetu, henkilotunnus, henkilotunnuksen, sosiaaliturvatunnus, finnish personal identity code, \
         finnish personal id, finnish id, finnish id number, finnish social security number, finnish identity code, \
         personal identity code",
    ),
    rule(Kind::FiHetu, "999999999X", fi_hetu, Groups(&[6, 4]), ""),
    rule(
        Kind::SePersonnummer,
        "9999999999",
        se_personnummer,
        Groups(&[6, 4]),
        "personnummer, person nummer, samordningsnummer, swedish personal number, swedish personal identity number, \
         swedish id number, swedish id, swedish social security number, personal identity number",
    ),
    rule(Kind::SePersonnummer, "999999999999", se_long, Groups(&[8, 4]), ""),
    rule(
        Kind::DkCpr,
        "9999999999",
        dk_cpr,
        OwnNameOrDashes(&[6, 4]),
        "~cpr, cpr number, cpr nummer, cpr nr, your cpr, my cpr, the cpr, c p r, danish id number, danish id, \
         danish personal number, danish social security number, danish cpr",
    ),
    rule(Kind::DkCpr, "9999999999", dk_cpr_with_digit, AnyName, ""),
    rule(
        Kind::NoFodselsnummer,
        "99999999999",
        no_fodselsnummer,
        AnyName,
        "fodselsnummer, fodsels nummer, fnr, d nummer, norwegian national id, norwegian national identity number, \
         norwegian id number, norwegian id, norwegian identity number, norwegian birth number, \
         norwegian personal number, national identity number",
    ),
    rule(
        Kind::IsKennitala,
        "9999999999",
        is_kennitala,
        Groups(&[6, 4]),
        "kennitala, kennitalan, icelandic id, icelandic id number",
    ),
    rule(
        Kind::EeIsikukood,
        "99999999999",
        ee_isikukood,
        AnyName,
        "isikukood, estonian personal code, estonian id code, estonian id, estonian personal identification code",
    ),
    rule(
        Kind::LtAsmensKodas,
        "99999999999",
        ee_isikukood,
        AnyName,
        "asmens kodas, lithuanian personal code, lithuanian id, lithuanian personal number",
    ),
    rule(
        Kind::LvPersonasKods,
        "99999999999",
        lv_personas_kods,
        Groups(&[6, 5]),
        "personas kods, latvian personal code, latvian id, latvian personal number",
    ),
];

/// DVV: the rest mod 31 as a sign, with a birth date. The sign of the century was `+`, `-` or `A`; more came in 2023.
fn fi_hetu(code: &[u8]) -> bool {
    let rest = (number(&code[..6]) * 1000 + number(&code[code.len() - 4..code.len() - 1])) % 31;
    let sign = usize::try_from(rest).ok().and_then(|rest| b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(rest));
    let century = code.len() == 10 || b"ABCDEFYXWVU".contains(&code[6]);
    century && is_dmy(code) && sign == code.last()
}

/// Skatteverket: Luhn, with a birth date; coordination numbers add 60 to the day.
fn se_personnummer(code: &[u8]) -> bool {
    let day = number(&code[4..6]);
    is_date(number(&code[2..4]), if day > 60 { day - 60 } else { day }) && luhn(code)
}

/// The same with the century: the check is over the last ten.
fn se_long(code: &[u8]) -> bool {
    matches!(number(&code[..2]), 18..=20) && se_personnummer(&code[2..])
}

/// CPR-kontoret: a birth date; its check digit is no longer given out.
fn dk_cpr(code: &[u8]) -> bool {
    is_dmy(code)
}

/// The check digit that numbers had until 2007, and most still have: mod 11.
fn dk_cpr_with_digit(code: &[u8]) -> bool {
    is_dmy(code) && weighted(code, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Skatteetaten: two check digits mod 11, with a birth date. D-numbers add 40 to the day, hospitals' H-numbers 40 to the
/// month, made-up ones 80 or 65. From 2032 the first check digit may leave a rest of up to three.
fn no_fodselsnummer(code: &[u8]) -> bool {
    let (day, month) = (number(&code[..2]), number(&code[2..4]));
    let month = [80, 65, 40].into_iter().find(|more| month > *more).map_or(month, |more| month - more);
    is_date(month, if day > 40 { day - 40 } else { day })
        && weighted(&code[..10], &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 <= 3
        && weighted(code, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Þjóðskrá: mod 11 in ninth place, the century last; a firm's day has 40 more.
fn is_kennitala(code: &[u8]) -> bool {
    let day = number(&code[..2]);
    is_date(number(&code[2..4]), if day > 40 { day - 40 } else { day })
        && matches!(code[9], b'8' | b'9' | b'0')
        && weighted(code, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// EVS 585 and its Lithuanian twin: century and sex, a birth date, a digit by two rows of weights.
fn ee_isikukood(code: &[u8]) -> bool {
    matches!(code[0], b'1'..=b'8')
        && is_ymd(&code[1..])
        && two_rows(code, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1], &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3])
}

/// PMLP: a birth date, or since 2017 32 and no date; mod 11.
fn lv_personas_kods(code: &[u8]) -> bool {
    let sum = 1 + weighted(&code[..10], &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
    let is_dated = matches!(number(&code[..2]), 32..=39) || is_dmy(code) && code[6] <= b'2';
    is_dated && sum % 11 % 10 == u32::from(code[10] - b'0')
}
