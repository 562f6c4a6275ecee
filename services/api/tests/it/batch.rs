//! `POST /events/conversation-finished/batch`.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::support::{World, conversation, ended};

const PATH: &str = "/events/conversation-finished/batch";

#[tokio::test]
async fn each_event_is_judged_by_itself() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let old = ended("conv_old", OffsetDateTime::now_utc() - Duration::days(1));
    let mut invalid = conversation("conv_1");
    invalid["channel"] = json!("fax");
    let events = json!({"events": [
        invalid, conversation("conv_1"), conversation("conv_2"), conversation("conv_1"), old, old, "text"
    ]});
    let answer = world.post(PATH, &tenant.key, &events).await.with(202);
    let items: Vec<_> = answer["items"].as_array().unwrap().iter().map(|i| (&i["conversationId"], &i["status"])).collect();
    let item = |id: &str, status: &str| (json!(id), json!(status));
    let expected = [
        item("conv_1", "invalid"),
        item("conv_1", "accepted"),
        item("conv_2", "accepted"),
        item("conv_1", "duplicate"),
        item("conv_old", "ignored"),
        item("conv_old", "duplicate"),
        (Value::Null, json!("invalid")),
    ];
    assert_eq!(items, expected.iter().map(|(id, status)| (id, status)).collect::<Vec<_>>());
    assert_eq!(answer["items"][0]["errors"][0]["path"], "channel");
    assert_eq!(answer["items"][4]["reason"], "ended_before_enabled");
    assert_eq!(answer["counts"], json!({"accepted": 2, "ignored": 1, "invalid": 2, "duplicate": 2, "unavailable": 0}));

    let mut queued: Vec<_> = world.vhost.queued().await.iter().map(|m| m.open(&world.keys).conversation.id.to_string()).collect();
    queued.sort();
    assert_eq!(queued, ["conv_1", "conv_2"]);
}

#[tokio::test]
async fn a_batch_has_one_to_a_hundred_events() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let batch = |count: usize| json!({"events": (0..count).map(|i| conversation(&format!("conv_{i}"))).collect::<Vec<_>>()});
    for count in [0, 101] {
        assert_eq!(world.post(PATH, &tenant.key, &batch(count)).await.faults(), ["events wrong_length"]);
    }
    let full = world.post(PATH, &tenant.key, &batch(100)).await.with(202);
    assert_eq!(full["counts"]["accepted"], 100);
    assert_eq!(world.vhost.queued().await.len(), 100);
    for (body, fault) in [
        (json!({}), "events required"),
        (json!({"events": {}}), "events wrong_type"),
        (json!({"events": [], "surprise": 1}), "surprise unknown_field"),
        (json!([]), " wrong_type"),
    ] {
        assert_eq!(world.post(PATH, &tenant.key, &body).await.faults(), [fault]);
    }
}

#[tokio::test]
async fn a_batch_of_nothing_to_export_needs_no_broker() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.vhost.destroy().await;
    let answer = world.post(PATH, &tenant.key, &json!({"events": [conversation("conv_1")]})).await.with(202);
    assert_eq!(answer["items"], json!([{"conversationId": "conv_1", "status": "ignored", "reason": "not_connected"}]));
}
