//! The calculated phone properties of a contact.
//!
//! `hs_searchable_calculated_*` hold area code and local number without the country code [search guide], and samples show
//! leading zeros dropped ("00004" -> "4"). The international pair is undocumented; here it holds the digits with country code.

use std::sync::Arc;

use phonenumber::{Mode, PhoneNumber, country};

use super::record::Change;

/// The names that follow from `phone` and from `mobilephone`.
struct Family {
    source: &'static str,
    formatted: &'static str,
    national: &'static str,
    international: &'static str,
}

const FAMILIES: [Family; 2] = [
    Family {
        source: "phone",
        formatted: "hs_calculated_phone_number",
        national: "hs_searchable_calculated_phone_number",
        international: "hs_searchable_calculated_international_phone_number",
    },
    Family {
        source: "mobilephone",
        formatted: "hs_calculated_mobile_number",
        national: "hs_searchable_calculated_mobile_number",
        international: "hs_searchable_calculated_international_mobile_number",
    },
];

/// What changes with a contact's phones.
pub(crate) fn derived(changes: &[Change], region: &str) -> Vec<Change> {
    let mut derived = Vec::new();
    for family in &FAMILIES {
        if let Some((_, value)) = changes.iter().find(|(name, _)| &**name == family.source) {
            derive(family, value.as_deref(), region, &mut derived);
        }
    }
    derived
}

fn derive(family: &Family, value: Option<&str>, region: &str, out: &mut Vec<Change>) {
    let parsed = value.and_then(|text| parse(text, region));
    let mut put = |name: &'static str, value: Option<String>| {
        out.push((Arc::from(name), value.filter(|text| !text.is_empty()).map(Arc::from)));
    };
    put(family.formatted, parsed.as_ref().map(e164));
    put(family.national, value.map(|text| national(text, parsed.as_ref())));
    put(family.international, parsed.as_ref().map(|number| e164(number).trim_start_matches('+').to_owned()));
    if family.source == "phone" {
        let region = parsed.as_ref().and_then(|number| number.country().id()).map(|id| id.as_ref().to_owned());
        put("hs_calculated_phone_number_country_code", parsed.as_ref().map(|number| number.code().value().to_string()));
        put("hs_calculated_phone_number_region_code", region);
        let area = parsed.as_ref().filter(|number| number.code().value() == 1).map(|number| number.national().to_string());
        put("hs_calculated_phone_number_area_code", area.map(|text| text.chars().take(3).collect()));
    }
}

/// The number a text means in a country, if it means one.
pub(crate) fn parse(text: &str, region: &str) -> Option<PhoneNumber> {
    let region: Option<country::Id> = region.parse().ok();
    let number = phonenumber::parse(region, text).ok()?;
    number.is_valid().then_some(number)
}

/// `+12025550123`.
pub(crate) fn e164(number: &PhoneNumber) -> String {
    number.format().mode(Mode::E164).to_string()
}

fn national(text: &str, parsed: Option<&PhoneNumber>) -> String {
    match parsed {
        Some(number) => number.national().value().to_string(),
        None => text.chars().filter(char::is_ascii_digit).collect::<String>().trim_start_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phone: &str, property: &str, expected: Option<&str>) {
        let changes = [(Arc::from("phone"), Some(Arc::from(phone)))];
        let derived = derived(&changes, "US");
        let found = derived.iter().find(|(name, _)| &**name == property).and_then(|(_, value)| value.as_deref());
        assert_eq!(found, expected, "{property} of {phone}");
    }

    #[test]
    fn national_numbers_have_no_country_code_and_no_leading_zero() {
        check("+1 (202) 555-0123", "hs_searchable_calculated_phone_number", Some("2025550123"));
        check("202-555-0123", "hs_searchable_calculated_phone_number", Some("2025550123"));
        check("+49 30 901820", "hs_searchable_calculated_phone_number", Some("30901820"));
        check("+390612345678", "hs_searchable_calculated_phone_number", Some("612345678"));
        check("00004", "hs_searchable_calculated_phone_number", Some("4"));
    }

    #[test]
    fn an_international_number_needs_a_real_number() {
        check("+49 30 901820", "hs_calculated_phone_number", Some("+4930901820"));
        check("+49 30 901820", "hs_calculated_phone_number_region_code", Some("DE"));
        check("ask reception", "hs_calculated_phone_number", None);
        check("ask reception", "hs_searchable_calculated_phone_number", None);
    }
}
