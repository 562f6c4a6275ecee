//! Mexico, the Caribbean, Central and South America.

use super::Needs::{AnyName, Groups, Nothing, OwnName};
use super::checks::{any, is_repeated, is_ymd, last, luhn, number, value, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::MxCurp,
        "AAAA999999AAAAAAX9",
        mx_curp,
        Nothing,
        "curp, curp number, numero de curp, clave unica, clave unica de registro, clave unica de registro de poblacion, clave de poblacion, mexican curp",
    ),
    rule(Kind::MxRfc, "AAAA999999XXX", mx_rfc, Nothing, "rfc, rfc number, registro federal de contribuyentes, r f c"),
    rule(Kind::MxRfc, "AAA999999XXX", mx_rfc, Nothing, ""),
    rule(Kind::MxNss, "99999999999", luhn, AnyName, "nss, numero de imss, imss, numero de seguridad social del imss"),
    rule(
        Kind::BrCpf,
        "99999999999",
        br_cpf,
        Groups(&[3, 3, 3, 2]),
        "cpf, cpf number, numero do cpf, numero de cpf, c p f, cadastro de pessoa fisica, \
         cadastro de pessoas fisicas, brazilian tax id",
    ),
    rule(
        Kind::BrCnpj,
        "99999999999999",
        br_cnpj,
        Groups(&[2, 3, 3, 4, 2]),
        "cnpj, cnpj number, numero do cnpj, c n p j, cadastro nacional da pessoa juridica, brazilian company number",
    ),
    rule(Kind::BrCnpj, "XXXXXXXXXXXX99", br_cnpj, Groups(&[2, 3, 3, 4, 2]), ""),
    rule(
        Kind::BrRg,
        "99999999X",
        br_rg,
        OwnName,
        "~rg, seu rg, meu rg, o rg, numero do rg, registro geral, carteira de identidade, cedula de identidade",
    ),
    rule(Kind::BrPis, "99999999999", br_pis, AnyName, "pis, pis pasep, pasep, nis, numero do pis, numero do nis"),
    rule(
        Kind::ArCuit,
        "99999999999",
        ar_cuit,
        Groups(&[2, 8, 1]),
        "cuit, cuil, numero de cuit, numero de cuil, cuit number, cuil number, argentine tax id, \
         clave unica de identificacion tributaria",
    ),
    rule(
        Kind::ClRut,
        "99999999X",
        cl_rut,
        Groups(&[2, 3, 3, 1]),
        "rut, ~run, su run, mi run, tu run, el run, numero de run, run number, chilean run, su rut, mi rut, tu rut, el rut, your rut, my rut, the rut, rut number, numero de rut, chilean id, \
         chilean rut, rol unico tributario, rol unico nacional",
    ),
    rule(Kind::ClRut, "9999999X", cl_rut, Groups(&[1, 3, 3, 1]), ""),
    rule(Kind::EcCedula, "9999999999", ec_cedula, AnyName, "cedula ecuatoriana, ecuadorian id, ecuadorian cedula"),
    rule(Kind::DoCedula, "99999999999", luhn, Groups(&[3, 7, 1]), "cedula dominicana, dominican cedula, dominican id"),
    rule(Kind::UyCedula, "99999999", uy_cedula, Groups(&[1, 3, 3, 1]), "cedula uruguaya, uruguayan id, uruguayan cedula"),
    rule(Kind::PeRuc, "99999999999", pe_ruc, AnyName, "~ruc, numero de ruc, ruc number, su ruc, mi ruc, peruvian tax id"),
    rule(
        Kind::CoCedula,
        "9999999999",
        any,
        OwnName,
        "cedula, cedula de ciudadania, cedula de extranjeria, numero de cedula, cedula number, colombian id, \
         colombian cedula",
    ),
    rule(Kind::CoCedula, "999999999", any, OwnName, ""),
    rule(Kind::CoCedula, "99999999", any, OwnName, ""),
    rule(Kind::CoCedula, "9999999", any, OwnName, ""),
    rule(Kind::CoCedula, "A99999999", any, OwnName, ""),
    rule(Kind::CoNit, "9999999999", co_nit, OwnName, "~nit, numero de nit, su nit, mi nit, nit number, colombian tax id"),
];

