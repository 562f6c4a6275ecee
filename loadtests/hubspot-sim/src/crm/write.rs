//! Creating and updating: everything is checked first, then everything is applied, so that a batch can be all or nothing.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::association_types::{Category, Spec};
use super::associations::Node;
use super::derive::derive;
use super::portal_state::PortalState;
use super::property::Choices;
use super::record::Change;
use super::store::TypeStore;
use super::type_id::TypeId;
use super::values::Rules;
use crate::error::{ApiError, Problem};

/// Unique values that earlier inputs of the same batch are about to take.
pub(crate) type Claims = HashSet<(Arc<str>, String)>;

/// How writes are judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judge {
    /// Version 2026-09 and later.
    pub(crate) enforced: bool,
    /// For an association to a record that is not there.
    pub(crate) missing_target_status: u16,
}

/// A write that was found good.
#[derive(Debug)]
pub(crate) struct Plan {
    object: TypeId,
    target: Option<u64>,
    changes: Vec<Change>,
    links: Vec<(Node, Vec<Spec>)>,
    pub(crate) warnings: Vec<Value>,
}

impl Plan {
    /// Carries it out and returns the record's id.
    pub(crate) fn apply(self, state: &mut PortalState, now_ms: i64) -> Result<u64, ApiError> {
        let until_ms = state.visible_until(now_ms);
        let store = state.store_mut(self.object)?;
        let id = match self.target {
            Some(id) => {
                store.update(id, self.changes, now_ms, until_ms);
                id
            }
            None => store.insert(self.changes, now_ms, until_ms),
        };
        for (to, specs) in self.links {
            state.associations.link((self.object, id), to, &specs, now_ms);
        }
        Ok(id)
    }
}

/// Checks a new record.
pub(crate) fn plan_create(
    state: &PortalState,
    object: TypeId,
    properties: &Map<String, Value>,
    associations: &[Value],
    judge: Judge,
    claims: &mut Claims,
) -> Result<Plan, ApiError> {
    let (mut changes, warnings) = changes(state, object, properties, None, judge)?;
    changes.retain(|(_, value)| value.is_some());
    check_required(state, object, &changes)?;
    if judge.enforced {
        check_admin_required(state, object, &changes)?;
    }
    check_unique(state, object, None, &changes, claims)?;
    let links = links(state, object, associations, judge)?;
    claim(state, object, &changes, claims)?;
    derive(object, &mut changes, &state.options.region);
    Ok(Plan { object, target: None, changes, links, warnings })
}

/// Checks a change to a record that exists.
pub(crate) fn plan_update(
    state: &PortalState,
    object: TypeId,
    id: u64,
    properties: &Map<String, Value>,
    judge: Judge,
    claims: &mut Claims,
) -> Result<Plan, ApiError> {
    let (mut changes, warnings) = changes(state, object, properties, Some(id), judge)?;
    check_unique(state, object, Some(id), &changes, claims)?;
    claim(state, object, &changes, claims)?;
    derive(object, &mut changes, &state.options.region);
    Ok(Plan { object, target: Some(id), changes, links: Vec::new(), warnings })
}

