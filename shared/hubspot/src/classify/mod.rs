//! From an answer, or the lack of one, to an [`ErrorClass`]: the one place that knows HubSpot's statuses.
//!
//! Sources: the error handling page, the usage guidelines and, for what they leave open, what integrators report. Where the
//! material is silent the reading is the one that can neither double nor lose a record.

use std::time::Duration;

use crate::{
    call::{Call, Effect},
    complaint::{Complaint, Limit},
    error::{Error, ErrorClass, NeedsPerson, ThrottleScope},
};

/// The longest wait that a hint from outside can impose: a portal's move takes up to a day (error handling page).
const DAY: Duration = Duration::from_hours(24);
/// The longest for a limit of seconds.
const MINUTE: Duration = Duration::from_mins(1);
/// Until when a daily limit lasts depends on the account's time zone; so it is asked again now and then.
const DAILY_RETRY: Duration = Duration::from_mins(15);
/// How long a lock lasts (error handling page, status 423).
const LOCK: Duration = Duration::from_secs(2);

/// An answer that is no success.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal<'a> {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) correlation: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// How a request ended without an answer that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// No connection came about: nothing was sent.
    NotConnected,
    /// It went wrong after the request may have been sent: time-out, reset, an answer that broke off.
    AfterSending,
    /// A success whose body cannot be read: too long, or not what it should be.
    Unreadable,
    /// The request could not be made: our bug.
    NotMade,
}

/// The error that `cut` means for `call`.
pub(crate) fn cut(call: Call, cut: Cut) -> Error {
    let class = match (cut, call.effect()) {
        (Cut::NotConnected, _) => ErrorClass::Unavailable,
        (Cut::AfterSending | Cut::Unreadable, Effect::Creates) => ErrorClass::Ambiguous,
        (Cut::AfterSending | Cut::Unreadable, Effect::Repeatable) => ErrorClass::Retryable { hint: None },
        (Cut::NotMade, _) => permanent("NOT_MADE"),
    };
    Error::new(call, class)
}

/// The error that a status other than 2xx means for `call`.
pub(crate) fn refusal(call: Call, answer: Refusal<'_>) -> Error {
    let complaint = Complaint::read(answer.body);
    let correlation = answer.correlation.map(str::to_owned).or_else(|| complaint.correlation.clone());
    let class = match answer.status {
        401 | 530 => ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired),
        423 => throttled(ThrottleScope::Lock, answer.retry_after.map_or(LOCK, |told| told.clamp(LOCK, MINUTE))),
        429 => limit(call, &complaint, answer.retry_after),
        477 => ErrorClass::PortalMoving { retry_after: answer.retry_after.unwrap_or(MINUTE).clamp(Duration::from_secs(1), DAY) },
        // 521 and 523: the edge could not reach HubSpot's own hosts.
        503 | 521 | 523 => ErrorClass::Unavailable,
        // TLS trouble behind the edge: no request got through.
        525 | 526 => ErrorClass::Retryable { hint: hint(answer.retry_after) },
        // 408, 502, 504, 524: took too long, so it may have happened. 500, 520, 522 and what else there is are documented
        // without a word about effects, and read the same way.
        408 | 500..=599 => match call.effect() {
            Effect::Creates => ErrorClass::Ambiguous,
            Effect::Repeatable => ErrorClass::Retryable { hint: hint(answer.retry_after) },
        },
        status => complained(status, &complaint),
    };
    Error::answered(call, class, answer.status, correlation)
}

/// What an entry of the `errors` of a 207 means. Its inputs had no effect.
pub(crate) fn entry(call: Call, complaint: &Complaint) -> Error {
    let status = if complaint.existing_id.is_some() || complaint.says("CONFLICT") {
        409
    } else if complaint.says("OBJECT_NOT_FOUND") {
        404
    } else if complaint.says("MISSING_SCOPES") {
        403
    } else {
        400
    };
    Error::answered(call, complained(status, complaint), status, complaint.correlation.clone())
}

