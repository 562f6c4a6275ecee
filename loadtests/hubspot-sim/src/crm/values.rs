//! Property values as they come in: checked against their definition and brought into HubSpot's own form.

use super::html;
use super::phones;
use super::portal_state::PortalState;
use super::property::{Choices, Property};
use super::type_id::TypeId;
use crate::clock::{DAY_MS, iso, parse_date, parse_datetime};
use crate::error::Problem;

/// Characters a string property holds [properties guide]. Counted here in UTF-16 units of what was sent, tags included.
const MAX_CHARS: usize = 65_536;

/// A value ready to be stored; `None` clears the property.
#[derive(Debug, PartialEq)]
pub(crate) struct Normalised {
    pub(crate) value: Option<String>,
    /// What was sent, when it had to be changed leniently (2026-09 reports that).
    pub(crate) lenient: Option<String>,
}

/// What a value is checked against.
pub(crate) struct Rules<'s> {
    pub(crate) state: &'s PortalState,
    pub(crate) object: TypeId,
    /// Version 2026-09 and later: admin rules hold, dates are lenient.
    pub(crate) enforced: bool,
}

impl Rules<'_> {
    /// Checks one value. `before` is what the record holds, for `;` that appends and stages that only advance.
    pub(crate) fn normalise(&self, property: &Property, raw: &str, before: Option<&str>) -> Result<Normalised, Problem> {
        if !property.writable() {
            let message = format!("\"{}\" is a read only property; its value cannot be set.", property.name);
            return Err(Problem::new(&property.name, "READ_ONLY_VALUE", message));
        }
        if raw.is_empty() {
            return Ok(Normalised { value: None, lenient: None });
        }
        let value = match property.kind.as_str() {
            "number" => number(property, raw)?,
            "bool" => boolean(property, raw)?,
            "enumeration" => self.enumeration(property, raw, before)?,
            "date" => return self.date(property, raw),
            "datetime" => return self.datetime(property, raw),
            _ => self.text(property, raw)?,
        };
        Ok(Normalised { value: Some(value).filter(|value| !value.is_empty()), lenient: None })
    }

    fn text(&self, property: &Property, raw: &str) -> Result<String, Problem> {
        if raw.len() > MAX_CHARS && raw.encode_utf16().count() > MAX_CHARS {
            let message = format!("Property value exceeds the maximum length of {MAX_CHARS} characters.");
            return Err(Problem::new(&property.name, "VALUE_TOO_LONG", message));
        }
        match &*property.name {
            "email" if self.object == TypeId::CONTACT => email(property, raw),
            "hs_call_recording_url" if !raw.starts_with("https://") => {
                Err(Problem::new(&property.name, "INVALID_URL", "The recording URL must be an https URL."))
            }
            "phone" | "mobilephone" if self.phone_is_refused(raw) => {
                let message = format!("{raw} must be a phone number with an explicit country code.");
                Err(Problem::new(&property.name, "INVALID_PHONE_NUMBER", message))
            }
            _ if property.field_type == "html" => Ok(html::sanitize(raw)),
            _ => Ok(raw.to_owned()),
        }
    }

    /// The admin's `PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE` rule.
    fn phone_is_refused(&self, raw: &str) -> bool {
        let ruled = self.enforced && self.state.options.phone_country_code_required && self.object == TypeId::CONTACT;
        ruled && (!raw.starts_with('+') || phones::parse(raw, "").is_none())
    }

    fn enumeration(&self, property: &Property, raw: &str, before: Option<&str>) -> Result<String, Problem> {
        let appended = raw.strip_prefix(';').filter(|_| property.multiple());
        let wanted: Vec<&str> =
            if property.multiple() { raw.split(';').map(str::trim).filter(|one| !one.is_empty()).collect() } else { vec![raw] };
        for one in &wanted {
            self.check_option(property, one)?;
        }
        if property.name.as_ref() == "lifecyclestage" {
            return Ok(forward(property, before, raw).to_owned());
        }
        let mut all: Vec<&str> = appended.and(before).into_iter().flat_map(|held| held.split(';')).collect();
        all.extend(wanted);
        let mut seen = std::collections::HashSet::new();
        all.retain(|one| seen.insert(*one));
        Ok(all.join(";"))
    }

    fn check_option(&self, property: &Property, value: &str) -> Result<(), Problem> {
        let allowed = match property.source {
            Choices::Free => true,
            Choices::Owners => self.state.owners.iter().any(|owner| !owner.archived && owner.id.to_string() == value),
            _ => self.state.choices(self.object, property).iter().any(|option| option.value == value),
        };
        if allowed {
            return Ok(());
        }
        let options: Vec<String> = self.state.choices(self.object, property).iter().map(described).collect();
        let message = format!("{value} was not one of the allowed options: [{}]", options.join(", "));
        Err(Problem::new(&property.name, "INVALID_OPTION", message))
    }

    fn date(&self, property: &Property, raw: &str) -> Result<Normalised, Problem> {
        let exact = parse_date(raw).or_else(|| raw.parse::<i64>().ok().filter(|ms| ms % DAY_MS == 0));
        let lenient = || parse_datetime(raw).filter(|_| self.enforced);
        match (exact, exact.is_none().then(lenient).flatten()) {
            (Some(ms), _) => Ok(Normalised { value: Some(day(ms)), lenient: None }),
            (None, Some(ms)) => Ok(Normalised { value: Some(day(ms)), lenient: Some(raw.to_owned()) }),
            (None, None) => Err(not_a_date(property, raw)),
        }
    }

    fn datetime(&self, property: &Property, raw: &str) -> Result<Normalised, Problem> {
        let lenient = || parse_date(raw).filter(|_| self.enforced);
        match (parse_datetime(raw), lenient()) {
            (Some(ms), _) => Ok(Normalised { value: Some(iso(ms)), lenient: None }),
            (None, Some(ms)) => Ok(Normalised { value: Some(iso(ms)), lenient: Some(raw.to_owned()) }),
            (None, None) => Err(not_a_date(property, raw)),
        }
    }
}

