//! Giving up, in one statement: the letter is kept and the ledger says so, or neither.

use std::collections::HashMap;

use domain::{ConversationId, DeadLetterId, dead_letter::DeadLetter, ledger::State};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Db, Error, row::to_small};

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buried {
    /// Its id.
    pub id: DeadLetterId,
    /// Whether the conversation's row now says that it failed because of it. `false`: it was finished before, as failed or
    /// otherwise, or the row follows another event of the same conversation.
    pub failed: bool,
}

/// Buries letters of any connections. One answer a letter, in the order given. Repeatable: the same delivery has one letter.
///
/// The ledger's row is marked failed unless it is finished, or made where the event could never be read. The row of another
/// event of the same conversation is left alone: that one is on its way.
pub async fn bury(db: &Db, letters: &[DeadLetter]) -> Result<Vec<Buried>, Error> {
    let unique = in_lock_order(letters);
    let ids = insert(db, &unique).await?;
    Ok(letters.iter().map(|letter| ids[&key(letter)]).collect())
}

type Key<'a> = (Uuid, &'a ConversationId, Uuid, &'static str);

fn key(letter: &DeadLetter) -> Key<'_> {
    (letter.connection.0, &letter.conversation, letter.event.0, letter.stage.as_str())
}

/// Each letter once, and in the order in which all statements lock rows.
fn in_lock_order(letters: &[DeadLetter]) -> Vec<&DeadLetter> {
    let mut ordered: Vec<&DeadLetter> = letters.iter().collect();
    ordered.sort_by(|a, b| key(a).cmp(&key(b)));
    ordered.dedup_by(|later, first| key(later) == key(first));
    ordered
}

async fn insert<'a>(db: &Db, letters: &[&'a DeadLetter]) -> Result<HashMap<Key<'a>, Buried>, Error> {
    let ids: Vec<Uuid> = letters.iter().map(|_| DeadLetterId::new().0).collect();
    let connections: Vec<Uuid> = letters.iter().map(|l| l.connection.0).collect();
    let conversations: Vec<String> = letters.iter().map(|l| l.conversation.to_string()).collect();
    let events: Vec<Uuid> = letters.iter().map(|l| l.event.0).collect();
    let stages: Vec<String> = letters.iter().map(|l| l.stage.as_str().to_owned()).collect();
    let reasons: Vec<String> = letters.iter().map(|l| l.reason.as_str().to_owned()).collect();
    let details: Vec<Option<String>> = letters.iter().map(|l| l.detail.clone()).collect();
    let attempts: Vec<i32> = letters.iter().map(|l| to_small(l.attempts)).collect();
    let first_seen: Vec<OffsetDateTime> = letters.iter().map(|l| l.first_seen).collect();
    let sealed: Vec<Vec<u8>> = letters.iter().map(|l| l.sealed.clone()).collect();
    // Counting `failed` makes the ledger's rows the first that are locked, all of them, as everywhere else.
    let sql = sqlx::query!(
        r#"with letters as (
            select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                                 $8::integer[], $9::timestamptz[], $10::bytea[])
                as l (id, connection, conversation, event, stage, reason, detail, attempts, first_seen, sealed)
         ), failed as (
            insert into writebacks as w (connection_id, conversation_id, event_id, state, reason, detail, attempts, ended_at,
                   finished_at)
            select distinct on (connection, conversation collate "C") connection, conversation, event, $11::smallint, reason,
                   detail, attempts, first_seen, now()
              from letters order by connection, conversation collate "C", first_seen
            on conflict (connection_id, conversation_id) do update
               set state = excluded.state, reason = excluded.reason, detail = excluded.detail,
                   attempts = greatest(w.attempts, excluded.attempts), updated_at = now(), finished_at = now()
             where w.state < 100 and w.event_id = excluded.event_id
            returning connection_id, conversation_id, event_id
         ), buried as (
            insert into dead_letters (id, connection_id, conversation_id, event_id, stage, reason, detail, attempts, first_seen,
                   sealed)
            select id, connection, conversation, event, stage, reason, detail, attempts, first_seen, sealed from letters
             where (select count(*) from failed) >= 0
            on conflict (connection_id, conversation_id, event_id, stage) do update
               set reason = excluded.reason, detail = excluded.detail, attempts = excluded.attempts, sealed = excluded.sealed,
                   replayed_at = null
            returning id, connection_id, conversation_id, event_id, stage
         )
         select b.id, b.connection_id, b.conversation_id, b.event_id, b.stage,
                exists (select from failed f where (f.connection_id, f.conversation_id, f.event_id)
                                                 = (b.connection_id, b.conversation_id, b.event_id)) as "failed!"
           from buried b"#,
        &ids,
        &connections,
        &conversations,
        &events,
        &stages,
        &reasons,
        &details as _,
        &attempts,
        &first_seen,
        &sealed,
        State::Failed.code()
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("burying dead letters"))?;
    let by_key: HashMap<(Uuid, &str, Uuid, &str), Buried> = rows
        .iter()
        .map(|row| {
            let key = (row.connection_id, row.conversation_id.as_str(), row.event_id, row.stage.as_str());
            (key, Buried { id: DeadLetterId(row.id), failed: row.failed })
        })
        .collect();
    let buried = letters
        .iter()
        .map(|letter| {
            let (connection, conversation, event, stage) = key(letter);
            (key(letter), by_key[&(connection, conversation.as_str(), event, stage)])
        })
        .collect();
    Ok(buried)
}
