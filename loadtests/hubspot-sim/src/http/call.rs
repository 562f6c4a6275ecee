//! One authenticated API call, and what it is answered with.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::config::Config;
use crate::crm::scopes;
use crate::crm::types::ObjectType;
use crate::crm::write::Judge;
use crate::error::ApiError;
use crate::http::decode::Pairs;
use crate::world::World;
use crate::world::oauth_state::Grant;
use crate::world::portal_cell::PortalCell;

/// The dated versions that are served. Others are 404.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// Ignores what account admins require.
    March2026,
    /// Enforces it, and takes dates leniently.
    September2026,
}

impl Version {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "2026-03" => Some(Self::March2026),
            "2026-09" => Some(Self::September2026),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::March2026 => "2026-03",
            Self::September2026 => "2026-09",
        }
    }
}

/// A call whose token and route are known.
pub(crate) struct Call<'r> {
    pub(crate) world: &'r World,
    pub(crate) config: &'r Config,
    pub(crate) cell: &'r PortalCell,
    pub(crate) grant: &'r Grant,
    pub(crate) version: Version,
    /// What the `{...}` of the route stand for, after the version, decoded.
    pub(crate) params: &'r [String],
    pub(crate) query: &'r Pairs,
    pub(crate) body: &'r [u8],
    pub(crate) now_ms: i64,
}

/// A 2xx answer.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    pub(crate) location: Option<String>,
}

pub(crate) type Outcome = Result<Reply, ApiError>;

impl Reply {
    pub(crate) fn new(status: u16, body: Value) -> Self {
        Self { status, body: Some(body), location: None }
    }

    pub(crate) fn ok(body: Value) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn no_content() -> Self {
        Self { status: 204, body: None, location: None }
    }
}

impl Call<'_> {
    pub(crate) fn param(&self, index: usize) -> &str {
        self.params.get(index).map_or("", String::as_str)
    }

    /// The body as JSON of a shape.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_slice(self.body).map_err(|error| {
            ApiError::validation(format!("Invalid input JSON on line {}, column {}: {error}", error.line(), error.column()))
        })
    }

    /// Refuses unless the token holds one of the scopes.
    pub(crate) fn need(&self, any_of: &[String]) -> Result<(), ApiError> {
        let granted = |scope: &String| self.grant.scopes.iter().any(|held| held == scope || held == "*");
        if any_of.iter().any(granted) { Ok(()) } else { Err(ApiError::missing_scopes(any_of)) }
    }

    pub(crate) fn need_read(&self, kind: &ObjectType) -> Result<(), ApiError> {
        self.need(&scopes::read(kind))
    }

    pub(crate) fn need_write(&self, kind: &ObjectType) -> Result<(), ApiError> {
        self.need(&scopes::write(kind))
    }

    pub(crate) fn judge(&self) -> Judge {
        Judge { enforced: self.version == Version::September2026, missing_target_status: self.config.missing_target_status }
    }

    /// The `limit` of a list.
    pub(crate) fn limit(&self, default: usize, max: usize) -> Result<usize, ApiError> {
        let Some(text) = self.query.get("limit") else { return Ok(default) };
        match text.parse() {
            Ok(limit) if (1..=max).contains(&limit) => Ok(limit),
            _ => Err(ApiError::validation(format!("limit must be between 1 and {max}"))),
        }
    }

    /// Seed of orders nobody promised, if such orders are wanted.
    pub(crate) fn shuffle(&self) -> Option<u64> {
        self.config.shuffle.then_some(self.config.seed)
    }
}
