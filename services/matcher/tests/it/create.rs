//! Unknown callers, and who creates them.

use bus::{DeferReason, Verdict};
use domain::{
    EventId,
    connection::UniqueMode,
    ledger::{MatchedBy, Reason, State},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Fault, FaultKind};
use serde_json::json;
use store::links::{self, Claim, Learned};

use crate::world::{DANA, World, back, contact, deferred, is};

#[tokio::test]
async fn an_unknown_caller_is_created_with_what_is_known() {
    let world = World::start().await;
    let customer = json!({"phone": DANA, "email": "Dana@Example.com", "name": "Dana María Reyes"});
    let call = world.conversation("conv_1", customer).await;

    let found = world.matched(&call).await;

    assert_eq!((found.by, found.owner), (MatchedBy::Created, None));
    let contacts = world.portal.contacts();
    assert_eq!(contacts.iter().map(|contact| contact.id.clone()).collect::<Vec<_>>(), [found.id.to_string()]);
    for (property, value) in [
        ("phone", DANA),
        ("email", "dana@example.com"),
        ("firstname", "Dana María"),
        ("lastname", "Reyes"),
        ("writeback_caller_key", &world.phone_key(DANA).to_hex()),
    ] {
        assert_eq!(contacts[0].get(property), value, "{property}");
    }
    assert_eq!(found.by, MatchedBy::Created);
}

#[tokio::test]
async fn a_bare_number_gets_a_placeholder_for_a_name() {
    let world = World::start().await;
    world.matched(&world.call("conv_1", DANA).await).await;
    assert_eq!(world.portal.contacts()[0].get("firstname"), "Unknown caller");
}

#[tokio::test]
async fn where_the_portal_has_no_place_for_our_key_it_is_not_sent() {
    let world = World::in_mode(UniqueMode::Plain).await;
    world.matched(&world.call("conv_1", DANA).await).await;
    assert_eq!(world.portal.contacts()[0].get("writeback_caller_key"), "");
}

