//! How many rows stand where. The triggers of the ledger keep count, so this reads a few dozen rows however long the ledger is.

use domain::{ConnectionId, ledger::State};

use crate::{
    Db, Error,
    row::{count, state},
};

/// The rows that the ledger holds, by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// In HubSpot.
    pub exported: u64,
    /// No match, and none was to be created.
    pub skipped_no_match: u64,
    /// Off, or turned off meanwhile.
    pub withheld: u64,
    /// Given up.
    pub failed: u64,
    /// Not finished yet.
    pub in_flight: u64,
}

/// Counts a connection's rows.
pub async fn counts(db: &Db, connection: ConnectionId) -> Result<Counts, Error> {
    let sql = sqlx::query!(
        r#"select state, sum(n)::bigint as "n!" from writeback_counts where connection_id = $1 group by state"#,
        connection.0
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting by outcome"))?;
    let mut counts = Counts::default();
    for row in rows {
        let counter = match state("writeback_counts.state", row.state)? {
            State::Accepted | State::Redacted | State::Matched | State::Posting => &mut counts.in_flight,
            State::Exported => &mut counts.exported,
            State::SkippedNoMatch => &mut counts.skipped_no_match,
            State::Withheld => &mut counts.withheld,
            State::Failed => &mut counts.failed,
        };
        *counter += count(row.n);
    }
    Ok(counts)
}
