//! Values of numbers that stay, each as its kind is written and, where people do, said.

use super::checks;
use super::forms::aloud;
use super::script::Style;
use super::voice::Voice;

/// A value of this kind, in the conversation's style.
pub(super) fn value(kind: &str, voice: &mut Voice) -> String {
    let spoken = match voice.style {
        Style::Typed | Style::Casual => false,
        Style::Itn => voice.chance(5),
        Style::Verbatim => voice.chance(75),
        Style::Raw => voice.chance(65),
    };
    let said = if spoken { said(kind, voice) } else { None };
    said.unwrap_or_else(|| written(kind, voice))
}

/// In words, for the kinds that people say so.
fn said(kind: &str, voice: &mut Voice) -> Option<String> {
    match kind {
        "phone" => {
            let phone = phone(voice);
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            Some(aloud(&digits, voice))
        }
        "order" | "tracking" | "ticket" | "customer" | "invoice" | "policy" | "transaction" | "serial" | "meter" | "postal" | "confirmation" => {
            let written = written(kind, voice);
            let signs: String = written.chars().filter(char::is_ascii_alphanumeric).collect();
            (signs.len() < 23).then(|| aloud(&signs.to_uppercase(), voice))
        }
        "amount" => {
            let (whole, cents) = (voice.random.between(2, 1999), voice.random.between(2, 99));
            let money = voice.pick(voice.language.money);
            let whole = voice.say(whole)?;
            if voice.chance(50) { Some(format!("{whole} {money}")) } else { Some(format!("{whole} {money} {}", voice.say(cents)?)) }
        }
        "date" => {
            let (day, month, year) = (voice.random.between(2, 28), voice.random.below(12), voice.random.between(1, 26));
            let (day, year) = (voice.say(day)?, voice.say(year)?);
            let month = voice.language.months[month];
            Some(match voice.language.code {
                "en" => format!("{month} {day}, {}{year}", voice.language.century),
                "es" | "pt" => format!("{day} de {month} de {}{year}", voice.language.century),
                _ => format!("{day} {month} {}{year}", voice.language.century),
            })
        }
        "time" => {
            let (hour, minute) = (voice.random.between(2, 12), voice.random.between(11, 59));
            let (hour, minute) = (voice.say(hour)?, voice.say(minute)?);
            Some(match voice.language.code {
                "de" => format!("{hour} Uhr {minute}"),
                "fr" => format!("{hour} heures {minute}"),
                _ => format!("{hour} {minute}"),
            })
        }
        "quantity" => {
            let n = voice.random.between(12, 9999);
            voice.say(n)
        }
        _ => None,
    }
}

