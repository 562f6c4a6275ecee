use super::RULES;
use crate::kind::Kind;

#[track_caller]
fn check(kind: Kind, code: &str, expected: bool) {
    let fits = |pattern: &str| {
        pattern.len() == code.len()
            && pattern.bytes().zip(code.bytes()).all(|(place, c)| match place {
                b'9' => c.is_ascii_digit(),
                b'A' => c.is_ascii_uppercase(),
                _ => true,
            })
    };
    let found = RULES.iter().any(|rule| rule.kind == kind && fits(rule.pattern) && (rule.check)(code.as_bytes()));
    assert_eq!(found, expected, "{kind} {code}");
}

/// Published examples, and the same with the last sign but one changed.
#[test]
fn published_examples_pass_and_changed_ones_do_not() {
    for (kind, code) in [
        (Kind::BrCpf, "11144477735"),
        (Kind::BrCnpj, "11222333000181"),
        (Kind::CaSin, "046454286"),
        (Kind::ChAhv, "7569217076985"),
        (Kind::DeSteuerId, "36574261809"),
        (Kind::EsDni, "54362315K"),
        (Kind::EsDni, "X2482300W"),
        (Kind::FrNir, "295117823456784"),
        (Kind::InAadhaar, "234123412346"),
        (Kind::ItCodiceFiscale, "RCCMNL83S18D969H"),
        (Kind::MxCurp, "BOXW310820HNERXN09"),
        (Kind::NlBsn, "111222333"),
        (Kind::PlPesel, "44051401359"),
        (Kind::PtNif, "501964843"),
        (Kind::SePersonnummer, "8803200016"),
        (Kind::SgNric, "S0000001I"),
        (Kind::TrTckn, "17291716060"),
        (Kind::UkNhs, "9434765870"),
        (Kind::ZaId, "7503305044089"),
        (Kind::BeNationalNumber, "85073003328"),
        (Kind::CnResidentId, "11010519491231002X"),
        (Kind::FiHetu, "131052A308T"),
        (Kind::NoFodselsnummer, "15108695088"),
        (Kind::IePps, "6433435F"),
        (Kind::AuTfn, "123456782"),
        (Kind::ArCuit, "20055361682"),
        (Kind::ClRut, "125319092"),
        (Kind::RoCnp, "1630615123457"),
        (Kind::BgEgn, "7523169263"),
        (Kind::CzRodneCislo, "7103192745"),
        (Kind::HrOib, "33392005961"),
        (Kind::AtSvnr, "1237010180"),
        (Kind::TwId, "A123456789"),
        (Kind::HkId, "A1234563"),
        (Kind::ThId, "1101700230708"),
        (Kind::KrRrn, "9710139019902"),
        (Kind::AuMedicare, "2123456701"),
        (Kind::IlId, "039337423"),
    ] {
        check(kind, code, true);
        let at = code.len() - 2;
        let changed = if code.as_bytes()[at] == b'9' { "0" } else { "9" };
        if code.as_bytes()[at].is_ascii_digit() && kind != Kind::AuMedicare {
            check(kind, &format!("{}{}{}", &code[..at], changed, &code[at + 1..]), false);
        }
    }
}

#[test]
fn numbers_without_check_digits_keep_their_rules() {
    check(Kind::UsSsn, "078051120", true);
    check(Kind::UsSsn, "666051120", false);
    check(Kind::UsSsn, "900051120", false);
    check(Kind::UsItin, "900701234", true);
    check(Kind::UkNino, "AB123456C", true);
    check(Kind::UkNino, "GB123456C", false);
    check(Kind::UkNino, "AB123456E", false);
    check(Kind::InPan, "ABCPE1234F", true);
}
