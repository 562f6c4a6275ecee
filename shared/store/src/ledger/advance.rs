//! Every step forward. Each answers which rows it moved; a row that is not among them is past that step already, or finished,
//! or not there, and another attempt is ahead of this one.
//!
//! Whatever the planner believes of a ledger that grew since it last looked, these must find each row by its key, and lock the
//! rows in one order, or two batches that overlap could wait for each other for ever. So all have the same inner part:
//!
//! - the connection comes out of a subquery that `offset 0` keeps whole, and not as a constant, for which every index that begins
//!   with the connection would do, and `state + 0` fits no index at all: without them a backlog of a hundred thousand was read
//!   anew for every batch;
//! - rows are locked in the order of their ids before they are joined for the update, since an update follows its plan's order.

use std::collections::{HashMap, HashSet};

use domain::{
    ConnectionId, ContactId, ConversationId, EventId, OwnerId,
    caller::CallerKey,
    event::{MatchedContact, StageName, SummarySource},
    ledger::{Reason, State},
    settings::Mode,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Engagement;
use crate::{
    Db, Error,
    row::{all_in_lock_order, array_literal, in_lock_order, parse, to_small},
};

/// The conversations whose rows a step moved.
pub type Moved = HashSet<ConversationId>;

/// A conversation whose contact is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Which.
    pub conversation: ConversationId,
    /// The contact, how it was found, and who else it could have been.
    pub contact: MatchedContact,
    /// Stands for the phone or e-mail that was looked for.
    pub caller_key: Option<CallerKey>,
}

/// A conversation whose engagement is in HubSpot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Which.
    pub conversation: ConversationId,
    /// The engagement.
    pub engagement: Engagement,
    /// Whose timeline it is on. Written here again, so that a fleet may skip [`matched`].
    pub contact: MatchedContact,
    /// Stands for the phone or e-mail that was looked for.
    pub caller_key: Option<CallerKey>,
    /// The mode of the export.
    pub mode: Mode,
    /// Who wrote the summary.
    pub summary_source: Option<SummarySource>,
    /// Failures before it succeeded.
    pub attempts: u32,
}

/// A conversation that ended without an engagement, and not for a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub conversation: ConversationId,
    /// Why.
    pub reason: Reason,
    /// More about that, without personal data.
    pub detail: Option<String>,
    /// Who it could have been, where several contacts match.
    pub candidates: Vec<ContactId>,
    /// Stands for the phone or e-mail that was looked for.
    pub caller_key: Option<CallerKey>,
}

impl Ended {
    /// For a reason that needs no more words.
    pub fn because(conversation: ConversationId, reason: Reason) -> Self {
        Self { conversation, reason, detail: None, candidates: Vec::new(), caller_key: None }
    }
}

/// A delivery that waits after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// Which.
    pub conversation: ConversationId,
    /// Failures so far.
    pub attempts: u32,
    /// The class of the latest one: a name of a closed list.
    pub error_class: &'static str,
}

/// The contact is known. A conversation that is matched anew, because its contact is gone, gets the new contact.
pub async fn matched(db: &Db, connection: ConnectionId, rows: &[Matched]) -> Result<Moved, Error> {
    let ask = |groups: Vec<_>| async move { matched_of_all(db, &groups).await };
    Ok(db.shared().matched.ask((connection, rows.to_vec()), ask).await?.unwrap_or_default())
}

