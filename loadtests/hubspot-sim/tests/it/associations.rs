//! Links between records.

use hubspot_sim::{Config, PortalOptions};
use serde_json::{Value, json};

use crate::world::{World, calm};

fn types(id: u32) -> Value {
    json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": id}])
}

fn call_to(contact: &str, type_id: u32) -> Value {
    json!({"properties": {"hs_timestamp": "0"}, "associations": [{"to": {"id": contact}, "types": types(type_id)}]})
}

#[tokio::test]
async fn an_inline_link_is_made_in_the_right_direction_only() {
    let world = World::start().await;
    let contact = world.portal.add_contact(&[("firstname", "Ann")]);
    let calls = "/crm/objects/2026-09/calls";
    let right = world.post(calls, call_to(&contact, 194)).await.expect(201);
    let read = world.get(&format!("{calls}/{}?associations=contacts", right.text("/id"))).await.expect(200);
    assert_eq!(read.body["associations"]["contacts"]["results"], json!([{"id": contact, "type": "call_to_contact"}]));

    let wrong = world.post(calls, call_to(&contact, 193)).await.expect(201);
    assert!(world.portal.object("calls", wrong.text("/id")).expect("the call").associations.is_empty());
    world.post(calls, call_to(&contact, 4242)).await.expect(400);
}

#[tokio::test]
async fn a_missing_target_is_an_error_of_its_input() {
    let world = World::with(Config { missing_target_status: 404, ..calm() }, PortalOptions::default()).await;
    let contact = world.portal.add_contact(&[("firstname", "Ann")]);
    let mut inputs = vec![call_to(&contact, 194), call_to("123", 194)];
    inputs.iter_mut().zip(["a", "b"]).for_each(|(input, id)| input["objectWriteTraceId"] = json!(id));
    let answer = world.post("/crm/objects/2026-09/calls/batch/create", json!({ "inputs": inputs })).await.expect(207);
    assert_eq!(answer.body["errors"][0]["context"]["objectWriteTraceId"], json!(["b"]));
    assert_eq!(answer.text("/errors/0/category"), "OBJECT_NOT_FOUND");
    assert_eq!(world.portal.calls().len(), 1);
    world.post("/crm/objects/2026-09/calls", call_to("123", 194)).await.expect(404);
}

#[tokio::test]
async fn links_are_put_listed_and_deleted() {
    let world = World::start().await;
    let (contact, company) = (world.portal.add_contact(&[("firstname", "Ann")]), world.portal.add("companies", &[("name", "B")]));
    let base = format!("/crm/objects/2026-09/contacts/{contact}/associations");
    world.put(&format!("{base}/default/companies/{company}"), json!(null)).await.expect(200);
    let put = world.put(&format!("{base}/0-2/{company}"), types(1)).await.expect(201);
    assert_eq!(
        (&put.body["labels"], &put.body["fromObjectId"]),
        (&json!(["Primary"]), &json!(contact.parse::<u64>().expect("a number")))
    );
    let list = world.get(&format!("{base}/companies")).await.expect(200);
    let kinds = list.body["results"][0]["associationTypes"].as_array().expect("types").len();
    assert_eq!(kinds, 2, "the plain link and the label");
    // The body has to be an array, and a number has to fit the direction.
    world.put(&format!("{base}/0-2/{company}"), types(1)[0].clone()).await.expect(400);
    world.put(&format!("{base}/0-2/{company}"), types(2)).await.expect(400);
    world.delete(&format!("{base}/companies/{company}")).await.expect(204);
    assert_eq!(world.get(&format!("{base}/companies")).await.expect(200).body["results"], json!([]));
}

#[tokio::test]
async fn batches_read_and_create_links() {
    let world = World::start().await;
    let contact = world.portal.add_contact(&[("firstname", "Ann")]);
    let note = world.portal.add("notes", &[("hs_timestamp", "2026-01-01T00:00:00.000Z")]);
    let base = "/crm/associations/2026-09/notes/contacts";
    let inputs = json!({"inputs": [{"from": {"id": note}, "to": {"id": contact}, "types": types(202)}, {"from": {"id": note}, "to": {"id": "9"}, "types": types(202)}]});
    assert_eq!(world.post(&format!("{base}/batch/create"), inputs).await.expect(207).body["numErrors"], json!(1));
    let read = world
        .post("/crm/associations/2026-09/contacts/notes/batch/read", json!({"inputs": [{"id": contact}, {"id": "9"}]}))
        .await
        .expect(207);
    assert_eq!(read.body["results"][0]["to"][0]["toObjectId"], json!(note.parse::<u64>().expect("a number")));
    world
        .post(&format!("{base}/batch/archive"), json!({"inputs": [{"from": {"id": note}, "to": [{"id": contact}]}]}))
        .await
        .expect(204);
    assert!(world.portal.notes()[0].associations.is_empty());
}

#[tokio::test]
async fn labels_have_numbers_of_their_own() {
    let world = World::start().await;
    let base = "/crm/associations/2026-09/contacts/companies/labels";
    let made = world.post(base, json!({"label": "Billing", "name": "billing"})).await.expect(201);
    assert_eq!((made.text("/results/0/category"), made.text("/results/0/label")), ("USER_DEFINED", "Billing"));
    let all = world.get(base).await.expect(200);
    let unlabelled =
        all.body["results"].as_array().expect("labels").iter().find(|kind| kind["label"].is_null()).expect("the plain link");
    assert_eq!(unlabelled["typeId"], json!(279));
    world.delete(&format!("{base}/{}", made.body["results"][0]["typeId"])).await.expect(204);
    assert_eq!(world.get(base).await.expect(200).body["results"].as_array().map(Vec::len), Some(2));
}
