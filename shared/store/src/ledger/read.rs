//! Reading single rows, and where many stand.

use domain::{ConnectionId, ConversationId, EngagementId, EventId, caller::CallerKey, ledger::State};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Engagement, Redactions, Writeback};
use crate::{
    Db, Error,
    row::{HubspotId as _, in_lock_order, parse, parse_opt, small, state},
};

/// Where a conversation stands, as far as a stage wants to know before it acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Where it stands.
    pub state: State,
    /// The event that opened it.
    pub event: EventId,
    /// The latest committed intent to create the engagement; `None` when none was sent for certain, or none had to be
    /// committed.
    pub posting_at: Option<OffsetDateTime>,
    /// What is in HubSpot.
    pub engagement: Option<Engagement>,
}

/// Where conversations stand. One that has no row is not in the answer.
pub async fn states(
    db: &Db,
    connection: ConnectionId,
    conversations: &[ConversationId],
) -> Result<Vec<(ConversationId, Brief)>, Error> {
    let conversations = in_lock_order(conversations, |conversation| conversation);
    let conversations: Vec<String> = conversations.iter().map(ToString::to_string).collect();
    let sql = sqlx::query!(
        "select w.conversation_id, w.state, w.event_id, w.posting_at, w.engagement_kind, w.engagement_id
           from (select $1::uuid as connection, * from unnest($2::text[]) as rows (conversation) offset 0) wanted
           join writebacks w on w.connection_id = wanted.connection and w.conversation_id = wanted.conversation",
        connection.0,
        &conversations
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("reading where conversations stand"))?;
    let briefs = rows.into_iter().map(|row| {
        let brief = Brief {
            state: state("writebacks.state", row.state)?,
            event: EventId(row.event_id),
            posting_at: row.posting_at,
            engagement: engagement(row.engagement_kind.as_deref(), row.engagement_id)?,
        };
        Ok((parse("writebacks.conversation_id", &row.conversation_id)?, brief))
    });
    briefs.collect()
}

/// One row.
pub async fn get(db: &Db, connection: ConnectionId, conversation: &ConversationId) -> Result<Option<Writeback>, Error> {
    let sql = sqlx::query_as!(
        Row,
        r#"select conversation_id, event_id, state, agent_id, channel, direction, mode, started_at, ended_at, accepted_at, reason,
                  detail, contact_id, owner_id, matched_by, other_contacts, caller_key, engagement_kind, engagement_id,
                  redactions as "redactions: Json<Redactions>", summary_source, attempts, last_error_class, opened_at,
                  posting_at, updated_at, finished_at
             from writebacks where connection_id = $1 and conversation_id = $2"#,
        connection.0,
        conversation.as_str()
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading a ledger row"))?;
    row.map(TryInto::try_into).transpose()
}

/// The columns of [`Writeback`].
pub(super) struct Row {
    pub(super) conversation_id: String,
    pub(super) event_id: Uuid,
    pub(super) state: i16,
    pub(super) agent_id: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) direction: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) started_at: Option<OffsetDateTime>,
    pub(super) ended_at: OffsetDateTime,
    pub(super) accepted_at: Option<OffsetDateTime>,
    pub(super) reason: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) contact_id: Option<i64>,
    pub(super) owner_id: Option<i64>,
    pub(super) matched_by: Option<String>,
    pub(super) other_contacts: Option<Vec<i64>>,
    pub(super) caller_key: Option<Vec<u8>>,
    pub(super) engagement_kind: Option<String>,
    pub(super) engagement_id: Option<i64>,
    pub(super) redactions: Option<Json<Redactions>>,
    pub(super) summary_source: Option<String>,
    pub(super) attempts: i32,
    pub(super) last_error_class: Option<String>,
    pub(super) opened_at: OffsetDateTime,
    pub(super) posting_at: Option<OffsetDateTime>,
    pub(super) updated_at: OffsetDateTime,
    pub(super) finished_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for Writeback {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let others = row.other_contacts.unwrap_or_default();
        let others = others.into_iter().map(|id| domain::ContactId::read("writebacks.other_contacts", id));
        Ok(Self {
            conversation: parse("writebacks.conversation_id", &row.conversation_id)?,
            event: EventId(row.event_id),
            state: state("writebacks.state", row.state)?,
            agent: parse_opt("writebacks.agent_id", row.agent_id.as_deref())?,
            channel: parse_opt("writebacks.channel", row.channel.as_deref())?,
            direction: parse_opt("writebacks.direction", row.direction.as_deref())?,
            mode: parse_opt("writebacks.mode", row.mode.as_deref())?,
            started_at: row.started_at,
            ended_at: row.ended_at,
            accepted_at: row.accepted_at,
            reason: parse_opt("writebacks.reason", row.reason.as_deref())?,
            detail: row.detail,
            contact: domain::ContactId::read_opt("writebacks.contact_id", row.contact_id)?,
            owner: domain::OwnerId::read_opt("writebacks.owner_id", row.owner_id)?,
            matched_by: parse_opt("writebacks.matched_by", row.matched_by.as_deref())?,
            others: others.collect::<Result<_, _>>()?,
            caller_key: row.caller_key.map(|bytes| caller_key("writebacks.caller_key", bytes)).transpose()?,
            engagement: engagement(row.engagement_kind.as_deref(), row.engagement_id)?,
            redactions: row.redactions.map(|json| json.0).unwrap_or_default(),
            summary_source: parse_opt("writebacks.summary_source", row.summary_source.as_deref())?,
            attempts: small(row.attempts),
            last_error_class: row.last_error_class,
            opened_at: row.opened_at,
            posting_at: row.posting_at,
            updated_at: row.updated_at,
            finished_at: row.finished_at,
        })
    }
}

fn engagement(kind: Option<&str>, id: Option<i64>) -> Result<Option<Engagement>, Error> {
    let Some((kind, id)) = kind.zip(id) else { return Ok(None) };
    let id = EngagementId::read("writebacks.engagement_id", id)?;
    Ok(Some(Engagement { kind: parse("writebacks.engagement_kind", kind)?, id }))
}

/// Reads a caller key's column.
pub(crate) fn caller_key(column: &'static str, bytes: Vec<u8>) -> Result<CallerKey, Error> {
    bytes.try_into().map(CallerKey::from_bytes).map_err(|_| Error::Corrupt { column })
}
