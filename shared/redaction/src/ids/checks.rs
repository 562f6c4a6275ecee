//! What the check functions share. Each takes capitals and digits that fit its row's pattern.

use crate::card;

/// A digit's value; letters go on from ten.
pub(super) fn value(c: u8) -> u32 {
    match c {
        b'0'..=b'9' => u32::from(c - b'0'),
        _ => u32::from(c.saturating_sub(b'A')) + 10,
    }
}

pub(super) fn number(code: &[u8]) -> u64 {
    code.iter().fold(0, |sum, c| sum.wrapping_mul(10).wrapping_add(u64::from(value(*c))))
}

pub(super) fn weighted(code: &[u8], weights: &[u32]) -> u32 {
    code.iter().zip(weights).map(|(c, weight)| value(*c) * weight).sum()
}

pub(super) fn last(code: &[u8]) -> u32 {
    code.last().map_or(0, |c| value(*c))
}

pub(super) fn is_repeated(code: &[u8]) -> bool {
    code.windows(2).all(|pair| pair[0] == pair[1])
}

/// A month and a day that it can have in some year, with what some countries add taken off.
pub(super) fn is_date(month: u64, day: u64) -> bool {
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// `yymmdd`, or any other two digits in front.
pub(super) fn is_ymd(code: &[u8]) -> bool {
    is_date(number(&code[2..4]), number(&code[4..6]))
}

/// `ddmmyy`.
pub(super) fn is_dmy(code: &[u8]) -> bool {
    is_date(number(&code[2..4]), number(&code[..2]))
}

/// Whatever fits the pattern; but a row of one digit is a placeholder.
pub(super) fn any(code: &[u8]) -> bool {
    !is_repeated(code)
}

/// Luhn over all digits.
pub(super) fn luhn(code: &[u8]) -> bool {
    let mut digits = [0; 20];
    let Some(digits) = digits.get_mut(..code.len()) else { return false };
    for (digit, c) in digits.iter_mut().zip(code) {
        *digit = c.wrapping_sub(b'0') % 10;
    }
    card::luhn(digits)
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

/// ICAO 9303: weights 7, 3, 1, the last digit being the sum of the others.
pub(super) fn icao(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let sum: u32 = body.iter().zip([7, 3, 1].into_iter().cycle()).map(|(c, weight)| value(*c) * weight).sum();
    sum % 10 == value(check[0])
}

/// Verhoeff's check over all digits (India's Aadhaar, Luxembourg's matricule).
pub(super) fn verhoeff(code: &[u8]) -> bool {
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
    code.iter().rev().enumerate().fold(0, |sum, (at, c)| product(sum, PERMUTATION[at % 8][value(*c) as usize % 10])) == 0
}

/// The check digit of Estonia's and Lithuania's codes and Kazakhstan's: a second row of weights where the first gives ten.
pub(super) fn two_rows(code: &[u8], first: &[u32], second: &[u32]) -> bool {
    let check = match weighted(code, first) % 11 {
        10 => weighted(code, second) % 11 % 10,
        rest => rest,
    };
    check == last(code)
}
