//! A broker that takes nothing, or does not say whether it did.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bus::{Bus, Config, PublishError, Verdict};
use domain::{
    ConnectionId,
    event::{ConversationRedacted, Nothing},
    trace::TraceParent,
};
use tokio::time::Instant;

use crate::{
    broker::ready,
    proxy::{Mood, Proxy},
    world::{KEY_1, Probe, World, accepted, config, keys, redacted},
};
use testkit::{Vhost, eventually};

async fn world_behind_a_proxy(change: impl FnOnce(&mut Config)) -> (World, Proxy) {
    let vhost = Vhost::create().await.unwrap();
    let (address, proxy) = (vhost.address(), Proxy::to(vhost.address()).await);
    let mut config = config(&vhost.url().replace(&address, &format!("127.0.0.1:{}", proxy.port)));
    change(&mut config);
    let bus = Bus::connect(config, keys(KEY_1)).await.unwrap();
    let (letters, refusals) = (Arc::new(Mutex::default()), Arc::default());
    (World { vhost: Arc::new(vhost), bus, letters, refusals }, proxy)
}

#[tokio::test]
async fn a_blocked_broker_is_told_at_once_and_used_again_afterwards() {
    let (world, proxy) = world_behind_a_proxy(|_| {}).await;
    let (publisher, event, trace) = (world.bus.publisher(), accepted(ConnectionId::new()), TraceParent::start());
    publisher.publish(&event, &trace).await.unwrap();

    proxy.set(Mood::Alarmed);
    let start = Instant::now();
    // Those that were under way when the alarm came, and those after.
    let events: Vec<_> = (0..2000).map(|_| &event).collect();
    let results = publisher.publish_all(events.iter().map(|event| (*event, &trace))).await;
    assert!(results.iter().filter(|result| matches!(result, Err(PublishError::Blocked))).count() > 1000);
    eventually("the bus knows", || async { (publisher.is_blocked() && world.bus.health().blocked).then_some(()) }).await;
    assert!(matches!(publisher.publish(&event, &trace).await, Err(PublishError::Blocked)));
    assert!(start.elapsed() < Duration::from_secs(8), "nobody waited for the confirm's time-out");

    proxy.set(Mood::Clear);
    eventually("the alarm is over", || async { publisher.publish(&event, &trace).await.ok() }).await;
    assert!(!world.bus.health().blocked);
}

#[tokio::test]
async fn a_stage_holds_what_it_did_until_a_blocked_broker_takes_it() {
    let (world, proxy) = world_behind_a_proxy(|_| {}).await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let (alarm, publisher) = (Arc::new(proxy), world.bus.publisher());
    let (proxy, done) = (Arc::clone(&alarm), Arc::new(AtomicBool::new(false)));
    let worked = Arc::clone(&done);
    let stage = Probe::acting(move |batch| {
        let (alarm, publisher, worked) = (Arc::clone(&alarm), publisher.clone(), Arc::clone(&worked));
        Box::pin(async move {
            alarm.set(Mood::Alarmed);
            eventually("the alarm", || async { publisher.is_blocked().then_some(()) }).await;
            worked.store(true, Ordering::SeqCst);
            batch.iter().map(|delivery| Verdict::Next(redacted(&delivery.event))).collect()
        })
    });
    let running = world.run(stage.clone());
    stage.saw(1).await;
    eventually("the stage has done its work while nobody takes it", || async { done.load(Ordering::SeqCst).then_some(()) }).await;
    proxy.set(Mood::Clear);
    let (_connection, channel) = world.channel().await;
    let next = world.queue("match", event.origin.connection);
    eventually("the next stage has it", || async { (ready(&channel, &next).await >= 1).then_some(()) }).await;
    running.stop().await.unwrap();
    assert_eq!(stage.seen.lock().unwrap().len(), 1, "the stage did its work once");
}

#[tokio::test]
async fn a_confirm_that_does_not_come_is_a_timeout() {
    let (world, proxy) = world_behind_a_proxy(|config| config.confirm_within = Duration::from_millis(300)).await;
    let (publisher, event, trace) = (world.bus.publisher(), accepted(ConnectionId::new()), TraceParent::start());
    proxy.set(Mood::Secretive);
    let error = publisher.publish(&event, &trace).await.unwrap_err();
    assert!(matches!(error, PublishError::TimedOut(_)) && error.is_in_doubt());
    proxy.set(Mood::Clear);
    publisher.publish(&event, &trace).await.unwrap();
}

#[tokio::test]
async fn what_is_published_again_after_a_doubt_says_that_it_may_be_a_repetition() {
    let (world, proxy) = world_behind_a_proxy(|_| {}).await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    proxy.set(Mood::Treacherous);
    let first = world.run(Probe::each(|delivery| Verdict::Next(redacted(&delivery.event))));
    let (_connection, channel) = world.channel().await;
    let next = world.queue("match", event.origin.connection);
    eventually("the next stage has it, though nobody said so", || async { (ready(&channel, &next).await >= 1).then_some(()) })
        .await;
    proxy.set(Mood::Clear);

    let last: Probe<ConversationRedacted, Nothing> = Probe::each(|_| Verdict::Done);
    let second = world.run(last.clone());
    let seen = last.saw(2).await;
    let repeated: Vec<_> = seen.iter().flat_map(|batch| &batch.deliveries).map(|delivery| delivery.repeated).collect();
    assert!(!repeated[0] && repeated[1..].iter().all(|repeated| *repeated), "{repeated:?}");
    first.stop().await.unwrap();
    second.stop().await.unwrap();
}
