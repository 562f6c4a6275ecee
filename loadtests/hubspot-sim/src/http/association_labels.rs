//! Kinds of links: `/crm/associations/{v}/{from}/{to}/labels`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use crate::crm::association_types::{AssociationType, Category};
use crate::crm::associations::LABELS_PER_PAIR;
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::error::ApiError;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct LabelInput {
    label: String,
    #[serde(default)]
    inverse_label: Option<String>,
    #[serde(default)]
    association_type_id: Option<u32>,
}

fn ends(call: &Call<'_>, state: &PortalState, write: bool) -> Result<(TypeId, TypeId), ApiError> {
    let (from, to) = (state.type_named(call.param(0))?, state.type_named(call.param(1))?);
    for end in [from, to] {
        let kind = state.kind(end)?;
        if write { call.need_write(&kind)? } else { call.need_read(&kind)? }
    }
    Ok((from, to))
}

fn shown(kinds: &[AssociationType]) -> Value {
    json!({"results": kinds.iter().map(AssociationType::to_json).collect::<Vec<_>>()})
}

/// All numbers of a direction; the one without label is the plain link.
pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state, false)?;
    Ok(Reply::ok(shown(state.associations.types(from, to))))
}

/// A new label -> 201, with the numbers of both directions.
pub(crate) fn create(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state, true)?;
    let input: LabelInput = call.json()?;
    let known = state.associations.types(from, to);
    if known.iter().filter(|kind| kind.spec.category == Category::User && kind.label.is_some()).count() >= LABELS_PER_PAIR {
        return Err(ApiError::validation(format!("At most {LABELS_PER_PAIR} labels between two objects.")));
    }
    if known.iter().any(|kind| kind.label.as_deref() == Some(&input.label)) {
        return Err(ApiError::new(409, "OBJECT_ALREADY_EXISTS", format!("A label {} already exists", input.label)));
    }
    let (spec, inverse) = state.associations.add_type(from, to, Category::User, Some(input.label), input.inverse_label);
    let mut made: Vec<AssociationType> =
        state.associations.types(from, to).iter().filter(|kind| kind.spec == spec).cloned().collect();
    if inverse != spec {
        made.extend(state.associations.types(to, from).iter().filter(|kind| kind.spec == inverse).cloned());
    }
    Ok(Reply::new(201, shown(&made)))
}

/// A new name for a label -> 204.
pub(crate) fn rename(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state, true)?;
    let input: LabelInput = call.json()?;
    let type_id = input.association_type_id.ok_or_else(|| ApiError::validation("associationTypeId is needed"))?;
    if state.associations.rename(from, to, type_id, &input.label, input.inverse_label.as_deref()) {
        Ok(Reply::no_content())
    } else {
        Err(ApiError::not_found(format!("No label with the type id {type_id}")))
    }
}

/// -> 204. Links that had it keep their other types.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state, true)?;
    let type_id = call.param(2).parse().map_err(|_| ApiError::validation("the type id is not a number"))?;
    state.associations.remove_type(from, to, type_id);
    Ok(Reply::no_content())
}
