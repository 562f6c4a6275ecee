//! Sealing anew with the key that seals now, a few rows at a time, while everything runs. A step may be repeated, and one that was
//! cut off lost nothing.
//!
//! Rows that somebody works on are passed over rather than waited for, and only what is still there as it was read is replaced: a
//! credential that was renewed meanwhile, or a letter that was buried again, was sealed by its writer.

use domain::{
    ConnectionId, ConversationId, DeadLetterId,
    event::{StageName, payload},
    seal,
};
use uuid::Uuid;

use crate::{Db, Error, connections::credential};

/// Credentials of one step.
const CREDENTIALS: i64 = 100;
/// Dead letters of one step: each holds a whole conversation.
const LETTERS: i64 = 20;

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<Id> {
    /// Rows that were sealed anew.
    pub resealed: u64,
    /// Where the next step begins; `None` when all rows were looked at.
    pub last: Option<Id>,
}

/// Seals anew the credentials of some connections after `after`. One that does not open stays as it is.
pub async fn reseal_credentials(db: &Db, after: Option<ConnectionId>) -> Result<Step<ConnectionId>, Error> {
    let doing = "sealing credentials anew";
    let sql = sqlx::query!(
        r#"select id, credential as "credential!", token_version from connections
            where id > $1 and credential is not null order by id limit $2"#,
        after.map_or(Uuid::nil(), |id| id.0),
        CREDENTIALS
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when(doing))?;
    let last = rows.last().map(|row| ConnectionId(row.id));
    let (mut ids, mut versions, mut old, mut new) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in rows.into_iter().filter(|row| seal::key_id(&row.credential) != Some(db.keys().sealing().as_str())) {
        let Ok(sealed) = db.keys().reseal(&credential::context(ConnectionId(row.id)), &row.credential) else { continue };
        ids.push(row.id);
        versions.push(row.token_version);
        old.push(row.credential);
        new.push(sealed);
    }
    // The version stays: it is the same credential.
    let sql = sqlx::query!(
        "with free as (
            select c.id, new.sealed
              from unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[]) as new (id, version, old, sealed)
              join connections c on c.id = new.id
             where c.token_version = new.version and c.credential = new.old
             order by c.id for no key update of c skip locked
         )
         update connections c set credential = free.sealed from free where c.id = free.id",
        &ids,
        &versions,
        &old,
        &new
    );
    let done = if ids.is_empty() { 0 } else { sql.execute(db.pool()).await.map_err(Error::when(doing))?.rows_affected() };
    Ok(Step { resealed: done, last })
}

/// Seals anew some dead letters after `after`. One that does not open stays as it is.
pub async fn reseal_dead_letters(db: &Db, after: Option<DeadLetterId>) -> Result<Step<DeadLetterId>, Error> {
    let doing = "sealing dead letters anew";
    let sql = sqlx::query!(
        "select id, connection_id, conversation_id, stage, sealed from dead_letters where id > $1 order by id limit $2",
        after.map_or(Uuid::nil(), |id| id.0),
        LETTERS
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when(doing))?;
    let last = rows.last().map(|row| DeadLetterId(row.id));
    let (mut ids, mut old, mut new) = (Vec::new(), Vec::new(), Vec::new());
    let sealing = db.keys().sealing().as_str();
    for row in rows.into_iter().filter(|row| payload::key_ids(&row.sealed) != Some([sealing; 2])) {
        // A stage that this release does not know is another release's.
        let (Ok(stage), Ok(conversation)) = (row.stage.parse::<StageName>(), row.conversation_id.parse::<ConversationId>())
        else {
            continue;
        };
        let sealed = payload::reseal(db.keys(), stage, ConnectionId(row.connection_id), &conversation, &row.sealed);
        let Ok(sealed) = sealed else { continue };
        ids.push(row.id);
        old.push(row.sealed);
        new.push(sealed);
    }
    let sql = sqlx::query!(
        "with free as (
            select d.id, new.sealed
              from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as new (id, old, sealed)
              join dead_letters d on d.id = new.id
             where d.sealed = new.old
             order by d.id for no key update of d skip locked
         )
         update dead_letters d set sealed = free.sealed from free where d.id = free.id",
        &ids,
        &old,
        &new
    );
    let done = if ids.is_empty() { 0 } else { sql.execute(db.pool()).await.map_err(Error::when(doing))?.rows_affected() };
    Ok(Step { resealed: done, last })
}
