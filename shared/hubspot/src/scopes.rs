//! What the app asks an account for (scopes page; each has to be configured on the app).

/// Without these nothing works: contacts, and the calls and notes that contacts' scopes govern; their owners; what properties there
/// are. The install fails where an account lacks one.
pub const REQUIRED: [&str; 5] =
    ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read", "crm.schemas.contacts.read"];

/// What skills on the other standard objects need, and our own properties: dropped without a word where an account lacks the
/// feature.
pub const OPTIONAL: [&str; 8] = [
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "tickets",
    "crm.schemas.companies.read",
    "crm.schemas.deals.read",
    "crm.schemas.contacts.write",
];

/// What custom objects need (Enterprise accounts), asked for when a binding first needs them.
pub const CUSTOM_OBJECTS: [&str; 3] = ["crm.objects.custom.read", "crm.objects.custom.write", "crm.schemas.custom.read"];

/// Those of `wanted` that were not granted.
pub fn missing(wanted: &[&'static str], granted: &[String]) -> Vec<&'static str> {
    wanted.iter().copied().filter(|scope| !granted.iter().any(|one| one == scope)).collect()
}
