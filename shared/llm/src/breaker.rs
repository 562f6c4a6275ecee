//! An endpoint that is down must not make every conversation wait for its time-out.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Failures in a row after which the endpoint is left alone.
const FAILURES: u32 = 3;
/// For how long. Then one conversation tries again.
const REST: Duration = Duration::from_secs(30);

/// Counts failures in a row. Time is an argument.
#[derive(Debug, Default)]
pub(crate) struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    resting_until: Option<Instant>,
}

impl Breaker {
    /// Whether to ask now. While it rests nobody does, and afterwards one at a time until one succeeds.
    pub(crate) fn allows(&self, now: Instant) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.resting_until {
            Some(until) if now < until => false,
            // Whoever comes next waits for what this one finds, but no longer than another rest.
            Some(_) => {
                state.resting_until = Some(now + REST);
                true
            }
            None => true,
        }
    }

    pub(crate) fn succeeded(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    pub(crate) fn failed(&self, now: Instant) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.resting_until = Some(now + REST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_failures_in_a_row_are_a_rest_and_then_one_try() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        breaker.failed(start);
        breaker.failed(start);
        assert!(breaker.allows(start));
        breaker.failed(start);
        assert!(!breaker.allows(start));
        assert!(!breaker.allows(start + REST / 2));

        assert!(breaker.allows(start + REST));
        assert!(!breaker.allows(start + REST), "one at a time");
        breaker.succeeded();
        assert!(breaker.allows(start + REST));
    }

    #[test]
    fn a_success_between_failures_starts_the_count_anew() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..5 {
            breaker.failed(now);
            breaker.failed(now);
            breaker.succeeded();
        }
        assert!(breaker.allows(now));
    }

    #[test]
    fn a_failed_try_is_another_rest() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..FAILURES {
            breaker.failed(start);
        }
        let later = start + REST;
        assert!(breaker.allows(later));
        breaker.failed(later);
        assert!(!breaker.allows(later + REST / 2));
    }
}
