//! What leaves, and what the ledger says about it.

use domain::{
    event::SummarySource,
    ledger::State,
    settings::{Mode, OnNoMatch},
};
use serde_json::json;

use crate::world::{CARD, World};

#[tokio::test]
async fn what_leaves_is_scrubbed_and_the_ledger_counts_what_was_removed() {
    let world = World::start().await;
    let call = world.changed("conv_1", |body| {
        body["summary"] = json!(format!("Paid with {CARD}."));
        body["metadata"] = json!({"note": CARD});
    });

    let event = world.redacted(&call).await;

    let json = serde_json::to_string(&event.conversation).unwrap();
    assert!(!json.replace([' ', '-'], "").contains("42424242"), "{json}");
    assert!(json.contains("My heating broke on Sunday.") && json.contains("[card number removed]"), "{json}");
    assert_eq!((event.origin, event.rematches), (call.event.origin.clone(), 0));
    let row = world.row(&call).await.unwrap();
    assert_eq!((row.state, row.event), (State::Redacted, call.event.origin.event));
    assert_eq!(row.redactions.into_iter().collect::<Vec<_>>(), [("card".to_owned(), 3)]);
    assert_eq!(row.mode, Some(Mode::SummaryTranscript));
}

#[tokio::test]
async fn a_card_in_any_field_of_the_event_is_neither_in_what_leaves_nor_in_the_database() {
    let world = World::start().await;
    let digits = CARD.replace(' ', "");
    // A digit's code is its own value behind a 3.
    let encoded: String = digits.chars().flat_map(|digit| ['%', '3', digit]).collect();
    let call = world.changed("conv_1", |body| {
        body["customer"] = json!({"phone": "+14155550123", "name": CARD, "email": format!("{digits}@example.com")});
        body["outcome"] = json!(format!("paid {CARD}"));
        body["summary"] = json!(format!("Paid with {CARD}."));
        body["recordingUrl"] = json!(format!("https://example.com/a.mp3?a={digits}&b={encoded}"));
        body["transcript"][2]["text"] =
            json!("So that is four two four two, four two four two, four two four two, four two four two.");
        body["metadata"] = json!({
            "note": CARD, "number": 4_242_424_242_424_242_u64, digits.clone(): "x", "order number": CARD,
            "nested": {"deep": {"list": [digits, format!("card-{CARD}")]}}
        });
    });

    let event = world.redacted(&call).await;

    let leaves = format!("{}{}", serde_json::to_string(&event).unwrap(), serde_json::to_string(&event.conversation).unwrap());
    let stored = world.lab.database.dump().await.unwrap();
    assert!(stored.contains("conv_1"), "the ledger's row is there");
    for text in [&leaves, &stored] {
        let plain = text.replace([' ', '-'], "").to_lowercase();
        assert!(!plain.contains("42424242") && !plain.contains(&encoded[..12].to_lowercase()), "{text}");
        assert!(!plain.contains("fourtwofour"), "{text}");
    }
    assert_eq!(event.conversation.recording_url.unwrap().as_str(), "https://example.com/a.mp3");
    assert_eq!(event.conversation.customer.phone.unwrap().as_e164(), "+14155550123");
}

#[tokio::test]
async fn a_clean_conversation_leaves_as_it_came() {
    let world = World::start().await;
    let call = world.changed("conv_1", |body| body["transcript"] = json!([{"speaker": "customer", "text": "Good morning."}]));
    assert_eq!(world.redacted(&call).await.conversation, call.event.conversation);
    assert!(world.row(&call).await.unwrap().redactions.is_empty());
}

#[tokio::test]
async fn the_platforms_own_summary_is_kept() {
    let world = World::start().await;
    let call = world.call("conv_1");
    let event = world.redacted(&call).await;
    assert_eq!(event.conversation.summary.unwrap().as_str(), "Wants a repair on Monday.");
    assert_eq!(event.summary_source, Some(SummarySource::Event));
    assert_eq!(world.row(&call).await.unwrap().summary_source, Some(SummarySource::Event));
}

#[tokio::test]
async fn a_missing_summary_is_picked_from_scrubbed_sentences() {
    let world = World::start().await;
    let call = world.changed("conv_1", |body| body["summary"] = json!(null));
    let event = world.redacted(&call).await;
    let summary = event.conversation.summary.unwrap();
    assert!(summary.as_str().contains("heating") && !summary.as_str().contains("4242"), "{:?}", summary.as_str());
    assert_eq!(event.summary_source, Some(SummarySource::Extractive));
    assert_eq!(world.row(&call).await.unwrap().summary_source, Some(SummarySource::Extractive));
}

#[tokio::test]
async fn where_nothing_was_said_there_is_no_summary_and_it_goes_on() {
    let world = World::start().await;
    let call = world.changed("conv_1", |body| {
        body["summary"] = json!(null);
        body["transcript"] = json!([]);
    });
    let event = world.redacted(&call).await;
    assert_eq!((event.conversation.summary, event.summary_source), (None, None));
    assert_eq!(world.row(&call).await.unwrap().summary_source, None);
}

#[tokio::test]
async fn where_only_summaries_are_logged_the_transcript_stays_behind() {
    let world = World::start().await;
    let mut then = world.changed("conv_1", |body| body["summary"] = json!(null));
    then.event.origin.mode = Mode::Summary;
    let event = world.redacted(&then).await;
    assert!(event.conversation.transcript.is_empty());
    assert!(event.conversation.summary.unwrap().as_str().contains("heating"), "it served for the summary first");

    let now = world.call("conv_2");
    world.lab.set(&world.tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    assert!(world.redacted(&now).await.conversation.transcript.is_empty());
    assert_eq!(world.row(&now).await.unwrap().redactions["card"], 1, "what was removed is counted all the same");
}

#[tokio::test]
async fn a_batch_keeps_its_order_and_its_counts_apart() {
    let world = World::start().await;
    let mut batch = Vec::new();
    for i in 0..20 {
        batch.push(world.changed(&format!("conv_{i}"), |body| {
            body["summary"] = json!(format!("About order number {i}."));
            if i % 2 == 0 {
                body["transcript"] = json!([]);
            }
        }));
    }
    for (i, verdict) in world.run(&batch).await.into_iter().enumerate() {
        let event = crate::world::next(verdict);
        assert_eq!(event.conversation.id, batch[i].event.conversation.id);
        assert_eq!(event.conversation.summary.unwrap().as_str(), format!("About order number {i}."));
        let removed = world.row(&batch[i]).await.unwrap().redactions.get("card").copied();
        assert_eq!(removed, (i % 2 == 1).then_some(1));
    }
}
