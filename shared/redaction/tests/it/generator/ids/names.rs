//! What people call an identity number, in each language. An abbreviation that is the same everywhere stands under `*`.

/// Kind, language, names.
type Row = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const NAMES: &[Row] = &[
    ("us_ssn", "en", &["social security number", "social", "SSN", "Social Security", "social security", "soc", "S.S.N."]),
    ("us_ssn", "es", &["número de seguro social", "seguro social", "número de la seguridad social americana"]),
    ("us_itin", "en", &["ITIN", "individual taxpayer identification number", "taxpayer identification number", "taxpayer ID", "ITIN number"]),
    ("us_ein", "en", &["EIN", "employer identification number", "federal tax ID", "FEIN", "employer ID number", "company's EIN"]),
    ("us_passport", "en", &["passport number", "US passport number", "passport", "American passport number"]),
    ("us_dl", "en", &["driver's license number", "driver's license", "driver license number", "DL number"]),
    ("ca_sin", "en", &["SIN", "social insurance number", "SIN number", "Canadian SIN", "Canadian social insurance number"]),
    ("ca_sin", "fr", &["numéro d'assurance sociale", "NAS", "assurance sociale"]),
    ("br_cpf", "pt", &["CPF", "número do CPF", "cadastro de pessoa física"]),
    ("br_cpf", "*", &["CPF", "CPF number"]),
    ("br_cnpj", "pt", &["CNPJ", "CNPJ da empresa", "número do CNPJ"]),
    ("br_cnpj", "*", &["CNPJ"]),
    ("mx_curp", "es", &["CURP", "clave única de registro", "clave CURP"]),
    ("mx_curp", "*", &["CURP"]),
    ("mx_rfc", "es", &["RFC", "registro federal de contribuyentes", "clave de RFC"]),
    ("mx_rfc", "en", &["RFC", "Mexican tax ID", "RFC number"]),
    ("ar_cuit", "es", &["CUIT", "CUIL", "número de CUIT", "clave de identificación tributaria"]),
    ("ar_cuit", "en", &["CUIT", "Argentine CUIT"]),
    ("cl_rut", "es", &["RUT", "RUN", "rol único tributario"]),
    ("cl_rut", "en", &["RUT", "Chilean RUT"]),
    ("uk_nino", "en", &["National Insurance number", "NI number", "national insurance", "NINO", "N.I. number"]),
    ("uk_nhs", "en", &["NHS number", "NHS", "health service number", "N.H.S. number"]),
    ("uk_passport", "en", &["British passport number", "UK passport number", "passport number"]),
    ("uk_dl", "en", &["driving licence number", "UK driving licence", "driving licence"]),
    ("ie_pps", "en", &["PPS number", "PPSN", "PPS", "personal public service number"]),
    ("de_steuerid", "de", &["Steuer-ID", "Steueridentifikationsnummer", "Steuernummer", "IdNr", "steuerliche Identifikationsnummer"]),
    ("de_steuerid", "en", &["German tax ID", "Steuer-ID", "German tax identification number", "tax ID from Germany"]),
    ("de_ausweis", "de", &["Personalausweisnummer", "Ausweisnummer", "Nummer vom Personalausweis", "Perso-Nummer"]),
    ("de_ausweis", "en", &["German ID card number", "Personalausweis number"]),
    ("de_rvnr", "de", &["Rentenversicherungsnummer", "Sozialversicherungsnummer", "RV-Nummer", "Versicherungsnummer"]),
    ("de_rvnr", "en", &["German pension insurance number", "German social security number"]),
    ("at_svnr", "de", &["österreichische Sozialversicherungsnummer", "SV-Nummer", "Sozialversicherungsnummer", "e-card-Nummer"]),
    ("at_svnr", "en", &["Austrian social security number", "Austrian insurance number", "SVNR"]),
    ("ch_ahv", "de", &["AHV-Nummer", "AHV", "AHVN13", "Schweizer Sozialversicherungsnummer"]),
    ("ch_ahv", "fr", &["numéro AVS", "AVS", "numéro d'AVS"]),
    ("ch_ahv", "en", &["AHV number", "AVS number", "Swiss social security number", "AHV"]),
    ("ch_ahv", "it", &["numero AVS"]),
    ("fr_nir", "fr", &["numéro de sécu", "numéro de sécurité sociale", "NIR", "numéro INSEE", "numéro de carte Vitale", "sécu"]),
    ("fr_nir", "en", &["French social security number", "INSEE number", "NIR", "numéro de sécu"]),
    ("es_dni", "es", &["DNI", "NIF", "número de DNI", "documento nacional de identidad", "carnet de identidad"]),
    ("es_dni", "en", &["DNI", "Spanish DNI", "Spanish ID number", "DNI number"]),
    ("es_nie", "es", &["NIE", "número de extranjero", "número de identidad de extranjero", "número de NIE"]),
    ("es_nie", "en", &["NIE", "Spanish NIE", "NIE number", "foreigner's ID number in Spain"]),
    ("it_cf", "it", &["codice fiscale"]),
    ("it_cf", "*", &["codice fiscale", "codice fiscale italiano"]),
    ("it_cf", "en", &["codice fiscale", "Italian tax code", "Italian fiscal code", "fiscal code"]),
    ("nl_bsn", "nl", &["BSN", "burgerservicenummer"]),
    ("nl_bsn", "en", &["BSN", "Dutch BSN", "burgerservicenummer", "citizen service number"]),
    ("nl_bsn", "de", &["BSN", "niederländische BSN"]),
    ("be_nrn", "fr", &["numéro national", "numéro de registre national", "numéro national belge"]),
    ("be_nrn", "nl", &["rijksregisternummer"]),
    ("be_nrn", "en", &["Belgian national number", "rijksregisternummer", "national register number"]),
    ("pt_nif", "pt", &["NIF", "número de contribuinte", "contribuinte", "número de identificação fiscal"]),
    ("pt_nif", "en", &["NIF", "Portuguese tax number", "Portuguese NIF"]),
    ("pl_pesel", "*", &["PESEL", "PESEL number"]),
    ("pl_pesel", "en", &["PESEL", "PESEL number", "Polish PESEL", "Polish national ID number"]),
    ("se_pnr", "en", &["personnummer", "Swedish personal identity number", "Swedish personal number"]),
    ("no_fnr", "en", &["fødselsnummer", "Norwegian national ID number", "Norwegian ID number", "fodselsnummer"]),
    ("dk_cpr", "en", &["CPR number", "CPR", "Danish CPR number", "Danish personal number"]),
    ("fi_hetu", "en", &["henkilötunnus", "Finnish personal identity code", "HETU", "Finnish ID code"]),
    ("cz_rc", "en", &["rodné číslo", "Czech birth number", "birth number"]),
    ("ro_cnp", "en", &["CNP", "Romanian CNP", "cod numeric personal"]),
    ("bg_egn", "en", &["EGN", "Bulgarian EGN", "Bulgarian personal number"]),
    ("hr_oib", "en", &["OIB", "Croatian OIB"]),
    ("hr_oib", "de", &["OIB", "kroatische OIB"]),
    ("tr_tckn", "en", &["Turkish ID number", "TC kimlik number", "TC kimlik", "T.C. kimlik no", "Turkish identity number"]),
    ("tr_tckn", "de", &["TC Kimlik", "türkische Identitätsnummer"]),
    ("in_aadhaar", "en", &["Aadhaar", "Aadhaar number", "Aadhaar card", "Aadhar number", "UID number"]),
    ("in_pan", "en", &["PAN", "PAN card", "PAN number", "permanent account number", "PAN card number"]),
    ("au_tfn", "en", &["tax file number", "TFN", "T.F.N."]),
    ("au_medicare", "en", &["Medicare number", "Medicare card", "Medicare card number"]),
    ("sg_nric", "en", &["NRIC", "NRIC number", "IC number", "FIN", "Singapore NRIC"]),
    ("hk_hkid", "en", &["HKID", "Hong Kong ID", "Hong Kong identity card number", "HKID number"]),
    ("tw_id", "en", &["Taiwan ID", "Taiwanese ID number", "Taiwan national ID"]),
    ("cn_ric", "en", &["Chinese ID number", "resident identity card number", "Chinese resident ID", "shenfenzheng number"]),
    ("kr_rrn", "en", &["resident registration number", "Korean RRN", "RRN", "Korean resident number"]),
    ("jp_mynumber", "en", &["My Number", "Japanese My Number", "individual number from Japan", "My Number card"]),
    ("th_id", "en", &["Thai ID number", "Thai ID", "Thai national ID"]),
    ("za_id", "en", &["South African ID number", "SA ID", "South African ID", "RSA ID number"]),
    ("il_tz", "en", &["teudat zehut", "Israeli ID number", "Israeli ID"]),
];

/// What this kind is called in this language; nothing when nobody would ask for it there.
pub(super) fn of(kind: &str, language: &str) -> &'static [&'static str] {
    let named = |wanted: &str| NAMES.iter().find(|(other, language, _)| *other == kind && *language == wanted);
    named(language).or_else(|| named("*")).map_or(&[], |(_, _, names)| names)
}

/// Has it in this language only the name that it has everywhere?
pub(super) fn is_everywhere(kind: &str, language: &str) -> bool {
    language != "en" && !NAMES.iter().any(|(other, wanted, _)| *other == kind && *wanted == language)
}
