//! Check digits and other rules of national numbers. Each takes capitals and digits that fit the rule's pattern.
//!
//! Here is what several share; the rest is by where it is given out.

mod elsewhere;
mod europe;

use crate::card;

pub(super) use elsewhere::*;
pub(super) use europe::*;

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

/// ISO 7064 mod 11,10 (Germany's `IdNr`, Croatia's OIB).
pub(super) fn mod_11_10(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let product = body.iter().fold(10, |product, c| {
        let sum = (value(*c) + product) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == value(check[0])
}
