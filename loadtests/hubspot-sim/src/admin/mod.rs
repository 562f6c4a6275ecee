//! `/_sim/...`: making portals, breaking things, and looking at what happened. No credentials: this is for tests.

pub(crate) mod inspect;
pub(crate) mod portals;
pub(crate) mod records;
pub(crate) mod tokens;
pub(crate) mod world;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

use crate::portal::Portal;
use crate::world::World;

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_sim/config", get(world::config).patch(world::configure))
        .route("/_sim/clock", post(world::advance))
        .route("/_sim/index/flush", post(world::flush))
        .route("/_sim/apps", get(world::apps).post(world::add_app))
        .route("/_sim/faults", get(world::faults).post(world::add_faults).delete(world::clear_faults))
        .route("/_sim/requests", get(inspect::requests).delete(inspect::clear_requests))
        .route("/_sim/counts", get(inspect::counts))
        .route("/_sim/audit", get(inspect::audit))
        .route("/_sim/portals/{portal}/records", post(records::seed))
        .route("/_sim/portals/{portal}/records/{type}", get(records::list))
        .route("/_sim/portals/{portal}/records/{type}/{id}", get(records::read).patch(records::update).delete(records::archive))
        .route("/_sim/portals/{portal}/merge", post(records::merge))
        .route("/_sim/portals/{portal}/associations", post(records::associate))
        .route("/_sim/portals/{portal}/properties", post(records::add_property))
        .route("/_sim/portals/{portal}/owners", post(records::add_owner))
        .route("/_sim/portals/{portal}/index", post(portals::index))
        .route("/_sim/portals/{portal}/tokens", post(tokens::issue))
        .route("/_sim/portals/{portal}/tokens/{action}", post(tokens::end))
        .route("/_sim/portals/{portal}/approve", post(tokens::approve))
        // The API takes any body up to its own limit; so does the admin side.
        .layer(axum::extract::DefaultBodyLimit::max(256 << 20))
}

/// What the admin API refuses.
pub(crate) struct Refused(StatusCode, String);

impl Refused {
    pub(crate) fn unknown(what: impl Into<String>) -> Self {
        Self(StatusCode::NOT_FOUND, what.into())
    }

    pub(crate) fn invalid(what: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, what.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, axum::Json(json!({"error": self.1}))).into_response()
    }
}

/// The handle of a portal, by its number.
pub(crate) fn portal(world: &Arc<World>, id: i64) -> Result<Portal, Refused> {
    let cell = world.portal(id).ok_or_else(|| Refused::unknown(format!("there is no portal {id}")))?;
    Ok(Portal::new(Arc::clone(world), cell))
}
