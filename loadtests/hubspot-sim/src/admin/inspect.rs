//! What was asked, how often, and what must not have happened.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::audit;
use crate::journal::RecordedRequest;
use crate::world::World;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    portal: Option<i64>,
    method: Option<String>,
    route: Option<String>,
    status: Option<u16>,
    /// The newest so many; 1000 unless told.
    limit: Option<usize>,
}

pub(crate) async fn requests(State(world): State<Arc<World>>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let all = world.journal.lock().requests(wanted.portal);
    let fits = |request: &&RecordedRequest| {
        wanted.method.as_ref().is_none_or(|method| request.method.eq_ignore_ascii_case(method))
            && wanted.route.as_ref().is_none_or(|route| request.route.contains(route.as_str()))
            && wanted.status.is_none_or(|status| request.status == status)
    };
    let found: Vec<&RecordedRequest> = all.iter().filter(fits).collect();
    let skip = found.len().saturating_sub(wanted.limit.unwrap_or(1_000));
    Json(json!({"total": found.len(), "requests": found.into_iter().skip(skip).collect::<Vec<_>>()}))
}

pub(crate) async fn clear_requests(State(world): State<Arc<World>>) -> StatusCode {
    world.journal.lock().clear();
    StatusCode::NO_CONTENT
}

pub(crate) async fn counts(State(world): State<Arc<World>>, Query(wanted): Query<Wanted>) -> Json<Value> {
    let journal = world.journal.lock();
    Json(json!({"counts": journal.counts(wanted.portal), "rate_limited": journal.rate_limited(wanted.portal)}))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    portal: Option<i64>,
    /// The property that should tell engagements apart.
    #[serde(default = "conversation")]
    property: String,
}

fn conversation() -> String {
    "writeback_conversation_id".to_owned()
}

pub(crate) async fn audit(State(world): State<Arc<World>>, Query(asked): Query<Asked>) -> Json<Value> {
    let found = audit::audit(&world, asked.portal, &asked.property);
    let mut body = json!(found);
    body["clean"] = json!(found.is_clean());
    Json(body)
}
