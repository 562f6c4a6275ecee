//! The texts of a conversation, which a stage reads or hands on as they are.

use bus::{Delivery, Stage, Texts, Verdict};
use domain::{
    ConnectionId, ContactId, Text,
    event::{ConversationMatched, ConversationRedacted, Event as _, MatchedContact, payload},
    ledger::MatchedBy,
    trace::TraceParent,
};

use crate::{
    broker::take,
    world::{KEY_1, SECRET, World, accepted, keys, redacted},
};
use testkit::eventually;

/// Matches without a look at the texts, and leaves one behind, which must not go on.
struct Blind;

impl Stage for Blind {
    type Event = ConversationRedacted;
    type Next = ConversationMatched;
    const TEXTS: Texts = Texts::HandsOn;

    async fn run(&self, _: ConnectionId, batch: &[Delivery<ConversationRedacted>]) -> Vec<Verdict<ConversationMatched>> {
        batch.iter().map(|delivery| Verdict::Next(matched(&delivery.event))).collect()
    }
}

fn matched(event: &ConversationRedacted) -> ConversationMatched {
    let ConversationRedacted { origin, mut conversation, summary_source, rematches } = event.clone();
    assert_eq!(conversation.summary, None, "it was not opened");
    conversation.outcome = Some(Text::from("made up".to_owned()));
    let id = ContactId::from_i64(512).unwrap();
    let contact = MatchedContact { id, owner: None, by: MatchedBy::Phone, others: Vec::new() };
    ConversationMatched { origin, conversation, summary_source, rematches, contact, caller_key: None }
}

#[tokio::test]
async fn texts_that_a_stage_hands_on_are_those_that_came() {
    let world = World::start().await;
    let event = redacted(&accepted(ConnectionId::new()));
    world.bus.publisher().publish(&event, &TraceParent::start()).await.unwrap();
    let running = world.run(Blind);
    let (_connection, channel) = world.channel().await;
    let queue = world.queue("post", event.origin.connection);
    let (_, body) = eventually("what follows", || take(&channel, &queue)).await;
    running.stop().await.unwrap();

    let opened: ConversationMatched =
        payload::open(&keys(KEY_1), event.origin.connection, event.conversation_id(), &body).unwrap();
    assert_eq!(opened.conversation, event.conversation);
    assert_eq!(opened.conversation.summary.unwrap().as_str(), SECRET);
}
