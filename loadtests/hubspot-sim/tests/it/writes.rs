//! What a single write is refused for.

use hubspot_sim::{PortalOptions, UniquePolicy};
use serde_json::{Value, json};

use crate::world::{Answer, World, calm};

const CONTACTS: &str = "/crm/objects/2026-09/contacts";
const CALLS: &str = "/crm/objects/2026-09/calls";

#[track_caller]
fn refused(answer: &Answer, code: &str, property: &str) {
    assert_eq!(answer.status, 400, "{:#}", answer.body);
    let found = answer.body["errors"].as_array().expect("errors").iter().find(|error| error["code"] == code);
    let error = found.unwrap_or_else(|| panic!("no {code} in {:#}", answer.body));
    assert_eq!(error["context"]["propertyName"], json!([property]));
}

#[tokio::test]
async fn one_bad_property_refuses_the_whole_write_and_the_message_holds_all_of_them() {
    let world = World::start().await;
    let body =
        json!({"properties": {"hs_timestamp": "soon", "hs_call_direction": "inbound", "nonsense": "1", "hs_object_id": "7"}});
    let answer = world.post(CALLS, body).await;
    for (code, property) in [
        ("INVALID_DATE", "hs_timestamp"),
        ("INVALID_OPTION", "hs_call_direction"),
        ("PROPERTY_DOESNT_EXIST", "nonsense"),
        ("READ_ONLY_VALUE", "hs_object_id"),
    ] {
        refused(&answer, code, property);
    }
    let message = answer.text("/message");
    let inside: Value = serde_json::from_str(message.split_once(": ").expect("a colon").1).expect("JSON in the message");
    assert_eq!(inside.as_array().map(Vec::len), Some(4));
    assert!(world.portal.calls().is_empty());
}

#[tokio::test]
async fn required_fields_depend_on_the_object() {
    let world = World::start().await;
    let answer = world.post(CONTACTS, json!({"properties": {"phone": "+12025550123"}})).await.expect(400);
    assert!(answer.text("/message").contains("Some required properties were not set"));
    world.post(CALLS, json!({"properties": {"hs_call_title": "x"}})).await.expect(400);
    world.post("/crm/objects/2026-09/deals", json!({"properties": {"dealname": "x", "pipeline": "default"}})).await.expect(400);
    let deal = json!({"properties": {"dealname": "x", "pipeline": "default", "dealstage": "closedwon"}});
    world.post("/crm/objects/2026-09/deals", deal).await.expect(201);
}

#[tokio::test]
async fn admin_rules_hold_in_the_newer_version_only() {
    let options = PortalOptions { required_contact_fields: vec!["lastname".to_owned()], ..PortalOptions::default() };
    let world = World::with(calm(), options).await;
    let body = json!({"properties": {"firstname": "Ann"}});
    refused(&world.post(CONTACTS, body.clone()).await, "MISSING_REQUIRED_PROPERTY", "lastname");
    world.post("/crm/objects/2026-03/contacts", body).await.expect(201);
}

#[tokio::test]
async fn a_second_contact_with_an_address_is_a_conflict_that_names_the_first() {
    let world = World::start().await;
    let first = world.portal.add_contact(&[("email", "ann@b.example")]);
    let answer = world.post(CONTACTS, json!({"properties": {"email": "ANN@b.example"}})).await.expect(409);
    assert_eq!(answer.text("/message"), format!("Contact already exists. Existing ID: {first}"));
    assert_eq!(answer.text("/category"), "CONFLICT");
}

#[tokio::test]
async fn an_address_of_a_merged_contact_is_taken_but_not_found_by_reading() {
    let world = World::start().await;
    let kept = world.portal.add_contact(&[("email", "ann@b.example")]);
    let gone = world.portal.add_contact(&[("email", "ann@old.example"), ("firstname", "Ann")]);
    assert_eq!(world.portal.merge(&kept, &gone), kept);
    assert_eq!(world.portal.contact(&kept).expect("the survivor").get("firstname"), "Ann");
    let answer = world.post(CONTACTS, json!({"properties": {"email": "ann@old.example"}})).await.expect(409);
    assert!(answer.text("/message").ends_with(&kept));
    world.get(&format!("{CONTACTS}/ann@old.example?idProperty=email")).await.expect(404);
}

#[tokio::test]
async fn a_merged_id_is_gone_for_everything_but_patch() {
    let world = World::start().await;
    let kept = world.portal.add_contact(&[("firstname", "A")]);
    let gone = world.portal.add_contact(&[("firstname", "B")]);
    world.post(&format!("{CONTACTS}/merge"), json!({"primaryObjectId": kept, "objectIdToMerge": gone})).await.expect(200);
    world.get(&format!("{CONTACTS}/{gone}")).await.expect(404);
    let read = world.post(&format!("{CONTACTS}/batch/read"), json!({"inputs": [{"id": gone}]})).await.expect(207);
    assert_eq!(read.body["errors"][0]["context"]["ids"], json!([gone]));
    let updated = world
        .post(&format!("{CONTACTS}/batch/update"), json!({"inputs": [{"id": gone, "properties": {"lastname": "X"}}]}))
        .await
        .expect(200);
    assert_eq!(updated.body["results"], json!([]));
    assert_eq!(
        world.patch(&format!("{CONTACTS}/{gone}"), json!({"properties": {"lastname": "Y"}})).await.expect(200).text("/id"),
        kept
    );
    let types = json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]);
    let call = json!({"properties": {"hs_timestamp": "0"}, "associations": [{"to": {"id": gone}, "types": types}]});
    world.post(CALLS, call).await.expect(400);
    assert!(world.portal.calls().is_empty());
}

