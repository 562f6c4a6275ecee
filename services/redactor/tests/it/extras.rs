//! What an account adds to the redactor.

use bus::Verdict;
use domain::{
    ledger::{Reason, State},
    settings::{ExtraPattern, Mode, RedactionExtras, SettingsChange},
};
use serde_json::json;
use store::settings;
use time::OffsetDateTime;

use crate::world::{CARD, Delivery, World};

fn order_codes() -> RedactionExtras {
    let pattern = ExtraPattern { label: "order code".to_owned(), pattern: r"\bACME-[0-9]{6}\b".to_owned() };
    RedactionExtras { patterns: vec![pattern], keep_words: vec![CARD.to_owned()] }
}

async fn set(world: &World, redaction: RedactionExtras) {
    let change = SettingsChange { redaction: Some(redaction), ..Mode::SummaryTranscript.into() };
    let (account, connection) = (world.tenant.account, world.tenant.connection);
    settings::set(&world.lab.db, account, connection, &change, OffsetDateTime::UNIX_EPOCH).await.unwrap().unwrap();
}

fn with_order(world: &World, id: &str) -> Delivery {
    world.changed(id, |body| body["summary"] = json!("About ACME-123456, paid with 5555 5555 5555 4444."))
}

async fn summary(world: &World, id: &str) -> String {
    world.redacted(&with_order(world, id)).await.conversation.summary.unwrap().into_string()
}

#[tokio::test]
async fn the_patterns_of_the_connection_are_applied_and_counted() {
    let world = World::start().await;
    set(&world, order_codes()).await;
    let call = with_order(&world, "conv_1");
    let before = metric("custom");
    let event = world.redacted(&call).await;
    assert_eq!(event.conversation.summary.unwrap().as_str(), "About [order code removed], paid with [card number removed].");
    assert!(event.conversation.transcript[1].text.as_str().contains(CARD), "it was to be kept");
    let counts: Vec<_> = world.row(&call).await.unwrap().redactions.into_iter().collect();
    assert_eq!(counts, [("card".to_owned(), 1), ("custom".to_owned(), 1)]);
    assert!(metric("custom") > before);
}

#[tokio::test]
async fn a_change_holds_from_the_next_batch_on() {
    let world = World::start().await;
    assert_eq!(summary(&world, "conv_1").await, "About ACME-123456, paid with [card number removed].");
    set(&world, order_codes()).await;
    assert_eq!(summary(&world, "conv_2").await, "About [order code removed], paid with [card number removed].");
    let mut renamed = order_codes();
    renamed.patterns[0].label = "reference".to_owned();
    set(&world, renamed).await;
    assert_eq!(summary(&world, "conv_3").await, "About [reference removed], paid with [card number removed].");
    set(&world, RedactionExtras::default()).await;
    assert_eq!(summary(&world, "conv_4").await, "About ACME-123456, paid with [card number removed].");
}

#[tokio::test]
async fn what_another_account_adds_does_not_matter() {
    let (mine, other) = (World::start().await, World::start().await);
    set(&other, order_codes()).await;
    assert_eq!(summary(&mine, "conv_1").await, "About ACME-123456, paid with [card number removed].");
}

#[tokio::test]
async fn patterns_that_cannot_be_used_let_nothing_through_until_they_are_mended() {
    let world = World::start().await;
    let mut broken = order_codes();
    broken.patterns[0].pattern = "ACME-(".to_owned();
    set(&world, broken).await;
    let mut call = with_order(&world, "conv_1");
    let Verdict::DeadLetter { reason, detail } = world.one(&call).await else { panic!("it went on") };
    assert_eq!(reason, Reason::RedactionUnusable);
    let detail = detail.unwrap();
    assert_eq!(detail, "redaction.patterns[0].pattern cannot be used; set the account's redaction anew, then replay");
    let row = world.row(&call).await.unwrap();
    assert_eq!((row.state, row.redactions.len()), (State::Accepted, 0), "the runner buries it");
    set(&world, order_codes()).await;
    call.repeated = true;
    let summary = world.redacted(&call).await.conversation.summary.unwrap();
    assert_eq!(summary.as_str(), "About [order code removed], paid with [card number removed].");
}

fn metric(kind: &str) -> f64 {
    let families = prometheus::gather();
    let family = families.iter().find(|family| family.name() == "writeback_redactor_redactions_total");
    let of_kind = |metric: &&prometheus::proto::Metric| metric.get_label().iter().any(|label| label.value() == kind);
    family.and_then(|family| family.get_metric().iter().find(of_kind)).map_or(0.0, |metric| metric.get_counter().get_value())
}
