//! `GET /integrations/hubspot`.

use serde_json::{Value, json};

use crate::support::World;

#[tokio::test]
async fn the_connection_is_told_and_never_its_tokens() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let none = world.get("/integrations/hubspot", &tenant.key).await.with(200);
    assert_eq!(none, json!({"connected": false, "connection": null}));

    let id = world.connect(&tenant).await;
    let mut one = world.get("/integrations/hubspot", &tenant.key).await.with(200);
    assert!(one["connection"]["connectedAt"].take().is_string());
    let expected = json!({"connected": true, "connection": {
        "id": id.to_string(), "connectedAt": Value::Null, "scopes": ["crm.objects.contacts.read"],
        "portal": {"id": "24109811", "status": "active", "remedy": null, "uiDomain": "app-eu1.hubspot.com"},
        "uniqueness": {"call": "plain", "note": "plain", "contact": "plain"}
    }});
    assert_eq!(one, expected);

    let other = world.tenant().await;
    assert_eq!(world.get("/integrations/hubspot", &other.key).await.with(200), none);
}
