//! Records as the API shows them.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::clock::iso;
use crate::crm::portal_state::PortalState;
use crate::crm::record::Record;
use crate::crm::store::TypeStore;
use crate::error::ApiError;
use crate::random::{mix, mix_text};

/// Links of one kind that an inline `associations=` shows before it pages. Not documented.
const INLINE_LINKS: usize = 100;

/// What a read asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) properties: Vec<String>,
    pub(crate) history: Vec<String>,
    /// Chooses between `null` and absence for what is empty.
    pub(crate) seed: u64,
}

/// A record with the wanted properties, or the default ones.
pub(crate) fn record(store: &TypeStore, record: &Record, wanted: &Wanted) -> Value {
    let mut properties = Map::new();
    let names = if wanted.properties.is_empty() { &store.kind.shown } else { &wanted.properties };
    for name in names.iter().filter(|name| store.property(name).is_some()) {
        match record.value(name) {
            Some(value) => properties.insert(name.clone(), json!(value)),
            // Both occur in HubSpot's own documents: a requested property without a value is null, or not there.
            None if mix(mix_text(wanted.seed, name), record.id).is_multiple_of(2) => properties.insert(name.clone(), Value::Null),
            None => None,
        };
    }
    for name in store.kind.system_properties() {
        if let Some(value) = record.value(name) {
            properties.insert(name.to_owned(), json!(value));
        }
    }
    let mut body = shell(record, properties);
    if !wanted.history.is_empty() {
        body["propertiesWithHistory"] = history(store, record, &wanted.history);
    }
    body
}

/// The answer to a write: what was written and what follows from it.
pub(crate) fn written(store: &TypeStore, record: &Record, only: Option<&[&str]>) -> Value {
    let system = store.kind.system_properties();
    let shown = |name: &str| only.is_none_or(|only| only.contains(&name)) || system.contains(&name);
    let values = record.values.iter().filter(|(name, _)| shown(name));
    shell(record, values.map(|(name, value)| (name.to_string(), json!(&**value))).collect())
}

fn shell(record: &Record, properties: Map<String, Value>) -> Value {
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.to_owned(), value);
    put("id", Value::from(record.id.to_string()));
    put("properties", Value::Object(properties));
    put("createdAt", Value::from(iso(record.created_ms)));
    put("updatedAt", Value::from(iso(record.updated_ms)));
    put("archived", Value::from(record.archived_ms.is_some()));
    if let Some(at) = record.archived_ms {
        put("archivedAt", Value::from(iso(at)));
    }
    Value::Object(body)
}

fn history(store: &TypeStore, record: &Record, names: &[String]) -> Value {
    let known = names.iter().filter(|name| store.property(name).is_some());
    let versions = |name: &String| -> Value {
        let versions = record.versions(name).into_iter();
        versions.map(|(value, at)| json!({"value": value, "timestamp": iso(at), "sourceType": "INTEGRATION"})).collect()
    };
    known.map(|name| (name.clone(), versions(name))).collect::<Map<_, _>>().into()
}

/// Adds the links a read asked for: `"companies": {"results": [{"id", "type": "contact_to_company"}]}`.
pub(crate) fn add_links(
    body: &mut Value,
    state: &PortalState,
    record: &Record,
    from: &TypeStore,
    to: &[&str],
) -> Result<(), ApiError> {
    let mut links = Map::new();
    for name in to {
        let target = state.store(state.type_named(name)?)?;
        let kind = format!("{}_to_{}", from.kind.singular, target.kind.singular);
        let mut ids = state.associations.of_type((from.type_id(), record.id), target.type_id()).map(|(node, _)| node.1);
        let results: Vec<Value> = ids.by_ref().take(INLINE_LINKS).map(|id| json!({"id": id.to_string(), "type": kind})).collect();
        if results.is_empty() {
            continue;
        }
        let mut page = json!({"results": results});
        if let Some(next) = ids.next() {
            page["paging"] = json!({"next": {"after": next.to_string()}});
        }
        links.insert(target.kind.name.clone(), page);
    }
    if !links.is_empty() {
        body["associations"] = Value::Object(links);
    }
    Ok(())
}

/// One page of something ordered by id.
pub(crate) fn page<T>(items: &[T], limit: usize, id: impl Fn(&T) -> String, show: impl Fn(&T) -> Value) -> Value {
    let mut body = json!({"results": items.iter().take(limit).map(show).collect::<Vec<_>>()});
    if let Some(next) = items.get(limit) {
        // The link may well show another version: clients are told to ignore it.
        body["paging"] = json!({"next": {"after": id(next), "link": "https://api.hubapi.com/crm/v3/objects?after=next"}});
    }
    body
}

/// The record behind an id, when it is there to be read.
pub(crate) fn find(store: &TypeStore, id: u64, archived: bool) -> Option<&Arc<Record>> {
    if archived { store.records.get(&id).filter(|record| record.archived_ms.is_some()) } else { store.live(id) }
}
