//! `/api-keys`.

use domain::scope::Scope;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, eventually};

#[tokio::test]
async fn a_key_that_is_made_works_and_its_secret_is_shown_once() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let asked = json!({"name": " emitter ", "scopes": ["integrations:read", "events:write", "events:write"]});
    let answer = world.post("/api-keys", &tenant.key, &asked).await;
    let location = answer.header("location").unwrap().to_owned();
    let made = answer.with(201);
    assert_eq!(location, format!("/api-keys/{}", made["id"].as_str().unwrap()));
    assert_eq!((&made["name"], &made["scopes"]), (&json!("emitter"), &json!(["integrations:read", "events:write"])));
    let secret = made["secret"].as_str().unwrap();
    world.get("/integrations/hubspot", secret).await.with(200);
    assert_eq!(world.get("/api-keys", secret).await.problem(403), "missing_scope");

    // The use is noted behind the answer.
    let items = testkit::eventually("the use is noted", || async {
        let listed = world.get("/api-keys", &tenant.key).await;
        assert!(!listed.text.contains(secret));
        let items = listed.with(200)["items"].take();
        items[1]["lastUsedAt"].is_string().then_some(items)
    })
    .await;
    assert_eq!(items[1]["id"], made["id"]);
    assert!(secret.starts_with(items[1]["prefix"].as_str().unwrap()));
}

#[tokio::test]
async fn a_key_grants_only_what_it_has() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let (_, narrow) = world.key(tenant.account, &[Scope::KeysWrite, Scope::EventsWrite]).await;
    let wide = json!({"name": "wide", "scopes": ["events:write", "skills:write", "integrations:write"]});
    let answer = world.post("/api-keys", &narrow, &wide).await;
    assert_eq!(answer.problem(403), "scope_not_held");
    assert_eq!(answer.body["detail"], "Your own key does not have integrations:write, skills:write.");
    world.post("/api-keys", &narrow, &json!({"name": "same", "scopes": ["keys:write", "events:write"]})).await.with(201);
}

#[tokio::test]
async fn a_wish_for_a_key_must_be_clear() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    for (body, faults) in [
        (json!({"name": "", "scopes": []}), &["name invalid", "scopes required"][..]),
        (json!({"name": "x".repeat(101), "scopes": ["events:write"]}), &["name invalid"]),
        (json!({"name": "a\nb", "scopes": ["events:write"]}), &["name invalid"]),
        (json!({"name": "a", "scopes": ["admin"]}), &["scopes[0] invalid"]),
        (json!({"name": "a"}), &["scopes required"]),
        (json!({"name": "a", "scopes": ["events:write"], "account": "x"}), &["account unknown_field"]),
    ] {
        assert_eq!(world.post("/api-keys", &tenant.key, &body).await.faults(), faults, "{body}");
    }
}

#[tokio::test]
async fn a_revoked_key_stops_working_at_once_and_at_every_process() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let other = world.second_process().await;
    let (id, key) = world.key(tenant.account, &[Scope::IntegrationsRead]).await;
    let at_other = || world.call_at(other, Method::GET, "/integrations/hubspot", |r| r.bearer_auth(&key));
    world.get("/integrations/hubspot", &key).await.with(200);
    at_other().await.with(200);

    assert_eq!(world.delete(&format!("/api-keys/{id}"), &tenant.key).await.with(204), Value::Null);
    assert_eq!(world.get("/integrations/hubspot", &key).await.problem(401), "invalid_api_key");
    eventually("the other process hears of it", async || (at_other().await.status == 401).then_some(())).await;
    assert_eq!(world.delete(&format!("/api-keys/{id}"), &tenant.key).await.problem(404), "not_found");
    let items = world.get("/api-keys", &tenant.key).await.with(200)["items"].take();
    assert!(items[1]["revokedAt"].is_string());
}

#[tokio::test]
async fn keys_of_another_account_are_out_of_reach() {
    let world = World::start().await;
    let (ours, theirs) = (world.tenant().await, world.tenant().await);
    let (id, key) = world.key(ours.account, &[Scope::IntegrationsRead]).await;
    for path in [format!("/api-keys/{id}"), "/api-keys/1".to_owned(), format!("/api-keys/{}", domain::ApiKeyId::new())] {
        assert_eq!(world.delete(&path, &theirs.key).await.problem(404), "not_found");
    }
    world.get("/integrations/hubspot", &key).await.with(200);
    assert_eq!(world.get("/api-keys", &theirs.key).await.with(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn keys_are_paged() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    for _ in 0..2 {
        world.key(tenant.account, &[Scope::EventsWrite]).await;
    }
    let first = world.get("/api-keys?limit=2", &tenant.key).await.with(200);
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let cursor = first["nextCursor"].as_str().unwrap();
    let last = world.get(&format!("/api-keys?limit=2&cursor={cursor}"), &tenant.key).await.with(200);
    assert_eq!((last["items"].as_array().unwrap().len(), &last["nextCursor"]), (1, &Value::Null));
    assert_eq!(world.get("/api-keys?cursor=x", &tenant.key).await.faults(), ["cursor invalid"]);
}
