//! A body of JSON.

use axum::{
    body::{Bytes, HttpBody as _},
    extract::{FromRequest, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
};
use domain::Fault;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::serde_fault;
use crate::{app::App, code::Code, problem::Problem};

/// A body that was JSON, small enough and quick enough. Its shape is the handler's affair.
pub(crate) struct Raw(pub(crate) Value);

/// A body that was JSON of the right shape, small enough and quick enough.
pub(crate) struct Body<T>(pub(crate) T);

impl FromRequest<App> for Raw {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(Code::NotJson));
        }
        let bytes = tokio::time::timeout(app.config().body_timeout, Bytes::from_request(request, &())).await;
        let bytes = bytes.map_err(|_| Problem::new(Code::BodyTooSlow))?.map_err(|rejection| refused(&rejection, app))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Problem::new(Code::MalformedJson))
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    /// In two steps, so that what is not JSON (400) is told from JSON of the wrong shape (422).
    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let Raw(value) = Raw::from_request(request, app).await?;
        // Serde would read a list as the fields of a struct in their order.
        if !value.is_object() {
            return Err(Problem::invalid(vec![Fault::new("", "wrong_type", "must be an object")]));
        }
        serde_fault::read(&value).map(Self).map_err(|fault| Problem::invalid(vec![fault]))
    }
}

/// The same, or nothing at all, which stands for the default.
pub(crate) struct MaybeBody<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequest<App> for MaybeBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        if !request.headers().contains_key(header::CONTENT_TYPE) && request.body().is_end_stream() {
            return Ok(Self(T::default()));
        }
        let Body(body) = Body::from_request(request, app).await?;
        Ok(Self(body))
    }
}

fn refused(rejection: &BytesRejection, app: &App) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::body_too_large(app.config().body_bytes_max),
        _ => Problem::new(Code::BodyIncomplete),
    }
}

/// `application/json`, or any type that is JSON by its suffix (RFC 6839).
fn is_json(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.strip_prefix("application/").is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}
