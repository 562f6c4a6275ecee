//! Properties, groups, pipelines, owners, custom objects.

use hubspot_sim::PortalOptions;
use serde_json::{Value, json};

use crate::world::{World, calm};

fn names(body: &Value) -> Vec<&str> {
    body["results"].as_array().expect("results").iter().filter_map(|one| one["name"].as_str().or(one["id"].as_str())).collect()
}

#[tokio::test]
async fn properties_tell_type_options_and_who_may_write() {
    let world = World::start().await;
    let all = world.get("/crm/properties/2026-09/calls").await.expect(200);
    assert!(names(&all.body).contains(&"hs_call_disposition"));
    let one = world.get("/crm/properties/2026-09/contacts/hs_searchable_calculated_phone_number").await.expect(200);
    assert_eq!((&one.body["calculated"], &one.body["modificationMetadata"]["readOnlyValue"]), (&json!(true), &json!(true)));
    let stage = world.get("/crm/properties/2026-09/deals/dealstage").await.expect(200);
    assert_eq!(stage.body["options"].as_array().map(Vec::len), Some(7));
    let owner = world.get("/crm/properties/2026-09/calls/hubspot_owner_id").await.expect(200);
    assert_eq!((&owner.body["externalOptions"], &owner.body["options"]), (&json!(true), &json!([])));
    world.get("/crm/properties/2026-09/calls/nothing").await.expect(404);
    world.get("/crm/properties/2026-09/gizmos").await.expect(400);
}

#[tokio::test]
async fn properties_and_groups_are_made_changed_and_archived() {
    let world = World::start().await;
    let base = "/crm/properties/2026-09/contacts";
    let property = json!({"name": "mood", "label": "Mood", "type": "enumeration", "fieldType": "select", "groupName": "ours",
        "options": [{"label": "Good", "value": "good"}, {"label": "Bad", "value": "bad"}]});
    world.post(base, property.clone()).await.expect(400);
    world.post(&format!("{base}/groups"), json!({"name": "ours", "label": "Ours"})).await.expect(201);
    world.post(base, property.clone()).await.expect(201);
    let options = json!({"options": [{"label": "Fine", "value": "fine"}]});
    assert_eq!(world.patch(&format!("{base}/mood"), options).await.expect(200).body["options"].as_array().map(Vec::len), Some(1));
    let contact = |mood: &str| json!({"properties": {"firstname": "Ann", "mood": mood}});
    world.post("/crm/objects/2026-09/contacts", contact("good")).await.expect(400);
    world.post("/crm/objects/2026-09/contacts", contact("fine")).await.expect(201);
    world.delete(&format!("{base}/mood")).await.expect(204);
    world.get(&format!("{base}/mood")).await.expect(404);
    world.post("/crm/objects/2026-09/contacts", contact("fine")).await.expect(400);
    world.post(base, property).await.expect(201);
    let read = world
        .post(&format!("{base}/batch/read"), json!({"archived": false, "inputs": [{"name": "mood"}, {"name": "no"}]}))
        .await
        .expect(207);
    assert_eq!(read.text("/results/0/name"), "mood");
}

#[tokio::test]
async fn ten_unique_properties_are_the_most() {
    let world = World::start().await;
    let property = |number: usize| json!({"name": format!("u{number}"), "label": "U", "type": "string", "fieldType": "text", "groupName": "call", "hasUniqueValue": true});
    for number in 0..10 {
        world.post("/crm/properties/2026-09/calls", property(number)).await.expect(201);
    }
    world.post("/crm/properties/2026-09/calls", property(10)).await.expect(400);
}