#[tokio::test]
async fn a_created_caller_is_known_at_once_although_search_lags_behind() {
    let world = World::start().await;
    world.lab.sim.set_index_delay(std::time::Duration::from_hours(1));
    let customer = json!({"phone": DANA, "email": "dana@example.com"});
    let created = world.matched(&world.conversation("conv_1", customer).await).await;
    let calls = [world.call("conv_2", DANA).await, world.conversation("conv_3", json!({"email": "dana@example.com"})).await];
    for verdict in world.run(&calls).await {
        is(&contact(verdict), created.id, MatchedBy::LearnedLink);
    }
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn one_caller_many_times_in_one_batch_is_created_once() {
    let world = World::start().await;
    let mut calls = Vec::new();
    for i in 0..30 {
        let both = json!({"phone": DANA, "email": "dana@example.com"});
        let customer = [json!({"phone": DANA}), both, json!({"email": "dana@example.com"})][i % 3].clone();
        calls.push(world.conversation(&format!("conv_{i}"), customer).await);
    }
    calls.push(world.call("conv_other", "+14155550199").await);

    let found: Vec<_> = world.run(&calls).await.into_iter().map(contact).collect();

    assert!(found[..30].iter().all(|one| *one == found[0]), "{found:?}");
    assert_ne!(found[30].id, found[0].id);
    assert_eq!((world.portal.contacts().len(), world.creates()), (2, 1));
}

/// Two callers that only a third conversation shows to be one.
#[tokio::test]
async fn callers_whom_a_later_conversation_of_the_batch_joins_are_created_once() {
    let world = World::start().await;
    let mut calls = Vec::new();
    for (i, customer) in [
        json!({"phone": DANA}),
        json!({"email": "dana@example.com"}),
        json!({"phone": DANA, "email": "dana@example.com", "name": "Dana Reyes"}),
    ]
    .into_iter()
    .enumerate()
    {
        calls.push(world.conversation(&format!("conv_{i}"), customer).await);
    }

    let found: Vec<_> = world.run(&calls).await.into_iter().map(contact).collect();

    assert!(found.iter().all(|one| one.id == found[0].id), "{found:?}");
    let contacts = world.portal.contacts();
    assert_eq!(contacts.len(), 1);
    let told = ["phone", "email", "firstname", "lastname"].map(|property| contacts[0].get(property));
    assert_eq!(
        told,
        [DANA, "dana@example.com", "Dana", "Reyes"],
        "what is known of a caller is taken from all its conversations"
    );
}

#[tokio::test]
async fn two_processes_never_create_the_same_caller_twice() {
    let world = World::start().await;
    let (here, there) = (world.another_process().await, world.another_process().await);
    // Long enough that both have asked HubSpot before either has created.
    world.portal.fault(Fault::new(FaultKind::Latency { ms: 150 }).path("/search"));
    world.portal.fault(Fault::new(FaultKind::Latency { ms: 150 }).path("batch/create"));
    let calls = [world.call("conv_1", DANA).await, world.call("conv_2", DANA).await];

    let (one, other) = tokio::join!(world.run_by(&here, &calls[..1]), world.run_by(&there, &calls[1..]));

    let verdicts = [one, other].concat();
    let created = verdicts.iter().filter_map(|v| if let Verdict::Next(event) = v { Some(event.contact.clone()) } else { None });
    let created: Vec<_> = created.filter(|contact| contact.by == MatchedBy::Created).collect();
    assert_eq!(created.len(), 1, "{verdicts:?}");
    assert_eq!(world.portal.contacts().len(), 1);
    for (call, verdict) in calls.iter().zip(verdicts) {
        if let Verdict::Defer(_) = verdict {
            let defer = deferred(&verdict, DeferReason::Claimed);
            is(&world.matched(&back(call, defer)).await, created[0].id, MatchedBy::LearnedLink);
        }
    }
    assert_eq!(world.creates(), 1);
}

#[tokio::test]
async fn whoever_finds_a_caller_claimed_waits_for_the_link() {
    let world = World::start().await;
    let key = world.phone_key(DANA);
    let claim = Claim { key, claimant: EventId::new() };
    links::claim(&world.lab.db, world.tenant.connection, &[claim], std::time::Duration::from_mins(5)).await.unwrap();
    let both = json!({"phone": DANA, "email": "dana@example.com"});
    let call = world.conversation("conv_1", both).await;

    let defer = deferred(&world.one(&call).await, DeferReason::Claimed);
    assert_eq!((defer.doubts, world.creates()), (0, 0));
    let again = deferred(&world.one(&back(&call, defer)).await, DeferReason::Claimed);
    // What it does not need it does not keep from others.
    let mail = world.conversation("conv_2", json!({"email": "dana@example.com"})).await;
    let created = world.matched(&mail).await;
    assert_eq!(created.by, MatchedBy::Created);

    let learned = Learned { key, contact: created.id, owner: None, by: MatchedBy::Created };
    links::learn(&world.lab.db, world.tenant.connection, &[learned]).await.unwrap();
    is(&world.matched(&back(&call, again)).await, created.id, MatchedBy::LearnedLink);
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn a_claim_of_somebody_who_died_is_taken_over_and_read_back() {
    let world = World::start().await;
    let key = world.phone_key(DANA);
    // It created the contact and never said so; search does not know yet.
    world.lab.sim.set_index_delay(std::time::Duration::from_hours(1));
    let claim = Claim { key, claimant: EventId::new() };
    links::claim(&world.lab.db, world.tenant.connection, &[claim], std::time::Duration::ZERO).await.unwrap();
    let there = world.contact(&[("firstname", "Dana"), ("writeback_caller_key", &key.to_hex())]);

    is(&world.matched(&world.call("conv_1", DANA).await).await, there, MatchedBy::Created);
    assert_eq!(world.creates(), 0);
}

#[tokio::test]
async fn an_address_that_somebody_else_created_meanwhile_is_that_contacts() {
    let world = World::start().await;
    let owner = world.portal.add_owner("olga@example.com", "Olga", "Owner");
    // The lookup knows nothing yet; the create is refused with the id of the one that is there.
    let lee = world.contact(&[("email", "lee@example.com"), ("hubspot_owner_id", &owner)]);
    let nobody = FaultKind::Status { status: 404, retry_after: None };
    world.fault(nobody, "batch/read");
    world.lab.sim.set_index_delay(std::time::Duration::from_hours(1));
    let chat = world.conversation("conv_1", json!({"phone": DANA, "email": "lee@example.com"})).await;

    let found = world.matched(&chat).await;

    is(&found, lee, MatchedBy::Email);
    assert_eq!((found.owner, world.portal.contacts().len()), (owner.parse().ok(), 1));
    is(&world.matched(&world.call("conv_2", DANA).await).await, lee, MatchedBy::LearnedLink);
}

#[tokio::test]
async fn a_caller_key_that_is_there_already_is_that_contact() {
    let world = World::start().await;
    let there = world.contact(&[("firstname", "Dana"), ("writeback_caller_key", &world.phone_key(DANA).to_hex())]);
    let customer = json!({"phone": DANA, "email": "dana@example.com"});
    is(&world.matched(&world.conversation("conv_1", customer).await).await, there, MatchedBy::Created);
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn skip_creates_nobody() {
    let world = World::start().await;
    world.lab.set(&world.tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    let call = world.call("conv_1", DANA).await;
    assert_eq!(world.one(&call).await, Verdict::Done);
    let row = world.row(&call).await;
    assert_eq!((row.state, row.reason), (State::SkippedNoMatch, Some(Reason::NoMatch)));
    assert_eq!((row.contact, row.caller_key), (None, Some(world.phone_key(DANA))));
    assert!(world.portal.contacts().is_empty());
}

#[tokio::test]
async fn the_stricter_of_skip_and_create_then_and_now_wins() {
    let world = World::start().await;
    let mut accepted_under_skip = world.call("conv_1", DANA).await;
    accepted_under_skip.event.origin.on_no_match = OnNoMatch::Skip;
    assert_eq!(world.one(&accepted_under_skip).await, Verdict::Done);

    let accepted_under_create = world.call("conv_2", DANA).await;
    world.lab.set(&world.tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    assert_eq!(world.one(&accepted_under_create).await, Verdict::Done);

    for call in [&accepted_under_skip, &accepted_under_create] {
        assert_eq!(world.ended(call).await, (State::SkippedNoMatch, Some(Reason::NoMatch)));
    }
    assert!(world.portal.contacts().is_empty());
}
