//! `POST /events/conversation-finished`.

use std::{
    io,
    sync::{Arc, Mutex},
};

use domain::{
    connection::ConnectionStatus,
    settings::{Mode, OnNoMatch},
};
use reqwest::{Method, header};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::support::{Tenant, World, conversation, ended, eventually};

const PATH: &str = "/events/conversation-finished";

/// Nothing of it is anywhere: neither in a queue nor in the ledger.
async fn nothing_is_kept(world: &World, tenant: &Tenant) {
    assert!(world.vhost.queued().await.is_empty());
    let listed = world.get("/integrations/hubspot/writeback/conversations", &tenant.key).await.with(200);
    assert_eq!(listed, json!({"items": [], "nextCursor": null}));
}

#[tokio::test]
async fn an_accepted_conversation_is_in_the_queue_sealed_and_with_its_trace() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let sent = |request: reqwest::RequestBuilder| {
        request.bearer_auth(&tenant.key).header("traceparent", trace).json(&conversation("conv_1"))
    };
    let answer = world.call(Method::POST, PATH, sent).await;
    assert_eq!(answer.with(202), json!({"conversationId": "conv_1", "status": "accepted"}));

    let queued = world.vhost.queued().await;
    let [message] = &queued[..] else { panic!("{} messages", queued.len()) };
    assert_eq!(message.headers["traceparent"], trace);
    let resting = String::from_utf8_lossy(&message.sealed);
    assert!(!resting.contains("4242") && !resting.contains("Dana"));
    let event = message.open(&world.keys);
    assert_eq!((event.origin.account, event.origin.mode), (tenant.account, Mode::SummaryTranscript));
    assert_eq!(event.origin.on_no_match, OnNoMatch::Skip);
    assert_eq!(event.conversation.transcript[1].text.as_str(), "My card is 4242 4242 4242 4242.");
}

#[tokio::test]
async fn what_is_ignored_says_why_and_leaves_no_trace() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let ignored = |reason: &str| json!({"conversationId": "conv_1", "status": "ignored", "reason": reason});
    let sent = world.emit(&tenant.key, &conversation("conv_1")).await;
    assert_eq!(sent.with(202), ignored("not_connected"));

    world.connect(&tenant).await;
    let put = json!({"mode": "off"});
    world.patch("/integrations/hubspot/writeback", &tenant.key, &put).await.with(200);
    assert_eq!(world.emit(&tenant.key, &conversation("conv_1")).await.with(202), ignored("logging_off"));

    let put = json!({"mode": "summary"});
    world.patch("/integrations/hubspot/writeback", &tenant.key, &put).await.with(200);
    assert_eq!(world.emit(&tenant.key, &conversation("conv_1")).await.with(202), ignored("ended_before_enabled"));
    nothing_is_kept(&world, &tenant).await;
}

#[tokio::test]
async fn logging_that_is_turned_on_counts_at_once_and_at_every_process() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.connect(&tenant).await;
    let other = world.second_process().await;
    let soon = ended("conv_1", OffsetDateTime::now_utc() + Duration::minutes(5));
    let at_other = || world.call_at(other, Method::POST, PATH, |r| r.bearer_auth(&tenant.key).json(&soon));
    // Both processes know now that it is off.
    assert_eq!(world.emit(&tenant.key, &soon).await.with(202)["reason"], "logging_off");
    assert_eq!(at_other().await.with(202)["reason"], "logging_off");

    let put = json!({"mode": "summary"});
    world.patch("/integrations/hubspot/writeback", &tenant.key, &put).await.with(200);
    assert_eq!(world.emit(&tenant.key, &soon).await.with(202)["status"], "accepted");
    eventually("the other process hears of it", async || (at_other().await.with(202)["status"] == "accepted").then_some(()))
        .await;
}

#[tokio::test]
async fn a_connection_that_needs_a_person_still_accepts() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let connection = store::connections::of_account(&world.db, tenant.account).await.unwrap().unwrap();
    store::connections::set_status(&world.db, connection.id, ConnectionStatus::ReauthRequired).await.unwrap();
    assert_eq!(world.emit(&tenant.key, &conversation("conv_1")).await.with(202)["status"], "accepted");
    let portal = world.get("/integrations/hubspot/writeback", &tenant.key).await.with(200)["portal"].take();
    assert_eq!(portal["status"], "reauth_required");
    assert!(portal["remedy"].as_str().unwrap().starts_with("Connect HubSpot again"));
}

