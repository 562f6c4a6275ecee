//! Is this process ready for work?

use std::{
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use futures_util::future::join_all;
use tokio_util::sync::CancellationToken;

use crate::BoxError;

/// A check that takes longer has failed: whoever asks for readiness waits a few seconds at most.
pub const CHECK_LIMIT: Duration = Duration::from_secs(2);

type Outcome = Result<(), BoxError>;
type Probe = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Outcome> + Send>> + Send + Sync>;

struct Check {
    name: &'static str,
    probe: Probe,
    failing: AtomicBool,
}

/// The checks that must pass before a process is ready, and the token that says that it is about to end.
pub struct Health {
    checks: Vec<Check>,
    check_limit: Duration,
    stopping: CancellationToken,
}

impl Health {
    /// Without a check: ready until `stopping` is cancelled.
    pub fn new(stopping: CancellationToken) -> Self {
        Self { checks: Vec::new(), check_limit: CHECK_LIMIT, stopping }
    }

    /// Gives every check that long instead of [`CHECK_LIMIT`].
    #[must_use]
    pub fn within(self, check_limit: Duration) -> Self {
        Self { check_limit, ..self }
    }

    /// Adds a check. It is asked at each readiness request, within the limit; its name is public, its error only logged.
    #[must_use]
    pub fn check<F, R>(mut self, name: &'static str, probe: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Outcome> + Send + 'static,
    {
        let probe: Probe = Box::new(move || Box::pin(probe()));
        self.checks.push(Check { name, probe, failing: AtomicBool::new(false) });
        self
    }

    /// Names of what fails now; ready if there are none. A process that is stopping says `stopping`.
    pub async fn failing(&self) -> Vec<&'static str> {
        if self.stopping.is_cancelled() {
            return vec!["stopping"];
        }
        join_all(self.checks.iter().map(|check| check.run(self.check_limit))).await.into_iter().flatten().collect()
    }
}

impl Check {
    /// The name, if it fails. Logged when that changes rather than each time.
    async fn run(&self, limit: Duration) -> Option<&'static str> {
        let outcome = tokio::time::timeout(limit, (self.probe)()).await.unwrap_or_else(|late| Err(late.into()));
        let failed = outcome.is_err();
        let failed_before = self.failing.swap(failed, Ordering::Relaxed);
        match outcome {
            Err(error) if !failed_before => tracing::warn!(check = self.name, error, "Not ready: {} fails", self.name),
            Ok(()) if failed_before => tracing::info!(check = self.name, "Ready again: {} passes", self.name),
            _ => {}
        }
        failed.then_some(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_names_of_failing_checks_are_told() {
        let health = Health::new(CancellationToken::new())
            .check("database", || async { Ok(()) })
            .check("broker", || async { Err("amqp://user:secret@host refused".into()) });
        assert_eq!(health.failing().await, ["broker"]);
    }

    #[tokio::test]
    async fn a_check_that_hangs_has_failed() {
        let health =
            Health::new(CancellationToken::new()).within(Duration::from_millis(10)).check("database", std::future::pending);
        assert_eq!(health.failing().await, ["database"]);
    }

    #[tokio::test]
    async fn a_process_that_stops_is_not_ready() {
        let stopping = CancellationToken::new();
        let health = Health::new(stopping.clone());
        assert!(health.failing().await.is_empty());
        stopping.cancel();
        assert_eq!(health.failing().await, ["stopping"]);
    }
}
