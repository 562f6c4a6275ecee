//! What may not go on any more, or not as much of it.

use bus::{DeferReason, Verdict};
use domain::{
    ledger::{Reason, State},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Fault, FaultKind};
use store::connections;

use crate::world::{World, back, deferred};

#[tokio::test]
async fn logging_that_was_turned_off_meanwhile_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1").await;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::LoggingOff)));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn a_connection_that_was_ended_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1").await;
    connections::disconnect(&world.lab.db, world.tenant.account, world.tenant.connection).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::NotConnected)));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn what_was_narrowed_to_the_summary_loses_its_transcript() {
    let world = World::start().await;
    let call = world.call("conv_1").await;
    world.lab.set(&world.tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    let posted = world.exported(&call).await;
    let body = posted.get("hs_call_body");
    assert!(body.contains("Wants a repair on Monday.") && !body.contains("My heating broke."), "{body}");
    assert_eq!(world.row(&call).await.mode, Some(Mode::Summary));
}

#[tokio::test]
async fn what_was_widened_meanwhile_stays_a_summary() {
    let world = World::start().await;
    let mut call = world.call("conv_1").await;
    call.event.origin.mode = Mode::Summary;
    let posted = world.exported(&call).await;
    assert!(!posted.get("hs_call_body").contains("My heating broke."));
    assert_eq!(world.row(&call).await.mode, Some(Mode::Summary));
}

#[tokio::test]
async fn what_is_exported_already_stays_so_when_logging_is_turned_off() {
    let world = World::start().await;
    let mut call = world.call("conv_1").await;
    world.exported(&call).await;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    call.repeated = true;
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Exported, None));
}

/// An earlier attempt wrote it and died before it could say so.
#[tokio::test]
async fn what_may_have_been_written_is_looked_for_before_it_counts_as_withheld() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::StatusAfterEffect { status: 502 }).path("*/calls/batch/create").times(1));
    let mut call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::ReadBack);
    let mut other = world.call("conv_2").await;
    other.repeated = true;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    call = back(&call, defer);
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Exported, None));
    assert_eq!(world.one(&other).await, Verdict::Done);
    assert_eq!(world.ended(&other).await, (State::Withheld, Some(Reason::LoggingOff)));
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn a_database_that_is_away_is_waited_for_and_no_doubt_is_forgotten() {
    let world = World::start().await;
    let mut call = world.call("conv_1").await;
    call.doubts = 2;
    world.lab.db.close().await;
    let defer = deferred(&world.one(&call).await, DeferReason::DatabaseDown);
    assert_eq!(defer.doubts, 2);
    assert!(world.portal.requests().is_empty());
    assert!(!back(&call, defer).event.conversation.transcript.is_empty());
}
