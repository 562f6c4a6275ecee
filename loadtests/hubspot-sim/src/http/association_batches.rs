//! Links by the hundred: `/crm/associations/{v}/{from}/{to}/batch/...`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::associations::{check_ends, check_specs, default_results, labels_between, other_end};
use super::batches::{IdInput, Inputs, answer, check_count};
use super::call::{Call, Outcome, Reply};
use crate::crm::associations::Node;
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::crm::write::{id_of, specs};
use crate::error::ApiError;

/// Inputs, by call [associations guide].
const MAX_READ: usize = 1_000;
const MAX_CREATE: usize = 2_000;
const MAX_ARCHIVE: usize = 100;
/// Links a record shows before it pages. Not documented.
const PAGE: usize = 500;

#[derive(Debug, Deserialize)]
struct PairInput {
    from: IdInput,
    to: IdInput,
    #[serde(default)]
    types: Value,
}

#[derive(Debug, Deserialize)]
struct ArchiveInput {
    from: IdInput,
    to: Vec<IdInput>,
}

#[derive(Debug, Deserialize)]
struct FetchInput {
    id: Value,
    #[serde(default)]
    after: Option<Value>,
}

fn types(call: &Call<'_>, state: &PortalState, write: bool) -> Result<(TypeId, TypeId), ApiError> {
    let (from, to) = (state.type_named(call.param(0))?, state.type_named(call.param(1))?);
    for end in [from, to] {
        let kind = state.kind(end)?;
        if write { call.need_write(&kind)? } else { call.need_read(&kind)? }
    }
    Ok((from, to))
}

fn node(object: TypeId, id: &Value) -> Result<Node, ApiError> {
    let id = id_of(id).ok_or_else(|| ApiError::validation(format!("{id} is not a record id")))?;
    Ok((object, id))
}

/// `batch/read` -> 200, or 207 with records that are not there or have no such link.
pub(crate) fn read(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let (from, to) = types(call, &state, false)?;
    let batch: Inputs<FetchInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_READ)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &batch.inputs {
        let node = node(from, &input.id)?;
        let after = input.after.as_ref().and_then(id_of).unwrap_or(0);
        let links: Vec<_> = state.associations.of_type(node, to).filter(|(linked, _)| linked.1 >= after).take(PAGE + 1).collect();
        if links.is_empty() {
            let kind = state.kind(from)?;
            let error = ApiError::not_found(format!("No {} is associated with {} {}.", to, kind.singular, node.1))
                .with_sub_category("crm.associations.NO_ASSOCIATIONS_FOUND");
            errors.push(error.batch_entry(json!({"fromObjectId": [node.1.to_string()], "fromObjectType": [kind.name]})));
            continue;
        }
        let ends: Vec<Value> =
            links.iter().take(PAGE).map(|(linked, edge)| other_end(&state.associations, node, *linked, edge)).collect();
        let mut one = json!({"from": {"id": node.1.to_string()}, "to": ends});
        if let Some((next, _)) = links.get(PAGE) {
            one["paging"] = json!({"next": {"after": next.1.to_string()}});
        }
        results.push(one);
    }
    Ok(answer(call, results, errors, 200))
}

/// `batch/create` -> 201, or 207.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = types(call, &state, true)?;
    let batch: Inputs<PairInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_CREATE)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &batch.inputs {
        let ends = (node(from, &input.from.id)?, node(to, &input.to.id)?);
        let specs = specs(&input.types)?;
        check_specs(&mut state.associations, from, to, &specs)?;
        match check_ends(&state, [ends.0, ends.1]) {
            Ok(()) => {
                let held = state.associations.link(ends.0, ends.1, &specs, call.now_ms);
                results.push(labels_between(&state.associations, ends.0, ends.1, &held));
            }
            Err(error) => errors.push(error.batch_entry(json!({}))),
        }
    }
    Ok(answer(call, results, errors, 201))
}

/// `batch/associate/default` -> 200.
pub(crate) fn create_default(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = types(call, &state, true)?;
    let batch: Inputs<PairInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_CREATE)?;
    let (mut results, mut errors) = (Vec::new(), Vec::new());
    for input in &batch.inputs {
        let ends = (node(from, &input.from.id)?, node(to, &input.to.id)?);
        match check_ends(&state, [ends.0, ends.1]) {
            Ok(()) => {
                state.associations.link(ends.0, ends.1, &[], call.now_ms);
                results.extend(default_results(&mut state, ends.0, ends.1));
            }
            Err(error) => errors.push(error.batch_entry(json!({}))),
        }
    }
    Ok(answer(call, results, errors, 200))
}

/// `batch/archive` -> 204.
pub(crate) fn archive(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = types(call, &state, true)?;
    let batch: Inputs<ArchiveInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_ARCHIVE)?;
    for input in &batch.inputs {
        let node_from = node(from, &input.from.id)?;
        for end in &input.to {
            state.associations.unlink(node_from, node(to, &end.id)?);
        }
    }
    Ok(Reply::no_content())
}

/// `batch/labels/archive` -> 204. The unlabelled number takes the whole link.
pub(crate) fn archive_labels(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = types(call, &state, true)?;
    let batch: Inputs<PairInput> = call.json()?;
    check_count(batch.inputs.len(), MAX_CREATE)?;
    for input in &batch.inputs {
        let specs = specs(&input.types)?;
        state.associations.unlabel(node(from, &input.from.id)?, node(to, &input.to.id)?, &specs);
    }
    Ok(Reply::no_content())
}