async fn matched_of_all(db: &Db, groups: &[(ConnectionId, Vec<Matched>)]) -> Result<Vec<Moved>, Error> {
    let (connections, rows) = columns(groups, |row| &row.conversation);
    let conversations = ids(&rows, |row| &row.conversation);
    let contacts: Vec<i64> = rows.iter().map(|row| row.contact.id.get()).collect();
    let owners: Vec<_> = rows.iter().map(|row| row.contact.owner.map(OwnerId::get)).collect();
    let by: Vec<_> = rows.iter().map(|row| row.contact.by.as_str().to_owned()).collect();
    let others: Vec<_> = rows.iter().map(|row| array_literal(&row.contact.others)).collect();
    let keys: Vec<_> = rows.iter().map(|row| row.caller_key.map(|key| key.as_bytes().to_vec())).collect();
    let sql = sqlx::query!(
        "update writebacks w set state = $2, contact_id = new.contact, owner_id = new.owner, matched_by = new.matched_by,
                other_contacts = nullif(new.others::bigint[], '{}'), caller_key = coalesce(new.caller_key, w.caller_key),
                updated_at = now()
           from (select rows.* from (
                    select * from unnest($1::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bytea[])
                        as u (connection, conversation, contact, owner, matched_by, others, caller_key) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.connection_id, l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint <= $2
         returning w.connection_id, w.conversation_id",
        &connections,
        State::Matched.code(),
        &conversations,
        &contacts,
        &owners as _,
        &by,
        &others,
        &keys as _
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("noting matched conversations"))?;
    moved_of_all(groups.iter().map(|group| group.0), rows.iter().map(|row| (row.connection_id, &*row.conversation_id)))
}

/// What an attempt has read before it wants to create an engagement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Which.
    pub conversation: ConversationId,
    /// The intent that was committed when it read the row ([`super::Brief::posting_at`]).
    pub after: Option<OffsetDateTime>,
}

/// A request that creates their engagements is about to be sent: commits the intent. Said again before each further attempt, so
/// that [`super::Brief::posting_at`] is the latest.
///
/// Only the rows that moved may be sent. In the others somebody else has committed an intent, or finished, since the row was
/// read: of several attempts that have read the same, one moves it.
pub async fn posting(db: &Db, connection: ConnectionId, intents: &[Intent]) -> Result<Moved, Error> {
    let rows = in_lock_order(intents, |intent| &intent.conversation);
    let conversations = ids(&rows, |intent| &intent.conversation);
    let after: Vec<Option<OffsetDateTime>> = rows.iter().map(|intent| intent.after).collect();
    // The clock's time and not the transaction's: an intent must differ from the one that it follows.
    let sql = sqlx::query_scalar!(
        "update writebacks w set state = $2, posting_at = clock_timestamp(), updated_at = now()
           from (select rows.* from (
                    select $1::uuid as connection, * from unnest($3::text[], $4::timestamptz[])
                        as u (conversation, after) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint <= $2
            and w.posting_at is not distinct from new.after
         returning w.conversation_id",
        connection.0,
        State::Posting.code(),
        &conversations,
        &after as _
    );
    moved(&sql.fetch_all(db.pool()).await.map_err(Error::when("committing to post"))?)
}

/// The request that was to create their engagements had no effect for certain: takes the intent back, so that nobody looks for
/// what cannot be there. Only for rows whose earlier intents, if any, were settled by reading back. The state stays, since it
/// only moves forward.
pub async fn not_posted(db: &Db, connection: ConnectionId, conversations: &[ConversationId]) -> Result<Moved, Error> {
    let rows = in_lock_order(conversations, |conversation| conversation);
    let conversations = ids(&rows, |row| row);
    let sql = sqlx::query_scalar!(
        "update writebacks w set posting_at = null, updated_at = now()
           from (select rows.* from (
                    select $1::uuid as connection, * from unnest($3::text[])
                        as u (conversation) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint = $2
         returning w.conversation_id",
        connection.0,
        State::Posting.code(),
        &conversations
    );
    moved(&sql.fetch_all(db.pool()).await.map_err(Error::when("taking back an intent to post"))?)
}

/// The engagements are in HubSpot.
pub async fn exported(db: &Db, connection: ConnectionId, rows: &[Exported]) -> Result<Moved, Error> {
    let ask = |groups: Vec<_>| async move { exported_of_all(db, &groups).await };
    Ok(db.shared().exported.ask((connection, rows.to_vec()), ask).await?.unwrap_or_default())
}

async fn exported_of_all(db: &Db, groups: &[(ConnectionId, Vec<Exported>)]) -> Result<Vec<Moved>, Error> {
    let (connections, rows) = columns(groups, |row| &row.conversation);
    let conversations = ids(&rows, |row| &row.conversation);
    let kinds: Vec<_> = rows.iter().map(|row| row.engagement.kind.as_str().to_owned()).collect();
    let engagements: Vec<i64> = rows.iter().map(|row| row.engagement.id.get()).collect();
    let contacts: Vec<i64> = rows.iter().map(|row| row.contact.id.get()).collect();
    let owners: Vec<_> = rows.iter().map(|row| row.contact.owner.map(OwnerId::get)).collect();
    let by: Vec<_> = rows.iter().map(|row| row.contact.by.as_str().to_owned()).collect();
    let others: Vec<_> = rows.iter().map(|row| array_literal(&row.contact.others)).collect();
    let modes: Vec<_> = rows.iter().map(|row| row.mode.as_str().to_owned()).collect();
    let sources: Vec<_> = rows.iter().map(|row| row.summary_source.map(|s| s.as_str().to_owned())).collect();
    let attempts: Vec<i32> = rows.iter().map(|row| to_small(row.attempts)).collect();
    let keys: Vec<_> = rows.iter().map(|row| row.caller_key.map(|key| key.as_bytes().to_vec())).collect();
    let sql = sqlx::query!(
        "update writebacks w set state = $2, engagement_kind = new.kind, engagement_id = new.engagement,
                contact_id = new.contact, owner_id = new.owner, matched_by = new.matched_by,
                other_contacts = nullif(new.others::bigint[], '{}'), mode = new.mode,
                summary_source = coalesce(new.source, w.summary_source), attempts = greatest(w.attempts, new.attempts),
                caller_key = coalesce(new.caller_key, w.caller_key),
                updated_at = now(), finished_at = now()
           from (select rows.* from (
                    select * from unnest($1::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
                             $8::text[], $9::text[], $10::text[], $11::text[], $12::integer[], $13::bytea[])
                        as u (connection, conversation, kind, engagement, contact, owner, matched_by, others, mode, source,
                              attempts, caller_key) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.connection_id, l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint < 100
         returning w.connection_id, w.conversation_id",
        &connections,
        State::Exported.code(),
        &conversations,
        &kinds,
        &engagements,
        &contacts,
        &owners as _,
        &by,
        &others,
        &modes,
        &sources as _,
        &attempts,
        &keys as _
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("noting exported conversations"))?;
    moved_of_all(groups.iter().map(|group| group.0), rows.iter().map(|row| (row.connection_id, &*row.conversation_id)))
}

/// HubSpot knows no such caller, and none was to be created.
pub async fn skipped(db: &Db, connection: ConnectionId, rows: &[Ended]) -> Result<Moved, Error> {
    end(db, connection, State::SkippedNoMatch, rows).await
}

/// Logging was off, or turned off meanwhile, or the connection is gone.
pub async fn withheld(db: &Db, connection: ConnectionId, rows: &[Ended]) -> Result<Moved, Error> {
    end(db, connection, State::Withheld, rows).await
}

async fn end(db: &Db, connection: ConnectionId, state: State, rows: &[Ended]) -> Result<Moved, Error> {
    let rows = in_lock_order(rows, |row| &row.conversation);
    let conversations = ids(&rows, |row| &row.conversation);
    let reasons: Vec<_> = rows.iter().map(|row| row.reason.as_str().to_owned()).collect();
    let details: Vec<_> = rows.iter().map(|row| row.detail.clone()).collect();
    let candidates: Vec<_> = rows.iter().map(|row| array_literal(&row.candidates)).collect();
    let keys: Vec<_> = rows.iter().map(|row| row.caller_key.map(|key| key.as_bytes().to_vec())).collect();
    let sql = sqlx::query_scalar!(
        "update writebacks w set state = $2, reason = new.reason, detail = new.detail,
                other_contacts = coalesce(nullif(new.candidates::bigint[], '{}'), w.other_contacts),
                caller_key = coalesce(new.caller_key, w.caller_key), updated_at = now(), finished_at = now()
           from (select rows.* from (
                    select $1::uuid as connection, * from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
                        as u (conversation, reason, detail, candidates, caller_key) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint < 100
         returning w.conversation_id",
        connection.0,
        state.code(),
        &conversations,
        &reasons,
        &details as _,
        &candidates,
        &keys as _
    );
    moved(&sql.fetch_all(db.pool()).await.map_err(Error::when("ending conversations"))?)
}

/// Notes failures of deliveries that will be tried again, without moving them.
pub async fn defer_note(db: &Db, connection: ConnectionId, rows: &[Deferred]) -> Result<Moved, Error> {
    let rows = in_lock_order(rows, |row| &row.conversation);
    let conversations = ids(&rows, |row| &row.conversation);
    let attempts: Vec<i32> = rows.iter().map(|row| to_small(row.attempts)).collect();
    let classes: Vec<_> = rows.iter().map(|row| row.error_class.to_owned()).collect();
    let sql = sqlx::query_scalar!(
        "update writebacks w set attempts = greatest(w.attempts, new.attempts), last_error_class = new.class, updated_at = now()
           from (select rows.* from (
                    select $1::uuid as connection, * from unnest($2::text[], $3::integer[], $4::text[])
                        as u (conversation, attempts, class) offset 0) rows
                   join writebacks l on l.connection_id = rows.connection and l.conversation_id = rows.conversation
                  order by l.conversation_id for update of l) new
          where w.connection_id = new.connection and w.conversation_id = new.conversation and w.state + 0::smallint < 100
         returning w.conversation_id",
        connection.0,
        &conversations,
        &attempts,
        &classes
    );
    moved(&sql.fetch_all(db.pool()).await.map_err(Error::when("noting failures"))?)
}

/// The one way back, for a replay: a failed row stands again before the stage that gave it up. What was intended stays
/// ([`super::Brief::posting_at`]), so that the poster reads back first. `false`: it did not fail, or
/// its row follows another event.
pub async fn reopen(
    db: &Db,
    connection: ConnectionId,
    conversation: &ConversationId,
    event: EventId,
    stage: StageName,
) -> Result<bool, Error> {
    let mut one = db.pool().acquire().await.map_err(Error::when("reopening a failed conversation"))?;
    reopen_in(&mut one, connection, conversation, event, stage).await
}

pub(crate) async fn reopen_in(
    tx: &mut sqlx::PgConnection,
    connection: ConnectionId,
    conversation: &ConversationId,
    event: EventId,
    stage: StageName,
) -> Result<bool, Error> {
    let before = match stage {
        StageName::Redactor => State::Accepted,
        StageName::Matcher => State::Redacted,
        StageName::Poster => State::Matched,
    };
    let sql = sqlx::query!(
        "update writebacks set state = $3, reason = null, detail = null, finished_at = null, updated_at = now()
          where connection_id = $1 and conversation_id = $2 and event_id = $5 and state = $4",
        connection.0,
        conversation.as_str(),
        before.code(),
        State::Failed.code(),
        event.0
    );
    let done = sql.execute(tx).await.map_err(Error::when("reopening a failed conversation"))?;
    Ok(done.rows_affected() == 1)
}

/// The rows of several connections in lock order, as two columns.
fn columns<T>(groups: &[(ConnectionId, Vec<T>)], conversation: impl Fn(&T) -> &ConversationId) -> (Vec<Uuid>, Vec<&T>) {
    all_in_lock_order(groups, conversation).into_iter().map(|(connection, row)| (connection.0, row)).unzip()
}

/// What moved, by connection.
fn moved_of_all<'a>(
    connections: impl Iterator<Item = ConnectionId>,
    rows: impl Iterator<Item = (Uuid, &'a str)>,
) -> Result<Vec<Moved>, Error> {
    let mut moved = HashMap::<Uuid, Moved>::new();
    for (connection, conversation) in rows {
        moved.entry(connection).or_default().insert(parse("writebacks.conversation_id", conversation)?);
    }
    // Several batches of one connection may ask together; each hears of all that moved.
    Ok(connections.map(|connection| moved.get(&connection.0).cloned().unwrap_or_default()).collect())
}

fn ids<T>(rows: &[&T], conversation: impl Fn(&T) -> &ConversationId) -> Vec<String> {
    rows.iter().map(|row| conversation(row).to_string()).collect()
}

fn moved(conversations: &[String]) -> Result<Moved, Error> {
    conversations.iter().map(|id| parse("writebacks.conversation_id", id)).collect()
}
