//! Property definitions: `/crm/properties/{v}/{type}...`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::batches::{Inputs, answer, check_count};
use super::call::{Call, Outcome, Reply};
use crate::crm::portal_state::PortalState;
use crate::crm::property::{Choice, Choices, Property};
use crate::crm::scopes;
use crate::crm::store::TypeStore;
use crate::crm::type_id::TypeId;
use crate::error::ApiError;
use crate::options::UniquePolicy;

/// Properties with `hasUniqueValue` an object may have [properties guide].
const MAX_UNIQUE: usize = 10;
/// Custom properties of an object [limits].
pub(crate) const MAX_CUSTOM: usize = 1_000;
const MAX_INPUTS: usize = 100;

const TYPES: [&str; 7] = ["string", "number", "date", "datetime", "enumeration", "bool", "phone_number"];
const FIELD_TYPES: [&str; 12] = [
    "text",
    "textarea",
    "html",
    "phonenumber",
    "number",
    "date",
    "booleancheckbox",
    "checkbox",
    "radio",
    "select",
    "file",
    "calculation_equation",
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PropertyInput {
    pub(crate) name: String,
    label: String,
    #[serde(rename = "type")]
    kind: String,
    field_type: String,
    #[serde(default)]
    group_name: Option<String>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    options: Vec<Choice>,
    #[serde(default)]
    has_unique_value: bool,
    #[serde(default)]
    hidden: bool,
    #[serde(default)]
    form_field: bool,
    #[serde(default)]
    display_order: Option<i64>,
    #[serde(flatten)]
    extra: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct NameInput {
    name: String,
}

/// The type of the path, readable to the token.
pub(crate) fn readable(call: &Call<'_>, state: &PortalState) -> Result<TypeId, ApiError> {
    let object = state.type_named(call.param(0))?;
    call.need(&scopes::read_schema(&*state.kind(object)?))?;
    Ok(object)
}

/// The type of the path, whose schema the token may change.
pub(crate) fn changeable(call: &Call<'_>, state: &PortalState) -> Result<TypeId, ApiError> {
    let object = state.type_named(call.param(0))?;
    call.need(&scopes::write_schema(&*state.kind(object)?))?;
    Ok(object)
}

fn show(state: &PortalState, object: TypeId, property: &Property) -> Value {
    property.to_json(&state.choices(object, property))
}

fn unknown(name: &str) -> ApiError {
    ApiError::not_found(format!("Property {name} does not exist")).with_sub_category("Properties.PROPERTY_NOT_FOUND")
}

/// All definitions, without pages.
pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let archived = call.query.is_true("archived");
    let all = state.store(object)?.properties.values().filter(|property| property.archived == archived);
    Ok(Reply::ok(json!({"results": all.map(|property| show(&state, object, property)).collect::<Vec<_>>()})))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let archived = call.query.is_true("archived");
    let property = state.store(object)?.properties.get(call.param(1)).filter(|property| property.archived == archived);
    Ok(Reply::ok(show(&state, object, property.ok_or_else(|| unknown(call.param(1)))?)))
}

/// -> 201. An archived name comes back as newly defined.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let input: PropertyInput = call.json()?;
    let made = define(&mut state, object, input, call.now_ms)?;
    Ok(Reply::new(201, made))
}

/// Defines a property, where this portal allows it.
fn define(state: &mut PortalState, object: TypeId, input: PropertyInput, now_ms: i64) -> Result<Value, ApiError> {
    let store = state.store(object)?;
    let policy = state.options.unique_policy(&store.kind.name);
    if policy == UniquePolicy::Forbidden {
        return Err(ApiError::missing_scopes(&[format!("crm.schemas.{}.write", store.kind.name)]));
    }
    if store.property(&input.name).is_some() {
        let message = format!("A property named '{}' already exists.", input.name);
        let error = ApiError::new(409, "OBJECT_ALREADY_EXISTS", message);
        return Err(error.with_sub_category("Properties.PROPERTY_WITH_NAME_EXISTS"));
    }
    if input.has_unique_value && policy == UniquePolicy::Refused {
        return Err(ApiError::validation(format!("hasUniqueValue is not supported for {}.", store.kind.name)));
    }
    check_counts(store, input.has_unique_value)?;
    let group = input.group_name.clone().unwrap_or_default();
    if !has_group(store, &group) {
        return Err(ApiError::validation(format!("Property group {group} does not exist")));
    }
    let property = property(input, group, now_ms)?;
    let body = property.to_json(&property.options);
    state.store_mut(object)?.define(property);
    Ok(body)
}

fn check_counts(store: &TypeStore, unique: bool) -> Result<(), ApiError> {
    let custom = || store.properties.values().filter(|property| !property.hubspot_defined && !property.archived);
    if custom().count() >= MAX_CUSTOM {
        return Err(ApiError::validation(format!("The limit of {MAX_CUSTOM} custom properties is reached.")));
    }
    if unique && custom().filter(|property| property.unique).count() >= MAX_UNIQUE {
        return Err(ApiError::validation(format!("An object can have at most {MAX_UNIQUE} unique properties.")));
    }
    Ok(())
}

