//! Settings, time, faults and apps of the whole simulator.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refused;
use crate::clock::{iso, millis};
use crate::config::{AppOptions, ConfigPatch};
use crate::fault::Fault;
use crate::world::World;

pub(crate) async fn config(State(world): State<Arc<World>>) -> Json<Value> {
    let config = world.config.load();
    Json(json!({
        "index_delay_ms": millis(config.index_delay),
        "burst_limit": config.burst_limit,
        "burst_window_ms": millis(config.burst_window),
        "search_per_second": config.search_per_second,
        "association_limit": config.association_limit,
        "daily_limit": config.daily_limit,
        "refused_count": config.refused_count,
        "retry_after": config.retry_after,
        "echo_trace_id": config.echo_trace_id,
        "shuffle": config.shuffle,
        "rotate_refresh_tokens": config.rotate_refresh_tokens,
        "merge_makes_new_id": config.merge_makes_new_id,
        "missing_target_status": config.missing_target_status,
        "token_lifetime_ms": millis(config.token_lifetime),
        "code_lifetime_ms": millis(config.code_lifetime),
        "latency_ms": millis(config.latency),
        "journal_cap": config.journal_cap,
        "seed": config.seed,
        "now": iso(world.now_ms()),
    }))
}

pub(crate) async fn configure(State(world): State<Arc<World>>, Json(patch): Json<ConfigPatch>) -> StatusCode {
    world.config.change(|config| patch.apply(config));
    if let Some(delay) = patch.index_delay_ms.map(Duration::from_millis) {
        for cell in world.all_portals() {
            cell.state.lock().index_delay_ms = millis(delay);
        }
    }
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Advance {
    advance_ms: u64,
}

pub(crate) async fn advance(State(world): State<Arc<World>>, Json(advance): Json<Advance>) -> Json<Value> {
    world.clock.advance(Duration::from_millis(advance.advance_ms));
    Json(json!({"now": iso(world.now_ms())}))
}

pub(crate) async fn flush(State(world): State<Arc<World>>) -> StatusCode {
    let now_ms = world.now_ms();
    for cell in world.all_portals() {
        cell.state.lock().flushed_ms = now_ms;
    }
    StatusCode::NO_CONTENT
}

pub(crate) async fn apps(State(world): State<Arc<World>>) -> Json<Value> {
    let oauth = world.oauth.lock();
    Json(json!({"apps": oauth.apps.values().collect::<Vec<_>>()}))
}

/// Registers an app, or replaces the one of that client id.
pub(crate) async fn add_app(State(world): State<Arc<World>>, Json(app): Json<AppOptions>) -> StatusCode {
    if app.client_id == world.config.load().app.client_id {
        world.config.change(|config| config.app = app.clone());
    }
    world.oauth.lock().apps.insert(app.client_id.clone(), app);
    StatusCode::CREATED
}

pub(crate) async fn faults(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({"faults": world.faults.lock().list()}))
}

/// One fault, or an array of them.
pub(crate) async fn add_faults(State(world): State<Arc<World>>, body: Bytes) -> Result<StatusCode, Refused> {
    let value: Value = serde_json::from_slice(&body).map_err(|error| Refused::invalid(error.to_string()))?;
    let list = if value.is_array() { value } else { json!([value]) };
    let faults: Vec<Fault> = serde_json::from_value(list).map_err(|error| Refused::invalid(error.to_string()))?;
    let mut plan = world.faults.lock();
    let added = faults.into_iter().all(|fault| plan.add(fault));
    if added { Ok(StatusCode::CREATED) } else { Err(Refused::invalid("too many faults")) }
}

pub(crate) async fn clear_faults(State(world): State<Arc<World>>) -> StatusCode {
    world.faults.lock().clear(None);
    StatusCode::NO_CONTENT
}

/// No portals, no faults, no requests; settings, apps and time stay.
pub(crate) async fn reset(State(world): State<Arc<World>>) -> StatusCode {
    world.portals.write().clear();
    world.faults.lock().clear(None);
    world.journal.lock().clear();
    StatusCode::NO_CONTENT
}