fn day(ms: i64) -> String {
    iso(ms).chars().take(10).collect()
}

fn not_a_date(property: &Property, raw: &str) -> Problem {
    Problem::new(&property.name, "INVALID_DATE", format!("{raw} was not a valid date."))
}

fn number(property: &Property, raw: &str) -> Result<String, Problem> {
    match raw.trim().parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(raw.trim().to_owned()),
        _ => Err(Problem::new(&property.name, "INVALID_INTEGER", format!("{raw} was not a valid number."))),
    }
}

fn boolean(property: &Property, raw: &str) -> Result<String, Problem> {
    match raw {
        "true" | "false" => Ok(raw.to_owned()),
        _ => {
            let message = format!(
                "{raw} was not one of the allowed options: [label: \"True\" value: \"true\", label: \"False\" value: \"false\"]"
            );
            Err(Problem::new(&property.name, "INVALID_OPTION", message))
        }
    }
}

/// An address with one `@`, something before it and a dotted host after it. Stored in lower case.
fn email(property: &Property, raw: &str) -> Result<String, Problem> {
    let address = raw.trim().to_lowercase();
    let host_is_fine = |host: &str| {
        let labels: Vec<&str> = host.split('.').collect();
        labels.len() > 1
            && labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
            && labels.last().is_some_and(|top| top.chars().count() > 1)
    };
    let fine = address.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && !user.contains(|c: char| c.is_whitespace() || c.is_control() || ",;<>\"".contains(c))
            && host_is_fine(host)
    });
    if fine { Ok(address) } else { Err(Problem::new(&property.name, "INVALID_EMAIL", format!("Email address {raw} is invalid"))) }
}

fn described(option: &super::property::Choice) -> String {
    let description = option.description.as_deref().unwrap_or_default();
    format!(
        "label: \"{}\" value: \"{}\" display_order: {} description: \"{description}\"",
        option.label, option.value, option.display_order
    )
}

