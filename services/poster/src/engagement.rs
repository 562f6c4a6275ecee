//! What HubSpot is told of a conversation.

use domain::{
    Text,
    conversation::{Channel, Direction},
    engagement::{BODY_LIMIT, compose},
    event::ConversationMatched,
    settings::Mode,
};
use hubspot::{CallFacts, NewEngagement};

/// The engagement of a conversation, with as much as `mode` allows.
pub(crate) fn new_engagement(event: &ConversationMatched, mode: Mode) -> NewEngagement {
    let conversation = &event.conversation;
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
    NewEngagement {
        conversation: conversation.id.clone(),
        contact: event.contact.id,
        at: conversation.started_at,
        owner: event.contact.owner,
        body: text.body,
        call,
    }
}
