//! How many conversations ended in which hour, and what became of them: what a chart of the last day shows.

use domain::ConnectionId;
use time::{Duration, OffsetDateTime};

use super::Counts;
use crate::{
    Db, Error,
    row::{count, state},
};

/// What ended within one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// Its beginning.
    pub from: OffsetDateTime,
    /// What became of it so far.
    pub counts: Counts,
}

/// So many hours from `from` on, oldest first, those without a conversation too. Reads what ended in them by the index of the list,
/// and nothing else of the ledger.
pub async fn hours(db: &Db, connection: ConnectionId, from: OffsetDateTime, hours: u16) -> Result<Vec<Hour>, Error> {
    let sql = sqlx::query!(
        r#"select floor(extract(epoch from ended_at - $2) / 3600)::bigint as "hour!",
                  case when state < 100 then 0::smallint else state end as "state!", count(*) as "n!"
             from writebacks where connection_id = $1 and ended_at >= $2 and ended_at < $3
            group by 1, 2"#,
        connection.0,
        from,
        from + Duration::hours(i64::from(hours))
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting by hour"))?;
    let empty = |hour: u16| Hour { from: from + Duration::hours(i64::from(hour)), counts: Counts::default() };
    let mut hours: Vec<Hour> = (0..hours).map(empty).collect();
    for row in rows {
        let state = state("writebacks.state", row.state)?;
        // The query's own bounds: every row is within the hours.
        if let Some(hour) = usize::try_from(row.hour).ok().and_then(|hour| hours.get_mut(hour)) {
            hour.counts.add(state, count(row.n));
        }
    }
    Ok(hours)
}