#[tokio::test]
async fn a_unique_property_is_unique_once_the_portal_allows_it() {
    let world = World::start().await;
    let property = json!({"name": "ext_id", "label": "Ext", "type": "string", "fieldType": "text", "groupName": "call", "hasUniqueValue": true});
    world.post("/crm/properties/2026-09/calls", property.clone()).await.expect(201);
    assert_eq!(
        world.post("/crm/properties/2026-09/calls", property).await.expect(409).text("/subCategory"),
        "Properties.PROPERTY_WITH_NAME_EXISTS"
    );
    let call = json!({"properties": {"hs_timestamp": "1790000000000", "ext_id": "c-1"}});
    world.post(CALLS, call.clone()).await.expect(201);
    refused(&world.post(CALLS, call).await, "CONFLICTING_UNIQUE_VALUE", "ext_id");
    world.get(&format!("{CALLS}/c-1?idProperty=ext_id")).await.expect(200);
    world.get(&format!("{CALLS}/x?idProperty=hs_call_title")).await.expect(400);
}

#[tokio::test]
async fn a_portal_may_refuse_unique_properties_or_any() {
    let unique = json!({"name": "ext_id", "label": "Ext", "type": "string", "fieldType": "text", "groupName": "note", "hasUniqueValue": true});
    let options = PortalOptions { unique: UniquePolicy::Refused, ..PortalOptions::default() };
    let world = World::with(calm(), options).await;
    world.post("/crm/properties/2026-09/notes", unique.clone()).await.expect(400);
    let mut plain = unique.clone();
    plain["hasUniqueValue"] = json!(false);
    world.post("/crm/properties/2026-09/notes", plain).await.expect(201);

    let options = PortalOptions { unique: UniquePolicy::Forbidden, ..PortalOptions::default() };
    let world = World::with(calm(), options).await;
    assert_eq!(world.post("/crm/properties/2026-09/notes", unique).await.expect(403).text("/category"), "MISSING_SCOPES");
}

#[tokio::test]
async fn bodies_are_sanitised_and_times_normalised() {
    let world = World::start().await;
    let body = json!({"properties": {"hs_timestamp": "1790000000000", "hs_note_body": "<h1>Hi</h1><script>x</script><p onclick=y>there"}});
    let made = world.post("/crm/objects/2026-09/notes", body).await.expect(201);
    assert_eq!(made.text("/properties/hs_note_body"), "Hi<p>there</p>");
    assert_eq!(made.text("/properties/hs_timestamp"), "2026-09-21T14:13:20.000Z");
    assert_eq!(made.text("/properties/hs_body_preview"), "Hi there");
}

#[tokio::test]
async fn lenient_dates_are_reported_in_the_newer_version() {
    let world = World::start().await;
    let body =
        |date: &str| json!({"properties": {"dealname": "x", "pipeline": "default", "dealstage": "closedwon", "closedate": date}});
    let made = world.post("/crm/objects/2026-09/deals", body("2026-01-02")).await.expect(201);
    assert_eq!(made.text("/warnings/0/category"), "PROPERTY_VALUE_NORMALIZED");
    refused(&world.post("/crm/objects/2026-03/deals", body("2026-01-02")).await, "INVALID_DATE", "closedate");
}

#[tokio::test]
async fn history_tells_what_a_property_was() {
    let world = World::start().await;
    let id = world.portal.add_contact(&[("firstname", "Ann")]);
    world.patch(&format!("{CONTACTS}/{id}"), json!({"properties": {"firstname": "Anna"}})).await.expect(200);
    let read = world.get(&format!("{CONTACTS}/{id}?propertiesWithHistory=firstname")).await.expect(200);
    let values: Vec<&str> = read.body["propertiesWithHistory"]["firstname"]
        .as_array()
        .expect("versions")
        .iter()
        .filter_map(|version| version["value"].as_str())
        .collect();
    assert_eq!(values, ["Anna", "Ann"]);
}

#[tokio::test]
async fn a_stage_belongs_to_its_pipeline() {
    let world = World::start().await;
    let pipeline = json!({"label": "Renewals", "pipelineId": "renewals", "stages": [{"label": "Due", "stageId": "due", "metadata": {"probability": "0.5"}}]});
    world.post("/crm/pipelines/2026-09/deals", pipeline).await.expect(201);
    let deal = |stage: &str| json!({"properties": {"dealname": "x", "pipeline": "renewals", "dealstage": stage}});
    refused(&world.post("/crm/objects/2026-09/deals", deal("closedwon")).await, "INVALID_OPTION", "dealstage");
    world.post("/crm/objects/2026-09/deals", deal("due")).await.expect(201);
}
