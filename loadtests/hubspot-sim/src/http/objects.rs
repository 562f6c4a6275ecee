//! One record at a time: `/crm/objects/{v}/{type}...`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::call::{Call, Outcome, Reply, Version};
use super::views::{self, Wanted};
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::crm::write::{Claims, id_of, plan_create, plan_update};
use crate::error::ApiError;

const MAX_PAGE: usize = 100;
const DEFAULT_PAGE: usize = 10;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreateInput {
    #[serde(default)]
    pub(crate) properties: Map<String, Value>,
    #[serde(default)]
    pub(crate) associations: Option<Vec<Value>>,
    #[serde(default)]
    pub(crate) object_write_trace_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct UpdateInput {
    #[serde(default)]
    properties: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MergeInput {
    primary_object_id: Value,
    object_id_to_merge: Value,
}

/// `POST /crm/objects/{v}/{type}` -> 201.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let input: CreateInput = call.json()?;
    let associations = input.associations.unwrap_or_default();
    need_targets(call, &state, object, &associations)?;
    let plan = plan_create(&state, object, &input.properties, &associations, call.judge(), &mut Claims::new())?;
    let warnings = plan.warnings.clone();
    let id = plan.apply(&mut state, call.now_ms)?;
    let store = state.store(object)?;
    let record = store.live(id).ok_or_else(|| ApiError::not_found("resource not found"))?;
    let mut body = views::written(store, record, None);
    add_extras(&mut body, warnings, input.object_write_trace_id.filter(|_| call.config.echo_trace_id));
    body["url"] = json!(format!("{}/contacts/{}/record/{object}/{id}", call.world.url(), call.cell.id));
    let location = format!("/crm/objects/{}/{}/{id}", call.version.as_str(), call.param(0));
    Ok(Reply { location: (call.version == Version::September2026).then_some(location), ..Reply::new(201, body) })
}

/// Linking needs the write scope of the other end too ("hold write on both ends").
pub(crate) fn need_targets(call: &Call<'_>, state: &PortalState, object: TypeId, associations: &[Value]) -> Result<(), ApiError> {
    if associations.is_empty() || call.grant.is_static {
        return Ok(());
    }
    for types in associations.iter().map(|association| &association["types"]) {
        for spec in crate::crm::write::specs(types)? {
            if let Some(target) = state.associations.target(object, spec) {
                call.need_write(&*state.kind(target)?)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn add_extras(body: &mut Value, warnings: Vec<Value>, trace_id: Option<String>) {
    if !warnings.is_empty() {
        body["warnings"] = Value::Array(warnings);
    }
    if let Some(trace_id) = trace_id {
        body["objectWriteTraceId"] = json!(trace_id);
    }
}

/// `GET /crm/objects/{v}/{type}/{id}`.
pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    let store = state.store(object)?;
    call.need_read(&store.kind)?;
    let links = call.query.list("associations");
    for target in &links {
        call.need_read(&*state.kind(state.type_named(target)?)?)?;
    }
    let id = resolve(&state, object, call.param(1), call.query.get("idProperty"))?;
    let found = id.and_then(|id| views::find(store, id, call.query.is_true("archived")));
    let record = found.ok_or_else(missing)?;
    let mut body = views::record(store, record, &wanted(call));
    views::add_links(&mut body, &state, record, store, &links)?;
    Ok(Reply::ok(body))
}

pub(crate) fn missing() -> ApiError {
    ApiError::not_found("resource not found")
}

pub(crate) fn wanted(call: &Call<'_>) -> Wanted {
    let owned = |name: &str| call.query.list(name).into_iter().map(str::to_owned).collect();
    Wanted { properties: owned("properties"), history: owned("propertiesWithHistory"), seed: call.config.seed }
}

/// The id a path means: a number, or the value of a unique property.
///
/// `idProperty=email` does not find a secondary e-mail here: reports differ, and this is the harder answer.
pub(crate) fn resolve(state: &PortalState, object: TypeId, text: &str, property: Option<&str>) -> Result<Option<u64>, ApiError> {
    let Some(property) = property else { return Ok(text.parse().ok()) };
    let store = state.store(object)?;
    if !store.property(property).is_some_and(|property| property.unique) {
        let message = format!("Unable to perform read/update/upsert by non-unique {object} property {property}");
        return Err(ApiError::validation(message));
    }
    Ok(store.holder(property, text.trim()))
}

/// `PATCH /crm/objects/{v}/{type}/{id}`. Old ids of merged records work here.
pub(crate) fn update(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let input: UpdateInput = call.json()?;
    let id = resolve(&state, object, call.param(1), call.query.get("idProperty"))?;
    let store = state.store(object)?;
    let id =
        id.map(|id| store.merged.get(&id).copied().unwrap_or(id)).filter(|id| store.live(*id).is_some()).ok_or_else(missing)?;
    let plan = plan_update(&state, object, id, &input.properties, call.judge(), &mut Claims::new())?;
    let warnings = plan.warnings.clone();
    plan.apply(&mut state, call.now_ms)?;
    let store = state.store(object)?;
    let record = store.live(id).ok_or_else(missing)?;
    let names: Vec<&str> = input.properties.keys().map(String::as_str).collect();
    let mut body = views::written(store, record, Some(&names));
    add_extras(&mut body, warnings, None);
    Ok(Reply::ok(body))
}

/// `DELETE /crm/objects/{v}/{type}/{id}` -> 204, also for what is not there [n8n-io/n8n#3219].
pub(crate) fn archive(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    if let Ok(id) = call.param(1).parse() {
        state.store_mut(object)?.archive(id, call.now_ms);
    }
    Ok(Reply::no_content())
}

/// `GET /crm/objects/{v}/{type}`, by id.
pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    let store = state.store(object)?;
    call.need_read(&store.kind)?;
    let wanted = wanted(call);
    // Fewer with history; the figure is not documented.
    let max = if wanted.history.is_empty() { MAX_PAGE } else { MAX_PAGE / 2 };
    let limit = call.limit(DEFAULT_PAGE, max)?;
    let after: u64 = match call.query.get("after") {
        Some(text) => text.parse().map_err(|_| ApiError::validation("The paging cursor 'after' is not valid."))?,
        None => 0,
    };
    let archived = call.query.is_true("archived");
    let links = call.query.list("associations");
    let records =
        store.records.range(after..).map(|(_, record)| record).filter(|record| record.archived_ms.is_some() == archived);
    let records: Vec<_> = records.take(limit + 1).collect();
    let mut body = views::page(&records, limit, |record| record.id.to_string(), |record| views::record(store, record, &wanted));
    for (index, record) in records.iter().take(limit).enumerate() {
        views::add_links(&mut body["results"][index], &state, record, store, &links)?;
    }
    Ok(Reply::ok(body))
}

/// `POST /crm/objects/{v}/{type}/merge`.
pub(crate) fn merge(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let input: MergeInput = call.json()?;
    let invalid = || ApiError::validation("Invalid input JSON: ids must be numbers");
    let primary = id_of(&input.primary_object_id).ok_or_else(invalid)?;
    let gone = id_of(&input.object_id_to_merge).ok_or_else(invalid)?;
    let id = state.merge(object, primary, gone, call.config.merge_makes_new_id, call.now_ms)?;
    let store = state.store(object)?;
    let record = store.live(id).ok_or_else(missing)?;
    Ok(Reply::ok(views::written(store, record, None)))
}

/// `POST /crm/objects/{v}/contacts/gdpr-delete` -> 204. Here: gone without a trace, links and all.
pub(crate) fn gdpr_delete(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let input: Value = call.json()?;
    let text = input["objectId"].as_str().map_or_else(|| input["objectId"].to_string(), str::to_owned);
    let Some(id) = resolve(&state, object, &text, input["idProperty"].as_str())? else { return Ok(Reply::no_content()) };
    let linked: Vec<_> = state.associations.of((object, id)).map(|(node, _)| node).collect();
    for node in linked {
        state.associations.unlink((object, id), node);
    }
    let store = state.store_mut(object)?;
    store.archive(id, call.now_ms);
    store.records.remove(&id);
    Ok(Reply::no_content())
}
