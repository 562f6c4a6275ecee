//! Every request spends from a budget of its portal first. Three looks, cheapest first: what this process was told lately, this
//! process's own limiter, and the budget that the whole fleet shares (`store::budget`, GCRA). Without the shared one nothing is
//! sent.

mod gate;

use std::{
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    PortalId,
    budget::{Bucket, Class, Policy, Take},
};
use governor::{
    DefaultKeyedRateLimiter, Quota as Refill, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use moka::future::Cache;
use store::Db;
use time::OffsetDateTime;
use tracing::{debug, warn};

use crate::{
    call::Call,
    config::{Budgets as Rates, Rate},
    error::{Error, ErrorClass, ThrottleScope},
    portal::Who,
    telemetry::{self, Limited},
    transport::Quota,
};
use gate::Gate;

/// Portals whose state a process keeps.
const KEPT_MAX: u64 = 10_000;
/// A shared budget's refusal beyond this is no matter of seconds any more: the day is nearly spent.
const SECONDS_LIMIT_MAX: Duration = Duration::from_mins(1);
/// HubSpot's own count leaves one in so many: somebody else spends from the same limit.
const NEARLY_SPENT: u32 = 20;
/// How long even an impatient caller waits for its turn to ask: a few questions of others to the shared budget.
const TURN: Duration = Duration::from_millis(100);
/// How often the count of a day is shared, unless it falls by a tenth meanwhile.
const DAILY_EVERY: Duration = Duration::from_secs(5);

/// The budgets of every portal that this process has to do with.
pub(crate) struct Budgets {
    db: Db,
    rates: Rates,
    limiters: Limiters,
    gates: Cache<PortalId, Arc<Gate>>,
}

/// One for each bucket and class, so that what bulk asks in vain takes nothing from live calls.
struct Limiters {
    live_burst: DefaultKeyedRateLimiter<PortalId>,
    bulk_burst: DefaultKeyedRateLimiter<PortalId>,
    live_search: DefaultKeyedRateLimiter<PortalId>,
    bulk_search: DefaultKeyedRateLimiter<PortalId>,
}

impl Limiters {
    fn new(rates: &Rates) -> Result<Self, InvalidRate> {
        let (burst, search) = ("the burst budget", "the search budget");
        Ok(Self {
            live_burst: limiter(burst, rates.burst, Class::Live)?,
            bulk_burst: limiter(burst, rates.burst, Class::Bulk)?,
            live_search: limiter(search, rates.search, Class::Live)?,
            bulk_search: limiter(search, rates.search, Class::Bulk)?,
        })
    }

    fn of(&self, bucket: Bucket, class: Class) -> &DefaultKeyedRateLimiter<PortalId> {
        match (bucket, class) {
            (Bucket::Burst, Class::Live) => &self.live_burst,
            (Bucket::Burst, Class::Bulk) => &self.bulk_burst,
            (Bucket::Search, Class::Live) => &self.live_search,
            (Bucket::Search, Class::Bulk) => &self.bulk_search,
        }
    }
}

/// A rate that makes no budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {source}")]
pub struct InvalidRate {
    name: &'static str,
    source: domain::budget::InvalidPolicy,
}

impl Budgets {
    pub(crate) fn new(db: Db, rates: Rates) -> Result<Self, InvalidRate> {
        let limiters = Limiters::new(&rates)?;
        let gates = Cache::builder().max_capacity(KEPT_MAX).time_to_idle(Duration::from_hours(1)).build();
        Ok(Self { db, rates, limiters, gates })
    }

    async fn gate(&self, portal: PortalId) -> Arc<Gate> {
        self.gates.get_with(portal, async { Arc::default() }).await
    }

    /// Takes one request, waiting for it as long as `patience` allows.
    pub(crate) async fn take(&self, who: &Who, portal: PortalId, call: Call) -> Result<(), Error> {
        let (bucket, class) = (call.bucket(), who.class);
        let started = Instant::now();
        let deadline = started + who.patience;
        let gate = self.gate(portal).await;
        // One task of a class asks at a time, in order of arrival: the others would only ask in vain.
        let turn = tokio::time::timeout(who.patience.max(TURN), gate.turn(bucket, class)).await;
        let Ok(_turn) = turn else {
            return Err(spent(call, class, gate.wait(bucket, class).unwrap_or(who.patience)));
        };
        loop {
            let Some(wait) = self.ask(&gate, portal, call, class).await? else {
                telemetry::budget_waited(bucket, class, started.elapsed());
                return Ok(());
            };
            if Instant::now() + wait > deadline {
                return Err(spent(call, class, wait));
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// Tries once; how long to wait if it was in vain.
    async fn ask(&self, gate: &Gate, portal: PortalId, call: Call, class: Class) -> Result<Option<Duration>, Error> {
        let bucket = call.bucket();
        if let Some(wait) = gate.wait(bucket, class) {
            return Ok(Some(wait));
        }
        if let Err(not_until) = self.limiters.of(bucket, class).check_key(&portal) {
            return Ok(Some(not_until.wait_time_from(DefaultClock::default().now())));
        }
        let policy = self.policy(gate, bucket);
        match store::budget::take(&self.db, portal, bucket, class, policy).await {
            Ok(Take::Granted { .. }) => Ok(None),
            Ok(Take::Refused { wait }) => {
                gate.remember(bucket, class, wait);
                Ok(Some(wait))
            }
            Err(cause) => {
                warn!(portal.id = %portal, "Nothing is sent without the shared budget: {cause}");
                Err(Error::unavailable(call))
            }
        }
    }

    fn policy(&self, gate: &Gate, bucket: Bucket) -> Policy {
        let rate = match bucket {
            Bucket::Burst => gate.limit().and_then(|limit| self.rates.burst.under(limit)).unwrap_or(self.rates.burst),
            Bucket::Search => self.rates.search,
        };
        rate.policy().expect("checked when built; a rate under a smaller limit is as sound")
    }

    /// Corrects the model by what an answer said, and stops the fleet where HubSpot says so.
    pub(crate) async fn heed(&self, who: &Who, portal: PortalId, quota: &Quota, error: Option<&Error>) {
        let gate = self.gate(portal).await;
        self.heed_quota(&gate, portal, quota).await;
        self.heed_day(&gate, portal, quota).await;
        let Some(error) = error.filter(|error| error.status() == Some(429)) else { return };
        let ErrorClass::Throttled { scope, retry_after } = error.class() else { return };
        // The headers say what HubSpot's limit is. With room planned below it, somebody else's requests filled it.
        let whose = match (scope, quota.max) {
            (ThrottleScope::Burst, Some(max)) if max > self.rates.burst.limit => "others",
            (ThrottleScope::Burst, Some(_)) => "ours",
            _ => "unknown",
        };
        Limited { connection: who.connection, scope: *scope, retry_after: *retry_after, whose, error }.emit();
        let (buckets, policy): (&[Bucket], _) = match scope {
            ThrottleScope::Burst => (&[Bucket::Burst], "TEN_SECONDLY_ROLLING"),
            ThrottleScope::Search => (&[Bucket::Search], "SECONDLY"),
            ThrottleScope::Daily => (&[Bucket::Burst, Bucket::Search], "DAILY"),
            ThrottleScope::Lock => (&[], ""),
        };
        for bucket in buckets {
            self.block(&gate, portal, *bucket, *retry_after, policy).await;
        }
    }

    /// A smaller limit than planned, as private apps of small accounts have, lowers the plan to the same share of it. A count
    /// that is nearly spent although our own is not means that another client shares the limit: a little of the window is left
    /// to it.
    async fn heed_quota(&self, gate: &Gate, portal: PortalId, quota: &Quota) {
        let (Some(max), Some(interval)) = (quota.max, quota.interval) else { return };
        if interval != self.rates.burst.window {
            return;
        }
        gate.set_limit(max - max.div_ceil(11));
        if quota.remaining.is_some_and(|left| left.saturating_mul(NEARLY_SPENT) < max) {
            self.block(gate, portal, Bucket::Burst, interval / NEARLY_SPENT, "NEARLY_SPENT").await;
        }
    }

    /// Daily counts end at midnight in the account's own zone, which is not known here. Every zone's midnight is at a quarter of
    /// an hour, so what is counted is trusted until the next one: at the end of a spent day, bulk asks again four times an hour.
    async fn heed_day(&self, gate: &Gate, portal: PortalId, quota: &Quota) {
        let (Some(limit), Some(remaining)) = (quota.daily, quota.daily_remaining) else { return };
        if remaining > limit / 5 || !gate.is_time_for_day(remaining, DAILY_EVERY) {
            return;
        }
        let resets_at = next_quarter(OffsetDateTime::now_utc());
        let daily = store::budget::Daily { limit, remaining, resets_at };
        if let Err(cause) = store::budget::observe_daily(&self.db, portal, daily).await {
            warn!(portal.id = %portal, "Could not share what is left of the day: {cause}");
        }
    }

    async fn block(&self, gate: &Gate, portal: PortalId, bucket: Bucket, wait: Duration, policy: &str) {
        for class in [Class::Live, Class::Bulk] {
            gate.remember(bucket, class, wait);
        }
        if let Err(cause) = store::budget::block(&self.db, portal, bucket, wait, policy).await {
            warn!(portal.id = %portal, "Could not stop the fleet for a portal that is limited: {cause}");
        }
    }

    /// Forgets portals that nobody asked for lately.
    pub(crate) fn tidy(&self) {
        for (bucket, class) in [Bucket::Burst, Bucket::Search].into_iter().flat_map(|b| [(b, Class::Live), (b, Class::Bulk)]) {
            self.limiters.of(bucket, class).retain_recent();
        }
    }
}

fn spent(call: Call, class: Class, wait: Duration) -> Error {
    telemetry::budget_spent(call.bucket(), class);
    let scope = match call.bucket() {
        _ if wait > SECONDS_LIMIT_MAX => ThrottleScope::Daily,
        Bucket::Burst => ThrottleScope::Burst,
        Bucket::Search => ThrottleScope::Search,
    };
    debug!(limit.scope = scope.as_str(), wait_ms = wait.as_millis(), "Spent: {call} is not sent");
    Error::throttled(call, scope, wait.max(Duration::from_millis(1)))
}

fn next_quarter(now: OffsetDateTime) -> OffsetDateTime {
    let passed = now.unix_timestamp().rem_euclid(900);
    OffsetDateTime::from_unix_timestamp(now.unix_timestamp() - passed + 900).unwrap_or(now)
}

fn limiter(name: &'static str, rate: Rate, class: Class) -> Result<DefaultKeyedRateLimiter<PortalId>, InvalidRate> {
    let policy = rate.policy().map_err(|source| InvalidRate { name, source })?;
    let period = Duration::from_micros(policy.increment_us().unsigned_abs());
    let burst = match class {
        Class::Live => rate.burst,
        Class::Bulk => rate.burst - rate.reserve,
    };
    let burst = NonZeroU32::new(burst).expect("a policy's burst is above its reserve");
    let refill = Refill::with_period(period).expect("a policy's increment is not zero").allow_burst(burst);
    Ok(RateLimiter::keyed(refill))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_day_is_trusted_until_the_next_quarter_of_an_hour() {
        assert_eq!(next_quarter(datetime!(2026-11-23 10:07:31 UTC)), datetime!(2026-11-23 10:15 UTC));
        assert_eq!(next_quarter(datetime!(2026-11-23 23:45 UTC)), datetime!(2026-11-24 0:00 UTC));
    }
}
