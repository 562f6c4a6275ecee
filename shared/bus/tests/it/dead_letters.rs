//! What is given up goes to the sink, and only then from its queue.

use std::sync::atomic::Ordering;

use bus::Verdict;
use domain::{
    ConnectionId,
    conversation::Conversation,
    event::{ConversationAccepted, Event, Nothing, Origin, StageName, TextsAre, payload},
    ledger::Reason,
};
use lapin::{
    BasicProperties, Channel,
    options::{BasicGetOptions, BasicNackOptions, BasicPublishOptions, ConfirmSelectOptions},
    types::{AMQPValue, FieldTable},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::{
    broker::ready,
    world::{KEY_1, KEY_2, Probe, World, accepted, done, keys},
};
use testkit::eventually;

fn refusing() -> Probe<ConversationAccepted, Nothing> {
    Probe::each(|_| Verdict::DeadLetter { reason: Reason::Refused, detail: Some("HubSpot requires firstname".into()) })
}

#[tokio::test]
async fn a_refused_delivery_is_buried_with_all_that_a_replay_needs() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let running = world.run(refusing());
    let letter = world.buried(1).await.remove(0);
    assert_eq!(
        (letter.stage, letter.connection, letter.event),
        (StageName::Redactor, event.origin.connection, event.origin.event)
    );
    assert_eq!((letter.reason, letter.detail.as_deref()), (Reason::Refused, Some("HubSpot requires firstname")));
    assert_eq!(payload::open(&keys(KEY_1), letter.connection, &letter.conversation, &letter.sealed), Ok(event.clone()));
    running.stop().await.unwrap();
    let (_connection, channel) = world.channel().await;
    assert_eq!(ready(&channel, &world.queue("redact", event.origin.connection)).await, 0);
}

#[tokio::test]
async fn a_sink_that_fails_loses_nothing() {
    let world = World::with(|config| config.max_attempts = 1).await;
    world.refusals.store(2, Ordering::SeqCst);
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let stage = Probe::<ConversationAccepted, Nothing>::each(|delivery| delivery.set_back(domain::setback::Setback::Failure));
    let running = world.run(stage.clone());
    let letter = world.buried(1).await.remove(0);
    assert_eq!((letter.reason, letter.event), (Reason::AttemptsExhausted, event.origin.event));
    assert_eq!(stage.seen.lock().unwrap().len(), 1, "it has had its attempts; only the burial is tried again");
    running.stop().await.unwrap();
}

/// Sealed as an event of one conversation, with something else inside.
#[derive(Serialize, Deserialize)]
struct Disguised {
    #[serde(flatten)]
    inside: Value,
    #[serde(skip)]
    of: Option<ConversationAccepted>,
}

impl Event for Disguised {
    const CONSUMER: StageName = StageName::Redactor;
    const TEXTS: TextsAre = TextsAre::Reported;

    fn origin(&self) -> &Origin {
        &self.of.as_ref().unwrap().origin
    }

    fn conversation(&self) -> &Conversation {
        &self.of.as_ref().unwrap().conversation
    }

    fn conversation_mut(&mut self) -> &mut Conversation {
        &mut self.of.as_mut().unwrap().conversation
    }
}

#[tokio::test]
async fn what_cannot_be_opened_or_read_is_buried_as_unreadable() {
    let world = World::start().await;
    let (_connection, channel) = world.channel().await;
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    let event = accepted(ConnectionId::new());
    let disguised = |inside: Value| payload::seal(&keys(KEY_1), &Disguised { inside, of: Some(event.clone()) }).unwrap();
    let bodies = [
        b"{\"in\": \"clear\"}".to_vec(),
        payload::seal(&keys(KEY_2), &event).unwrap(),
        disguised(json!({"secret": "4111"})),
        // Sealed for this conversation, and yet another one's.
        disguised(serde_json::to_value(accepted(ConnectionId::new())).unwrap()),
    ];
    let mut headers = FieldTable::default();
    let (origin, conversation) = (&event.origin, event.conversation_id());
    let ours = format!("event={} connection={} attempts=3 conversation={conversation}", origin.event, origin.connection);
    headers.insert("x-writeback".into(), AMQPValue::LongString(ours.into()));
    for body in &bodies {
        publish(&channel, "redact.0", body, headers.clone()).await;
    }
    publish(&channel, "redact.1", b"anything", FieldTable::default()).await;

    let stage = done();
    let running = world.run(stage.clone());
    let letters = world.buried(5).await;
    running.stop().await.unwrap();
    assert!(stage.seen.lock().unwrap().is_empty());
    assert!(letters.iter().all(|letter| letter.reason == Reason::Unreadable && letter.detail.is_some()));
    let known: Vec<_> = letters.iter().filter(|letter| letter.event == event.origin.event).collect();
    assert_eq!(known.len(), 4);
    assert!(known.iter().all(|letter| letter.connection == event.origin.connection && letter.attempts == 3));
    assert!(letters.iter().all(|letter| !letter.detail.as_ref().unwrap().contains("4111")));
    let unknown = letters.iter().find(|letter| letter.event != event.origin.event).unwrap();
    assert!(unknown.connection.0.is_nil() && unknown.conversation.as_str() == "unknown" && unknown.sealed == b"anything");
}

#[tokio::test]
async fn what_the_broker_gives_up_is_buried_under_its_stage() {
    let world = World::with(|config| config.delivery_limit = 2).await;
    world.refusals.store(1, Ordering::SeqCst);
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let (_connection, channel) = world.channel().await;
    let queue = world.queue("redact", event.origin.connection);
    // A worker that dies again and again with it.
    for _ in 0..3 {
        let got = eventually("a delivery", || async {
            channel.basic_get(queue.as_str().into(), BasicGetOptions::default()).await.unwrap()
        });
        got.await.nack(BasicNackOptions { requeue: true, ..BasicNackOptions::default() }).await.unwrap();
    }
    eventually("the poison queue has it", || async { (ready(&channel, bus::names::POISON).await == 1).then_some(()) }).await;

    let (bus, sink, stop) = (world.bus.clone(), world.sink(), CancellationToken::new());
    let token = stop.clone();
    let running = tokio::spawn(async move { bus.run_poison(sink, token).await });
    let letter = world.buried(1).await.remove(0);
    assert_eq!((letter.stage, letter.reason, letter.detail), (StageName::Redactor, Reason::BrokerGaveUp, None));
    assert_eq!((letter.connection, letter.event), (event.origin.connection, event.origin.event));
    assert_eq!(payload::open(&keys(KEY_1), letter.connection, &letter.conversation, &letter.sealed), Ok(event));
    stop.cancel();
    running.await.unwrap().unwrap();
    assert_eq!(ready(&channel, bus::names::POISON).await, 0);
}

async fn publish(channel: &Channel, key: &str, body: &[u8], headers: FieldTable) {
    let properties = BasicProperties::default().with_headers(headers);
    let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let confirm = channel.basic_publish("writeback".into(), key.into(), options, body, properties).await.unwrap();
    assert_eq!(confirm.await.unwrap(), lapin::Confirmation::Ack(None));
}
