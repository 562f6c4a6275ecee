//! What a portal's rate limits leave to spend, shared by every process: [`domain::budget::take`] as one SQL statement.

mod state;

use std::time::Duration;

use domain::{
    PortalId,
    budget::{Bucket, Class, Policy, Take},
};

pub use self::state::{BucketState, BudgetState, Daily, observe_daily, state};
use crate::{Db, Error, row::micros};

/// Bulk stops while fewer than this share of a day's requests are left (one in ...).
pub const DAILY_RESERVE: i64 = 10;

/// Tries to take one request. A block of the bucket and, for bulk, a day that is nearly spent refuse too.
pub async fn take(db: &Db, portal: PortalId, bucket: Bucket, class: Class, policy: Policy) -> Result<Take, Error> {
    take_when(db, portal, bucket, class, policy, None).await
}

/// [`take`] at a time of the caller's: microseconds since 1970. For tests and simulations; all others go by the database's
/// clock, so that no two processes disagree.
pub async fn take_at(
    db: &Db,
    portal: PortalId,
    bucket: Bucket,
    class: Class,
    policy: Policy,
    now_us: i64,
) -> Result<Take, Error> {
    take_when(db, portal, bucket, class, policy, Some(now_us)).await
}

async fn take_when(
    db: &Db,
    portal: PortalId,
    bucket: Bucket,
    class: Class,
    policy: Policy,
    now_us: Option<i64>,
) -> Result<Take, Error> {
    // `wait` is what an attempt is told, 0 for granted. It is stored, since a row that was updated is the only thing that a
    // statement returns as it is now. In a row that is there it is worked out from the row as locked; in a new one there is
    // nothing to pay back.
    //
    // The time is read once, before the row is locked: waiting for the lock can only make the answer stricter.
    let sql = sqlx::query!(
        "insert into budgets as b (portal_id, bucket, tat_us, wait_us, asked_at_us)
         select $1, $2,
                case when day.wait = 0 then clock.now + $3 else 0 end,
                day.wait,
                clock.now
           from (select coalesce($6, (extract(epoch from clock_timestamp()) * 1000000)::bigint) as now) clock
          cross join lateral (
                select coalesce(max(greatest(d.resets_at_us - clock.now, 0)), 0) as wait from daily_budgets d
                 where $5 and d.portal_id = $1 and d.remaining * $7 < d.daily_limit) day
         on conflict (portal_id, bucket) do update
            set (wait_us, tat_us) = (
                    select w.wait, case when w.wait = 0 then greatest(b.tat_us, excluded.asked_at_us) + $3 else b.tat_us end
                      from (select greatest(greatest(b.tat_us, excluded.asked_at_us) + $3 - excluded.asked_at_us - $4,
                                            b.blocked_until_us - excluded.asked_at_us, excluded.wait_us, 0) as wait) w),
                asked_at_us = excluded.asked_at_us
         returning tat_us, wait_us",
        portal.get(),
        bucket.as_str(),
        policy.increment_us(),
        policy.tolerance_us(class),
        class == Class::Bulk,
        now_us,
        DAILY_RESERVE
    );
    let row = sql.fetch_one(db.budget_pool()).await.map_err(Error::when("taking from a budget"))?;
    Ok(match u64::try_from(row.wait_us) {
        Ok(wait) if wait > 0 => Take::Refused { wait: Duration::from_micros(wait) },
        _ => Take::Granted { tat_us: row.tat_us },
    })
}

/// Stops a bucket for the whole fleet at once, for `wait` from now: HubSpot said so. A block that is there and longer stays.
/// `policy` is HubSpot's name for the limit (`TEN_SECONDLY_ROLLING`), for the status page.
pub async fn block(db: &Db, portal: PortalId, bucket: Bucket, wait: Duration, policy: &str) -> Result<(), Error> {
    block_when(db, portal, bucket, wait, policy, None).await
}

/// [`block`] at a time of the caller's, as in [`take_at`].
pub async fn block_at(db: &Db, portal: PortalId, bucket: Bucket, wait: Duration, policy: &str, now_us: i64) -> Result<(), Error> {
    block_when(db, portal, bucket, wait, policy, Some(now_us)).await
}

async fn block_when(
    db: &Db,
    portal: PortalId,
    bucket: Bucket,
    wait: Duration,
    policy: &str,
    now_us: Option<i64>,
) -> Result<(), Error> {
    let sql = sqlx::query!(
        "insert into budgets as b (portal_id, bucket, tat_us, wait_us, asked_at_us, blocked_until_us, block_reason)
         select $1, $2, 0, 0, 0, now + $3, $4
           from (select coalesce($5, (extract(epoch from clock_timestamp()) * 1000000)::bigint) as now) clock
         on conflict (portal_id, bucket) do update
            set blocked_until_us = excluded.blocked_until_us, block_reason = excluded.block_reason
          where b.blocked_until_us < excluded.blocked_until_us",
        portal.get(),
        bucket.as_str(),
        micros(wait),
        policy,
        now_us
    );
    sql.execute(db.budget_pool()).await.map(drop).map_err(Error::when("blocking a budget"))
}
