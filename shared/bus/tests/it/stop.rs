//! Stopping: what is in hand is finished, the rest goes back at once.

use std::{sync::Arc, time::Duration};

use bus::{Error, Verdict};
use domain::{
    ConnectionId,
    event::{ConversationAccepted, Nothing},
    trace::TraceParent,
};
use tokio::sync::Semaphore;

use crate::{
    broker::ready,
    world::{Probe, World, accepted},
};
use testkit::eventually;

/// A stage that waits for permits.
fn waiting(gate: &Arc<Semaphore>) -> Probe<ConversationAccepted, Nothing> {
    let gate = Arc::clone(gate);
    Probe::acting(move |batch| {
        let gate = Arc::clone(&gate);
        Box::pin(async move {
            drop(gate.acquire().await.unwrap());
            batch.iter().map(|_| Verdict::Done).collect()
        })
    })
}

#[tokio::test]
async fn what_has_begun_is_finished_and_the_rest_returned() {
    let world = World::with(|config| (config.batch_max, config.batches_of_one) = (10, 1)).await;
    let connection = ConnectionId::new();
    let (events, trace): (Vec<_>, _) = ((0..100).map(|_| accepted(connection)).collect(), TraceParent::start());
    world.bus.publisher().publish_all(events.iter().map(|event| (event, &trace))).await.into_iter().for_each(Result::unwrap);
    let gate = Arc::new(Semaphore::new(0));
    let stage = waiting(&gate);
    let running = world.run(stage.clone());
    stage.saw(1).await;
    running.stop.cancel();
    let (_connection, channel) = world.channel().await;
    let queue = world.queue("redact", connection);
    let begun = u32::try_from(stage.seen.lock().unwrap()[0].events.len()).unwrap();
    // While the first batch is still at work, another worker can have the rest.
    eventually("the rest is returned", || async { (ready(&channel, &queue).await == 100 - begun).then_some(()) }).await;
    gate.add_permits(1);
    running.stop().await.unwrap();
    assert_eq!(ready(&channel, &queue).await, 100 - begun);
    assert_eq!(stage.seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn what_does_not_finish_in_time_is_returned_and_told() {
    let world = World::with(|config| config.stop_within = Duration::from_millis(200)).await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let stage = waiting(&Arc::new(Semaphore::new(0)));
    let running = world.run(stage.clone());
    stage.saw(1).await;
    assert!(matches!(running.stop().await, Err(Error::Overran { stage: "redactor", batches: 1, .. })));
    let (_connection, channel) = world.channel().await;
    let queue = world.queue("redact", event.origin.connection);
    eventually("it is returned", || async { (ready(&channel, &queue).await == 1).then_some(()) }).await;
}
