//! Check digits and other rules of national numbers. Each takes capitals and digits that fit the rule's pattern.

use crate::card;

fn value(c: u8) -> u32 {
    match c {
        b'0'..=b'9' => u32::from(c - b'0'),
        _ => u32::from(c.saturating_sub(b'A')) + 10,
    }
}

fn number(code: &[u8]) -> u64 {
    code.iter().fold(0, |sum, c| sum.wrapping_mul(10).wrapping_add(u64::from(value(*c))))
}

fn weighted(code: &[u8], weights: &[u32]) -> u32 {
    code.iter().zip(weights).map(|(c, weight)| value(*c) * weight).sum()
}

fn at(code: &[u8], index: usize) -> u8 {
    code.get(index).copied().unwrap_or_default()
}

fn last(code: &[u8]) -> u32 {
    code.last().map_or(0, |c| value(*c))
}

fn is_repeated(code: &[u8]) -> bool {
    code.windows(2).all(|pair| pair[0] == pair[1])
}

/// Month and day at these places, with what some countries add to the month taken off.
fn is_date(month: u64, day: u64) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

pub(super) fn any(_: &[u8]) -> bool {
    true
}

/// Luhn over all digits (Canada's SIN).
pub(super) fn luhn(code: &[u8]) -> bool {
    let mut digits = [0; 19];
    let Some(digits) = digits.get_mut(..code.len()) else { return false };
    for (digit, c) in digits.iter_mut().zip(code) {
        *digit = c.wrapping_sub(b'0') % 10;
    }
    card::luhn(digits)
}

/// Luhn, and a birth date in front: `yymmdd` (South Africa, Sweden with the century left out; days from 61 are coordination numbers).
pub(super) fn dated_luhn(code: &[u8]) -> bool {
    let day = number(&code[4..6]);
    is_date(number(&code[2..4]), if day > 60 { day - 60 } else { day }) && luhn(code)
}

/// Sweden, with the century: the check is over the last ten.
pub(super) fn se_long(code: &[u8]) -> bool {
    matches!(number(&code[..2]), 18..=20) && dated_luhn(&code[2..])
}

/// SSA: no area 000, 666 or 900 and above, no group 00, no serial 0000.
pub(super) fn us_ssn(code: &[u8]) -> bool {
    !matches!(number(&code[..3]), 0 | 666 | 900..) && number(&code[3..5]) != 0 && number(&code[5..]) != 0
}