#[tokio::test]
async fn pipelines_have_the_default_ids_and_new_stages_can_be_written() {
    let world = World::start().await;
    assert_eq!(names(&world.get("/crm/pipelines/2026-09/deals").await.expect(200).body), ["default"]);
    assert_eq!(names(&world.get("/crm/pipelines/2026-09/tickets").await.expect(200).body), ["0"]);
    world.get("/crm/pipelines/2026-09/contacts").await.expect(400);
    let stage = world
        .post("/crm/pipelines/2026-09/tickets/0/stages", json!({"label": "Parked", "metadata": {"ticketState": "OPEN"}}))
        .await
        .expect(201);
    let ticket = json!({"properties": {"subject": "x", "hs_pipeline": "0", "hs_pipeline_stage": stage.text("/id")}});
    world.post("/crm/objects/2026-09/tickets", ticket).await.expect(201);
}

#[tokio::test]
async fn owners_are_found_by_address_and_page_by_page() {
    let world = World::start().await;
    let id = world.portal.add_owner("zoe@b.example", "Zoe", "Last");
    let found = world.get("/crm/owners/2026-09?email=ZOE@b.example").await.expect(200);
    assert_eq!(names(&found.body), [id.as_str()]);
    let first = world.get("/crm/owners/2026-09?limit=1").await.expect(200);
    let next = world.get(&format!("/crm/owners/2026-09?limit=5&after={}", first.text("/paging/next/after"))).await.expect(200);
    assert_eq!(next.body["results"].as_array().map(Vec::len), Some(2));
    world.get("/crm/owners/2026-09/1").await.expect(404);
}

#[tokio::test]
async fn a_custom_object_is_defined_filled_searched_and_linked() {
    let world = World::start().await;
    let schema = json!({"name": "boat", "labels": {"singular": "Boat", "plural": "Boats"}, "primaryDisplayProperty": "title", "requiredProperties": ["title"],
        "searchableProperties": ["title"], "associatedObjects": ["CONTACT", "0-3"],
        "properties": [{"name": "title", "label": "Title", "type": "string", "fieldType": "text"}]});
    let made = world.post("/crm-object-schemas/2026-09/schemas", schema).await.expect(201);
    let (id, full) = (made.text("/objectTypeId").to_owned(), format!("p{}_boat", world.portal.id()));
    assert_eq!(made.text("/fullyQualifiedName"), full);
    let listed = world.get("/crm-object-schemas/2026-09/schemas").await.expect(200);
    assert_eq!(listed.body["results"][0]["properties"], json!([]), "definitions come when asked for");

    let boat = world.post(&format!("/crm/objects/2026-09/{full}"), json!({"properties": {"title": "Ada"}})).await.expect(201);
    world.post(&format!("/crm/objects/2026-09/{id}"), json!({"properties": {}})).await.expect(400);
    let found = world.post(&format!("/crm/objects/2026-09/{id}/search"), json!({"query": "ada"})).await.expect(200);
    assert_eq!(found.text("/results/0/id"), boat.text("/id"));

    let labels = world.get(&format!("/crm/associations/2026-09/calls/{id}/labels")).await.expect(200);
    let plain = labels.body["results"]
        .as_array()
        .expect("labels")
        .iter()
        .find(|kind| kind["label"].is_null())
        .expect("the plain link")
        .clone();
    let types = json!([{"associationCategory": plain["category"], "associationTypeId": plain["typeId"]}]);
    let call = json!({"properties": {"hs_timestamp": "0"}, "associations": [{"to": {"id": boat.text("/id")}, "types": types}]});
    world.post("/crm/objects/2026-09/calls", call).await.expect(201);
    assert_eq!(world.portal.calls()[0].linked(&full), [boat.text("/id")]);
}

#[tokio::test]
async fn objects_that_are_switched_off_are_not_there() {
    let options = PortalOptions { switched_off: vec!["appointments".to_owned()], ..PortalOptions::default() };
    let world = World::with(calm(), options).await;
    world.get("/crm/objects/2026-09/appointments").await.expect(400);
    world.get("/crm/objects/2026-09/services").await.expect(200);
    let limits = world.get("/crm/limits/2026-09/custom-properties").await.expect(200);
    assert!(limits.body["byObjectType"].as_array().is_some_and(|rows| rows.len() > 10));
    let rules = world.get("/crm/property-validations/2026-09/0-1").await.expect(200);
    assert_eq!(rules.body["results"], json!([]));
}
