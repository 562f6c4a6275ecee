//! What goes back over the wire, or how the wire is cut.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::call::Reply;
use crate::error::ApiError;
use crate::fault::FaultKind;
use crate::limits::Policy;
use crate::wire::Wire;

/// An answer before it is put on the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Content,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) rate_limited: bool,
}

pub(crate) enum Content {
    Json(Value),
    Html(&'static str),
    Empty,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Content) -> Self {
        Self { status, body, headers: Vec::new(), rate_limited: false }
    }

    /// A 2xx of a handler.
    pub(crate) fn of(reply: Reply) -> Self {
        let mut answer = Self::new(reply.status, reply.body.map_or(Content::Empty, Content::Json));
        answer.headers.extend(reply.location.map(|location| ("location", location)));
        answer
    }

    pub(crate) fn error(error: &ApiError, correlation: &str) -> Self {
        Self::new(error.status, Content::Json(error.body(correlation)))
    }
}

/// Gateway statuses come as the edge's HTML, the others as JSON.
pub(crate) fn trouble(status: u16, correlation: &str) -> Answer {
    match status {
        502..=504 | 520..=530 => {
            Answer::new(status, Content::Html("<html><head><title>Error</title></head><body>cloudflare</body></html>"))
        }
        _ => {
            let message = if status == 423 { "The resource is locked." } else { "internal error" };
            Answer::new(status, Content::Json(json!({"status": "error", "message": message, "correlationId": correlation})))
        }
    }
}

/// The 429 of the usage guidelines.
pub(crate) fn too_many(policy: Policy, correlation: &str, wait_ms: Option<i64>) -> Answer {
    let body = json!({
        "status": "error",
        "message": policy.message(),
        "errorType": "RATE_LIMIT",
        "correlationId": correlation,
        "policyName": policy.name(),
        "requestId": correlation,
    });
    let mut answer = Answer::new(429, Content::Json(body));
    answer.rate_limited = true;
    answer.headers.extend(wait_ms.map(|ms| ("retry-after", (ms.max(0) / 1000 + 1).to_string())));
    answer
}

/// Puts an answer on the wire, or cuts the wire.
pub(crate) async fn send(answer: Answer, fault: Option<&FaultKind>, wire: &Wire, correlation: &str) -> Response {
    match fault {
        Some(FaultKind::Hang { ms } | FaultKind::EffectThenHang { ms }) => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            wire.cut();
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        Some(FaultKind::ResetBefore | FaultKind::ResetAfter) => {
            wire.cut();
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        _ => {}
    }
    let (bytes, kind) = match answer.body {
        Content::Json(value) => (serde_json::to_vec(&value).unwrap_or_default(), Some("application/json;charset=utf-8")),
        Content::Html(text) => (text.as_bytes().to_vec(), Some("text/html; charset=utf-8")),
        Content::Empty => (Vec::new(), None),
    };
    let truncated = fault == Some(&FaultKind::TruncatedBody);
    let mut response = if truncated { broken_off(bytes) } else { Response::new(Body::from(bytes)) };
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.extend(kind.map(|kind| (header::CONTENT_TYPE, HeaderValue::from_static(kind))));
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    if let Ok(value) = HeaderValue::from_str(correlation) {
        headers.insert("x-hubspot-correlation-id", value);
    }
    response
}

/// A body that promises its whole length and stops in the middle.
fn broken_off(bytes: Vec<u8>) -> Response {
    let length = bytes.len();
    let half = Bytes::from(bytes).slice(..length / 2);
    let parts = [Ok(half), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))];
    let mut response = Response::new(Body::from_stream(futures_util::stream::iter(parts)));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}
