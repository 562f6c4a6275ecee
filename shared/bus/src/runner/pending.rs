//! What waits for its batch. Pure: time is an argument.
//!
//! A key's batch is due when it is full, or when its first delivery has waited for `linger`; and never while another batch of
//! the key is running.

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
    linger: Duration,
    groups: HashMap<Key, Group<T>>,
    /// When each key that waits and does not run is due. A key is in here once or not at all.
    due: BTreeSet<(Instant, Key)>,
}

struct Group<T> {
    waiting: VecDeque<(Instant, T)>,
    running: bool,
    /// Its entry in `due`.
    due_at: Option<Instant>,
}

impl<T> Pending<T> {
    pub(crate) fn new(batch_max: usize, linger: Duration) -> Self {
        Self { batch_max, linger, groups: HashMap::new(), due: BTreeSet::new() }
    }

    /// One more.
    pub(crate) fn push(&mut self, key: Key, item: T, now: Instant) {
        let new = || Group { waiting: VecDeque::new(), running: false, due_at: None };
        self.groups.entry(key).or_insert_with(new).waiting.push_back((now, item));
        self.reckon(key, now);
    }

    /// The batch that has been due longest; its key then runs until [`Pending::finish`].
    pub(crate) fn take(&mut self, now: Instant) -> Option<(Key, Vec<T>)> {
        let (_, key) = *self.due.first().filter(|(due_at, _)| *due_at <= now)?;
        let group = self.groups.get_mut(&key).expect("what is due has a group");
        assert!(!group.running, "two batches of one connection must never run at once");
        group.running = true;
        let count = group.waiting.len().min(self.batch_max);
        let batch = group.waiting.drain(..count).map(|(_, item)| item).collect();
        self.reckon(key, now);
        Some((key, batch))
    }

    /// The batch of that key has ended.
    pub(crate) fn finish(&mut self, key: Key, now: Instant) {
        let Some(group) = self.groups.get_mut(&key) else { return };
        group.running = false;
        if group.waiting.is_empty() {
            self.groups.remove(&key);
        } else {
            self.reckon(key, now);
        }
    }

    /// When the next batch is due.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(due_at, _)| *due_at)
    }

    /// Everything that waits, in no order.
    pub(crate) fn drain(&mut self) -> Vec<T> {
        self.due.clear();
        self.groups.drain().flat_map(|(_, group)| group.waiting).map(|(_, item)| item).collect()
    }

    fn reckon(&mut self, key: Key, now: Instant) {
        let group = self.groups.get_mut(&key).expect("only called for keys with a group");
        let due_at = match group.waiting.front() {
            Some(_) if group.running => None,
            // Already full when it was last looked at: keeps its place in the order.
            Some(_) if group.waiting.len() >= self.batch_max => Some(group.due_at.map_or(now, |at| at.min(now))),
            Some((since, _)) => Some(*since + self.linger),
            None => None,
        };
        if due_at != group.due_at {
            if let Some(old) = std::mem::replace(&mut group.due_at, due_at) {
                self.due.remove(&(old, key));
            }
            self.due.extend(due_at.map(|at| (at, key)));
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
        let mut pending = Pending::new(3, LINGER);
        pending.push(key, 'a', now);
        pending.push(key, 'b', now + LINGER / 2);
        assert_eq!(pending.take(now + LINGER / 2), None);
        assert_eq!(pending.next_due(), Some(now + LINGER));
        assert_eq!(pending.take(now + LINGER), Some((key, vec!['a', 'b'])));
        assert_eq!(pending.next_due(), None);
    }

    #[test]
    fn a_full_batch_starts_at_once_and_the_rest_fills_the_next() {
        let (now, key) = (Instant::now(), key());
        let mut pending = Pending::new(2, LINGER);
        for item in ['a', 'b', 'c'] {
            pending.push(key, item, now);
        }
        assert_eq!(pending.take(now), Some((key, vec!['a', 'b'])));
        pending.push(key, 'd', now);
        assert_eq!(pending.take(now + LINGER), None, "one batch of a connection at a time");
        pending.finish(key, now);
        assert_eq!(pending.take(now), Some((key, vec!['c', 'd'])));
        pending.finish(key, now);
        assert!(pending.groups.is_empty());
    }

    #[test]
    fn connections_do_not_wait_for_each_other() {
        let (now, one, two) = (Instant::now(), key(), key());
        let mut pending = Pending::new(10, LINGER);
        pending.push(one, 'a', now);
        pending.push(two, 'b', now);
        let taken: Vec<_> = std::iter::from_fn(|| pending.take(now + LINGER)).collect();
        assert_eq!(taken.len(), 2);
        assert_eq!(pending.drain(), Vec::<char>::new());
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_doubled_or_run_twice_at_once(steps in proptest::collection::vec((0_u8..4, 0_u8..3), 0..200)) {
            let keys = [None, key(), key()];
            let mut now = Instant::now();
            let mut pending = Pending::new(3, LINGER);
            let (mut pushed, mut out, mut running) = (0_u32, Vec::new(), std::collections::HashSet::new());
            for (what, which) in steps {
                let key = keys[usize::from(which)];
                match what {
                    0 | 1 => { pending.push(key, pushed, now); pushed += 1; }
                    2 => if let Some((key, batch)) = pending.take(now) {
                        assert!(running.insert(key) && !batch.is_empty() && batch.len() <= 3);
                        out.extend(batch);
                    },
                    _ => { if running.remove(&key) { pending.finish(key, now); } now += LINGER / 2; }
                }
            }
            out.extend(pending.drain());
            out.sort_unstable();
            proptest::prop_assert_eq!(out, (0..pushed).collect::<Vec<_>>());
        }
    }
}
