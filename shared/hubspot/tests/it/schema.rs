//! What a portal's objects are.

use serde_json::{Value, json};
use testkit::http_client;
use writeback_hubspot::{ErrorClass, NeedsPerson, schema::AssociationType};

use crate::world::{Wish, World, class};

impl World {
    /// Does to the portal what its administrator does.
    async fn administer(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.sim.url());
        let answer = http_client().post(url).bearer_auth(self.portal.token()).json(body).send().await.unwrap();
        assert_eq!(answer.status(), 201, "{path}");
        answer.json().await.unwrap()
    }

    async fn returns(&self) -> String {
        let made = self
            .administer(
                "/crm-object-schemas/2026-09/schemas",
                &json!({"name": "returns", "labels": {"singular": "Return", "plural": "Returns"}, "primaryDisplayProperty": "order_id",
                    "requiredProperties": ["order_id"], "searchableProperties": ["order_id"],
                    "properties": [{"name": "order_id", "label": "Order", "type": "string", "fieldType": "text"}],
                    "associatedObjects": ["CONTACT"]}),
            )
            .await;
        made["objectTypeId"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn custom_objects_are_told_with_what_a_new_record_needs() {
    let world = World::start().await;
    assert_eq!(world.bulk().custom_objects().await.unwrap(), []);
    let id = world.returns().await;
    let objects = world.bulk().custom_objects().await.unwrap();
    let [returns] = &objects[..] else { panic!("{objects:?}") };
    assert_eq!((&returns.object_type_id, returns.name.as_str(), returns.labels.plural.as_str()), (&id, "returns", "Returns"));
    assert_eq!(returns.fully_qualified_name, format!("p{}_returns", world.portal.id()));
    assert_eq!(
        (&returns.required_properties[..], returns.primary_display_property.as_deref()),
        (&["order_id".to_owned()][..], Some("order_id"))
    );
    let properties = world.bulk().properties(&id).list().await.unwrap();
    assert!(properties.iter().any(|property| property.name == "order_id" && property.is_writable()));
}

#[tokio::test]
async fn consent_for_standard_objects_does_not_show_custom_ones() {
    let wish = Wish { scopes: Some(&["oauth", "crm.objects.contacts.read", "crm.schemas.contacts.read"]), ..Wish::default() };
    let world = World::start_with(wish).await;
    let refused = class(world.bulk().custom_objects().await);
    assert!(matches!(refused, ErrorClass::NeedsPerson(NeedsPerson::MissingScopes { .. })), "{refused:?}");
}

#[tokio::test]
async fn pipelines_come_with_their_stages_as_people_see_them() {
    let world = World::start().await;
    let deals = world.bulk().pipelines("deals").await.unwrap();
    assert_eq!((deals.len(), deals[0].id.as_str(), deals[0].stages.len()), (1, "default", 7));
    assert!(deals[0].stages.iter().map(|stage| stage.display_order).is_sorted());
    let closed: Vec<_> =
        deals[0].stages.iter().filter(|stage| stage.is_closed() == Some(true)).map(|stage| stage.id.as_str()).collect();
    assert_eq!(closed, ["closedwon", "closedlost"]);
    let parked = json!({"label": "Parked", "displayOrder": -5, "metadata": {"ticketState": "CLOSED"}});
    let parked = world.administer("/crm/pipelines/2026-09/tickets/0/stages", &parked).await;
    let tickets = world.bulk().pipelines("tickets").await.unwrap();
    let first = &tickets[0].stages[0];
    assert_eq!((first.id.as_str(), first.is_closed()), (parked["id"].as_str().unwrap(), Some(true)));
    assert_eq!(tickets[0].stages[1].is_closed(), Some(false));
    assert!(matches!(class(world.bulk().pipelines("contacts").await), ErrorClass::Permanent { .. }), "contacts have none");
}

#[tokio::test]
async fn links_have_a_plain_kind_and_those_with_labels() {
    let world = World::start().await;
    let plain = |kinds: &[AssociationType]| kinds.iter().filter(|kind| kind.label.is_none()).count();
    let kinds = world.bulk().association_types("notes", "contacts").await.unwrap();
    assert_eq!((plain(&kinds), kinds[0].type_id), (1, 202));
    let label = json!({"label": "Decision maker", "name": "decision_maker"});
    let made = world.administer("/crm/associations/2026-09/contacts/companies/labels", &label).await;
    let kinds = world.bulk().association_types("contacts", "companies").await.unwrap();
    let ours = kinds.iter().find(|kind| kind.label.as_deref() == Some("Decision maker")).unwrap();
    assert_eq!((ours.category.as_str(), json!(ours.type_id)), ("USER_DEFINED", made["results"][0]["typeId"].clone()));
    assert!(plain(&kinds) >= 1);
    let id = world.returns().await;
    assert_eq!(plain(&world.bulk().association_types(&id, "contacts").await.unwrap()), 1);
}
