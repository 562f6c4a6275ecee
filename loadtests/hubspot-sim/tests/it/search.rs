//! Searching, its lag and its limits.

use std::time::Duration;

use hubspot_sim::{Config, PortalOptions};
use serde_json::{Value, json};

use crate::world::{World, calm};

const SEARCH: &str = "/crm/objects/2026-09/contacts/search";
const CONTACTS: &str = "/crm/objects/2026-09/contacts";

fn filter(property: &str, operator: &str, value: &str) -> Value {
    json!({"filterGroups": [{"filters": [{"propertyName": property, "operator": operator, "value": value}]}]})
}

async fn total(world: &World, body: Value) -> u64 {
    world.post(SEARCH, body).await.expect(200).body["total"].as_u64().expect("a total")
}

#[tokio::test]
async fn creations_and_changes_show_only_after_the_delay() {
    let config = Config { index_delay: Duration::from_mins(1), ..calm() };
    let world = World::with(config, PortalOptions::default()).await;
    let made = world.post(CONTACTS, json!({"properties": {"email": "a@b.example", "firstname": "Ann"}})).await.expect(201);
    assert_eq!(total(&world, filter("email", "EQ", "a@b.example")).await, 0);
    world.sim.advance(Duration::from_secs(61));
    assert_eq!(total(&world, filter("email", "EQ", "A@B.example")).await, 1);

    let id = made.text("/id");
    world.patch(&format!("{CONTACTS}/{id}"), json!({"properties": {"email": "c@d.example"}})).await.expect(200);
    let stale = world.post(SEARCH, filter("email", "EQ", "a@b.example")).await.expect(200);
    assert_eq!(stale.text("/results/0/properties/email"), "a@b.example", "what search shows is as old as its index");
    world.portal.flush_index();
    assert_eq!(total(&world, filter("email", "EQ", "a@b.example")).await, 0);
    assert_eq!(total(&world, filter("email", "EQ", "c@d.example")).await, 1);
    world.delete(&format!("{CONTACTS}/{id}")).await.expect(204);
    assert_eq!(total(&world, filter("email", "EQ", "c@d.example")).await, 0, "archived records never appear");
}

#[tokio::test]
async fn phones_are_found_by_national_numbers_in_lists() {
    let world = World::start().await;
    world.portal.generate_contacts(300);
    let numbers: Vec<String> = (0..90).map(|number| (2_122_000_000_u64 + number).to_string()).collect();
    let body = json!({"filterGroups": [{"filters": [{"propertyName": "hs_searchable_calculated_phone_number", "operator": "IN", "values": numbers}]}], "limit": 200, "properties": ["phone"]});
    let answer = world.post(SEARCH, body).await.expect(200);
    assert_eq!((answer.body["total"].as_u64(), answer.body["results"].as_array().map(Vec::len)), (Some(90), Some(90)));
    assert_eq!(total(&world, filter("phone", "CONTAINS_TOKEN", "*2122000007")).await, 1);
    assert_eq!(total(&world, filter("phone", "EQ", "+12122000007")).await, 1);
    assert_eq!(total(&world, json!({"query": "2122000007"})).await, 1);
}

#[tokio::test]
async fn lists_want_lower_case_and_enumerations_their_own() {
    let world = World::start().await;
    world.portal.add_contact(&[("firstname", "Ann"), ("lifecyclestage", "lead")]);
    let list = |property: &str, value: &str| json!({"filterGroups": [{"filters": [{"propertyName": property, "operator": "IN", "values": [value]}]}]});
    assert_eq!(total(&world, list("firstname", "Ann")).await, 0);
    assert_eq!(total(&world, list("firstname", "ann")).await, 1);
    assert_eq!(total(&world, filter("lifecyclestage", "EQ", "LEAD")).await, 0);
    assert_eq!(total(&world, filter("lifecyclestage", "EQ", "lead")).await, 1);
    world.post(SEARCH, filter("firstname", "IN", "ann")).await.expect(400);
}

#[tokio::test]
async fn the_documented_limits_are_errors() {
    let world = World::start().await;
    let one = json!({"propertyName": "firstname", "operator": "EQ", "value": "a"});
    let groups =
        |groups: usize, filters: usize| json!({"filterGroups": vec![json!({"filters": vec![one.clone(); filters]}); groups]});
    world.post(SEARCH, groups(5, 3)).await.expect(200);
    for refused in [
        groups(6, 1),
        groups(1, 7),
        groups(4, 5),
        json!({"limit": 201}),
        json!({"limit": 200, "after": "9900"}),
        json!({"sorts": [{"propertyName": "firstname"}, {"propertyName": "lastname"}]}),
        json!({"query": "x".repeat(3000)}),
        filter("no_such_property", "EQ", "a"),
        filter("firstname", "LIKE", "a"),
    ] {
        world.post(SEARCH, refused).await.expect(400);
    }
}

#[tokio::test]
async fn pages_cover_everything_once_and_follow_the_sort() {
    let world = World::start().await;
    world.portal.generate_contacts(25);
    let (mut after, mut seen) = (json!("0"), Vec::new());
    loop {
        let body = json!({"limit": 10, "after": after, "sorts": [{"propertyName": "phone", "direction": "DESCENDING"}], "properties": ["phone"]});
        let answer = world.post(SEARCH, body).await.expect(200);
        seen.extend(
            answer.body["results"]
                .as_array()
                .expect("results")
                .iter()
                .map(|result| result["properties"]["phone"].as_str().expect("a phone").to_owned()),
        );
        match answer.body["paging"]["next"]["after"].as_str() {
            Some(next) => after = json!(next),
            None => break,
        }
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.reverse();
    sorted.dedup();
    assert_eq!((seen.len(), &seen), (25, &sorted));
}

#[tokio::test]
async fn calls_of_a_contact_are_found_through_the_link() {
    let world = World::start().await;
    let contact = world.portal.add_contact(&[("firstname", "Ann")]);
    let call = world.portal.add("calls", &[("hs_timestamp", "2026-01-01T00:00:00.000Z")]);
    world.portal.add("calls", &[("hs_timestamp", "2026-01-01T00:00:00.000Z")]);
    world.portal.associate(("calls", &call), ("contacts", &contact));
    let found = world.post("/crm/objects/2026-09/calls/search", filter("associations.contact", "EQ", &contact)).await.expect(200);
    assert_eq!((found.body["total"].as_u64(), found.text("/results/0/id")), (Some(1), call.as_str()));
}

#[tokio::test]
async fn generated_contacts_are_like_any_other() {
    let world = World::start().await;
    world.portal.generate_contacts(1);
    let made = world.portal.contacts().remove(0);
    let same = world.portal.add_contact(&[("phone", made.get("phone"))]);
    let same = world.portal.contact(&same).expect("the contact");
    for (name, value) in same.properties.iter().filter(|(name, _)| name.contains("calculated")) {
        assert_eq!(made.get(name), value, "{name}");
    }
}
