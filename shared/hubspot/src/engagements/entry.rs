//! What HubSpot is told of a conversation.

use domain::{
    ContactId, ConversationId, OwnerId, Text,
    conversation::{Channel, Conversation, Direction},
    engagement::{BODY_LIMIT, compose},
    settings::Mode,
};
use time::OffsetDateTime;

use super::{CallFacts, NewEngagement};

/// What stands on a timeline about one conversation, on whosever it is. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The conversation that it is about.
    pub conversation: ConversationId,
    /// Its place on the timeline: when the conversation began.
    pub at: OffsetDateTime,
    /// HTML.
    pub body: String,
    /// What only a call has.
    pub call: Option<CallFacts>,
    /// Turns at the end of the transcript for which there was no room.
    pub turns_left_out: usize,
}

impl Entry {
    /// The entry of a scrubbed conversation, with as much as `mode` allows.
    pub fn of(conversation: &Conversation, mode: Mode) -> Self {
        let text = compose(conversation, mode, BODY_LIMIT);
        let (customer, agent) = (conversation.customer.phone.clone(), conversation.agent_number.clone());
        let (from, to) = match conversation.direction {
            Direction::Inbound => (customer, agent),
            Direction::Outbound => (agent, customer),
        };
        let call = match conversation.channel {
            Channel::Voice => Some(CallFacts {
                title: Text::from(text.title),
                direction: conversation.direction,
                status: conversation.status,
                duration_ms: conversation.duration_ms(),
                from,
                to,
                recording: conversation.recording_url.clone(),
            }),
            Channel::Chat => None,
        };
        Self {
            conversation: conversation.id.clone(),
            at: conversation.started_at,
            body: text.body,
            call,
            turns_left_out: text.turns_left_out,
        }
    }

    /// The same on that contact's timeline, in its owner's name.
    pub fn on(self, contact: ContactId, owner: Option<OwnerId>) -> NewEngagement {
        let Self { conversation, at, body, call, turns_left_out: _ } = self;
        NewEngagement { conversation, contact, at, owner, body, call }
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({}, {} bytes)", self.conversation, self.body.len())
    }
}
