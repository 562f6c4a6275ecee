//! How many requests one API key may make.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use domain::ApiKeyId;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use crate::config::Config;

/// After so many requests, keys that have been quiet are forgotten.
const SWEEP_EVERY: u32 = 4096;

/// A bucket a key. Only keys that exist get one, and quiet ones are forgotten, so it never holds more than the keys in use.
pub(crate) struct KeyLimiter {
    buckets: DefaultKeyedRateLimiter<ApiKeyId>,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

impl KeyLimiter {
    pub(crate) fn new(config: &Config) -> Self {
        let quota = Quota::per_second(config.key_requests_per_second).allow_burst(config.key_requests_burst);
        Self { buckets: RateLimiter::keyed(quota), clock: DefaultClock::default(), since_sweep: AtomicU32::new(0) }
    }

    /// Takes one request; else how long to wait.
    pub(crate) fn take(&self, key: ApiKeyId) -> Result<(), Duration> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) >= SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.buckets.retain_recent();
            self.buckets.shrink_to_fit();
        }
        self.buckets.check_key(&key).map_err(|late| late.wait_time_from(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn a_key_that_spends_its_burst_waits_and_others_do_not() {
        let one = NonZeroU32::MIN;
        let limiter = KeyLimiter::new(&Config { key_requests_per_second: one, key_requests_burst: one, ..Config::default() });
        let (busy, quiet) = (ApiKeyId::new(), ApiKeyId::new());
        assert_eq!(limiter.take(busy), Ok(()));
        assert!(limiter.take(busy).unwrap_err() <= Duration::from_secs(1));
        assert_eq!(limiter.take(quiet), Ok(()));
    }

    #[test]
    fn keys_that_are_quiet_are_forgotten() {
        let fast = NonZeroU32::new(1_000_000).unwrap();
        let limiter = KeyLimiter::new(&Config { key_requests_per_second: fast, key_requests_burst: fast, ..Config::default() });
        for _ in 0..5 * SWEEP_EVERY {
            limiter.take(ApiKeyId::new()).unwrap();
        }
        assert!(limiter.buckets.len() <= 2 * SWEEP_EVERY as usize, "{}", limiter.buckets.len());
    }
}
