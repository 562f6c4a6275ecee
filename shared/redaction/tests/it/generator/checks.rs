//! Check digits, from their standards and not from the crate: what a generator and a checker both get wrong, no test finds.

pub(super) fn values(text: &str) -> Vec<u32> {
    text.chars().map(|c| c.to_digit(36).expect("letters and digits")).collect()
}

pub(super) fn sum(text: &str, weights: &[u32]) -> u32 {
    values(text).iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

pub(super) fn sign(value: u32) -> char {
    char::from_digit(value, 36).expect("a digit or letter").to_ascii_uppercase()
}

/// ISO/IEC 7812-1 annex B: from the right, every other digit twice.
pub(super) fn luhn(payload: &str) -> char {
    let total: u32 = values(payload)
        .iter()
        .rev()
        .enumerate()
        .map(|(at, value)| if at % 2 == 0 { value * 2 / 10 + value * 2 % 10 } else { *value })
        .sum();
    sign((10 - total % 10) % 10)
}

pub(super) fn with_luhn(payload: String) -> String {
    let digit = luhn(&payload);
    payload + &digit.to_string()
}

/// ISO 7064 mod 97-10: the two check digits of country and account (ISO 13616).
pub(super) fn iban(country: &str, account: &str) -> String {
    let rest = values(&format!("{account}{country}00")).iter().fold(0, |rest, value| {
        let width = if *value > 9 { 100 } else { 10 };
        (rest * width + value) % 97
    });
    format!("{:02}", 98 - rest)
}

/// ISO 7064 mod 11,10.
pub(super) fn mod_11_10(payload: &str) -> char {
    let mut carry = 10;
    for value in values(payload) {
        let step = (value + carry) % 10;
        carry = if step == 0 { 20 % 11 } else { step * 2 % 11 };
    }
    sign((11 - carry) % 10)
}

/// Verhoeff 1969, with the dihedral group written out as reflections and turns.
pub(super) fn verhoeff(payload: &str) -> char {
    let turn = |value: u32| -> u32 { [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value as usize] };
    let product = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let mut total = 0;
    for (at, value) in values(payload).iter().rev().enumerate() {
        total = product(total, (0..=at % 8).fold(*value, |value, _| turn(value)));
    }
    let inverse = (0..10).find(|digit| product(total, *digit) == 0).expect("every element has an inverse");
    sign(inverse)
}
