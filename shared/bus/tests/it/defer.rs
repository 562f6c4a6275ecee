//! Waiting: back to the same lane, later, with what it took along.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use bus::{Defer, DeferReason, Verdict};
use domain::{
    ConnectionId,
    event::{ConversationAccepted, Nothing},
    ledger::Reason,
    setback::{Setback, WaitCause},
};
use tokio::time::Instant;

use crate::world::{Probe, World, accepted};

type Stage = Probe<ConversationAccepted, Nothing>;

/// Defers so often, then is done.
fn deferring(times: u32, defer: Defer) -> Stage {
    let left = Arc::new(AtomicU32::new(times));
    Probe::each(move |_| match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)) {
        Ok(_) => Verdict::Defer(defer),
        Err(_) => Verdict::Done,
    })
}

#[tokio::test]
async fn a_deferred_delivery_comes_back_after_its_wait_and_waiting_is_no_attempt() {
    let world = World::start().await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let start = Instant::now();
    let wait = Duration::from_millis(90);
    let stage = deferring(3, Defer { reason: DeferReason::Throttled, wait, doubts: 2 });
    let running = world.run(stage.clone());

    let seen = stage.saw(4).await;
    assert!(start.elapsed() >= 3 * Duration::from_millis(100));
    let first = &seen[0].deliveries[0];
    assert_eq!((first.doubts, first.repeated), (0, false));
    for again in &seen[1..] {
        let delivery = &again.deliveries[0];
        assert_eq!(again.events, [event.origin.event]);
        assert_eq!((delivery.attempts, delivery.doubts, delivery.repeated), (0, 2, true));
        assert_eq!((delivery.first_seen, &delivery.trace), (first.first_seen, &first.trace));
    }
    running.stop().await.unwrap();
    assert!(world.letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_failure_counts_and_the_last_one_is_a_dead_letter() {
    let world = World::with(|config| config.max_attempts = 3).await;
    let event = accepted(ConnectionId::new());
    world.publish(&event).await;
    let stage = deferring(u32::MAX, Defer::new(DeferReason::Failure, Duration::ZERO));
    let running = world.run(stage.clone());

    let letter = world.buried(1).await.remove(0);
    assert_eq!((letter.reason, letter.attempts, letter.event), (Reason::AttemptsExhausted, 3, event.origin.event));
    let attempts: Vec<_> = stage.saw(3).await.iter().map(|seen| seen.deliveries[0].attempts).collect();
    assert_eq!(attempts, [0, 1, 2]);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_delivery_that_must_wait_again_past_its_age_is_a_dead_letter() {
    let world = World::with(|config| config.max_age = Duration::from_millis(250)).await;
    world.publish(&accepted(ConnectionId::new())).await;
    let stage = deferring(u32::MAX, Defer::new(DeferReason::ReauthRequired, Duration::ZERO));
    let running = world.run(stage.clone());
    let letter = world.buried(1).await.remove(0);
    assert_eq!((letter.reason, letter.attempts), (Reason::TooOld, 0));
    assert_eq!(letter.detail.as_deref(), Some("the last time: reauth_required"));
    assert!(stage.seen.lock().unwrap().len() >= 3);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_stage_that_panics_or_miscounts_has_failed_once() {
    let world = World::start().await;
    let panics = Arc::new(AtomicU32::new(0));
    world.publish(&accepted(ConnectionId::new())).await;
    let stage: Stage = Probe::acting(move |batch| {
        let time = panics.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            match time {
                0 => panic!("the stage's own fault"),
                1 => Vec::new(),
                _ => batch.iter().map(|_| Verdict::Done).collect(),
            }
        })
    });
    let running = world.run(stage.clone());
    let attempts: Vec<_> = stage.saw(3).await.iter().map(|seen| seen.deliveries[0].attempts).collect();
    assert_eq!(attempts, [0, 1, 2]);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_stage_that_hangs_has_failed_once() {
    let world = World::with(|config| config.batch_within = Duration::from_millis(100)).await;
    let times = Arc::new(AtomicU32::new(0));
    world.publish(&accepted(ConnectionId::new())).await;
    let stage: Stage = Probe::acting(move |batch| {
        let hang = times.fetch_add(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            if hang {
                std::future::pending::<()>().await;
            }
            batch.iter().map(|_| Verdict::Done).collect()
        })
    });
    let running = world.run(stage.clone());
    assert_eq!(stage.saw(2).await[1].deliveries[0].attempts, 1);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn a_setback_becomes_the_verdict_that_it_means() {
    let world = World::with(|config| config.max_attempts = 100).await;
    world.publish(&accepted(ConnectionId::new())).await;
    let stage: Stage = Probe::each(|delivery| {
        delivery.set_back(match (delivery.repeated, delivery.attempts) {
            (false, _) => Setback::Wait { cause: WaitCause::Person, wait: Duration::ZERO },
            (true, 0) => Setback::Failure,
            _ => Setback::Final { reason: Reason::Refused, detail: Some("because".into()) },
        })
    });
    let running = world.run(stage.clone());
    let letter = world.buried(1).await.remove(0);
    assert_eq!((letter.reason, letter.detail.as_deref(), letter.attempts), (Reason::Refused, Some("because"), 1));
    assert_eq!(stage.seen.lock().unwrap().len(), 3);
    running.stop().await.unwrap();
}

#[tokio::test]
async fn failures_wait_longer_each_time_even_when_the_stage_asks_for_nothing() {
    let steps = [50, 1000, 2500].map(Duration::from_millis).to_vec();
    let world = World::with(|config| config.delays = bus::DelaySteps::new(steps).unwrap()).await;
    world.publish(&accepted(ConnectionId::new())).await;
    let start = Instant::now();
    let stage = deferring(2, Defer::new(DeferReason::Failure, Duration::ZERO));
    let running = world.run(stage.clone());
    stage.saw(3).await;
    assert!(start.elapsed() >= Duration::from_millis(3500), "one second, then as much of four as the steps allow");
    running.stop().await.unwrap();
}
