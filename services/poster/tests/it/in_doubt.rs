//! Where HubSpot does not keep our property unique: a committed intent is looked for before anything is written again.

use bus::{DeferReason, Verdict};
use domain::{
    connection::UniqueMode,
    ledger::{Reason, State},
};
use hubspot_sim::{Fault, FaultKind, Policy, PortalOptions};
use store::ledger;
use writeback_poster::InDoubt;

use crate::world::{Delivery, World, back, deferred};

/// Runs it until it is not to be read back any more; how long the waits were, and what came of it.
async fn wait_out(world: &World, mut call: Delivery) -> (Vec<u64>, Delivery, Verdict<domain::event::ConversationRedacted>) {
    let mut waits = Vec::new();
    loop {
        match world.one(&call).await {
            Verdict::Defer(defer) if defer.reason == DeferReason::ReadBack => {
                waits.push(defer.wait.as_secs());
                assert!(waits.len() < 10, "it waits for ever: {waits:?}");
                call = back(&call, defer);
            }
            verdict => return (waits, call, verdict),
        }
    }
}

async fn check_found(mode: UniqueMode, fault: FaultKind) {
    let world = World::in_mode(mode).await;
    let neighbour = world.call("conv_0").await;
    world.exported(&neighbour).await;
    let again = world.lost("conv_1", fault.clone()).await;
    let row = world.row(&again).await;
    assert!(row.state == State::Posting && row.posting_at.is_some(), "{row:?}");

    let found = world.exported(&again).await;

    assert!(found.get("hs_call_body").contains("[writeback:conv_1]"), "{fault:?}");
    assert_eq!((world.portal.calls().len(), world.creates()), (2, 2), "{fault:?}");
}

#[tokio::test]
async fn a_lost_answer_is_found_on_the_timeline_by_our_property() {
    check_found(UniqueMode::Marker, FaultKind::EffectThenHang { ms: 50 }).await;
}

#[tokio::test]
async fn a_lost_answer_is_found_on_the_timeline_by_the_reference_in_the_body() {
    check_found(UniqueMode::Plain, FaultKind::StatusAfterEffect { status: 504 }).await;
}

/// As a process leaves it that is killed between the commit and the answer.
#[tokio::test]
async fn an_intent_that_somebody_left_behind_is_waited_for_before_it_is_looked_for() {
    let world = World::in_mode(UniqueMode::Marker).await;
    let call = world.call("conv_1").await;
    let intent = ledger::Intent { conversation: call.event.conversation.id.clone(), after: None };
    ledger::posting(&world.lab.db, world.tenant.connection, &[intent]).await.unwrap();
    let mut other = world.chat("chat_1").await;
    other.repeated = true;

    let verdicts = world.run(&[call.clone(), other]).await;

    let defer = deferred(&verdicts[0], DeferReason::ReadBack);
    assert_eq!((defer.wait.as_secs(), defer.doubts), (5, 1));
    assert_eq!(verdicts[1], Verdict::Done, "a repetition without an intent is in no doubt");
    assert!(world.portal.calls().is_empty());
    let (waits, last, verdict) = wait_out(&world, back(&call, defer)).await;
    assert_eq!((waits, last.doubts), (vec![30, 120], 3));
    assert!(matches!(verdict, Verdict::DeadLetter { reason: Reason::InDoubt, detail: Some(_) }), "{verdict:?}");
}

#[tokio::test]
async fn what_is_not_there_after_the_waits_is_rather_not_written_twice() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let again = world.lost("conv_1", FaultKind::ResetBefore).await;
    let (waits, _, verdict) = wait_out(&world, again.clone()).await;
    assert_eq!(waits, [30, 120]);
    assert!(matches!(verdict, Verdict::DeadLetter { reason: Reason::InDoubt, .. }), "{verdict:?}");
    assert!(world.portal.calls().is_empty() && world.creates() == 1);
    assert!(world.row(&again).await.posting_at.is_some(), "a replay looks first");
}

