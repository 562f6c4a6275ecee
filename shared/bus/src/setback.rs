//! What a setback means for a delivery.

use std::time::Duration;

use domain::setback::{Setback, WaitCause};

use crate::{Defer, DeferReason, Verdict};

/// The first wait after a failure; the runner counts the attempts.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

impl<N> From<Setback> for Verdict<N> {
    fn from(setback: Setback) -> Self {
        match setback {
            Setback::Wait { cause, wait } => Self::Defer(Defer::new(reason(cause), wait)),
            Setback::Failure => Self::Defer(Defer::new(DeferReason::Failure, AFTER_FAILURE)),
            Setback::Final { reason, detail } => Self::DeadLetter { reason, detail },
        }
    }
}

fn reason(cause: WaitCause) -> DeferReason {
    match cause {
        WaitCause::Throttled => DeferReason::Throttled,
        WaitCause::Person => DeferReason::ReauthRequired,
        WaitCause::HubSpotDown => DeferReason::HubSpotDown,
        WaitCause::DatabaseDown => DeferReason::DatabaseDown,
    }
}
