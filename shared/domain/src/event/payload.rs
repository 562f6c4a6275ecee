//! An event as it rests with the broker and among the dead letters: two sealed pieces, the head (everything but the texts) and the
//! texts, of which only stages that read them open the second. One that has changed neither hands on the sealed texts as they are.
//!
//! The form is the fleet's own and has a number. A payload of another number is not read, and so becomes a dead letter, which the
//! release that knows it can replay.
//!
//! ```text
//! 2 | length of the head, 4 bytes, big-endian | sealed head | sealed texts
//! ```
//!
//! The head opens only beside the very texts that it was sealed with, and the texts only as what they are: nothing that was not
//! scrubbed opens where scrubbed texts are asked for.

use serde_json::{Error as JsonError, error::Category};

use super::{ConversationAccepted, ConversationMatched, ConversationRedacted, Event, StageName, TextsAre};
use crate::{
    conversation::Texts,
    id::{ConnectionId, ConversationId},
    seal::{self, Context, KeyRing, OpenError},
};

const VERSION: u8 = 2;
const LENGTH: usize = 4;

/// Why a payload cannot be read. Repeats nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It begins with no number, or with another.
    #[error("not a payload of the form that this release reads")]
    Version,
    /// A piece does not open.
    #[error(transparent)]
    Seal(#[from] OpenError),
    /// A piece opens and is something else. serde's own message may quote it, so only the class is kept.
    #[error("not an event that the {} reads: {class:?} error", .consumer.as_str())]
    Json {
        /// Who wanted to read it.
        consumer: StageName,
        /// What was wrong.
        class: Category,
    },
    /// Nothing crosses from one account to another, not even through a mistake of the publisher's.
    #[error("it is of another conversation than its headers say")]
    NotIts,
}

/// Seals an event with its texts.
pub fn seal<E: Event>(keys: &KeyRing, event: &E) -> Result<Vec<u8>, JsonError> {
    let texts = serde_json::to_vec(&event.conversation().texts())?;
    let texts = keys.seal(&texts_context::<E>(event.origin().connection, event.conversation_id()), &texts);
    join(keys, event, &texts)
}

/// Seals an event that goes on with the texts of the payload that it follows from, unopened.
pub fn seal_with_texts_of<E: Event>(keys: &KeyRing, event: &E, payload: &[u8]) -> Result<Vec<u8>, JsonError> {
    let texts = split(payload).map_or(&[][..], |(_, texts)| texts);
    join(keys, event, texts)
}

fn join<E: Event>(keys: &KeyRing, event: &E, texts: &[u8]) -> Result<Vec<u8>, JsonError> {
    let head = serde_json::to_vec(event)?;
    let head = keys.seal(&head_context::<E>(event.origin().connection, event.conversation_id(), texts), &head);
    Ok(laid_out(&head, texts))
}

fn laid_out(head: &[u8], texts: &[u8]) -> Vec<u8> {
    let length = u32::try_from(head.len()).expect("a head has a few hundred bytes");
    let mut payload = Vec::with_capacity(1 + LENGTH + head.len() + texts.len());
    payload.push(VERSION);
    payload.extend(length.to_be_bytes());
    payload.extend(head);
    payload.extend(texts);
    payload
}

/// Opens an event of that conversation with its texts.
pub fn open<E: Event>(
    keys: &KeyRing,
    connection: ConnectionId,
    conversation: &ConversationId,
    payload: &[u8],
) -> Result<E, Unreadable> {
    let mut event: E = open_head(keys, connection, conversation, payload)?;
    let (_, texts) = split(payload).ok_or(Unreadable::Version)?;
    let texts = keys.open(&texts_context::<E>(connection, conversation), texts)?;
    let texts: Texts = serde_json::from_slice(&texts).map_err(|error| unreadable::<E>(&error))?;
    event.conversation_mut().set_texts(texts);
    Ok(event)
}

/// Opens all but its texts, which are empty in the event that this gives.
pub fn open_head<E: Event>(
    keys: &KeyRing,
    connection: ConnectionId,
    conversation: &ConversationId,
    payload: &[u8],
) -> Result<E, Unreadable> {
    let (head, texts) = split(payload).ok_or(Unreadable::Version)?;
    let head = keys.open(&head_context::<E>(connection, conversation, texts), head)?;
    let event: E = serde_json::from_slice(&head).map_err(|error| unreadable::<E>(&error))?;
    let is_its = event.origin().connection == connection && event.conversation_id() == conversation;
    if is_its { Ok(event) } else { Err(Unreadable::NotIts) }
}

/// The id of the key that sealed the head. The texts may be sealed with an older one.
pub fn key_id(payload: &[u8]) -> Option<&str> {
    seal::key_id(split(payload)?.0)
}

