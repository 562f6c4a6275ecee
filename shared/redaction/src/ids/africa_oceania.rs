//! Africa, Australia and New Zealand.

use super::Needs::{AnyName, Nothing, OwnName};
use super::checks::{any, is_repeated, is_ymd, last, luhn, number, value, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::ZaId,
        "9999999999999",
        za_id,
        AnyName,
        "south african id, south african id number, south african identity number, sa id, sa id number, rsa id, \
         rsa id number",
    ),
    rule(
        Kind::NgNin,
        "99999999999",
        any,
        OwnName,
        "~nin, nin number, nigerian id, bvn, bvn number, bank verification number, nigerian national id",
    ),
    rule(Kind::KeId, "99999999", any, OwnName, "kenyan id, kenyan id number, kenyan national id, huduma number"),
    rule(Kind::KeId, "A999999999A", any, OwnName, "kra pin, kra pin number"),
    rule(Kind::GhCard, "AAA9999999999", gh_card, Nothing, "ghana card, ghana card number, ghanaian id"),
    rule(Kind::EgId, "99999999999999", eg_id, OwnName, "egyptian id, egyptian national id, egyptian id number, raqam qawmi"),
    rule(
        Kind::AuTfn,
        "999999999",
        au_tfn,
        AnyName,
        "tfn, tfn number, t f n, tax file number, tax file, tax file no, australian tax file number, australian tax number",
    ),
    rule(Kind::AuTfn, "99999999", au_tfn, OwnName, ""),
    rule(
        Kind::AuMedicare,
        "9999999999",
        au_medicare,
        AnyName,
        "medicare, medicare number, medicare no, medicare card, medicare card number, australian medicare number",
    ),
    rule(Kind::AuMedicare, "99999999999", au_medicare, AnyName, ""),
    rule(Kind::AuAbn, "99999999999", au_abn, AnyName, "abn, abn number, a b n, australian business number"),
    rule(
        Kind::AuCrn,
        "999999999A",
        any,
        OwnName,
        "centrelink number, centrelink reference number, centrelink, centrelink crn, ~crn, my crn, your crn",
    ),
    rule(Kind::NzIrd, "999999999", nz_ird, AnyName, "ird, ird number, inland revenue number, new zealand tax number"),
    rule(Kind::NzIrd, "99999999", nz_ird, OwnName, ""),
    rule(Kind::NzNhi, "AAA9999", nz_nhi, OwnName, "nhi, nhi number, national health index, national health index number"),
    rule(Kind::NzNhi, "AAA99AA", any, OwnName, ""),
];

/// Home Affairs: a birth date, a citizen (0), resident (1) or refugee (2), Luhn's digit.
fn za_id(code: &[u8]) -> bool {
    is_ymd(code) && code[10] <= b'2' && luhn(code)
}

/// NIA: begins with the country's letters.
fn gh_card(code: &[u8]) -> bool {
    code.starts_with(b"GHA")
}

/// Civil status: a century and a birth date.
fn eg_id(code: &[u8]) -> bool {
    matches!(code[0], b'2' | b'3') && is_ymd(&code[1..])
}

/// ATO: weights 1, 4, 3, 7, 5, 8, 6, 9, 10 mod 11.
fn au_tfn(code: &[u8]) -> bool {
    weighted(code, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11) && !is_repeated(code)
}

/// Services Australia: ninth digit mod 10, first digit 2 to 6. The tenth counts cards, the eleventh who is on it.
fn au_medicare(code: &[u8]) -> bool {
    matches!(code[0], b'2'..=b'6') && weighted(&code[..8], &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == value(code[8])
}

/// ABR: mod 89, with one taken off the first digit.
fn au_abn(code: &[u8]) -> bool {
    let sum = weighted(code, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    code[0] != b'0' && (sum - 10).is_multiple_of(89)
}

/// Inland Revenue: mod 11, by a second row of weights where the first gives ten.
fn nz_ird(code: &[u8]) -> bool {
    let (body, _) = code.split_at(code.len() - 1);
    let skip = 8 - body.len();
    let check = |weights: &[u32; 8]| (11 - weighted(body, &weights[skip..]) % 11) % 11;
    let digit = match check(&[3, 2, 7, 6, 5, 4, 3, 2]) {
        10 => check(&[7, 4, 3, 2, 5, 2, 7, 6]),
        digit => digit,
    };
    (10_000_001..150_000_000).contains(&number(code)) && digit == last(code)
}

/// HISO 10046: letters without I and O count from one, mod 11.
fn nz_nhi(code: &[u8]) -> bool {
    let plain = |c: &u8| if c.is_ascii_digit() { value(*c) } else { value(*c) - 9 - u32::from(*c > b'I') - u32::from(*c > b'O') };
    let sum: u32 = code[..6].iter().zip((2..=7).rev()).map(|(c, weight)| plain(c) * weight).sum();
    !code.iter().any(|c| matches!(c, b'I' | b'O')) && !sum.is_multiple_of(11) && (11 - sum % 11) % 10 == last(code)
}
