//! What is special about browsers: sessions in cookies, forms that only our own pages may send, pages instead of problems.

mod cookies;
mod form;
mod next;
mod oidc;
mod origin;
pub(crate) mod page;
mod session;
mod sign_in;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};

pub use self::origin::{InvalidPublicUrl, PublicUrl};
pub(crate) use self::{
    form::{FormToken, Submitted},
    next::LocalPath,
    session::SignedIn,
    sign_in::NoFields,
};
use crate::app::App;

/// Signing in and out, and what all pages load.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-in/oidc", get(oidc::begin))
        .route("/sign-in/oidc/callback", get(oidc::finish))
        .route("/sign-out", post(sign_in::out))
        .route("/assets/console.css", get(style))
        .route("/assets/console.js", get(script))
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("console.css"))
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("console.js"))
}

/// The same for everybody, and new with a release at most: not fetched again for every page.
fn asset(media_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=300")], text).into_response()
}
