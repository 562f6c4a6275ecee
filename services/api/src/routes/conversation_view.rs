//! A conversation as the API shows it.

use std::collections::BTreeMap;

use domain::{
    AgentId, ContactId, ConversationId, EngagementId, OwnerId,
    connection::Connection,
    conversation::{Channel, Direction},
    event::SummarySource,
    ledger::{MatchedBy, Outcome, Reason, State},
    settings::Mode,
};
use serde::Serialize;
use store::ledger::Writeback;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::{links, words};

/// The contact whose timeline it is on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Contact {
    #[schema(value_type = String, example = "512")]
    id: ContactId,
    /// The contact's owner in HubSpot.
    #[schema(value_type = Option<String>, required)]
    owner_id: Option<OwnerId>,
    /// How it was found.
    #[schema(value_type = Option<words::MatchedBy>, required)]
    matched_by: Option<MatchedBy>,
    /// The record in HubSpot.
    url: String,
}

/// The record in HubSpot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Engagement {
    /// `call` or `note`.
    #[schema(value_type = String, example = "call")]
    kind: &'static str,
    #[schema(value_type = String, example = "39812")]
    id: EngagementId,
}

/// A conversation and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Conversation)]
pub(crate) struct ConversationView {
    /// Your own id.
    #[schema(value_type = String, example = "conv_81f2")]
    conversation_id: ConversationId,
    #[schema(value_type = words::State)]
    state: State,
    /// How it ended; `null` while it is on the way.
    #[schema(value_type = Option<words::Outcome>, required)]
    outcome: Option<Outcome>,
    /// Why, if it ended as something else than exported.
    #[schema(value_type = Option<words::Reason>, required)]
    reason: Option<Reason>,
    /// More about that.
    #[schema(required)]
    detail: Option<String>,
    #[schema(value_type = Option<String>, required)]
    agent_id: Option<AgentId>,
    #[schema(value_type = Option<words::Channel>, required)]
    channel: Option<Channel>,
    #[schema(value_type = Option<words::Direction>, required)]
    direction: Option<Direction>,
    /// The mode that it was, or will be, exported with.
    #[schema(value_type = Option<words::Mode>, required)]
    mode: Option<Mode>,
    /// The contact; `null` while it is not known.
    #[schema(required)]
    contact: Option<Contact>,
    /// Other contacts that it could have been.
    #[schema(value_type = Vec<String>)]
    other_contact_ids: Vec<ContactId>,
    /// The record in HubSpot, once it is there.
    #[schema(required)]
    engagement: Option<Engagement>,
    /// Who wrote the summary.
    #[schema(value_type = Option<words::SummarySource>, required)]
    summary_source: Option<SummarySource>,
    /// Pieces that were scrubbed, by kind.
    redactions: BTreeMap<String, u32>,
    /// Failures so far.
    attempts: u32,
    /// The class of the latest failure.
    #[schema(required)]
    last_error: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    started_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339")]
    ended_at: OffsetDateTime,
    /// When this API accepted it.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    accepted_at: Option<OffsetDateTime>,
    /// When anything about it last changed.
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
    /// When it ended as `outcome` says.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    finished_at: Option<OffsetDateTime>,
}

impl ConversationView {
    /// Shows a row of the ledger. What is for the fleet only is left out by name, so that a new column has to be decided about.
    pub(super) fn of(row: Writeback, connection: &Connection) -> Self {
        let Writeback {
            conversation,
            event: _,
            state,
            agent,
            channel,
            direction,
            mode,
            started_at,
            ended_at,
            accepted_at,
            reason,
            detail,
            contact,
            owner,
            matched_by,
            others,
            caller_key: _,
            engagement,
            redactions,
            summary_source,
            attempts,
            last_error_class,
            opened_at: _,
            posting_at: _,
            updated_at,
            finished_at,
        } = row;
        Self {
            conversation_id: conversation,
            state,
            outcome: state.outcome(),
            reason,
            detail,
            agent_id: agent,
            channel,
            direction,
            mode,
            contact: contact.map(|id| Contact { id, owner_id: owner, matched_by, url: links::contact(connection, id) }),
            other_contact_ids: others,
            engagement: engagement.map(|record| Engagement { kind: record.kind.as_str(), id: record.id }),
            summary_source,
            redactions,
            attempts,
            last_error: last_error_class,
            started_at,
            ended_at,
            accepted_at,
            updated_at,
            finished_at,
        }
    }
}
