//! The numbers of the Americas, Asia and the Pacific.

use super::{at, is_date, is_repeated, last, number, value, weighted};

/// SSA: no area 000, 666 or 900 and above, no group 00, no serial 0000.
pub(in crate::ids) fn us_ssn(code: &[u8]) -> bool {
    !matches!(number(&code[..3]), 0 | 666 | 900..) && number(&code[3..5]) != 0 && number(&code[5..]) != 0
}

/// IRS: area 9xx, groups 50 to 65, 70 to 88, 90 to 92 and 94 to 99.
pub(in crate::ids) fn us_itin(code: &[u8]) -> bool {
    code.starts_with(b"9") && matches!(number(&code[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// Receita Federal: two check digits mod 11.
pub(in crate::ids) fn br_cpf(code: &[u8]) -> bool {
    let check = |length: usize| {
        let sum: u32 = code[..length].iter().zip((2..=11).rev().skip(10 - length)).map(|(c, weight)| value(*c) * weight).sum();
        sum * 10 % 11 % 10 == value(code[length])
    };
    !is_repeated(code) && check(9) && check(10)
}

/// Receita Federal: two check digits mod 11.
pub(in crate::ids) fn br_cnpj(code: &[u8]) -> bool {
    const WEIGHTS: [u32; 13] = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |length: usize| weighted(&code[..length], &WEIGHTS[13 - length..]) % 11;
    let digit = |rest: u32| if rest < 2 { 0 } else { 11 - rest };
    !is_repeated(code) && digit(check(12)) == value(code[12]) && digit(check(13)) == value(code[13])
}

/// UIDAI: Verhoeff's digit; never begins with 0 or 1.
pub(in crate::ids) fn in_aadhaar(code: &[u8]) -> bool {
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

/// RENAPO: a birth date, a sex, and a digit over an alphabet that has Ñ after N.
pub(in crate::ids) fn mx_curp(code: &[u8]) -> bool {
    let plain = |c: u8| value(c) + u32::from(c > b'N');
    let sum: u32 = code[..17].iter().zip((2..=18).rev()).map(|(c, weight)| plain(*c) * weight).sum();
    let is_dated = is_date(number(&code[6..8]), number(&code[8..10]));
    is_dated && matches!(code[10], b'H' | b'M' | b'X') && (10 - sum % 10) % 10 == last(code)
}

/// ICA: letter from a weighted sum, shifted for T and G, and for M.
pub(in crate::ids) fn sg_nric(code: &[u8]) -> bool {
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

/// ISO 7064 mod 11-2 over seventeen digits, with a birth date (GB 11643).
pub(in crate::ids) fn cn_resident(code: &[u8]) -> bool {
    let sum = weighted(&code[..17], &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    is_date(number(&code[10..12]), number(&code[12..14])) && b"10X98765432"[sum as usize] == code[17]
}

/// ATO: weights 1, 4, 3, 7, 5, 8, 6, 9, 10 mod 11.
pub(in crate::ids) fn au_tfn(code: &[u8]) -> bool {
    weighted(code, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && !is_repeated(code)
}

/// Services Australia: ninth digit mod 10, first digit 2 to 6.
pub(in crate::ids) fn au_medicare(code: &[u8]) -> bool {
    matches!(code[0], b'2'..=b'6') && weighted(&code[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == value(code[8])
}

/// AFIP: mod 11.
pub(in crate::ids) fn ar_cuit(code: &[u8]) -> bool {
    let check = 11 - weighted(&code[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(number(&code[..2]), 20 | 23 | 24 | 25 | 26 | 27 | 30 | 33 | 34) && check % 11 == last(code)
}

/// Registro Civil: mod 11, ten is K.
pub(in crate::ids) fn cl_rut(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let sum: u32 = body.iter().rev().zip((2..=7).cycle()).map(|(c, weight)| value(*c) * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        rest => b"0123456789"[rest as usize],
    };
    check[0] == expected
}

/// Ministry of the Interior: mod 11, with a birth date (abolished weights still hold for numbers given before 2020).
pub(in crate::ids) fn kr_rrn(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    is_date(number(&code[2..4]), number(&code[4..6])) && (11 - sum % 11) % 10 == last(code)
}

/// Immigration Department: mod 11, ten is A.
pub(in crate::ids) fn hk_id(code: &[u8]) -> bool {
    let sum = 36 * 9 + weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]);
    let check = if at(code, 7) == b'A' { 10 } else { value(code[7]) };
    (sum + check).is_multiple_of(11)
}

/// Ministry of the Interior: letter as two digits, weights 1, 9, 8 to 1, mod 10.
pub(in crate::ids) fn tw_id(code: &[u8]) -> bool {
    const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(lead) = LETTERS.iter().position(|c| *c == code[0]).and_then(|at| u32::try_from(at + 10).ok()) else { return false };
    let sum = lead / 10 + lead % 10 * 9 + weighted(&code[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(code[1], b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

/// Department of Provincial Administration: mod 11.
pub(in crate::ids) fn th_id(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    code[0] != b'0' && (11 - sum % 11) % 10 == last(code)
}

/// Income Tax Department: the fourth letter says whose it is.
pub(in crate::ids) fn in_pan(code: &[u8]) -> bool {
    b"ABCFGHLJPT".contains(&code[3])
}
