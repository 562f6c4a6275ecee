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

/// Issuer ranges in use, but for [`LONGER`]. Where networks share a range its lengths are named by each.
const NETWORKS: &[Network] = &[
    // Visa; Elo, Dankort and others issue within it, as did Switch with more digits.
    network(4, 4, &[13, 16, 18, 19]),
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
    // enRoute, which had no check digit.
    network(2014, 2014, &[15]),
    network(2149, 2149, &[15]),
    // JCB, and its older fifteen digits; LankaPay issues within it.
    network(3528, 3589, TO_19),
    network(1800, 1800, &[15]),
    network(2131, 2131, &[15]),
    // UnionPay, and China's transport cards.
    network(31, 31, &[19]),
    network(62, 62, TO_19),
    network(81, 82, TO_19),
    // Maestro and the national debit schemes that it took over; Elo and Verve issue within 50, Hipercard within 60 and 63.
    network(50, 50, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(56, 58, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(60, 61, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(63, 63, &[12, 13, 14, 15, 16, 17, 18, 19]),
    network(66, 69, &[12, 13, 14, 15, 16, 17, 18, 19]),
    // Mir, and Borica beside it.
    network(2200, 2205, TO_19),
    // RuPay.
    network(353, 353, &[16]),
    network(356, 356, &[16]),
    // Troy.
    network(9792, 9792, &[16]),
    // Uzcard.
    network(8600, 8600, &[16]),
    // Indonesia's GPN.
    network(1946, 1946, &[16]),
    // 9 and a country's number (ISO 3166-1): Armenia's ArCa, Belarus's Belkart, Kyrgyzstan's Elcart, Myanmar's MPU, Saudi
    // Arabia's mada, Vietnam's Napas, Tajikistan's Korti Milli, Ukraine's Prostir, Uzbekistan's Humo, Turkmenistan's.
    network(9051, 9051, &[16]),
    network(9112, 9112, &[16]),
    network(9417, 9417, &[16]),
    network(9503, 9503, &[16]),
    network(9682, 9682, &[16]),
    network(9704, 9704, &[16, 19]),
    network(9762, 9762, &[16]),
    network(9804, 9804, &[16]),
    network(9860, 9860, &[16]),
    network(9934, 9934, &[16]),
    // UATP.
    network(1, 1, &[15]),
];

/// Those that more than [`PREFIX`] digits tell: Hipercard's older range, Mexico's Carnet.
const LONGER: &[Network] = &[network(384_100, 384_160, &[16, 19]), network(286_900, 286_900, &[16])];

/// The shortest and longest number of any network.
pub(crate) const LENGTHS: std::ops::RangeInclusive<usize> = 12..=19;

/// How many digits say which network a number is of, with few exceptions.
const PREFIX: u32 = 4;
const PREFIXES: usize = 10_usize.pow(PREFIX);

/// The lengths that numbers with this prefix have by [`NETWORKS`], one bit a length.
static LENGTHS_OF: [u32; PREFIXES] = {
    let mut of = [0; PREFIXES];
    let mut at = 0;
    while at < NETWORKS.len() {
        let Network { prefixes: (low, high), lengths } = NETWORKS[at];
        let mut bits = 0;
        let mut length = 0;
        while length < lengths.len() {
            bits |= 1 << lengths[length];
            length += 1;
        }
        let scale = 10_u32.pow(PREFIX - width(low));
        let mut prefix = low * scale;
        while prefix < (high + 1) * scale {
            of[prefix as usize] |= bits;
            prefix += 1;
        }
        at += 1;
    }
    of
};

/// How many digits a prefix has.
const fn width(prefix: u32) -> u32 {
    prefix.ilog10() + 1
}

/// Are these digits a card number: a network's range and length, and the check digit?
pub(crate) fn is_card(digits: &[u8]) -> bool {
    has_network(digits) && luhn(digits)
}

/// Do these digits begin as a network's numbers do, and have their length?
pub(crate) fn has_network(digits: &[u8]) -> bool {
    lengths(digits) & 1_u32.checked_shl(u32::try_from(digits.len()).unwrap_or(u32::MAX)).unwrap_or_default() != 0
}

/// The lengths that a number may have which begins with these digits, one bit a length.
pub(crate) fn lengths(digits: &[u8]) -> u32 {
    let Some(prefix) = digits.first_chunk::<{ PREFIX as usize }>() else { return 0 };
    let prefix = prefix.iter().fold(0, |sum, digit| sum * 10 + usize::from(*digit));
    let longer = LONGER.iter().filter(|network| network.issues(digits)).flat_map(|network| network.lengths);
    longer.fold(LENGTHS_OF.get(prefix).copied().unwrap_or_default(), |bits, length| bits | 1 << length)
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
        let prefix = digits.iter().take(width(low) as usize).fold(0, |sum, digit| sum * 10 + u32::from(*digit));
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
    fn published_test_numbers_are_cards() {
        for number in [
            "4111111111111111",
            "4222222222222",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "30569309025904",
            "36227206271667",
            "3530111333300000",
            "6759649826438453",
            "2200000000000004",
            "6062826786276634",
            "5061460410120223210",
        ] {
            check(number, true);
        }
    }

    /// Each network's ranges and lengths, with whatever check digit they take.
    #[test]
    fn every_networks_ranges_and_lengths_are_cards() {
        for (prefix, lengths) in [
            ("4", &[13, 16, 19][..]),
            ("51", &[16]),
            ("2720", &[16]),
            ("37", &[15]),
            ("644", &[16, 19]),
            ("305", &[14, 16, 19]),
            ("3589", &[16, 19]),
            ("62", &[16, 17, 18, 19]),
            ("5018", &[12, 13, 14, 15, 16, 17, 18, 19]),
            ("6763", &[12, 16, 18, 19]),
            ("5019", &[16]),
            ("506099", &[16, 18, 19]),
            ("650002", &[16, 18, 19]),
            ("507865", &[16, 18, 19]),
            ("506699", &[16]),
            ("509000", &[16]),
            ("636368", &[16]),
            ("606282", &[16, 19]),
            ("637095", &[16]),
            ("384100", &[16, 19]),
            ("2204", &[16, 19]),
            ("508", &[16]),
            ("60", &[16]),
            ("65", &[16]),
            ("81", &[16]),
            ("82", &[16]),
            ("353", &[16]),
            ("356", &[16]),
            ("9792", &[16]),
            ("8600", &[16]),
            ("9860", &[16]),
            ("1", &[15]),
            ("589562", &[16]),
            ("9704", &[16, 19]),
        ] {
            for length in lengths {
                let body: Vec<u8> = prefix.bytes().map(|c| c - b'0').chain(std::iter::repeat(3)).take(length - 1).collect();
                let right = (0..10).filter(|last| is_card(&[&body[..], &[*last]].concat())).count();
                assert_eq!(right, 1, "{prefix} {length}");
            }
        }
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
