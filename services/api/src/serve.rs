//! The whole service: operations, documentation, layers, and the loop that serves them.

use std::io;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderMap, header},
    middleware,
    response::{IntoResponse as _, Response},
};
use store::changes::{self, Changes};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;

use crate::{
    app::App,
    browser::{self, page::PageError},
    code::Code,
    console, docs, layers,
    problem::Problem,
    routes,
};

/// Why the service ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database cannot tell of changes.
    #[error("cannot follow changes of settings and keys")]
    Changes(#[source] store::Error),
    /// The listener broke.
    #[error("cannot accept connections")]
    Listener(#[source] io::Error),
}

/// The OpenAPI document of all operations.
pub fn document() -> OpenApi {
    routes::all().into_openapi()
}

/// Every route, with what is around it. Layers that come later are further out.
pub fn router(app: App) -> Router {
    let (operations, document) = routes::all().split_for_parts();
    operations
        .merge(docs::router(&document))
        .merge(browser::router())
        .merge(console::router())
        .fallback(nothing_here)
        .method_not_allowed_fallback(async || Problem::new(Code::MethodNotAllowed))
        .layer(DefaultBodyLimit::max(app.config().body_bytes_max))
        .layer(middleware::from_fn_with_state(app.clone(), layers::bound))
        .layer(CatchPanicLayer::custom(layers::panicked))
        .layer(middleware::from_fn(layers::observe))
        .with_state(app)
}

/// A page for browsers, which name HTML first; a problem for everybody else.
async fn nothing_here(headers: HeaderMap) -> Response {
    let problem = Problem::new(Code::NoSuchPath);
    let accepted = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if accepted.starts_with("text/html") { PageError::from(problem).into_response() } else { problem.into_response() }
}

/// Serves until `stop` is cancelled, then answers what is in hand; the caller bounds how long that may take. Follows the news of
/// all processes meanwhile, so that a revoked key or a changed setting counts everywhere within milliseconds.
pub async fn serve(listener: TcpListener, app: App, stop: CancellationToken) -> Result<(), ServeError> {
    // Before the first request, so that nothing is cached whose change would not be heard.
    let changes = changes::listen(app.db()).await.map_err(ServeError::Changes)?;
    let server = axum::serve(listener, router(app.clone())).with_graceful_shutdown(stop.cancelled_owned());
    tokio::select! {
        ended = server => ended.map_err(ServeError::Listener),
        never = follow(changes, &app) => match never {},
    }
}

async fn follow(mut changes: Changes, app: &App) -> std::convert::Infallible {
    loop {
        app.changed(changes.next().await).await;
    }
}
