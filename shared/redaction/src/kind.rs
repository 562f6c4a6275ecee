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
