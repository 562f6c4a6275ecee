//! When to ask once more within one call: reads only, twice at most, and never against a limit. Whatever fails beyond that is
//! the caller's to defer.

use std::time::Duration;

use backoff::{ExponentialBackoff, ExponentialBackoffBuilder, backoff::Backoff as _};

use crate::{
    call::{Call, Effect},
    error::{Error, ErrorClass},
};

const RETRIES_MAX: u32 = 2;
const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(1);

/// The retries left to one call.
pub(crate) struct Retries {
    pauses: ExponentialBackoff,
    left: u32,
}

impl Retries {
    pub(crate) fn new() -> Self {
        let pauses = ExponentialBackoffBuilder::new()
            .with_initial_interval(FIRST)
            .with_multiplier(3.0)
            .with_randomization_factor(0.5)
            .with_max_interval(LONGEST)
            .with_max_elapsed_time(None)
            .build();
        Self { pauses, left: RETRIES_MAX }
    }

    /// How long to pause before asking again; `None` when the error stands. HubSpot's own wish is never undercut.
    pub(crate) fn pause(&mut self, call: Call, error: &Error) -> Option<Duration> {
        let ErrorClass::Retryable { hint } = error.class() else { return None };
        if call.effect() != Effect::Repeatable || self.left == 0 || hint.is_some_and(|told| told > LONGEST) {
            return None;
        }
        self.left -= 1;
        self.pauses.next_backoff().map(|pause| pause.max(hint.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(call: Call, class: ErrorClass) -> usize {
        let (mut retries, error) = (Retries::new(), Error::new(call, class));
        std::iter::from_fn(|| retries.pause(call, &error)).inspect(|pause| assert!(*pause <= LONGEST * 2)).count()
    }

    #[test]
    fn only_reads_that_failed_without_effect_are_asked_again() {
        let retryable = |hint| ErrorClass::Retryable { hint };
        assert_eq!(pauses(Call::Search, retryable(None)), 2);
        assert_eq!(pauses(Call::Get, retryable(Some(Duration::from_millis(700)))), 2);
        assert_eq!(pauses(Call::Get, retryable(Some(Duration::from_mins(1)))), 0);
        assert_eq!(pauses(Call::BatchCreate, retryable(None)), 0);
        assert_eq!(pauses(Call::Get, ErrorClass::Unavailable), 0);
        assert_eq!(pauses(Call::BatchCreate, ErrorClass::Ambiguous), 0);
    }
}
