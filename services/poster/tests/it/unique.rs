//! Where HubSpot keeps our property unique: a repeated delivery reads back, and HubSpot refuses doubles.

use bus::{DeferReason, Verdict};
use domain::ledger::State;
use hubspot_sim::FaultKind;

use crate::world::{World, back, deferred};

#[tokio::test]
async fn what_comes_for_the_first_time_is_not_looked_for() {
    let world = World::start().await;
    world.exported(&world.call("conv_1").await).await;
    assert_eq!(world.portal.requests().len(), 1);
}

#[tokio::test]
async fn a_repeated_delivery_looks_first_and_takes_what_is_there() {
    let world = World::start().await;
    let there = world.portal.add("calls", &[("writeback_conversation_id", "conv_1"), ("hs_timestamp", "1790000000000")]);
    let (mut known, mut new, mut note) = (world.call("conv_1").await, world.call("conv_2").await, world.chat("conv_3").await);
    (known.repeated, new.repeated, note.repeated) = (true, true, true);

    assert!(world.run(&[known.clone(), new, note]).await.iter().all(|verdict| *verdict == Verdict::Done));

    assert_eq!(world.row(&known).await.engagement.unwrap().id.to_string(), there);
    assert_eq!((world.portal.calls().len(), world.portal.notes().len()), (2, 1));
    assert_eq!((world.portal.request_count("POST", "batch/read"), world.creates()), (2, 2));
}

#[tokio::test]
async fn a_finished_conversation_that_comes_again_asks_nobody() {
    let world = World::start().await;
    let mut call = world.call("conv_1").await;
    world.exported(&call).await;
    let asked = world.portal.requests().len();
    call.repeated = true;
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.portal.requests().len(), asked);
}

#[tokio::test]
async fn a_double_that_hubspot_refuses_is_taken_for_ours() {
    let world = World::start().await;
    let there = world.portal.add("calls", &[("writeback_conversation_id", "conv_1"), ("hs_timestamp", "1790000000000")]);
    let (call, other) = (world.call("conv_1").await, world.call("conv_2").await);
    assert_eq!(world.run(&[call.clone(), other]).await, [Verdict::Done, Verdict::Done]);
    assert_eq!(world.row(&call).await.engagement.unwrap().id.to_string(), there);
    assert_eq!(world.portal.calls().len(), 2);
}

#[tokio::test]
async fn a_double_that_cannot_be_read_comes_back_and_is_taken_then() {
    let world = World::start().await;
    let there = world.portal.add("calls", &[("writeback_conversation_id", "conv_1"), ("hs_timestamp", "1790000000000")]);
    world.fault(FaultKind::Status { status: 503, retry_after: None }, "batch/read");
    let call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::HubSpotDown);
    world.exported(&back(&call, defer)).await;
    assert_eq!(world.row(&call).await.engagement.unwrap().id.to_string(), there);
}

/// It happened and the answer got lost: it is read back, and nothing is written again.
async fn check_lost(fault: FaultKind) {
    let world = World::start().await;
    let again = world.lost("conv_1", fault.clone()).await;
    assert_eq!(world.row(&again).await.state, State::Matched, "{fault:?}");
    let posted = world.exported(&again).await;
    assert_eq!(posted.get("writeback_conversation_id"), "conv_1");
    assert_eq!((world.portal.calls().len(), world.creates()), (1, 1), "{fault:?}");
}

#[tokio::test]
async fn an_answer_that_never_came_is_read_back() {
    check_lost(FaultKind::EffectThenHang { ms: 50 }).await;
}

#[tokio::test]
async fn a_connection_that_was_reset_is_read_back() {
    check_lost(FaultKind::ResetAfter).await;
}

#[tokio::test]
async fn an_answer_that_broke_off_is_read_back() {
    check_lost(FaultKind::TruncatedBody).await;
}

#[tokio::test]
async fn a_bad_gateway_is_read_back() {
    check_lost(FaultKind::StatusAfterEffect { status: 502 }).await;
}

#[tokio::test]
async fn what_never_happened_is_written_after_the_read_back() {
    let world = World::start().await;
    let again = world.lost("conv_1", FaultKind::Status { status: 502, retry_after: None }).await;
    assert!(world.portal.calls().is_empty());
    world.exported(&again).await;
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn a_read_back_that_fails_writes_nothing_and_keeps_looking() {
    let world = World::start().await;
    let again = world.lost("conv_1", FaultKind::ResetAfter).await;
    world.fault(FaultKind::Status { status: 503, retry_after: None }, "batch/read");
    let defer = deferred(&world.one(&again).await, DeferReason::HubSpotDown);
    assert_eq!((defer.doubts, world.creates()), (1, 1));
    world.exported(&back(&again, defer)).await;
    assert_eq!((world.portal.calls().len(), world.creates()), (1, 1));
}
