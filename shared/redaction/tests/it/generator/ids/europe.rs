//! Numbers of Europe.

use super::super::checks::{luhn, mod_11_10, sign, sum, values};
use super::super::random::Random;
use super::{birth, yymmdd};

pub(super) fn uk_nino(random: &mut Random) -> String {
    let prefix = random.pick(&["AB", "CE", "HJ", "JK", "LM", "NP", "PW", "RS", "SX", "TY", "WX", "YZ"]);
    format!("{prefix}{}{}", random.digits(6), random.of("ABCD"))
}

pub(super) fn uk_nhs(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.of("4679"), random.digits(8));
        match 11 - sum(&body, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
            10 => {}
            rest => return format!("{body}{}", rest % 11),
        }
    }
}

pub(super) fn uk_passport(random: &mut Random) -> String {
    format!("{}{}", random.of("1235"), random.digits(8))
}

/// DVLA: surname, decade, month, day, year, initials, computer check letters.
pub(super) fn uk_driving_licence(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let name = random.pick(&["MORGA", "SMITH", "JONES", "TAYLO", "BROWN", "WILSO", "EVANS", "PATEL"]);
    let (decade, unit) = (year % 100 / 10, year % 10);
    format!("{name}{decade}{month:02}{day:02}{unit}{}9{}", random.letters(2), random.letters(2))
}

pub(super) fn ie_pps(random: &mut Random) -> String {
    let body = random.digits(7);
    let second = if random.chance(30) { "A" } else { "" };
    let rest = (sum(&body, &[8, 7, 6, 5, 4, 3, 2]) + if second.is_empty() { 0 } else { 9 }) % 23;
    format!("{body}{}{second}", if rest == 0 { 'W' } else { sign(rest + 9) })
}

/// One digit of the first ten stands there twice, none more often.
pub(super) fn de_steuer_id(random: &mut Random) -> String {
    let mut digits: Vec<char> = "0123456789".chars().collect();
    let dropped = random.below(10);
    let doubled = (dropped + random.between(1, 9)) % 10;
    digits[dropped] = digits[doubled];
    loop {
        for at in (1..10).rev() {
            digits.swap(at, random.below(at + 1));
        }
        if digits[0] != '0' {
            let body: String = digits.iter().collect();
            return format!("{body}{}", mod_11_10(&body));
        }
    }
}

/// The identity card's number with its ICAO check digit.
pub(super) fn de_ausweis(random: &mut Random) -> String {
    let body: String = (0..8).map(|_| random.of("0123456789012345678901234CFGHJKLMNPRTVWXYZ")).collect();
    let body = format!("{}{body}", random.of("LMNPRTVWXY"));
    let total = sum(&body, &[7, 3, 1, 7, 3, 1, 7, 3, 1]);
    format!("{body}{}", total % 10)
}

/// Rentenversicherung: area, birth date, initial, serial, check digit over cross sums.
pub(super) fn de_rv_number(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let area = random.pick(&["12", "15", "24", "53", "65"]);
    let (head, letter, serial) = (format!("{area}{day:02}{month:02}{:02}", year % 100), random.letters(1), random.digits(2));
    let place = values(&letter)[0] - 9;
    let plain = format!("{head}{place:02}{serial}");
    let cross = |n: u32| n / 10 + n % 10;
    let weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
    let total: u32 = values(&plain).iter().zip(weights).map(|(value, weight)| cross(value * weight)).sum();
    format!("{head}{letter}{serial}{}", total % 10)
}

pub(super) fn at_svnr(random: &mut Random) -> String {
    loop {
        let (year, month, day) = birth(random);
        let (serial, date) = (random.between(100, 999), format!("{day:02}{month:02}{:02}", year % 100));
        let rest = sum(&format!("{serial}{date}"), &[3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11;
        if rest < 10 {
            return format!("{serial}{rest}{date}");
        }
    }
}

pub(super) fn ch_ahv(random: &mut Random) -> String {
    let body = format!("756{}", random.digits(9));
    let total = sum(&body, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]);
    format!("{body}{}", (10 - total % 10) % 10)
}

/// INSEE: sex, year, month, department, municipality, order, key.
pub(super) fn fr_nir(random: &mut Random) -> String {
    let (year, month, _) = birth(random);
    let department = random.weighted(&[(95, ""), (3, "2A"), (2, "2B")]);
    let (department, counted) = match department {
        "2A" => ("2A".to_owned(), "19".to_owned()),
        "2B" => ("2B".to_owned(), "18".to_owned()),
        _ => {
            let number = format!("{:02}", random.between(1, 95));
            (number.clone(), number)
        }
    };
    let (head, tail) = (
        format!("{}{:02}{month:02}", random.of("12"), year % 100),
        format!("{:03}{:03}", random.between(1, 599), random.between(1, 500)),
    );
    let number: u64 = format!("{head}{counted}{tail}").parse().expect("thirteen digits");
    format!("{head}{department}{tail}{:02}", 97 - number % 97)
}

fn dni_letter(number: usize) -> char {
    "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(number % 23).expect("23 letters")
}

pub(super) fn es_dni(random: &mut Random) -> String {
    let number = random.between(1_000_000, 79_999_999);
    format!("{number:08}{}", dni_letter(number))
}

pub(super) fn es_nie(random: &mut Random) -> String {
    let (lead, number) = (random.below(3), random.between(100_000, 9_999_999));
    format!("{}{number:07}{}", ["X", "Y", "Z"][lead], dni_letter(lead * 10_000_000 + number))
}

pub(super) fn it_cf(random: &mut Random) -> String {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let (year, month, day) = birth(random);
    let name: String = (0..6).map(|_| random.of("BCDFGLMNPRSTVZ")).collect();
    let month = "ABCDEHLMPRST".chars().nth(month - 1).expect("twelve months");
    let day = if random.chance(50) { day } else { day + 40 };
    let place = format!("{}{}", random.of("ADFGHL"), random.digits(3));
    let body = format!("{name}{:02}{month}{day:02}{place}", year % 100);
    let plain = |value: u32| if value < 10 { value } else { value - 10 };
    let total: u32 = values(&body)
        .iter()
        .enumerate()
        .map(|(at, value)| if at % 2 == 0 { ODD[plain(*value) as usize] } else { plain(*value) })
        .sum();
    format!("{body}{}", sign(total % 26 + 10))
}

pub(super) fn nl_bsn(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.of("12345"), random.digits(7));
        let rest = sum(&body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        if rest < 10 {
            return format!("{body}{rest}");
        }
    }
}

