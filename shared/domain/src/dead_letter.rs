//! A delivery that was given up and is kept for a person.

use time::OffsetDateTime;

use crate::{
    event::StageName,
    id::{ConnectionId, ConversationId, EventId},
    ledger::Reason,
};

/// A delivery that was given up, with all that is needed to replay it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The stage that gave it up, and that a replay goes back to.
    pub stage: StageName,
    /// Whose portal.
    pub connection: ConnectionId,
    /// Which conversation.
    pub conversation: ConversationId,
    /// Which event.
    pub event: EventId,
    /// Why.
    pub reason: Reason,
    /// What a person should know beyond the reason, without any personal data: "HubSpot requires firstname".
    pub detail: Option<String>,
    /// Failures that counted as attempts.
    pub attempts: u32,
    /// When the stage first saw it.
    pub first_seen: OffsetDateTime,
    /// The payload as it travelled: sealed for the stage, the connection and the conversation.
    pub sealed: Vec<u8>,
}
