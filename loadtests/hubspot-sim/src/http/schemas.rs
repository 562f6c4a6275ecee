//! Custom objects: `/crm-object-schemas/{v}/schemas...`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::properties::{PropertyInput, property};
use crate::clock::iso;
use crate::crm::association_types::Category;
use crate::crm::portal_state::{CustomSchema, PortalState};
use crate::crm::store::TypeStore;
use crate::crm::type_id::TypeId;
use crate::crm::types::ObjectType;
use crate::error::ApiError;

/// Custom objects of a portal; the real figure depends on the subscription.
const MAX_CUSTOM_OBJECTS: usize = 50;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SchemaInput {
    name: String,
    labels: Value,
    #[serde(default)]
    description: String,
    #[serde(default)]
    primary_display_property: Option<String>,
    #[serde(default)]
    secondary_display_properties: Vec<String>,
    #[serde(default)]
    required_properties: Vec<String>,
    #[serde(default)]
    searchable_properties: Vec<String>,
    properties: Vec<PropertyInput>,
    #[serde(default)]
    associated_objects: Vec<String>,
}

/// Definitions are left out unless asked for ("ask the include flags explicitly").
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Include {
    include_property_definitions: bool,
    include_association_definitions: bool,
}

fn need_read(call: &Call<'_>) -> Result<(), ApiError> {
    call.need(&["crm.schemas.custom.read".to_owned(), "crm.objects.custom.read".to_owned()])
}

fn include(call: &Call<'_>) -> Include {
    Include {
        include_property_definitions: call.query.is_true("includePropertyDefinitions"),
        include_association_definitions: call.query.is_true("includeAssociationDefinitions"),
    }
}

fn show(state: &mut PortalState, id: TypeId, include: Include) -> Result<Value, ApiError> {
    let links = if include.include_association_definitions { links(state, id) } else { Vec::new() };
    let missing = || ApiError::not_found(format!("No schema {id}"));
    let (schema, store) = (state.schemas.get(&id).ok_or_else(missing)?, state.store(id)?);
    let definitions = store.properties.values().filter(|property| include.include_property_definitions && !property.archived);
    Ok(json!({
        "id": id.to_string().trim_start_matches("2-"),
        "objectTypeId": id.to_string(),
        "fullyQualifiedName": store.kind.name,
        "name": schema.name,
        "labels": schema.labels,
        "description": schema.description,
        "primaryDisplayProperty": schema.primary_display,
        "secondaryDisplayProperties": schema.secondary_display,
        "requiredProperties": store.kind.required,
        "searchableProperties": store.kind.searched,
        "properties": definitions.map(|property| property.to_json(&state.choices(id, property))).collect::<Vec<_>>(),
        "associations": links,
        "allowsSensitiveProperties": false,
        "archived": false,
        "createdAt": iso(schema.created_ms),
        "updatedAt": iso(schema.created_ms),
    }))
}

fn links(state: &mut PortalState, id: TypeId) -> Vec<Value> {
    let associated = state.schemas.get(&id).map(|schema| schema.associated.clone()).unwrap_or_default();
    let mut links = Vec::new();
    for other in associated {
        for (from, to) in [(id, other), (other, id)] {
            for kind in state.associations.types(from, to) {
                links.push(json!({
                    "id": kind.spec.type_id.to_string(),
                    "fromObjectTypeId": from.to_string(),
                    "toObjectTypeId": to.to_string(),
                    "name": format!("{from}_to_{to}"),
                }));
            }
        }
    }
    links
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    need_read(call)?;
    let mut state = call.cell.state.lock();
    let ids: Vec<TypeId> = state.schemas.keys().copied().collect();
    let all = ids.into_iter().map(|id| show(&mut state, id, include(call))).collect::<Result<Vec<_>, _>>()?;
    Ok(Reply::ok(json!({ "results": all })))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    need_read(call)?;
    let mut state = call.cell.state.lock();
    let id = custom(&state, call.param(0))?;
    Ok(Reply::ok(show(&mut state, id, include(call))?))
}

fn custom(state: &PortalState, name: &str) -> Result<TypeId, ApiError> {
    let id = state.type_named(name).ok().filter(|id| id.is_custom());
    id.ok_or_else(|| ApiError::not_found(format!("No schema with the name {name}")))
}

