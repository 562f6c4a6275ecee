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
        counts.add(state("writeback_counts.state", row.state)?, count(row.n));
    }
    Ok(counts)
}

impl Counts {
    /// All of them.
    pub fn total(&self) -> u64 {
        let Self { exported, skipped_no_match, withheld, failed, in_flight } = self;
        exported + skipped_no_match + withheld + failed + in_flight
    }

    pub(super) fn add(&mut self, state: State, n: u64) {
        let counter = match state {
            State::Accepted | State::Redacted | State::Matched | State::Posting => &mut self.in_flight,
            State::Exported => &mut self.exported,
            State::SkippedNoMatch => &mut self.skipped_no_match,
            State::Withheld => &mut self.withheld,
            State::Failed => &mut self.failed,
        };
        *counter += n;
    }
}
