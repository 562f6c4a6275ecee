//! Passports, driving licences and identity cards that are known by their name alone: their numbers have no check digit, or
//! each state has its own form.

use super::Needs::{AnyName, Nothing, OwnName};
use super::checks::{any, is_date, number, value};
use super::{Rule, rule};
use crate::kind::Kind;

const fn passport(pattern: &'static str) -> Rule {
    rule(Kind::Passport, pattern, any, OwnName, "")
}

const fn licence(pattern: &'static str) -> Rule {
    rule(Kind::DrivingLicence, pattern, any, OwnName, "")
}

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::Passport,
        "999999999",
        any,
        OwnName,
        "passport, passport number, passport no, passport card, passport book number, pasaporte, \
         numero de pasaporte, numero del pasaporte, numero pasaporte, reisepass, reisepassnummer, passnummer, \
         pass nummer, reisepass nummer, passeport, numero de passeport, numero du passeport, passaporte, \
         numero do passaporte, numero de passaporte, passaporto, numero di passaporto, numero del passaporto, \
         paspoort, paspoortnummer, paspoort nummer",
    ),
    passport("A99999999"),
    passport("AA9999999"),
    passport("AA999999"),
    passport("A9999999"),
    passport("AAA999999"),
    passport("99AA99999"),
    passport("A999999"),
    passport("AAA99999"),
    passport("99999999"),
    passport("AA99999AA"),
    rule(Kind::Passport, "AXXXXXXX9", is_german_or_dutch, OwnName, ""),
    rule(
        Kind::DrivingLicence,
        "AXXXX999999XXXAA",
        uk_driving_licence,
        Nothing,
        "driver s license, driver s license number, drivers license, drivers license number, driver license, \
         driver license number, driver s licence, driver s licence number, drivers licence, drivers licence number, \
         driver licence, driver number, driving licence, driving licence number, driving license, \
         driving license number, license number, licence number, dl number, dl no, driving permit, \
         licencia de conducir, numero de licencia de conducir, licencia de manejo, numero de licencia, \
         carnet de conducir, carnet de conducir numero, permiso de conducir, permiso de conduccion, fuhrerschein, \
         fuehrerschein, fuhrerscheinnummer, fuehrerscheinnummer, fuhrerschein nummer, fahrausweis, fahrerlaubnis, \
         permis de conduire, numero de permis, numero de permis de conduire, numero du permis, \
         numero de mon permis, carta de conducao, numero da carta de conducao, carteira de motorista, \
         carteira de habilitacao, habilitacao, numero da cnh, ~cnh, sua cnh, minha cnh, patente di guida, \
         numero della patente, numero di patente, rijbewijs, rijbewijsnummer, rijbewijs nummer",
    ),
    // The United States, by state, and Canada's provinces; many other countries share the forms.
    licence("9999999"),
    licence("99999999"),
    licence("999999999"),
    licence("9999999999"),
    licence("99999999999"),
    licence("999999999999"),
    licence("9999999999999"),
    licence("99999999999999"),
    licence("A999999"),
    licence("A9999999"),
    licence("A99999999"),
    licence("A999999999"),
    licence("A9999999999"),
    licence("A99999999999"),
    licence("A999999999999"),
    licence("A9999999999999"),
    licence("A99999999999999"),
    licence("AA999999"),
    licence("AA9999999"),
    licence("AA999999A"),
    licence("AAA999999"),
    licence("999AA9999"),
    licence("99AAA99999"),
    licence("9999999A"),
    licence("99999999A"),
    licence("99999999AA"),
    licence("999999999A"),
    licence("X99999999"),
    licence("AAAAAAA999XX"),
    // Italy's, Germany's, India's.
    licence("AA9999999A"),
    rule(Kind::DrivingLicence, "AXXXXXXXX9X", is_german_or_dutch, OwnName, ""),
    licence("AA9999999999999"),
    rule(
        Kind::FrCni,
        "999999999999",
        any,
        OwnName,
        "carte d identite, numero de carte d identite, numero de la carte d identite, carte nationale d identite, \
         carte identite, numero de cni, ~cni, ma cni, votre cni, french id card, french identity card, \
         french id card number",
    ),
    rule(Kind::FrCni, "XXXXXXXXX", has_digits_and_letters, OwnName, ""),
    rule(
        Kind::ItCartaIdentita,
        "AA99999AA",
        any,
        OwnName,
        "carta d identita, numero di carta d identita, numero della carta d identita, carta di identita, \
         numero carta di identita, italian id card, italian identity card, italian id card number",
    ),
    rule(Kind::ItCartaIdentita, "AA9999999", any, OwnName, ""),
    rule(Kind::RoCarteIdentitate, "AA999999", any, OwnName, "carte de identitate, seria si numarul, buletin, romanian id card"),
    rule(Kind::MaCin, "AA999999", any, OwnName, "~cin, numero de cin, cin marocaine, carte nationale marocaine, moroccan id"),
    rule(Kind::MaCin, "A999999", any, OwnName, ""),
    rule(Kind::BrCnh, "99999999999", br_cnh, AnyName, ""),
];

/// DVLA: five signs of the surname, with nines where it is short, and a birth date whose month has 50 added for women.
fn uk_driving_licence(code: &[u8]) -> bool {
    let month = number(&code[6..8]);
    let name = code[1..5].iter().skip_while(|c| c.is_ascii_uppercase()).all(|c| *c == b'9');
    let initials = code[11].is_ascii_uppercase() || code[11] == b'9';
    name && initials && is_date(if month > 50 { month - 50 } else { month }, number(&code[8..10]))
}

/// Germany's begin with a letter of its authority, the Netherlands' with two; neither has vowels, and a word has no digits.
fn is_german_or_dutch(code: &[u8]) -> bool {
    has_digits_and_letters(code) && !code[1..].iter().any(|c| b"AEIOU".contains(c))
}

fn has_digits_and_letters(code: &[u8]) -> bool {
    let digits = code.iter().filter(|c| c.is_ascii_digit()).count();
    digits >= 3 && digits < code.len()
}

/// Denatran: two check digits mod 11, the second lessened where the first would have been ten.
fn br_cnh(code: &[u8]) -> bool {
    let sum = |weights: [u32; 9]| code[..9].iter().zip(weights).map(|(c, weight)| value(*c) * weight).sum::<u32>() % 11;
    let first = sum([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let second = sum([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    let (first, less) = if first == 10 { (0, 2) } else { (first, 0) };
    let second = if second == 10 { 0 } else { (second + 11 - less) % 11 };
    any(code) && first == value(code[9]) && second % 10 == value(code[10])
}
