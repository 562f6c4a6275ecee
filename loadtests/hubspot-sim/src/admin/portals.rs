//! Making, listing and removing portals.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, portal};
use crate::options::PortalOptions;
use crate::portal::Portal;
use crate::world::World;
use crate::world::portal_cell::PortalCell;

/// `POST /_sim/portals`: what it is like, and what is in it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct NewPortal {
    options: PortalOptions,
    owners: Vec<super::records::NewOwner>,
    properties: Vec<super::records::NewProperty>,
    /// Records by plural name.
    records: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    generate_contacts: usize,
}

fn show(world: &World, cell: &PortalCell) -> Value {
    json!({
        "id": cell.id,
        "name": cell.options.name,
        "token": cell.token,
        "options": cell.options,
        "page": format!("{}/_sim/portals/{}", world.url(), cell.id),
    })
}

pub(crate) async fn list(State(world): State<Arc<World>>) -> Json<Value> {
    let portals: Vec<Value> = world.all_portals().iter().map(|cell| show(&world, cell)).collect();
    Json(json!({ "portals": portals }))
}

pub(crate) async fn create(State(world): State<Arc<World>>, body: Bytes) -> Result<(StatusCode, Json<Value>), Refused> {
    let new: NewPortal = if body.is_empty() {
        NewPortal::default()
    } else {
        serde_json::from_slice(&body).map_err(|error| Refused::invalid(error.to_string()))?
    };
    let cell = world.add_portal(new.options).ok_or_else(|| Refused::invalid("the id is taken, or there are too many portals"))?;
    let portal = Portal::new(Arc::clone(&world), Arc::clone(&cell));
    for property in &new.properties {
        property.define(&portal);
    }
    for owner in &new.owners {
        owner.add(&portal);
    }
    for (object, records) in &new.records {
        super::records::insert(&portal, object, records)?;
    }
    portal.generate_contacts(new.generate_contacts);
    let mut body = show(&world, &cell);
    body["oauth"] = json!(portal.oauth_tokens());
    body["client_id"] = json!(portal.client_id());
    body["client_secret"] = json!(portal.client_secret());
    Ok((StatusCode::CREATED, Json(body)))
}

pub(crate) async fn remove(State(world): State<Arc<World>>, Path(id): Path<i64>) -> Result<StatusCode, Refused> {
    portal(&world, id)?.remove();
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /_sim/portals/{portal}/index`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Index {
    #[serde(default)]
    delay_ms: Option<u64>,
    #[serde(default)]
    flush: bool,
}

pub(crate) async fn index(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(index): Json<Index>,
) -> Result<StatusCode, Refused> {
    let portal = portal(&world, id)?;
    if let Some(delay_ms) = index.delay_ms {
        portal.set_index_delay(Duration::from_millis(delay_ms));
    }
    if index.flush {
        portal.flush_index();
    }
    Ok(StatusCode::NO_CONTENT)
}
