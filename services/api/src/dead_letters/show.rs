//! What a person may see of a dead letter: scrubbed, since the first stage's payload is not, and without contact data.

use std::collections::BTreeMap;

use domain::{
    AgentId, ConnectionId, ContactId, ConversationId, DeadLetterId,
    conversation::{Channel, Conversation, Customer, Direction, RecordingUrl, Speaker, Status, Turn},
    dead_letter::DeadLetter,
    event::{
        ConversationAccepted, ConversationMatched, ConversationRedacted, StageName,
        payload::{self, Unreadable},
    },
    seal::KeyRing,
    settings::RedactionExtras,
};
use redaction::Redactor;
use serde::Serialize;
use store::{
    Db,
    dead_letters::{self, Letter},
    settings,
};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::words;

/// A letter, and what its account adds to the redactor.
#[derive(Debug)]
pub struct Found {
    /// The letter, its payload sealed.
    pub letter: Letter,
    extras: Option<RedactionExtras>,
}

/// Why the conversation of a letter is not shown.
#[derive(Debug, thiserror::Error)]
pub enum Hidden {
    /// It does not open.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// What the account adds to the redactor cannot be used, and nothing is shown that was not scrubbed by it.
    #[error("what the account adds to the redactor cannot be used: set it anew")]
    RedactionUnusable,
}

/// Finds a letter of a connection.
pub async fn find(db: &Db, connection: ConnectionId, id: DeadLetterId) -> Result<Option<Found>, store::Error> {
    let Some(letter) = dead_letters::get(db, connection, id).await? else { return Ok(None) };
    let extras = match settings::redaction(db, connection).await {
        Ok((_, extras)) => Some(extras),
        Err(store::Error::Corrupt { .. }) => None,
        Err(error) => return Err(error),
    };
    Ok(Some(Found { letter, extras }))
}

impl Found {
    /// Opens and scrubs. Takes as long as a processor takes for it.
    pub fn shown(&self, keys: &KeyRing, redactor: &Redactor) -> Result<ShownConversation, Hidden> {
        let extras = self.extras.as_ref().and_then(|extras| scrub::compile(extras).ok()).ok_or(Hidden::RedactionUnusable)?;
        let (conversation, _) = scrub::scrub(redactor, &extras, open(keys, &self.letter.letter)?);
        Ok(conversation.into())
    }
}

fn open(keys: &KeyRing, letter: &DeadLetter) -> Result<Conversation, Unreadable> {
    let DeadLetter { connection, conversation, sealed, .. } = letter;
    Ok(match letter.stage {
        StageName::Redactor => payload::open::<ConversationAccepted>(keys, *connection, conversation, sealed)?.conversation,
        StageName::Matcher => payload::open::<ConversationRedacted>(keys, *connection, conversation, sealed)?.conversation,
        StageName::Poster => payload::open::<ConversationMatched>(keys, *connection, conversation, sealed)?.conversation,
    })
}

/// What is known of the other party, without it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HiddenCustomer)]
pub(crate) struct ShownCustomer {
    /// `(hidden)` where there is one.
    #[schema(value_type = Option<String>, required, example = "(hidden)")]
    pub(crate) phone: Option<&'static str>,
    /// `(hidden)` where there is one.
    #[schema(value_type = Option<String>, required, example = "(hidden)")]
    pub(crate) email: Option<&'static str>,
    /// `(hidden)` where there is one.
    #[schema(value_type = Option<String>, required, example = "(hidden)")]
    pub(crate) name: Option<&'static str>,
    /// The HubSpot contact that the event named.
    #[schema(value_type = Option<String>, required, example = "512")]
    pub(crate) contact_id: Option<ContactId>,
}

/// One turn, scrubbed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScrubbedTurn)]
pub(crate) struct ShownTurn {
    #[schema(value_type = words::Speaker)]
    pub(crate) speaker: Speaker,
    pub(crate) text: String,
    /// When, in milliseconds from the beginning.
    #[schema(required)]
    pub(crate) at_ms: Option<u64>,
}

/// A conversation, scrubbed and without contact data.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ScrubbedConversation)]
pub struct ShownConversation {
    /// Your own id.
    #[schema(value_type = String, example = "conv_81f2")]
    pub(crate) conversation_id: ConversationId,
    #[schema(value_type = String, example = "agent_7")]
    pub(crate) agent_id: AgentId,
    #[schema(value_type = words::Channel)]
    pub(crate) channel: Channel,
    #[schema(value_type = words::Direction)]
    pub(crate) direction: Direction,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) started_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) ended_at: OffsetDateTime,
    pub(crate) customer: ShownCustomer,
    /// `(hidden)` where there is one.
    #[schema(value_type = Option<String>, required, example = "(hidden)")]
    pub(crate) agent_number: Option<&'static str>,
    #[schema(value_type = words::Status)]
    pub(crate) status: Status,
    #[schema(required)]
    pub(crate) outcome: Option<String>,
    #[schema(required)]
    pub(crate) summary: Option<String>,
    /// Where the recording can be heard.
    #[schema(value_type = Option<String>, required)]
    pub(crate) recording_url: Option<RecordingUrl>,
    /// What was said; empty where the mode no longer asked for it.
    pub(crate) transcript: Vec<ShownTurn>,
    pub(crate) metadata: BTreeMap<String, String>,
}

impl std::fmt::Debug for ShownConversation {
    // Scrubbed, and still what somebody said.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ShownConversation({})", self.conversation_id)
    }
}

impl From<Conversation> for ShownConversation {
    /// Taken apart whole: a field that is added to a conversation does not compile here until somebody has decided whether it is
    /// contact data.
    fn from(conversation: Conversation) -> Self {
        let Conversation {
            id,
            agent,
            channel,
            direction,
            started_at,
            ended_at,
            customer: Customer { phone, email, name, contact_id },
            agent_number,
            status,
            outcome,
            summary,
            recording_url,
            transcript,
            metadata,
        } = conversation;
        let hidden = |there: bool| there.then_some("(hidden)");
        let text = |text: domain::Text| text.as_str().to_owned();
        let turn = |Turn { speaker, text, at_ms }: Turn| ShownTurn { speaker, text: text.as_str().to_owned(), at_ms };
        Self {
            conversation_id: id,
            agent_id: agent,
            channel,
            direction,
            started_at,
            ended_at,
            customer: ShownCustomer {
                phone: hidden(phone.is_some()),
                email: hidden(email.is_some()),
                name: hidden(name.is_some()),
                contact_id,
            },
            agent_number: hidden(agent_number.is_some()),
            status,
            outcome: outcome.map(text),
            summary: summary.map(text),
            recording_url,
            transcript: transcript.into_iter().map(turn).collect(),
            metadata: metadata.into_iter().map(|(name, value)| (name, value.as_str().to_owned())).collect(),
        }
    }
}
