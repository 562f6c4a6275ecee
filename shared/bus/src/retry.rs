//! How long to wait before the next try. The one place that knows the `backoff` crate; a policy only, it never sleeps.

use std::time::Duration;

use backoff::{ExponentialBackoff, ExponentialBackoffBuilder, backoff::Backoff as _};
use uuid::Uuid;

/// Growing waits with jitter, for as long as somebody asks.
pub(crate) struct Retry(ExponentialBackoff);

impl Retry {
    /// From a fifth of a second up to `longest`, each half to one and a half of its due.
    pub(crate) fn up_to(longest: Duration) -> Self {
        Self(
            ExponentialBackoffBuilder::new()
                .with_initial_interval(Duration::from_millis(200).min(longest))
                .with_multiplier(2.0)
                .with_randomization_factor(0.5)
                .with_max_interval(longest)
                .with_max_elapsed_time(None)
                .build(),
        )
    }

    /// The next wait.
    pub(crate) fn wait(&mut self) -> Duration {
        self.0.next_backoff().expect("without a maximum of elapsed time there is always a next wait")
    }

    /// It went well: the next failure starts small again.
    pub(crate) fn reset(&mut self) {
        self.0.reset();
    }
}

/// A number from 0 to 1.
pub(crate) fn random() -> f64 {
    let (_, low) = Uuid::new_v4().as_u64_pair();
    // The lower half of a version 4 id has 62 random bits behind its variant; 32 of them convert without loss.
    f64::from(u32::try_from(low & u64::from(u32::MAX)).expect("masked to 32 bits")) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_up_to_the_longest_and_start_small_again() {
        let longest = Duration::from_secs(2);
        let mut retry = Retry::up_to(longest);
        let waits: Vec<_> = (0..20).map(|_| retry.wait()).collect();
        assert!(waits[0] <= Duration::from_millis(301), "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= longest.mul_f64(1.5)), "{waits:?}");
        retry.reset();
        assert!(retry.wait() <= Duration::from_millis(301));
        assert!((0.0..=1.0).contains(&random()));
    }
}
