//! What goes over the wire, and what the publisher says when it cannot.

use bus::{Bus, PublishError};
use domain::{
    ConnectionId,
    dead_letter::DeadLetter,
    event::{ConversationAccepted, Event as _, StageName, payload},
    ledger::Reason,
    trace::TraceParent,
};
use lapin::{
    BasicProperties,
    options::ExchangeDeleteOptions,
    options::QueueDeleteOptions,
    types::{AMQPValue, ShortString},
};
use time::OffsetDateTime;

use crate::{
    broker::{ready, take},
    world::{KEY_1, KEY_2, Probe, SECRET, World, accepted, config, done, keys},
};

/// What our own header says.
fn ours(properties: &BasicProperties) -> &str {
    let AMQPValue::LongString(ours) = &properties.headers().as_ref().unwrap().inner()["x-writeback"] else { panic!("no text") };
    std::str::from_utf8(ours.as_bytes()).unwrap()
}

#[tokio::test]
async fn an_event_travels_sealed_with_nothing_but_routing_data_beside_it() {
    let world = World::start().await;
    let (event, trace) = (accepted(ConnectionId::new()), TraceParent::start());
    world.bus.publisher().publish(&event, &trace).await.unwrap();

    let (_connection, channel) = world.channel().await;
    let (properties, body) = take(&channel, &world.queue("redact", event.origin.connection)).await.unwrap();
    let wire = format!("{properties:?}{}", String::from_utf8_lossy(&body));
    for secret in [SECRET, "agent_1", &event.origin.account.to_string()] {
        assert!(!wire.contains(secret), "{secret}");
    }
    let headers = properties.headers().as_ref().unwrap().inner();
    // The broker's own mark of a message that somebody took.
    let mut names: Vec<_> = headers.keys().map(ShortString::as_str).filter(|name| *name != "x-delivery-count").collect();
    names.sort_unstable();
    assert_eq!(names, ["traceparent", "x-writeback"]);
    assert_eq!(*properties.delivery_mode(), Some(2));
    assert_eq!(properties.content_type().as_ref().unwrap().as_str(), "application/vnd.writeback.event.v2+json");
    let ours = ours(&properties);
    let names: Vec<_> = ours.split(' ').filter_map(|field| Some(field.split_once('=')?.0)).collect();
    assert_eq!(names, ["event", "connection", "key", "attempts", "defers", "doubts", "first-seen", "conversation"]);
    assert!(ours.contains("key=k1") && ours.contains(&format!("event={}", event.origin.event)), "{ours}");

    let opened = payload::open(&keys(KEY_1), event.origin.connection, event.conversation_id(), &body);
    assert_eq!(opened, Ok(event));
}

#[tokio::test]
async fn a_stage_is_given_the_event_its_trace_and_its_age() {
    let world = World::start().await;
    let (event, trace) = (accepted(ConnectionId::new()), TraceParent::start());
    let before = OffsetDateTime::now_utc();
    world.bus.publisher().publish(&event, &trace).await.unwrap();
    let stage = done();
    let running = world.run(stage.clone());

    let seen = stage.saw(1).await;
    let delivery = &seen[0].deliveries[0];
    assert_eq!((seen[0].connection, &seen[0].events[..]), (event.origin.connection, &[event.origin.event][..]));
    assert_eq!((&delivery.trace, delivery.attempts, delivery.doubts, delivery.repeated), (&trace, 0, 0, false));
    assert!((delivery.first_seen - before).abs() < time::Duration::seconds(5));
    running.stop().await.unwrap();
    let (_connection, channel) = world.channel().await;
    assert_eq!(ready(&channel, &world.queue("redact", event.origin.connection)).await, 0);
}

#[tokio::test]
async fn many_events_are_published_at_once_and_answered_in_order() {
    let world = World::start().await;
    let connection = ConnectionId::new();
    let (events, trace): (Vec<_>, _) = ((0..1500).map(|_| accepted(connection)).collect(), TraceParent::start());
    let results = world.bus.publisher().publish_all(events.iter().map(|event| (event, &trace))).await;
    assert!(results.len() == 1500 && results.iter().all(Result::is_ok));
    let (_connection, channel) = world.channel().await;
    // What is more than its share goes to the lane beside its own.
    let ordinary = world.queue("redact", connection);
    let (few, many) = (ready(&channel, &ordinary).await, ready(&channel, &format!("{ordinary}.bulk")).await);
    assert!((100..500).contains(&few) && few + many == 1500, "{few} and {many}");
}

#[tokio::test]
async fn a_missing_queue_and_a_missing_exchange_are_told_and_the_publisher_goes_on() {
    let world = World::start().await;
    let (_connection, channel) = world.channel().await;
    let event = accepted(ConnectionId::new());
    let publisher = world.bus.publisher();
    let unroutable = |result: Result<(), PublishError>| matches!(result, Err(PublishError::Unroutable { .. }));

    channel.queue_delete(world.queue("redact", event.origin.connection).into(), QueueDeleteOptions::default()).await.unwrap();
    assert!(unroutable(publisher.publish(&event, &TraceParent::start()).await));
    channel.exchange_delete("writeback".into(), ExchangeDeleteOptions::default()).await.unwrap();
    assert!(unroutable(publisher.publish(&event, &TraceParent::start()).await));

    let again = Bus::connect(config(&world.vhost.url()), keys(KEY_1)).await.unwrap();
    publisher.publish(&event, &TraceParent::start()).await.unwrap();
    again.close().await;
}

#[tokio::test]
async fn what_was_sealed_with_the_old_key_opens_after_a_rotation() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;

    let rotated = Bus::connect(config(&world.vhost.url()), keys(&format!("{KEY_2},{KEY_1}"))).await.unwrap();
    let world =
        World { bus: rotated, vhost: world.vhost.clone(), letters: world.letters.clone(), refusals: world.refusals.clone() };
    let stage = done();
    let running = world.run(stage.clone());
    assert_eq!(stage.saw(1).await[0].events, [event.origin.event]);
    running.stop().await.unwrap();

    world.publish(&accepted(event.origin.connection)).await;
    let (_connection, channel) = world.channel().await;
    let (properties, _) = take(&channel, &world.queue("redact", event.origin.connection)).await.unwrap();
    assert!(ours(&properties).contains(" key=k2 "), "{}", ours(&properties));
}

#[tokio::test]
async fn a_dead_letter_goes_back_to_its_stage_as_a_repetition_with_fresh_attempts() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    let letter = DeadLetter {
        stage: StageName::Redactor,
        connection: event.origin.connection,
        conversation: event.conversation_id().clone(),
        event: event.origin.event,
        reason: Reason::AttemptsExhausted,
        detail: None,
        attempts: 8,
        first_seen: OffsetDateTime::UNIX_EPOCH,
        sealed: payload::seal(&keys(KEY_1), &event).unwrap(),
    };
    world.bus.publisher().republish(&letter).await.unwrap();
    let stage: Probe<ConversationAccepted, _> = done();
    let running = world.run(stage.clone());
    let seen = stage.saw(1).await;
    let delivery = &seen[0].deliveries[0];
    assert_eq!((seen[0].events[0], delivery.attempts, delivery.repeated), (event.origin.event, 0, true));
    assert!(OffsetDateTime::now_utc() - delivery.first_seen < time::Duration::minutes(1));
    running.stop().await.unwrap();
}
