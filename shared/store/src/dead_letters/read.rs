//! Looking at dead letters.

use domain::{ConnectionId, ConversationId, DeadLetterId, EventId, dead_letter::DeadLetter, event::StageName, ledger::Reason};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Letter;
use crate::{
    Db, Error,
    row::{count, parse, small},
};

/// Which letters to list. The default lists all of the connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those given up for this.
    pub reason: Option<Reason>,
    /// Only those of this stage.
    pub stage: Option<StageName>,
    /// Only those of this conversation.
    pub conversation: Option<ConversationId>,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Newest first, without payloads.
    pub letters: Vec<Letter>,
    /// Where to go on, unless this was the last page.
    pub next: Option<DeadLetterId>,
}

pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) connection_id: Uuid,
    pub(super) conversation_id: String,
    pub(super) event_id: Uuid,
    pub(super) stage: String,
    pub(super) reason: String,
    pub(super) detail: Option<String>,
    pub(super) attempts: i32,
    pub(super) first_seen: OffsetDateTime,
    pub(super) buried_at: OffsetDateTime,
    pub(super) replayed_at: Option<OffsetDateTime>,
    pub(super) sealed: Vec<u8>,
}

impl TryFrom<Row> for Letter {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let letter = DeadLetter {
            stage: parse("dead_letters.stage", &row.stage)?,
            connection: ConnectionId(row.connection_id),
            conversation: parse("dead_letters.conversation_id", &row.conversation_id)?,
            event: EventId(row.event_id),
            reason: parse("dead_letters.reason", &row.reason)?,
            detail: row.detail,
            attempts: small(row.attempts),
            first_seen: row.first_seen,
            sealed: row.sealed,
        };
        Ok(Self { id: DeadLetterId(row.id), letter, buried_at: row.buried_at, replayed_at: row.replayed_at })
    }
}

/// Lists up to `limit` letters of a connection that were buried before `cursor`, newest first.
pub async fn list(
    db: &Db,
    connection: ConnectionId,
    filter: &Filter,
    cursor: Option<DeadLetterId>,
    limit: u32,
) -> Result<Page, Error> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
    let sql = sqlx::query_as!(
        Row,
        r#"select id, connection_id, conversation_id, event_id, stage, reason, detail, attempts, first_seen, buried_at,
                  replayed_at, ''::bytea as "sealed!"
             from dead_letters
            where connection_id = $1
              and ($2::text is null or reason = $2)
              and ($3::text is null or stage = $3)
              and ($4::text is null or conversation_id = $4)
              and ($5::uuid is null or id < $5)
            order by id desc limit $6"#,
        connection.0,
        filter.reason.map(Reason::as_str),
        filter.stage.map(StageName::as_str),
        filter.conversation.as_ref().map(ConversationId::as_str),
        cursor.map(|id| id.0),
        i64::try_from(limit + 1).unwrap_or(i64::MAX)
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("listing dead letters"))?;
    let mut letters: Vec<Letter> = rows.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
    let more = letters.len() > limit;
    letters.truncate(limit);
    let next = letters.last().filter(|_| more).map(|letter| letter.id);
    Ok(Page { letters, next })
}

/// One letter with its payload, sealed.
pub async fn get(db: &Db, connection: ConnectionId, id: DeadLetterId) -> Result<Option<Letter>, Error> {
    let sql = sqlx::query_as!(
        Row,
        "select id, connection_id, conversation_id, event_id, stage, reason, detail, attempts, first_seen, buried_at,
                replayed_at, sealed
           from dead_letters where connection_id = $1 and id = $2",
        connection.0,
        id.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading a dead letter"))?;
    row.map(TryInto::try_into).transpose()
}

/// How many letters there are for each reason, of one connection or of all.
pub async fn counts(db: &Db, connection: Option<ConnectionId>) -> Result<Vec<(Reason, u64)>, Error> {
    let sql = sqlx::query!(
        r#"select reason, count(*) as "n!" from dead_letters where $1::uuid is null or connection_id = $1
            group by reason order by reason"#,
        connection.map(|id| id.0)
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("counting dead letters"))?;
    rows.into_iter().map(|row| Ok((parse("dead_letters.reason", &row.reason)?, count(row.n)))).collect()
}
