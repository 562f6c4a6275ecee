//! Where a repeated event is recognised.

use std::collections::HashMap;

use domain::{
    AgentId, ConnectionId, ConversationId, EventId,
    conversation::{Channel, Conversation, Direction},
    event::{Origin, SummarySource},
    ledger::State,
    settings::Mode,
};
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Redactions;
use crate::{
    Db, Error,
    row::{all_in_lock_order, in_lock_order, parse, state},
};

/// What the first stage knows of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWriteback {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Which event.
    pub event: EventId,
    /// Who led it.
    pub agent: AgentId,
    /// Voice or chat.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// The mode when it was accepted.
    pub mode: Mode,
    /// When it began.
    pub started_at: OffsetDateTime,
    /// When it ended.
    pub ended_at: OffsetDateTime,
    /// When the API accepted it.
    pub accepted_at: OffsetDateTime,
    /// What was scrubbed. `None`: nothing yet, and the row stands one state before.
    pub scrubbed: Option<Scrubbed>,
}

/// What scrubbing and summarising have said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scrubbed {
    /// What was removed.
    pub redactions: Redactions,
    /// Who wrote the summary.
    pub summary_source: Option<SummarySource>,
}

impl NewWriteback {
    /// The row of a conversation that was accepted, of which nothing is scrubbed yet.
    pub fn of(origin: &Origin, conversation: &Conversation) -> Self {
        Self {
            conversation: conversation.id.clone(),
            event: origin.event,
            agent: conversation.agent.clone(),
            channel: conversation.channel,
            direction: conversation.direction,
            mode: origin.mode,
            started_at: conversation.started_at,
            ended_at: conversation.ended_at,
            accepted_at: origin.accepted_at,
            scrubbed: None,
        }
    }

    fn state(&self) -> State {
        if self.scrubbed.is_some() { State::Redacted } else { State::Accepted }
    }
}

/// What the ledger says to a conversation that wants a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It has one now.
    New,
    /// The same event was here before: a delivery that comes again. Go on from where it stands.
    Again {
        /// Where it stands.
        state: State,
    },
    /// Another event reported this conversation before: nothing is left to do.
    Duplicate {
        /// Where that one stands.
        state: State,
    },
}

/// Opens a row for each conversation that has none, and moves one forward that this event has opened before. One answer a row, in
/// the order given.
pub async fn open(db: &Db, connection: ConnectionId, rows: &[NewWriteback]) -> Result<Vec<Opened>, Error> {
    let first = first_of_each(rows);
    let asked = first.iter().map(|row| (*row).clone()).collect();
    let ask = |groups: Vec<_>| async move { upsert(db, &groups).await };
    let there = db.shared().opened.ask((connection, asked), ask).await?.unwrap_or_default();
    rows.iter()
        .map(|row| {
            let Some((event, count, state)) = there.get(&row.conversation).copied() else {
                return Err(Error::Corrupt { column: "writebacks.conversation_id" });
            };
            // Within one call only the first of several rows of a conversation can be the new one.
            let is_first = first.iter().any(|first| std::ptr::eq(*first, row));
            Ok(match (event == row.event, count == 1 && is_first) {
                (true, true) => Opened::New,
                (true, false) => Opened::Again { state },
                (false, _) => Opened::Duplicate { state },
            })
        })
        .collect()
}

/// The first row of each conversation, in lock order.
fn first_of_each(rows: &[NewWriteback]) -> Vec<&NewWriteback> {
    in_lock_order(rows, |row| &row.conversation)
}

/// What the rows of one connection are now: their event, how often they were opened, and where they stand.
pub(crate) type There = HashMap<ConversationId, (EventId, i32, State)>;

