//! Who the callers are that HubSpot does not know, as far as that can be told without knowing them.

use domain::{ConnectionId, ConversationId, caller::CallerKey, ledger::Outcome};
use time::OffsetDateTime;

use super::read::caller_key;
use crate::{
    Db, Error,
    row::{count, parse},
};

/// Skipped conversations that are looked at, the newest ones: however many there are, the answer costs no more than this.
pub const SEEN_MAX: u32 = 10_000;

/// One caller whose conversations were skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedCaller {
    /// Stands for the phone or e-mail. `None`: all those that had neither.
    pub key: Option<CallerKey>,
    /// How many conversations.
    pub count: u64,
    /// When the newest ended.
    pub newest_at: OffsetDateTime,
    /// The newest.
    pub newest: ConversationId,
}

/// Callers, and how much of the ledger they are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedCallers {
    /// Most conversations first, then newest first.
    pub callers: Vec<SkippedCaller>,
    /// Skipped conversations that were looked at: at most [`SEEN_MAX`], but for some that ended at the very moment of the last.
    pub seen: u64,
}

/// Up to `limit` callers of the newest skipped conversations.
pub async fn skipped_callers(db: &Db, connection: ConnectionId, limit: u32) -> Result<SkippedCallers, Error> {
    // Where the newest begin is asked of the index alone: a limit below the grouping has the planner read all that was ever skipped.
    // `state <> 100` is the index's own condition, which a parameter cannot be seen to meet.
    let sql = sqlx::query!(
        r#"select caller_key, count(*) as "n!", max(ended_at) as "newest_at!", (sum(count(*)) over ())::bigint as "seen!",
                  (array_agg(conversation_id order by ended_at desc))[1] as "newest!"
             from writebacks
            where connection_id = $1 and state = $2 and state <> 100
              and ended_at >= coalesce((select ended_at from writebacks where connection_id = $1 and state = $2 and state <> 100
                                         order by ended_at desc offset $3::bigint - 1 limit 1), '-infinity')
            group by caller_key order by 2 desc, 3 desc limit $4"#,
        connection.0,
        Outcome::SkippedNoMatch.state().code(),
        i64::from(SEEN_MAX),
        i64::from(limit)
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting skipped callers"))?;
    let seen = rows.first().map_or(0, |row| count(row.seen));
    let callers = rows.into_iter().map(|row| {
        Ok(SkippedCaller {
            key: row.caller_key.map(|bytes| caller_key("writebacks.caller_key", bytes)).transpose()?,
            count: count(row.n),
            newest_at: row.newest_at,
            newest: parse("writebacks.conversation_id", &row.newest)?,
        })
    });
    Ok(SkippedCallers { callers: callers.collect::<Result<_, Error>>()?, seen })
}
