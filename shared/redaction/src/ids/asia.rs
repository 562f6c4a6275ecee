//! Asia, from Israel to Japan.

use super::Needs::{AnyName, Groups, Nothing, OwnName, OwnNameOrDashes};
use super::checks::{any, is_date, is_repeated, is_ymd, last, luhn, number, value, verhoeff, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::SgNric,
        "A9999999A",
        sg_nric,
        Nothing,
        "nric, nric number, n r i c, fin number, ~fin, my fin, your fin, singapore id, singapore nric, \
         singapore fin, foreign identification number, singapore identity card",
    ),
    rule(
        Kind::CnResidentId,
        "99999999999999999X",
        cn_resident,
        Nothing,
        "chinese id, chinese id number, chinese id card, chinese id card number, chinese resident id, \
         chinese identity number, chinese resident identity number, chinese national id, resident identity card, \
         resident identity number, shenfenzheng, shenfenzheng number",
    ),
    rule(Kind::CnResidentId, "999999999999999", cn_resident_before_1999, OwnName, ""),
    rule(
        Kind::TwId,
        "A999999999",
        tw_id,
        AnyName,
        "taiwan id, taiwan id number, taiwan national id, taiwanese id, taiwanese id number, taiwanese national id, \
         taiwan identity card, taiwan arc, arc number",
    ),
    rule(Kind::TwId, "AA99999999", tw_arc, AnyName, ""),
    rule(
        Kind::HkId,
        "A999999X",
        hk_id,
        Groups(&[7, 1]),
        "hkid, hkid number, hkid card, h k i d, hong kong id, hong kong id number, hong kong id card, \
         hong kong identity card, hong kong identity card number",
    ),
    rule(Kind::HkId, "AA999999X", hk_id_of_two, Groups(&[8, 1]), ""),
    rule(
        Kind::InPan,
        "AAAAA9999A",
        in_pan,
        Nothing,
        "pan card, pan card number, permanent account number, pan number, ~pan, my pan, your pan, indian pan, indian tax id",
    ),
    rule(Kind::InGstin, "99AAAAA9999AXXX", in_gstin, Nothing, "gstin, gst number, gst identification number, gstin number"),
    rule(
        Kind::InAadhaar,
        "999999999999",
        in_aadhaar,
        Groups(&[4, 4, 4]),
        "aadhaar, aadhar, adhaar, adhar, aadhaar number, aadhar number, aadhaar card, aadhar card, \
         aadhaar card number, uidai, uid number, indian id",
    ),
    rule(Kind::InVoterId, "AAA9999999", any, OwnName, "voter id, voter id number, voter id card, epic number, voter card"),
    rule(
        Kind::KrRrn,
        "9999999999999",
        kr_rrn,
        Groups(&[6, 7]),
        "resident registration number, rrn, rrn number, korean registration number, \
         korean resident registration number, korean resident number, korean id, korean id number, jumin, \
         jumin number, jumin beonho, jumin deungnok beonho, alien registration number",
    ),
    rule(Kind::KrRrn, "9999999999999", kr_rrn_since_2020, OwnNameOrDashes(&[6, 7]), ""),
    rule(
        Kind::JpMyNumber,
        "999999999999",
        jp_my_number,
        AnyName,
        "my number card, which my number, mynumber, my my number, your my number, the my number, japanese my number, \
         japan my number, individual number, kojin bango, mai nanba, ~my number",
    ),
    rule(
        Kind::ThId,
        "9999999999999",
        th_id,
        Groups(&[1, 4, 5, 2, 1]),
        "thai id, thai id number, thai id card, thai national id, thai national id number, thai citizen id, \
         thai identity card, bat prachachon",
    ),
    rule(
        Kind::IlId,
        "999999999",
        luhn,
        AnyName,
        "teudat zehut, israeli id, israeli id number, israeli identity number, mispar zehut, ~tz",
    ),
    rule(
        Kind::MyNric,
        "999999999999",
        my_nric,
        OwnNameOrDashes(&[6, 2, 4]),
        "mykad, mykad number, malaysian ic, malaysian ic number, malaysian id, malaysian nric, ic number, your ic, \
         my ic, kad pengenalan",
    ),
    rule(
        Kind::IdNik,
        "9999999999999999",
        id_nik,
        OwnName,
        "~nik, nik number, nomor nik, ktp, ktp number, nomor induk kependudukan, indonesian id, indonesian id number",
    ),
    rule(
        Kind::PkCnic,
        "9999999999999",
        pk_cnic,
        OwnNameOrDashes(&[5, 7, 1]),
        "cnic, cnic number, nicop, pakistani id, pakistani id number, nadra number",
    ),
    rule(Kind::LkNic, "999999999A", lk_nic, OwnName, "sri lankan id, sri lankan nic, nic number"),
    rule(Kind::LkNic, "999999999999", any, OwnName, ""),
    rule(Kind::BdNid, "9999999999", any, OwnName, "bangladeshi id, bangladesh nid, bangladeshi nid, nid number, ~nid, nid card"),
    rule(Kind::BdNid, "9999999999999", any, OwnName, ""),
    rule(Kind::BdNid, "99999999999999999", any, OwnName, ""),
    rule(
        Kind::VnCccd,
        "999999999999",
        vn_cccd,
        OwnName,
        "cccd, can cuoc cong dan, vietnamese id, vietnamese id number, cmnd, chung minh nhan dan",
    ),
    rule(
        Kind::PhPhilsys,
        "9999999999999999",
        any,
        OwnName,
        "philsys, philsys number, philid, philippine id, philippine national id, psn number, umid, crn number",
    ),
    rule(Kind::PhPhilsys, "999999999999", any, OwnName, ""),
    rule(
        Kind::AeEmiratesId,
        "999999999999999",
        ae_emirates_id,
        Nothing,
        "emirates id, emirates id number, eid number, uae id, uae id number",
    ),
    rule(Kind::SaId, "9999999999", sa_id, AnyName, "iqama, iqama number, saudi id, saudi id number, saudi national id"),
    rule(
        Kind::KwCivilId,
        "999999999999",
        kw_civil_id,
        AnyName,
        "civil id, civil id number, kuwaiti id, kuwait civil id, kuwaiti civil id",
    ),
    rule(
        Kind::IrMelli,
        "9999999999",
        ir_melli,
        AnyName,
        "code melli, kode melli, shomare melli, kart melli, iranian id, iranian national id, iranian national code",
    ),
];

