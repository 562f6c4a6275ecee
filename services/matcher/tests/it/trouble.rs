//! HubSpot or the database will not.

use std::time::Duration;

use bus::{DeferReason, Verdict};
use domain::{
    connection::UniqueMode,
    ledger::{MatchedBy, Reason},
};
use hubspot_sim::{Fault, FaultKind, Policy, PortalOptions};
use serde_json::json;

use crate::world::{DANA, World, back, contact, deferred};

#[tokio::test]
async fn what_a_portals_administrator_requires_is_named_to_a_person() {
    let required = vec!["company".to_owned(), "jobtitle".to_owned()];
    let options = PortalOptions { required_contact_fields: required, ..PortalOptions::default() };
    let world = World::start_with(UniqueMode::Unique, options).await;
    let known = world.contact(&[("firstname", "Known"), ("phone", "+14155550199")]);
    let calls = [world.call("conv_1", DANA).await, world.call("conv_2", "+14155550199").await];

    let mut verdicts = world.run(&calls).await;

    assert_eq!(contact(verdicts.pop().unwrap()).id, known, "a known caller is nobody's problem");
    let Some(Verdict::DeadLetter { reason: Reason::RequiredProperties, detail: Some(detail) }) = verdicts.pop() else {
        panic!("{verdicts:?}")
    };
    assert!(detail.contains("company") && detail.contains("jobtitle"), "{detail}");
    assert!(!detail.contains("5550123"), "{detail}");
}

#[tokio::test]
async fn a_contact_that_is_refused_leaves_its_caller_free_for_the_next_one() {
    let world = World::start().await;
    world.fault(FaultKind::Status { status: 400, retry_after: None }, "batch/create");
    let call = world.call("conv_1", DANA).await;
    let verdict = world.one(&call).await;
    assert!(matches!(verdict, Verdict::DeadLetter { reason: Reason::Refused, .. }), "{verdict:?}");
    assert_eq!(world.matched(&world.call("conv_2", DANA).await).await.by, MatchedBy::Created);
}

#[tokio::test]
async fn one_limit_stops_every_process() {
    let world = World::start().await;
    world.fault(FaultKind::RateLimited { policy: Policy::TenSecondlyRolling, retry_after: None }, "batch/read");
    let chat = world.conversation("conv_1", json!({"email": "lee@example.com"})).await;

    let defer = deferred(&world.one(&chat).await, DeferReason::Throttled);

    assert!(defer.wait > Duration::from_secs(5), "{defer:?}");
    assert!(!defer.reason.counts());
    let other = world.another_process().await;
    let verdicts = world.run_by(&other, &[world.conversation("conv_2", json!({"email": "kim@example.com"})).await]).await;
    deferred(&verdicts[0], DeferReason::Throttled);
    assert_eq!(world.portal.requests().len(), 1);
}

#[tokio::test]
async fn a_limit_on_searches_does_not_hold_up_who_needs_none() {
    let world = World::start().await;
    let lee = world.contact(&[("email", "lee@example.com")]);
    world.portal.fault(Fault::new(FaultKind::RateLimited { policy: Policy::Secondly, retry_after: Some(30) }).path("/search"));
    let calls = [world.call("conv_1", DANA).await, world.conversation("conv_2", json!({"email": "lee@example.com"})).await];
    let mut verdicts = world.run(&calls).await;
    assert_eq!(contact(verdicts.pop().unwrap()).id, lee);
    deferred(&verdicts[0], DeferReason::Throttled);
    assert!(world.portal.contacts().len() == 1, "nobody is created for a search that was refused");
}

#[tokio::test]
async fn a_create_that_is_throttled_is_done_when_it_comes_back() {
    let world = World::in_mode(UniqueMode::Plain).await;
    world.fault(FaultKind::RateLimited { policy: Policy::Secondly, retry_after: Some(1) }, "batch/create");
    let call = world.call("conv_1", DANA).await;
    deferred(&world.one(&call).await, DeferReason::Throttled);
    // Another process's event finds the caller free: nothing was sent that could have had an effect.
    let claimed = store::links::resolve(&world.lab.db, world.tenant.connection, &[world.phone_key(DANA)]).await.unwrap();
    assert_eq!(claimed, [store::links::Known::Unknown]);
}

#[tokio::test]
async fn an_error_of_hubspots_is_a_failure_and_creates_nobody() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::Status { status: 500, retry_after: None }).path("/search"));
    let call = world.call("conv_1", DANA).await;
    let defer = deferred(&world.one(&call).await, DeferReason::Failure);
    assert!(defer.reason.counts());
    assert!(world.portal.contacts().is_empty(), "a search that failed does not say that there is nobody");
    world.portal.clear_faults();
    assert_eq!(world.matched(&back(&call, defer)).await.by, MatchedBy::Created);
}

#[tokio::test]
async fn a_hubspot_that_is_down_uses_up_no_attempt() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::Status { status: 503, retry_after: None }));
    let defer = deferred(&world.one(&world.call("conv_1", DANA).await).await, DeferReason::HubSpotDown);
    assert!(!defer.reason.counts());
}

#[tokio::test]
async fn a_database_that_is_away_is_waited_for_and_no_doubt_is_forgotten() {
    let world = World::start().await;
    let mut call = world.call("conv_1", DANA).await;
    call.doubts = 2;
    world.lab.db.close().await;
    let defer = deferred(&world.one(&call).await, DeferReason::DatabaseDown);
    assert_eq!(defer.doubts, 2);
    assert!(world.portal.requests().is_empty());
}
