//! HubSpot says no.

use bus::{DeferReason, Verdict};
use domain::{
    connection::UniqueMode,
    ledger::{Reason, State},
};
use hubspot_sim::{Fault, FaultKind, Policy, PortalOptions};
use writeback_poster::InDoubt;

use crate::world::{World, back, deferred};

#[tokio::test]
async fn an_owner_who_is_gone_costs_the_owner_and_nothing_else() {
    let world = World::start().await;
    let mut orphan = world.call("conv_1").await;
    orphan.event.contact.owner = "987654321".parse().ok();
    let other = world.call("conv_2").await;

    assert_eq!(world.run(&[orphan.clone(), other]).await, [Verdict::Done, Verdict::Done]);

    let calls = world.portal.calls();
    assert_eq!((calls.len(), world.creates()), (2, 2));
    for call in calls {
        assert_eq!(call.get("hubspot_owner_id"), "");
        assert_eq!(call.get("hs_call_from_number"), "+14155550123");
        assert_eq!(call.get("hs_call_recording_url"), "https://example.com/recordings/7.mp3");
    }
    assert_eq!(world.row(&orphan).await.state, State::Exported);
}

#[tokio::test]
async fn a_chat_whose_owner_is_gone_is_noted_without() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let mut chat = world.chat("chat_1").await;
    chat.event.contact.owner = "987654321".parse().ok();
    assert_eq!(world.exported(&chat).await.get("hubspot_owner_id"), "");
    assert_eq!(world.portal.notes().len(), 1);
}

/// The whole, its first half and its first quarter are refused, and so the first conversation alone.
#[tokio::test]
async fn one_that_is_refused_does_not_block_the_others() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::Status { status: 400, retry_after: None }).path("batch/create").times(3));
    let mut batch = Vec::new();
    for i in 0..4 {
        batch.push(world.call(&format!("conv_{i}")).await);
    }

    let verdicts = world.run(&batch).await;

    assert!(matches!(&verdicts[0], Verdict::DeadLetter { reason: Reason::Refused, .. }), "{verdicts:?}");
    assert!(verdicts[1..].iter().all(|verdict| *verdict == Verdict::Done), "{verdicts:?}");
    assert_eq!(world.portal.calls().len(), 3);
}

#[tokio::test]
async fn what_an_administrator_requires_is_named_to_a_person() {
    let required = [("calls".to_owned(), vec!["hs_call_disposition".to_owned()])].into();
    let options = PortalOptions { required_fields: required, ..PortalOptions::default() };
    let world = World::start_with(UniqueMode::Unique, InDoubt::NotTwice, options).await;
    let verdict = world.one(&world.call("conv_1").await).await;
    let Verdict::DeadLetter { reason: Reason::RequiredProperties, detail: Some(detail) } = verdict else { panic!("{verdict:?}") };
    assert!(detail.contains("hs_call_disposition"), "{detail}");
}

async fn check_throttled(mode: UniqueMode) {
    let world = World::in_mode(mode).await;
    let limited = FaultKind::RateLimited { policy: Policy::Secondly, retry_after: Some(0) };
    world.fault(limited, "batch/create");
    let call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::Throttled);
    assert!(!defer.reason.counts());
    assert_eq!(world.row(&call).await.posting_at, None, "what had no effect for certain leaves no intent behind");

    world.exported(&back(&call, defer)).await;
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn a_call_that_was_throttled_is_written_when_it_comes_back() {
    check_throttled(UniqueMode::Unique).await;
}

#[tokio::test]
async fn a_definite_refusal_takes_a_committed_intent_back_so_that_nobody_waits() {
    check_throttled(UniqueMode::Marker).await;
}

#[tokio::test]
async fn a_hubspot_that_is_down_uses_up_no_attempt_and_leaves_no_intent() {
    let world = World::in_mode(UniqueMode::Plain).await;
    world.fault(FaultKind::Status { status: 503, retry_after: None }, "batch/create");
    let call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::HubSpotDown);
    assert!(!defer.reason.counts());
    world.exported(&back(&call, defer)).await;
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn an_attempt_is_counted_in_the_ledger_when_it_succeeds_in_the_end() {
    let world = World::start().await;
    let mut call = world.call("conv_1").await;
    (call.attempts, call.repeated) = (2, true);
    world.exported(&call).await;
    assert_eq!(world.row(&call).await.attempts, 2);
}