/// ICA: letter from a weighted sum, shifted for T and G, and for M.
fn sg_nric(code: &[u8]) -> bool {
    let sum = weighted(&code[1..8], &[2, 7, 6, 5, 4, 3, 2]) as usize;
    match code[0] {
        b'S' => b"JZIHGFEDCBA"[sum % 11] == code[8],
        b'T' => b"JZIHGFEDCBA"[(sum + 4) % 11] == code[8],
        b'F' => b"XWUTRQPNMLK"[sum % 11] == code[8],
        b'G' => b"XWUTRQPNMLK"[(sum + 4) % 11] == code[8],
        b'M' => b"XWUTRQPNJLK"[(sum + 3) % 11] == code[8],
        _ => false,
    }
}

/// ISO 7064 mod 11-2 over seventeen digits, with a birth date (GB 11643).
fn cn_resident(code: &[u8]) -> bool {
    let sum = weighted(&code[..17], &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    matches!(number(&code[6..8]), 18..=20) && is_ymd(&code[8..]) && b"10X98765432"[sum as usize] == code[17]
}

/// The fifteen digits of the first generation: no century, no check.
fn cn_resident_before_1999(code: &[u8]) -> bool {
    is_ymd(&code[6..])
}

/// A letter of Taiwan's numbers as two digits: the order is that in which the counties were numbered.
fn tw_letter(c: u8) -> Option<u32> {
    let at = b"ABCDEFGHJKLMNPQRSTUVXYWZIO".iter().position(|letter| *letter == c)?;
    u32::try_from(at + 10).ok()
}

/// Ministry of the Interior: letter as two digits, weights 1, 9, 8 to 1, mod 10. 8 and 9 are foreigners' since 2021.
fn tw_id(code: &[u8]) -> bool {
    let Some(lead) = tw_letter(code[0]) else { return false };
    let sum = lead / 10 + lead % 10 * 9 + weighted(&code[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(code[1], b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

/// Foreigners' numbers until 2021: of the second letter only its last digit counts.
fn tw_arc(code: &[u8]) -> bool {
    let (Some(lead), Some(second)) = (tw_letter(code[0]), tw_letter(code[1])) else { return false };
    let sum = lead / 10 + lead % 10 * 9 + second % 10 * 8 + weighted(&code[2..], &[7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(code[1], b'A'..=b'D') && sum.is_multiple_of(10)
}

/// Immigration Department: mod 11, ten is A, a blank before a single letter counts 36.
fn hk_id(code: &[u8]) -> bool {
    hk_check(36 * 9 + weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]), code[7])
}

fn hk_id_of_two(code: &[u8]) -> bool {
    hk_check(weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]), code[8])
}

fn hk_check(sum: u32, check: u8) -> bool {
    (check.is_ascii_digit() || check == b'A') && (sum + value(check)).is_multiple_of(11)
}

/// Income Tax Department: the fourth letter says whose it is, the number is never 0000.
fn in_pan(code: &[u8]) -> bool {
    b"ABCEFGHJKLPT".contains(&code[3]) && number(&code[5..9]) != 0
}

/// GSTN: a state, a PAN, and a sign mod 36.
fn in_gstin(code: &[u8]) -> bool {
    let sum: u32 = code[..14]
        .iter()
        .enumerate()
        .map(|(at, c)| if at % 2 == 0 { value(*c) } else { value(*c) * 2 })
        .map(|product| product / 36 + product % 36)
        .sum();
    matches!(number(&code[..2]), 1..=38 | 96 | 97 | 99) && (36 - sum % 36) % 36 == last(code)
}

/// UIDAI: Verhoeff's digit; never begins with 0 or 1, and is no palindrome.
fn in_aadhaar(code: &[u8]) -> bool {
    !matches!(code[0], b'0' | b'1') && verhoeff(code) && !code.iter().eq(code.iter().rev())
}

/// Ministry of the Interior: mod 11, with a birth date.
fn kr_rrn(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
    is_ymd(code) && (11 - sum % 11) % 10 == last(code)
}

/// Numbers given out since October 2020 are drawn by lot: a birth date, century and sex.
fn kr_rrn_since_2020(code: &[u8]) -> bool {
    is_ymd(code) && matches!(code[6], b'1'..=b'8')
}

/// Ministry of Internal Affairs, ordinance 85 of 2014: mod 11, a rest of 0 or 1 gives 0.
fn jp_my_number(code: &[u8]) -> bool {
    let rest = weighted(&code[..11], &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == last(code) && !is_repeated(code)
}

/// Department of Provincial Administration: mod 11.
fn th_id(code: &[u8]) -> bool {
    let sum = weighted(&code[..12], &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    code[0] != b'0' && (11 - sum % 11) % 10 == last(code)
}

/// JPN: a birth date and a place of birth.
fn my_nric(code: &[u8]) -> bool {
    is_ymd(code) && !matches!(number(&code[6..8]), 0 | 17..=20 | 69..=70 | 73 | 80..=81 | 94..=97)
}

/// Dukcapil: a district, a birth date with 40 added to women's days.
fn id_nik(code: &[u8]) -> bool {
    let day = number(&code[6..8]);
    is_date(number(&code[8..10]), if day > 40 { day - 40 } else { day })
}

/// NADRA: a province first; the last digit is odd for men.
fn pk_cnic(code: &[u8]) -> bool {
    matches!(code[0], b'1'..=b'7') && code[12] != b'0'
}

/// Department for Registration of Persons: V for who may vote, else X.
fn lk_nic(code: &[u8]) -> bool {
    matches!(code[9], b'V' | b'X')
}

/// Decree 137/2015: begins with the province, 001 to 096.
fn vn_cccd(code: &[u8]) -> bool {
    matches!(number(&code[..3]), 1..=96)
}

/// ICP: 784, a year of birth, Luhn's digit.
fn ae_emirates_id(code: &[u8]) -> bool {
    code.starts_with(b"784") && matches!(number(&code[3..7]), 1900..=2099) && luhn(code)
}

/// Absher: 1 for citizens, 2 for residents, Luhn's digit.
fn sa_id(code: &[u8]) -> bool {
    matches!(code[0], b'1' | b'2') && luhn(code)
}

/// PACI: a century, a birth date, mod 11.
fn kw_civil_id(code: &[u8]) -> bool {
    let rest = weighted(&code[..11], &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
    matches!(code[0], b'2' | b'3') && is_ymd(&code[1..]) && 11 - rest == last(code)
}

/// The civil registry: mod 11.
fn ir_melli(code: &[u8]) -> bool {
    let rest = weighted(&code[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    !is_repeated(code) && (if rest < 2 { rest } else { 11 - rest }) == last(code)
}