/// The ids of the keys that sealed its pieces: the head's, and the texts'.
pub fn key_ids(payload: &[u8]) -> Option<[&str; 2]> {
    let (head, texts) = split(payload)?;
    Some([seal::key_id(head)?, seal::key_id(texts)?])
}

/// The same payload with both pieces sealed by the key that seals now. What is in them is not read.
pub fn reseal(
    keys: &KeyRing,
    consumer: StageName,
    connection: ConnectionId,
    conversation: &ConversationId,
    payload: &[u8],
) -> Result<Vec<u8>, Unreadable> {
    let (head, texts) = split(payload).ok_or(Unreadable::Version)?;
    // The head opens beside these very texts, and is sealed beside the new ones.
    let head = keys.open(&head_context_of(consumer, connection, conversation, texts), head)?;
    let texts = keys.reseal(&texts_context_of(texts_of(consumer), connection, conversation), texts)?;
    let head = keys.seal(&head_context_of(consumer, connection, conversation, &texts), &head);
    Ok(laid_out(&head, &texts))
}

/// What the texts of a stage's events are.
fn texts_of(consumer: StageName) -> TextsAre {
    match consumer {
        StageName::Redactor => ConversationAccepted::TEXTS,
        StageName::Matcher => ConversationRedacted::TEXTS,
        StageName::Poster => ConversationMatched::TEXTS,
    }
}

