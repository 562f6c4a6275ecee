//! Connections and queues that are lost while there is work.

use std::{collections::HashSet, time::Duration};

use bus::Verdict;
use domain::{
    ConnectionId, EventId,
    event::{ConversationRedacted, Event as _, Nothing},
    trace::TraceParent,
};
use lapin::options::QueueDeleteOptions;
use tokio_util::sync::CancellationToken;

use crate::world::{Probe, World, accepted, done, redacted};
use testkit::eventually;

#[tokio::test]
async fn connections_that_break_under_load_lose_nothing() {
    let world = World::start().await;
    let first = world.run(Probe::each(|delivery| Verdict::Next(redacted(&delivery.event))));
    let last: Probe<ConversationRedacted, Nothing> = Probe::each(|_| Verdict::Done);
    let second = world.run(last.clone());

    let (publisher, stop) = (world.bus.publisher(), CancellationToken::new());
    let enough = stop.clone();
    let publishing = tokio::spawn(async move {
        let connections: Vec<_> = (0..20).map(|_| ConnectionId::new()).collect();
        let (trace, mut wanted) = (TraceParent::start(), HashSet::<EventId>::new());
        while !enough.is_cancelled() {
            let some: Vec<_> = connections.iter().flat_map(|id| [accepted(*id), accepted(*id)]).collect();
            let mut left: Vec<_> = some.iter().collect();
            while !left.is_empty() {
                let results = publisher.publish_all(left.iter().map(|event| (*event, &trace))).await;
                left = left.into_iter().zip(results).filter_map(|(event, result)| result.is_err().then_some(event)).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await; // a steady load rather than a flood
            wanted.extend(some.iter().map(|event| event.origin.event));
        }
        wanted
    });
    for _ in 0..3 {
        assert!(world.vhost.break_connections(2).await.unwrap() >= 2);
        eventually("the connections are noticed to be lost", || async { (!world.bus.health().connected).then_some(()) }).await;
        eventually("both connections are back", || async { world.bus.health().connected.then_some(()) }).await;
    }
    stop.cancel();
    let wanted = publishing.await.unwrap();
    assert!(wanted.len() > 500, "it happened under load");

    eventually("everything has come through", || async {
        let seen: HashSet<_> = last.seen.lock().unwrap().iter().flat_map(|batch| batch.events.clone()).collect();
        (seen == wanted).then_some(())
    })
    .await;
    first.stop().await.unwrap();
    second.stop().await.unwrap();
    assert!(world.letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_queue_that_is_deleted_comes_back_with_its_consumer() {
    let world = World::start().await;
    let (event, stage) = (accepted(ConnectionId::new()), done());
    let running = world.run(stage.clone());
    world.publish(&event).await;
    stage.saw(1).await;
    let (_connection, channel) = world.channel().await;
    channel.queue_delete(world.queue("redact", event.origin.connection).into(), QueueDeleteOptions::default()).await.unwrap();

    let again = accepted(event.origin.connection);
    eventually("the queue is there again", || async { world.bus.publisher().publish(&again, &TraceParent::start()).await.ok() })
        .await;
    let seen = stage.saw(2).await;
    assert_eq!(seen[1].events, [again.origin().event]);
    running.stop().await.unwrap();
}
