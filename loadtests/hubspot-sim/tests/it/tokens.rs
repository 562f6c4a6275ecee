//! Tokens: refreshed, expired, revoked, too narrow.

use std::time::Duration;

use hubspot_sim::{Config, PortalOptions};
use serde_json::json;

use crate::world::{Answer, World, calm};

const TOKEN: &str = "/oauth/2026-09/token";
const CONTACTS: &str = "/crm/objects/2026-09/contacts";

async fn get_with(world: &World, token: &str, path: &str) -> Answer {
    let request = world.http.get(format!("{}{path}", world.sim.url())).bearer_auth(token);
    Answer::of(request.send().await.expect("an answer")).await
}

async fn refresh(world: &World, token: &str) -> Answer {
    let (id, secret) = (world.sim.client_id(), world.sim.client_secret());
    let fields = [("grant_type", "refresh_token"), ("client_id", &id), ("client_secret", &secret), ("refresh_token", token)];
    world.form(TOKEN, &fields).await
}

#[tokio::test]
async fn an_access_token_expires_and_is_refreshed() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens();
    assert_eq!(tokens.expires_in, 1800);
    get_with(&world, &tokens.access_token, CONTACTS).await.expect(200);
    world.sim.advance(Duration::from_secs(1801));
    let expired = get_with(&world, &tokens.access_token, CONTACTS).await.expect(401);
    assert_eq!(expired.text("/category"), "EXPIRED_AUTHENTICATION");
    assert!(expired.text("/message").starts_with("The OAuth token used to make this call expired "));
    let fresh = refresh(&world, &tokens.refresh_token).await.expect(200);
    assert_eq!(
        (fresh.text("/refresh_token"), fresh.body["hub_id"].as_i64()),
        (tokens.refresh_token.as_str(), Some(world.portal.id()))
    );
    get_with(&world, fresh.text("/access_token"), CONTACTS).await.expect(200);
}

#[tokio::test]
async fn rotation_ends_the_old_refresh_token() {
    let world = World::with(Config { rotate_refresh_tokens: true, ..calm() }, PortalOptions::default()).await;
    let tokens = world.portal.oauth_tokens();
    let fresh = refresh(&world, &tokens.refresh_token).await.expect(200);
    assert_ne!(fresh.text("/refresh_token"), tokens.refresh_token);
    assert_eq!(refresh(&world, &tokens.refresh_token).await.expect(400).text("/status"), "BAD_REFRESH_TOKEN");
}

#[tokio::test]
async fn every_way_out_says_what_it_is() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens();
    world.portal.revoke_refresh_tokens();
    let refused = refresh(&world, &tokens.refresh_token).await.expect(400);
    assert_eq!((refused.text("/error"), refused.text("/status")), ("invalid_grant", "BAD_REFRESH_TOKEN"));
    get_with(&world, &tokens.access_token, CONTACTS).await.expect(200);

    world.portal.revoke();
    assert_eq!(get_with(&world, &tokens.access_token, CONTACTS).await.expect(401).text("/category"), "INVALID_AUTHENTICATION");

    let tokens = world.portal.oauth_tokens();
    let request =
        world.http.delete(format!("{}/appinstalls/2026-09/external-install", world.sim.url())).bearer_auth(&tokens.access_token);
    Answer::of(request.send().await.expect("an answer")).await.expect(204);
    assert_eq!(refresh(&world, &tokens.refresh_token).await.expect(400).text("/status"), "BAD_REFRESH_TOKEN");

    let tokens = world.portal.oauth_tokens();
    world.portal.remove();
    let gone = refresh(&world, &tokens.refresh_token).await.expect(400);
    assert_eq!((gone.text("/error"), gone.text("/status")), ("access_denied", "BAD_HUB"));
}

