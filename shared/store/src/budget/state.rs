//! What a status page shows of a portal's budgets, and what HubSpot says of the day.

use domain::{PortalId, budget::Bucket};
use time::OffsetDateTime;

use crate::{Db, Error, row::count};

/// One bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketState {
    /// Which.
    pub bucket: Bucket,
    /// When everything spent so far is paid back.
    pub paid_back_at: OffsetDateTime,
    /// Until when it is blocked, and HubSpot's name for the limit. `None` when it is not.
    pub blocked: Option<(OffsetDateTime, String)>,
}

/// A portal's day, where HubSpot counts one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daily {
    /// Requests a day.
    pub limit: u64,
    /// How many are left, as HubSpot last said.
    pub remaining: u64,
    /// When the count starts anew.
    pub resets_at: OffsetDateTime,
}

/// All that is known of a portal's budgets. A bucket that nobody took from is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetState {
    /// The buckets.
    pub buckets: Vec<BucketState>,
    /// The day.
    pub daily: Option<Daily>,
}

/// Reads a portal's budgets.
pub async fn state(db: &Db, portal: PortalId) -> Result<BudgetState, Error> {
    let doing = "reading a portal's budgets";
    let sql = sqlx::query!(
        r#"select bucket, tat_us, blocked_until_us, block_reason,
                  (blocked_until_us > extract(epoch from clock_timestamp()) * 1000000) as "blocked!"
             from budgets where portal_id = $1 order by bucket"#,
        portal.get()
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when(doing))?;
    let known = rows.into_iter().filter_map(|row| Some((bucket(&row.bucket)?, row)));
    let buckets = known.map(|(bucket, row)| {
        let until = time("budgets.blocked_until_us", row.blocked_until_us)?;
        Ok(BucketState {
            bucket,
            paid_back_at: time("budgets.tat_us", row.tat_us)?,
            blocked: row.blocked.then(|| (until, row.block_reason.unwrap_or_default())),
        })
    });
    let buckets = buckets.collect::<Result<_, Error>>()?;
    let sql = sqlx::query!("select daily_limit, remaining, resets_at_us from daily_budgets where portal_id = $1", portal.get());
    let daily = sql.fetch_optional(db.pool()).await.map_err(Error::when(doing))?;
    let daily = daily.map(|row| {
        let resets_at = time("daily_budgets.resets_at_us", row.resets_at_us)?;
        Ok::<_, Error>(Daily { limit: count(row.daily_limit), remaining: count(row.remaining), resets_at })
    });
    Ok(BudgetState { buckets, daily: daily.transpose()? })
}

/// Stores what HubSpot said of the day. Answers overtake each other: within one day the lower count is the later one.
pub async fn observe_daily(db: &Db, portal: PortalId, daily: Daily) -> Result<(), Error> {
    let clamp = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).min(1 << 53);
    let resets_at_us = i64::try_from(daily.resets_at.unix_timestamp_nanos() / 1000).unwrap_or(0);
    let sql = sqlx::query!(
        "insert into daily_budgets as d (portal_id, daily_limit, remaining, resets_at_us) values ($1, $2, $3, $4)
         on conflict (portal_id) do update
            set daily_limit = excluded.daily_limit, resets_at_us = excluded.resets_at_us,
                remaining = case when d.resets_at_us = excluded.resets_at_us then least(d.remaining, excluded.remaining)
                                 else excluded.remaining end
          where d.resets_at_us <= excluded.resets_at_us",
        portal.get(),
        clamp(daily.limit),
        clamp(daily.remaining),
        resets_at_us
    );
    sql.execute(db.budget_pool()).await.map(drop).map_err(Error::when("noting a portal's day"))
}

fn bucket(name: &str) -> Option<Bucket> {
    [Bucket::Burst, Bucket::Search].into_iter().find(|bucket| bucket.as_str() == name)
}

fn time(column: &'static str, micros: i64) -> Result<OffsetDateTime, Error> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).map_err(|_| Error::Corrupt { column })
}
