//! The United States and Canada.

use super::Needs::{AnyName, Nothing, OwnName, OwnNameOrDashes};
use super::checks::{any, last, luhn, number, value};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::UsItin,
        "999999999",
        us_itin,
        OwnNameOrDashes(&[3, 2, 4]),
        "itin, itin number, i t i n, individual taxpayer identification number, taxpayer identification number, \
         taxpayer id, taxpayer id number, taxpayer number, tin number, your tin, my tin, ~tin",
    ),
    rule(
        Kind::UsSsn,
        "999999999",
        us_ssn,
        OwnNameOrDashes(&[3, 2, 4]),
        "ssn, ssn number, s s n, social, social security, social security number, social security no, soc, \
         soc number, s s number, us ssn, us social security number, american social security number, seguridad social americana, \
         numero de la seguridad social americana, numero de seguridad social americano, seguro social americano, numero de seguro social americano, \
         numero do seguro social, seguro social dos estados unidos, us sozialversicherungsnummer, amerikanische sozialversicherungsnummer, \
         securite sociale americaine, numero de securite sociale americaine, seguro social, numero de seguro social, numero del seguro social, \
         nummer der sozialversicherung, numero de securite sociale americain",
    ),
    rule(
        Kind::UsEin,
        "999999999",
        any,
        OwnName,
        "employer identification number, employer id, employer id number, employer number, federal tax id, \
         federal tax id number, federal id number, tax id, tax ids, tax id number, tax identification number, \
         tax number, business tax id, company tax id, fein, fein number, ~ein, my ein, your ein, the ein, our ein, \
         ein is, ein number, e i n",
    ),
    rule(
        Kind::UsMbi,
        "9AX9AX9AA99",
        us_mbi,
        Nothing,
        "mbi, mbi number, medicare beneficiary identifier, medicare beneficiary number, medicare id, medicare id number",
    ),
    rule(
        Kind::CaSin,
        "999999999",
        luhn,
        AnyName,
        "~sin, my sin, your sin, the sin, sin number, sin is, sin card, s i n, social insurance number, \
         social insurance, canadian sin, canadian sin number, canadian social insurance number, social insurance no, canadian social insurance, \
         ~nas, votre nas, mon nas, le nas, un nas, mauvais nas, nas de, numero nas, nas canadien, numero d assurance sociale, numero assurance sociale, \
         assurance sociale",
    ),
    rule(
        Kind::CaHealth,
        "9999999999",
        ca_health,
        AnyName,
        "health card, health card number, personal health number, phn, ohip, ohip number, ohip card, ramq, \
         carte soleil, numero d assurance maladie, assurance maladie",
    ),
    rule(Kind::CaHealth, "9999999999AA", luhn_before_version, AnyName, ""),
    rule(Kind::CaHealth, "AAAA99999999", any, OwnName, ""),
];

/// SSA: no area 000, 666 or 900 and above, no group 00, no serial 0000.
fn us_ssn(code: &[u8]) -> bool {
    !matches!(number(&code[..3]), 0 | 666 | 900..) && number(&code[3..5]) != 0 && number(&code[5..]) != 0
}

/// IRS: area 9xx, groups 50 to 65, 70 to 88, 90 to 92 and 94 to 99.
fn us_itin(code: &[u8]) -> bool {
    code.starts_with(b"9") && matches!(number(&code[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// CMS, "Understanding the MBI format": the first is no zero, and no letter looks like a digit.
fn us_mbi(code: &[u8]) -> bool {
    code[0] != b'0' && !code.iter().any(|c| b"SLOIBZ".contains(c))
}

/// Ontario: Luhn. British Columbia: begins with 9, mod 11.
fn ca_health(code: &[u8]) -> bool {
    const WEIGHTS: [u32; 8] = [2, 4, 8, 5, 10, 9, 7, 3];
    let sum: u32 = code[1..].iter().zip(WEIGHTS).map(|(c, weight)| value(*c) * weight % 11).sum();
    let is_columbian = code.starts_with(b"9") && (11 - sum % 11) == last(code);
    is_columbian || luhn(code)
}

/// Ontario's card with its two letters of version.
fn luhn_before_version(code: &[u8]) -> bool {
    luhn(&code[..10])
}
