//! The properties every account has, read from the tables beside this file.
//!
//! Names, types and options are the documented ones (object guides, and the property dumps integrators publish); the tables
//! hold what conversations, identification and bindings touch, not all of HubSpot's several hundred.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::crm::property::{Choice, Choices, Property};

/// Properties of a type by name.
pub(crate) type Properties = BTreeMap<Arc<str>, Arc<Property>>;

const COMMON: &str = include_str!("common.txt");
const ENGAGEMENT: &str = include_str!("engagement.txt");

/// The tables of an object type, by plural name.
fn tables(object: &str) -> (&'static str, Vec<&'static str>) {
    match object {
        "contacts" => ("contactinformation", vec![include_str!("contacts.txt")]),
        "companies" => ("companyinformation", vec![include_str!("companies.txt")]),
        "deals" => ("dealinformation", vec![include_str!("deals.txt")]),
        "tickets" => ("ticketinformation", vec![include_str!("tickets.txt")]),
        "calls" => ("call", vec![ENGAGEMENT, include_str!("calls.txt")]),
        "notes" => ("note", vec![ENGAGEMENT, include_str!("notes.txt")]),
        "communications" => ("communication", vec![ENGAGEMENT, include_str!("communications.txt")]),
        "tasks" => ("task", vec![ENGAGEMENT, include_str!("tasks.txt")]),
        "meetings" => ("meeting", vec![ENGAGEMENT, include_str!("meetings.txt")]),
        "emails" => ("email", vec![ENGAGEMENT, include_str!("emails.txt")]),
        "postal_mail" => ("postal_mail", vec![ENGAGEMENT]),
        "orders" => ("order", vec![include_str!("orders.txt")]),
        "products" => ("productinformation", vec![include_str!("products.txt")]),
        "leads" => ("leadinformation", vec![include_str!("leads.txt")]),
        "appointments" => ("appointmentinformation", vec![include_str!("appointments.txt")]),
        _ => ("objectinformation", vec![include_str!("other.txt")]),
    }
}

/// Default properties of a standard object.
pub(crate) fn properties(object: &str) -> Properties {
    let (group, tables) = tables(object);
    parse(group, tables.into_iter().chain([COMMON]))
}

/// What a custom object has before its own properties.
pub(crate) fn custom_properties(group: &str) -> Properties {
    const SYSTEM: &str = "hs_createdate | Create date | datetime | date | {group} | ro |\nhs_lastmodifieddate | Last modified date | datetime | date | {group} | ro |\n\
         hs_pipeline | Pipeline | enumeration | select | {group} | pipeline |\nhs_pipeline_stage | Pipeline stage | enumeration | select | {group} | stage |";
    parse(group, [SYSTEM, COMMON])
}

fn parse<'t>(group: &str, tables: impl IntoIterator<Item = &'t str>) -> Properties {
    let lines = tables.into_iter().flat_map(str::lines).filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|line| property(line, group)).map(|property| (Arc::clone(&property.name), Arc::new(property))).collect()
}

fn property(line: &str, group: &str) -> Property {
    let mut columns = line.splitn(7, '|').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    let (name, label, kind, field_type, own_group, flags, options) = (next(), next(), next(), next(), next(), next(), next());
    let marked = |flag: &str| flags.split(',').any(|mark| mark == flag);
    Property {
        name: Arc::from(name),
        label: label.to_owned(),
        description: String::new(),
        kind: kind.to_owned(),
        field_type: field_type.to_owned(),
        group: own_group.replace("{group}", group),
        options: choices(options),
        source: source(flags, name),
        calculated: marked("calc"),
        read_only: marked("ro") || marked("calc"),
        unique: marked("uniq"),
        hidden: marked("hidden"),
        hubspot_defined: true,
        archived: false,
        form_field: !marked("ro") && !marked("calc"),
        display_order: -1,
        changed_ms: 0,
        extra: BTreeMap::new(),
    }
}

fn source(flags: &str, name: &str) -> Choices {
    let marked = |flag: &str| flags.split(',').any(|mark| mark == flag);
    if marked("owner") {
        Choices::Owners
    } else if marked("pipeline") {
        Choices::Pipelines
    } else if marked("stage") {
        Choices::Stages
    } else if marked("free") || matches!(name, "hs_additional_emails" | "hs_merged_object_ids") {
        Choices::Free
    } else {
        Choices::Listed
    }
}

fn choices(options: &str) -> Vec<Choice> {
    let pairs = options.split(';').filter_map(|option| option.split_once('='));
    (0..)
        .zip(pairs)
        .map(|(display_order, (value, label))| Choice {
            label: label.trim().to_owned(),
            value: value.trim().to_owned(),
            description: None,
            display_order,
            hidden: false,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_has_its_documented_fields_and_options() {
        let calls = properties("calls");
        let direction = &calls["hs_call_direction"];
        assert_eq!(direction.options.iter().map(|option| option.value.as_str()).collect::<Vec<_>>(), ["INBOUND", "OUTBOUND"]);
        assert!(calls["hs_timestamp"].writable());
        assert!(!calls["hs_object_id"].writable());
        assert_eq!(calls["hs_object_id"].group, "call");
    }

    #[test]
    fn every_line_of_every_table_is_whole() {
        for object in ["contacts", "companies", "deals", "tickets", "calls", "communications", "orders", "quotes"] {
            for property in properties(object).values() {
                assert!(!property.group.is_empty() && !property.label.is_empty(), "{object}.{}", property.name);
                let listed = property.source == Choices::Listed && property.kind == "bool";
                assert!(!listed || property.options.len() == 2, "{object}.{}", property.name);
            }
        }
    }
}