pub(crate) fn has_group(store: &TypeStore, name: &str) -> bool {
    store.groups.contains_key(name) || store.properties.values().any(|property| property.group == name)
}

/// A definition from what was sent, checked for form.
pub(crate) fn property(input: PropertyInput, group: String, now_ms: i64) -> Result<Property, ApiError> {
    let good_name = input.name.starts_with(|c: char| c.is_ascii_lowercase())
        && input.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !good_name || input.name.len() > 100 {
        return Err(ApiError::validation(format!("Invalid property name: {}", input.name)));
    }
    if !TYPES.contains(&input.kind.as_str()) || !FIELD_TYPES.contains(&input.field_type.as_str()) {
        let message = format!("Invalid type or fieldType: {} {}", input.kind, input.field_type);
        return Err(ApiError::validation(message));
    }
    if matches!(input.kind.as_str(), "enumeration" | "bool") && input.options.is_empty() {
        return Err(ApiError::validation(format!("A property of type {} needs options", input.kind)));
    }
    if input.has_unique_value && !matches!(input.kind.as_str(), "string" | "number") {
        return Err(ApiError::validation("hasUniqueValue needs a property of type string or number"));
    }
    Ok(Property {
        name: Arc::from(input.name),
        label: input.label,
        description: input.description,
        kind: input.kind,
        field_type: input.field_type,
        group,
        options: input.options,
        source: Choices::Listed,
        calculated: false,
        read_only: false,
        unique: input.has_unique_value,
        hidden: input.hidden,
        hubspot_defined: false,
        archived: false,
        form_field: input.form_field,
        display_order: input.display_order.unwrap_or(-1),
        changed_ms: now_ms,
        extra: input.extra,
    })
}

/// `PATCH`. Options are replaced as a whole; `hasUniqueValue` never changes [properties guide].
pub(crate) fn update(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let edits: Map<String, Value> = call.json()?;
    let store = state.store(object)?;
    let mut property = Property::clone(store.property(call.param(1)).ok_or_else(|| unknown(call.param(1)))?);
    if edits.contains_key("hasUniqueValue") {
        return Err(ApiError::validation("hasUniqueValue can only be set when a property is created"));
    }
    if property.hubspot_defined && edits.keys().any(|name| name != "options") {
        return Err(ApiError::validation(format!("The definition of {} is read-only", property.name)));
    }
    let text = |name: &str, held: &mut String| {
        if let Some(value) = edits.get(name).and_then(Value::as_str) {
            value.clone_into(held);
        }
    };
    text("label", &mut property.label);
    text("description", &mut property.description);
    text("groupName", &mut property.group);
    text("type", &mut property.kind);
    text("fieldType", &mut property.field_type);
    if let Some(hidden) = edits.get("hidden").and_then(Value::as_bool) {
        property.hidden = hidden;
    }
    if let Some(options) = edits.get("options") {
        property.options = serde_json::from_value(options.clone()).map_err(|error| ApiError::validation(error.to_string()))?;
    }
    property.changed_ms = call.now_ms;
    state.store_mut(object)?.define(property.clone());
    Ok(Reply::ok(show(&state, object, &property)))
}

/// -> 204. Values stay in the records, unseen.
pub(crate) fn archive(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    archive_one(&mut state, object, call.param(1))?;
    Ok(Reply::no_content())
}

fn archive_one(state: &mut PortalState, object: TypeId, name: &str) -> Result<(), ApiError> {
    let store = state.store_mut(object)?;
    let mut property = Property::clone(store.property(name).ok_or_else(|| unknown(name))?);
    if property.hubspot_defined {
        return Err(ApiError::validation(format!("{name} is defined by HubSpot and cannot be archived")));
    }
    property.archived = true;
    store.define(property);
    Ok(())
}

pub(crate) fn batch_read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let batch: Inputs<NameInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &batch.inputs {
        match state.store(object)?.property(&input.name) {
            Some(property) => results.push(show(&state, object, property)),
            None => errors.push(unknown(&input.name).batch_entry(json!({"name": [input.name]}))),
        }
    }
    Ok(answer(call, results, errors, 200))
}

pub(crate) fn batch_create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let batch: Inputs<PropertyInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in batch.inputs {
        let name = input.name.clone();
        match define(&mut state, object, input, call.now_ms) {
            Ok(made) => results.push(made),
            Err(error) if error.status == 403 => return Err(error),
            Err(error) => errors.push(error.batch_entry(json!({"name": [name]}))),
        }
    }
    Ok(answer(call, results, errors, 201))
}

pub(crate) fn batch_archive(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    let batch: Inputs<NameInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    for input in &batch.inputs {
        archive_one(&mut state, object, &input.name)?;
    }
    Ok(Reply::no_content())
}
