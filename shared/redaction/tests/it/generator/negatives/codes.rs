//! Numbers that companies and makers give out.

use super::super::checks;
use super::super::voice::Voice;

/// Of orders, parcels, cases, customers.
pub(super) fn business(kind: &str, voice: &mut Voice) -> Option<String> {
    let random = &mut voice.random;
    let value = match kind {
        "order" => match random.below(8) {
            0 => random.digits(8),
            1 => format!("#{}", random.digits(5)),
            2 => format!("{}-{}", random.letters(2), random.digits(7)),
            3 => format!("{}-{}-{}", random.digits(3), random.digits(7), random.digits(7)),
            4 | 5 => long(voice),
            6 => random.digits(12),
            _ => random.digits(10),
        },
        "tracking" => match random.below(8) {
            0 => format!("1Z{}{}", random.letters(3), random.digits(13)),
            1 => format!("9400{}", random.digits(18)),
            2 => random.digits(12),
            3 => format!("{}{}{}", random.letters(2), random.digits(9), random.pick(&["GB", "DE", "US", "FR"])),
            4 => format!(
                "9205 {} {} {} {} {}",
                random.digits(4),
                random.digits(4),
                random.digits(4),
                random.digits(4),
                random.digits(2)
            ),
            5 => random.digits(14),
            _ => long(voice),
        },
        "ticket" => match random.below(6) {
            0 => random.digits(6),
            1 => format!("INC{}", random.digits(7)),
            2 => format!("CS-{}", random.digits(8)),
            3 => format!("{}-{}-{}", random.digits(4), random.digits(4), random.digits(4)),
            4 => long(voice),
            _ => random.digits(9),
        },
        "confirmation" => match random.below(4) {
            0 => format!("{}{}", random.letters(2), random.digits(6)),
            1 => random.letters(6),
            2 => random.digits(10),
            _ => format!("{}{}{}", random.letters(1), random.digits(9), random.letters(1)),
        },
        "invoice" => match random.below(3) {
            0 => format!("INV-2026-{}", random.digits(5)),
            1 => random.digits(9),
            _ => format!("RE{}", random.digits(8)),
        },
        "customer" => match random.below(5) {
            0 => random.digits(9),
            1 => format!("K-{}", random.digits(6)),
            2 => format!("{} {} {}", random.digits(3), random.digits(3), random.digits(3)),
            3 => random.digits(11),
            _ => random.digits(10),
        },
        "voucher" => match random.below(3) {
            0 => format!("{}{}", random.pick(&["SAVE", "WELCOME", "SUMMER"]), random.digits(2)),
            1 => format!("{}-{}-{}", random.letters(4), random.digits(4), random.letters(4)),
            _ => format!("{}{}", random.letters(3), random.digits(9)),
        },
        _ => return None,
    };
    Some(value)
}

/// Of devices, books, vehicles, places, requests.
pub(super) fn thing(kind: &str, voice: &mut Voice) -> Option<String> {
    let random = &mut voice.random;
    let value = match kind {
        "uuid" => {
            let hex: String = (0..32).map(|_| random.of("0123456789abcdef0123456789")).collect();
            if random.chance(80) {
                format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..])
            } else {
                hex
            }
        }
        "vin" => format!(
            "{}{}{}",
            random.pick(&["WVW", "1HG", "JTD", "WDB", "VF1"]),
            random.of("ZCBD"),
            (0..13)
                .map(|at| if at < 5 { random.of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") } else { random.digit() })
                .collect::<String>()
        ),
        "isbn" => ean(voice),
        "imei" => checks::with_luhn(format!("35{}", random.digits(12))),
        "record_id" => {
            let length = random.between(9, 13);
            random.digits(length)
        }
        "policy" => match random.below(3) {
            0 => random.digits(12),
            1 => format!("POL-{}", random.digits(8)),
            _ => format!("{}/{}/{}", random.digits(2), random.digits(6), random.digits(3)),
        },
        "transaction" => match random.below(3) {
            0 => format!("TXN{}", random.digits(12)),
            1 => format!("{}{}", random.of("12357"), random.digits(17)),
            _ => random.digits(10),
        },
        "flight" => format!("{}{}", random.pick(&["BA", "LH", "AF ", "UA", "TP ", "IB"]), random.digits(4)),
        "postal" => match random.below(4) {
            0 => random.digits(5),
            1 => format!("{}-{}", random.digits(5), random.digits(4)),
            2 => format!("SW{}A {}AA", random.of("123"), random.of("12")),
            _ => format!("{}-{}", random.digits(5), random.digits(3)),
        },
        "serial" => match random.below(4) {
            0 => format!("SN{}", random.digits(10)),
            1 => long(voice),
            2 => format!("{}-{}-{}-{}", random.digits(4), random.digits(4), random.digits(4), random.digits(4)),
            _ => format!("{}{}{}", random.letters(2), random.digits(2), random.digits(8)),
        },
        _ => return None,
    };
    Some(value)
}

/// Sixteen digits as carriers and shops use them too, sometimes with a card's check digit and its first digit.
fn long(voice: &mut Voice) -> String {
    let random = &mut voice.random;
    let body = format!("{}{}", random.of("4562379"), random.digits(14));
    let number = if random.chance(35) { checks::with_luhn(body) } else { format!("{body}{}", random.digit()) };
    if random.chance(40) { format!("{} {} {} {}", &number[..4], &number[4..8], &number[8..12], &number[12..]) } else { number }
}

fn ean(voice: &mut Voice) -> String {
    let random = &mut voice.random;
    let body = format!("97{}{}", random.of("89"), random.digits(9));
    let total = checks::sum(&body, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    let isbn = format!("{body}{}", (10 - total % 10) % 10);
    if random.chance(50) {
        isbn
    } else {
        format!("{}-{}-{}-{}-{}", &isbn[..3], &isbn[3..4], &isbn[4..7], &isbn[7..12], &isbn[12..])
    }
}
