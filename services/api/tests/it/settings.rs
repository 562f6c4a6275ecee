//! `GET` and `PATCH /integrations/hubspot/writeback`.

use domain::{
    EventId,
    conversation::{Channel, Direction},
    ledger::Reason,
    settings::Mode,
};
use serde_json::{Value, json};
use store::ledger::{self, Ended, NewWriteback};
use time::OffsetDateTime;

use crate::support::World;

const PATH: &str = "/integrations/hubspot/writeback";

#[tokio::test]
async fn logging_is_off_by_default() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let none = json!({
        "mode": "off", "onNoMatch": "skip", "redaction": {"patterns": [], "keepWords": []}, "enabledAt": null, "updatedAt": null, "portal": null,
        "counts": {"exported": 0, "skippedNoMatch": 0, "withheld": 0, "failed": 0, "inFlight": 0}
    });
    assert_eq!(world.get(PATH, &tenant.key).await.with(200), none);
    world.connect(&tenant).await;
    let connected = world.get(PATH, &tenant.key).await.with(200);
    assert_eq!((&connected["mode"], &connected["enabledAt"]), (&json!("off"), &Value::Null));
    let portal = json!({"id": "24109811", "status": "active", "remedy": null, "uiDomain": "app-eu1.hubspot.com"});
    assert_eq!(connected["portal"], portal);
}

#[tokio::test]
async fn without_a_connection_there_is_nothing_to_turn_on() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    for on in [json!({"mode": "summary"}), json!({"mode": "off", "onNoMatch": "create"})] {
        let answer = world.patch(PATH, &tenant.key, &on).await;
        assert_eq!(answer.problem(409), "not_connected");
        assert!(answer.body["detail"].as_str().unwrap().contains("POST /integrations/hubspot/connect"));
    }
    assert_eq!(world.patch(PATH, &tenant.key, &json!({"mode": "off"})).await.with(200)["mode"], "off");
}

#[tokio::test]
async fn turning_on_is_remembered_and_what_is_omitted_stays() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.connect(&tenant).await;
    let set = async |body: Value| world.patch(PATH, &tenant.key, &body).await.with(200);

    let on = set(json!({"mode": "summary", "onNoMatch": "create"})).await;
    assert_eq!((&on["mode"], &on["onNoMatch"]), (&json!("summary"), &json!("create")));
    assert!(on["enabledAt"].as_str().unwrap().ends_with('Z'));
    let wider = set(json!({"mode": "summary_transcript"})).await;
    assert_eq!((&wider["onNoMatch"], &wider["enabledAt"]), (&json!("create"), &on["enabledAt"]));
    assert_eq!(world.get(PATH, &tenant.key).await.with(200), wider);
    set(json!({"mode": "off", "onNoMatch": null})).await;
    let again = set(json!({"mode": "summary"})).await;
    assert_ne!(again["enabledAt"], on["enabledAt"]);
    assert_eq!(again["onNoMatch"], "create");
}

#[tokio::test]
async fn a_change_that_is_not_clear_changes_nothing() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.connect(&tenant).await;
    for (body, fault) in [
        (json!({}), "mode required"),
        (json!({"onNoMatch": "skip"}), "mode required"),
        (json!({"mode": "everything"}), "mode invalid"),
        (json!({"mode": null}), "mode wrong_type"),
        (json!({"mode": "summary", "onNoMatch": 1}), "onNoMatch wrong_type"),
        (json!({"mode": "summary", "enabledAt": "2020-01-01T00:00:00Z"}), "enabledAt unknown_field"),
    ] {
        assert_eq!(world.patch(PATH, &tenant.key, &body).await.faults(), [fault], "{body}");
    }
    assert_eq!(world.get(PATH, &tenant.key).await.with(200)["updatedAt"], Value::Null);
}

#[tokio::test]
async fn conversations_are_counted_by_outcome() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let connection = world.connect(&tenant).await;
    let now = OffsetDateTime::now_utc();
    let row = |id: &str| NewWriteback {
        conversation: id.parse().unwrap(),
        event: EventId::new(),
        agent: "agent_7".parse().unwrap(),
        channel: Channel::Voice,
        direction: Direction::Inbound,
        mode: Mode::Summary,
        started_at: now,
        ended_at: now,
        accepted_at: now,
        scrubbed: None,
    };
    ledger::open(&world.db, connection, &["a", "b", "c"].map(row)).await.unwrap();
    let skipped = Ended::because("b".parse().unwrap(), Reason::NoMatch);
    ledger::skipped(&world.db, connection, &[skipped]).await.unwrap();
    let counts = world.get(PATH, &tenant.key).await.with(200)["counts"].take();
    assert_eq!(counts, json!({"exported": 0, "skippedNoMatch": 1, "withheld": 0, "failed": 0, "inFlight": 2}));
}
