//! What is learned, and what becomes of it.

use bus::Verdict;
use domain::ledger::MatchedBy;
use store::links::{self, Known};

use crate::world::{DANA, World, is};

#[tokio::test]
async fn a_caller_who_was_found_before_is_known_without_asking_hubspot() {
    let world = World::start().await;
    let owner = world.portal.add_owner("olga@example.com", "Olga", "Owner");
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA), ("hubspot_owner_id", &owner)]);
    is(&world.matched(&world.call("conv_1", DANA).await).await, dana, MatchedBy::Phone);
    world.lab.sim.clear_requests();

    let again = world.call("conv_2", DANA).await;
    let Verdict::Next(event) = world.one(&again).await else { panic!("it does not go on") };

    is(&event.contact, dana, MatchedBy::LearnedLink);
    assert_eq!((event.contact.owner, event.caller_key), (owner.parse().ok(), Some(world.phone_key(DANA))));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn an_old_link_is_confirmed_by_id_and_then_trusted_again() {
    let world = World::start().await;
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    world.matched(&world.call("conv_1", DANA).await).await;
    world.lab.database.age_links().await.unwrap();
    world.lab.sim.clear_requests();

    is(&world.matched(&world.call("conv_2", DANA).await).await, dana, MatchedBy::LearnedLink);
    assert_eq!((world.portal.request_count("POST", "batch/read"), world.searches()), (1, 0));
    is(&world.matched(&world.call("conv_3", DANA).await).await, dana, MatchedBy::LearnedLink);
    assert_eq!(world.portal.requests().len(), 1, "confirmed once");
}

#[tokio::test]
async fn an_old_link_to_a_deleted_contact_leads_to_a_new_match() {
    let world = World::start().await;
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    world.matched(&world.call("conv_1", DANA).await).await;
    world.lab.database.age_links().await.unwrap();
    world.portal.archive("contacts", &dana.to_string());
    let other = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);

    is(&world.matched(&world.call("conv_2", DANA).await).await, other, MatchedBy::Phone);
    let known = links::resolve(&world.lab.db, world.tenant.connection, &[world.phone_key(DANA)]).await.unwrap();
    assert!(matches!(known[0], Known::Linked(link) if link.contact == other), "{known:?}");
}

#[tokio::test]
async fn an_old_link_to_a_deleted_contact_of_whom_nobody_else_has_the_number_leads_to_a_new_contact() {
    let world = World::start().await;
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    world.matched(&world.call("conv_1", DANA).await).await;
    world.lab.database.age_links().await.unwrap();
    world.portal.archive("contacts", &dana.to_string());

    let found = world.matched(&world.call("conv_2", DANA).await).await;

    assert_eq!(found.by, MatchedBy::Created);
    assert_eq!(world.portal.contacts().iter().map(|contact| contact.id.as_str()).collect::<Vec<_>>(), [found.id.to_string()]);
}

#[tokio::test]
async fn an_old_link_to_a_contact_that_was_merged_away_leads_to_the_survivor() {
    let world = World::start().await;
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    world.matched(&world.call("conv_1", DANA).await).await;
    world.lab.database.age_links().await.unwrap();
    let other = world.portal.add_contact(&[("email", "dana@example.com")]);
    let survivor = world.portal.merge(&other, &dana.to_string());
    world.portal.flush_index();

    let found = world.matched(&world.call("conv_2", DANA).await).await;
    assert_eq!(found.id.to_string(), survivor);
    assert_eq!(world.portal.contacts().len(), 1);
}
