//! Up to a hundred records at a time: `/crm/objects/{v}/{type}/batch/...`.
//!
//! A bad input fails the whole batch, unless every input carries an `objectWriteTraceId` of its own: then the answer is 207
//! with an error for the bad ones [error handling guide].

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::call::{Call, Outcome, Reply};
use super::objects::{CreateInput, add_extras, need_targets, resolve};
use super::views::{self, Wanted};
use crate::clock::iso;
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::crm::write::{Claims, Plan, id_of, plan_create, plan_update};
use crate::error::ApiError;
use crate::random::{Random, mix};

/// Inputs of any object batch [object guide].
const MAX_INPUTS: usize = 100;

#[derive(Debug, Deserialize)]
pub(crate) struct Inputs<T> {
    pub(crate) inputs: Vec<T>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateInput {
    id: Value,
    #[serde(default)]
    id_property: Option<String>,
    #[serde(default)]
    properties: Map<String, Value>,
    #[serde(default)]
    object_write_trace_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReadInput {
    #[serde(default)]
    properties: Vec<String>,
    #[serde(default)]
    properties_with_history: Vec<String>,
    #[serde(default)]
    id_property: Option<String>,
    inputs: Vec<IdInput>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct IdInput {
    pub(crate) id: Value,
}

impl IdInput {
    pub(crate) fn text(&self) -> String {
        self.id.as_str().map_or_else(|| self.id.to_string(), str::to_owned)
    }
}

pub(crate) fn check_count(count: usize, max: usize) -> Result<(), ApiError> {
    match count {
        0 => Err(ApiError::validation("The inputs of a batch may not be empty.")),
        _ if count > max => Err(ApiError::validation(format!("The number of inputs is {count}, the maximum is {max}."))),
        _ => Ok(()),
    }
}

/// The trace ids of a batch, when every input has one and no two are alike.
fn opted_in<'t>(trace_ids: impl Iterator<Item = Option<&'t str>>) -> bool {
    let mut seen = HashSet::new();
    let mut all = trace_ids;
    all.all(|trace_id| trace_id.is_some_and(|text| !text.is_empty() && seen.insert(text)))
}

/// Good and bad inputs of a batch on their way to an answer.
struct Sorted {
    plans: Vec<(Plan, Option<String>, bool)>,
    errors: Vec<(ApiError, Option<String>)>,
}

/// `POST .../batch/create` -> 201, or 207.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let batch: Inputs<CreateInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    let partial = opted_in(batch.inputs.iter().map(|input| input.object_write_trace_id.as_deref()));
    let mut claims = Claims::new();
    let mut sorted = Sorted { plans: Vec::with_capacity(batch.inputs.len()), errors: Vec::new() };
    for input in batch.inputs {
        let associations = input.associations.unwrap_or_default();
        need_targets(call, &state, object, &associations)?;
        let planned = plan_create(&state, object, &input.properties, &associations, call.judge(), &mut claims);
        sorted.add(planned.map(|plan| (plan, true)), input.object_write_trace_id, partial)?;
    }
    finish(call, &mut state, object, sorted, 201, false)
}

impl Sorted {
    fn add(&mut self, planned: Result<(Plan, bool), ApiError>, trace_id: Option<String>, partial: bool) -> Result<(), ApiError> {
        match planned {
            Ok((plan, new)) => self.plans.push((plan, trace_id, new)),
            Err(error) if partial => self.errors.push((error, trace_id)),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// `POST .../batch/update` -> 200, or 207. Merged-away ids are left out without a word.
pub(crate) fn update(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let batch: Inputs<UpdateInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    if object == TypeId::CONTACT && batch.inputs.iter().any(|input| input.id_property.as_deref() == Some("email")) {
        return Err(ApiError::validation("Contacts can be batch-updated by record id only."));
    }
    let partial = opted_in(batch.inputs.iter().map(|input| input.object_write_trace_id.as_deref()));
    let mut claims = Claims::new();
    let mut sorted = Sorted { plans: Vec::new(), errors: Vec::new() };
    let (mut missing, mut seen) = (Vec::new(), HashSet::new());
    for input in batch.inputs {
        let text = input.id.as_str().map_or_else(|| input.id.to_string(), str::to_owned);
        let id = resolve(&state, object, &text, input.id_property.as_deref())?;
        let store = state.store(object)?;
        if id.is_some_and(|id| store.merged.contains_key(&id)) {
            continue;
        }
        let Some(id) = id.filter(|id| store.live(*id).is_some()) else {
            missing.push(text);
            continue;
        };
        if !seen.insert(id) {
            return Err(ApiError::validation(format!("Duplicate IDs found in batch input: [{id}]. IDs must be unique")));
        }
        let planned = plan_update(&state, object, id, &input.properties, call.judge(), &mut claims);
        sorted.add(planned.map(|plan| (plan, false)), input.object_write_trace_id, partial)?;
    }
    if !missing.is_empty() {
        sorted.errors.push((could_not_get(&state, object, &missing)?, None));
    }
    finish(call, &mut state, object, sorted, 200, false)
}

/// `POST .../batch/upsert` -> 200, or 207; results say whether they are `new`.
pub(crate) fn upsert(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let batch: Inputs<UpdateInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    // "Partial upserts are not supported" with email as idProperty [object guide].
    let by_email = batch.inputs.iter().any(|input| input.id_property.as_deref() == Some("email"));
    let partial = !by_email && opted_in(batch.inputs.iter().map(|input| input.object_write_trace_id.as_deref()));
    let mut claims = Claims::new();
    let mut sorted = Sorted { plans: Vec::new(), errors: Vec::new() };
    let mut seen = HashSet::new();
    for mut input in batch.inputs {
        let text = input.id.as_str().map_or_else(|| input.id.to_string(), str::to_owned);
        if !seen.insert(text.to_lowercase()) {
            return Err(ApiError::validation(format!("Duplicate IDs found in batch input: [{text}]. IDs must be unique")));
        }
        let property = input.id_property.unwrap_or_else(|| "hs_object_id".to_owned());
        let planned = if let Some(id) = upsert_target(&state, object, &text, &property)? {
            plan_update(&state, object, id, &input.properties, call.judge(), &mut claims).map(|plan| (plan, false))
        } else {
            input.properties.entry(property).or_insert_with(|| json!(text));
            plan_create(&state, object, &input.properties, &[], call.judge(), &mut claims).map(|plan| (plan, true))
        };
        sorted.add(planned, input.object_write_trace_id, partial)?;
    }
    finish(call, &mut state, object, sorted, 200, true)
}

fn upsert_target(state: &PortalState, object: TypeId, text: &str, property: &str) -> Result<Option<u64>, ApiError> {
    let store = state.store(object)?;
    if !store.property(property).is_some_and(|property| property.unique) {
        return Err(ApiError::validation(format!("Unable to perform update/upsert by non-unique {object} property {property}")));
    }
    Ok(store.holder(property, text.trim()))
}

/// `POST .../batch/read` -> 200, or 207 with what could not be found.
pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    let store = state.store(object)?;
    call.need_read(&store.kind)?;
    let input: ReadInput = call.json()?;
    check_count(input.inputs.len(), MAX_INPUTS)?;
    let wanted = Wanted { properties: input.properties, history: input.properties_with_history, seed: call.config.seed };
    let archived = call.query.is_true("archived");
    let (mut results, mut missing, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for one in &input.inputs {
        let text = one.text();
        let id = resolve(&state, object, &text, input.id_property.as_deref())?;
        let Some(record) = id.and_then(|id| views::find(store, id, archived)) else {
            missing.push(text);
            continue;
        };
        if seen.insert(record.id) {
            results.push(views::record(store, record, &wanted));
        }
    }
    let errors =
        if missing.is_empty() { Vec::new() } else { vec![could_not_get(&state, object, &missing)?.batch_entry(json!({}))] };
    Ok(answer(call, results, errors, 200))
}

fn could_not_get(state: &PortalState, object: TypeId, ids: &[String]) -> Result<ApiError, ApiError> {
    let shouted = state.store(object)?.kind.shouted();
    let message = format!("Could not get some {shouted} objects, they may be deleted or not exist. Check that ids are valid.");
    Ok(ApiError::not_found(message).with_context(json!({ "ids": ids })))
}

/// `POST .../batch/archive` -> 204, whatever was there.
pub(crate) fn archive(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = state.type_named(call.param(0))?;
    call.need_write(&*state.kind(object)?)?;
    let batch: Inputs<IdInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_INPUTS)?;
    let store = state.store_mut(object)?;
    for id in batch.inputs.iter().filter_map(|input| id_of(&input.id)) {
        store.archive(id, call.now_ms);
    }
    Ok(Reply::no_content())
}

/// Carries out what was found good and answers for all.
fn finish(call: &Call<'_>, state: &mut PortalState, object: TypeId, sorted: Sorted, status: u16, say_new: bool) -> Outcome {
    let mut results = Vec::with_capacity(sorted.plans.len());
    for (plan, trace_id, new) in sorted.plans {
        let warnings = plan.warnings.clone();
        let id = plan.apply(state, call.now_ms)?;
        let store = state.store(object)?;
        let Some(record) = store.live(id) else { continue };
        let mut body = views::written(store, record, None);
        add_extras(&mut body, warnings, trace_id.filter(|_| call.config.echo_trace_id));
        if say_new {
            body["new"] = json!(new);
        }
        results.push(body);
    }
    Ok(answer(call, results, grouped(sorted.errors), status))
}

/// One entry may cover several inputs: equal errors are told once, with all their trace ids.
fn grouped(errors: Vec<(ApiError, Option<String>)>) -> Vec<Value> {
    let mut groups: BTreeMap<(String, String), (ApiError, Vec<String>)> = BTreeMap::new();
    for (error, trace_id) in errors {
        let key = (error.category.to_owned(), error.message.clone());
        groups.entry(key).or_insert_with(|| (error, Vec::new())).1.extend(trace_id);
    }
    let entry = |(error, ids): &(ApiError, Vec<String>)| {
        error.batch_entry(if ids.is_empty() { json!({}) } else { json!({ "objectWriteTraceId": ids }) })
    };
    groups.values().map(entry).collect()
}

/// The envelope of every batch. The order of results is nobody's promise.
pub(crate) fn answer(call: &Call<'_>, mut results: Vec<Value>, errors: Vec<Value>, status: u16) -> Reply {
    if let Some(seed) = call.shuffle() {
        Random::new(mix(seed, call.now_ms.unsigned_abs())).shuffle(&mut results);
    }
    let at = iso(call.now_ms);
    let mut body = json!({"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at});
    if errors.is_empty() {
        return Reply::new(status, body);
    }
    body["numErrors"] = json!(errors.len());
    body["errors"] = Value::Array(errors);
    Reply::new(207, body)
}
