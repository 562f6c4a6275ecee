//! The two parts in which a conversation travels: its facts, which every stage reads, and its texts, which are most of it and
//! which only some stages read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};
use time::OffsetDateTime;

use super::{Channel, Conversation, Customer, Direction, RecordingUrl, Status, Turn};
use crate::{
    contact::{Phone, Text},
    id::{AgentId, ConversationId},
};

/// The texts of a conversation.
#[derive(Deserialize)]
pub(crate) struct Texts {
    outcome: Option<Text>,
    summary: Option<Text>,
    recording_url: Option<RecordingUrl>,
    transcript: Vec<Turn>,
    metadata: BTreeMap<String, Text>,
}

/// The same, to be written.
#[derive(Serialize)]
pub(crate) struct TextsOf<'a> {
    outcome: &'a Option<Text>,
    summary: &'a Option<Text>,
    recording_url: &'a Option<RecordingUrl>,
    transcript: &'a [Turn],
    metadata: &'a BTreeMap<String, Text>,
}

/// What is left without them.
#[derive(Serialize)]
struct FactsOf<'a> {
    id: &'a ConversationId,
    agent: &'a AgentId,
    channel: Channel,
    direction: Direction,
    #[serde(with = "time::serde::rfc3339")]
    started_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    ended_at: OffsetDateTime,
    customer: &'a Customer,
    agent_number: &'a Option<Phone>,
    status: Status,
}

/// Taken apart without `..`: a field that is added to a conversation belongs to one of the two.
fn parts(conversation: &Conversation) -> (FactsOf<'_>, TextsOf<'_>) {
    let Conversation {
        id,
        agent,
        channel,
        direction,
        started_at,
        ended_at,
        customer,
        agent_number,
        status,
        outcome,
        summary,
        recording_url,
        transcript,
        metadata,
    } = conversation;
    let (channel, direction, started_at, ended_at, status) = (*channel, *direction, *started_at, *ended_at, *status);
    (
        FactsOf { id, agent, channel, direction, started_at, ended_at, customer, agent_number, status },
        TextsOf { outcome, summary, recording_url, transcript, metadata },
    )
}

/// For a field that is written without its texts.
pub(crate) fn write_facts<S: Serializer>(conversation: &Conversation, to: S) -> Result<S::Ok, S::Error> {
    parts(conversation).0.serialize(to)
}

impl Conversation {
    pub(crate) fn texts(&self) -> TextsOf<'_> {
        parts(self).1
    }

    pub(crate) fn set_texts(&mut self, texts: Texts) {
        let Texts { outcome, summary, recording_url, transcript, metadata } = texts;
        (self.outcome, self.summary, self.recording_url) = (outcome, summary, recording_url);
        (self.transcript, self.metadata) = (transcript, metadata);
    }
}
