//! What waits for its batch. Pure: time is an argument, and so is how long the first of a batch waits for company.
//!
//! A key's batch is due when it is full, or when its first delivery has waited long enough. While another batch of the key is
//! running only a full one is, so that what comes meanwhile fills up; and never more than `at_once` of a key run.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    time::Duration,
};

use domain::ConnectionId;
use tokio::time::Instant;

/// Whose deliveries go together. `None`: of nobody knows whom, since the headers do not say.
pub(crate) type Key = Option<ConnectionId>;

/// Waiting items, by key.
pub(crate) struct Pending<T> {
    batch_max: usize,
    at_once: usize,
    groups: HashMap<Key, Group<T>>,
    /// Since when each key has waited that may run: with a full batch, and with less. A key is in one of these once, or in none.
    full: BTreeSet<(Instant, Key)>,
    partial: BTreeSet<(Instant, Key)>,
}

struct Group<T> {
    waiting: VecDeque<(Instant, T)>,
    /// How many batches.
    running: usize,
    place: Option<Place>,
}

/// Where a key stands in line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Full(Instant),
    Partial(Instant),
}

impl<T> Pending<T> {
    pub(crate) fn new(batch_max: usize, at_once: usize) -> Self {
        Self { batch_max, at_once, groups: HashMap::new(), full: BTreeSet::new(), partial: BTreeSet::new() }
    }

    /// One more.
    pub(crate) fn push(&mut self, key: Key, item: T, now: Instant) {
        let new = || Group { waiting: VecDeque::new(), running: 0, place: None };
        self.groups.entry(key).or_insert_with(new).waiting.push_back((now, item));
        self.reckon(key);
    }

    /// The batch that has been due longest, full ones first; it then runs until [`Pending::finish`].
    pub(crate) fn take(&mut self, now: Instant, wait: Duration) -> Option<(Key, Vec<T>)> {
        let partial = || self.partial.first().filter(|(since, _)| *since + wait <= now);
        let (_, key) = *self.full.first().or_else(partial)?;
        let group = self.groups.get_mut(&key).expect("who stands in line has a group");
        assert!(group.running < self.at_once, "no more batches of one connection may run at once");
        group.running += 1;
        let count = group.waiting.len().min(self.batch_max);
        let batch = group.waiting.drain(..count).map(|(_, item)| item).collect();
        self.reckon(key);
        Some((key, batch))
    }

    /// A batch of that key has ended.
    pub(crate) fn finish(&mut self, key: Key) {
        let Some(group) = self.groups.get_mut(&key) else { return };
        group.running = group.running.saturating_sub(1);
        if group.waiting.is_empty() && group.running == 0 {
            self.groups.remove(&key);
        } else {
            self.reckon(key);
        }
    }

    /// When the next batch is due.
    pub(crate) fn next_due(&self, wait: Duration) -> Option<Instant> {
        let full = self.full.first().map(|(since, _)| *since);
        full.or_else(|| self.partial.first().map(|(since, _)| *since + wait))
    }

    /// Everything that waits, in no order.
    pub(crate) fn drain(&mut self) -> Vec<T> {
        self.full.clear();
        self.partial.clear();
        self.groups.drain().flat_map(|(_, group)| group.waiting).map(|(_, item)| item).collect()
    }