/// Inserts, or counts one more opening of a row that is there. The update on conflict is what makes the answer true: it locks
/// and returns the row as it is now, also where another process inserted it after this statement began.
async fn upsert(db: &Db, groups: &[(ConnectionId, Vec<NewWriteback>)]) -> Result<Vec<There>, Error> {
    let rows = all_in_lock_order(groups, |row| &row.conversation);
    let connections: Vec<Uuid> = rows.iter().map(|(connection, _)| connection.0).collect();
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    let conversations: Vec<String> = rows.iter().map(|r| r.conversation.to_string()).collect();
    let events: Vec<Uuid> = rows.iter().map(|r| r.event.0).collect();
    let agents: Vec<String> = rows.iter().map(|r| r.agent.to_string()).collect();
    let channels: Vec<String> = rows.iter().map(|r| r.channel.as_str().to_owned()).collect();
    let directions: Vec<String> = rows.iter().map(|r| r.direction.as_str().to_owned()).collect();
    let modes: Vec<String> = rows.iter().map(|r| r.mode.as_str().to_owned()).collect();
    let started: Vec<OffsetDateTime> = rows.iter().map(|r| r.started_at).collect();
    let ended: Vec<OffsetDateTime> = rows.iter().map(|r| r.ended_at).collect();
    let accepted: Vec<OffsetDateTime> = rows.iter().map(|r| r.accepted_at).collect();
    let states: Vec<i16> = rows.iter().map(|r| r.state().code()).collect();
    let redactions: Vec<Option<Json<&Redactions>>> = rows.iter().map(|r| Some(Json(&r.scrubbed.as_ref()?.redactions))).collect();
    let sources: Vec<Option<String>> =
        rows.iter().map(|r| Some(r.scrubbed.as_ref()?.summary_source?.as_str().to_owned())).collect();
    // A row that was buried unread has no details; a replay brings them. Another event of the same conversation changes nothing
    // of what stands there.
    let sql = sqlx::query!(
        "insert into writebacks as w (connection_id, conversation_id, event_id, state, agent_id, channel, direction, mode,
                started_at, ended_at, accepted_at, redactions, summary_source)
         select connection, conversation, event, state, agent, channel, direction, mode, started, ended, accepted, redactions, source
           from unnest($1::uuid[], $2::smallint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::jsonb[], $13::text[])
                as new (connection, state, conversation, event, agent, channel, direction, mode, started, ended, accepted, redactions,
                        source)
         on conflict (connection_id, conversation_id) do update
            set opened_count = w.opened_count + 1,
                state = case when w.event_id = excluded.event_id then greatest(w.state, excluded.state) else w.state end,
                agent_id = coalesce(w.agent_id, excluded.agent_id),
                channel = coalesce(w.channel, excluded.channel),
                direction = coalesce(w.direction, excluded.direction),
                mode = coalesce(w.mode, excluded.mode),
                started_at = coalesce(w.started_at, excluded.started_at),
                accepted_at = coalesce(w.accepted_at, excluded.accepted_at),
                redactions = case when w.event_id = excluded.event_id then coalesce(excluded.redactions, w.redactions)
                                  else w.redactions end,
                summary_source = case when w.event_id = excluded.event_id then coalesce(w.summary_source, excluded.summary_source)
                                      else w.summary_source end
         returning connection_id, conversation_id, event_id, opened_count, state",
        &connections,
        &states,
        &conversations,
        &events,
        &agents,
        &channels,
        &directions,
        &modes,
        &started,
        &ended,
        &accepted,
        &redactions as _,
        &sources as _
    );
    let there = sql.fetch_all(db.keyed_pool()).await.map_err(Error::when("opening ledger rows"))?;
    let mut by_connection = HashMap::<Uuid, There>::new();
    for row in there {
        let conversation = parse("writebacks.conversation_id", &row.conversation_id)?;
        let is = (EventId(row.event_id), row.opened_count, state("writebacks.state", row.state)?);
        by_connection.entry(row.connection_id).or_default().insert(conversation, is);
    }
    Ok(groups.iter().map(|(connection, _)| by_connection.get(&connection.0).cloned().unwrap_or_default()).collect())
}
