//! A bounded cache that asks once for all who want the same, and keeps nothing that a change made old.

use std::{
    hash::Hash,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::future::Cache;

use crate::Error;

/// A read is repeated so often because something changed meanwhile. What changes all the time is told, and not kept.
const READS_MAX: usize = 3;

/// Answers of the database, none older than a given time, and fresh within milliseconds while news of changes arrive.
///
/// When an answer expires under load, everybody would ask for it at once, and a slow database would be slower for it. So one asks,
/// and the others wait for that one's answer.
pub struct Fresh<K, V> {
    known: Cache<K, V>,
    /// Counts changes, so that what was read before a change is not kept after it.
    changes: AtomicU64,
}

/// Why there is nothing to keep.
enum Nothing {
    Absent,
    Failed(Arc<Error>),
}

impl<K: Eq + Hash + Clone + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Fresh<K, V> {
    /// An empty one, for so many answers, none older than that.
    pub fn new(capacity: u64, oldest: Duration) -> Self {
        let known = Cache::builder().max_capacity(capacity).time_to_live(oldest).build();
        Self { known, changes: AtomicU64::new(0) }
    }

    /// The answer for this key, kept or read. What is absent (`None`) is not kept. An error is that of the one who asked for all.
    pub async fn get<F>(&self, key: &K, read: impl Fn() -> F) -> Result<Option<V>, Arc<Error>>
    where
        F: Future<Output = Result<Option<V>, Error>>,
    {
        let old = AtomicBool::new(false);
        let unchanged = async {
            let mut answer = None;
            for _ in 0..READS_MAX {
                let before = self.changes.load(Ordering::SeqCst);
                answer = read().await.map_err(|error| Nothing::Failed(Arc::new(error)))?;
                old.store(self.changes.load(Ordering::SeqCst) != before, Ordering::SeqCst);
                if !old.load(Ordering::SeqCst) {
                    break;
                }
            }
            answer.ok_or(Nothing::Absent)
        };
        let before = self.changes.load(Ordering::SeqCst);
        let found = self.known.try_get_with_by_ref(key, unchanged).await;
        let has_changed = self.changes.load(Ordering::SeqCst) != before;
        match found {
            Ok(found) => {
                // One that came between the last read and its being kept was told before there was anything to forget.
                if old.into_inner() || has_changed {
                    self.known.invalidate(key).await;
                }
                Ok(Some(found))
            }
            Err(nothing) => match &*nothing {
                Nothing::Absent => Ok(None),
                Nothing::Failed(error) => Err(Arc::clone(error)),
            },
        }
    }

    /// Something of this key changed.
    pub async fn forget(&self, key: &K) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.known.invalidate(key).await;
    }

    /// Anything may have changed.
    pub fn forget_all(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.known.invalidate_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use tokio::sync::Notify;

    use super::*;

    fn fresh() -> Fresh<u8, usize> {
        Fresh::new(10, Duration::from_mins(1))
    }

    #[tokio::test]
    async fn those_who_want_the_same_ask_once() {
        let (fresh, reads) = (fresh(), AtomicUsize::new(0));
        let read = || async {
            tokio::task::yield_now().await;
            Ok(Some(reads.fetch_add(1, Ordering::SeqCst)))
        };
        let answers = futures_util::future::join_all((0..50).map(|_| fresh.get(&7, read))).await;
        assert!(answers.into_iter().all(|answer| answer.unwrap() == Some(0)));
        assert_eq!(fresh.get(&7, read).await.unwrap(), Some(0));
        fresh.forget(&7).await;
        assert_eq!(fresh.get(&7, read).await.unwrap(), Some(1));
    }

    #[tokio::test]
    async fn what_changed_while_it_was_read_is_read_again() {
        let (fresh, reads, reading, go_on) = (fresh(), AtomicUsize::new(0), Notify::new(), Notify::new());
        let read = || async {
            let read = reads.fetch_add(1, Ordering::SeqCst);
            if read == 0 {
                reading.notify_one();
                go_on.notified().await;
            }
            Ok(Some(read))
        };
        let change = async {
            reading.notified().await;
            fresh.forget(&7).await;
            go_on.notify_one();
        };
        let (answer, ()) = tokio::join!(fresh.get(&7, read), change);
        assert_eq!(answer.unwrap(), Some(1), "not what was there before the change");
    }

    #[tokio::test]
    async fn neither_what_is_absent_nor_a_failure_is_kept() {
        let fresh = fresh();
        assert_eq!(fresh.get(&7, || async { Ok(None) }).await.unwrap(), None);
        let failed = fresh.get(&7, || async { Err(Error::NotFound { what: "row" }) }).await;
        assert!(matches!(*failed.unwrap_err(), Error::NotFound { .. }));
        assert_eq!(fresh.get(&7, || async { Ok(Some(1)) }).await.unwrap(), Some(1));
    }
}
