//! What a setback means for a delivery.

use std::time::Duration;

use domain::setback::{Setback, WaitCause};

use crate::stage::{Defer, DeferReason, Delivery, Verdict};

impl<E> Delivery<E> {
    /// What becomes of this delivery when its work cannot go on; what is in doubt about it stays so.
    pub fn set_back<N>(&self, setback: Setback) -> Verdict<N> {
        match setback.into() {
            Verdict::Defer(defer) => Verdict::Defer(Defer { doubts: self.doubts, ..defer }),
            verdict => verdict,
        }
    }
}

impl<N> From<Setback> for Verdict<N> {
    /// For a delivery that leaves nothing in doubt.
    fn from(setback: Setback) -> Self {
        match setback {
            Setback::Wait { cause, wait } => Self::Defer(Defer::new(cause.into(), wait)),
            // The runner knows how long: longer each time.
            Setback::Failure => Self::Defer(Defer::new(DeferReason::Failure, Duration::ZERO)),
            Setback::Final { reason, detail } => Self::DeadLetter { reason, detail },
        }
    }
}

impl From<WaitCause> for DeferReason {
    fn from(cause: WaitCause) -> Self {
        match cause {
            WaitCause::Throttled => Self::Throttled,
            WaitCause::Person => Self::ReauthRequired,
            WaitCause::HubSpotDown => Self::HubSpotDown,
            WaitCause::DatabaseDown => Self::DatabaseDown,
        }
    }
}
