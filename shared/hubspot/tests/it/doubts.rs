//! Answers that get lost: a create is in doubt, a read is asked again, and nothing is sent twice.

use std::time::Duration;

use domain::connection::UniqueMode;
use hubspot_sim::{Fault, FaultKind};
use writeback_hubspot::{Config, EngagementKind, ErrorClass, Timeouts};

use crate::world::{World, bulk, call, class, conversation};

/// Creates one call while `fault` holds; what was said, and whether it happened.
async fn create(fault: FaultKind) -> (ErrorClass, bool) {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    let timeouts = Timeouts { batch: Duration::from_millis(500), ..Timeouts::default() };
    let hubspot = world.another_process(&Config { timeouts, ..world.config() }).await;
    // The bearer is read and the connection is open before anything goes wrong.
    bulk(&hubspot, world.connection).account().await.unwrap();
    world.portal.fault(Fault::new(fault).path("batch/create"));
    let portal = bulk(&hubspot, world.connection);
    let calls = portal.engagements(EngagementKind::Call);
    let result = calls.batch_create(UniqueMode::Unique, &[call(1, contact)]).await.pop().unwrap();
    assert_eq!(world.portal.request_count("POST", "batch/create"), 1, "a create is sent once");
    let found = calls.by_conversation(&[conversation(1)]).await.unwrap();
    assert_eq!(found.len(), world.portal.calls().len());
    (class(result), !found.is_empty())
}

#[tokio::test]
async fn a_create_whose_answer_got_lost_is_in_doubt() {
    for fault in [
        FaultKind::EffectThenHang { ms: 5_000 },
        FaultKind::ResetAfter,
        FaultKind::StatusAfterEffect { status: 502 },
        FaultKind::StatusAfterEffect { status: 504 },
        FaultKind::StatusAfterEffect { status: 524 },
        FaultKind::StatusAfterEffect { status: 500 },
        FaultKind::MalformedBody,
        FaultKind::TruncatedBody,
        FaultKind::EmptyBody,
    ] {
        assert_eq!(create(fault.clone()).await, (ErrorClass::Ambiguous, true), "{fault:?}");
    }
}

#[tokio::test]
async fn a_create_that_may_have_happened_and_did_not_is_in_doubt_too() {
    for fault in [
        FaultKind::Hang { ms: 5_000 },
        FaultKind::ResetBefore,
        FaultKind::Status { status: 502, retry_after: None },
        FaultKind::Status { status: 504, retry_after: None },
    ] {
        assert_eq!(create(fault.clone()).await, (ErrorClass::Ambiguous, false), "{fault:?}");
    }
}

#[tokio::test]
async fn a_create_that_cannot_have_happened_is_not_in_doubt() {
    let unavailable = FaultKind::Status { status: 503, retry_after: None };
    assert_eq!(create(unavailable).await, (ErrorClass::Unavailable, false));
    let moving = FaultKind::Status { status: 477, retry_after: Some(60) };
    assert_eq!(create(moving).await, (ErrorClass::PortalMoving { retry_after: Duration::from_mins(1) }, false));
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_was_sent_nothing() {
    let world = World::start().await;
    let config = Config { api_url: "http://127.0.0.1:1".to_owned(), ..world.config() };
    let hubspot = world.another_process(&config).await;
    let contact = world.contact(&[("email", "dana@example.com")]);
    let portal = bulk(&hubspot, world.connection);
    let calls = portal.engagements(EngagementKind::Call);
    let result = calls.batch_create(UniqueMode::Plain, &[call(1, contact)]).await.pop().unwrap();
    assert_eq!(class(result), ErrorClass::Unavailable);
}

#[tokio::test]
async fn a_read_that_got_lost_is_asked_again() {
    for fault in [FaultKind::ResetBefore, FaultKind::Status { status: 502, retry_after: None }, FaultKind::MalformedBody] {
        let world = World::start().await;
        let id = world.contact(&[("email", "dana@example.com")]);
        world.portal.fault(Fault::new(fault.clone()).path("batch/read").times(1));
        let found = world.bulk().contacts().by_id(&[id]).await;
        assert_eq!(found.unwrap().len(), 1, "{fault:?}");
    }
}
