//! GCRA (generic cell rate algorithm, ITU-T I.371) as a pure function.
//!
//! A budget is one number: the *theoretical arrival time* (TAT), when everything spent so far would have been paid back.
//! Taking moves it forward; taking is refused while it would run further ahead of now than the burst allows. `store` has the
//! same rule as one SQL statement, and a property test holds the two together.

use std::time::Duration;

/// Who asks. Live skill calls may spend everything; bulk writeback leaves a reserve, so that a backlog never makes a caller wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A person is waiting on the phone.
    Live,
    /// The fleet works off finished conversations.
    Bulk,
}

/// Which of a portal's budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bucket {
    /// Every request but searches: HubSpot's ten-second rolling limit.
    Burst,
    /// Searches: HubSpot's limit per second and account.
    Search,
}

impl Bucket {
    /// The stable name in database and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Burst => "burst",
            Self::Search => "search",
        }
    }
}

/// How fast a budget refills and how far it may be overdrawn. All in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    increment_us: i64,
    tolerance_us: i64,
    reserve_us: i64,
}

/// The numbers make no budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a budget needs a window, a burst of at least 1 below the limit, and a reserve below the burst")]
pub struct InvalidPolicy;

impl Policy {
    /// A budget under which any window of length `window` holds at most `limit` requests.
    ///
    /// At most `burst` come at once; the rest refills evenly at `(limit - burst) / window`. In a window of any position at most
    /// `burst` saved-up requests meet `limit - burst` refilled ones. Bulk stops while fewer than `reserve` of the burst are left.
    pub fn rolling(limit: u32, window: Duration, burst: u32, reserve: u32) -> Result<Self, InvalidPolicy> {
        let window_us = i64::try_from(window.as_micros()).map_err(|_| InvalidPolicy)?;
        if burst == 0 || burst >= limit || reserve >= burst || window_us == 0 {
            return Err(InvalidPolicy);
        }
        let refilled = i64::from(limit - burst);
        let increment_us = (window_us + refilled - 1) / refilled;
        Ok(Self { increment_us, tolerance_us: increment_us * i64::from(burst), reserve_us: increment_us * i64::from(reserve) })
    }

    /// Microseconds that one request costs.
    pub fn increment_us(self) -> i64 {
        self.increment_us
    }

    /// How far the TAT may run ahead of now for that class, in microseconds.
    pub fn tolerance_us(self, class: Class) -> i64 {
        match class {
            Class::Live => self.tolerance_us,
            Class::Bulk => self.tolerance_us - self.reserve_us,
        }
    }
}

/// The answer to an attempt to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// Granted; the budget's TAT is now this.
    Granted {
        /// The new theoretical arrival time in microseconds.
        tat_us: i64,
    },
    /// Refused; it would be granted after this long if nobody else took meanwhile.
    Refused {
        /// How long to wait.
        wait: Duration,
    },
}

/// Tries to take one request from a budget whose TAT is `tat_us`, at `now_us`.
pub fn take(policy: Policy, class: Class, tat_us: i64, now_us: i64) -> Take {
    let new_tat = tat_us.max(now_us).saturating_add(policy.increment_us);
    let ahead = new_tat.saturating_sub(now_us);
    let over = ahead - policy.tolerance_us(class);
    if over <= 0 { Take::Granted { tat_us: new_tat } } else { Take::Refused { wait: Duration::from_micros(over.unsigned_abs()) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Takes as greedily as possible over `until_us` with steps of `step_us`; the times of what was granted.
    fn greedy(policy: Policy, class: Class, until_us: i64, steps: &[i64]) -> Vec<i64> {
        let (mut tat, mut now, mut granted) = (0, 0, Vec::new());
        for step in steps.iter().cycle() {
            if now > until_us {
                break;
            }
            match take(policy, class, tat, now) {
                Take::Granted { tat_us } => {
                    tat = tat_us;
                    granted.push(now);
                }
                Take::Refused { wait } => {
                    assert!(!wait.is_zero());
                    now += step;
                }
            }
        }
        granted
    }

    proptest! {
        #[test]
        fn no_rolling_window_holds_more_than_the_limit(
            limit in 2_u32..200, burst_of in 0.0_f64..1.0, window_ms in 100_u64..20_000, steps in prop::collection::vec(1_i64..50_000, 1..20)
        ) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
            let burst = ((f64::from(limit - 1) * burst_of) as u32).max(1);
            let policy = Policy::rolling(limit, Duration::from_millis(window_ms), burst, 0).unwrap();
            let window_us = i64::try_from(window_ms).unwrap() * 1000;
            let granted = greedy(policy, Class::Live, 3 * window_us, &steps);
            for (i, start) in granted.iter().enumerate() {
                let inside = granted[i..].iter().take_while(|at| **at < start + window_us).count();
                prop_assert!(inside <= limit as usize, "{inside} of {limit} in a window");
            }
        }

        #[test]
        fn waiting_as_told_is_enough(tat in 0_i64..100_000_000, now in 0_i64..100_000_000) {
            let policy = Policy::rolling(100, Duration::from_secs(10), 10, 5).unwrap();
            for class in [Class::Live, Class::Bulk] {
                if let Take::Refused { wait } = take(policy, class, tat, now) {
                    let later = now + i64::try_from(wait.as_micros()).unwrap();
                    let granted = matches!(take(policy, class, tat, later), Take::Granted { .. });
                    prop_assert!(granted);
                }
            }
        }
    }

    #[test]
    fn bulk_leaves_a_reserve_to_live_calls() {
        let policy = Policy::rolling(100, Duration::from_secs(10), 10, 4).unwrap();
        let mut tat = 0;
        let mut bulk = 0;
        while let Take::Granted { tat_us } = take(policy, Class::Bulk, tat, 1) {
            tat = tat_us;
            bulk += 1;
        }
        let mut live = 0;
        while let Take::Granted { tat_us } = take(policy, Class::Live, tat, 1) {
            tat = tat_us;
            live += 1;
        }
        assert_eq!((bulk, live), (6, 4));
    }

    #[test]
    fn numbers_that_make_no_budget_are_refused() {
        let second = Duration::from_secs(1);
        for (limit, window, burst, reserve) in
            [(5, second, 5, 0), (5, second, 0, 0), (5, Duration::ZERO, 1, 0), (5, second, 2, 2)]
        {
            assert_eq!(Policy::rolling(limit, window, burst, reserve), Err(InvalidPolicy));
        }
    }
}
