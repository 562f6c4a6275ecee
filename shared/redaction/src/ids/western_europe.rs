//! The British Isles, France, Iberia, Italy and the Low Countries.

use super::Needs::{AnyName, Groups, Nothing, OwnName};
use super::checks::{any, is_date, is_repeated, is_ymd, last, luhn, number, value, verhoeff, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::UkNino,
        "AA999999A",
        uk_nino,
        Nothing,
        "~nino, your nino, my nino, the nino, nino number, ni number, n i number, ni no, n i no, \
         national insurance, national insurance number, national insurance no, nat insurance number",
    ),
    rule(
        Kind::UkNhs,
        "9999999999",
        uk_nhs,
        AnyName,
        "nhs, nhs number, n h s number, nhs no, national health service number, health service number, chi number, \
         hospital nhs number",
    ),
    rule(
        Kind::UkUtr,
        "9999999999",
        uk_utr,
        AnyName,
        "utr, utr number, unique taxpayer reference, unique tax reference, self assessment number",
    ),
    rule(Kind::IePps, "9999999A", ie_pps, AnyName, "pps, ppsn, pps number, pps no, p p s number, personal public service number"),
    rule(Kind::IePps, "9999999AA", ie_pps, AnyName, ""),
    rule(
        Kind::FrNir,
        "99999XX99999999",
        fr_nir,
        Nothing,
        "~nir, numero nir, insee, insee number, numero insee, numero de secu, numero secu, ~secu, ma secu, \
         votre secu, numero de securite sociale, numero securite sociale, securite sociale, carte vitale, \
         french social security number, french social security, french insurance number",
    ),
    rule(Kind::FrNir, "99999XX999999", fr_nir_without_key, OwnName, ""),
    rule(
        Kind::FrSpi,
        "9999999999999",
        fr_spi,
        AnyName,
        "numero fiscal, numero fiscal de reference, identifiant fiscal, reference fiscale, numero spi, \
         french tax number, french tax id",
    ),
    rule(
        Kind::EsDni,
        "99999999A",
        es_dni,
        Nothing,
        "dni, dni number, numero de dni, d n i, nif, numero de nif, n i f, spanish dni, spanish id, spanish tax id, \
         documento nacional, documento nacional de identidad, documento de identidad",
    ),
    rule(
        Kind::EsDni,
        "A9999999A",
        es_nie,
        Nothing,
        "~nie, your nie, my nie, su nie, mi nie, el nie, tu nie, nie number, numero de nie, n i e, spanish nie, \
         numero de extranjero, numero de identidad de extranjero, numero de identificacion de extranjero",
    ),
    // Said without its letter, as often happens; Argentina's and Peru's have none.
    rule(Kind::EsDni, "99999999", any, OwnName, ""),
    rule(Kind::EsDni, "9999999A", es_dni, OwnName, ""),
    rule(
        Kind::EsCif,
        "A9999999X",
        es_cif,
        AnyName,
        "~cif, cif number, numero de cif, su cif, mi cif, el cif, codigo de identificacion fiscal",
    ),
    rule(
        Kind::EsNuss,
        "999999999999",
        es_nuss,
        AnyName,
        "nuss, numero de la seguridad social, numero de seguridad social, numero seguridad social, \
         seguridad social, numero de afiliacion, tarjeta de la seguridad social, spanish social security number",
    ),
    rule(
        Kind::PtNif,
        "999999999",
        pt_nif,
        AnyName,
        "contribuinte, numero de contribuinte, numero contribuinte, numero do contribuinte, \
         numero de identificacao fiscal, identificacao fiscal, portuguese tax number, portuguese nif, \
         portuguese tax id, nif number, nif portugues",
    ),
    rule(
        Kind::PtCartaoCidadao,
        "999999999XX9",
        pt_cartao_cidadao,
        Nothing,
        "cartao de cidadao, cartao do cidadao, numero do cartao de cidadao, cartao cidadao, bilhete de identidade, \
         numero de identificacao civil, citizen card, citizen card number",
    ),
    rule(Kind::PtCartaoCidadao, "999999999", any, OwnName, ""),
    rule(Kind::PtCartaoCidadao, "99999999", any, OwnName, ""),
    rule(
        Kind::PtNiss,
        "99999999999",
        pt_niss,
        AnyName,
        "niss, numero niss, numero de seguranca social, numero da seguranca social, seguranca social, \
         portuguese social security number",
    ),
    rule(
        Kind::ItCodiceFiscale,
        "AAAAAAXXAXXAXXXA",
        it_codice_fiscale,
        Nothing,
        "codice fiscale, numero di codice fiscale, italian tax code, italian fiscal code, italian tax id, \
         fiscal code, tax code, code fiscal italien, codigo fiscal italiano",
    ),
    rule(Kind::ItPartitaIva, "99999999999", luhn, OwnName, "partita iva, p iva, numero di partita iva, italian vat number"),
    rule(
        Kind::NlBsn,
        "999999999",
        nl_bsn,
        AnyName,
        "bsn, bsn number, bsn nummer, b s n, burgerservicenummer, burger service nummer, sofinummer, sofi nummer, \
         citizen service number, dutch citizen service number",
    ),
    rule(
        Kind::BeNationalNumber,
        "99999999999",
        be_national,
        Groups(&[2, 2, 2, 3, 2]),
        "rijksregisternummer, rijksregister, insz, insz nummer, nationaal nummer, nationalregisternummer, \
         numero national, numero de registre national, numero du registre national, registre national, \
         numero niss belge, belgian national number, belgian national register number, national register number, \
         national registry number, belgian id",
    ),
    rule(
        Kind::LuMatricule,
        "9999999999999",
        lu_matricule,
        AnyName,
        "numero de matricule, matricule nationale, matricule luxembourgeoise, luxembourg id, luxembourg matricule",
    ),
];

