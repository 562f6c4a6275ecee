//! A hundred records at a time.

use hubspot_sim::{Config, PortalOptions};
use serde_json::{Value, json};

use crate::world::{World, calm};

const CALLS: &str = "/crm/objects/2026-09/calls";
const CONTACTS: &str = "/crm/objects/2026-09/contacts";

fn call(number: usize, trace_id: Option<&str>) -> Value {
    json!({"properties": {"hs_timestamp": "1790000000000", "hs_call_title": format!("call {number}")}, "objectWriteTraceId": trace_id})
}

#[tokio::test]
async fn one_bad_input_fails_the_batch_unless_every_input_is_traced() {
    let world = World::start().await;
    let bad = |trace_id: Option<&str>| json!({"properties": {"nonsense": "1"}, "objectWriteTraceId": trace_id});
    world.post(&format!("{CALLS}/batch/create"), json!({"inputs": [call(1, None), bad(None)]})).await.expect(400);
    world.post(&format!("{CALLS}/batch/create"), json!({"inputs": [call(1, Some("a")), bad(Some("a"))]})).await.expect(400);
    assert!(world.portal.calls().is_empty());

    let inputs = json!({"inputs": [call(1, Some("a")), bad(Some("b")), bad(Some("c"))]});
    let answer = world.post(&format!("{CALLS}/batch/create"), inputs).await.expect(207);
    assert_eq!(answer.body["results"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer.body["errors"][0]["context"]["objectWriteTraceId"], json!(["b", "c"]), "equal errors are told once");
    assert_eq!(answer.body["results"][0].get("objectWriteTraceId"), None);
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn results_come_in_an_order_of_their_own_and_echo_on_request_only() {
    let config = Config { echo_trace_id: true, ..calm() };
    let world = World::with(config, PortalOptions::default()).await;
    let ids: Vec<String> = (0..100).map(|number| format!("t{number}")).collect();
    let inputs: Vec<Value> = ids.iter().enumerate().map(|(number, id)| call(number, Some(id))).collect();
    let answer = world.post(&format!("{CALLS}/batch/create"), json!({ "inputs": inputs })).await.expect(201);
    let echoed: Vec<String> = answer.body["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| result["objectWriteTraceId"].as_str().expect("an echo").to_owned())
        .collect();
    assert_ne!(echoed, ids);
    let mut sorted = (echoed, ids);
    sorted.0.sort();
    sorted.1.sort();
    assert_eq!(sorted.0, sorted.1);
}

#[tokio::test]
async fn a_hundred_is_the_most_and_none_is_too_few() {
    let world = World::start().await;
    let inputs: Vec<Value> = (0..101).map(|number| call(number, None)).collect();
    world.post(&format!("{CALLS}/batch/create"), json!({ "inputs": inputs })).await.expect(400);
    world.post(&format!("{CALLS}/batch/create"), json!({"inputs": []})).await.expect(400);
}

#[tokio::test]
async fn one_address_twice_in_a_batch_is_a_conflict() {
    let world = World::start().await;
    let ann = json!({"properties": {"email": "ann@b.example"}});
    world.post(&format!("{CONTACTS}/batch/create"), json!({"inputs": [ann, ann]})).await.expect(409);
    assert!(world.portal.contacts().is_empty());
}

#[tokio::test]
async fn reading_tells_what_is_missing_and_finds_by_unique_property() {
    let world = World::start().await;
    let id = world.portal.add_contact(&[("email", "ann@b.example")]);
    let answer = world
        .post(
            &format!("{CONTACTS}/batch/read"),
            json!({"idProperty": "email", "properties": ["email"], "inputs": [{"id": "ANN@b.example"}, {"id": "bob@b.example"}]}),
        )
        .await
        .expect(207);
    assert_eq!(answer.text("/results/0/id"), id);
    assert!(answer.text("/errors/0/message").starts_with("Could not get some CONTACT objects"));
    assert_eq!(answer.body["errors"][0]["context"]["ids"], json!(["bob@b.example"]));
}

#[tokio::test]
async fn upsert_makes_or_changes_by_a_unique_property() {
    let world = World::start().await;
    world.portal.add_property("calls", "ext_id", true);
    let input = |id: &str, title: &str| json!({"id": id, "idProperty": "ext_id", "properties": {"hs_timestamp": "0", "hs_call_title": title}});
    let first = world.post(&format!("{CALLS}/batch/upsert"), json!({"inputs": [input("c-1", "a")]})).await.expect(200);
    assert_eq!(first.body["results"][0]["new"], json!(true));
    let again = world.post(&format!("{CALLS}/batch/upsert"), json!({"inputs": [input("c-1", "b")]})).await.expect(200);
    assert_eq!((again.text("/results/0/id"), &again.body["results"][0]["new"]), (first.text("/results/0/id"), &json!(false)));
    assert_eq!(world.portal.calls()[0].get("hs_call_title"), "b");
    let by_title = json!({"inputs": [{"id": "b", "idProperty": "hs_call_title", "properties": {}}]});
    world.post(&format!("{CALLS}/batch/upsert"), by_title).await.expect(400);
}

#[tokio::test]
async fn updates_and_archives_go_by_id() {
    let world = World::start().await;
    let (one, two) = (world.portal.add_contact(&[("firstname", "A")]), world.portal.add_contact(&[("firstname", "B")]));
    let inputs =
        json!({"inputs": [{"id": one, "properties": {"firstname": "C"}}, {"id": "12", "properties": {"firstname": "D"}}]});
    assert_eq!(
        world.post(&format!("{CONTACTS}/batch/update"), inputs).await.expect(207).body["errors"][0]["context"]["ids"],
        json!(["12"])
    );
    world.post(&format!("{CONTACTS}/batch/archive"), json!({"inputs": [{"id": two}, {"id": "12"}]})).await.expect(204);
    let names: Vec<String> = world.portal.contacts().iter().map(|contact| contact.get("firstname").to_owned()).collect();
    assert_eq!(names, ["C"]);
}
