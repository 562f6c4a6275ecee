//! Why a piece of work cannot go on, in terms that every stage understands. The crates that talk to the outside translate their
//! errors into it, the bus translates it into what becomes of a delivery; so no stage has a table of its own.

use std::time::Duration;

use crate::ledger::Reason;

/// Why a piece of work cannot go on now, or ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setback {
    /// Somebody has to come back, or a quota to refill. Waiting uses up no attempt.
    Wait {
        /// For what.
        cause: WaitCause,
        /// At least this long.
        wait: Duration,
    },
    /// It went wrong and may go right the next time. Uses up an attempt.
    Failure,
    /// It will never go right.
    Final {
        /// Why.
        reason: Reason,
        /// What a person should know beyond the reason, without personal data.
        detail: Option<String>,
    },
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitCause {
    /// The portal's rate limits.
    Throttled,
    /// A person who has to do something about the connection: connect again, grant a scope, mend the app.
    Person,
    /// HubSpot, which does not answer or is moving the portal.
    HubSpotDown,
    /// PostgreSQL, which does not answer.
    DatabaseDown,
}
