//! From a sealed message to a delivery.

use domain::{
    ConnectionId, ConversationId, EventId,
    dead_letter::DeadLetter,
    event::{StageName, payload},
    ledger::Reason,
    seal::KeyRing,
};
use uuid::Uuid;

use super::Raw;
use crate::stage::{Delivery, Stage, Texts};

/// Opens and reads the payload as far as the stage wants; else says, without repeating any of it, why that is impossible.
pub(crate) fn open<S: Stage>(raw: &Raw, keys: &KeyRing) -> Result<Delivery<S::Event>, String> {
    let headers = &raw.headers;
    let connection = headers.connection.ok_or("its headers name no connection")?;
    let conversation = headers.conversation.as_ref().ok_or("its headers name no conversation")?;
    let event = match S::TEXTS {
        Texts::Rewrites | Texts::Reads => payload::open(keys, connection, conversation, &raw.sealed),
        Texts::HandsOn => payload::open_head(keys, connection, conversation, &raw.sealed),
    };
    let event = event.map_err(|error| error.to_string())?;
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
