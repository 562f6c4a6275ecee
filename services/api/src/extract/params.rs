//! Parameters in the query and in the path.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Path, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::serde_fault;
use crate::problem::Problem;

/// The parameters of the query. Unknown ones are refused: a filter that is misspelt would otherwise match everything.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // Pairs of texts can always be read.
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, &()).await.unwrap_or_default();
        let mut object = serde_json::Map::new();
        for (name, text) in pairs {
            if object.insert(name.clone(), text.into()).is_some() {
                return Err(Problem::invalid(vec![serde_fault::twice(&name)]));
            }
        }
        serde_fault::read(Value::Object(object)).map(Self).map_err(|fault| Problem::invalid(vec![fault]))
    }
}

/// The one parameter of the path. What cannot be an id is the id of nothing: 404.
pub(crate) struct Named<T>(pub(crate) T);

impl<T: FromStr + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let text = Path::<String>::from_request_parts(parts, state).await.ok();
        text.and_then(|Path(text)| text.parse().ok()).map(Self).ok_or_else(|| Problem::not_found("thing"))
    }
}
