//! Which scopes open what [OpenAPI `security` blocks; scopes guide]. Every list is any-of.

use super::type_id::TypeId;
use super::types::ObjectType;

/// Scopes that let an app read records of a type.
pub(crate) fn read(kind: &ObjectType) -> Vec<String> {
    match kind.id {
        TypeId::EMAIL => list(&["crm.objects.contacts.read", "sales-email-read"]),
        TypeId::TICKET => list(&["tickets"]),
        _ if kind.id.is_custom() => list(&["crm.objects.custom.read"]),
        _ => vec![format!("crm.objects.{}.read", family(&kind.name))],
    }
}

/// Scopes that let an app write records of a type. Calls and notes are written with the contacts scope.
pub(crate) fn write(kind: &ObjectType) -> Vec<String> {
    match kind.id {
        TypeId::TICKET => list(&["tickets"]),
        _ if kind.id.is_custom() => list(&["crm.objects.custom.write"]),
        _ => vec![format!("crm.objects.{}.write", family(&kind.name))],
    }
}

/// Scopes that let an app read a type's properties and pipelines.
pub(crate) fn read_schema(kind: &ObjectType) -> Vec<String> {
    let mut scopes = read(kind);
    scopes.extend(write(kind));
    if kind.id.is_custom() {
        scopes.push("crm.schemas.custom.read".to_owned());
    } else {
        scopes.push(format!("crm.schemas.{}.read", kind.name));
        scopes.push(format!("crm.schemas.{}.read", family(&kind.name)));
    }
    scopes.dedup();
    scopes
}

/// Scopes that let an app define a type's properties. For calls and notes none is certain; both candidates do.
pub(crate) fn write_schema(kind: &ObjectType) -> Vec<String> {
    if kind.id.is_custom() {
        return list(&["crm.schemas.custom.write"]);
    }
    let mut scopes = vec![format!("crm.schemas.{}.write", kind.name), format!("crm.schemas.{}.write", family(&kind.name))];
    if kind.id == TypeId::TICKET {
        scopes.push("tickets".to_owned());
    }
    scopes.dedup();
    scopes
}

/// Activities are governed by the scopes of contacts.
fn family(name: &str) -> &str {
    match name {
        "calls" | "notes" | "communications" | "tasks" | "meetings" | "emails" | "postal_mail" => "contacts",
        other => other,
    }
}

fn list(scopes: &[&str]) -> Vec<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}
