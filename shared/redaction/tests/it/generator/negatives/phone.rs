//! Phone numbers.

use super::super::random::Random;
use super::super::voice::Voice;

/// In the usual writing of a country, mostly the speakers' own.
pub(super) fn phone(voice: &mut Voice) -> String {
    let home = voice.language.code;
    let random = &mut voice.random;
    let country =
        if random.chance(70) { home } else { random.pick(&["en", "uk", "es", "de", "fr", "pt", "au", "in", "it", "nl"]) };
    match country {
        "uk" => match random.below(4) {
            0 => format!("07{} {}", random.digits(3), random.digits(6)),
            1 => format!("+44 7{} {}", random.digits(3), random.digits(6)),
            2 => format!("020 7{} {}", random.digits(3), random.digits(4)),
            _ => format!("07{}", random.digits(9)),
        },
        "es" => match random.below(4) {
            0 => format!("6{} {} {} {}", random.digits(2), random.digits(2), random.digits(2), random.digits(2)),
            1 => format!("+34 6{} {} {}", random.digits(2), random.digits(3), random.digits(3)),
            2 => format!("91 {} {} {}", random.digits(3), random.digits(2), random.digits(2)),
            _ => format!("6{}", random.digits(8)),
        },
        "de" => match random.below(4) {
            0 => format!("0151 {}", random.digits(8)),
            1 => format!("+49 171 {}", random.digits(7)),
            2 => format!("030/{}", random.digits(7)),
            _ => format!("0049 89 {}", random.digits(8)),
        },
        "fr" => match random.below(4) {
            0 => format!("06 {} {} {} {}", random.digits(2), random.digits(2), random.digits(2), random.digits(2)),
            1 => format!("+33 6 {} {} {} {}", random.digits(2), random.digits(2), random.digits(2), random.digits(2)),
            2 => format!("01.{}.{}.{}.{}", random.digits(2), random.digits(2), random.digits(2), random.digits(2)),
            _ => format!("07{}", random.digits(8)),
        },
        "pt" => match random.below(4) {
            0 => format!("(11) 9{}-{}", random.digits(4), random.digits(4)),
            1 => format!("+55 21 9{} {}", random.digits(4), random.digits(4)),
            2 => format!("+351 91{} {} {}", random.digits(1), random.digits(3), random.digits(3)),
            _ => format!("119{}", random.digits(8)),
        },
        "au" => format!("04{} {} {}", random.digits(2), random.digits(3), random.digits(3)),
        "in" => format!("+91 9{} {}", random.digits(4), random.digits(5)),
        "it" => format!("+39 34{} {}", random.digits(1), random.digits(7)),
        "nl" => format!("06-{}", random.digits(8)),
        _ => american(random),
    }
}

fn american(random: &mut Random) -> String {
    let (a, b, c) = (
        format!("{}{}", random.of("23456789"), random.digits(2)),
        format!("{}{}", random.of("23456789"), random.digits(2)),
        random.digits(4),
    );
    match random.below(7) {
        0 => format!("({a}) {b}-{c}"),
        1 => format!("{a}-{b}-{c}"),
        2 => format!("{a}.{b}.{c}"),
        3 => format!("+1 {a} {b} {c}"),
        4 => format!("1-{a}-{b}-{c}"),
        5 => format!("+1{a}{b}{c}"),
        _ => format!("{a}{b}{c}"),
    }
}
