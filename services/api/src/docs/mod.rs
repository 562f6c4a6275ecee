//! The documentation: the OpenAPI document as JSON, and the same as a page that needs neither a script nor the network.

mod page;
mod schema;

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use utoipa::openapi::OpenApi;

const STYLE: &str = include_str!("style.css");

/// The page loads its own style and nothing else.
const PAGE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; style-src 'self'; frame-ancestors 'none'");

/// Both forms, written once at start.
#[derive(Clone)]
struct Documents {
    json: Arc<str>,
    page: Arc<str>,
}

/// `/openapi.json`, `/docs` and its style.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(document: &OpenApi) -> Router<S> {
    let value = serde_json::to_value(document).expect("an OpenAPI document is JSON");
    let documents = Documents { json: value.to_string().into(), page: page::render(&value).into_string().into() };
    Router::new()
        .route("/openapi.json", get(json))
        .route("/docs", get(page))
        .route("/docs/style.css", get(style))
        .with_state(documents)
}

async fn json(State(documents): State<Documents>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], documents.json.to_string()).into_response()
}

async fn page(State(documents): State<Documents>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
    ];
    (headers, documents.page.to_string()).into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}
