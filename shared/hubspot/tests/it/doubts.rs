//! Answers that get lost: a create is in doubt, a read is asked again, and nothing is sent twice.

use std::time::Duration;

use domain::{connection::UniqueMode, conversation::EngagementKind};
use hubspot_sim::{Fault, FaultKind};
use writeback_hubspot::{Config, ErrorClass, Timeouts};

use crate::world::{World, bulk, call, class, conversation};

/// Creates a call while each of the faults holds. Each time it has to be said what is expected, and to have happened or not.
async fn check(faults: &[FaultKind], expected: &ErrorClass, happens: bool) {
    let world = World::start().await;
    world.bulk().probe().await.unwrap();
    let contact = world.contact(&[("email", "dana@example.com")]);
    let timeouts = Timeouts { batch: Duration::from_millis(500), ..Timeouts::default() };
    let hubspot = world.another_process(&Config { timeouts, ..world.config() }).await;
    let portal = bulk(&hubspot, world.connection);
    let calls = portal.engagements(EngagementKind::Call);
    for (n, fault) in faults.iter().enumerate() {
        world.sim.clear_requests();
        world.portal.fault(Fault::new(fault.clone()).path("batch/create"));
        let result = calls.batch_create(UniqueMode::Unique, &[call(n, contact)]).await.pop().unwrap();
        assert_eq!(class(result), *expected, "{fault:?}");
        let found = calls.by_conversation(&[conversation(n)]).await.unwrap();
        assert_eq!(!found.is_empty(), happens, "{fault:?}");
        let sent = world.portal.requests().iter().filter(|request| request.path.ends_with("batch/create")).count();
        assert_eq!(sent, 1, "a create is sent once: {fault:?}");
        world.portal.clear_faults();
    }
}

#[tokio::test]
async fn a_create_whose_answer_got_lost_is_in_doubt() {
    let faults = [
        FaultKind::EffectThenHang { ms: 5_000 },
        FaultKind::ResetAfter,
        FaultKind::StatusAfterEffect { status: 502 },
        FaultKind::StatusAfterEffect { status: 504 },
        FaultKind::StatusAfterEffect { status: 524 },
        FaultKind::StatusAfterEffect { status: 500 },
        FaultKind::MalformedBody,
        FaultKind::TruncatedBody,
        FaultKind::EmptyBody,
    ];
    check(&faults, &ErrorClass::Ambiguous, true).await;
}

#[tokio::test]
async fn a_create_that_may_have_happened_and_did_not_is_in_doubt_too() {
    let faults = [
        FaultKind::Hang { ms: 5_000 },
        FaultKind::ResetBefore,
        FaultKind::Status { status: 502, retry_after: None },
        FaultKind::Status { status: 504, retry_after: None },
    ];
    check(&faults, &ErrorClass::Ambiguous, false).await;
}

#[tokio::test]
async fn a_create_that_cannot_have_happened_is_not_in_doubt() {
    let unavailable = FaultKind::Status { status: 503, retry_after: None };
    check(&[unavailable], &ErrorClass::Unavailable, false).await;
    let moving = FaultKind::Status { status: 477, retry_after: Some(60) };
    check(&[moving], &ErrorClass::PortalMoving { retry_after: Duration::from_mins(1) }, false).await;
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
    let world = World::start().await;
    let id = world.contact(&[("email", "dana@example.com")]);
    for fault in [FaultKind::ResetBefore, FaultKind::Status { status: 502, retry_after: None }, FaultKind::MalformedBody] {
        world.portal.fault(Fault::new(fault.clone()).path("batch/read").times(1));
        let found = world.bulk().contacts().by_id(&[id]).await;
        assert_eq!(found.unwrap().len(), 1, "{fault:?}");
    }
}
