//! Records that are there from the start: written without HubSpot's checks (but as HubSpot stores them), and visible to search at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::crm::derive::derive;
use crate::crm::html::sanitize;
use crate::crm::portal_state::PortalState;
use crate::crm::property::{Choices, Property};
use crate::crm::record::Change;
use crate::crm::store::TypeStore;
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
    Ok(show_at_once(store, changes, now_ms))
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
        let rich = store.property(name).is_some_and(|property| property.field_type == "html");
        let value = match name {
            "email" => value.trim().to_lowercase(),
            _ if rich => sanitize(value),
            _ => value.to_owned(),
        };
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
    let store = state.store_mut(TypeId::CONTACT)?;
    for index in 0..count.min(MAX_GENERATED) {
        let national = format!("212{:07}", 2_000_000 + index);
        // What would be worked out from the number, written down: parsing a hundred thousand of them takes its time.
        let values = [
            ("firstname", "Test".to_owned()),
            ("lastname", format!("Caller {index}")),
            ("email", format!("caller{index}@customers.example")),
            ("phone", format!("+1{national}")),
            ("hs_calculated_phone_number", format!("+1{national}")),
            ("hs_calculated_phone_number_country_code", "1".to_owned()),
            ("hs_calculated_phone_number_region_code", "US".to_owned()),
            ("hs_calculated_phone_number_area_code", "212".to_owned()),
            ("hs_searchable_calculated_international_phone_number", format!("1{national}")),
            ("hs_searchable_calculated_phone_number", national),
        ];
        let named = |(name, value): (&str, String)| {
            let name = store.properties.get_key_value(name).map_or_else(|| Arc::from(name), |(held, _)| Arc::clone(held));
            (name, Some(Arc::from(value)))
        };
        let changes: Vec<Change> = values.into_iter().map(named).collect();
        show_at_once(store, changes, now_ms);
    }
    Ok(())
}

fn show_at_once(store: &mut TypeStore, changes: Vec<Change>, now_ms: i64) -> u64 {
    let id = store.insert(changes, now_ms, i64::MIN);
    if let Some(record) = store.records.get(&id) {
        store.index.show(record);
    }
    id
}

/// What the numbering above has room for.
const MAX_GENERATED: usize = 7_999_999;
