//! Many engagements in one request, and what becomes of the bad ones among them.

use domain::{ContactId, connection::UniqueMode, conversation::EngagementKind};
use hubspot_sim::{Fault, FaultKind};
use writeback_hubspot::{ErrorClass, NewEngagement};

use crate::world::{World, call, class, conversation};

#[tokio::test]
async fn calls_and_notes_stand_on_their_contacts_timeline_whatever_the_mode() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contacts: Vec<_> = (0..5).map(|i| world.contact(&[("email", &format!("c{i}@example.com"))])).collect();
    for (kind, mode, from) in [
        (EngagementKind::Call, UniqueMode::Unique, 0),
        (EngagementKind::Note, UniqueMode::Marker, 100),
        (EngagementKind::Call, UniqueMode::Plain, 200),
        (EngagementKind::Note, UniqueMode::Plain, 300),
    ] {
        let engagements: Vec<_> = contacts.iter().enumerate().map(|(i, contact)| call(from + i, *contact)).collect();
        let ids = world.bulk().engagements(kind).batch_create(mode, &engagements).await;
        for ((result, engagement), contact) in ids.iter().zip(&engagements).zip(&contacts) {
            let id = result.as_ref().unwrap().to_string();
            let record = world.portal.object(kind.as_str(), &id).unwrap();
            assert_eq!(record.linked("contacts"), [contact.to_string()], "{kind:?} {mode:?}");
            let body = record.get(if kind == EngagementKind::Call { "hs_call_body" } else { "hs_note_body" });
            assert!(body.contains(engagement.conversation.as_str()), "{kind:?} {mode:?}");
        }
    }
    assert_eq!(world.portal.request_count("POST", "batch/create"), 4);
}

#[tokio::test]
async fn one_bad_input_among_a_hundred_fails_alone() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    let mut calls: Vec<_> = (0..100).map(|n| call(n, contact)).collect();
    calls[37].owner = "999999".parse().ok(); // no such owner
    calls[38].contact = ContactId::from_i64(424_242).unwrap(); // no such contact
    let results = world.bulk().engagements(EngagementKind::Call).batch_create(UniqueMode::Unique, &calls).await;
    let failed: Vec<_> = results.iter().enumerate().filter(|(_, result)| result.is_err()).map(|(i, _)| i).collect();
    assert_eq!(failed, [37, 38]);
    assert_eq!(world.portal.calls().len(), 98);
    let audit = world.portal.audit("writeback_conversation_id");
    assert!(audit.duplicate_engagements.is_empty() && audit.unassociated_engagements.is_empty(), "{audit:?}");
}

#[tokio::test]
async fn a_refusal_of_the_whole_batch_is_halved_until_the_bad_one_is_alone() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    // The first request is refused as a whole, as when HubSpot attributes nothing.
    world.portal.fault(Fault::new(FaultKind::Status { status: 400, retry_after: None }).path("batch/create").times(1));
    let calls: Vec<_> = (0..20).map(|n| call(n, contact)).collect();
    let results = world.bulk().engagements(EngagementKind::Call).batch_create(UniqueMode::Unique, &calls).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(world.portal.calls().len(), 20);
    assert_eq!(world.portal.request_count("POST", "batch/create"), 3);
}

#[tokio::test]
async fn a_second_engagement_of_the_same_conversation_is_refused_in_unique_mode() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    let portal = world.bulk();
    let calls = portal.engagements(EngagementKind::Call);
    let first = calls.batch_create(UniqueMode::Unique, &[call(1, contact)]).await.pop().unwrap().unwrap();
    let mut again = calls.batch_create(UniqueMode::Unique, &[call(0, contact), call(1, contact), call(2, contact)]).await;
    again.pop().unwrap().unwrap();
    assert!(matches!(class(again.pop().unwrap()), ErrorClass::Conflict { .. }));
    again.pop().unwrap().unwrap();
    let found = calls.by_conversation(&[conversation(1), conversation(9)]).await.unwrap();
    assert_eq!((found.len(), found[&conversation(1)]), (1, first));
    assert_eq!(world.portal.calls().len(), 3);
}

#[tokio::test]
async fn engagements_are_recognised_on_the_timeline_in_every_mode() {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    let portal = world.bulk();
    for kind in EngagementKind::ALL.iter().copied() {
        let engagements = portal.engagements(kind);
        let marked = engagements.batch_create(UniqueMode::Marker, &[call(1, contact)]).await.pop().unwrap().unwrap();
        let odd = NewEngagement { conversation: "a&b'c".parse().unwrap(), ..call(2, contact) };
        let body = format!("<p>{}</p>", domain::engagement::reference(&odd.conversation));
        let odd = NewEngagement { body, ..odd };
        let plain = engagements.batch_create(UniqueMode::Plain, std::slice::from_ref(&odd)).await.pop().unwrap().unwrap();
        let newest = engagements.newest(contact, 10).await.unwrap();
        assert_eq!(newest, [marked.max(plain), marked.min(plain)]);
        let asked = [conversation(1), odd.conversation.clone(), conversation(3)];
        let found = engagements.among(&newest, &asked).await.unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!((found[&asked[0]], found[&asked[1]]), (marked, plain));
        engagements.associate(marked, contact).await.unwrap();
    }
}
