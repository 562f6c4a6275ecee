//! Bank accounts as they were before the IBAN: by name only, for their numbers are any.

use super::Needs::{Nothing, OwnName};
use super::checks::{any, last, value, weighted};
use super::{Rule, rule};
use crate::kind::Kind;

const fn account(pattern: &'static str) -> Rule {
    rule(Kind::BankAccount, pattern, any, OwnName, "")
}

pub(super) const RULES: &[Rule] = &[
    rule(
        Kind::BankAccount,
        "99999999",
        any,
        OwnName,
        "account number, acct number, bank account, bank account number, bank account no, checking account, checking account number, \
         savings account, savings account number, current account number, account number for the direct debit, \
         account number and sort code, sort code and account number, direct debit account, direct debit details, \
         bank details, cuenta bancaria, numero de cuenta bancaria, cuenta corriente, numero de cuenta corriente, \
         cuenta de ahorros, kontonummer, bankkonto, bankkontonummer, girokonto, bankverbindung, compte bancaire, \
         numero de compte bancaire, releve d identite bancaire, conta bancaria, numero da conta bancaria, \
         conta corrente, numero da conta corrente, conto corrente, numero di conto corrente, conto bancario, \
         bankrekening, bankrekeningnummer, rekeningnummer",
    ),
    account("999999"),
    account("9999999"),
    account("999999999"),
    account("9999999999"),
    account("99999999999"),
    account("999999999999"),
    account("9999999999999"),
    account("99999999999999"),
    rule(Kind::BankAccount, "99999999999999999999", es_ccc, Nothing, "~ccc, codigo cuenta cliente"),
    rule(Kind::BankAccount, "999999999999999999", mx_clabe, Nothing, "clabe, clabe interbancaria, cuenta clabe, numero de clabe"),
    rule(
        Kind::SortCode,
        "999999",
        any,
        OwnName,
        "sort code, sort codes, bank sort code, sorting code, ~bsb, bsb number, bsb code",
    ),
    rule(
        Kind::UsRouting,
        "999999999",
        us_routing,
        OwnName,
        "routing number, routing numbers, routing transit number, bank routing number, aba number, \
         aba routing number, aba code, routing code, routing and account number, ~aba, ~routing, \
         bank transit number, routing nummer, routingnummer, aba nummer, us bankleitzahl, amerikanische bankleitzahl, \
         numero de ruta, numero de ruta del banco, numero de ruta bancaria, numero de ruta bancario, numero ruta, \
         numero de enrutamiento, codigo de ruta, codigo de ruta del banco, codigo de enrutamiento, numero aba, codigo aba, \
         numero de transito bancario, numero de routing, numero routing, \
         numero de roteamento, numero de roteamento do banco, numero de roteamento bancario, codigo de roteamento, \
         numero de rota do banco, numero de routage, numero de routage bancaire, code de routage, numero d acheminement, \
         numero d acheminement bancaire, code d acheminement, numero de transit bancaire, \
         numero di routing, codice di routing, numero di instradamento, codice di instradamento",
    ),
    rule(Kind::SortCode, "99999999", any, OwnName, "bankleitzahl, blz"),
];

/// ABA: weights 3, 7, 1, and a Federal Reserve district first.
fn us_routing(code: &[u8]) -> bool {
    let district = value(code[0]) * 10 + value(code[1]);
    matches!(district, 1..=12 | 21..=32 | 61..=72 | 80) && weighted(code, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

/// Consejo Superior Bancario: a digit for bank and branch, one for the account, mod 11.
fn es_ccc(code: &[u8]) -> bool {
    let digit = |sum: u32| match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    };
    let account = digit(weighted(&code[10..], &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]));
    let branch = digit(weighted(&code[..8], &[4, 8, 5, 10, 9, 7, 3, 6]));
    any(code) && branch == value(code[8]) && account == value(code[9])
}

/// Banxico: weights 3, 7, 1, each product mod 10.
fn mx_clabe(code: &[u8]) -> bool {
    let sum: u32 = code[..17].iter().zip([3, 7, 1].into_iter().cycle()).map(|(c, weight)| value(*c) * weight % 10).sum();
    any(code) && (10 - sum % 10) % 10 == last(code)
}
