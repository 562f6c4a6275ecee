//! One record at a time.

use serde_json::json;

use crate::world::World;

const CONTACTS: &str = "/crm/objects/2026-09/contacts";

#[tokio::test]
async fn a_contact_is_created_read_changed_and_archived() {
    let world = World::start().await;
    let made = world
        .post(CONTACTS, json!({"properties": {"email": "Ann@B.example", "firstname": "Ann", "phone": "+1 202 555 0123"}}))
        .await
        .expect(201);
    let id = made.text("/id").to_owned();
    assert_eq!(made.text("/properties/email"), "ann@b.example");
    assert_eq!(made.text("/properties/hs_searchable_calculated_phone_number"), "2025550123");
    assert_eq!(made.header("location"), Some(format!("{CONTACTS}/{id}").as_str()));

    let read = world.get(&format!("{CONTACTS}/ann%40b.example?idProperty=email&properties=phone,firstname")).await.expect(200);
    assert_eq!((read.text("/id"), read.text("/properties/firstname")), (id.as_str(), "Ann"));

    world.patch(&format!("{CONTACTS}/{id}"), json!({"properties": {"firstname": "Anna", "phone": ""}})).await.expect(200);
    let contact = world.portal.contact(&id).expect("the contact");
    assert_eq!((contact.get("firstname"), contact.get("phone")), ("Anna", ""));

    world.delete(&format!("{CONTACTS}/{id}")).await.expect(204);
    assert_eq!(world.get(&format!("{CONTACTS}/{id}")).await.expect(404).text("/category"), "OBJECT_NOT_FOUND");
    world.get(&format!("{CONTACTS}/{id}?archived=true")).await.expect(200);
    world.delete(&format!("{CONTACTS}/99")).await.expect(204);
}
