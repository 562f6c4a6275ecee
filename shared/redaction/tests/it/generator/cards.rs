//! Card numbers of every network, from their published ranges.

use super::checks::with_luhn;
use super::number::{Family, Number};
use super::random::Random;

/// Network, prefixes, lengths. A prefix `a-b` is one of the range.
type Network = (&'static str, &'static [&'static str], &'static [usize]);

const NETWORKS: &[(usize, Network)] = &[
    (22, ("visa", &["4"], &[16])),
    (2, ("visa", &["4"], &[19])),
    (2, ("visa", &["4"], &[13])),
    (14, ("mastercard", &["51-55"], &[16])),
    (10, ("mastercard", &["2221-2720"], &[16])),
    (9, ("amex", &["34-34", "37-37"], &[15])),
    (5, ("discover", &["6011-6011", "644-649", "65-65"], &[16, 16, 16, 19])),
    (4, ("diners", &["300-305", "36-36", "38-39"], &[14])),
    (4, ("jcb", &["3528-3589"], &[16, 16, 16, 17, 19])),
    (4, ("unionpay", &["62-62", "81-81"], &[16, 16, 17, 18, 19])),
    (
        4,
        (
            "maestro",
            &["5018-5018", "5020-5020", "5038-5038", "6304-6304", "6759-6759", "6761-6763"],
            &[12, 13, 15, 16, 16, 18, 19],
        ),
    ),
    (2, ("elo", &["5067-5067", "4576-4576", "6363-6363", "650031-650033", "509000-509009"], &[16])),
    (2, ("hipercard", &["606282-606282", "384100-384100"], &[16])),
    (2, ("mir", &["2200-2204"], &[16, 16, 19])),
    (3, ("rupay", &["6521-6522", "60-60", "508-508", "353-353", "356-356"], &[16])),
    (2, ("troy", &["9792-9792"], &[16])),
    (2, ("verve", &["506099-506198", "650002-650027"], &[16, 16, 19])),
    (1, ("uatp", &["1-1"], &[15])),
    (2, ("dankort", &["5019-5019", "4571-4571"], &[16])),
];

/// A card number with its right check digit.
pub(super) fn card(random: &mut Random) -> Number {
    let (network, prefixes, lengths) = random.weighted(NETWORKS);
    let (low, high) = random.pick(prefixes).split_once('-').unwrap_or(("4", "4"));
    let prefix = if network == "uatp" {
        "1".to_owned()
    } else {
        let end = |text: &str| text.parse::<usize>().expect("a prefix");
        random.between(end(low), end(high)).to_string()
    };
    let length = random.pick(lengths);
    let rest = random.digits(length - 1 - prefix.len());
    let value = with_luhn(prefix + &rest);
    let groups: &[usize] = match value.len() {
        15 if network == "amex" => &[4, 6, 5],
        15 if network == "uatp" => &[4, 5, 6],
        14 => &[4, 6, 4],
        _ => &[4, 4, 4, 4, 4],
    };
    let separator = random.weighted(&[(70, " "), (30, "-")]);
    Number::new(format!("card.{network}"), Family::Card, value.clone(), grouped(&value, groups, separator))
}

/// A card of which one digit was misheard: the check digit is wrong, the issuer's are not.
pub(super) fn misheard(random: &mut Random) -> Number {
    let number = card(random);
    with_a_wrong_digit(number, random)
}

/// The same card, one digit past the issuer's another.
pub(super) fn with_a_wrong_digit(number: Number, random: &mut Random) -> Number {
    let Number { kind, value, usual, .. } = number;
    let at = random.between(6, value.len() - 1);
    let right = value.as_bytes()[at];
    let wrong = loop {
        let digit = random.digit();
        if digit != char::from(right) {
            break digit;
        }
    };
    let mut seen = 0;
    let usual = usual.chars().map(|c| {
        seen += usize::from(c.is_ascii_digit());
        if c.is_ascii_digit() && seen == at + 1 { wrong } else { c }
    });
    let usual: String = usual.collect();
    let value = usual.chars().filter(char::is_ascii_digit).collect();
    Number::new(kind, Family::Card, value, usual)
}

/// `value` cut into groups of these lengths; what is left over is one more.
pub(super) fn grouped(value: &str, groups: &[usize], separator: &str) -> String {
    let mut rest = value;
    let mut parts = Vec::new();
    for length in groups {
        let (part, after) = rest.split_at((*length).min(rest.len()));
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts.retain(|part| !part.is_empty());
    parts.join(separator)
}
