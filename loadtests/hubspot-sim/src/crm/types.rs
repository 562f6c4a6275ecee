//! The object types there are: names, required fields, what a read returns unasked, what `query` looks at.

use std::sync::LazyLock;

use super::type_id::TypeId;

/// An object type of a portal.
#[derive(Clone, Debug)]
pub(crate) struct ObjectType {
    pub(crate) id: TypeId,
    /// Plural, as in paths: `contacts`. For a custom object its fully qualified name.
    pub(crate) name: String,
    /// `contact`; in messages upper-cased.
    pub(crate) singular: String,
    /// Needed on create: all of them, or any one of them.
    pub(crate) required: Vec<String>,
    pub(crate) required_any: bool,
    /// Returned when no properties are named.
    pub(crate) shown: Vec<String>,
    /// What `query` searches.
    pub(crate) searched: Vec<String>,
    pub(crate) created: &'static str,
    pub(crate) modified: &'static str,
}

/// One line of the table below: id, plural, singular, required ("a|b" is any of), shown, searched.
type Row = (u32, &'static str, &'static str, &'static str, &'static str, &'static str);

/// Facts sheet sections 4 (ids), 4.3 (required on create), 6 (`query` fields).
const ROWS: &[Row] = &[
    (
        1,
        "contacts",
        "contact",
        "email|firstname|lastname",
        "email firstname lastname",
        "firstname lastname email phone hs_additional_emails fax mobilephone company hs_marketable_until_renewal",
    ),
    (2, "companies", "company", "name|domain", "name domain", "website phone name domain"),
    (
        3,
        "deals",
        "deal",
        "dealname dealstage pipeline",
        "amount closedate dealname dealstage pipeline",
        "dealname pipeline dealstage description dealtype",
    ),
    (
        5,
        "tickets",
        "ticket",
        "subject hs_pipeline_stage hs_pipeline",
        "content hs_pipeline hs_pipeline_stage hs_ticket_category hs_ticket_priority subject",
        "subject content hs_pipeline_stage hs_ticket_category hs_ticket_id",
    ),
    (7, "products", "product", "", "name price", "name description price hs_sku"),
    (8, "line_items", "line_item", "", "", ""),
    (14, "quotes", "quote", "", "", ""),
    (
        18,
        "communications",
        "communication",
        "hs_timestamp hs_communication_channel_type",
        "",
        "hs_communication_channel_type hs_communication_body",
    ),
    (27, "tasks", "task", "hs_timestamp", "", "hs_body_preview hs_task_subject"),
    (46, "notes", "note", "hs_timestamp", "", "hs_note_body"),
    (47, "meetings", "meeting", "hs_timestamp", "", "hs_meeting_title hs_body_preview"),
    (48, "calls", "call", "hs_timestamp", "", "hs_call_title hs_body_preview"),
    (49, "emails", "email", "hs_timestamp hs_email_direction", "", "hs_email_subject"),
    (53, "invoices", "invoice", "", "", ""),
    (115, "users", "user", "", "", ""),
    (116, "postal_mail", "postal_mail", "hs_timestamp", "", ""),
    (123, "orders", "order", "", "hs_order_name hs_total_price", "hs_order_name"),
    (136, "leads", "lead", "hs_lead_name", "hs_lead_name", "hs_lead_name"),
    (162, "services", "service", "", "hs_name", "hs_name"),
    (410, "courses", "course", "", "hs_name", "hs_name"),
    (420, "listings", "listing", "", "hs_name", "hs_name"),
    (421, "appointments", "appointment", "", "hs_appointment_name", "hs_appointment_name"),
    (970, "projects", "project", "", "hs_name", "hs_name"),
];

static STANDARD: LazyLock<Vec<ObjectType>> = LazyLock::new(|| ROWS.iter().map(standard_type).collect());

/// Every type that HubSpot defines.
pub(crate) fn standard() -> &'static [ObjectType] {
    &STANDARD
}

fn standard_type(&(number, name, singular, required, shown, searched): &Row) -> ObjectType {
    let modified = if name == "contacts" { "lastmodifieddate" } else { "hs_lastmodifieddate" };
    let created = match name {
        "contacts" | "companies" | "deals" | "tickets" | "products" => "createdate",
        _ => "hs_createdate",
    };
    let system = [created, modified, "hs_object_id"].into_iter().map(str::to_owned);
    ObjectType {
        id: TypeId::standard(number),
        name: name.to_owned(),
        singular: singular.to_owned(),
        required: required.split([' ', '|']).filter(|word| !word.is_empty()).map(str::to_owned).collect(),
        required_any: required.contains('|'),
        shown: words(shown).chain(system).collect(),
        searched: words(searched).collect(),
        created,
        modified,
    }
}

fn words(text: &'static str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(str::to_owned)
}

impl ObjectType {
    /// Whether `text` means this type: plural or singular name, or type id.
    pub(crate) fn is_called(&self, text: &str) -> bool {
        text == self.name || text == self.singular || text == self.id.to_string()
    }

    /// `CONTACT`, as error messages write it.
    pub(crate) fn shouted(&self) -> String {
        self.singular.to_uppercase()
    }

    /// What every answer about a record holds besides what was asked for.
    pub(crate) fn system_properties(&self) -> [&str; 3] {
        [self.created, self.modified, "hs_object_id"]
    }
}
