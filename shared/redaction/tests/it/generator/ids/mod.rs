//! Identity numbers of some fifty kinds: how each is made, printed and called.

mod americas;
mod asia;
mod europe;
mod names;

use super::number::{Family, Number};
use super::random::Random;

/// One kind of identity number.
pub(super) struct Kind {
    /// Country and number, as in the sample.
    pub(super) name: &'static str,
    weight: usize,
    make: fn(&mut Random) -> String,
    /// As it is printed: `#` is the next character. The first is the most usual.
    printed: &'static [&'static str],
    /// Would a careful reader know it, printed as usual, without a word about it?
    pub(super) tells_itself: bool,
}

const fn kind(
    weight: usize,
    name: &'static str,
    make: fn(&mut Random) -> String,
    printed: &'static [&'static str],
    tells_itself: bool,
) -> Kind {
    Kind { name, weight, make, printed, tells_itself }
}

const KINDS: &[Kind] = &[
    kind(20, "us_ssn", americas::us_ssn, &["###-##-####", "### ## ####", "#########"], true),
    kind(4, "us_itin", americas::us_itin, &["###-##-####", "### ## ####"], false),
    kind(4, "us_ein", americas::us_ein, &["##-#######"], false),
    kind(3, "us_passport", americas::us_passport, &["#########"], false),
    kind(3, "us_dl", americas::us_driving_licence, &["########"], false),
    kind(8, "ca_sin", americas::ca_sin, &["### ### ###", "###-###-###"], false),
    kind(8, "br_cpf", americas::br_cpf, &["###.###.###-##"], true),
    kind(4, "br_cnpj", americas::br_cnpj, &["##.###.###/####-##"], true),
    kind(5, "mx_curp", americas::mx_curp, &["##################"], true),
    kind(4, "mx_rfc", americas::mx_rfc, &["#############", "#### ###### ###"], false),
    kind(4, "ar_cuit", americas::ar_cuit, &["##-########-#"], false),
    kind(4, "cl_rut", americas::cl_rut, &["##.###.###-#", "########-#"], false),
    kind(10, "uk_nino", europe::uk_nino, &["## ## ## ## #", "#########", "## ###### #"], true),
    kind(8, "uk_nhs", europe::uk_nhs, &["### ### ####"], false),
    kind(3, "uk_passport", europe::uk_passport, &["#########"], false),
    kind(2, "uk_dl", europe::uk_driving_licence, &["##### ###### #####", "################"], false),
    kind(3, "ie_pps", europe::ie_pps, &["########"], false),
    kind(6, "de_steuerid", europe::de_steuer_id, &["## ### ### ###", "###########"], false),
    kind(3, "de_ausweis", europe::de_ausweis, &["##########"], false),
    kind(3, "de_rvnr", europe::de_rv_number, &["## ###### # ###", "############"], false),
    kind(3, "at_svnr", europe::at_svnr, &["#### ######"], false),
    kind(6, "ch_ahv", europe::ch_ahv, &["###.####.####.##"], true),
    kind(7, "fr_nir", europe::fr_nir, &["# ## ## ## ### ### ##", "###############"], true),
    kind(7, "es_dni", europe::es_dni, &["#########", "########-#"], false),
    kind(4, "es_nie", europe::es_nie, &["#########", "#-#######-#"], false),
    kind(4, "it_cf", europe::it_cf, &["################", "### ### ##### #####"], true),
    kind(5, "nl_bsn", europe::nl_bsn, &["#########", "#### ## ###", "### ### ###"], false),
    kind(3, "be_nrn", europe::be_national_number, &["##.##.##-###.##"], false),
    kind(6, "pt_nif", europe::pt_nif, &["### ### ###", "#########"], false),
    kind(5, "pl_pesel", europe::pl_pesel, &["###########"], false),
    kind(4, "se_pnr", europe::se_personnummer, &["######-####"], false),
    kind(3, "no_fnr", europe::no_fodselsnummer, &["###### #####", "###########"], false),
    kind(3, "dk_cpr", europe::dk_cpr, &["######-####"], false),
    kind(3, "fi_hetu", europe::fi_hetu, &["######-####"], false),
    kind(3, "cz_rc", europe::cz_rodne_cislo, &["######/####"], false),
    kind(3, "ro_cnp", europe::ro_cnp, &["#############"], false),
    kind(2, "bg_egn", europe::bg_egn, &["##########"], false),
    kind(2, "hr_oib", europe::hr_oib, &["###########"], false),
    kind(4, "tr_tckn", europe::tr_tckn, &["###########", "### ### ### ##"], false),
    kind(8, "in_aadhaar", asia::in_aadhaar, &["#### #### ####", "####-####-####"], false),
    kind(5, "in_pan", asia::in_pan, &["##########"], false),
    kind(5, "au_tfn", asia::au_tfn, &["### ### ###"], false),
    kind(4, "au_medicare", asia::au_medicare, &["#### ##### #"], false),
    kind(5, "sg_nric", asia::sg_nric, &["#########"], false),
    kind(3, "hk_hkid", asia::hk_hkid, &["#######(#)", "########"], false),
    kind(3, "tw_id", asia::tw_id, &["##########"], false),
    kind(4, "cn_ric", asia::cn_resident, &["##################", "###### ######## ####"], false),
    kind(4, "kr_rrn", asia::kr_rrn, &["######-#######"], false),
    kind(3, "jp_mynumber", asia::jp_my_number, &["#### #### ####", "############"], false),
    kind(3, "th_id", asia::th_id, &["#-####-#####-##-#"], false),
    kind(4, "za_id", asia::za_id, &["###### #### ## #", "#############"], false),
    kind(3, "il_tz", asia::il_teudat_zehut, &["#########", "#-#######-#"], false),
];

