//! Records that are there from the start: written without HubSpot's checks, and visible to search at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::crm::derive::derive;
use crate::crm::portal_state::PortalState;
use crate::crm::property::{Choices, Property};
use crate::crm::record::Change;
use crate::crm::type_id::TypeId;
use crate::error::ApiError;

/// Puts a record into a portal. Properties nobody defined become plain text properties.
pub(crate) fn insert<'v>(
    state: &mut PortalState,
    object: TypeId,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
    now_ms: i64,
) -> Result<u64, ApiError> {
    let mut changes = changes(state, object, values, now_ms)?;
    changes.retain(|(_, value)| value.is_some());
    derive(object, &mut changes, &state.options.region);
    let store = state.store_mut(object)?;
    let id = store.insert(changes, now_ms, i64::MIN);
    if let Some(record) = store.records.get(&id) {
        store.index.show(record);
    }
    Ok(id)
}

/// Changes a record as somebody else would, in the HubSpot UI: no checks, and search sees it after the delay.
pub(crate) fn update<'v>(
    state: &mut PortalState,
    object: TypeId,
    id: u64,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
    now_ms: i64,
) -> Result<(), ApiError> {
    let mut changes = changes(state, object, values, now_ms)?;
    derive(object, &mut changes, &state.options.region);
    let until_ms = state.visible_until(now_ms);
    state.store_mut(object)?.update(id, changes, now_ms, until_ms);
    Ok(())
}

fn changes<'v>(
    state: &mut PortalState,
    object: TypeId,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
    now_ms: i64,
) -> Result<Vec<Change>, ApiError> {
    let store = state.store_mut(object)?;
    let mut changes = Vec::new();
    for (name, value) in values {
        if store.property(name).is_none() {
            store.define(plain(name, false, now_ms));
        }
        let value = if name == "email" { value.trim().to_lowercase() } else { value.to_owned() };
        changes.push((Arc::from(name), Some(Arc::from(value)).filter(|value: &Arc<str>| !value.is_empty())));
    }
    Ok(changes)
}

/// A text property that a customer might have made.
pub(crate) fn plain(name: &str, unique: bool, now_ms: i64) -> Property {
    Property {
        name: Arc::from(name),
        label: name.replace('_', " "),
        description: String::new(),
        kind: "string".to_owned(),
        field_type: "text".to_owned(),
        group: "customer_properties".to_owned(),
        options: Vec::new(),
        source: Choices::Listed,
        calculated: false,
        read_only: false,
        unique,
        hidden: false,
        hubspot_defined: false,
        archived: false,
        form_field: false,
        display_order: -1,
        changed_ms: now_ms,
        extra: BTreeMap::new(),
    }
}

/// Makes contacts with names, e-mails and valid numbers: the n-th has `+1212` and seven digits from 2000000 up.
pub(crate) fn generate_contacts(state: &mut PortalState, count: usize, now_ms: i64) -> Result<(), ApiError> {
    for index in 0..count.min(MAX_GENERATED) {
        let (phone, email) = (format!("+1212{:07}", 2_000_000 + index), format!("caller{index}@customers.example"));
        let last = format!("Caller {index}");
        insert(
            state,
            TypeId::CONTACT,
            [("firstname", "Test"), ("lastname", &last), ("phone", &phone), ("email", &email)],
            now_ms,
        )?;
    }
    Ok(())
}

/// What the numbering above has room for.
const MAX_GENERATED: usize = 7_999_999;
