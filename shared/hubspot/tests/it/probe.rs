//! What portals let us promise.

use domain::connection::{UniqueMode, UniqueModes};
use hubspot_sim::{Fault, FaultKind, PortalOptions, UniquePolicy};
use writeback_hubspot::{CONVERSATION_ID, ErrorClass};

use crate::world::{Wish, World, class};

async fn portal(unique: UniquePolicy) -> World {
    let portal = PortalOptions { unique, ..PortalOptions::default() };
    World::start_with(Wish { portal, ..Wish::default() }).await
}

fn all(mode: UniqueMode) -> UniqueModes {
    UniqueModes { call: mode, note: mode, contact: mode }
}

#[tokio::test]
async fn each_kind_of_portal_has_its_mode_and_keeps_it() {
    for (policy, mode) in [
        (UniquePolicy::Allowed, UniqueMode::Unique),
        (UniquePolicy::Refused, UniqueMode::Marker),
        (UniquePolicy::Forbidden, UniqueMode::Plain),
    ] {
        let world = portal(policy).await;
        assert_eq!(world.bulk().probe().await.unwrap(), all(mode), "{policy:?}");
        let made = world.portal.request_count("POST", "properties");
        assert_eq!(world.bulk().probe().await.unwrap(), all(mode), "{policy:?}, again");
        if mode != UniqueMode::Plain {
            assert_eq!(world.portal.request_count("POST", "properties"), made, "nothing is created twice");
        }
    }
}

#[tokio::test]
async fn objects_of_one_portal_can_differ() {
    let mut options = PortalOptions::default();
    options.unique_by_object.insert("notes".to_owned(), UniquePolicy::Refused);
    let world = World::start_with(Wish { portal: options, ..Wish::default() }).await;
    let modes = world.bulk().probe().await.unwrap();
    assert_eq!(modes, UniqueModes { note: UniqueMode::Marker, ..all(UniqueMode::Unique) });
}

#[tokio::test]
async fn a_property_that_is_there_and_not_unique_stays_a_marker() {
    let world = World::start().await;
    world.portal.add_property("calls", CONVERSATION_ID, false);
    let modes = world.bulk().probe().await.unwrap();
    assert_eq!(modes, UniqueModes { call: UniqueMode::Marker, ..all(UniqueMode::Unique) });
}

#[tokio::test]
async fn two_processes_that_probe_at_once_come_to_the_same_result() {
    let world = portal(UniquePolicy::Allowed).await;
    let (a, b) = (world.bulk(), world.bulk());
    let (a, b) = tokio::join!(a.probe(), b.probe());
    assert_eq!((a.unwrap(), b.unwrap()), (all(UniqueMode::Unique), all(UniqueMode::Unique)));
}

#[tokio::test]
async fn a_portal_that_does_not_answer_says_nothing_about_itself() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::Status { status: 503, retry_after: None }).path("properties"));
    assert_eq!(class(world.bulk().probe().await), ErrorClass::Unavailable);
}