#[tokio::test]
async fn or_rather_not_lost_as_the_setting_says() {
    let world = World::start_with(UniqueMode::Plain, InDoubt::NotLost, PortalOptions::default()).await;
    let again = world.lost("conv_1", FaultKind::Hang { ms: 50 }).await;
    let (waits, last, verdict) = wait_out(&world, again).await;
    assert_eq!((waits, verdict), (vec![30, 120], Verdict::Done));
    assert_eq!(world.row(&last).await.state, State::Exported);
    assert_eq!((world.portal.calls().len(), world.creates()), (1, 2));
}

#[tokio::test]
async fn what_arrives_while_it_is_waited_for_is_found() {
    let world = World::in_mode(UniqueMode::Marker).await;
    let again = world.lost("conv_1", FaultKind::ResetBefore).await;
    let defer = deferred(&world.one(&again).await, DeferReason::ReadBack);
    let late = world.portal.add("calls", &[("writeback_conversation_id", "conv_1"), ("hs_timestamp", "1790000000000")]);
    world.portal.associate(("calls", &late), ("contacts", &world.dana.to_string()));
    assert_eq!(world.exported(&back(&again, defer)).await.id, late);
    assert_eq!(world.creates(), 1);
}

#[tokio::test]
async fn looking_that_is_throttled_leaves_the_doubt_as_it_is() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let mut again = world.lost("conv_1", FaultKind::ResetAfter).await;
    again.doubts = 2;
    world.fault(FaultKind::RateLimited { policy: Policy::Secondly, retry_after: Some(0) }, "associations");
    let defer = deferred(&world.one(&again).await, DeferReason::Throttled);
    assert_eq!((defer.doubts, world.creates()), (2, 1));
    world.exported(&back(&again, defer)).await;
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn many_in_doubt_on_one_timeline_are_looked_for_together() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let mut batch = Vec::new();
    for i in 0..12 {
        batch.push(world.call(&format!("conv_{i}")).await);
    }
    world.fault(FaultKind::ResetAfter, "batch/create");
    let verdicts = world.run(&batch).await;
    let again: Vec<_> = batch.iter().zip(&verdicts).map(|(call, v)| back(call, deferred(v, DeferReason::ReadBack))).collect();
    world.lab.sim.clear_requests();

    assert!(world.run(&again).await.iter().all(|verdict| *verdict == Verdict::Done));

    assert_eq!(world.portal.requests().len(), 2, "the timeline, and what stands on it");
    assert_eq!(world.portal.calls().len(), 12);
}

/// The same event was published twice, and two processes have it at the same moment. Both have read that nothing was intended
/// when they commit to write: between the two, each looks for another conversation of its batch, which takes a while.
async fn check_two_at_once(mode: UniqueMode) {
    let world = World::in_mode(mode).await;
    let slow = world.lost("conv_0", FaultKind::ResetBefore).await;
    let call = world.call("conv_1").await;
    let creates = world.creates();
    world.portal.fault(Fault::new(FaultKind::Latency { ms: 300 }).path("*/associations/*"));
    let batch = [call.clone(), slow];

    let (one, other) = tokio::join!(world.run(&batch), world.run(&batch));

    let waits = match (&one[0], &other[0]) {
        (Verdict::Done, late) | (late, Verdict::Done) => deferred(late, DeferReason::ReadBack),
        neither => panic!("one of them writes: {neither:?}"),
    };
    assert_eq!((world.portal.calls().len(), world.creates() - creates, waits.doubts), (1, 1, 0));
    assert_eq!(world.one(&back(&call, waits)).await, Verdict::Done, "the other finds it finished");
    assert_eq!(world.creates() - creates, 1);
}

#[tokio::test]
async fn of_two_processes_with_the_same_delivery_one_writes_by_property() {
    check_two_at_once(UniqueMode::Marker).await;
}

#[tokio::test]
async fn of_two_processes_with_the_same_delivery_one_writes_by_reference() {
    check_two_at_once(UniqueMode::Plain).await;
}
