//! Which connections send so much that their events travel apart from everybody else's.

use std::{
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use domain::{
    ConnectionId,
    lane::{Lane, Lanes},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// What a connection may have in its ordinary lane: so many a second, and so many at once. A batch of a hundred is worked on in a
/// moment; what comes on top of that and goes on coming is a backlog.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(10).expect("not zero");
const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("not zero");
/// After so many events, connections that have been quiet are forgotten.
const SWEEP_EVERY: u32 = 4096;

/// Chooses lanes for new events. Each process counts for itself: which lane an event takes is a matter of fairness only.
pub(crate) struct Traffic {
    lanes: Lanes,
    buckets: DefaultKeyedRateLimiter<ConnectionId>,
    since_sweep: AtomicU32,
}

impl Traffic {
    pub(crate) fn new(lanes: Lanes) -> Self {
        let quota = Quota::per_second(PER_SECOND).allow_burst(AT_ONCE);
        Self { lanes, buckets: RateLimiter::keyed(quota), since_sweep: AtomicU32::new(0) }
    }

    /// For an event that comes in.
    pub(crate) fn lane(&self, connection: ConnectionId) -> Lane {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) >= SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.buckets.retain_recent();
            self.buckets.shrink_to_fit();
        }
        self.same(connection, self.buckets.check_key(&connection).is_err())
    }

    /// For an event that follows from another: what came in bulk goes on so.
    pub(crate) fn same(&self, connection: ConnectionId, is_bulk: bool) -> Lane {
        let lane = self.lanes.of(connection);
        if is_bulk { lane.bulk() } else { lane }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_bulk_leaves_its_lane_to_the_others() {
        let traffic = Traffic::new(Lanes::DEFAULT);
        let (busy, quiet) = (ConnectionId::new(), ConnectionId::new());
        let lane = Lanes::DEFAULT.of(busy);
        let taken: Vec<_> = (0..1_000).map(|_| traffic.lane(busy)).collect();
        assert!(taken[..100].iter().all(|taken| *taken == lane));
        assert!(taken.iter().filter(|taken| **taken == lane.bulk()).count() > 800);
        assert_eq!(traffic.lane(quiet), Lanes::DEFAULT.of(quiet));
    }
}
