//! Who the caller is.

use bus::Verdict;
use domain::{
    ContactId,
    ledger::{MatchedBy, Reason, State},
};
use serde_json::json;
use store::links::{self, Known};

use crate::world::{DANA, World, contact, is};

#[tokio::test]
async fn a_number_that_hubspot_has_in_national_format_is_found() {
    let world = World::start().await;
    let owner = world.portal.add_owner("olga@example.com", "Olga", "Owner");
    let dana = world.contact(&[("firstname", "Dana"), ("phone", "(415) 555-0123"), ("hubspot_owner_id", &owner)]);
    let call = world.call("conv_1", DANA).await;

    let found = world.matched(&call).await;

    is(&found, dana, MatchedBy::Phone);
    assert_eq!(found.owner, owner.parse().ok());
    assert_eq!(world.row(&call).await.state, State::Redacted, "the ledger learns the contact with the outcome");
}

#[tokio::test]
async fn the_same_national_number_in_another_country_is_another_caller() {
    let world = World::start().await;
    let american = world.contact(&[("firstname", "Ann"), ("phone", "+1 201 555 0123")]);
    let german = world.contact(&[("firstname", "Ute"), ("phone", "+49 201 5550123")]);
    let calls = [world.call("conv_1", "+12015550123").await, world.call("conv_2", "+492015550123").await];

    let found: Vec<_> = world.run(&calls).await.into_iter().map(contact).collect();

    assert_eq!((found[0].id, found[1].id), (american, german));
    assert!(found.iter().all(|found| found.others.is_empty()), "{found:?}");
    assert_eq!(world.searches(), 1);
}

#[tokio::test]
async fn a_mobile_number_is_a_number() {
    let world = World::start().await;
    let dana = world.contact(&[("firstname", "Dana"), ("phone", "+14155550000"), ("mobilephone", "415-555-0123")]);
    is(&world.matched(&world.call("conv_1", DANA).await).await, dana, MatchedBy::Phone);
}

#[tokio::test]
async fn an_address_is_found_without_a_search() {
    let world = World::start().await;
    let lee = world.contact(&[("email", "lee@example.com")]);
    let chat = world.conversation("conv_1", json!({"email": "Lee@Example.com"})).await;
    is(&world.matched(&chat).await, lee, MatchedBy::Email);
    assert_eq!(world.searches(), 0);
}

#[tokio::test]
async fn a_secondary_address_is_found() {
    let world = World::start().await;
    let lee = world.contact(&[("email", "lee@example.com"), ("hs_additional_emails", "lee@home.example;lee@work.example")]);
    let chat = world.conversation("conv_1", json!({"email": "lee@work.example"})).await;
    is(&world.matched(&chat).await, lee, MatchedBy::Email);
}

#[tokio::test]
async fn the_contact_that_a_skill_found_is_verified_and_comes_first() {
    let world = World::start().await;
    let skill = world.contact(&[("firstname", "Dana")]);
    world.contact(&[("firstname", "Somebody"), ("phone", DANA)]);
    let call = world.conversation("conv_1", json!({"phone": DANA, "contactId": skill.to_string()})).await;

    is(&world.matched(&call).await, skill, MatchedBy::EventContactId);

    assert_eq!((world.portal.request_count("POST", "batch/read"), world.searches()), (1, 0));
    let known = links::resolve(&world.lab.db, world.tenant.connection, &[world.phone_key(DANA)]).await.unwrap();
    assert_eq!(known, [Known::Unknown], "a skill may have looked up somebody else than who called");
}

#[tokio::test]
async fn a_skills_contact_that_was_deleted_meanwhile_falls_through_to_the_number() {
    let world = World::start().await;
    let skill = world.contact(&[("firstname", "Dana")]);
    world.portal.archive("contacts", &skill.to_string());
    let dana = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    let call = world.conversation("conv_1", json!({"phone": DANA, "contactId": skill.to_string()})).await;
    is(&world.matched(&call).await, dana, MatchedBy::Phone);
}

#[tokio::test]
async fn a_skills_contact_that_is_gone_and_nothing_else_known_is_no_match_even_where_contacts_are_created() {
    let world = World::start().await;
    let skill = world.contact(&[("firstname", "Dana")]);
    world.portal.archive("contacts", &skill.to_string());
    let call = world.conversation("conv_1", json!({"contactId": skill.to_string()})).await;
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::SkippedNoMatch, Some(Reason::NoMatch)));
    assert!(world.portal.contacts().is_empty());
}

#[tokio::test]
async fn of_several_contacts_the_most_recently_active_is_taken_and_the_others_are_told() {
    let world = World::start().await;
    let idle = world.contact(&[("firstname", "Dana"), ("phone", DANA)]);
    let active = world.contact(&[("firstname", "Dana"), ("phone", DANA), ("notes_last_contacted", "2026-11-01T10:00:00Z")]);
    let older = world.contact(&[("firstname", "Dana"), ("phone", DANA), ("notes_last_contacted", "2026-10-01T10:00:00Z")]);
    for id in ["conv_1", "conv_2"] {
        let call = world.call(id, DANA).await;
        let found = world.matched(&call).await;
        is(&found, active, MatchedBy::Phone);
        assert_eq!(found.others, [older, idle]);
    }
    assert_eq!(world.searches(), 2, "nothing was learned: the rule keeps its say");
}

#[tokio::test]
async fn at_most_ten_others_are_told() {
    let world = World::start().await;
    let all: Vec<ContactId> = (0..14).map(|_| world.contact(&[("firstname", "Dana"), ("phone", DANA)])).collect();
    let found = world.matched(&world.call("conv_1", DANA).await).await;
    assert!(all.contains(&found.id) && !found.others.contains(&found.id), "{found:?}");
    assert_eq!(found.others.len(), 10);
}

#[tokio::test]
async fn the_accounts_own_numbers_are_never_the_customer() {
    let world = World::start().await;
    world.contact(&[("firstname", "Our switchboard"), ("phone", DANA)]);
    store::own_numbers::add(&world.lab.db, world.tenant.account, &[DANA.to_owned().try_into().unwrap()]).await.unwrap();
    world.contact(&[("firstname", "Our agent"), ("phone", "+14155559876")]);
    let calls = [world.call("conv_1", DANA).await, world.call("conv_2", "+14155559876").await];

    assert_eq!(world.run(&calls).await, [Verdict::Done, Verdict::Done]);

    for call in &calls {
        assert_eq!(world.ended(call).await, (State::SkippedNoMatch, Some(Reason::NoIdentity)));
    }
    assert!(world.portal.requests().is_empty());
    assert_eq!(world.portal.contacts().len(), 2);
}

#[tokio::test]
async fn with_an_own_number_left_out_the_address_still_tells() {
    let world = World::start().await;
    let lee = world.contact(&[("email", "lee@example.com")]);
    let call = world.conversation("conv_1", json!({"phone": "+14155559876", "email": "lee@example.com"})).await;
    is(&world.matched(&call).await, lee, MatchedBy::Email);
}

#[tokio::test]
async fn a_caller_of_whom_nothing_is_known_is_skipped_without_asking() {
    let world = World::start().await;
    let call = world.conversation("conv_1", json!({"name": "Dana Reyes"})).await;
    assert_eq!(world.one(&call).await, Verdict::Done);
    let row = world.row(&call).await;
    assert_eq!((row.state, row.reason, row.caller_key), (State::SkippedNoMatch, Some(Reason::NoIdentity), None));
    assert!(world.portal.requests().is_empty() && world.portal.contacts().is_empty());
}