/// RENAPO: a birth date, a sex, and a digit over an alphabet that has Ñ after N.
fn mx_curp(code: &[u8]) -> bool {
    let plain = |c: u8| value(c) + u32::from(c > b'N');
    let sum: u32 = code[..17].iter().zip((2..=18).rev()).map(|(c, weight)| plain(*c) * weight).sum();
    is_ymd(&code[4..]) && matches!(code[10], b'H' | b'M' | b'X') && (10 - sum % 10) % 10 == last(code)
}

/// SAT, "Anexo 3 del instructivo del RFC": a date, and a sign mod 11 over an alphabet with `&` after N and a blank for companies.
fn mx_rfc(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let plain = |c: u8| value(c) + u32::from(c > b'N');
    let company = if body.len() == 11 { 37 * 13 } else { 0 };
    let sum: u32 = company + body.iter().rev().zip(2..).map(|(c, weight)| plain(*c) * weight).sum::<u32>();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'A',
        rest => b"0123456789"[rest as usize],
    };
    is_ymd(&code[code.len() - 9..]) && check[0] == expected
}

/// Receita Federal: two check digits mod 11.
fn br_cpf(code: &[u8]) -> bool {
    let check = |length: usize| {
        let sum: u32 = code[..length].iter().zip((2..=11).rev().skip(10 - length)).map(|(c, weight)| value(*c) * weight).sum();
        sum * 10 % 11 % 10 == value(code[length])
    };
    !is_repeated(code) && check(9) && check(10)
}

/// Receita Federal: two check digits mod 11; from July 2026 with letters, each counting its ASCII code less 48
/// (Instrução Normativa RFB 2229/2024).
fn br_cnpj(code: &[u8]) -> bool {
    const WEIGHTS: [u32; 13] = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |length: usize| -> u32 {
        let weights = &WEIGHTS[13 - length..];
        code[..length].iter().zip(weights).map(|(c, weight)| u32::from(c.saturating_sub(b'0')) * weight).sum::<u32>() % 11
    };
    let digit = |rest: u32| if rest < 2 { 0 } else { 11 - rest };
    !is_repeated(code) && digit(check(12)) == value(code[12]) && digit(check(13)) == value(code[13])
}

/// São Paulo's identity card: mod 11, ten is X. Other states have digits only.
fn br_rg(code: &[u8]) -> bool {
    code[8].is_ascii_digit() || code[8] == b'X'
}

/// Caixa: mod 11.
fn br_pis(code: &[u8]) -> bool {
    let rest = weighted(&code[..10], &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    !is_repeated(code) && (if rest < 2 { 0 } else { 11 - rest }) == last(code)
}

/// AFIP: mod 11.
fn ar_cuit(code: &[u8]) -> bool {
    let check = 11 - weighted(&code[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    let digit = match check {
        11 => 0,
        10 => 9,
        digit => digit,
    };
    matches!(number(&code[..2]), 20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55) && digit == last(code)
}

/// Registro Civil: mod 11, ten is K.
fn cl_rut(code: &[u8]) -> bool {
    let (body, check) = code.split_at(code.len() - 1);
    let sum: u32 = body.iter().rev().zip((2..=7).cycle()).map(|(c, weight)| value(*c) * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        rest => b"0123456789"[rest as usize],
    };
    check[0] == expected && !is_repeated(code)
}

/// Registro Civil: a province, a person, and Luhn's digit.
fn ec_cedula(code: &[u8]) -> bool {
    matches!(number(&code[..2]), 1..=24 | 30 | 50) && code[2] <= b'6' && luhn(code)
}

/// DNIC: weights 2, 9, 8, 7, 6, 3, 4 mod 10.
fn uy_cedula(code: &[u8]) -> bool {
    (10 - weighted(&code[..7], &[2, 9, 8, 7, 6, 3, 4]) % 10) % 10 == last(code) && !is_repeated(code)
}

/// SUNAT: a prefix for whose it is, mod 11.
fn pe_ruc(code: &[u8]) -> bool {
    let check = 11 - weighted(&code[..10], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(number(&code[..2]), 10 | 15 | 16 | 17 | 20) && check % 10 == last(code)
}

/// DIAN: primes as weights, mod 11.
fn co_nit(code: &[u8]) -> bool {
    let rest = weighted(&code[..9], &[41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
    (if rest < 2 { rest } else { 11 - rest }) == last(code)
}