/// HMRC NIM39110: which prefixes are never given out, suffix A to D.
fn uk_nino(code: &[u8]) -> bool {
    let (a, b) = (code[0], code[1]);
    !b"DFIQUV".contains(&a)
        && !b"DFIOQUV".contains(&b)
        && ![b"BG", b"GB", b"NK", b"KN", b"TN", b"NT", b"ZZ"].contains(&&[a, b])
        && (b'A'..=b'D').contains(&code[8])
}

/// NHS Data Dictionary: mod 11. Scotland's CHI number has the same digit.
fn uk_nhs(code: &[u8]) -> bool {
    let rest = 11 - weighted(&code[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    rest != 10 && rest % 11 == last(code) && !is_repeated(code)
}

/// HMRC: the first digit checks the others, mod 11.
fn uk_utr(code: &[u8]) -> bool {
    let rest = weighted(&code[1..], &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    b"21987654321"[rest as usize] == code[0]
}

/// Revenue: letter from the number mod 23, the second letter counting nine times. The second letter of numbers given to
/// wives before 2000 counts nothing.
fn ie_pps(code: &[u8]) -> bool {
    let sum = weighted(&code[..7], &[8, 7, 6, 5, 4, 3, 2]);
    let letter = |sum: u32| b"WABCDEFGHIJKLMNOPQRSTUV"[sum as usize % 23] == code[7];
    match code.get(8) {
        Some(c @ b'A'..=b'I') => letter(sum + (value(*c) - 9) * 9),
        Some(b'W' | b'T' | b'X') | None => letter(sum),
        Some(_) => false,
    }
}

/// INSEE: key is 97 minus the number mod 97; Corsica's 2A and 2B count as 19 and 18.
fn fr_nir(code: &[u8]) -> bool {
    fr_nir_body(code).is_some_and(|body| 97 - body % 97 == number(&code[13..]))
}

/// The same without its key, by month: 20 to 42 and from 50 where it is not known.
fn fr_nir_without_key(code: &[u8]) -> bool {
    fr_nir_body(code).is_some() && matches!(number(&code[3..5]), 1..=12 | 20..=42 | 50..)
}

fn fr_nir_body(code: &[u8]) -> Option<u64> {
    let mut body = [0; 13];
    body.copy_from_slice(&code[..13]);
    if body[5] == b'2' && matches!(body[6], b'A' | b'B') {
        body[6] = if body[6] == b'A' { b'9' } else { b'8' };
        body[5] = b'1';
    }
    let is_one = body.iter().all(u8::is_ascii_digit) && matches!(body[0], b'1'..=b'4' | b'7' | b'8');
    is_one.then(|| number(&body))
}

/// `DGFiP`: the first ten digits mod 511.
fn fr_spi(code: &[u8]) -> bool {
    code[0] <= b'3' && number(&code[..10]) % 511 == number(&code[10..])
}

const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn dni_letter(number: u64) -> Option<u8> {
    usize::try_from(number % 23).ok().and_then(|at| DNI_LETTERS.get(at)).copied()
}

/// Ministerio del Interior: letter from the number mod 23.
fn es_dni(code: &[u8]) -> bool {
    let (body, letter) = code.split_at(code.len() - 1);
    dni_letter(number(body)) == Some(letter[0])
}

/// As the DNI, with X, Y, Z counting as 0, 1, 2. K, L and M, for who has neither, count nothing (Orden EHA/451/2008).
fn es_nie(code: &[u8]) -> bool {
    let lead = match code[0] {
        b'X' | b'K' | b'L' | b'M' => 0,
        b'Y' => 1,
        b'Z' => 2,
        _ => return false,
    };
    dni_letter(number(&code[1..8]) + lead * 10_000_000) == Some(code[8])
}

/// Agencia Tributaria: Luhn's digit, or the letter for it.
fn es_cif(code: &[u8]) -> bool {
    let digit = |digit: &u8| luhn(&[&code[1..8], &[b'0' + *digit]].concat());
    let Some(digit) = (0..10).find(digit) else { return false };
    b"ABCDEFGHJNPQRSUVW".contains(&code[0]) && [b'0' + digit, b"JABCDEFGHI"[usize::from(digit)]].contains(&code[8])
}

/// Seguridad Social: the number mod 97; a small one stands after its province without the zero between.
fn es_nuss(code: &[u8]) -> bool {
    let (province, person) = (number(&code[..2]), number(&code[2..10]));
    let body = if person < 10_000_000 { person + province * 10_000_000 } else { number(&code[..10]) };
    matches!(province, 1..=66) && body % 97 == number(&code[10..])
}

/// Autoridade Tributária: mod 11.
fn pt_nif(code: &[u8]) -> bool {
    let rest = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == last(code) && !matches!(code[0], b'0')
}

/// Autenticação.gov: Luhn over digits and letters, a letter counting from ten.
fn pt_cartao_cidadao(code: &[u8]) -> bool {
    let doubled = |value: u32| if value * 2 > 9 { value * 2 - 9 } else { value * 2 };
    let sum: u32 = code.iter().enumerate().map(|(at, c)| if at % 2 == 0 { doubled(value(*c)) } else { value(*c) }).sum();
    sum.is_multiple_of(10) && code[9].is_ascii_uppercase()
}

/// Segurança Social: primes as weights.
fn pt_niss(code: &[u8]) -> bool {
    let sum = weighted(&code[..10], &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2]);
    matches!(code[0], b'1' | b'2') && 9 - sum % 10 == last(code)
}

/// Agenzia delle Entrate: a birth date, odd places by table, even ones by value, mod 26. Where two people would have the
/// same code, digits are letters from LMNPQRSTUV, from the last on (omocodia).
fn it_codice_fiscale(code: &[u8]) -> bool {
    const ODD: [u32; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let plain = |c: u8| if c.is_ascii_digit() { value(c) } else { value(c) - 10 };
    let is_digit = |c: u8| c.is_ascii_digit() || b"LMNPQRSTUV".contains(&c);
    let sum: u32 =
        code[..15].iter().enumerate().map(|(at, c)| if at % 2 == 0 { ODD[plain(*c) as usize % 26] } else { plain(*c) }).sum();
    [6, 7, 9, 10, 12, 13, 14].iter().all(|at| is_digit(code[*at]))
        && b"ABCDEHLMPRST".contains(&code[8])
        && sum % 26 == plain(code[15])
}

/// The "eleven test", its last digit counting negatively.
fn nl_bsn(code: &[u8]) -> bool {
    let sum = weighted(&code[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * last(code);
    sum.is_multiple_of(11) && !is_repeated(code)
}

/// Registre national: 97 minus the number mod 97, with a 2 in front for births from 2000. BIS numbers add 20 or 40 to the
/// month, which is 0 where it is not known.
fn be_national(code: &[u8]) -> bool {
    let (body, key) = (number(&code[..9]), number(&code[9..]));
    let (month, day) = (number(&code[2..4]), number(&code[4..6]));
    let is_dated = month <= 52 && (month % 20 == 0 || day == 0 && month % 20 <= 12 || is_date(month % 20, day));
    is_dated && [body, body + 2_000_000_000].iter().any(|body| 97 - body % 97 == key)
}

/// CTIE: a birth date, then Luhn's and Verhoeff's digit over the first eleven.
fn lu_matricule(code: &[u8]) -> bool {
    let verhoeff_too = [&code[..11], &code[12..]].concat();
    is_ymd(&code[2..]) && luhn(&code[..12]) && verhoeff(&verhoeff_too)
}
