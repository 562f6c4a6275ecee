//! Contacts that are gone when the engagement is to be written.

use bus::{DeferReason, Verdict};
use domain::{connection::UniqueMode, event::ConversationRedacted, ledger::Reason};
use hubspot_sim::{ConfigPatch, FaultKind};
use store::links::Known;

use crate::world::{World, back, deferred, rematch};

async fn check_deleted(mode: UniqueMode, missing_target_status: u16) {
    let world = World::in_mode(mode).await;
    world.lab.sim.configure(&ConfigPatch { missing_target_status: Some(missing_target_status), ..ConfigPatch::default() });
    world.learn(world.dana).await;
    let lee = world.contact(&[("firstname", "Lee")]);
    let mut call = world.call("conv_1").await;
    call.event.conversation.customer.contact_id = Some(world.dana);
    let mut other = world.call("conv_2").await;
    other.event.contact.id = lee;
    world.portal.archive("contacts", &world.dana.to_string());

    let mut verdicts = world.run(&[call.clone(), other]).await;

    assert_eq!(verdicts.pop(), Some(Verdict::Done), "the others are not held up");
    let again = rematch(verdicts.pop().unwrap());
    assert_eq!((again.rematches, again.conversation.customer.contact_id), (1, None));
    assert_eq!(again.conversation.transcript, call.event.conversation.transcript);
    assert_eq!(world.known().await, Known::Unknown, "the link is forgotten");
    assert_eq!(world.row(&call).await.posting_at, None);
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn a_deleted_contact_sends_the_conversation_back_to_the_matcher() {
    check_deleted(UniqueMode::Unique, 400).await;
}

#[tokio::test]
async fn so_it_does_where_hubspot_says_not_found() {
    check_deleted(UniqueMode::Unique, 404).await;
}

#[tokio::test]
async fn and_where_an_intent_was_committed() {
    check_deleted(UniqueMode::Marker, 400).await;
}

#[tokio::test]
async fn a_contact_that_was_merged_away_sends_it_back_too() {
    let world = World::start().await;
    world.learn(world.dana).await;
    let call = world.call("conv_1").await;
    let survivor = world.portal.add_contact(&[("email", "dana@example.com")]);
    world.portal.merge(&survivor, &world.dana.to_string());
    assert_eq!(rematch(world.one(&call).await).rematches, 1);
    assert_eq!(world.known().await, Known::Unknown);
}

#[tokio::test]
async fn a_contact_that_is_gone_again_and_again_is_given_up() {
    let world = World::start().await;
    world.portal.archive("contacts", &world.dana.to_string());
    let mut call = world.call("conv_1").await;
    for rematches in 0..ConversationRedacted::MAX_REMATCHES {
        call.event.rematches = rematches;
        assert_eq!(rematch(world.one(&call).await).rematches, rematches + 1);
    }
    call.event.rematches = ConversationRedacted::MAX_REMATCHES;
    let verdict = world.one(&call).await;
    assert!(matches!(verdict, Verdict::DeadLetter { reason: Reason::Refused, detail: Some(_) }), "{verdict:?}");
}

#[tokio::test]
async fn a_refusal_is_final_only_when_it_is_known_that_the_contact_is_there() {
    let world = World::start().await;
    world.portal.archive("contacts", &world.dana.to_string());
    world.fault(FaultKind::Status { status: 503, retry_after: None }, "batch/read");
    let call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::HubSpotDown);
    assert_eq!(rematch(world.one(&back(&call, defer)).await).rematches, 1);
}

/// What was written before the merge stands on the survivor's timeline.
#[tokio::test]
async fn a_conversation_in_doubt_follows_its_contact_through_a_merge() {
    let world = World::in_mode(UniqueMode::Plain).await;
    world.learn(world.dana).await;
    let call = world.lost("conv_1", FaultKind::ResetAfter).await;
    let survivor = world.portal.add_contact(&[("email", "dana@example.com")]);
    let survivor = world.portal.merge(&survivor, &world.dana.to_string());

    assert_eq!(rematch(world.one(&call).await).rematches, 1);
    assert_eq!(world.known().await, Known::Unknown);
    assert!(world.row(&call).await.posting_at.is_some(), "it is in doubt as before");

    let mut again = call.clone();
    (again.doubts, again.repeated, again.event.rematches) = (0, false, 1);
    again.event.contact.id = survivor.parse().unwrap();
    let defer = deferred(&world.one(&again).await, DeferReason::ReadBack);
    assert_eq!(world.exported(&back(&again, defer)).await.linked("contacts"), [survivor]);
    assert_eq!((world.portal.calls().len(), world.creates()), (1, 1));
}
