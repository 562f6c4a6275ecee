//! What stands on the timeline.

use bus::{DeferReason, Verdict};
use domain::{
    connection::UniqueMode,
    ledger::{MatchedBy, State},
};
use serde_json::json;

use crate::world::{World, back, deferred};

#[tokio::test]
async fn a_call_tells_everything() {
    let world = World::start().await;
    let owner = world.portal.add_owner("olga@example.com", "Olga", "Owner");
    let mut call = world.call("conv_1").await;
    call.event.contact.owner = owner.parse().ok();

    let posted = world.exported(&call).await;

    assert_eq!((posted.object.as_str(), posted.linked("contacts")), ("calls", &[world.dana.to_string()][..]));
    for (property, value) in [
        ("hs_timestamp", "2026-11-23T10:00:00Z"),
        ("hs_call_title", "Inbound call with Dana Reyes"),
        ("hs_call_direction", "INBOUND"),
        ("hs_call_status", "COMPLETED"),
        ("hs_call_duration", "250000"),
        ("hs_call_from_number", "+14155550123"),
        ("hs_call_to_number", "+14155559876"),
        ("hs_call_recording_url", "https://example.com/recordings/7.mp3"),
        ("hubspot_owner_id", &owner),
        ("writeback_conversation_id", "conv_1"),
    ] {
        assert_eq!(posted.get(property).replace(".000Z", "Z"), value, "{property}");
    }
    let body = posted.get("hs_call_body");
    for text in ["Wants a repair on Monday.", "appointment made", "My heating broke.", "[writeback:conv_1]", "agent_7"] {
        assert!(body.contains(text), "{text}: {body}");
    }
    let row = world.row(&call).await;
    assert_eq!((row.contact, row.owner, row.matched_by), (Some(world.dana), owner.parse().ok(), Some(MatchedBy::Phone)));
    assert_eq!((row.attempts, row.posting_at), (0, None), "where HubSpot keeps it unique, no intent is committed");
}

#[tokio::test]
async fn in_an_outbound_call_the_agent_is_the_one_who_calls() {
    let world = World::start().await;
    let call = world.changed("conv_1", |body| {
        body["direction"] = json!("outbound");
        body["status"] = json!("no_answer");
    });
    let posted = world.exported(&call.await).await;
    let facts = ["hs_call_direction", "hs_call_status", "hs_call_from_number", "hs_call_to_number"];
    assert_eq!(facts.map(|property| posted.get(property)), ["OUTBOUND", "NO_ANSWER", "+14155559876", "+14155550123"]);
}

#[tokio::test]
async fn a_chat_becomes_a_note() {
    let world = World::start().await;
    let chat = world.chat("chat_1").await;
    let note = world.exported(&chat).await;
    assert_eq!((note.object.as_str(), note.linked("contacts")), ("notes", &[world.dana.to_string()][..]));
    assert_eq!(note.get("writeback_conversation_id"), "chat_1");
    assert!(note.get("hs_timestamp").starts_with("2026-11-23T10:00:00"), "{}", note.get("hs_timestamp"));
    let body = note.get("hs_note_body");
    assert!(body.contains("Wants a repair on Monday.") && body.contains("[writeback:chat_1]"), "{body}");
    assert!(world.portal.calls().is_empty());
}

#[tokio::test]
async fn a_portal_without_our_property_gets_the_reference_in_the_body_only() {
    let world = World::in_mode(UniqueMode::Plain).await;
    let call = world.call("conv_1").await;
    let posted = world.exported(&call).await;
    assert_eq!(posted.get("writeback_conversation_id"), "");
    assert!(posted.get("hs_call_body").contains("[writeback:conv_1]"));
    assert!(world.row(&call).await.posting_at.is_some(), "the intent was committed first");
}

async fn check_batch(mode: UniqueMode) {
    let world = World::in_mode(mode).await;
    let other = world.contact(&[("firstname", "Lee")]);
    let mut batch = Vec::new();
    for i in 0..40 {
        let mut delivery = match i % 4 {
            0 => world.chat(&format!("conv_{i}")).await,
            _ => world.call(&format!("conv_{i}")).await,
        };
        if i % 2 == 0 {
            delivery.event.contact.id = other;
        }
        batch.push(delivery);
    }

    assert!(world.run(&batch).await.iter().all(|verdict| *verdict == Verdict::Done));

    assert_eq!(world.portal.requests().len(), 2, "one for the Calls and one for the Notes");
    assert_eq!((world.portal.calls().len(), world.portal.notes().len()), (30, 10));
    for delivery in &batch {
        let row = world.row(delivery).await;
        let engagement = row.engagement.unwrap();
        let posted =
            world.portal.object(if engagement.kind.as_str() == "call" { "calls" } else { "notes" }, &engagement.id.to_string());
        let posted = posted.unwrap();
        assert_eq!(posted.linked("contacts"), [delivery.event.contact.id.to_string()], "each on its own contact's timeline");
        let body = format!("{}{}", posted.get("hs_call_body"), posted.get("hs_note_body"));
        assert!(body.contains(&format!("[writeback:{}]", delivery.event.conversation.id)), "{body}");
    }
}

#[tokio::test]
async fn a_batch_is_written_with_one_request_for_each_kind() {
    check_batch(UniqueMode::Unique).await;
}

#[tokio::test]
async fn so_it_is_where_nothing_but_the_body_tells_them_apart() {
    check_batch(UniqueMode::Plain).await;
}

#[tokio::test]
async fn the_same_conversation_twice_in_one_batch_is_written_once() {
    for mode in [UniqueMode::Unique, UniqueMode::Plain] {
        let world = World::in_mode(mode).await;
        let call = world.call("conv_1").await;
        let verdicts = world.run(&[call.clone(), call.clone()]).await;
        assert_eq!(verdicts[0], Verdict::Done);
        let defer = deferred(&verdicts[1], DeferReason::ReadBack);
        assert_eq!(world.one(&back(&call, defer)).await, Verdict::Done);
        assert_eq!((world.portal.calls().len(), world.creates()), (1, 1), "{mode:?}");
        assert_eq!(world.row(&call).await.state, State::Exported);
    }
}
