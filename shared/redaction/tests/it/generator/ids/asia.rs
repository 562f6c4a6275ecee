//! Numbers of Asia, Africa and the Pacific.

use super::super::checks::{luhn, sign, sum, verhoeff};
use super::super::random::Random;
use super::{birth, yymmdd};

pub(super) fn in_aadhaar(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("23456789"), random.digits(10));
    format!("{body}{}", verhoeff(&body))
}

pub(super) fn in_pan(random: &mut Random) -> String {
    format!("{}P{}{}{}", random.letters(3), random.letters(1), random.digits(4), random.letters(1))
}

pub(super) fn au_tfn(random: &mut Random) -> String {
    loop {
        let tfn = format!("{}{}", random.of("123456789"), random.digits(8));
        if sum(&tfn, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) {
            return tfn;
        }
    }
}

pub(super) fn au_medicare(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("23456"), random.digits(7));
    format!("{body}{}{}", sign(sum(&body, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10), random.of("12345"))
}

pub(super) fn sg_nric(random: &mut Random) -> String {
    let (series, body) = (random.of("SSTFG"), random.digits(7));
    let offset = if matches!(series, 'T' | 'G') { 4 } else { 0 };
    let rest = (sum(&body, &[2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
    let letters = if matches!(series, 'S' | 'T') { "JZIHGFEDCBA" } else { "XWUTRQPNMLK" };
    let letter = letters.chars().nth(rest as usize).expect("eleven letters");
    format!("{series}{body}{letter}")
}

pub(super) fn hk_hkid(random: &mut Random) -> String {
    let (letter, body) = (random.of("ABCDEGHKMPRVYZ"), random.digits(6));
    let total = 36 * 9 + sum(&format!("{letter}{body}"), &[8, 7, 6, 5, 4, 3, 2]);
    let check = match (11 - total % 11) % 11 {
        10 => 'A',
        rest => sign(rest),
    };
    format!("{letter}{body}{check}")
}

pub(super) fn tw_id(random: &mut Random) -> String {
    const PLACES: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let letter = random.of("ABCDEFGHJKLMNPQTU");
    let place = 10 + PLACES.find(letter).expect("a place's letter");
    let body = format!("{}{}", random.of("12"), random.digits(7));
    let lead = u32::try_from(place / 10 + place % 10 * 9).expect("small");
    let total = lead + sum(&body, &[8, 7, 6, 5, 4, 3, 2, 1]);
    format!("{letter}{body}{}", (10 - total % 10) % 10)
}

pub(super) fn cn_resident(random: &mut Random) -> String {
    let (year, month, day) = birth(random);
    let place = random.pick(&["110105", "310104", "440305", "330106", "510107", "420111"]);
    let body = format!("{place}{year}{month:02}{day:02}{}", random.digits(3));
    let rest = sum(&body, &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    let check = "10X98765432".chars().nth(rest as usize).expect("eleven signs");
    format!("{body}{check}")
}

pub(super) fn kr_rrn(random: &mut Random) -> String {
    let (year, date) = yymmdd(random);
    let body = format!("{date}{}{}", if year < 2000 { random.of("12") } else { random.of("34") }, random.digits(5));
    let total = sum(&body, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    format!("{body}{}", (11 - total % 11) % 10)
}

pub(super) fn jp_my_number(random: &mut Random) -> String {
    let body = random.digits(11);
    let check = match sum(&body, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    format!("{body}{check}")
}

pub(super) fn th_id(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("12345678"), random.digits(11));
    let total = sum(&body, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    format!("{body}{}", (11 - total % 11) % 10)
}

pub(super) fn za_id(random: &mut Random) -> String {
    let (_, date) = yymmdd(random);
    let body = format!("{date}{}{}8", random.digits(4), random.of("01"));
    format!("{body}{}", luhn(&body))
}

pub(super) fn il_teudat_zehut(random: &mut Random) -> String {
    let body = format!("{}{}", random.of("0123"), random.digits(7));
    format!("{body}{}", luhn(&body))
}
