//! One finished conversation.

mod read;
mod texts;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    contact::{Email, Phone, Region, Text},
    fault::Fault,
    id::{AgentId, ContactId, ConversationId},
    ledger::named,
};

pub(crate) use texts::{Texts, write_facts};

named! {
    /// What kind of conversation it was.
    Channel {
        /// A telephone call: becomes a Call.
        Voice = "voice",
        /// A chat: becomes a Note.
        Chat = "chat",
    }
}

named! {
    /// What a conversation becomes in HubSpot.
    EngagementKind {
        /// A Call, for voice.
        Call = "call",
        /// A Note, for chat.
        Note = "note",
    }
}

impl From<Channel> for EngagementKind {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Voice => Self::Call,
            Channel::Chat => Self::Note,
        }
    }
}

named! {
    /// Who began, seen from the account: `inbound` was begun by the customer.
    Direction {
        /// The customer called or wrote.
        Inbound = "inbound",
        /// The agent called or wrote.
        Outbound = "outbound",
    }
}

named! {
    /// How the conversation went technically.
    Status {
        /// Both parties talked.
        Completed = "completed",
        /// Nobody took the call.
        NoAnswer = "no_answer",
        /// The line was busy.
        Busy = "busy",
        /// The caller gave up before anybody answered.
        Missed = "missed",
        /// It was called off.
        Canceled = "canceled",
        /// It broke.
        Failed = "failed",
    }
}

named! {
    /// Who said a turn.
    Speaker {
        /// The account's voice or chat agent.
        Agent = "agent",
        /// The other party.
        Customer = "customer",
    }
}

/// One turn of the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said.
    pub text: Text,
    /// When, in milliseconds from the beginning.
    pub at_ms: Option<u64>,
}

/// Who the other party is, as far as the platform knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Customer {
    /// Its number; `None` also when the network withheld it.
    pub phone: Option<Phone>,
    /// Its e-mail address.
    pub email: Option<Email>,
    /// Its name, as the platform heard it.
    pub name: Option<Text>,
    /// The HubSpot contact that a skill found in this very conversation.
    pub contact_id: Option<ContactId>,
}

/// Where a recording can be heard. Invariant: an absolute `https` URL without white space, at most 2,000 characters (HubSpot
/// plays only https, calls guide).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordingUrl(String);

/// The text is no such URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an https URL")]
pub struct InvalidRecordingUrl;

impl RecordingUrl {
    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RecordingUrl {
    type Error = InvalidRecordingUrl;

    fn try_from(url: String) -> Result<Self, InvalidRecordingUrl> {
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        let clean = !url.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>\\".contains(c));
        if clean && !host.is_empty() && url.len() <= 2000 { Ok(Self(url)) } else { Err(InvalidRecordingUrl) }
    }
}

impl From<RecordingUrl> for String {
    fn from(url: RecordingUrl) -> String {
        url.0
    }
}

impl fmt::Debug for RecordingUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordingUrl(..)")
    }
}

/// One finished conversation, as the platform reports it (API.md, `conversation-finished`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The platform's own id.
    pub id: ConversationId,
    /// The agent that led it.
    pub agent: AgentId,
    /// Voice or chat.
    pub channel: Channel,
    /// Who began.
    pub direction: Direction,
    /// When it began.
    #[serde(with = "time::serde::rfc3339")]
    pub started_at: OffsetDateTime,
    /// When it ended; never before it began.
    #[serde(with = "time::serde::rfc3339")]
    pub ended_at: OffsetDateTime,
    /// The other party.
    pub customer: Customer,
    /// The account's own number on this call.
    pub agent_number: Option<Phone>,
    /// How it went technically.
    pub status: Status,
    /// How it went for the business, in the platform's words.
    #[serde(default)]
    pub outcome: Option<Text>,
    /// A summary, if the platform made one.
    #[serde(default)]
    pub summary: Option<Text>,
    /// A recording.
    #[serde(default)]
    pub recording_url: Option<RecordingUrl>,
    /// What was said, in order.
    #[serde(default)]
    pub transcript: Vec<Turn>,
    /// Whatever else the platform sent, flattened to dotted names (`queue`, `crm.region`, `tags[0]`).
    #[serde(default)]
    pub metadata: BTreeMap<String, Text>,
}

/// The most that one conversation may hold.
pub mod limit {
    /// Turns of a transcript.
    pub const TURNS: usize = 5_000;
    /// Characters of one turn.
    pub const TURN_CHARS: usize = 20_000;
    /// Characters of a summary.
    pub const SUMMARY_CHARS: usize = 10_000;
    /// Characters of a name, an outcome or a metadata value.
    pub const SHORT_CHARS: usize = 1_000;
    /// Values under `metadata`, after flattening.
    pub const METADATA: usize = 100;
    /// Levels of nesting under `metadata`.
    pub const METADATA_DEPTH: usize = 5;
    /// Faults that are reported before reading stops.
    pub const FAULTS: usize = 50;
}

impl Conversation {
    /// Reads the body of `POST /events/conversation-finished`. Numbers without country code are taken as of `region`. Every
    /// faulty field is named, up to [`limit::FAULTS`].
    pub fn read(body: &serde_json::Value, region: Region) -> Result<Self, Vec<Fault>> {
        read::conversation(body, region)
    }

    /// How long it lasted, in milliseconds.
    pub fn duration_ms(&self) -> u64 {
        u64::try_from((self.ended_at - self.started_at).whole_milliseconds()).unwrap_or(0)
    }
}