/// Values in stored form, or every problem they have.
fn changes(
    state: &PortalState,
    object: TypeId,
    properties: &Map<String, Value>,
    target: Option<u64>,
    judge: Judge,
) -> Result<(Vec<Change>, Vec<Value>), ApiError> {
    let store = state.store(object)?;
    let held = target.and_then(|id| store.records.get(&id));
    let rules = Rules { state, object, enforced: judge.enforced };
    let (mut changes, mut problems, mut warnings) = (Vec::with_capacity(properties.len() + 8), Vec::new(), Vec::new());
    for (name, value) in properties {
        let Some(property) = store.property(name) else {
            problems.push(Problem::new(name, "PROPERTY_DOESNT_EXIST", format!("Property \"{name}\" does not exist")));
            continue;
        };
        let raw = raw(name, value)?;
        match rules.normalise(property, &raw, held.and_then(|record| record.value(name))) {
            Ok(normal) => {
                warnings.extend(normal.lenient.map(|raw| warning(name, &raw, normal.value.as_deref())));
                changes.push((Arc::clone(&property.name), normal.value.map(Arc::from)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(stray_stage(store, &changes));
    if problems.is_empty() { Ok((changes, warnings)) } else { Err(ApiError::properties(&problems)) }
}

/// A stage of another pipeline than the one written with it.
fn stray_stage(store: &TypeStore, changes: &[Change]) -> Option<Problem> {
    let written = |source: Choices| {
        let of_source = |name: &str| store.property(name).is_some_and(|property| property.source == source);
        changes.iter().find(|(name, _)| of_source(name)).and_then(|(name, value)| Some((name, value.as_deref()?)))
    };
    let ((_, pipeline), (name, stage)) = (written(Choices::Pipelines)?, written(Choices::Stages)?);
    let pipeline = store.pipelines.iter().find(|held| held.id == pipeline)?;
    let fits = pipeline.stages.iter().any(|held| held.id == stage);
    let message = format!("{stage} was not one of the allowed options of pipeline {}", pipeline.id);
    (!fits).then(|| Problem::new(name, "INVALID_OPTION", message))
}

/// Values travel as strings; numbers and booleans are taken too [object guide].
fn raw(name: &str, value: &Value) -> Result<String, ApiError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        _ => Err(ApiError::validation(format!("Invalid input JSON: the value of property {name} must be a string"))),
    }
}

fn warning(name: &str, raw: &str, value: Option<&str>) -> Value {
    json!({
        "category": "PROPERTY_VALUE_NORMALIZED",
        "message": format!("The value of {name} was normalized."),
        "context": {"propertyName": [name], "rawValue": [raw], "normalizedValue": [value]},
    })
}

fn check_required(state: &PortalState, object: TypeId, changes: &[Change]) -> Result<(), ApiError> {
    let kind = &state.store(object)?.kind;
    let given = |name: &String| changes.iter().any(|(set, _)| **set == **name);
    let missing: Vec<String> = kind.required.iter().filter(|name| !given(name)).cloned().collect();
    let fine = if kind.required_any { missing.len() < kind.required.len() } else { missing.is_empty() };
    if fine || kind.required.is_empty() { Ok(()) } else { Err(ApiError::missing_required(&kind.shouted(), &missing)) }
}

fn check_admin_required(state: &PortalState, object: TypeId, changes: &[Change]) -> Result<(), ApiError> {
    let kind = &state.store(object)?.kind;
    let missing = state.options.admin_required(&kind.name).filter(|name| !changes.iter().any(|(set, _)| **set == **name));
    let problems: Vec<Problem> = missing
        .map(|name| Problem::new(name, "MISSING_REQUIRED_PROPERTY", format!("A value for {name} must be provided")))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(ApiError::admin_rules(&problems)) }
}

/// Unique values that somebody else has: 409 for an e-mail of contacts, 400 for everything else.
fn check_unique(
    state: &PortalState,
    object: TypeId,
    own: Option<u64>,
    changes: &[Change],
    claims: &Claims,
) -> Result<(), ApiError> {
    let store = state.store(object)?;
    let mut problems = Vec::new();
    for (name, value) in changes {
        let (Some(value), true) = (value, store.property(name).is_some_and(|property| property.unique)) else { continue };
        let is_email = object == TypeId::CONTACT && &**name == "email";
        let secondary = store.additional_emails.get(&**value).copied().filter(|_| is_email);
        let holder = store.holder(name, value).or(secondary).filter(|holder| Some(*holder) != own);
        let claimed = claims.contains(&(Arc::clone(name), value.to_lowercase()));
        match (holder, claimed, is_email) {
            (Some(holder), _, true) => return Err(conflict(format!("Contact already exists. Existing ID: {holder}"))),
            (None, true, true) => return Err(conflict("Contact already exists.".to_owned())),
            (None, false, _) => {}
            _ => {
                let message = format!("Cannot set \"{name}\" to \"{value}\": another record already has that value.");
                problems.push(Problem::new(name, "CONFLICTING_UNIQUE_VALUE", message));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(ApiError::properties(&problems)) }
}

fn conflict(message: String) -> ApiError {
    ApiError::new(409, "CONFLICT", message)
}

fn claim(state: &PortalState, object: TypeId, changes: &[Change], claims: &mut Claims) -> Result<(), ApiError> {
    let store = state.store(object)?;
    for (name, value) in changes {
        if let (Some(value), true) = (value, store.property(name).is_some_and(|property| property.unique)) {
            claims.insert((Arc::clone(name), value.to_lowercase()));
        }
    }
    Ok(())
}

/// Inline associations. A number of the wrong direction is dropped without a word [HubSpot/hubspot-api-nodejs#360].
fn links(state: &PortalState, object: TypeId, associations: &[Value], judge: Judge) -> Result<Vec<(Node, Vec<Spec>)>, ApiError> {
    let mut links = Vec::with_capacity(associations.len());
    for association in associations {
        let to = id_of(&association["to"]["id"])
            .ok_or_else(|| ApiError::validation("Invalid input JSON: an association needs to.id"))?;
        for spec in specs(&association["types"])? {
            match target_type(state, object, spec)? {
                Direction::Forward(to_type) => {
                    check_target(state, to_type, to, judge)?;
                    links.push(((to_type, to), vec![spec]));
                }
                Direction::Backward => {}
            }
        }
    }
    Ok(links)
}

enum Direction {
    Forward(TypeId),
    Backward,
}

fn target_type(state: &PortalState, from: TypeId, spec: Spec) -> Result<Direction, ApiError> {
    if let Some(to) = state.associations.target(from, spec) {
        return Ok(Direction::Forward(to));
    }
    if state.associations.ends_at(from, spec) {
        return Ok(Direction::Backward);
    }
    let (id, category) = (spec.type_id, spec.category.as_str());
    Err(ApiError::validation(format!("One or more association types are not valid: {category} {id} does not start at {from}")))
}

fn check_target(state: &PortalState, to_type: TypeId, to: u64, judge: Judge) -> Result<(), ApiError> {
    let store = state.store(to_type)?;
    if store.live(to).is_some() {
        return Ok(());
    }
    let shouted = store.kind.shouted();
    let message = format!("Could not associate with {shouted} {to}: it may be deleted or not exist.");
    let category = if judge.missing_target_status == 404 { "OBJECT_NOT_FOUND" } else { "VALIDATION_ERROR" };
    Err(ApiError::new(judge.missing_target_status, category, message))
}

/// Association types of a body: an array of category and number.
pub(crate) fn specs(types: &Value) -> Result<Vec<Spec>, ApiError> {
    let invalid =
        || ApiError::validation("Invalid input JSON: association types must be a non-empty array of category and type id");
    let list = types.as_array().filter(|list| !list.is_empty()).ok_or_else(invalid)?;
    let spec = |item: &Value| {
        let category = Category::parse(item["associationCategory"].as_str()?)?;
        let type_id = item["associationTypeId"].as_u64().and_then(|id| u32::try_from(id).ok())?;
        Some(Spec { category, type_id })
    };
    list.iter().map(|item| spec(item).ok_or_else(invalid)).collect()
}

/// A record id: a string of digits, or a number.
pub(crate) fn id_of(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}