/// The later of two lifecycle stages: a step back is accepted and has no effect.
fn forward<'v>(property: &Property, before: Option<&'v str>, wanted: &'v str) -> &'v str {
    let rank = |stage: &str| property.options.iter().position(|option| option.value == stage);
    match before {
        Some(held) if rank(held) > rank(wanted) => held,
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::PortalOptions;

    fn state() -> PortalState {
        PortalState::new(7, PortalOptions { phone_country_code_required: true, ..PortalOptions::default() }, 0, 1, 0)
    }

    #[track_caller]
    fn check(object: TypeId, enforced: bool, name: &str, raw: &str, expected: Result<&str, &str>) {
        let state = state();
        let property = state.stores[&object].property(name).expect("a default property").clone();
        let outcome = Rules { state: &state, object, enforced }.normalise(&property, raw, Some("customer"));
        let found = outcome.as_ref().map(|normal| normal.value.as_deref().unwrap_or("")).map_err(|problem| problem.code);
        assert_eq!(found, expected, "{name} = {raw}");
    }

    #[test]
    fn each_type_has_its_own_form() {
        check(TypeId::CALL, true, "hs_timestamp", "1790000000123", Ok("2026-09-21T14:13:20.123Z"));
        check(TypeId::CALL, true, "hs_timestamp", "yesterday", Err("INVALID_DATE"));
        check(TypeId::CALL, true, "hs_call_duration", "12.5", Ok("12.5"));
        check(TypeId::CALL, true, "hs_call_duration", "1m", Err("INVALID_INTEGER"));
        check(TypeId::CALL, true, "hs_call_direction", "INBOUND", Ok("INBOUND"));
        check(TypeId::CALL, true, "hs_call_direction", "inbound", Err("INVALID_OPTION"));
        check(TypeId::CALL, true, "hs_call_recording_url", "http://x.example/a.mp3", Err("INVALID_URL"));
        check(TypeId::CALL, true, "hs_object_id", "1", Err("READ_ONLY_VALUE"));
        check(TypeId::CONTACT, true, "email", " Ann@B.example ", Ok("ann@b.example"));
        check(TypeId::CONTACT, true, "email", "ann@b", Err("INVALID_EMAIL"));
        check(TypeId::DEAL, true, "dealstage", "closedwon", Ok("closedwon"));
        check(TypeId::DEAL, true, "dealstage", "Closed Won", Err("INVALID_OPTION"));
    }

    #[test]
    fn dates_are_lenient_only_in_the_newer_version() {
        check(TypeId::DEAL, true, "closedate", "2026-01-02", Ok("2026-01-02T00:00:00.000Z"));
        check(TypeId::DEAL, false, "closedate", "2026-01-02", Err("INVALID_DATE"));
    }

    #[test]
    fn admin_rules_hold_only_in_the_newer_version() {
        check(TypeId::CONTACT, true, "phone", "2025550123", Err("INVALID_PHONE_NUMBER"));
        check(TypeId::CONTACT, true, "phone", "+12025550123", Ok("+12025550123"));
        check(TypeId::CONTACT, false, "phone", "2025550123", Ok("2025550123"));
    }

    #[test]
    fn a_lifecycle_stage_never_goes_back() {
        check(TypeId::CONTACT, true, "lifecyclestage", "lead", Ok("customer"));
        check(TypeId::CONTACT, true, "lifecyclestage", "evangelist", Ok("evangelist"));
    }

    #[test]
    fn length_counts_the_markup_too() {
        let long = "<p>".repeat(22_000);
        check(TypeId::NOTE, true, "hs_note_body", &long, Err("VALUE_TOO_LONG"));
        check(TypeId::NOTE, true, "hs_note_body", &"é".repeat(65_536), Ok(&"é".repeat(65_536)));
    }

    #[test]
    fn an_owner_is_meant_by_its_id_and_not_by_its_user() {
        let state = state();
        let owner = &state.owners[0];
        check(TypeId::CALL, true, "hubspot_owner_id", &owner.id.to_string(), Ok(&owner.id.to_string()));
        check(TypeId::CALL, true, "hubspot_owner_id", &owner.user_id.to_string(), Err("INVALID_OPTION"));
    }
}
