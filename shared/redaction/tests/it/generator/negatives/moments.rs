//! Dates, times, amounts and what else is counted or measured.

use super::super::voice::Voice;

/// Dates and times.
pub(super) fn moment(kind: &str, voice: &mut Voice) -> Option<String> {
    let random = &mut voice.random;
    let value = match kind {
        "date" => {
            let (d, m, y) = (random.between(1, 28), random.between(1, 12), random.between(1950, 2027));
            match random.below(6) {
                0 => format!("{d:02}/{m:02}/{y}"),
                1 => format!("{y}-{m:02}-{d:02}"),
                2 => format!("{d:02}.{m:02}.{y}"),
                3 => format!("{d:02}-{m:02}-{y}"),
                4 => format!("{d} {} {y}", voice.language.months[m - 1]),
                _ => format!("{m}/{d}/{}", y % 100),
            }
        }
        "time" => {
            let (h, m, s) = (random.between(0, 23), random.below(60), random.below(60));
            if random.chance(70) { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") }
        }
        "timestamp" => {
            let seconds = random.between(1_600_000_000, 1_799_999_999);
            match random.below(6) {
                0 => seconds.to_string(),
                1 => format!("{seconds}{}", random.digits(3)),
                2 => format!("{seconds}{}", random.digits(9)),
                3 => format!(
                    "2026-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                    random.between(1, 12),
                    random.between(1, 28),
                    random.below(24),
                    random.below(60),
                    random.below(60)
                ),
                4 => format!(
                    "2026{:02}{:02}{:02}{:02}{:02}",
                    random.between(1, 12),
                    random.between(1, 28),
                    random.below(24),
                    random.below(60),
                    random.below(60)
                ),
                _ => format!(
                    "2026-{:02}-{:02} {:02}:{:02}:{:02}.{}",
                    random.between(1, 12),
                    random.between(1, 28),
                    random.below(24),
                    random.below(60),
                    random.below(60),
                    random.digits(3)
                ),
            }
        }
        _ => return None,
    };
    Some(value)
}

/// Amounts and measures.
pub(super) fn measure(kind: &str, voice: &mut Voice) -> Option<String> {
    let random = &mut voice.random;
    let value = match kind {
        "amount" => {
            let (whole, cents) = (random.between(5, 99_999), random.below(100));
            let grouped = if whole > 999 { format!("{},{:03}", whole / 1000, whole % 1000) } else { whole.to_string() };
            match random.below(6) {
                0 => format!("${grouped}.{cents:02}"),
                1 => format!("{whole},{cents:02} €"),
                2 => format!("€{}.{cents:02}", grouped.replace(',', ".")).replacen('.', if whole > 999 { "," } else { "." }, 1),
                3 => format!("{grouped}.{cents:02} USD"),
                4 => format!("£{whole}"),
                _ => format!("R$ {},{cents:02}", grouped.replace(',', ".")),
            }
        }
        "quantity" => match random.below(3) {
            0 => format!("{},{:03}", random.between(1, 99), random.below(1000)),
            1 => format!("{}.{:03}.{:03}", random.between(1, 9), random.below(1000), random.below(1000)),
            _ => random.between(12, 9999).to_string(),
        },
        "version" => format!("{}.{}.{}", random.between(1, 20), random.below(30), random.below(10_000)),
        "coordinates" => {
            format!("{}.{}, -{}.{}", random.between(10, 60), random.digits(6), random.between(1, 99), random.digits(6))
        }
        "meter" => random.digits(6),
        "ip" => match random.below(3) {
            0 => format!("2001:db8:{}:{}::{}", random.between(1, 9999), random.between(1, 9999), random.between(1, 9999)),
            _ => format!("{}.{}.{}.{}", random.between(1, 254), random.below(256), random.below(256), random.between(1, 254)),
        },
        _ => return None,
    };
    Some(value)
}
