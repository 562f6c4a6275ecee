//! Creates whose answer got lost.

use std::time::Duration;

use bus::{DeferReason, Verdict};
use domain::{
    connection::UniqueMode,
    event::{ConversationRedacted, MatchedContact},
    ledger::MatchedBy,
};
use hubspot_sim::FaultKind;

use crate::world::{DANA, World, back, contact, deferred};

type Delivery = bus::Delivery<ConversationRedacted>;

/// The create of this caller meets that trouble; how the delivery comes back.
async fn lost(world: &World, fault: FaultKind) -> Delivery {
    world.fault(fault, "batch/create");
    let call = world.call("conv_1", DANA).await;
    let defer = deferred(&world.one(&call).await, DeferReason::ReadBack);
    assert_eq!((defer.wait, defer.doubts), (Duration::from_secs(5), 1));
    back(&call, defer)
}

/// Runs it until the waits are over; how long they were, and what came of it.
async fn wait_out(world: &World, mut call: Delivery) -> (Vec<u64>, MatchedContact) {
    let mut waits = Vec::new();
    loop {
        match world.one(&call).await {
            Verdict::Next(event) => return (waits, event.contact),
            verdict => {
                let defer = deferred(&verdict, DeferReason::ReadBack);
                waits.push(defer.wait.as_secs());
                assert!(waits.len() < 10, "it waits for ever: {waits:?}");
                call = back(&call, defer);
            }
        }
    }
}

async fn check_read_back(fault: FaultKind) {
    let world = World::start().await;
    world.lab.sim.set_index_delay(Duration::from_hours(1));
    let again = lost(&world, fault.clone()).await;
    let created = world.portal.contacts();

    let found = world.matched(&again).await;

    assert_eq!((found.id.to_string(), found.by), (created[0].id.clone(), MatchedBy::Created), "{fault:?}");
    assert_eq!((world.portal.contacts().len(), world.creates()), (1, 1), "{fault:?}");
}

#[tokio::test]
async fn where_our_key_is_unique_a_lost_answer_is_read_back_exactly() {
    check_read_back(FaultKind::ResetAfter).await;
}

#[tokio::test]
async fn so_is_one_that_broke_off() {
    check_read_back(FaultKind::TruncatedBody).await;
}

#[tokio::test]
async fn so_is_one_that_said_bad_gateway() {
    check_read_back(FaultKind::StatusAfterEffect { status: 502 }).await;
}

#[tokio::test]
async fn where_our_key_is_unique_what_never_happened_is_done_at_once() {
    let world = World::start().await;
    let again = lost(&world, FaultKind::ResetBefore).await;
    assert!(world.portal.contacts().is_empty());
    assert_eq!(world.matched(&again).await.by, MatchedBy::Created);
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn a_read_back_that_fails_leaves_the_doubt_and_creates_nothing() {
    let world = World::start().await;
    world.lab.sim.set_index_delay(Duration::from_hours(1));
    let again = lost(&world, FaultKind::ResetAfter).await;
    world.fault(FaultKind::Status { status: 503, retry_after: None }, "batch/read");
    let defer = deferred(&world.one(&again).await, DeferReason::HubSpotDown);
    assert_eq!((defer.doubts, world.creates()), (again.doubts, 1));
    assert_eq!(world.matched(&back(&again, defer)).await.by, MatchedBy::Created);
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn everybody_else_waits_for_a_caller_who_is_in_doubt() {
    let world = World::start().await;
    world.lab.sim.set_index_delay(Duration::from_hours(1));
    let again = lost(&world, FaultKind::ResetAfter).await;
    let other = world.call("conv_2", DANA).await;
    let defer = deferred(&world.one(&other).await, DeferReason::Claimed);
    let both: Vec<_> = world.run(&[back(&other, defer), again]).await.into_iter().map(contact).collect();
    assert_eq!(both[0].id, both[1].id);
    assert_eq!((world.portal.contacts().len(), world.creates()), (1, 1));
}

async fn check_found_by_search(mode: UniqueMode) {
    let world = World::in_mode(mode).await;
    world.lab.sim.set_index_delay(Duration::from_mins(1));
    let again = lost(&world, FaultKind::ResetAfter).await;
    let defer = deferred(&world.one(&again).await, DeferReason::ReadBack);
    assert_eq!((defer.wait, defer.doubts), (Duration::from_secs(30), 2), "not there yet is not proof");

    world.lab.sim.advance(Duration::from_mins(2));
    let found = world.matched(&back(&again, defer)).await;

    let contacts = world.portal.contacts();
    assert_eq!((contacts.len(), world.creates()), (1, 1));
    assert_eq!((found.id.to_string(), found.by), (contacts[0].id.clone(), MatchedBy::Phone));
    assert_eq!(world.matched(&world.call("conv_2", DANA).await).await.by, MatchedBy::LearnedLink);
}

#[tokio::test]
async fn where_our_key_is_only_a_marker_a_lost_answer_is_found_by_search_after_its_delay() {
    check_found_by_search(UniqueMode::Marker).await;
}

#[tokio::test]
async fn where_there_is_no_property_at_all_too() {
    check_found_by_search(UniqueMode::Plain).await;
}

async fn check_created_after_the_waits(mode: UniqueMode, fault: FaultKind) {
    let world = World::in_mode(mode).await;
    let again = lost(&world, fault).await;
    assert!(world.portal.contacts().is_empty());

    let (waits, found) = wait_out(&world, again).await;

    assert_eq!(waits, [30, 120]);
    let contacts = world.portal.contacts();
    assert_eq!((contacts.len(), world.creates()), (1, 2));
    assert_eq!((found.id.to_string(), found.by), (contacts[0].id.clone(), MatchedBy::Created));
}

#[tokio::test]
async fn what_never_happened_is_done_once_after_the_waits() {
    check_created_after_the_waits(UniqueMode::Marker, FaultKind::ResetBefore).await;
}

#[tokio::test]
async fn so_is_what_hubspot_never_answered() {
    check_created_after_the_waits(UniqueMode::Plain, FaultKind::Hang { ms: 50 }).await;
}

#[tokio::test]
async fn an_interruption_does_not_begin_the_waits_anew() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let mut call = lost(&world, FaultKind::ResetBefore).await;
    call.doubts = 3;
    world.fault(FaultKind::RateLimited { policy: hubspot_sim::Policy::Secondly, retry_after: None }, "/search");
    let defer = deferred(&world.one(&call).await, DeferReason::Throttled);
    assert_eq!(defer.doubts, 3);
}
