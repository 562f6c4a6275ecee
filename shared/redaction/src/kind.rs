//! What kinds of numbers are removed, and how many of each were.

use std::fmt;

/// Declares [`Kind`] once: variant, stable name, words for people.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $label:literal;)+) => {
        /// A kind of number that does not leave. Names are stable: they stand in ledgers, metrics and API answers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind { $($(#[$doc])* $variant,)+ }

        impl Kind {
            /// All kinds, in the order of [`Counts`].
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name, `snake_case`: a metric's label, a ledger's key.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The words for a person, as they stand in the replacement `[card number removed]`.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// What stands in the text where a number of this kind was.
            pub const fn replacement(self) -> &'static str {
                match self { $(Self::$variant => concat!("[", $label, " removed]"),)+ }
            }
        }
    };
}

kinds! {
    /// A payment card's number (ISO/IEC 7812-1).
    Card, "card", "card number";
    /// The card verification value: CVV2, CVC2, CID.
    SecurityCode, "security_code", "security code";
    /// A card's expiry date.
    CardExpiry, "card_expiry", "card expiry";
    /// An international bank account number (ISO 13616).
    Iban, "iban", "bank account number";
    /// United States: Social Security number.
    UsSsn, "us_ssn", "social security number";
    /// United States: individual taxpayer identification number.
    UsItin, "us_itin", "taxpayer number";
    /// United States: employer identification number.
    UsEin, "us_ein", "employer number";
    /// Brazil: Cadastro de Pessoas Físicas.
    BrCpf, "br_cpf", "CPF";
    /// Canada: Social Insurance Number.
    CaSin, "ca_sin", "social insurance number";
    /// Switzerland: AHV/AVS number.
    ChAhv, "ch_ahv", "AHV number";
    /// Germany: Steuerliche Identifikationsnummer.
    DeSteuerId, "de_steuer_id", "tax number";
    /// Spain: DNI and NIE.
    EsDni, "es_dni", "DNI";
    /// France: numéro d'inscription au répertoire.
    FrNir, "fr_nir", "NIR";
    /// India: Aadhaar.
    InAadhaar, "in_aadhaar", "Aadhaar number";
    /// Italy: codice fiscale.
    ItCodiceFiscale, "it_codice_fiscale", "codice fiscale";
    /// Mexico: Clave Única de Registro de Población.
    MxCurp, "mx_curp", "CURP";
    /// Netherlands: burgerservicenummer.
    NlBsn, "nl_bsn", "BSN";
    /// Poland: PESEL.
    PlPesel, "pl_pesel", "PESEL";
    /// Portugal: número de identificação fiscal.
    PtNif, "pt_nif", "NIF";
    /// Sweden: personnummer.
    SePersonnummer, "se_personnummer", "personnummer";
    /// Singapore: NRIC and FIN.
    SgNric, "sg_nric", "NRIC";
    /// Türkiye: TC kimlik numarası.
    TrTckn, "tr_tckn", "TC kimlik number";
    /// United Kingdom: NHS number.
    UkNhs, "uk_nhs", "NHS number";
    /// United Kingdom: National Insurance number.
    UkNino, "uk_nino", "National Insurance number";
    /// South Africa: identity number.
    ZaId, "za_id", "South African ID";
    /// Argentina: CUIT and CUIL.
    ArCuit, "ar_cuit", "CUIT";
    /// Austria: Sozialversicherungsnummer.
    AtSvnr, "at_svnr", "Austrian insurance number";
    /// Australia: Medicare card number.
    AuMedicare, "au_medicare", "Medicare number";
    /// Australia: tax file number.
    AuTfn, "au_tfn", "tax file number";
    /// Belgium: national register number.
    BeNationalNumber, "be_national_number", "Belgian national number";
    /// Bulgaria: EGN.
    BgEgn, "bg_egn", "EGN";
    /// Brazil: Cadastro Nacional da Pessoa Jurídica.
    BrCnpj, "br_cnpj", "CNPJ";
    /// Chile: RUT and RUN.
    ClRut, "cl_rut", "RUT";
    /// China: resident identity number.
    CnResidentId, "cn_resident_id", "Chinese ID";
    /// Czechia and Slovakia: rodné číslo.
    CzRodneCislo, "cz_rodne_cislo", "birth number";
    /// Denmark: CPR number.
    DkCpr, "dk_cpr", "CPR";
    /// Finland: henkilötunnus.
    FiHetu, "fi_hetu", "Finnish identity code";
    /// Hong Kong: identity card number.
    HkId, "hk_id", "Hong Kong ID";
    /// Croatia: OIB.
    HrOib, "hr_oib", "OIB";
    /// Ireland: PPS number.
    IePps, "ie_pps", "PPS number";
    /// Israel: identity number.
    IlId, "il_id", "Israeli ID";
    /// India: permanent account number.
    InPan, "in_pan", "PAN";
    /// South Korea: resident registration number.
    KrRrn, "kr_rrn", "Korean registration number";
    /// Norway: fødselsnummer.
    NoFodselsnummer, "no_fodselsnummer", "Norwegian identity number";
    /// Romania: CNP.
    RoCnp, "ro_cnp", "CNP";
    /// Thailand: identity number.
    ThId, "th_id", "Thai ID";
    /// Taiwan: identity number.
    TwId, "tw_id", "Taiwanese ID";
    /// A passport, whatever country's.
    Passport, "passport", "passport number";
    /// A driving licence, whatever country's.
    DrivingLicence, "driving_licence", "driving licence number";
    /// A bank account by its country's own number: no IBAN.
    BankAccount, "bank_account", "account number";
    /// A bank's own number: United Kingdom and Ireland sort code, Australia BSB, Germany Bankleitzahl.
    SortCode, "sort_code", "sort code";
    /// United States: ABA routing transit number.
    UsRouting, "us_routing", "routing number";
    /// United States: Medicare beneficiary identifier.
    UsMbi, "us_mbi", "Medicare beneficiary number";
    /// Canada: the provinces' health card numbers.
    CaHealth, "ca_health", "health card number";
    /// Mexico: RFC of a person or company.
    MxRfc, "mx_rfc", "RFC";
    /// Mexico: número de seguridad social.
    MxNss, "mx_nss", "NSS";
    /// Brazil: registro geral.
    BrRg, "br_rg", "RG";
    /// Brazil: PIS, PASEP and NIS.
    BrPis, "br_pis", "PIS";
    /// Brazil: carteira nacional de habilitação.
    BrCnh, "br_cnh", "CNH";
    /// Ecuador: cédula de identidad.
    EcCedula, "ec_cedula", "Ecuadorian ID";
    /// Dominican Republic: cédula de identidad.
    DoCedula, "do_cedula", "Dominican ID";
    /// Uruguay: cédula de identidad.
    UyCedula, "uy_cedula", "Uruguayan ID";
    /// Peru: registro único de contribuyentes.
    PeRuc, "pe_ruc", "RUC";
    /// Colombia: cédula; and Spanish America's other cédulas without check digit.
    CoCedula, "co_cedula", "cedula";
    /// Colombia: NIT.
    CoNit, "co_nit", "NIT";
    /// United Kingdom: unique taxpayer reference.
    UkUtr, "uk_utr", "UTR";
    /// France: numéro fiscal de référence (SPI).
    FrSpi, "fr_spi", "French tax number";
    /// France: carte nationale d'identité.
    FrCni, "fr_cni", "French identity card";
    /// Spain: NIF of a company, once CIF.
    EsCif, "es_cif", "CIF";
    /// Spain: número de la seguridad social.
    EsNuss, "es_nuss", "Spanish social security number";
    /// Portugal: cartão de cidadão, bilhete de identidade.
    PtCartaoCidadao, "pt_cartao_cidadao", "citizen card number";
    /// Portugal: número de identificação de segurança social.
    PtNiss, "pt_niss", "NISS";
    /// Italy: partita IVA.
    ItPartitaIva, "it_partita_iva", "partita IVA";
    /// Italy: carta d'identità.
    ItCartaIdentita, "it_carta_identita", "Italian identity card";
    /// Luxembourg: matricule.
    LuMatricule, "lu_matricule", "matricule";
    /// Germany: Steuernummer.
    DeSteuernummer, "de_steuernummer", "German tax number";
    /// Germany: Rentenversicherungsnummer, also called Sozialversicherungsnummer.
    DeRentenversicherung, "de_rentenversicherung", "German insurance number";
    /// Germany: Krankenversichertennummer.
    DeKrankenversicherung, "de_krankenversicherung", "German health insurance number";
    /// Germany: Personalausweis.
    DePersonalausweis, "de_personalausweis", "German identity card";
    /// Iceland: kennitala.
    IsKennitala, "is_kennitala", "kennitala";
    /// Estonia: isikukood.
    EeIsikukood, "ee_isikukood", "isikukood";
    /// Lithuania: asmens kodas.
    LtAsmensKodas, "lt_asmens_kodas", "asmens kodas";
    /// Latvia: personas kods.
    LvPersonasKods, "lv_personas_kods", "personas kods";
    /// Poland: NIP.
    PlNip, "pl_nip", "NIP";
    /// Poland: dowód osobisty.
    PlDowod, "pl_dowod", "Polish identity card";
    /// Yugoslavia's successors: JMBG, EMŠO.
    YuJmbg, "yu_jmbg", "JMBG";
    /// Hungary: TAJ szám.
    HuTaj, "hu_taj", "TAJ number";
    /// Hungary: adóazonosító jel.
    HuTaxId, "hu_tax_id", "Hungarian tax number";
    /// Greece: AMKA.
    GrAmka, "gr_amka", "AMKA";
    /// Greece: AFM.
    GrAfm, "gr_afm", "AFM";
    /// Romania: carte de identitate.
    RoCarteIdentitate, "ro_carte_identitate", "Romanian identity card";
    /// Ukraine: RNOKPP.
    UaTaxNumber, "ua_tax_number", "Ukrainian tax number";
    /// Russia: INN of a person.
    RuInn, "ru_inn", "INN";
    /// Russia: SNILS.
    RuSnils, "ru_snils", "SNILS";
    /// Moldova: IDNP.
    MdIdnp, "md_idnp", "IDNP";
    /// Kazakhstan: IIN.
    KzIin, "kz_iin", "IIN";
    /// India: GSTIN.
    InGstin, "in_gstin", "GSTIN";
    /// India: voter identity card.
    InVoterId, "in_voter_id", "voter ID";
    /// Japan: Individual Number, called My Number.
    JpMyNumber, "jp_my_number", "My Number";
    /// Malaysia: `MyKad`.
    MyNric, "my_nric", "MyKad number";
    /// Indonesia: nomor induk kependudukan.
    IdNik, "id_nik", "NIK";
    /// Pakistan: CNIC.
    PkCnic, "pk_cnic", "CNIC";
    /// Sri Lanka: NIC.
    LkNic, "lk_nic", "Sri Lankan ID";
    /// Bangladesh: NID.
    BdNid, "bd_nid", "Bangladeshi ID";
    /// Vietnam: căn cước công dân.
    VnCccd, "vn_cccd", "Vietnamese ID";
    /// Philippines: `PhilSys` number and UMID.
    PhPhilsys, "ph_philsys", "Philippine ID";
    /// United Arab Emirates: Emirates ID.
    AeEmiratesId, "ae_emirates_id", "Emirates ID";
    /// Saudi Arabia: national ID and iqama.
    SaId, "sa_id", "Saudi ID";
    /// Kuwait: civil ID.
    KwCivilId, "kw_civil_id", "Kuwaiti civil ID";
    /// Iran: code melli.
    IrMelli, "ir_melli", "Iranian ID";
    /// Nigeria: NIN and BVN.
    NgNin, "ng_nin", "Nigerian ID";
    /// Kenya: identity card and KRA PIN.
    KeId, "ke_id", "Kenyan ID";
    /// Ghana: Ghana Card.
    GhCard, "gh_card", "Ghana Card";
    /// Egypt: national ID.
    EgId, "eg_id", "Egyptian ID";
    /// Morocco: carte nationale.
    MaCin, "ma_cin", "Moroccan ID";
    /// Australia: business number.
    AuAbn, "au_abn", "ABN";
    /// Australia: Centrelink reference number.
    AuCrn, "au_crn", "Centrelink number";
    /// New Zealand: IRD number.
    NzIrd, "nz_ird", "IRD number";
    /// New Zealand: NHI number.
    NzNhi, "nz_nhi", "NHI number";
    /// A number that was asked for or named as an identity number, of a kind that is not known.
    OtherId, "other_id", "identity number";
    /// What a pattern of the owner's finds; its own label stands in the replacement.
    Custom, "custom", "custom pattern";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How many numbers of each kind were removed. An echo of a number counts again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts([u32; Kind::ALL.len()]);

impl Default for Counts {
    fn default() -> Self {
        Self([0; Kind::ALL.len()])
    }
}

impl Counts {
    /// How many of `kind`.
    pub fn of(&self, kind: Kind) -> u32 {
        self.0[kind as usize]
    }

    /// All of them together.
    pub fn total(&self) -> u32 {
        self.0.iter().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// The kinds that occurred, with their number.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, u32)> + '_ {
        Kind::ALL.iter().copied().zip(self.0).filter(|(_, n)| *n > 0)
    }

    /// Adds another text's counts to these.
    pub fn merge(&mut self, other: &Self) {
        for (sum, n) in self.0.iter_mut().zip(other.0) {
            *sum = sum.saturating_add(n);
        }
    }

    pub(crate) fn add(&mut self, kind: Kind) {
        let n = &mut self.0[kind as usize];
        *n = n.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_labels_are_each_kinds_own() {
        let names: HashSet<_> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
        let labels: HashSet<_> = Kind::ALL.iter().map(|kind| kind.label()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        assert_eq!(labels.len(), Kind::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')));
    }

    #[test]
    fn counts_add_up() {
        let mut counts = Counts::default();
        counts.add(Kind::Card);
        counts.add(Kind::Card);
        let mut other = Counts::default();
        other.add(Kind::Iban);
        counts.merge(&other);
        assert_eq!(counts.iter().collect::<Vec<_>>(), [(Kind::Card, 2), (Kind::Iban, 1)]);
        assert_eq!((counts.of(Kind::Card), counts.total()), (2, 3));
    }
}
