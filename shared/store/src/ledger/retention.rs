//! Forgetting what is older than the owner wants it kept.

use time::OffsetDateTime;

use crate::{Db, Error};

/// Deletes up to `batch` rows of any connection that finished before `before`; how many it deleted. Call it until it deletes
/// fewer than `batch`. Any number of processes may: they take different rows.
pub async fn delete_finished_before(db: &Db, before: OffsetDateTime, batch: u32) -> Result<u64, Error> {
    let sql = sqlx::query!(
        "delete from writebacks w using (
            select connection_id, conversation_id from writebacks
             where finished_at < $1 order by finished_at limit $2 for update skip locked) old
          where w.connection_id = old.connection_id and w.conversation_id = old.conversation_id",
        before,
        i64::from(batch)
    );
    let done = sql.execute(db.pool()).await.map_err(Error::when("deleting old ledger rows"))?;
    Ok(done.rows_affected())
}
