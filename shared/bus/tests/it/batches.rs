//! How deliveries come together, and what happens between one stage and the next.

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bus::{Delivery, Verdict};
use domain::{
    ConnectionId,
    event::{ConversationAccepted, ConversationRedacted, Nothing},
    trace::TraceParent,
};
use futures_util::FutureExt as _;
use lapin::{options::QueueBindOptions, types::FieldTable};
use tokio::time::sleep;

use crate::{
    broker::ready,
    world::{Probe, World, accepted, done, redacted},
};
use testkit::eventually;

#[tokio::test]
async fn batches_are_of_one_connection_and_only_full_ones_run_beside_another() {
    let world = World::with(|config| (config.batch_max, config.batches_of_one) = (10, 2)).await;
    let connections: Vec<_> = (0..5).map(|_| ConnectionId::new()).collect();
    let events: Vec<_> = (0..300).map(|i| accepted(connections[i % 5])).collect();
    let trace = TraceParent::start();
    world.bus.publisher().publish_all(events.iter().map(|event| (event, &trace))).await.into_iter().for_each(Result::unwrap);

    let running_of =
        Arc::new(connections.iter().map(|id| (*id, AtomicUsize::new(0))).collect::<std::collections::HashMap<_, _>>());
    let (at_once, most_at_once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let most = Arc::clone(&most_at_once);
    let stage: Probe<ConversationAccepted, Nothing> = Probe::acting(move |batch: Vec<Delivery<ConversationAccepted>>| {
        let (running_of, at_once, most) = (Arc::clone(&running_of), Arc::clone(&at_once), Arc::clone(&most));
        async move {
            let connection = batch[0].event.origin.connection;
            assert!(batch.iter().all(|delivery| delivery.event.origin.connection == connection));
            let beside = running_of[&connection].fetch_add(1, Ordering::SeqCst);
            assert!(beside == 0 || (beside == 1 && batch.len() == 10), "{} beside {beside} others", batch.len());
            most.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(Duration::from_millis(5)).await;
            at_once.fetch_sub(1, Ordering::SeqCst);
            running_of[&connection].fetch_sub(1, Ordering::SeqCst);
            batch.iter().map(|_| Verdict::Done).collect()
        }
        .boxed()
    });
    let running = world.run(stage.clone());
    let seen = stage.saw(300).await;
    running.stop().await.unwrap();

    let events: HashSet<_> = seen.iter().flat_map(|batch| &batch.events).collect();
    assert_eq!(events.len(), 300);
    assert!(seen.iter().all(|batch| batch.events.len() <= 10 && batch.deliveries.iter().all(|one| one.attempts == 0)));
    assert!(most_at_once.load(Ordering::SeqCst) > 1, "batches of different connections run at once");
    assert!(seen.len() < 150, "{} batches for 300 deliveries", seen.len());
}

#[tokio::test]
async fn a_lonely_delivery_waits_for_company_no_longer_than_linger() {
    let world = World::with(|config| config.linger = Duration::from_millis(300)).await;
    let (connection, stage) = (ConnectionId::new(), done());
    let running = world.run(stage.clone());
    let start = tokio::time::Instant::now();
    world.publish(&accepted(connection)).await;
    world.publish(&accepted(connection)).await;
    let seen = stage.saw(2).await;
    assert_eq!(seen.len(), 1, "both in one batch");
    assert!(start.elapsed() >= Duration::from_millis(300));
    running.stop().await.unwrap();
}

#[tokio::test]
async fn what_follows_goes_to_the_next_stage_with_the_same_trace() {
    let world = World::start().await;
    let (event, trace) = (accepted(ConnectionId::new()), TraceParent::start());
    world.bus.publisher().publish(&event, &trace).await.unwrap();
    let first = world.run(Probe::each(|delivery| Verdict::Next(redacted(&delivery.event))));
    let next: Probe<ConversationRedacted, Nothing> = Probe::each(|_| Verdict::Done);
    let second = world.run(next.clone());
    let seen = next.saw(1).await;
    assert_eq!((seen[0].events[0], &seen[0].deliveries[0].trace), (event.origin.event, &trace));
    first.stop().await.unwrap();
    second.stop().await.unwrap();
}

#[tokio::test]
async fn nothing_is_acked_before_what_follows_is_with_the_broker() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    let (_connection, channel) = world.channel().await;
    let (from, to) = (world.queue("redact", event.origin.connection), world.queue("match", event.origin.connection));
    let key = to.strip_prefix("writeback.").unwrap();
    channel.queue_unbind(to.as_str().into(), "writeback".into(), key.into(), FieldTable::default()).await.unwrap();

    world.publish(&event).await;
    let stage = Probe::each(|delivery| Verdict::Next(redacted(&delivery.event)));
    let running = world.run(stage.clone());
    stage.saw(1).await;
    // The bus tries to publish, in vain.
    let failures = || {
        let all = prometheus::gather();
        let family = all.iter().find(|family| family.name() == "writeback_bus_publish_failures_total");
        family.is_some_and(|f| f.get_metric().iter().any(|m| m.get_label()[0].value() == "unroutable"))
    };
    eventually("a failed publish", || async { failures().then_some(()) }).await;
    assert_eq!(ready(&channel, &to).await, 0);

    // A worker that dies now loses nothing.
    drop(running);
    world.bus.close().await;
    eventually("the delivery is back in its queue", || async { (ready(&channel, &from).await == 1).then_some(()) }).await;
    channel
        .queue_bind(to.as_str().into(), "writeback".into(), key.into(), QueueBindOptions::default(), FieldTable::default())
        .await
        .unwrap();
}

#[tokio::test]
async fn what_follows_is_published_when_the_broker_takes_it_again() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    let (_connection, channel) = world.channel().await;
    let to = world.queue("match", event.origin.connection);
    let key = to.strip_prefix("writeback.").unwrap();
    channel.queue_unbind(to.as_str().into(), "writeback".into(), key.into(), FieldTable::default()).await.unwrap();
    world.publish(&event).await;
    let stage = Probe::each(|delivery| Verdict::Next(redacted(&delivery.event)));
    let running = world.run(stage.clone());
    stage.saw(1).await;
    let none = FieldTable::default();
    channel.queue_bind(to.as_str().into(), "writeback".into(), key.into(), QueueBindOptions::default(), none).await.unwrap();
    eventually("the next stage has it", || async { (ready(&channel, &to).await == 1).then_some(()) }).await;
    running.stop().await.unwrap();
    assert_eq!(stage.seen.lock().unwrap().len(), 1, "the stage did its work once");
    assert_eq!(ready(&channel, &world.queue("redact", event.origin.connection)).await, 0);
}
