//! Records, properties and owners of a portal, without HubSpot's checks.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, portal};
use crate::portal::{ObjectRecord, Portal};
use crate::world::World;

/// `{"name": "ext_id", "object": "calls", "unique": true}`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewProperty {
    object: String,
    name: String,
    #[serde(default)]
    unique: bool,
}

impl NewProperty {
    pub(crate) fn define(&self, portal: &Portal) {
        portal.add_property(&self.object, &self.name, self.unique);
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOwner {
    email: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
}

impl NewOwner {
    pub(crate) fn add(&self, portal: &Portal) -> String {
        portal.add_owner(&self.email, &self.first_name, &self.last_name)
    }
}

/// `{"records": {"contacts": [{"email": ...}]}, "generate_contacts": 100000}`.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
pub(crate) struct Seed {
    records: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    generate_contacts: usize,
}

/// Adds records and returns their ids, in order.
pub(crate) fn insert(portal: &Portal, object: &str, records: &[BTreeMap<String, String>]) -> Result<Vec<String>, Refused> {
    if !portal.knows(object) {
        return Err(Refused::unknown(format!("there is no object {object}")));
    }
    let pairs = |record: &BTreeMap<String, String>| -> String {
        let values: Vec<(&str, &str)> = record.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        portal.add(object, &values)
    };
    Ok(records.iter().map(pairs).collect())
}

pub(crate) async fn seed(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(seed): Json<Seed>,
) -> Result<Json<Value>, Refused> {
    let portal = portal(&world, id)?;
    portal.generate_contacts(seed.generate_contacts);
    let mut ids = BTreeMap::new();
    for (object, records) in &seed.records {
        ids.insert(object, insert(&portal, object, records)?);
    }
    Ok(Json(json!({ "ids": ids })))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    offset: usize,
    #[serde(default = "thousand")]
    limit: usize,
}

fn thousand() -> usize {
    1_000
}

pub(crate) async fn list(
    State(world): State<Arc<World>>,
    Path((id, object)): Path<(i64, String)>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Refused> {
    let portal = portal(&world, id)?;
    let records: Vec<ObjectRecord> = portal.page(&object, page.offset, page.limit);
    Ok(Json(json!({"total": portal.count(&object), "records": records})))
}

pub(crate) async fn read(
    State(world): State<Arc<World>>,
    Path((id, object, record)): Path<(i64, String, String)>,
) -> Result<Json<ObjectRecord>, Refused> {
    let found = portal(&world, id)?.object(&object, &record);
    found.map(Json).ok_or_else(|| Refused::unknown(format!("there is no {object} {record}")))
}

pub(crate) async fn update(
    State(world): State<Arc<World>>,
    Path((id, object, record)): Path<(i64, String, String)>,
    Json(values): Json<BTreeMap<String, String>>,
) -> Result<StatusCode, Refused> {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    portal(&world, id)?.update(&object, &record, &values);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn archive(
    State(world): State<Arc<World>>,
    Path((id, object, record)): Path<(i64, String, String)>,
) -> Result<StatusCode, Refused> {
    portal(&world, id)?.archive(&object, &record);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merge {
    primary: String,
    merged: String,
}

pub(crate) async fn merge(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(merge): Json<Merge>,
) -> Result<Json<Value>, Refused> {
    let portal = portal(&world, id)?;
    if merge.primary == merge.merged || portal.contact(&merge.primary).is_none() || portal.contact(&merge.merged).is_none() {
        return Err(Refused::unknown("both contacts must be there"));
    }
    Ok(Json(json!({"id": portal.merge(&merge.primary, &merge.merged)})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct End {
    object: String,
    id: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Link {
    from: End,
    to: End,
}

pub(crate) async fn associate(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(link): Json<Link>,
) -> Result<StatusCode, Refused> {
    portal(&world, id)?.associate((&link.from.object, &link.from.id), (&link.to.object, &link.to.id));
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn add_property(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(property): Json<NewProperty>,
) -> Result<StatusCode, Refused> {
    property.define(&portal(&world, id)?);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn add_owner(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(owner): Json<NewOwner>,
) -> Result<Json<Value>, Refused> {
    Ok(Json(json!({"id": owner.add(&portal(&world, id)?)})))
}
