//! IBANs, by SWIFT's registry: `n` a digit, `a` a capital, `c` either.

use super::cards::grouped;
use super::checks;
use super::number::{Family, Number};
use super::random::Random;

const COUNTRIES: &[(usize, (&str, &str))] = &[
    (10, ("DE", "18n")),
    (10, ("GB", "4a14n")),
    (8, ("FR", "10n11c2n")),
    (8, ("ES", "20n")),
    (5, ("IT", "1a10n12c")),
    (5, ("NL", "4a10n")),
    (5, ("PT", "21n")),
    (3, ("BE", "12n")),
    (3, ("AT", "16n")),
    (3, ("CH", "5n12c")),
    (3, ("IE", "4a14n")),
    (3, ("PL", "24n")),
    (2, ("SE", "20n")),
    (2, ("DK", "14n")),
    (2, ("FI", "14n")),
    (2, ("NO", "11n")),
    (2, ("CZ", "20n")),
    (1, ("SK", "20n")),
    (1, ("HU", "24n")),
    (2, ("RO", "4a16c")),
    (1, ("BG", "4a6n8c")),
    (1, ("HR", "17n")),
    (1, ("SI", "15n")),
    (1, ("LT", "16n")),
    (1, ("LV", "4a13c")),
    (1, ("EE", "16n")),
    (1, ("LU", "3n13c")),
    (1, ("GR", "7n16c")),
    (1, ("CY", "8n16c")),
    (1, ("MT", "4a5n18c")),
    (2, ("TR", "6n16c")),
    (1, ("SA", "2n18c")),
    (1, ("AE", "19n")),
    (1, ("IL", "19n")),
    (2, ("BR", "23n1a1c")),
    (1, ("UA", "6n19c")),
    (1, ("IS", "22n")),
    (1, ("MC", "10n11c2n")),
    (1, ("LI", "5n12c")),
];

/// An IBAN with its right check digits.
pub(super) fn iban(random: &mut Random) -> Number {
    let (country, pattern) = random.weighted(COUNTRIES);
    let mut account = String::new();
    let mut count = 0;
    for c in pattern.chars() {
        match c {
            'n' => account.push_str(&random.digits(count)),
            'a' => account.push_str(&random.letters(count)),
            // Most accounts are digits even where letters are allowed.
            'c' => account.extend(
                (0..count).map(|_| if random.chance(85) { random.digit() } else { random.of("ABCDEFGHJKLMNPRSTUVWXYZ") }),
            ),
            _ => count = count * 10 + c.to_digit(10).map_or(0, |digit| digit as usize),
        }
        if c.is_ascii_alphabetic() {
            count = 0;
        }
    }
    let value = format!("{country}{}{account}", checks::iban(country, &account));
    let usual = grouped(&value, &[4; 9], random.weighted(&[(85, " "), (15, "-")]));
    Number::new("iban".to_owned(), Family::Iban, value, usual)
}
