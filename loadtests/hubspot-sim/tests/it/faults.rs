//! Injected trouble.

use std::time::Duration;

use hubspot_sim::{Fault, FaultKind, Policy};
use reqwest::Method;
use serde_json::json;

use crate::world::World;

const CALLS: &str = "/crm/objects/2026-09/calls";

fn call() -> serde_json::Value {
    json!({"properties": {"hs_timestamp": "0"}})
}

/// Whether a create gets through, and how many calls there are after it.
async fn create_under(kind: FaultKind) -> (Result<u16, reqwest::Error>, usize) {
    let world = World::start().await;
    world.portal.fault(Fault::new(kind).method("POST").object("calls").times(1));
    let sent = world.request(Method::POST, CALLS).json(&call()).send().await;
    let outcome = match sent {
        Ok(response) => {
            let status = response.status().as_u16();
            response.bytes().await.map(|_| status)
        }
        Err(error) => Err(error),
    };
    let made = world.portal.calls().len();
    world.post(CALLS, call()).await.expect(201);
    (outcome, made)
}

#[tokio::test]
async fn a_reset_before_leaves_nothing_and_one_after_leaves_the_record() {
    let (outcome, made) = create_under(FaultKind::ResetBefore).await;
    assert!(outcome.is_err() && made == 0);
    let (outcome, made) = create_under(FaultKind::ResetAfter).await;
    assert!(outcome.is_err() && made == 1);
}

#[tokio::test]
async fn a_hang_ends_in_a_cut_with_or_without_effect() {
    let (outcome, made) = create_under(FaultKind::Hang { ms: 5 }).await;
    assert!(outcome.is_err() && made == 0);
    let (outcome, made) = create_under(FaultKind::EffectThenHang { ms: 5 }).await;
    assert!(outcome.is_err() && made == 1);
}

#[tokio::test]
async fn bodies_break_off_or_are_empty_or_not_json_after_the_effect() {
    let (outcome, made) = create_under(FaultKind::TruncatedBody).await;
    assert!(outcome.is_err() && made == 1);
    assert!(matches!(create_under(FaultKind::EmptyBody).await, (Ok(201), 1)));
    assert!(matches!(create_under(FaultKind::MalformedBody).await, (Ok(201), 1)));
}

#[tokio::test]
async fn statuses_come_before_or_after_the_effect() {
    assert!(matches!(create_under(FaultKind::Status { status: 503, retry_after: None }).await, (Ok(503), 0)));
    assert!(matches!(create_under(FaultKind::StatusAfterEffect { status: 524 }).await, (Ok(524), 1)));
    assert!(matches!(create_under(FaultKind::ExpiredToken).await, (Ok(401), 0)));
    assert!(matches!(create_under(FaultKind::Latency { ms: 1 }).await, (Ok(201), 1)));
}

#[tokio::test]
async fn a_migration_says_how_long_and_a_429_says_whose_limit() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::Status { status: 477, retry_after: Some(3600) }).times(1));
    assert_eq!(world.get(CALLS).await.expect(477).header("retry-after"), Some("3600"));
    world.portal.fault(Fault::new(FaultKind::RateLimited { policy: Policy::Daily, retry_after: None }).times(1));
    assert_eq!(world.get(CALLS).await.expect(429).text("/policyName"), "DAILY");
    assert_eq!(world.portal.rate_limited_count(), 0, "an injected 429 is not a spent budget");
}

#[tokio::test]
async fn a_fault_of_one_portal_is_not_felt_in_another() {
    let world = World::start().await;
    let other = world.sim.portal(hubspot_sim::PortalOptions::default());
    other.fault(Fault::new(FaultKind::Status { status: 500, retry_after: None }));
    world.get(CALLS).await.expect(200);
    other.clear_faults();
    world.sim.fault(Fault::new(FaultKind::Status { status: 500, retry_after: None }).path("/calls").skip(1).times(1));
    let statuses = [world.get(CALLS).await.status, world.get(CALLS).await.status, world.get(CALLS).await.status];
    assert_eq!(statuses, [200, 500, 200]);
}

#[tokio::test]
async fn what_was_cut_is_recorded_before_the_cut() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::EffectThenHang { ms: 60_000 }).times(1));
    let sent = world.request(Method::POST, CALLS).json(&call()).timeout(Duration::from_millis(200)).send().await;
    assert!(sent.expect_err("no answer in time").is_timeout());
    let recorded = world.portal.requests();
    assert_eq!((recorded[0].status, recorded[0].fault.as_deref()), (0, Some("effect_then_hang")));
    assert_eq!(world.portal.calls().len(), 1);
}
