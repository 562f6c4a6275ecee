//! What can go wrong with HubSpot, and what to do about it.

use std::{fmt, time::Duration};

use crate::call::Call;

/// A request that did not succeed.
///
/// Holds categories, codes, property names and HubSpot's correlation id; never a body, a value or an address, so that it may
/// be logged and shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    call: Call,
    class: ErrorClass,
    status: Option<u16>,
    correlation: Option<String>,
}

/// What to do about an error. Matched exhaustively by whoever decides what becomes of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErrorClass {
    /// It failed without effect and may work later.
    #[error("failed without effect, to be tried again")]
    Retryable {
        /// HubSpot's wish, if it had one.
        hint: Option<Duration>,
    },
    /// A limit is spent, ours or HubSpot's. Nothing happened. Waiting is no attempt.
    #[error("the {} limit is spent for {} ms", scope.as_str(), retry_after.as_millis())]
    Throttled {
        /// Which limit.
        scope: ThrottleScope,
        /// When to come back.
        retry_after: Duration,
    },
    /// It cannot work before a person has done something.
    #[error(transparent)]
    NeedsPerson(NeedsPerson),
    /// HubSpot refused this very request and will refuse it again.
    #[error("refused: {category}{}{}", Shown(" ", code.as_slice()), Shown(" for ", properties))]
    Permanent {
        /// HubSpot's `category`, or one of our own where it sent none.
        category: String,
        /// The first of HubSpot's `errors[].code`.
        code: Option<String>,
        /// The properties it complains about.
        properties: Vec<String>,
    },
    /// A record or a definition with the same unique value exists. For a write that is done again it means: already there.
    #[error("exists already{}", Shown(" by ", properties))]
    Conflict {
        /// The record that exists, where HubSpot names it (it does for contacts with the same e-mail address).
        existing_id: Option<i64>,
        /// The unique properties it complains about, where it names them.
        properties: Vec<String>,
    },
    /// No such record or definition: deleted, merged away, or never there.
    #[error("not found")]
    NotFound,
    /// A write may or may not have happened. Nothing is sent again before a read-back.
    #[error("in doubt: it may have happened")]
    Ambiguous,
    /// The portal is being moved between data centres (status 477, error handling page). Waiting is no attempt.
    #[error("the portal is being moved, for {} s", retry_after.as_secs())]
    PortalMoving {
        /// When to come back; up to a day.
        retry_after: Duration,
    },
    /// HubSpot, or what guards its limits, cannot be reached. Nothing was sent or nothing was taken. Waiting is no attempt.
    #[error("not available")]
    Unavailable,
}

/// Which limit is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ThrottleScope {
    /// Requests in ten seconds.
    Burst,
    /// Searches in a second.
    Search,
    /// Requests in a day.
    Daily,
    /// The record or object is locked by another write (status 423); a lock lasts 2 s.
    Lock,
}

impl ThrottleScope {
    /// The stable name in metrics and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Burst => "burst",
            Self::Search => "search",
            Self::Daily => "daily",
            Self::Lock => "lock",
        }
    }
}

/// What a person has to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NeedsPerson {
    /// Connect HubSpot again: the tokens are refused.
    #[error("HubSpot has to be connected again")]
    ReauthRequired,
    /// Grant a scope: connect again and allow it.
    #[error("a scope is missing, any of: {}", any_of.join(" "))]
    MissingScopes {
        /// Any one of these would do, says HubSpot.
        any_of: Vec<String>,
    },
    /// Relax the portal's rules, or have us send these properties: an administrator requires them (since API version 2026-09).
    #[error("the portal requires: {}", names.join(" "))]
    RequiredProperties {
        /// Their internal names.
        names: Vec<String>,
    },
    /// Correct our app's client id or secret. An operator's task; no customer is at fault.
    #[error("the app's client id or secret is refused")]
    AppMisconfigured,
}

struct Shown<'a>(&'static str, &'a [String]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.1.is_empty() { Ok(()) } else { write!(f, "{}{}", self.0, self.1.join(", ")) }
    }
}

impl Error {
    pub(crate) fn new(call: Call, class: ErrorClass) -> Self {
        Self(Box::new(Inner { call, class, status: None, correlation: None }))
    }

    pub(crate) fn answered(call: Call, class: ErrorClass, status: u16, correlation: Option<String>) -> Self {
        Self(Box::new(Inner { call, class, status: Some(status), correlation }))
    }

    pub(crate) fn throttled(call: Call, scope: ThrottleScope, retry_after: Duration) -> Self {
        Self::new(call, ErrorClass::Throttled { scope, retry_after })
    }

    pub(crate) fn ambiguous(call: Call) -> Self {
        Self::new(call, ErrorClass::Ambiguous)
    }

    pub(crate) fn unavailable(call: Call) -> Self {
        Self::new(call, ErrorClass::Unavailable)
    }

    pub(crate) fn reauth_required(call: Call) -> Self {
        Self::new(call, ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired))
    }

    /// What to do about it.
    pub fn class(&self) -> &ErrorClass {
        &self.0.class
    }

    /// What was asked.
    pub fn call(&self) -> Call {
        self.0.call
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// HubSpot's id of the answer, for its support.
    pub fn correlation(&self) -> Option<&str> {
        self.0.correlation.as_deref()
    }

    pub(crate) fn with_class(mut self, class: ErrorClass) -> Self {
        self.0.class = class;
        self
    }

    /// HubSpot refused the bearer: 401, or 530 from the edge for a malformed one (error handling page; the latter reported by
    /// integrators).
    pub(crate) fn refused_bearer(&self) -> bool {
        matches!(self.0.status, Some(401 | 530))
    }

    /// HubSpot looked at this request and said no to it: of a batch, one input may be the reason.
    pub(crate) fn blames_input(&self) -> bool {
        match &self.0.class {
            ErrorClass::Permanent { .. } | ErrorClass::Conflict { .. } | ErrorClass::NotFound => true,
            ErrorClass::NeedsPerson(person) => matches!(person, NeedsPerson::RequiredProperties { .. }),
            ErrorClass::Retryable { .. }
            | ErrorClass::Throttled { .. }
            | ErrorClass::Ambiguous
            | ErrorClass::PortalMoving { .. }
            | ErrorClass::Unavailable => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HubSpot {}: {}", self.0.call, self.0.class)?;
        if let Some(status) = self.0.status {
            write!(f, " (status {status})")?;
        }
        if let Some(correlation) = &self.0.correlation {
            write!(f, " (correlation {correlation})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("call", &self.0.call)
            .field("class", &self.0.class)
            .field("status", &self.0.status)
            .field("correlation", &self.0.correlation)
            .finish()
    }
}

impl std::error::Error for Error {}