/// Head and texts.
fn split(payload: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = payload.strip_prefix(&[VERSION])?.split_first_chunk::<LENGTH>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// The head opens only for the stage, connection and conversation that its routing data names, and beside these texts.
fn head_context<E: Event>(connection: ConnectionId, conversation: &ConversationId, texts: &[u8]) -> Context {
    head_context_of(E::CONSUMER, connection, conversation, texts)
}

fn head_context_of(consumer: StageName, connection: ConnectionId, conversation: &ConversationId, texts: &[u8]) -> Context {
    Context::new("event", &[consumer.as_str(), &connection.to_string(), conversation.as_str()]).beside(texts)
}

fn texts_context<E: Event>(connection: ConnectionId, conversation: &ConversationId) -> Context {
    texts_context_of(E::TEXTS, connection, conversation)
}

fn texts_context_of(texts: TextsAre, connection: ConnectionId, conversation: &ConversationId) -> Context {
    Context::new("texts", &[texts.as_str(), &connection.to_string(), conversation.as_str()])
}

fn unreadable<E: Event>(error: &JsonError) -> Unreadable {
    Unreadable::Json { consumer: E::CONSUMER, class: error.classify() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        Region,
        conversation::Conversation,
        event::{ConversationAccepted, ConversationRedacted, Origin},
        id::{AccountId, EventId},
        settings::{Mode, OnNoMatch},
    };
    use time::OffsetDateTime;

    const SECRET: &str = "my heating broke";

    fn ring(keys: &str) -> KeyRing {
        let key = |name: &str| format!("{name}:{}=", name.repeat(43));
        keys.split(' ').map(key).collect::<Vec<_>>().join(",").parse().unwrap()
    }

    fn accepted(id: &str) -> ConversationAccepted {
        let body = json!({
            "conversationId": id, "agentId": "agent_1", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z", "agentNumber": "+14155559876",
            "customer": {"phone": "+14155550123", "name": "Dana Reyes"}, "outcome": "resolved", "summary": SECRET,
            "recordingUrl": "https://example.com/a.mp3", "metadata": {"queue": "billing"},
            "transcript": [{"speaker": "customer", "text": SECRET, "atMs": 5}]
        });
        let origin = Origin {
            event: EventId::new(),
            account: AccountId::new(),
            connection: ConnectionId::new(),
            region: Region::US,
            accepted_at: OffsetDateTime::UNIX_EPOCH,
            mode: Mode::Summary,
            on_no_match: OnNoMatch::Skip,
        };
        ConversationAccepted { origin, conversation: Conversation::read(&body, Region::US).unwrap() }
    }

    fn redacted(accepted: &ConversationAccepted) -> ConversationRedacted {
        let ConversationAccepted { origin, conversation } = accepted.clone();
        ConversationRedacted { origin, conversation, summary_source: None, rematches: 0 }
    }

    fn opened<E: Event>(keys: &KeyRing, of: &E, payload: &[u8]) -> Result<E, Unreadable> {
        open(keys, of.origin().connection, of.conversation_id(), payload)
    }

    #[test]
    fn an_event_comes_back_whole_or_without_its_texts() {
        let (keys, event) = (ring("E"), accepted("conv_1"));
        let payload = seal(&keys, &event).unwrap();
        assert!(!String::from_utf8_lossy(&payload).contains(SECRET));
        assert_eq!(key_id(&payload), Some("E"));
        assert_eq!(opened(&keys, &event, &payload), Ok(event.clone()));

        let head: ConversationAccepted = open_head(&keys, event.origin.connection, &event.conversation.id, &payload).unwrap();
        let Conversation { outcome, summary, recording_url, transcript, metadata, .. } = &head.conversation;
        assert_eq!((outcome, summary, recording_url), (&None, &None, &None));
        assert!(transcript.is_empty() && metadata.is_empty());
        assert_eq!((head.origin, head.conversation.customer), (event.origin, event.conversation.customer));
    }

    #[test]
    fn texts_go_on_as_they_were_sealed() {
        let (old, keys, event) = (ring("E"), ring("I E"), redacted(&accepted("conv_1")));
        let first = seal(&old, &event).unwrap();
        let mut head: ConversationRedacted = open_head(&keys, event.origin.connection, &event.conversation.id, &first).unwrap();
        head.rematches = 1;
        let second = seal_with_texts_of(&keys, &head, &first).unwrap();
        assert_eq!((key_id(&second), split(&second).unwrap().1), (Some("I"), split(&first).unwrap().1));
        assert_eq!(opened(&keys, &event, &second), Ok(ConversationRedacted { rematches: 1, ..event }));
    }

    #[test]
    fn both_pieces_are_sealed_anew_wherever_the_event_is_on_its_way() {
        let (old, both, new) = (ring("E"), ring("I E"), ring("I"));
        let accepted = accepted("conv_1");
        let redacted = redacted(&accepted);
        // Texts of the old key beside a head of the new one, as a stage that hands them on makes it.
        let mixed = seal_with_texts_of(&both, &redacted, &seal(&old, &redacted).unwrap()).unwrap();
        assert_eq!(key_ids(&mixed), Some(["I", "E"]));
        let anew = |consumer, payload: &[u8]| {
            let (connection, conversation) = (accepted.origin.connection, &accepted.conversation.id);
            reseal(&both, consumer, connection, conversation, payload)
        };
        let payload = anew(StageName::Matcher, &mixed).unwrap();
        assert_eq!((key_ids(&payload), opened(&new, &redacted, &payload)), (Some(["I", "I"]), Ok(redacted)));
        let reported = seal(&old, &accepted).unwrap();
        let payload = anew(StageName::Redactor, &reported).unwrap();
        assert_eq!(opened(&new, &accepted, &payload), Ok(accepted.clone()));
        assert_eq!(anew(StageName::Poster, &reported), Err(Unreadable::Seal(OpenError::Forged)));
        assert_eq!(anew(StageName::Redactor, b"x"), Err(Unreadable::Version));
    }

    #[test]
    fn a_head_opens_only_beside_its_own_texts() {
        let (keys, event) = (ring("E"), accepted("conv_1"));
        // The same conversation, sealed twice.
        let (one, other) = (seal(&keys, &event).unwrap(), seal(&keys, &event).unwrap());
        let (head, texts) = (split(&one).unwrap().0, split(&other).unwrap().1);
        let mixed = [&one[..=LENGTH], head, texts].concat();
        assert_eq!(opened(&keys, &event, &mixed), Err(Unreadable::Seal(OpenError::Forged)));
        let without = &one[..=LENGTH + head.len()];
        assert_eq!(opened(&keys, &event, without), Err(Unreadable::Seal(OpenError::Forged)));
        let mut altered = one.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(opened(&keys, &event, &altered), Err(Unreadable::Seal(OpenError::Forged)));
        altered = one.clone();
        altered[1 + LENGTH + head.len() + 40] ^= 1;
        assert_eq!(opened(&keys, &event, &altered), Err(Unreadable::Seal(OpenError::Forged)));
    }

    #[test]
    fn what_was_not_scrubbed_never_opens_as_scrubbed() {
        let (keys, accepted) = (ring("E"), accepted("conv_1"));
        let payload = seal(&keys, &accepted).unwrap();
        let event = redacted(&accepted);
        let disguised = seal_with_texts_of(&keys, &event, &payload).unwrap();
        assert_eq!(opened(&keys, &event, &disguised), Err(Unreadable::Seal(OpenError::Forged)));
    }

    #[test]
    fn another_conversations_payload_does_not_open() {
        let (keys, event, other) = (ring("E"), accepted("conv_1"), accepted("conv_2"));
        let payload = seal(&keys, &event).unwrap();
        assert_eq!(opened(&keys, &other, &payload), Err(Unreadable::Seal(OpenError::Forged)));
        assert_eq!(opened(&ring("I"), &event, &payload), Err(Unreadable::Seal(OpenError::UnknownKey("E".into()))));
    }

    proptest::proptest! {
        #[test]
        fn opening_anything_never_panics(bytes: Vec<u8>, with_version: bool) {
            let bytes = if with_version { [&[VERSION][..], &bytes].concat() } else { bytes };
            let event = accepted("conv_1");
            proptest::prop_assert!(opened(&ring("E"), &event, &bytes).is_err());
        }
    }
}