/// IRS: area 9xx, groups 50 to 65, 70 to 88, 90 to 92 and 94 to 99.
pub(super) fn us_itin(code: &[u8]) -> bool {
    code.starts_with(b"9") && matches!(number(&code[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// Receita Federal: two check digits mod 11.
pub(super) fn br_cpf(code: &[u8]) -> bool {
    let check = |length: usize| {
        let sum: u32 = code[..length].iter().zip((2..=11).rev().skip(10 - length)).map(|(c, weight)| value(*c) * weight).sum();
        sum * 10 % 11 % 10 == value(code[length])
    };
    !is_repeated(code) && check(9) && check(10)
}

/// Receita Federal: two check digits mod 11.
pub(super) fn br_cnpj(code: &[u8]) -> bool {
    const WEIGHTS: [u32; 13] = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |length: usize| weighted(&code[..length], &WEIGHTS[13 - length..]) % 11;
    let digit = |rest: u32| if rest < 2 { 0 } else { 11 - rest };
    !is_repeated(code) && digit(check(12)) == value(code[12]) && digit(check(13)) == value(code[13])
}

/// Zentrale Ausgleichsstelle: 756, then the check digit of EAN-13.
pub(super) fn ch_ahv(code: &[u8]) -> bool {
    let sum = weighted(code, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    code.starts_with(b"756") && sum.is_multiple_of(10)
}

/// ISO 7064 mod 11,10 (Germany's `IdNr`, Croatia's OIB).
pub(super) fn mod_11_10(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let product = body.iter().fold(10, |product, c| {
        let sum = (value(*c) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == value(check[0])
}

/// Bundeszentralamt für Steuern: never a leading zero.
pub(super) fn de_steuer_id(code: &[u8]) -> bool {
    at(code, 0) != b'0' && mod_11_10(code)
}

const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn dni_letter(number: u64) -> u8 {
    usize::try_from(number % 23).ok().and_then(|at| DNI_LETTERS.get(at)).copied().unwrap_or_default()
}

/// Ministerio del Interior: letter from the number mod 23.
pub(super) fn es_dni(code: &[u8]) -> bool {
    dni_letter(number(&code[..8])) == code[8]
}

/// As the DNI, with X, Y, Z counting as 0, 1, 2.
pub(super) fn es_nie(code: &[u8]) -> bool {
    let Some(lead) = b"XYZ".iter().position(|c| *c == code[0]) else { return false };
    dni_letter(number(&code[1..8]) + lead as u64 * 10_000_000) == code[8]
}

/// INSEE: key is 97 minus the number mod 97; Corsica's 2A and 2B count as 19 and 18.
pub(super) fn fr_nir(code: &[u8]) -> bool {
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

/// UIDAI: Verhoeff's digit; never begins with 0 or 1.
pub(super) fn in_aadhaar(code: &[u8]) -> bool {
    const PERMUTATION: [[usize; 10]; 8] = [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
        [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
        [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
        [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
        [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
        [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
        [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
    ];
    // The product in the dihedral group of the pentagon.
    let product = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let sum = code.iter().rev().enumerate().fold(0, |sum, (at, c)| product(sum, PERMUTATION[at % 8][value(*c) as usize % 10]));
    sum == 0 && !matches!(code[0], b'0' | b'1')
}

/// Agenzia delle Entrate: odd places by table, even ones by value, mod 26.
pub(super) fn it_codice_fiscale(code: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let plain = |c: u8| if c.is_ascii_digit() { value(c) } else { value(c) - 10 };
    let sum: u32 =
        code[..15].iter().enumerate().map(|(at, c)| if at % 2 == 0 { ODD[plain(*c) as usize % 26] } else { plain(*c) }).sum();
    sum % 26 == plain(code[15])
}

/// RENAPO: a birth date, a sex, and a digit over an alphabet that has Ñ after N.
pub(super) fn mx_curp(code: &[u8]) -> bool {
    let plain = |c: u8| value(c) + u32::from(c > b'N');
    let sum: u32 = code[..17].iter().zip((2..=18).rev()).map(|(c, weight)| plain(*c) * weight).sum();
    let is_dated = is_date(number(&code[6..8]), number(&code[8..10]));
    is_dated && matches!(code[10], b'H' | b'M' | b'X') && (10 - sum % 10) % 10 == last(code)
}

/// The "eleven test", its last digit counting negatively.
pub(super) fn nl_bsn(code: &[u8]) -> bool {
    let sum = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * last(code);
    sum.is_multiple_of(11) && !is_repeated(code)
}

/// The ministry of the interior (`MSWiA`): a birth date with the century in the month, weights 1, 3, 7, 9.
pub(super) fn pl_pesel(code: &[u8]) -> bool {
    let is_dated = is_date(number(&code[2..4]) % 20, number(&code[4..6]));
    is_dated && weighted(code, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
}

/// Autoridade Tributária: mod 11.
pub(super) fn pt_nif(code: &[u8]) -> bool {
    let rest = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == last(code) && code[0] != b'0'
}

/// ICA: letter from a weighted sum, shifted for T and G, and for M.
pub(super) fn sg_nric(code: &[u8]) -> bool {
    let sum = weighted(&code[1..8], &[2, 7, 6, 5, 4, 3, 2]) as usize;
    match code[0] {
        b'S' => b"JZIHGFEDCBA"[sum % 11] == code[8],
        b'T' => b"JZIHGFEDCBA"[(sum + 4) % 11] == code[8],
        b'F' => b"XWUTRQPNMLK"[sum % 11] == code[8],
        b'G' => b"XWUTRQPNMLK"[(sum + 4) % 11] == code[8],
        b'M' => b"KLJNPQRTUWX"[10 - (sum + 3) % 11] == code[8],
        _ => false,
    }
}

/// NVİ: tenth digit from odd and even places, eleventh from the sum.
pub(super) fn tr_tckn(code: &[u8]) -> bool {
    let odd = weighted(code, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(code, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = value(code[9]);
    code[0] != b'0' && (odd * 7 + 90 - even) % 10 == tenth && (odd + even + tenth) % 10 == last(code)
}

/// NHS Data Dictionary: mod 11.
pub(super) fn uk_nhs(code: &[u8]) -> bool {
    let rest = 11 - weighted(&code[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    rest != 10 && rest % 11 == last(code) && !is_repeated(code)
}

/// HMRC NIM39110: which prefixes are never given out, suffix A to D.
pub(super) fn uk_nino(code: &[u8]) -> bool {
    let (a, b) = (code[0], code[1]);
    !b"DFIQUV".contains(&a)
        && !b"DFIOQUV".contains(&b)
        && ![b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"].contains(&&[a, b])
        && (b'A'..=b'D').contains(&code[8])
}

/// Registre national: 97 minus the number mod 97, with a 2 in front for births from 2000.
pub(super) fn be_national(code: &[u8]) -> bool {
    let (body, key) = (number(&code[..9]), number(&code[9..]));
    is_date(number(&code[2..4]) % 20, number(&code[4..6]))
        && [body, body + 2_000_000_000].iter().any(|body| 97 - body % 97 == key)
}

/// ISO 7064 mod 11-2 over seventeen digits, with a birth date (GB 11643).
pub(super) fn cn_resident(code: &[u8]) -> bool {
    let sum = weighted(&code[..17], &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    is_date(number(&code[10..12]), number(&code[12..14])) && b"10X98765432"[sum as usize] == code[17]
}

/// DVV: the rest mod 31 as a sign, with a birth date.
pub(super) fn fi_hetu(code: &[u8]) -> bool {
    let rest = (number(&code[..6]) * 1000 + number(&code[code.len() - 4..code.len() - 1])) % 31;
    let sign = usize::try_from(rest).ok().and_then(|rest| b"0123456789ABCDEFHJKLMNPRSTUVWXY".get(rest));
    is_date(number(&code[2..4]), number(&code[..2])) && sign == code.last()
}

/// Skatteetaten: two check digits mod 11, with a birth date (D numbers add 40 to the day).
pub(super) fn no_fodselsnummer(code: &[u8]) -> bool {
    let day = number(&code[..2]);
    is_date(number(&code[2..4]) % 40, if day > 40 { day - 40 } else { day })
        && weighted(&code[..10], &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]).is_multiple_of(11)
        && weighted(code, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// CPR-kontoret: a birth date; its old check digit is no longer given out.
pub(super) fn dk_cpr(code: &[u8]) -> bool {
    is_date(number(&code[2..4]), number(&code[..2]))
}

/// Revenue: letter from the number mod 23, the second letter counting nine times.
pub(super) fn ie_pps(code: &[u8]) -> bool {
    let second = code.get(8).map_or(0, |c| if *c == b'W' { 0 } else { value(*c) - 9 });
    let sum = weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]) + second * 9;
    b"WABCDEFGHIJKLMNOPQRSTUV"[sum as usize % 23] == code[7]
}

/// ATO: weights 1, 4, 3, 7, 5, 8, 6, 9, 10 mod 11.
pub(super) fn au_tfn(code: &[u8]) -> bool {
    weighted(code, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && !is_repeated(code)
}

/// Services Australia: ninth digit mod 10, first digit 2 to 6.
pub(super) fn au_medicare(code: &[u8]) -> bool {
    matches!(code[0], b'2'..=b'6') && weighted(&code[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == value(code[8])
}

/// AFIP: mod 11.
pub(super) fn ar_cuit(code: &[u8]) -> bool {
    let check = 11 - weighted(&code[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(number(&code[..2]), 20 | 23 | 24 | 25 | 26 | 27 | 30 | 33 | 34) && check % 11 == last(code)
}

/// Registro Civil: mod 11, ten is K.
pub(super) fn cl_rut(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let sum: u32 = body.iter().rev().zip((2..=7).cycle()).map(|(c, weight)| value(*c) * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        rest => b"0123456789"[rest as usize],
    };
    check[0] == expected
}

/// Ministerul Afacerilor Interne: mod 11 over 279146358279, with a birth date.
pub(super) fn ro_cnp(code: &[u8]) -> bool {
    let rest = weighted(&code[..12], &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    code[0] != b'0' && is_date(number(&code[3..5]), number(&code[5..7])) && (if rest == 10 { 1 } else { rest }) == last(code)
}

/// GRAO: mod 11, with a birth date (months past 40 and past 20 are other centuries).
pub(super) fn bg_egn(code: &[u8]) -> bool {
    let is_dated = is_date(number(&code[2..4]) % 20, number(&code[4..6]));
    is_dated && weighted(code, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(code)
}

/// Ministry of the Interior: divisible by 11, with a birth date (women's months add 50).
pub(super) fn cz_rodne_cislo(code: &[u8]) -> bool {
    is_date(number(&code[2..4]) % 50 % 20, number(&code[4..6])) && number(code).is_multiple_of(11)
}

/// Dachverband: mod 11, the check digit in fourth place, a birth date at the end.
pub(super) fn at_svnr(code: &[u8]) -> bool {
    let sum = weighted(code, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    code[0] != b'0' && is_date(number(&code[6..8]), number(&code[4..6])) && sum % 11 == value(code[3])
}

/// Ministry of the Interior: mod 11, with a birth date (abolished weights still hold for numbers given before 2020).
pub(super) fn kr_rrn(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    is_date(number(&code[2..4]), number(&code[4..6])) && (11 - sum % 11) % 10 == last(code)
}

/// Immigration Department: mod 11, ten is A.
pub(super) fn hk_id(code: &[u8]) -> bool {
    let sum = 36 * 9 + weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]);
    let check = if at(code, 7) == b'A' { 10 } else { value(code[7]) };
    (sum + check).is_multiple_of(11)
}

/// Ministry of the Interior: letter as two digits, weights 1, 9, 8 to 1, mod 10.
pub(super) fn tw_id(code: &[u8]) -> bool {
    const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(lead) = LETTERS.iter().position(|c| *c == code[0]).and_then(|at| u32::try_from(at + 10).ok()) else { return false };
    let sum = lead / 10 + lead % 10 * 9 + weighted(&code[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(code[1], b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

/// Department of Provincial Administration: mod 11.
pub(super) fn th_id(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    code[0] != b'0' && (11 - sum % 11) % 10 == last(code)
}

/// Income Tax Department: the fourth letter says whose it is.
pub(super) fn in_pan(code: &[u8]) -> bool {
    b"ABCFGHLJPT".contains(&code[3])
}
