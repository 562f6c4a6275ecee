//! Payment card numbers: ISO/IEC 7812-1, the Luhn digit of its annex B, and the networks' published issuer ranges.

/// One range of issuer identification numbers.
struct Network {
    /// Low and high prefix, both included, of equally many digits.
    prefixes: (u32, u32),
    /// Lengths in use.
    lengths: &'static [usize],
}

const fn network(low: u32, high: u32, lengths: &'static [usize]) -> Network {
    Network { prefixes: (low, high), lengths }
}

const TO_19: &[usize] = &[16, 17, 18, 19];

/// Issuer ranges in use. Where networks share a range its lengths are named by each.
const NETWORKS: &[Network] = &[
    // Visa; Elo, Dankort and others issue within it.
    network(4, 4, &[13, 16, 19]),
    // Mastercard.
    network(51, 55, &[16]),
    network(2221, 2720, &[16]),
    // American Express.
    network(34, 34, &[15]),
    network(37, 37, &[15]),
    // Discover; RuPay, Troy, Elo and Verve issue within 65.
    network(6011, 6011, TO_19),
    network(644, 649, TO_19),
    network(65, 65, TO_19),
    // Diners Club International; the long ones are newer.
    network(300, 305, &[14, 16, 17, 18, 19]),
    network(3095, 3095, &[14, 16, 17, 18, 19]),
    network(36, 36, &[14, 15, 16, 17, 18, 19]),
    network(38, 39, &[14, 16, 17, 18, 19]),
    // JCB, and its older fifteen digits.
    network(3528, 3589, TO_19),
    network(1800, 1800, &[15]),
    network(2131, 2131, &[15]),
    // UnionPay.
    network(62, 62, TO_19),
    network(81, 82, TO_19),
    // Maestro and the national debit schemes that it took over; Elo and Verve issue within 50, Hipercard within 60 and 63.
    network(50, 50, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(56, 58, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(60, 61, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(63, 63, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(66, 69, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Hipercard's older range.
    network(384_100, 384_160, &[16, 19]),
    // Mir, and Borica beside it.
    network(2200, 2205, TO_19),
    // RuPay.
    network(353, 353, &[16]),
    network(356, 356, &[16]),
    // Troy.
    network(9792, 9792, &[16]),
    // Uzcard and Humo.
    network(8600, 8600, &[16]),
    network(9860, 9860, &[16]),
    // UATP.
    network(1, 1, &[15]),
];

/// The shortest and longest number of any network.
pub(crate) const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// Are these digits a card number: a network's range and length, and the check digit?
pub(crate) fn is_card(digits: &[u8]) -> bool {
    luhn(digits) && has_network(digits)
}

/// Do these digits begin as a network's numbers do, and have their length?
pub(crate) fn has_network(digits: &[u8]) -> bool {
    NETWORKS.iter().any(|network| network.lengths.contains(&digits.len()) && network.issues(digits))
}

/// How surely a card number without any word about it is one.
pub(crate) fn stands_alone(digits: &[u8]) -> bool {
    match digits.len() {
        // Phones have 12 and 13 digits, timestamps 13, and one in ten has a right check digit.
        0..=12 => false,
        13 => digits.starts_with(&[4]),
        // UATP is read only where a card is spoken of: its one leading digit is also every timestamp's.
        _ => !digits.starts_with(&[1]),
    }
}

impl Network {
    fn issues(&self, digits: &[u8]) -> bool {
        let (low, high) = self.prefixes;
        let width = low.ilog10() as usize + 1;
        let prefix = digits.iter().take(width).fold(0, |sum, digit| sum * 10 + u32::from(*digit));
        (low..=high).contains(&prefix)
    }
}

/// The Luhn check over all digits, the last being the check digit.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (u32::from(*digit), at % 2) {
            (digit, 0) => digit,
            (digit @ 0..=4, _) => digit * 2,
            (digit, _) => digit * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: &str, expected: bool) {
        let digits: Vec<u8> = number.bytes().map(|c| c - b'0').collect();
        assert_eq!(is_card(&digits), expected, "{number}");
    }

    #[test]
    fn published_test_numbers_of_all_networks_are_cards() {
        for number in [
            "4111111111111111",
            "4222222222222",
            "4000000000000000006",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "30569309025904",
            "36227206271667",
            "3530111333300000",
            "6205500000000000004",
            "6759649826438453",
            "2200000000000004",
            "9792000000000001",
            "5066991111111118",
            "135412345678911",
        ] {
            let digits: Vec<u8> = number.bytes().map(|c| c - b'0').collect();
            let fixed = (0..10).any(|last| is_card(&[&digits[..digits.len() - 1], &[last]].concat()));
            assert!(fixed, "{number}");
        }
        check("4111111111111111", true);
        check("378282246310005", true);
        check("5555555555554444", true);
    }

    #[test]
    fn wrong_check_digits_lengths_and_issuers_are_none() {
        check("4111111111111112", false);
        check("41111111111114", false);
        check("7111111111111113", false);
        check("0000000000000000", false);
        check("", false);
    }
}
