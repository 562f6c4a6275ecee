//! What a client sees when something goes wrong: `application/problem+json` (RFC 9457).

use std::{sync::Arc, time::Duration};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bus::PublishError;
use domain::{Fault, scope::Scope};
use hubspot::{ErrorClass, NeedsPerson};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{code::Code, words};

/// The media type of every problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// One thing that is wrong with the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Fault)]
pub(crate) struct FaultBody {
    /// Where, with dots and brackets: `transcript[3].text`. Empty for the whole body.
    path: String,
    /// What kind of fault; stable.
    #[schema(value_type = String, example = "required")]
    code: &'static str,
    /// What is wrong and what to do. Never repeats the value.
    message: String,
}

impl From<Fault> for FaultBody {
    fn from(Fault { path, code, message }: Fault) -> Self {
        Self { path, code, message }
    }
}

/// A problem, as RFC 9457 has it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Where this kind of problem is explained, relative to this service.
    #[schema(example = "/docs#problem-missing_scope")]
    r#type: String,
    /// What went wrong, in a few words.
    #[schema(value_type = String)]
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What went wrong this time and what to do about it.
    detail: String,
    /// What went wrong; stable, for programs.
    #[schema(value_type = words::Code)]
    code: Code,
    /// What is wrong with the request, where it is at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FaultBody>,
}

/// Why a request is not answered as its sender hoped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    code: Code,
    detail: String,
    faults: Vec<Fault>,
    challenge: Option<String>,
    retry_after_s: Option<u64>,
}

/// How long a client waits where nothing better is known.
pub(crate) const RETRY_AFTER_S: u64 = 5;

impl Problem {
    /// A problem that its code says everything about.
    pub(crate) fn new(code: Code) -> Self {
        let retry_after_s = matches!(code.status().as_u16(), 408 | 429 | 503).then_some(RETRY_AFTER_S);
        Self { code, detail: code.remedy().to_owned(), faults: Vec::new(), challenge: None, retry_after_s }
    }

    /// There is no such thing, or it is somebody else's.
    pub(crate) fn not_found(what: &str) -> Self {
        Self { detail: format!("Your account has no such {what}."), ..Self::new(Code::NotFound) }
    }

    /// The request's body or parameters are at fault.
    pub(crate) fn invalid(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::new(Code::Invalid) }
    }

    /// 401, with the challenge that RFC 6750 asks for.
    pub(crate) fn unauthorized(code: Code) -> Self {
        let challenge = match code {
            Code::InvalidApiKey => r#"Bearer error="invalid_token""#,
            _ => "Bearer",
        };
        Self { challenge: Some(challenge.to_owned()), ..Self::new(code) }
    }

    /// 403, naming the scope.
    pub(crate) fn missing_scope(scope: Scope) -> Self {
        let name = scope.as_str();
        Self {
            detail: format!("Use a key with the scope {name}."),
            challenge: Some(insufficient_scope(name)),
            ..Self::new(Code::MissingScope)
        }
    }

    /// 403 for a key that would hand out more than it has.
    pub(crate) fn scopes_not_held(scopes: &[Scope]) -> Self {
        let names: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
        Self {
            detail: format!("Your own key does not have {}.", names.join(", ")),
            challenge: Some(insufficient_scope(&names.join(" "))),
            ..Self::new(Code::ScopeNotHeld)
        }
    }

    /// The body is larger than the limit.
    pub(crate) fn body_too_large(max_bytes: usize) -> Self {
        Self { detail: format!("A body has at most {max_bytes} bytes."), ..Self::new(Code::BodyTooLarge) }
    }

    /// What is wrong with the request, where it is at fault.
    pub(crate) fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What went wrong and what to do, for a person.
    pub(crate) fn detail(&self) -> &str {
        &self.detail
    }

    /// Status, title and detail for a person, and the seconds to wait: what was wrong with a form is part of the detail.
    pub(crate) fn for_page(self) -> (StatusCode, &'static str, String, Option<u64>) {
        let faults: Vec<_> = self.faults.iter().map(|fault| format!("{} {}", fault.path, fault.message)).collect();
        let detail = if faults.is_empty() { self.detail } else { format!("{} {}.", self.detail, faults.join("; ")) };
        (self.code.status(), self.code.title(), detail, self.retry_after_s)
    }

    /// The same, to be tried again after that time.
    pub(crate) fn retry_after(self, wait: Duration) -> Self {
        let whole_seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Self { retry_after_s: Some(whole_seconds.max(1)), ..self }
    }
}

