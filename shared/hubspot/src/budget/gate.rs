//! What one process knows of one portal's budgets.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use domain::budget::{Bucket, Class};
use tokio::sync::{Mutex as Turnstile, MutexGuard as Turn};

/// Two buckets by two classes.
const CELLS: usize = 4;

/// One portal.
#[derive(Default)]
pub(super) struct Gate {
    /// Fair: tasks pass in order of arrival. Live calls never stand behind bulk ones.
    turns: [Turnstile<()>; CELLS],
    until: Mutex<[Option<Instant>; CELLS]>,
    /// The limit planned under, where headers showed a smaller one; 0 while they did not.
    limit: AtomicU32,
    day_shared: Mutex<Option<(Instant, u64)>>,
}

fn cell(bucket: Bucket, class: Class) -> usize {
    let bucket = match bucket {
        Bucket::Burst => 0,
        Bucket::Search => 2,
    };
    let class = match class {
        Class::Live => 0,
        Class::Bulk => 1,
    };
    bucket + class
}

impl Gate {
    /// Waits for this task's turn to ask.
    pub(super) async fn turn(&self, bucket: Bucket, class: Class) -> Turn<'_, ()> {
        self.turns[cell(bucket, class)].lock().await
    }

    /// How long asking is in vain, as far as this process was told.
    pub(super) fn wait(&self, bucket: Bucket, class: Class) -> Option<Duration> {
        let until = self.until.lock().expect("nobody panics with it")[cell(bucket, class)]?;
        until.checked_duration_since(Instant::now()).filter(|wait| !wait.is_zero())
    }

    /// Asking is in vain for so long. What was known for longer stays.
    pub(super) fn remember(&self, bucket: Bucket, class: Class, wait: Duration) {
        let until = Instant::now() + wait;
        let known = &mut self.until.lock().expect("nobody panics with it")[cell(bucket, class)];
        *known = Some(known.map_or(until, |known| known.max(until)));
    }

    /// The limit that headers showed, less our margin.
    pub(super) fn limit(&self) -> Option<u32> {
        Some(self.limit.load(Ordering::Relaxed)).filter(|limit| *limit > 0)
    }

    pub(super) fn set_limit(&self, limit: u32) {
        self.limit.store(limit, Ordering::Relaxed);
    }

    /// Whether it is time to share the day's count; then it counts as shared now.
    pub(super) fn is_time_for_day(&self, remaining: u64, every: Duration) -> bool {
        let mut shared = self.day_shared.lock().expect("nobody panics with it");
        let due = shared.is_none_or(|(at, before)| at.elapsed() >= every || remaining < before - before / 10);
        if due {
            *shared = Some((Instant::now(), remaining));
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_of_one_class_and_bucket_is_not_the_others() {
        let gate = Gate::default();
        gate.remember(Bucket::Search, Class::Bulk, Duration::from_mins(1));
        assert!(gate.wait(Bucket::Search, Class::Bulk).is_some());
        assert_eq!(gate.wait(Bucket::Search, Class::Live), None);
        assert_eq!(gate.wait(Bucket::Burst, Class::Bulk), None);
    }

    #[test]
    fn a_longer_wait_is_not_shortened() {
        let gate = Gate::default();
        gate.remember(Bucket::Burst, Class::Live, Duration::from_mins(1));
        gate.remember(Bucket::Burst, Class::Live, Duration::from_secs(1));
        assert!(gate.wait(Bucket::Burst, Class::Live).unwrap() > Duration::from_secs(30));
    }
}