#[tokio::test]
async fn introspection_tells_living_tokens_from_dead_ones() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens();
    let (id, secret) = (world.sim.client_id(), world.sim.client_secret());
    let ask = async |token: &str| {
        world.form(&format!("{TOKEN}/introspect"), &[("client_id", &id), ("client_secret", &secret), ("token", token)]).await
    };
    assert_eq!(ask(&tokens.access_token).await.expect(200).body["hub_id"].as_i64(), Some(world.portal.id()));
    assert_eq!(ask(&tokens.refresh_token).await.expect(200).text("/token_use"), "refresh_token");
    assert_eq!(ask("nobody").await.expect(200).body, json!({"active": false}));
    world
        .form(&format!("{TOKEN}/revoke"), &[("client_id", &id), ("client_secret", &secret), ("token", &tokens.refresh_token)])
        .await
        .expect(200);
    assert_eq!(ask(&tokens.refresh_token).await.expect(200).body["active"], json!(false));
}

#[tokio::test]
async fn secrets_count_only_in_the_body() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens();
    let query = format!(
        "{TOKEN}?grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={}",
        world.sim.client_id(),
        world.sim.client_secret(),
        tokens.refresh_token
    );
    world.form(&query, &[]).await.expect(400);
    let wrong = world
        .form(TOKEN, &[("grant_type", "refresh_token"), ("client_id", &world.sim.client_id()), ("client_secret", "guess")])
        .await
        .expect(400);
    assert_eq!((wrong.text("/error"), wrong.text("/status")), ("invalid_client", "BAD_CLIENT_SECRET"));
}

#[tokio::test]
async fn scopes_are_held_against_every_object() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens_with(&["oauth", "crm.objects.contacts.read"]);
    get_with(&world, &tokens.access_token, "/crm/objects/2026-09/calls").await.expect(200);
    let refused = get_with(&world, &tokens.access_token, "/crm/objects/2026-09/deals").await.expect(403);
    assert_eq!(refused.text("/category"), "MISSING_SCOPES");
    assert_eq!(refused.body["errors"][0]["context"]["requiredGranularScopes"], json!(["crm.objects.deals.read"]));
    get_with(&world, &tokens.access_token, "/crm/owners/2026-09").await.expect(403);
    let post = world.http.post(format!("{}/crm/objects/2026-09/notes", world.sim.url())).bearer_auth(&tokens.access_token);
    let written =
        Answer::of(post.json(&json!({"properties": {"hs_timestamp": "0"}})).send().await.expect("an answer")).await.expect(403);
    assert_eq!(written.body["errors"][0]["context"]["requiredGranularScopes"], json!(["crm.objects.contacts.write"]));
}

#[tokio::test]
async fn strange_tokens_stop_at_the_edge_and_unknown_versions_are_not_there() {
    let world = World::start().await;
    get_with(&world, "not a token", CONTACTS).await.expect(530);
    assert_eq!(get_with(&world, "unknown", CONTACTS).await.expect(401).text("/category"), "INVALID_AUTHENTICATION");
    world.get("/crm/objects/2025-09/contacts").await.expect(404);
    world.get("/crm/v3/objects/contacts").await.expect(404);
    let details = world.get("/account-info/2026-09/details").await.expect(200);
    assert_eq!(
        (details.body["portalId"].as_i64(), format!("http://{}", details.text("/uiDomain"))),
        (Some(world.portal.id()), world.sim.url())
    );
}

#[tokio::test]
async fn a_refresh_meets_the_faults_of_its_portal() {
    let world = World::start().await;
    let tokens = world.portal.oauth_tokens();
    world.portal.fault(
        hubspot_sim::Fault::new(hubspot_sim::FaultKind::Status { status: 503, retry_after: None }).path("/oauth/").times(1),
    );
    assert_eq!(refresh(&world, &tokens.refresh_token).await.status, 503);
    assert_eq!(refresh(&world, &tokens.refresh_token).await.status, 200);
    assert_eq!(world.portal.request_count("POST", "/oauth/{v}/token"), 2);
}
