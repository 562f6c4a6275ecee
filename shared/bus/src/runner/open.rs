//! From a sealed message to a delivery.

use domain::{
    ConnectionId, ConversationId, EventId,
    dead_letter::DeadLetter,
    event::{Event, StageName, seal_context},
    ledger::Reason,
    seal::KeyRing,
};
use uuid::Uuid;

use super::Raw;
use crate::stage::Delivery;

/// Opens and reads the payload; else says, without repeating any of it, why that is impossible.
pub(crate) fn open<E: Event>(raw: &Raw, keys: &KeyRing) -> Result<Delivery<E>, String> {
    let headers = &raw.headers;
    let connection = headers.connection.ok_or("its headers name no connection")?;
    let conversation = headers.conversation.as_ref().ok_or("its headers name no conversation")?;
    let context = seal_context(E::CONSUMER, connection, conversation);
    let plain = keys.open(&context, &raw.sealed).map_err(|error| error.to_string())?;
    // serde's own message may quote the payload.
    let event: E = serde_json::from_slice(&plain)
        .map_err(|error| format!("not an event that the {} reads: {:?} error", E::CONSUMER.as_str(), error.classify()))?;
    // Nothing crosses from one account to another, not even through a mistake of the publisher's.
    if event.origin().connection != connection || event.conversation_id() != conversation {
        return Err("it is of another conversation than its headers say".into());
    }
    Ok(Delivery {
        event,
        trace: headers.trace.clone(),
        attempts: headers.attempts,
        doubts: headers.doubts,
        first_seen: headers.first_seen,
        repeated: raw.redelivered || headers.attempts > 0 || headers.defers > 0,
    })
}

/// The letter about a message, with whatever its headers tell: nil ids and `unknown` stand for what they do not.
pub(crate) fn letter(raw: &Raw, stage: StageName, attempts: u32, reason: Reason, detail: Option<String>) -> DeadLetter {
    let headers = &raw.headers;
    DeadLetter {
        stage,
        connection: headers.connection.unwrap_or(ConnectionId(Uuid::nil())),
        conversation: headers
            .conversation
            .clone()
            .unwrap_or_else(|| ConversationId::parse("unknown").expect("seven letters make an id")),
        event: headers.event.unwrap_or(EventId(Uuid::nil())),
        reason,
        detail,
        attempts,
        first_seen: headers.first_seen,
        sealed: raw.sealed.clone(),
    }
}