/// The error of an answer of the token endpoint (OAuth guide; RFC 6749 fields since January 2026; codes reported by
/// integrators). Older hosts send only `status` and `message`, so either pair is enough.
pub(crate) fn token_refusal(call: Call, answer: Refusal<'_>) -> Error {
    let complaint = Complaint::read(answer.body);
    let says = |words: &[&str]| words.iter().any(|word| complaint.says(word) || complaint.oauth_error.as_deref() == Some(*word));
    let class = match answer.status {
        429 => limit(call, &complaint, answer.retry_after),
        408 | 500..=599 => ErrorClass::Retryable { hint: hint(answer.retry_after) },
        477 => ErrorClass::PortalMoving { retry_after: answer.retry_after.unwrap_or(MINUTE).clamp(Duration::from_secs(1), DAY) },
        _ if says(&["BAD_CLIENT_ID", "BAD_CLIENT_SECRET", "invalid_client"]) => {
            ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured)
        }
        _ if says(&["BAD_REFRESH_TOKEN", "BAD_HUB"]) => ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired),
        _ => ErrorClass::Permanent {
            category: complaint
                .category
                .clone()
                .or_else(|| complaint.oauth_error.clone())
                .unwrap_or_else(|| unnamed(answer.status)),
            code: complaint.oauth_error.clone(),
            properties: Vec::new(),
        },
    };
    Error::answered(call, class, answer.status, answer.correlation.map(str::to_owned))
}

/// A 4xx that is about this very request (error handling page; codes partly reported by integrators).
fn complained(status: u16, complaint: &Complaint) -> ErrorClass {
    let properties = complaint.properties.clone();
    let required = complaint.says("MISSING_REQUIRED_PROPERTY") || complaint.says("MISSING_CONDITIONAL_REQUIRED_PROPERTY");
    match status {
        404 | 410 => ErrorClass::NotFound,
        403 if complaint.says("MISSING_SCOPES") || !complaint.scopes.is_empty() => {
            ErrorClass::NeedsPerson(NeedsPerson::MissingScopes { any_of: complaint.scopes.clone() })
        }
        409 => ErrorClass::Conflict { existing_id: complaint.existing_id, properties },
        _ if complaint.says("CONFLICTING_UNIQUE_VALUE") => {
            ErrorClass::Conflict { existing_id: complaint.existing_id, properties }
        }
        _ if required => ErrorClass::NeedsPerson(NeedsPerson::RequiredProperties { names: properties }),
        _ => ErrorClass::Permanent {
            category: complaint.category.clone().unwrap_or_else(|| unnamed(status)),
            code: complaint.codes.first().or(complaint.sub_category.as_ref()).cloned(),
            properties,
        },
    }
}

/// A 429 (usage guidelines). `Retry-After` is not documented for it and honoured when it is there; else the policy's name says
/// how long, and for one that we do not know, the budget that the call spends from.
fn limit(call: Call, complaint: &Complaint, retry_after: Option<Duration>) -> ErrorClass {
    let (scope, usual, most) = match (complaint.limit, call) {
        (Some(Limit::Daily), _) => (ThrottleScope::Daily, DAILY_RETRY, DAY),
        (Some(Limit::TenSecondly), _) => (ThrottleScope::Burst, Duration::from_secs(10), MINUTE),
        (_, Call::Search) => (ThrottleScope::Search, Duration::from_secs(1), MINUTE),
        (Some(Limit::Secondly), _) => (ThrottleScope::Burst, Duration::from_secs(1), MINUTE),
        (None, _) => (ThrottleScope::Burst, Duration::from_secs(10), MINUTE),
    };
    throttled(scope, retry_after.unwrap_or(usual).clamp(Duration::from_millis(100), most))
}

fn throttled(scope: ThrottleScope, retry_after: Duration) -> ErrorClass {
    ErrorClass::Throttled { scope, retry_after }
}

fn hint(retry_after: Option<Duration>) -> Option<Duration> {
    retry_after.map(|told| told.min(DAY))
}

fn unnamed(status: u16) -> String {
    format!("HTTP_{status}")
}

fn permanent(category: &str) -> ErrorClass {
    ErrorClass::Permanent { category: category.to_owned(), code: None, properties: Vec::new() }
}

#[cfg(test)]
mod tests;
