//! A card that is named goes, whatever else is said in other turns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use writeback_redaction::Turn;
use writeback_redaction_fuzz::Said;

/// Of a number, so many digits in a row are too many to be read still.
const READABLE_MAX: usize = 4;

fuzz_target!(|bytes: &[u8]| {
    let Some((seed, rest)) = bytes.split_at_checked(8) else { return };
    let others = String::from_utf8_lossy(rest);
    let mut said = Said::of(&others);
    let number = visa(seed);
    let grouped = [&number[..4], &number[4..8], &number[8..12], &number[12..]].join(" ");
    let text = format!("my card number is {grouped}");
    let at = usize::from(seed[7]) % (said.turns.len() + 1);
    said.turns.insert(at, Turn { speaker: "C", text: &text });
    let scrubbed = &said.redact().turns[at];
    let left: String = scrubbed.chars().filter(char::is_ascii_digit).collect();
    assert!(left.len() <= READABLE_MAX, "{scrubbed}");
});

/// A Visa with the right check digit, from seven bytes.
fn visa(seed: &[u8]) -> String {
    let mut digits = vec![4];
    digits.extend(seed[..7].iter().flat_map(|byte| [byte % 10, byte / 10 % 10]));
    let doubled = |digit: u8| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = digits.iter().enumerate().map(|(at, d)| u32::from(if at % 2 == 0 { doubled(*d) } else { *d })).sum();
    digits.push(u8::try_from((10 - sum % 10) % 10).expect("a digit"));
    digits.into_iter().map(|digit| char::from(b'0' + digit)).collect()
}