pub(super) fn be_national_number(random: &mut Random) -> String {
    let (year, date) = yymmdd(random);
    let body = format!("{date}{:03}", random.between(1, 997));
    let number: u64 = body.parse().expect("nine digits");
    let number = if year < 2000 { number } else { number + 2_000_000_000 };
    format!("{body}{:02}", 97 - number % 97)
}

pub(super) fn pt_nif(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("1235"), random.digits(7));
    let check = match sum(&body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    format!("{body}{check}")
}

pub(super) fn pl_pesel(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let month = if year < 2000 { month } else { month + 20 };
    let body = format!("{:02}{month:02}{day:02}{}", year % 100, random.digits(4));
    format!("{body}{}", (10 - sum(&body, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10) % 10)
}

pub(super) fn se_personnummer(random: &mut Random) -> String {
    let (_, date) = yymmdd(random);
    let body = format!("{date}{}", random.digits(3));
    format!("{body}{}", luhn(&body))
}

pub(super) fn no_fodselsnummer(random: &mut Random) -> String {
    loop {
        let (year, month, day) = birth(random);
        let serial = if year < 2000 { random.between(0, 499) } else { random.between(500, 999) };
        let body = format!("{day:02}{month:02}{:02}{serial:03}", year % 100);
        let first = (11 - sum(&body, &[3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11) % 11;
        if first < 10 {
            let body = format!("{body}{first}");
            let second = (11 - sum(&body, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
            if second < 10 {
                return format!("{body}{second}");
            }
        }
    }
}

/// No check digit since 2007.
pub(super) fn dk_cpr(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    format!("{day:02}{month:02}{:02}{}", year % 100, random.digits(4))
}

/// The sign between date and serial is scored as writing, not as part of the number.
pub(super) fn fi_hetu(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let body = format!("{day:02}{month:02}{:02}{:03}", year % 100, random.between(2, 899));
    let rest = body.parse::<usize>().expect("nine digits") % 31;
    format!("{body}{}", "0123456789ABCDEFHJKLMNPRSTUVWXY".chars().nth(rest).expect("31 signs"))
}

pub(super) fn cz_rodne_cislo(random: &mut Random) -> String {
    loop {
        let (year, month, day) = birth(random);
        let month = if random.chance(50) { month } else { month + 50 };
        let body = format!("{:02}{month:02}{day:02}{}", year % 100, random.digits(4));
        if body.parse::<u64>().expect("ten digits").is_multiple_of(11) {
            return body;
        }
    }
}

pub(super) fn ro_cnp(random: &mut Random) -> String {
    let (year, date) = yymmdd(random);
    let sex = if year < 2000 { random.of("12") } else { random.of("56") };
    let body = format!("{sex}{date}{:02}{:03}", random.between(1, 46), random.between(1, 999));
    let rest = sum(&body, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    format!("{body}{}", if rest == 10 { 1 } else { rest })
}

pub(super) fn bg_egn(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let month = if year < 2000 { month } else { month + 40 };
    let body = format!("{:02}{month:02}{day:02}{}", year % 100, random.digits(3));
    format!("{body}{}", sum(&body, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10)
}

pub(super) fn hr_oib(random: &mut Random) -> String {
    let body = random.digits(10);
    format!("{body}{}", mod_11_10(&body))
}

pub(super) fn tr_tckn(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("123456789"), random.digits(8));
    let odd = sum(&body, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = sum(&body, &[0, 1, 0, 1, 0, 1, 0, 1]);
    let tenth = (odd * 7 + 90 - even) % 10;
    format!("{body}{tenth}{}", (odd + even + tenth) % 10)
}