/// A number, and what it may be called in a language.
pub(super) struct Id {
    pub(super) number: Number,
    pub(super) names: &'static [&'static str],
    pub(super) tells_itself: bool,
}

/// An identity number of a kind that has a name in this language.
pub(super) fn id(language: &str, random: &mut Random) -> Id {
    loop {
        let weights: Vec<(usize, &Kind)> = KINDS.iter().map(|kind| (kind.weight, kind)).collect();
        let kind = random.weighted(&weights);
        let names = names::of(kind.name, language);
        // Elsewhere one is asked for another country's number only now and then.
        let abroad = names::is_everywhere(kind.name, language);
        if !names.is_empty() && (!abroad || random.chance(12)) {
            let value = (kind.make)(random);
            let printed = if random.chance(70) { kind.printed[0] } else { random.pick(kind.printed) };
            let usual = print(printed, &value);
            let number = Number::new(format!("id.{}", kind.name), Family::Id, value, usual);
            return Id { number, names, tells_itself: kind.tells_itself };
        }
    }
}

/// Another number of the same kind.
pub(super) fn another(number: &Number, random: &mut Random) -> Number {
    let kind = KINDS.iter().find(|kind| number.kind.ends_with(kind.name)).expect("a kind of these");
    let value = (kind.make)(random);
    let usual = print(kind.printed[0], &value);
    Number::new(number.kind.clone(), Family::Id, value, usual)
}

/// The pattern with the value's characters; a value that is longer (a second letter) goes on at the end.
fn print(pattern: &str, value: &str) -> String {
    let mut rest = value.chars();
    let mut printed: String = pattern.chars().filter_map(|c| if c == '#' { rest.next() } else { Some(c) }).collect();
    printed.extend(rest);
    printed
}

/// A birth date between the forties and the two thousands: year, month, day, and whether of this century.
fn birth(random: &mut Random) -> (usize, usize, usize) {
    (random.between(1945, 2005), random.between(1, 12), random.between(1, 28))
}

fn yymmdd(random: &mut Random) -> (usize, String) {
    let (year, month, day) = birth(random);
    (year, format!("{:02}{month:02}{day:02}", year % 100))
}