#[derive(Debug, Deserialize)]
struct BatchRead {
    inputs: Vec<Value>,
    #[serde(flatten)]
    include: Include,
}

pub(crate) fn batch_read(call: &Call<'_>) -> Outcome {
    need_read(call)?;
    let input: BatchRead = call.json()?;
    super::batches::check_count(input.inputs.len(), 100)?;
    let mut state = call.cell.state.lock();
    let ids = input.inputs.iter().filter_map(|one| one["id"].as_str().or_else(|| one.as_str()));
    let ids: Vec<TypeId> = ids.filter_map(|name| custom(&state, name).ok()).collect();
    let found = ids.into_iter().map(|id| show(&mut state, id, input.include)).collect::<Result<Vec<_>, _>>()?;
    Ok(super::batches::answer(call, found, Vec::new(), 200))
}

/// -> 201. The new object can be linked with calls, notes, e-mails, meetings and tasks, and with what is named.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    call.need(&["crm.schemas.custom.write".to_owned()])?;
    let input: SchemaInput = call.json()?;
    let mut state = call.cell.state.lock();
    if state.schemas.len() >= MAX_CUSTOM_OBJECTS {
        return Err(ApiError::validation(format!("At most {MAX_CUSTOM_OBJECTS} custom objects.")));
    }
    if state.schemas.values().any(|schema| schema.name == input.name) {
        return Err(ApiError::new(409, "OBJECT_ALREADY_EXISTS", format!("An object named '{}' already exists.", input.name)));
    }
    let id = state.next_custom_type();
    // `CONTACT` and `0-1` are both shown in the guide.
    let type_of = |name: &String| state.type_named(name).or_else(|_| state.type_named(&name.to_lowercase()));
    let associated = input.associated_objects.iter().map(type_of).collect::<Result<Vec<_>, _>>()?;
    let mut store = TypeStore::new(kind(&state, id, &input), call.config.seed, call.now_ms);
    let group = format!("{}_information", input.name);
    let mut names = BTreeSet::new();
    for one in input.properties {
        let property = property(one, group.clone(), call.now_ms)?;
        names.insert(property.name.to_string());
        store.define(property);
    }
    let displayed = input.primary_display_property.iter().chain(&input.secondary_display_properties);
    if let Some(name) = displayed.chain(&input.required_properties).find(|name| !names.contains(*name)) {
        return Err(ApiError::validation(format!("Property {name} is not one of the schema's properties")));
    }
    let mut ends = associated;
    ends.extend(TypeId::ENGAGEMENTS);
    ends.sort_unstable();
    ends.dedup();
    for end in &ends {
        state.associations.add_type(id, *end, Category::User, None, None);
    }
    let schema = CustomSchema {
        name: input.name,
        labels: input.labels,
        description: input.description,
        primary_display: input.primary_display_property,
        secondary_display: input.secondary_display_properties,
        associated: ends,
        created_ms: call.now_ms,
    };
    state.schemas.insert(id, schema);
    state.stores.insert(id, store);
    let all = Include { include_property_definitions: true, include_association_definitions: true };
    Ok(Reply::new(201, show(&mut state, id, all)?))
}

fn kind(state: &PortalState, id: TypeId, input: &SchemaInput) -> ObjectType {
    let system = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"].map(str::to_owned);
    ObjectType {
        id,
        name: format!("p{}_{}", state.id, input.name),
        singular: input.name.clone(),
        required: input.required_properties.clone(),
        required_any: false,
        shown: input.primary_display_property.iter().cloned().chain(system).collect(),
        searched: input.searchable_properties.iter().take(20).cloned().collect(),
        created: "hs_createdate",
        modified: "hs_lastmodifieddate",
    }
}

/// -> 204; refused while there are records.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    call.need(&["crm.schemas.custom.write".to_owned()])?;
    let mut state = call.cell.state.lock();
    let id = custom(&state, call.param(0))?;
    if state.store(id)?.records.values().any(|record| record.archived_ms.is_none()) {
        return Err(ApiError::validation("A schema can be deleted only when its records are."));
    }
    state.schemas.remove(&id);
    state.stores.remove(&id);
    Ok(Reply::no_content())
}
