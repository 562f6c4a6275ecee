//! Tokens of a portal: issued, expired, revoked.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, portal};
use crate::world::World;
use crate::world::oauth_state::OauthTokens;

pub(crate) async fn issue(State(world): State<Arc<World>>, Path(id): Path<i64>) -> Result<Json<OauthTokens>, Refused> {
    Ok(Json(portal(&world, id)?.oauth_tokens()))
}

/// `expire` (access tokens), `revoke` (refresh tokens) or `uninstall` (both).
pub(crate) async fn end(State(world): State<Arc<World>>, Path((id, action)): Path<(i64, String)>) -> Result<StatusCode, Refused> {
    let portal = portal(&world, id)?;
    match action.as_str() {
        "expire" => portal.expire_access_tokens(),
        "revoke" => portal.revoke_refresh_tokens(),
        "uninstall" => portal.revoke(),
        _ => return Err(Refused::unknown("expire, revoke or uninstall")),
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Approval {
    authorize_url: String,
    #[serde(default)]
    deny: bool,
}

/// Decides on an authorize URL without a browser; answers where the browser would be sent.
pub(crate) async fn approve(
    State(world): State<Arc<World>>,
    Path(id): Path<i64>,
    Json(approval): Json<Approval>,
) -> Result<Json<Value>, Refused> {
    let portal = portal(&world, id)?;
    let decided = if approval.deny { portal.deny(&approval.authorize_url) } else { portal.approve(&approval.authorize_url) };
    decided.map(|location| Json(json!({ "location": location }))).map_err(Refused::invalid)
}