fn written(kind: &str, voice: &mut Voice) -> String {
    let random = &mut voice.random;
    match kind {
        "phone" => phone(voice),
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
                3 => format!("2026-{:02}-{:02}T{:02}:{:02}:{:02}Z", random.between(1, 12), random.between(1, 28), random.below(24), random.below(60), random.below(60)),
                4 => format!("2026{:02}{:02}{:02}{:02}{:02}", random.between(1, 12), random.between(1, 28), random.below(24), random.below(60), random.below(60)),
                _ => format!("2026-{:02}-{:02} {:02}:{:02}:{:02}.{}", random.between(1, 12), random.between(1, 28), random.below(24), random.below(60), random.below(60), random.digits(3)),
            }
        }
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
            4 => format!("9205 {} {} {} {} {}", random.digits(4), random.digits(4), random.digits(4), random.digits(4), random.digits(2)),
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
        "uuid" => {
            let hex: String = (0..32).map(|_| random.of("0123456789abcdef0123456789")).collect();
            if random.chance(80) { format!("{}-{}-4{}-a{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..]) } else { hex }
        }
        "ip" => match random.below(3) {
            0 => format!("2001:db8:{}:{}::{}", random.between(1, 9999), random.between(1, 9999), random.between(1, 9999)),
            _ => format!("{}.{}.{}.{}", random.between(1, 254), random.below(256), random.below(256), random.between(1, 254)),
        },
        "vin" => format!("{}{}{}", random.pick(&["WVW", "1HG", "JTD", "WDB", "VF1"]), random.of("ZCBD"), (0..13).map(|at| if at < 5 { random.of("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") } else { random.digit() }).collect::<String>()),
        "isbn" => ean(voice),
        "imei" => checks::with_luhn(format!("35{}", random.digits(12))),
        "record_id" => { let length = random.between(9, 13); random.digits(length) },
        "quantity" => match random.below(3) {
            0 => format!("{},{:03}", random.between(1, 99), random.below(1000)),
            1 => format!("{}.{:03}.{:03}", random.between(1, 9), random.below(1000), random.below(1000)),
            _ => random.between(12, 9999).to_string(),
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
        "version" => format!("{}.{}.{}", random.between(1, 20), random.below(30), random.below(10_000)),
        "coordinates" => format!("{}.{}, -{}.{}", random.between(10, 60), random.digits(6), random.between(1, 99), random.digits(6)),
        "meter" => random.digits(6),
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
        _ => unreachable!("a template of unknown kind {kind}"),
    }
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
    if random.chance(50) { isbn } else { format!("{}-{}-{}-{}-{}", &isbn[..3], &isbn[3..4], &isbn[4..7], &isbn[7..12], &isbn[12..]) }
}

fn phone(voice: &mut Voice) -> String {
    let home = voice.language.code;
    let random = &mut voice.random;
    let d = |random: &mut super::random::Random, n: usize| random.digits(n);
    let american = |random: &mut super::random::Random| {
        let (a, b, c) = (format!("{}{}", random.of("23456789"), d(random, 2)), format!("{}{}", random.of("23456789"), d(random, 2)), d(random, 4));
        match random.below(7) {
            0 => format!("({a}) {b}-{c}"),
            1 => format!("{a}-{b}-{c}"),
            2 => format!("{a}.{b}.{c}"),
            3 => format!("+1 {a} {b} {c}"),
            4 => format!("1-{a}-{b}-{c}"),
            5 => format!("+1{a}{b}{c}"),
            _ => format!("{a}{b}{c}"),
        }
    };
    let country = if random.chance(70) { home } else { random.pick(&["en", "uk", "es", "de", "fr", "pt", "au", "in", "it", "nl"]) };
    match country {
        "uk" => match random.below(4) {
            0 => format!("07{} {}", d(random, 3), d(random, 6)),
            1 => format!("+44 7{} {}", d(random, 3), d(random, 6)),
            2 => format!("020 7{} {}", d(random, 3), d(random, 4)),
            _ => format!("07{}", d(random, 9)),
        },
        "es" => match random.below(4) {
            0 => format!("6{} {} {} {}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
            1 => format!("+34 6{} {} {}", d(random, 2), d(random, 3), d(random, 3)),
            2 => format!("91 {} {} {}", d(random, 3), d(random, 2), d(random, 2)),
            _ => format!("6{}", d(random, 8)),
        },
        "de" => match random.below(4) {
            0 => format!("0151 {}", d(random, 8)),
            1 => format!("+49 171 {}", d(random, 7)),
            2 => format!("030/{}", d(random, 7)),
            _ => format!("0049 89 {}", d(random, 8)),
        },
        "fr" => match random.below(4) {
            0 => format!("06 {} {} {} {}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
            1 => format!("+33 6 {} {} {} {}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
            2 => format!("01.{}.{}.{}.{}", d(random, 2), d(random, 2), d(random, 2), d(random, 2)),
            _ => format!("07{}", d(random, 8)),
        },
        "pt" => match random.below(4) {
            0 => format!("(11) 9{}-{}", d(random, 4), d(random, 4)),
            1 => format!("+55 21 9{} {}", d(random, 4), d(random, 4)),
            2 => format!("+351 91{} {} {}", d(random, 1), d(random, 3), d(random, 3)),
            _ => format!("119{}", d(random, 8)),
        },
        "au" => format!("04{} {} {}", d(random, 2), d(random, 3), d(random, 3)),
        "in" => format!("+91 9{} {}", d(random, 4), d(random, 5)),
        "it" => format!("+39 34{} {}", d(random, 1), d(random, 7)),
        "nl" => format!("06-{}", d(random, 8)),
        _ => american(random),
    }
}
