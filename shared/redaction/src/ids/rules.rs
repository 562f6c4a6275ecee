//! The table of national numbers.

use super::Needs::{AnyName, Groups, Nothing, OwnName, OwnNameOrDashes};
use super::{Needs, Rule, checks};
use crate::kind::Kind;

const fn rule(kind: Kind, pattern: &'static str, check: fn(&[u8]) -> bool, needs: Needs, names: &'static str) -> Rule {
    Rule { kind, pattern, check, needs, names }
}

/// Every number this crate knows. Where two fit, the one that is named goes first, then the one that stands first here.
pub(crate) const RULES: &[Rule] = &[
    // Telling by themselves.
    rule(
        Kind::ItCodiceFiscale,
        "AAAAAAXXAXXAXXXA",
        checks::it_codice_fiscale,
        Nothing,
        "codice fiscale, italian tax code, italian fiscal code, fiscal code",
    ),
    rule(Kind::MxCurp, "AAAA999999AAAAAAX9", checks::mx_curp, Nothing, "curp, clave unica"),
    rule(
        Kind::FrNir,
        "99999XX99999999",
        checks::fr_nir,
        Nothing,
        "nir, insee, insee number, numero de secu, secu, numero de securite sociale, securite sociale, carte vitale, \
         french social security number, french social security",
    ),
    rule(
        Kind::ChAhv,
        "9999999999999",
        checks::ch_ahv,
        Nothing,
        "ahv, ahv number, ahv nummer, avs, numero avs, avs number, swiss social security number, swiss social security",
    ),
    rule(Kind::EsDni, "99999999A", checks::es_dni, Nothing, "dni, nif, spanish dni, documento nacional"),
    rule(Kind::EsDni, "A9999999A", checks::es_nie, Nothing, "~nie, your nie, my nie, spanish nie, numero de extranjero"),
    rule(Kind::SgNric, "A9999999A", checks::sg_nric, Nothing, "nric, nric number, fin number, singapore id"),
    rule(
        Kind::UkNino,
        "AA999999A",
        checks::uk_nino,
        Nothing,
        "~nino, your nino, my nino, the nino, ni number, national insurance, national insurance number, n i number",
    ),
    rule(
        Kind::CnResidentId,
        "99999999999999999X",
        checks::cn_resident,
        Nothing,
        "chinese id, chinese id number, resident identity card",
    ),
    rule(Kind::FiHetu, "999999A999X", checks::fi_hetu, Nothing, "hetu, henkilotunnus, finnish personal identity code"),
    rule(Kind::FiHetu, "999999999X", checks::fi_hetu, AnyName, ""),
    rule(Kind::TwId, "A999999999", checks::tw_id, AnyName, "taiwan id, taiwanese id"),
    rule(Kind::IePps, "9999999A", checks::ie_pps, AnyName, "pps, ppsn, pps number"),
    rule(Kind::IePps, "9999999AA", checks::ie_pps, AnyName, ""),
    rule(Kind::HkId, "A9999999", checks::hk_id, AnyName, "hkid, hong kong id, hong kong identity card"),
    rule(Kind::HkId, "A999999A", checks::hk_id, AnyName, ""),
    rule(Kind::InPan, "AAAAA9999A", checks::in_pan, AnyName, "pan card, permanent account number, pan number"),
    // Digits only: written as usual, or named.
    rule(Kind::BrCpf, "99999999999", checks::br_cpf, Groups(&[3, 3, 3, 2]), "cpf"),
    rule(Kind::BrCnpj, "99999999999999", checks::br_cnpj, Groups(&[2, 3, 3, 4, 2]), "cnpj"),
    rule(Kind::InAadhaar, "999999999999", checks::in_aadhaar, AnyName, "aadhaar, aadhar, aadhaar number, adhar"),
    rule(
        Kind::DeSteuerId,
        "99999999999",
        checks::de_steuer_id,
        AnyName,
        "steuer id, steuerid, steueridentifikationsnummer, steuernummer, german tax id, identifikationsnummer, idnr",
    ),
    rule(Kind::PlPesel, "99999999999", checks::pl_pesel, AnyName, "pesel, pesel number"),
    rule(Kind::TrTckn, "99999999999", checks::tr_tckn, AnyName, "tc kimlik, kimlik, tckn, turkish id, turkish id number"),
    rule(Kind::ZaId, "9999999999999", checks::dated_luhn, AnyName, "south african id, sa id, south african identity number"),
    rule(
        Kind::BeNationalNumber,
        "99999999999",
        checks::be_national,
        AnyName,
        "rijksregisternummer, registre national, belgian national number",
    ),
    rule(
        Kind::NoFodselsnummer,
        "99999999999",
        checks::no_fodselsnummer,
        AnyName,
        "fodselsnummer, norwegian national id, f dselsnummer",
    ),
    rule(Kind::HrOib, "99999999999", checks::mod_11_10, AnyName, "oib"),
    rule(Kind::ArCuit, "99999999999", checks::ar_cuit, Groups(&[2, 8, 1]), "cuit, cuil"),
    rule(Kind::UkNhs, "9999999999", checks::uk_nhs, AnyName, "nhs, nhs number, health service number"),
    rule(
        Kind::SePersonnummer,
        "9999999999",
        checks::dated_luhn,
        AnyName,
        "personnummer, swedish personal number, swedish personal identity number",
    ),
    rule(Kind::SePersonnummer, "999999999999", checks::se_long, AnyName, ""),
    rule(Kind::BgEgn, "9999999999", checks::bg_egn, AnyName, "egn"),
    rule(
        Kind::AtSvnr,
        "9999999999",
        checks::at_svnr,
        AnyName,
        "svnr, sv nummer, e card nummer, austrian social insurance number",
    ),
    rule(Kind::CzRodneCislo, "9999999999", checks::cz_rodne_cislo, AnyName, "rodne cislo, birth number"),
    rule(Kind::RoCnp, "9999999999999", checks::ro_cnp, AnyName, "cnp, cod numeric personal"),
    rule(Kind::KrRrn, "9999999999999", checks::kr_rrn, Groups(&[6, 7]), "resident registration number, rrn"),
    rule(Kind::ThId, "9999999999999", checks::th_id, Groups(&[1, 4, 5, 2, 1]), "thai id, thai id number"),
    rule(Kind::AuMedicare, "9999999999", checks::au_medicare, AnyName, "medicare, medicare number, medicare card"),
    rule(Kind::DkCpr, "9999999999", checks::dk_cpr, OwnNameOrDashes(&[6, 4]), "cpr, cpr number, cpr nummer"),
    rule(
        Kind::CaSin,
        "999999999",
        checks::luhn,
        AnyName,
        "~sin, my sin, your sin, the sin, sin number, social insurance number, social insurance",
    ),
    rule(Kind::NlBsn, "999999999", checks::nl_bsn, AnyName, "bsn, burgerservicenummer, citizen service number"),
    rule(Kind::PtNif, "999999999", checks::pt_nif, AnyName, "nif, contribuinte, numero de contribuinte, portuguese tax number"),
    rule(Kind::AuTfn, "999999999", checks::au_tfn, AnyName, "tfn, tax file number"),
    rule(Kind::IlId, "999999999", checks::luhn, AnyName, "teudat zehut, israeli id"),
    rule(Kind::ClRut, "99999999X", checks::cl_rut, Groups(&[2, 3, 3, 1]), "rut"),
    rule(Kind::ClRut, "9999999X", checks::cl_rut, Groups(&[1, 3, 3, 1]), ""),
    // No check digit: only by their own name, or as always written.
    rule(Kind::UsItin, "999999999", checks::us_itin, OwnNameOrDashes(&[3, 2, 4]), "itin, taxpayer identification number"),
    rule(
        Kind::UsSsn,
        "999999999",
        checks::us_ssn,
        OwnNameOrDashes(&[3, 2, 4]),
        "ssn, social, social security, social security number, s s n, soc",
    ),
    rule(
        Kind::UsEin,
        "999999999",
        checks::any,
        OwnName,
        "employer identification number, employer id, federal tax id, federal tax id number, fein, ~ein, my ein, your ein, the ein, our ein, ein is, \
         ein number",
    ),
];
