//! Numbers of the Americas.

use super::super::checks::{self, sign, sum, values};
use super::super::random::Random;
use super::yymmdd;

pub(super) fn us_ssn(random: &mut Random) -> String {
    let area = loop {
        let area = random.between(1, 899);
        if area != 666 {
            break area;
        }
    };
    format!("{area:03}{:02}{:04}", random.between(1, 99), random.between(1, 9999))
}

pub(super) fn us_itin(random: &mut Random) -> String {
    format!("9{}{}{}", random.digits(2), random.between(70, 88), random.digits(4))
}

pub(super) fn us_ein(random: &mut Random) -> String {
    format!("{}{}", random.pick(&["12", "20", "27", "35", "46", "47", "58", "61", "75", "81", "84", "95"]), random.digits(7))
}

/// Nine digits, or the letter of the newer book and eight.
pub(super) fn us_passport(random: &mut Random) -> String {
    if random.chance(60) { format!("5{}", random.digits(8)) } else { format!("{}{}", random.of("AXYZ"), random.digits(8)) }
}

/// California's: a letter and seven digits.
pub(super) fn us_driving_licence(random: &mut Random) -> String {
    format!("{}{}", random.of("ABCDEFNY"), random.digits(7))
}

pub(super) fn ca_sin(random: &mut Random) -> String {
    checks::with_luhn(format!("{}{}", random.of("1234567"), random.digits(7)))
}

fn mod_11_falling(payload: &str, first: u32, turn: Option<u32>) -> char {
    // Weights from the right: 2, 3, ... up to `turn`, then again from 2.
    let weights = |at: u32| turn.map_or(first + at, |turn| 2 + at % (turn - 1));
    let total: u32 = values(payload).iter().rev().zip(0..).map(|(value, at)| value * weights(at)).sum();
    match total % 11 {
        0 | 1 => '0',
        rest => sign(11 - rest),
    }
}

pub(super) fn br_cpf(random: &mut Random) -> String {
    let mut cpf = random.digits(9);
    cpf.push(mod_11_falling(&cpf, 2, None));
    cpf.push(mod_11_falling(&cpf, 2, None));
    cpf
}

pub(super) fn br_cnpj(random: &mut Random) -> String {
    let mut cnpj = format!("{}0001", random.digits(8));
    cnpj.push(mod_11_falling(&cnpj, 2, Some(9)));
    cnpj.push(mod_11_falling(&cnpj, 2, Some(9)));
    cnpj
}

pub(super) fn mx_curp(random: &mut Random) -> String {
    let (year, date) = yymmdd(random);
    let state = random.pick(&["DF", "JC", "NL", "MC", "VZ", "PL", "GT"]);
    let consonants: String = (0..3).map(|_| random.of("BCDFGLMNPRSTV")).collect();
    let head =
        format!("{}{}{}{}", random.of("BCDFGHLMPRST"), random.of("AEIOU"), random.of("BCDGLMPRST"), random.of("ABCEGJLMR"));
    let mark = if year < 2000 { '0' } else { 'A' };
    let body = format!("{head}{date}{}{state}{consonants}{mark}", random.of("HM"));
    let alphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    let place = |c: char| alphabet.chars().position(|other| other == c).expect("a letter or digit");
    let total: usize = body.chars().zip((2..=18).rev()).map(|(c, weight)| place(c) * weight).sum();
    format!("{body}{}", (10 - total % 10) % 10)
}

/// A person's, thirteen characters: initials, birth date, and three that tell namesakes apart.
pub(super) fn mx_rfc(random: &mut Random) -> String {
    let (_, date) = yymmdd(random);
    let head =
        format!("{}{}{}{}", random.of("BCDFGHLMPRST"), random.of("AEIOU"), random.of("BCDGLMPRST"), random.of("ABCEGJLMR"));
    let body = format!("{head}{date}{}{}", random.letters(1), random.digit());
    let alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";
    let place = |c: char| alphabet.chars().position(|other| other == c).expect("a letter or digit");
    let total: usize = body.chars().zip((2..=13).rev()).map(|(c, weight)| place(c) * weight).sum();
    let check = match 11 - total % 11 {
        11 => "0".to_owned(),
        10 => "A".to_owned(),
        rest => rest.to_string(),
    };
    body + &check
}

pub(super) fn ar_cuit(random: &mut Random) -> String {
    loop {
        let body = format!("{}{}", random.pick(&["20", "23", "27", "30", "33"]), random.digits(8));
        match 11 - sum(&body, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
            10 => {}
            rest => return format!("{body}{}", rest % 11),
        }
    }
}

pub(super) fn cl_rut(random: &mut Random) -> String {
    let body = random.between(7_000_000, 25_999_999).to_string();
    let total: u32 = values(&body).iter().rev().zip([2, 3, 4, 5, 6, 7, 2, 3]).map(|(value, weight)| value * weight).sum();
    let check = match 11 - total % 11 {
        11 => '0',
        10 => 'K',
        rest => sign(rest),
    };
    format!("{body}{check}")
}