fn insufficient_scope(scopes: &str) -> String {
    format!(r#"Bearer error="insufficient_scope", scope="{scopes}""#)
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        Self::from(&error)
    }
}

/// Of what many asked for at once.
impl From<Arc<store::Error>> for Problem {
    fn from(error: Arc<store::Error>) -> Self {
        Self::from(&*error)
    }
}

impl From<&store::Error> for Problem {
    /// Logs the error, since the client is told only whether trying again may help.
    fn from(error: &store::Error) -> Self {
        let logged = error as &dyn std::error::Error;
        if error.is_retryable() {
            tracing::warn!(error = logged, "The database is not available");
            Self::new(Code::StorageUnavailable)
        } else {
            tracing::error!(error = logged, "The database could not do what it was asked");
            Self::new(Code::Internal)
        }
    }
}

impl From<PublishError> for Problem {
    /// Logs the error, as above.
    fn from(error: PublishError) -> Self {
        tracing::warn!(error = &error as &dyn std::error::Error, kind = error.kind(), "The broker did not confirm an event");
        match error {
            PublishError::Unserialisable(_) => Self::new(Code::Internal),
            PublishError::Blocked
            | PublishError::Disconnected(_)
            | PublishError::TimedOut(_)
            | PublishError::Refused
            | PublishError::Unroutable { .. } => Self::new(Code::QueueUnavailable),
        }
    }
}

impl From<&hubspot::Error> for Problem {
    /// What a person who waits is told of HubSpot's refusal.
    fn from(error: &hubspot::Error) -> Self {
        tracing::warn!(error = error as &dyn std::error::Error, "HubSpot did not do what it was asked");
        match error.class() {
            ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired) => Self::new(Code::ReauthRequired),
            ErrorClass::NeedsPerson(NeedsPerson::MissingScopes { any_of }) => {
                let detail = format!("Connect HubSpot again, and allow any of: {}.", any_of.join(", "));
                Self { detail, ..Self::new(Code::ReauthRequired) }
            }
            ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured) => Self::new(Code::ConnectNotConfigured),
            ErrorClass::Throttled { retry_after, .. } => Self::new(Code::HubspotBusy).retry_after(*retry_after),
            ErrorClass::PortalMoving { retry_after } => Self::new(Code::HubspotUnavailable).retry_after(*retry_after),
            ErrorClass::Retryable { .. }
            | ErrorClass::Ambiguous
            | ErrorClass::Unavailable
            | ErrorClass::Permanent { .. }
            | ErrorClass::Conflict { .. }
            | ErrorClass::NotFound
            | ErrorClass::NeedsPerson(NeedsPerson::RequiredProperties { .. }) => Self::new(Code::HubspotUnavailable),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { code, detail, faults, challenge, retry_after_s } = self;
        let body = ProblemBody {
            r#type: format!("/docs#problem-{}", code.as_str()),
            title: code.title(),
            status: code.status().as_u16(),
            detail,
            code,
            errors: faults.into_iter().map(Into::into).collect(),
        };
        let mut response = (code.status(), axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        // Scopes are a closed list of header-safe names, so this never fails; without it the answer is still right.
        if let Some(challenge) = challenge.and_then(|text| HeaderValue::try_from(text).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
