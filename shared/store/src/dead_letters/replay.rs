//! Replaying and dropping. A letter leaves the table only after its payload is safely elsewhere, or because a person says so.

use domain::{ConnectionId, DeadLetterId};
use time::OffsetDateTime;

use super::{Letter, read::Row};
use crate::{Db, Error, ledger};

/// Takes a letter for replay: the ledger's row stands again before the letter's stage, and the letter stays until
/// [`replayed`] says that it was published. A process that dies in between leaves it to be taken again; the stages recognise
/// what is delivered twice. `None`: the connection has no such letter.
pub async fn take_for_replay(db: &Db, connection: ConnectionId, id: DeadLetterId) -> Result<Option<Letter>, Error> {
    let doing = "taking a dead letter for replay";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    // The ledger's row before the letter, as burying has it, or the two could wait for each other.
    let sql = sqlx::query!(
        "select w.state from writebacks w join dead_letters d using (connection_id, conversation_id, event_id)
          where d.connection_id = $1 and d.id = $2 for update of w",
        connection.0,
        id.0
    );
    sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    let sql = sqlx::query_as!(
        Row,
        "update dead_letters set replayed_at = now() where connection_id = $1 and id = $2
         returning id, connection_id, conversation_id, event_id, stage, reason, detail, attempts, first_seen, buried_at,
                   replayed_at, sealed",
        connection.0,
        id.0
    );
    let Some(row) = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))? else { return Ok(None) };
    let letter = Letter::try_from(row)?;
    ledger::reopen_in(&mut tx, connection, &letter.letter.conversation, letter.letter.event, letter.letter.stage).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(Some(letter))
}

/// Removes a letter whose payload was published. `false`: it was buried again meanwhile, and stays.
pub async fn replayed(db: &Db, connection: ConnectionId, id: DeadLetterId) -> Result<bool, Error> {
    let sql = sqlx::query!(
        "delete from dead_letters where connection_id = $1 and id = $2 and replayed_at is not null",
        connection.0,
        id.0
    );
    let done = sql.execute(db.pool()).await.map_err(Error::when("removing a replayed letter"))?;
    Ok(done.rows_affected() == 1)
}

/// Drops letters for good, because a person says so. How many there were.
pub async fn drop_letters(db: &Db, connection: ConnectionId, ids: &[DeadLetterId]) -> Result<u64, Error> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let sql = sqlx::query!("delete from dead_letters where connection_id = $1 and id = any($2)", connection.0, &ids);
    let done = sql.execute(db.pool()).await.map_err(Error::when("dropping dead letters"))?;
    Ok(done.rows_affected())
}

/// Drops up to `batch` letters of any connection that were buried before `before`: retention. How many there were.
pub async fn drop_before(db: &Db, before: OffsetDateTime, batch: u32) -> Result<u64, Error> {
    let sql = sqlx::query!(
        "delete from dead_letters d using (
            select id from dead_letters where buried_at < $1 order by id limit $2 for update skip locked) old
          where d.id = old.id",
        before,
        i64::from(batch)
    );
    let done = sql.execute(db.pool()).await.map_err(Error::when("dropping old dead letters"))?;
    Ok(done.rows_affected())
}
