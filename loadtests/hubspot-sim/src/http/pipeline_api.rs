//! Pipelines and stages: `/crm/pipelines/{v}/{type}...`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::call::{Call, Outcome, Reply};
use super::properties::{changeable, readable};
use crate::crm::pipelines::{Pipeline, Stage, has_pipelines, stage_limit};
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::error::ApiError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PipelineInput {
    label: String,
    #[serde(default)]
    display_order: i64,
    #[serde(default)]
    stages: Vec<StageInput>,
    #[serde(default)]
    pipeline_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StageInput {
    label: String,
    #[serde(default)]
    display_order: i64,
    #[serde(default)]
    metadata: BTreeMap<String, Value>,
    #[serde(default)]
    stage_id: Option<String>,
}

impl StageInput {
    fn into_stage(self, object: TypeId, now_ms: i64) -> Result<Stage, ApiError> {
        let needed = match object {
            TypeId::DEAL => Some("probability"),
            TypeId::TICKET => Some("ticketState"),
            _ => None,
        };
        if let Some(name) = needed.filter(|name| !self.metadata.contains_key(*name)) {
            return Err(ApiError::validation(format!("The metadata of stage {} needs {name}", self.label)));
        }
        let id = self.stage_id.unwrap_or_else(|| Uuid::new_v4().to_string());
        Ok(Stage { id, label: self.label, display_order: self.display_order, metadata: self.metadata, changed_ms: now_ms })
    }
}

fn check_object(state: &PortalState, object: TypeId) -> Result<(), ApiError> {
    let name = &state.store(object)?.kind.name;
    if object.is_custom() || has_pipelines(name) {
        Ok(())
    } else {
        Err(ApiError::validation(format!("{name} have no pipelines")))
    }
}

fn find<'s>(state: &'s PortalState, object: TypeId, id: &str) -> Result<&'s Pipeline, ApiError> {
    let pipeline = state.store(object)?.pipelines.iter().find(|pipeline| pipeline.id == id);
    pipeline.ok_or_else(|| ApiError::not_found(format!("Pipeline {id} does not exist")))
}

pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    check_object(&state, object)?;
    let pipelines = state.store(object)?.pipelines.iter().map(Pipeline::to_json).collect::<Vec<_>>();
    Ok(Reply::ok(json!({ "results": pipelines })))
}

pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    Ok(Reply::ok(find(&state, object, call.param(1))?.to_json()))
}

pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    check_object(&state, object)?;
    let input: PipelineInput = call.json()?;
    if input.stages.len() > stage_limit(object) {
        return Err(ApiError::validation(format!("A pipeline can have at most {} stages", stage_limit(object))));
    }
    let id = input.pipeline_id.unwrap_or_else(|| Uuid::new_v4().to_string());
    let store = state.store_mut(object)?;
    if store.pipelines.iter().any(|pipeline| pipeline.id == id || pipeline.label == input.label) {
        return Err(ApiError::new(409, "OBJECT_ALREADY_EXISTS", format!("A pipeline named '{}' already exists.", input.label)));
    }
    let stages = input.stages.into_iter().map(|stage| stage.into_stage(object, call.now_ms)).collect::<Result<_, _>>()?;
    let pipeline = Pipeline { id, label: input.label, display_order: input.display_order, stages, changed_ms: call.now_ms };
    let body = pipeline.to_json();
    store.pipelines.push(pipeline);
    Ok(Reply::new(201, body))
}

pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    find(&state, object, call.param(1))?;
    state.store_mut(object)?.pipelines.retain(|pipeline| pipeline.id != call.param(1));
    Ok(Reply::no_content())
}

pub(crate) fn stages(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let pipeline = find(&state, object, call.param(1))?;
    Ok(Reply::ok(json!({"results": pipeline.stages.iter().map(Stage::to_json).collect::<Vec<_>>()})))
}

pub(crate) fn stage(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let object = readable(call, &state)?;
    let found = find(&state, object, call.param(1))?.stages.iter().find(|stage| stage.id == call.param(2));
    let missing = || ApiError::not_found(format!("Stage {} does not exist", call.param(2)));
    Ok(Reply::ok(found.ok_or_else(missing)?.to_json()))
}

pub(crate) fn create_stage(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    find(&state, object, call.param(1))?;
    let input: StageInput = call.json()?;
    let made = input.into_stage(object, call.now_ms)?;
    let body = made.to_json();
    let pipelines = &mut state.store_mut(object)?.pipelines;
    for pipeline in pipelines.iter_mut().filter(|pipeline| pipeline.id == call.param(1)) {
        if pipeline.stages.len() >= stage_limit(object) {
            return Err(ApiError::validation(format!("A pipeline can have at most {} stages", stage_limit(object))));
        }
        pipeline.stages.push(made.clone());
    }
    Ok(Reply::new(201, body))
}

pub(crate) fn delete_stage(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let object = changeable(call, &state)?;
    for pipeline in state.store_mut(object)?.pipelines.iter_mut().filter(|pipeline| pipeline.id == call.param(1)) {
        pipeline.stages.retain(|stage| stage.id != call.param(2));
    }
    Ok(Reply::no_content())
}
