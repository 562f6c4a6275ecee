//! Groups of properties: `/crm/properties/{v}/{type}/groups`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::properties::{changeable, has_group, readable};
use crate::crm::store::TypeStore;
use crate::error::ApiError;

#[derive(Debug, Deserialize)]
struct GroupInput {
    name: String,
    label: String,
}

fn groups(store: &TypeStore) -> BTreeMap<String, String> {
    let used = store.properties.values().map(|property| (property.group.clone(), property.group.clone()));
    used.chain(store.groups.clone()).collect()
}

fn show(name: &str, label: &str) -> Value {
    json!({"name": name, "label": label, "displayOrder": -1, "archived": false})
}

fn unknown(name: &str) -> ApiError {
    ApiError::not_found(format!("Property group {name} does not exist"))
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let groups = groups(state.store(object)?);
    Ok(Reply::ok(json!({"results": groups.iter().map(|(name, label)| show(name, label)).collect::<Vec<_>>()})))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let groups = groups(state.store(object)?);
    let label = groups.get(call.param(1)).ok_or_else(|| unknown(call.param(1)))?;
    Ok(Reply::ok(show(call.param(1), label)))
}

pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let input: GroupInput = call.json()?;
    let store = state.store_mut(object)?;
    if has_group(store, &input.name) {
        let error = ApiError::new(409, "OBJECT_ALREADY_EXISTS", format!("A group named '{}' already exists.", input.name));
        return Err(error.with_sub_category("Properties.GROUP_WITH_NAME_EXISTS"));
    }
    store.groups.insert(input.name.clone(), input.label.clone());
    Ok(Reply::new(201, show(&input.name, &input.label)))
}

pub(crate) fn update(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let edits: Value = call.json()?;
    let store = state.store_mut(object)?;
    let label = store.groups.get_mut(call.param(1)).ok_or_else(|| unknown(call.param(1)))?;
    if let Some(new) = edits["label"].as_str() {
        new.clone_into(label);
    }
    Ok(Reply::ok(show(call.param(1), label)))
}

pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let store = state.store_mut(object)?;
    let used = store.properties.values().any(|property| property.group == call.param(1) && !property.archived);
    if used {
        return Err(ApiError::validation(format!("Property group {} still has properties", call.param(1))));
    }
    store.groups.remove(call.param(1)).ok_or_else(|| unknown(call.param(1)))?;
    Ok(Reply::no_content())
}
