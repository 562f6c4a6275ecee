//! European numbers.

use super::{at, dated_luhn, is_date, is_repeated, last, mod_11_10, number, value, weighted};

/// Sweden, with the century: the check is over the last ten.
pub(in crate::ids) fn se_long(code: &[u8]) -> bool {
    matches!(number(&code[..2]), 18..=20) && dated_luhn(&code[2..])
}

/// Zentrale Ausgleichsstelle: 756, then the check digit of EAN-13.
pub(in crate::ids) fn ch_ahv(code: &[u8]) -> bool {
    let sum = weighted(code, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    code.starts_with(b"756") && sum.is_multiple_of(10)
}

/// Bundeszentralamt für Steuern: never a leading zero.
pub(in crate::ids) fn de_steuer_id(code: &[u8]) -> bool {
    at(code, 0) != b'0' && mod_11_10(code)
}

const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn dni_letter(number: u64) -> u8 {
    usize::try_from(number % 23).ok().and_then(|at| DNI_LETTERS.get(at)).copied().unwrap_or_default()
}

/// Ministerio del Interior: letter from the number mod 23.
pub(in crate::ids) fn es_dni(code: &[u8]) -> bool {
    dni_letter(number(&code[..8])) == code[8]
}

/// As the DNI, with X, Y, Z counting as 0, 1, 2.
pub(in crate::ids) fn es_nie(code: &[u8]) -> bool {
    let Some(lead) = b"XYZ".iter().position(|c| *c == code[0]) else { return false };
    dni_letter(number(&code[1..8]) + lead as u64 * 10_000_000) == code[8]
}

/// INSEE: key is 97 minus the number mod 97; Corsica's 2A and 2B count as 19 and 18.
pub(in crate::ids) fn fr_nir(code: &[u8]) -> bool {
    let mut body = [0; 13];
    body.copy_from_slice(&code[..13]);
    if body[5] == b'2' && matches!(body[6], b'A' | b'B') {
        body[6] = if body[6] == b'A' { b'9' } else { b'8' };
        body[5] = b'1';
    }
    if !body.iter().all(u8::is_ascii_digit) || !matches!(body[0], b'1'..=b'4' | b'7' | b'8') {
        return false;
    }
    97 - number(&body) % 97 == number(&code[13..])
}

/// Agenzia delle Entrate: odd places by table, even ones by value, mod 26.
pub(in crate::ids) fn it_codice_fiscale(code: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let plain = |c: u8| if c.is_ascii_digit() { value(c) } else { value(c) - 10 };
    let sum: u32 =
        code[..15].iter().enumerate().map(|(at, c)| if at % 2 == 0 { ODD[plain(*c) as usize % 26] } else { plain(*c) }).sum();
    sum % 26 == plain(code[15])
}

/// The "eleven test", its last digit counting negatively.
pub(in crate::ids) fn nl_bsn(code: &[u8]) -> bool {
    let sum = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * last(code);
    sum.is_multiple_of(11) && !is_repeated(code)
}

/// The ministry of the interior (`MSWiA`): a birth date with the century in the month, weights 1, 3, 7, 9.
pub(in crate::ids) fn pl_pesel(code: &[u8]) -> bool {
    let is_dated = is_date(number(&code[2..4]) % 20, number(&code[4..6]));
    is_dated && weighted(code, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// Autoridade Tributária: mod 11.
pub(in crate::ids) fn pt_nif(code: &[u8]) -> bool {
    let rest = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == last(code) && code[0] != b'0'
}

/// NVİ: tenth digit from odd and even places, eleventh from the sum.
pub(in crate::ids) fn tr_tckn(code: &[u8]) -> bool {
    let odd = weighted(code, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(code, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = value(code[9]);
    code[0] != b'0' && (odd * 7 + 90 - even) % 10 == tenth && (odd + even + tenth) % 10 == last(code)
}

/// NHS Data Dictionary: mod 11.
pub(in crate::ids) fn uk_nhs(code: &[u8]) -> bool {
    let rest = 11 - weighted(&code[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    rest != 10 && rest % 11 == last(code) && !is_repeated(code)
}

/// HMRC NIM39110: which prefixes are never given out, suffix A to D.
pub(in crate::ids) fn uk_nino(code: &[u8]) -> bool {
    let (a, b) = (code[0], code[1]);
    !b"DFIQUV".contains(&a)
        && !b"DFIOQUV".contains(&b)
        && ![b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"].contains(&&[a, b])
        && (b'A'..=b'D').contains(&code[8])
}

/// Registre national: 97 minus the number mod 97, with a 2 in front for births from 2000.
pub(in crate::ids) fn be_national(code: &[u8]) -> bool {
    let (body, key) = (number(&code[..9]), number(&code[9..]));
    is_date(number(&code[2..4]) % 20, number(&code[4..6]))
        && [body, body + 2_000_000_000].iter().any(|body| 97 - body % 97 == key)
}

/// DVV: the rest mod 31 as a sign, with a birth date.
pub(in crate::ids) fn fi_hetu(code: &[u8]) -> bool {
    let rest = (number(&code[..6]) * 1000 + number(&code[code.len() - 4..code.len() - 1])) % 31;
    let sign = usize::try_from(rest).ok().and_then(|rest| b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(rest));
    is_date(number(&code[2..4]), number(&code[..2])) && sign == code.last()
}

/// Skatteetaten: two check digits mod 11, with a birth date (D numbers add 40 to the day).
pub(in crate::ids) fn no_fodselsnummer(code: &[u8]) -> bool {
    let day = number(&code[..2]);
    is_date(number(&code[2..4]) % 40, if day > 40 { day - 40 } else { day })
        && weighted(&code[..10], &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(code, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// CPR-kontoret: a birth date; its old check digit is no longer given out.
pub(in crate::ids) fn dk_cpr(code: &[u8]) -> bool {
    is_date(number(&code[2..4]), number(&code[..2]))
}

/// Revenue: letter from the number mod 23, the second letter counting nine times.
pub(in crate::ids) fn ie_pps(code: &[u8]) -> bool {
    let second = code.get(8).map_or(0, |c| if *c == b'W' { 0 } else { value(*c) - 9 });
    let sum = weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]) + second * 9;
    b"WABCDEFGHIJKLMNOPQRSTUV"[sum as usize % 23] == code[7]
}

/// Ministerul Afacerilor Interne: mod 11 over 279146358279, with a birth date.
pub(in crate::ids) fn ro_cnp(code: &[u8]) -> bool {
    let rest = weighted(&code[..12], &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    code[0] != b'0' && is_date(number(&code[3..5]), number(&code[5..7])) && (if rest == 10 { 1 } else { rest }) == last(code)
}

/// GRAO: mod 11, with a birth date (months past 40 and past 20 are other centuries).
pub(in crate::ids) fn bg_egn(code: &[u8]) -> bool {
    let is_dated = is_date(number(&code[2..4]) % 20, number(&code[4..6]));
    is_dated && weighted(code, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(code)
}

/// Ministry of the Interior: divisible by 11, with a birth date (women's months add 50).
pub(in crate::ids) fn cz_rodne_cislo(code: &[u8]) -> bool {
    is_date(number(&code[2..4]) % 50 % 20, number(&code[4..6])) && number(code).is_multiple_of(11)
}

/// Dachverband: mod 11, the check digit in fourth place, a birth date at the end.
pub(in crate::ids) fn at_svnr(code: &[u8]) -> bool {
    let sum = weighted(code, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    code[0] != b'0' && is_date(number(&code[6..8]), number(&code[4..6])) && sum % 11 == value(code[3])
}
