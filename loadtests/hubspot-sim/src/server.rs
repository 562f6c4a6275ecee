//! The HTTP server: pages and the admin API by name, everything else is the public API.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::http::{authorize, request};
use crate::world::World;
use crate::{admin, pages};

pub(crate) fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/oauth/authorize", get(authorize::page).post(authorize::decision))
        .route("/oauth/{portal}/authorize", get(authorize::page_of_portal))
        .route("/_sim/", get(pages::portals::page))
        .route("/_sim/portals/{portal}", get(pages::contacts::page).delete(admin::portals::remove))
        .route("/_sim/portals/{portal}/contacts/{id}", get(pages::timeline::page))
        .route("/contacts/{portal}/record/{type}/{id}", get(pages::timeline::record_page))
        .route("/contacts/{portal}/contact/{id}", get(pages::timeline::page))
        .route("/_sim/portals", get(admin::portals::list).post(admin::portals::create))
        .merge(admin::router())
        .route("/_sim/reset", post(admin::world::reset))
        .fallback(request::serve)
        .with_state(world)
}
