//! The steps of waiting: a message that must wait goes to the queue of one step, whose time to live sends it back.

use std::{fmt::Write as _, time::Duration};

/// The waits that exist, shortest first. Invariant: 1 to 16 of them, strictly ascending, each from 1 ms to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelaySteps(Vec<Duration>);

/// The durations are no delay steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("delay steps must be 1 to 16 durations, strictly ascending, each from 1 ms to a day")]
pub struct InvalidDelaySteps;

/// Waits from this on are spread, so that what was deferred together does not come back together.
const SPREAD_FROM: Duration = Duration::from_secs(5);
/// How many of those go one step further.
const SPREAD_SHARE: f64 = 0.25;

impl DelaySteps {
    /// Checks the invariant.
    pub fn new(steps: Vec<Duration>) -> Result<Self, InvalidDelaySteps> {
        let range = Duration::from_millis(1)..=Duration::from_hours(24);
        let fits =
            (1..=16).contains(&steps.len()) && steps.iter().all(|s| range.contains(s) && s.subsec_nanos() % 1_000_000 == 0);
        if fits && steps.windows(2).all(|pair| pair[0] < pair[1]) { Ok(Self(steps)) } else { Err(InvalidDelaySteps) }
    }

    /// Every step, shortest first.
    pub fn all(&self) -> &[Duration] {
        &self.0
    }

    /// The step for a wait: the shortest that is not shorter, and the last for whatever is longer than all. A wait of 5 s and
    /// more that lies between two steps sometimes takes the one after: `random`, from 0 to 1, decides. Never earlier than asked,
    /// where the steps allow it.
    pub(crate) fn step_for(&self, wait: Duration, random: f64) -> Duration {
        let last = self.0.len() - 1;
        let mut index = self.0.iter().position(|step| *step >= wait).unwrap_or(last);
        let between = index > 0 && self.0[index] > wait;
        if between && wait >= SPREAD_FROM && random < SPREAD_SHARE {
            index = (index + 1).min(last);
        }
        self.0[index]
    }
}

impl Default for DelaySteps {
    fn default() -> Self {
        Self([1, 5, 30, 120, 600].map(Duration::from_secs).to_vec())
    }
}

/// A step's part of a queue's name: `250ms`, `5s`, `2m`, `1h`. Named by duration, so that changed steps make new queues instead
/// of disagreeing with old ones, which drain by themselves.
pub(crate) fn step_name(step: Duration) -> String {
    let mut rest = step.as_millis();
    let mut name = String::new();
    for (unit, ms) in [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
        if rest >= ms {
            write!(name, "{}{unit}", rest / ms).expect("a String takes anything");
            rest %= ms;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wait_s: u64, random: f64, step_s: u64) {
        let step = DelaySteps::default().step_for(Duration::from_secs(wait_s), random);
        assert_eq!(step, Duration::from_secs(step_s), "{wait_s} s");
    }

    #[test]
    fn a_wait_takes_the_shortest_step_that_is_long_enough() {
        for (wait, step) in [(0, 1), (1, 1), (2, 5), (5, 5), (6, 30), (31, 120), (600, 600), (9_999, 600)] {
            check(wait, 0.9, step);
        }
    }

    #[test]
    fn some_of_the_long_waits_take_one_step_more_and_exact_ones_never() {
        for (wait, step) in [(0, 1), (2, 5), (5, 5), (6, 120), (30, 30), (31, 600), (121, 600), (9_999, 600)] {
            check(wait, 0.1, step);
        }
    }

    #[test]
    fn steps_ascend() {
        let ms = |all: &[u64]| DelaySteps::new(all.iter().copied().map(Duration::from_millis).collect());
        assert!(ms(&[50, 200]).is_ok());
        for bad in [&[][..], &[0], &[5, 5], &[6, 5], &[86_400_001]] {
            assert_eq!(ms(bad), Err(InvalidDelaySteps), "{bad:?}");
        }
    }

    #[test]
    fn a_step_has_a_short_name() {
        for (ms, name) in [(250, "250ms"), (1000, "1s"), (1500, "1s500ms"), (120_000, "2m"), (3_600_000, "1h")] {
            assert_eq!(step_name(Duration::from_millis(ms)), name);
        }
    }
}