#[tokio::test]
async fn every_fault_is_named_even_while_logging_is_off() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut body = conversation("conv 1");
    body["channel"] = json!("fax");
    body["surprise"] = json!(true);
    body["transcript"][1]["speaker"] = json!("ghost");
    let answer = world.emit(&tenant.key, &body).await;
    assert_eq!(answer.problem(422), "invalid");
    let expected = ["surprise unknown_field", "conversationId invalid", "channel invalid", "transcript[1].speaker invalid"];
    assert_eq!(answer.faults(), expected);
    for whole in [json!([]), json!("x"), json!(null), json!(1)] {
        assert_eq!(world.emit(&tenant.key, &whole).await.faults(), [" wrong_type"]);
    }
    nothing_is_kept(&world, &tenant).await;
}

#[tokio::test]
async fn a_conversation_that_ends_in_the_future_is_refused() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let late = ended("conv_1", OffsetDateTime::now_utc() + Duration::minutes(61));
    assert_eq!(world.emit(&tenant.key, &late).await.faults(), ["endedAt in_future"]);
    let skewed = ended("conv_1", OffsetDateTime::now_utc() + Duration::minutes(59));
    assert_eq!(world.emit(&tenant.key, &skewed).await.with(202)["status"], "accepted");
}

#[tokio::test]
async fn national_numbers_are_of_the_accounts_country() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    store::accounts::set_region(&world.db, tenant.account, "DE".parse().unwrap()).await.unwrap();
    let mut body = conversation("conv_1");
    body["customer"]["phone"] = json!("030 901820");
    world.emit(&tenant.key, &body).await.with(202);
    let event = world.vhost.queued().await[0].open(&world.keys);
    assert_eq!(event.conversation.customer.phone.unwrap().as_e164(), "+4930901820");
}

#[tokio::test]
async fn without_a_broker_nothing_is_accepted_until_it_is_back() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    world.vhost.destroy().await;
    let answer = eventually("the broker is gone", async || {
        Some(world.emit(&tenant.key, &conversation("conv_1")).await).filter(|answer| answer.status != 202)
    })
    .await;
    assert_eq!(answer.problem(503), "queue_unavailable");
    let batch = world.post(&format!("{PATH}/batch"), &tenant.key, &json!({"events": [conversation("conv_2")]})).await;
    assert_eq!(batch.problem(503), "queue_unavailable");

    world.vhost.make().await;
    let answer = eventually("the broker is back", async || {
        Some(world.emit(&tenant.key, &conversation("conv_3")).await).filter(|answer| answer.status == 202)
    })
    .await;
    assert_eq!(answer.with(202)["status"], "accepted");
    let conversations: Vec<_> =
        world.vhost.queued().await.iter().map(|m| m.open(&world.keys).conversation.id.to_string()).collect();
    assert!(conversations.contains(&"conv_3".to_owned()), "{conversations:?}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_how_requests_went_and_nothing_of_a_conversation() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG).with_ansi(false);
    // For the whole process: whatever other tests send must not be in the log either.
    tracing::subscriber::set_global_default(subscriber.with_writer(move || writer.clone()).finish()).unwrap();

    let world = World::start().await;
    let (tenant, off) = (world.logging_tenant().await, world.tenant().await);
    world.emit(&tenant.key, &conversation("conv_secret")).await.with(202);
    world.emit(&off.key, &conversation("conv_secret")).await.with(202);
    let mut faulty = conversation("conv_secret");
    faulty["Dana Reyes"] = Value::Null;
    assert_eq!(world.emit(&tenant.key, &faulty).await.problem(422), "invalid");
    let garbage = |r: reqwest::RequestBuilder| {
        r.bearer_auth(&tenant.key).header(header::CONTENT_TYPE, "application/json").body("{\"Dana Reyes\"")
    };
    assert_eq!(world.call(Method::POST, PATH, garbage).await.problem(400), "malformed_json");
    world.get("/integrations/hubspot/writeback/conversations/conv_secret", &tenant.key).await.problem(404);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains(&format!("account.id={}", tenant.account)), "{log}");
    assert!(log.contains("http.route=\"/events/conversation-finished\"") && log.contains("http.status=422"), "{log}");
    for secret in ["conv_secret", "Dana", "4155550123", "4242", "billing", &tenant.key[4..], &off.key[4..]] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is in the log");
    }
}