    fn reckon(&mut self, key: Key) {
        let group = self.groups.get_mut(&key).expect("only called for keys with a group");
        let is_full = group.waiting.len() >= self.batch_max;
        let place = match group.waiting.front() {
            Some((since, _)) if is_full && group.running < self.at_once => Some(Place::Full(*since)),
            Some((since, _)) if group.running == 0 => Some(Place::Partial(*since)),
            _ => None,
        };
        let old = std::mem::replace(&mut group.place, place);
        if old == place {
            return;
        }
        match old {
            Some(Place::Full(since)) => drop(self.full.remove(&(since, key))),
            Some(Place::Partial(since)) => drop(self.partial.remove(&(since, key))),
            None => {}
        }
        match place {
            Some(Place::Full(since)) => drop(self.full.insert((since, key))),
            Some(Place::Partial(since)) => drop(self.partial.insert((since, key))),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINGER: Duration = Duration::from_millis(50);

    #[expect(clippy::unnecessary_wraps, reason = "a key is optional")]
    fn key() -> Key {
        Some(ConnectionId::new())
    }

    #[test]
    fn a_batch_waits_for_company_but_not_longer_than_linger() {
        let (now, key) = (Instant::now(), key());
        let mut pending = Pending::new(3, 1);
        pending.push(key, 'a', now);
        pending.push(key, 'b', now + LINGER / 2);
        assert_eq!(pending.take(now + LINGER / 2, LINGER), None);
        assert_eq!(pending.next_due(LINGER), Some(now + LINGER));
        assert_eq!(pending.take(now + LINGER, LINGER), Some((key, vec!['a', 'b'])));
        assert_eq!(pending.next_due(LINGER), None);
    }

    #[test]
    fn a_full_batch_starts_at_once_and_the_rest_fills_the_next() {
        let (now, key) = (Instant::now(), key());
        let mut pending = Pending::new(2, 1);
        for item in ['a', 'b', 'c'] {
            pending.push(key, item, now);
        }
        assert_eq!(pending.take(now, LINGER), Some((key, vec!['a', 'b'])));
        pending.push(key, 'd', now);
        assert_eq!(pending.take(now + LINGER, LINGER), None, "one batch of a connection at a time");
        pending.finish(key);
        assert_eq!(pending.take(now, LINGER), Some((key, vec!['c', 'd'])));
        pending.finish(key);
        assert!(pending.groups.is_empty());
    }

    #[test]
    fn full_batches_go_first_and_wait_for_nothing() {
        let (now, one, two) = (Instant::now(), key(), key());
        let mut pending = Pending::new(2, 1);
        pending.push(one, 'a', now);
        pending.push(two, 'b', now + LINGER);
        pending.push(two, 'c', now + LINGER);
        assert_eq!(pending.next_due(LINGER), Some(now + LINGER));
        assert_eq!(pending.take(now + LINGER, LINGER), Some((two, vec!['b', 'c'])));
        assert_eq!(pending.take(now + LINGER, 4 * LINGER), None, "the more is running the longer it waits");
        assert_eq!(pending.take(now + LINGER, Duration::ZERO), Some((one, vec!['a'])));
    }

    #[test]
    fn only_a_full_batch_runs_beside_another_of_its_key() {
        let (now, key) = (Instant::now(), key());
        let mut pending = Pending::new(2, 2);
        for item in 'a'..='e' {
            pending.push(key, item, now);
        }
        assert_eq!(pending.take(now, LINGER), Some((key, vec!['a', 'b'])));
        assert_eq!(pending.take(now, LINGER), Some((key, vec!['c', 'd'])));
        pending.push(key, 'f', now);
        assert_eq!(pending.take(now + LINGER, LINGER), None, "two are running");
        pending.finish(key);
        assert_eq!(pending.take(now, LINGER), Some((key, vec!['e', 'f'])));
        pending.push(key, 'g', now);
        pending.finish(key);
        assert_eq!(pending.take(now + LINGER, LINGER), None, "one is running, and this one is not full");
        pending.finish(key);
        assert_eq!(pending.take(now + LINGER, LINGER), Some((key, vec!['g'])));
    }

    #[test]
    fn connections_do_not_wait_for_each_other() {
        let (now, one, two) = (Instant::now(), key(), key());
        let mut pending = Pending::new(10, 1);
        pending.push(one, 'a', now);
        pending.push(two, 'b', now);
        let taken: Vec<_> = std::iter::from_fn(|| pending.take(now + LINGER, LINGER)).collect();
        assert_eq!(taken.len(), 2);
        assert_eq!(pending.drain(), Vec::<char>::new());
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_or_doubled_and_no_more_runs_at_once_than_may(steps in proptest::collection::vec((0_u8..4, 0_u8..3), 0..200)) {
            let keys = [None, key(), key()];
            let mut now = Instant::now();
            let mut pending = Pending::new(3, 2);
            let (mut pushed, mut out, mut running) = (0_u32, Vec::new(), Vec::new());
            for (what, which) in steps {
                let key = keys[usize::from(which)];
                match what {
                    0 | 1 => { pending.push(key, pushed, now); pushed += 1; }
                    2 => if let Some((key, batch)) = pending.take(now, LINGER) {
                        let beside = running.iter().filter(|running| **running == key).count();
                        assert!(beside == 0 || (beside == 1 && batch.len() == 3), "only a full one runs beside another");
                        assert!(!batch.is_empty() && batch.len() <= 3);
                        running.push(key);
                        out.extend(batch);
                    },
                    _ => {
                        if let Some(place) = running.iter().position(|running| *running == key) {
                            running.swap_remove(place);
                            pending.finish(key);
                        }
                        now += LINGER / 2;
                    }
                }
            }
            out.extend(pending.drain());
            out.sort_unstable();
            proptest::prop_assert_eq!(out, (0..pushed).collect::<Vec<_>>());
        }
    }
}
