//! Links of one record: `/crm/objects/{v}/{type}/{id}/associations/...`.

use serde_json::{Value, json};

use super::call::{Call, Outcome, Reply};
use super::views;
use crate::clock::iso;
use crate::crm::association_types::{AssociationType, Spec};
use crate::crm::associations::{Associations, Edge, Node};
use crate::crm::portal_state::PortalState;
use crate::crm::type_id::TypeId;
use crate::crm::write::specs;
use crate::error::ApiError;

const PAGE: usize = 500;

/// Both ends of a link, as a path names them.
fn ends(call: &Call<'_>, state: &PortalState) -> Result<(Node, Node), ApiError> {
    let (from, to) = (state.type_named(call.param(0))?, state.type_named(call.param(2))?);
    call.need_write(&*state.kind(from)?)?;
    call.need_write(&*state.kind(to)?)?;
    Ok(((from, number(call.param(1))?), (to, number(call.param(3))?)))
}

fn number(text: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| ApiError::validation(format!("{text} is not a record id")))
}

/// Both records must be there; a merged-away id is not [nothing documented; 404 is the harder answer].
pub(crate) fn check_ends(state: &PortalState, ends: [Node; 2]) -> Result<(), ApiError> {
    for (object, id) in ends {
        let store = state.store(object)?;
        if store.live(id).is_none() {
            let shouted = store.kind.shouted();
            return Err(ApiError::not_found(format!("Object not found. No {shouted} with ID {id} exists.")));
        }
    }
    Ok(())
}

/// `PUT .../associations/default/{to}/{toId}`, without a body -> 200.
pub(crate) fn put_default(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state)?;
    check_ends(&state, [from, to])?;
    state.associations.link(from, to, &[], call.now_ms);
    let results = default_results(&mut state, from, to);
    let at = iso(call.now_ms);
    Ok(Reply::ok(json!({"status": "COMPLETE", "results": results, "startedAt": at, "completedAt": at})))
}

/// The two directions of an unlabelled link.
pub(crate) fn default_results(state: &mut PortalState, from: Node, to: Node) -> Vec<Value> {
    let mut one = |from: Node, to: Node| {
        let spec = state.associations.unlabelled(from.0, to.0)?;
        let spec = json!({"associationCategory": spec.category.as_str(), "associationTypeId": spec.type_id});
        Some(json!({"from": {"id": from.1.to_string()}, "to": {"id": to.1.to_string()}, "associationSpec": spec}))
    };
    [one(from, to), one(to, from)].into_iter().flatten().collect()
}

/// `PUT .../associations/{to}/{toId}`; the body is an array -> 201. Labels given replace those there were.
pub(crate) fn put(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state)?;
    let body: Value = call.json()?;
    let specs = specs(&body)?;
    check_specs(&mut state.associations, from.0, to.0, &specs)?;
    check_ends(&state, [from, to])?;
    let held = state.associations.link(from, to, &specs, call.now_ms);
    Ok(Reply::new(201, labels_between(&state.associations, from, to, &held)))
}

/// Here a number of the wrong direction is refused; in a create it is dropped.
pub(crate) fn check_specs(associations: &mut Associations, from: TypeId, to: TypeId, specs: &[Spec]) -> Result<(), ApiError> {
    associations.types(from, to);
    for spec in specs {
        if !associations.allows(from, to, *spec) {
            let message = format!("Association type {} does not link {from} to {to}", spec.type_id);
            return Err(ApiError::validation(message));
        }
    }
    Ok(())
}

pub(crate) fn labels_between(associations: &Associations, from: Node, to: Node, specs: &[Spec]) -> Value {
    let labels: Vec<&str> = specs.iter().filter_map(|spec| associations.label(from.0, to.0, *spec)).collect();
    json!({
        "fromObjectTypeId": from.0.to_string(),
        "fromObjectId": from.1,
        "toObjectTypeId": to.0.to_string(),
        "toObjectId": to.1,
        "labels": labels,
    })
}

/// `GET .../associations/{to}`, by the id of the other end.
pub(crate) fn list(call: &Call<'_>) -> Outcome {
    let state = call.cell.state.lock();
    let (from, to) = (state.type_named(call.param(0))?, state.type_named(call.param(2))?);
    call.need_read(&*state.kind(from)?)?;
    call.need_read(&*state.kind(to)?)?;
    let node = (from, number(call.param(1))?);
    check_ends(&state, [node, node])?;
    let limit = call.limit(PAGE, PAGE)?;
    let after: u64 = call.query.get("after").map_or(Ok(0), number)?;
    let links = state.associations.of_type(node, to).filter(|(linked, _)| linked.1 >= after).take(limit + 1).collect::<Vec<_>>();
    let show = |(linked, edge): &(Node, &Edge)| other_end(&state.associations, node, *linked, edge);
    Ok(Reply::ok(views::page(&links, limit, |(linked, _)| linked.1.to_string(), show)))
}

/// `{"toObjectId": 512, "associationTypes": [{category, typeId, label}]}`.
pub(crate) fn other_end(associations: &Associations, from: Node, to: Node, edge: &Edge) -> Value {
    let kinds = edge.specs.iter().map(|spec| {
        let label = associations.label(from.0, to.0, *spec).map(str::to_owned);
        AssociationType { from: from.0, to: to.0, spec: *spec, inverse: *spec, label }.to_json()
    });
    json!({"toObjectId": to.1, "associationTypes": kinds.collect::<Vec<_>>()})
}

/// `DELETE .../associations/{to}/{toId}` -> 204; everything between the two.
pub(crate) fn delete(call: &Call<'_>) -> Outcome {
    let mut state = call.cell.state.lock();
    let (from, to) = ends(call, &state)?;
    state.associations.unlink(from, to);
    Ok(Reply::no_content())
}
