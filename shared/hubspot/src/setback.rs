//! What an error means for a piece of work that cannot go on without HubSpot.

use std::time::Duration;

use domain::{
    ledger::Reason,
    setback::{Setback, WaitCause},
};

use crate::error::{Error, ErrorClass, NeedsPerson};

/// How long a person is given before the work is looked at again.
const PERSON: Duration = Duration::from_mins(2);
/// How long a HubSpot that does not answer is left alone.
const DOWN: Duration = Duration::from_secs(30);

impl From<&Error> for Setback {
    /// Of [`ErrorClass::Ambiguous`], [`ErrorClass::Conflict`] and [`ErrorClass::NotFound`] this knows only that it went wrong:
    /// whoever can make more of them does so first.
    fn from(error: &Error) -> Self {
        let wait = |cause, wait| Self::Wait { cause, wait };
        match error.class() {
            ErrorClass::Throttled { retry_after, .. } => wait(WaitCause::Throttled, *retry_after),
            ErrorClass::PortalMoving { retry_after } => wait(WaitCause::HubSpotDown, *retry_after),
            ErrorClass::Unavailable => wait(WaitCause::HubSpotDown, DOWN),
            ErrorClass::NeedsPerson(person) => needs_person(person),
            ErrorClass::Retryable { .. } | ErrorClass::Ambiguous | ErrorClass::Conflict { .. } | ErrorClass::NotFound => {
                Self::Failure
            }
            ErrorClass::Permanent { .. } => Self::Final { reason: Reason::Refused, detail: Some(error.class().to_string()) },
        }
    }
}

fn needs_person(person: &NeedsPerson) -> Setback {
    match person {
        // Connecting again cures all three, and the work goes on from there.
        NeedsPerson::ReauthRequired | NeedsPerson::MissingScopes { .. } | NeedsPerson::AppMisconfigured => {
            Setback::Wait { cause: WaitCause::Person, wait: PERSON }
        }
        // Waiting does not: the portal's administrator has to change a rule, or a person to make the contact, and replay.
        NeedsPerson::RequiredProperties { .. } => {
            Setback::Final { reason: Reason::RequiredProperties, detail: Some(person.to_string()) }
        }
    }
}
