//! From a link to a connection and back.

use domain::connection::{ConnectionStatus, UniqueMode};
use hubspot_sim::{Portal, PortalOptions};
use serde_json::json;
use store::connections;

use crate::support::{
    Tenant, World,
    browser::{Browser, EMAIL},
};

/// An account with somebody who is signed in, and a portal of theirs.
async fn begin() -> (World, Tenant, Browser, Portal) {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let browser = world.signed_in(tenant.account, EMAIL).await;
    let portal = world.sim.portal(PortalOptions::default());
    (world, tenant, browser, portal)
}

/// Asks for a link by API key, and opens it: where HubSpot would ask for consent.
async fn opened(world: &World, tenant: &Tenant, browser: &mut Browser) -> String {
    let link = link(world, tenant, &json!({})).await;
    browser.get(&link).await.location().to_owned()
}

/// A link's path.
async fn link(world: &World, tenant: &Tenant, body: &serde_json::Value) -> String {
    let answer = world.post("/integrations/hubspot/connect", &tenant.key, body).await.with(200);
    let url = answer["oauthUrl"].as_str().unwrap();
    url.strip_prefix(&format!("http://{}", world.address)).expect("a link of ours").to_owned()
}

/// The path that HubSpot sends the browser back to.
fn path(back: &str) -> String {
    back.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap()
}

async fn connected(world: &World, tenant: &Tenant, browser: &mut Browser, portal: &Portal) {
    let consent = opened(world, tenant, browser).await;
    let back = portal.approve(&consent).unwrap();
    let location = browser.get(&path(&back)).await.location().to_owned();
    assert!(location.starts_with("/console/connection?notice=connected"), "{location}");
}

#[tokio::test]
async fn a_key_asks_a_person_consents_and_the_portal_is_connected_and_probed() {
    let (world, tenant, mut browser, portal) = begin().await;
    let consent = opened(&world, &tenant, &mut browser).await;
    assert!(consent.starts_with(&format!("{}/oauth/authorize?client_id=", world.sim.url())), "{consent}");
    for part in ["code_challenge_method=S256", "scope=oauth%20crm.objects.contacts.read", "optional_scope=", "state=wbo_"] {
        assert!(consent.contains(part), "{part} in {consent}");
    }
    assert!(!consent.contains("crm.objects.custom"), "custom objects are asked for when something needs them: {consent}");
    let back = path(&portal.approve(&consent).unwrap());
    assert_eq!(browser.get(&back).await.location(), "/console/connection?notice=connected");
    let page = browser.get("/console/connection?notice=connected").await;
    page.says(200, "HubSpot is connected.");
    page.says(200, "refuses a second contact for one caller");
    page.says(200, &portal.id().to_string());
    let connection = connections::of_account(&world.db, tenant.account).await.unwrap().unwrap();
    assert_eq!((connection.portal.get(), connection.status), (portal.id(), ConnectionStatus::Active));
    assert_eq!(connection.unique.call, UniqueMode::Unique);
    assert!(world.sim.url().ends_with(&connection.ui_domain), "{}", connection.ui_domain);
    assert!(connection.scopes.iter().any(|scope| scope == "tickets"));
    let view = world.get("/integrations/hubspot", &tenant.key).await.with(200);
    assert_eq!(view["connection"]["portal"]["id"], portal.id().to_string());
    // Back and reload do no harm.
    browser.get(&back).await.says(400, "used before");
    assert_eq!(connections::of_account(&world.db, tenant.account).await.unwrap().unwrap().status, ConnectionStatus::Active);
}

#[tokio::test]
async fn a_person_connects_from_the_console() {
    let (world, tenant, mut browser, portal) = begin().await;
    let link = browser.submit("/console/connection", "/console/connection/connect", &[]).await.location().to_owned();
    let consent = browser.get(&link).await.location().to_owned();
    let back = path(&portal.approve(&consent).unwrap());
    browser.get(&back).await.location();
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_some());
}

#[tokio::test]
async fn who_is_not_signed_in_signs_in_first_and_goes_on() {
    let (world, tenant, _, portal) = begin().await;
    let link = link(&world, &tenant, &json!({})).await;
    let mut fresh = world.browser();
    let sign_in = fresh.get(&link).await.location().to_owned();
    assert!(sign_in.starts_with("/sign-in?next=%2Fintegrations"), "{sign_in}");
    let page = fresh.get(&sign_in).await;
    let fields = [
        ("form_token", &*page.form_token()),
        ("email", EMAIL),
        ("password", crate::support::browser::PASSWORD),
        ("next", &*link),
    ];
    assert_eq!(fresh.post("/sign-in", &fields).await.location(), link);
    let consent = fresh.get(&link).await.location().to_owned();
    fresh.get(&path(&portal.approve(&consent).unwrap())).await.location();
}

#[tokio::test]
async fn only_the_session_that_began_it_finishes_it() {
    let (world, tenant, mut browser, portal) = begin().await;
    let consent = opened(&world, &tenant, &mut browser).await;
    let back = path(&portal.approve(&consent).unwrap());
    // An API key, the same person elsewhere, somebody else, nobody.
    let by_key = world.get(&back, &tenant.key).await;
    assert_eq!(by_key.problem(403), "not_for_api_keys");
    let mut elsewhere = world.browser();
    elsewhere.sign_in(EMAIL, crate::support::browser::PASSWORD).await.location();
    let mut stranger = world.signed_in(world.tenant().await.account, "eve@evil.example").await;
    let mut nobody = world.browser();
    for other in [&mut elsewhere, &mut stranger, &mut nobody] {
        other.get(&back).await.says(403, "begun elsewhere");
    }
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_none());
    browser.get(&back).await.location();
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_some(), "the refusals spoiled nothing");
}

#[tokio::test]
async fn a_link_opens_for_its_own_account_only_and_not_after_it_was_used() {
    let (world, tenant, mut browser, portal) = begin().await;
    let link = link(&world, &tenant, &json!({})).await;
    let mut stranger = world.signed_in(world.tenant().await.account, "eve@evil.example").await;
    stranger.get(&link).await.says(410, "cannot be used any more");
    browser.get("/integrations/hubspot/connect/wbt_00000000000000000000000000000000").await.says(410, "cannot be used any more");
    let consent = browser.get(&link).await.location().to_owned();
    browser.get(&path(&portal.approve(&consent).unwrap())).await.location();
    browser.get(&link).await.says(410, "cannot be used any more");
}

#[tokio::test]
async fn what_hubspot_never_said_connects_nothing() {
    let (world, tenant, mut browser, _) = begin().await;
    let consent = opened(&world, &tenant, &mut browser).await;
    let state = consent.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    for query in
        ["", "?code=x", "?code=x&state=", "?code=x&state=wbo_00000000000000000000000000000000", "?state=abc&error=access_denied"]
    {
        browser.get(&format!("/integrations/hubspot/callback{query}")).await.says(400, "not an answer from HubSpot");
    }
    browser.get(&format!("/integrations/hubspot/callback?code=forged&state={state}")).await.says(400, "came too late");
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_none());
}

#[tokio::test]
async fn a_denied_consent_changes_nothing_and_can_be_given_later() {
    let (world, tenant, mut browser, portal) = begin().await;
    let consent = opened(&world, &tenant, &mut browser).await;
    browser.get(&path(&portal.deny(&consent).unwrap())).await.says(400, "You did not give your consent");
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_none());
    connected(&world, &tenant, &mut browser, &portal).await;
}

#[tokio::test]
async fn scopes_that_an_account_lacks_are_shown_and_custom_objects_are_asked_for_by_name() {
    let (world, tenant, mut browser, _) = begin().await;
    let lacking = vec!["tickets".to_owned()];
    let portal = world.sim.portal(PortalOptions { lacking_scopes: lacking, ..PortalOptions::default() });
    let link = link(&world, &tenant, &json!({"agentIds": ["agent_7"], "customObjects": ["p_returns"]})).await;
    let consent = browser.get(&link).await.location().to_owned();
    assert!(consent.contains("crm.objects.custom.read"), "{consent}");
    browser.get(&path(&portal.approve(&consent).unwrap())).await.location();
    let connection = connections::of_account(&world.db, tenant.account).await.unwrap().unwrap();
    assert!(!connection.scopes.iter().any(|scope| scope == "tickets"));
    assert!(connection.scopes.iter().any(|scope| scope == "crm.objects.custom.write"));
    let again = opened(&world, &tenant, &mut browser).await;
    assert!(again.contains("crm.objects.custom.read"), "what was granted is asked for again, or it would be lost: {again}");
    assert!(again.contains(&format!("/oauth/{}/authorize", portal.id())), "nobody is asked which portal: {again}");
}

#[tokio::test]
async fn connecting_the_same_portal_again_keeps_settings_and_another_portal_waits() {
    let (world, tenant, mut browser, portal) = begin().await;
    connected(&world, &tenant, &mut browser, &portal).await;
    let first = connections::of_account(&world.db, tenant.account).await.unwrap().unwrap();
    world.patch("/integrations/hubspot/writeback", &tenant.key, &json!({"mode": "summary"})).await.with(200);
    connections::set_status(&world.db, first.id, ConnectionStatus::ReauthRequired).await.unwrap();
    browser.get("/console/connection").await.says(200, "HubSpot refuses our access");
    let consent = opened(&world, &tenant, &mut browser).await;
    let location = browser.get(&path(&portal.approve(&consent).unwrap())).await.location().to_owned();
    assert_eq!(location, "/console/connection?notice=connected_again");
    let again = connections::of_account(&world.db, tenant.account).await.unwrap().unwrap();
    assert_eq!((again.id, again.status), (first.id, ConnectionStatus::Active));
    let settings = world.get("/integrations/hubspot/writeback", &tenant.key).await.with(200);
    assert_eq!(settings["mode"], "summary");
    // A person who gets to another portal all the same.
    let other = world.sim.portal(PortalOptions::default());
    let consent =
        opened(&world, &tenant, &mut browser).await.replace(&format!("/oauth/{}/authorize", portal.id()), "/oauth/authorize");
    browser.get(&path(&other.approve(&consent).unwrap())).await.says(409, "Another HubSpot account is connected");
    assert_eq!(connections::of_account(&world.db, tenant.account).await.unwrap().unwrap().portal, first.portal);
}

#[tokio::test]
async fn a_portal_of_another_account_is_refused() {
    let (world, tenant, mut browser, portal) = begin().await;
    connected(&world, &tenant, &mut browser, &portal).await;
    let other = world.tenant().await;
    let mut theirs = world.signed_in(other.account, "lee@other.example").await;
    let consent = opened(&world, &other, &mut theirs).await;
    theirs.get(&path(&portal.approve(&consent).unwrap())).await.says(409, "is in use");
    assert!(connections::of_account(&world.db, other.account).await.unwrap().is_none());
    let account = app_call(&world, &tenant).await;
    assert_eq!(account["connected"], true, "the first account's tokens are as good as before");
}

/// Something that needs the tokens.
async fn app_call(world: &World, tenant: &Tenant) -> serde_json::Value {
    world.post("/integrations/hubspot/probe", &tenant.key, &json!({})).await.with(200)
}

#[tokio::test]
async fn disconnecting_wipes_and_revokes_and_uninstalls_if_asked() {
    let (world, tenant, mut browser, portal) = begin().await;
    connected(&world, &tenant, &mut browser, &portal).await;
    let answer = world.delete("/integrations/hubspot?uninstall=maybe", &tenant.key).await;
    assert_eq!(answer.faults(), ["uninstall invalid"]);
    let answer = world.delete("/integrations/hubspot?uninstall=true", &tenant.key).await.with(200);
    assert_eq!(answer, json!({"revoked": true, "uninstalled": true}));
    assert_eq!(world.delete("/integrations/hubspot", &tenant.key).await.problem(409), "not_connected");
    let gone = world.post("/integrations/hubspot/probe", &tenant.key, &json!({})).await;
    assert_eq!(gone.problem(409), "not_connected");
    browser.get("/console/connection").await.says(200, "No HubSpot account is connected yet");
    connected(&world, &tenant, &mut browser, &portal).await;
    let page = browser.submit("/console/connection", "/console/connection/disconnect", &[]).await;
    assert_eq!(page.location(), "/console/connection?notice=disconnected");
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_none());
}

#[tokio::test]
async fn a_static_token_is_wiped_though_nothing_can_be_revoked() {
    let (world, tenant, ..) = begin().await;
    world.connect(&tenant).await;
    let answer = world.delete("/integrations/hubspot", &tenant.key).await.with(200);
    assert_eq!(answer, json!({"revoked": false, "uninstalled": false}));
    assert!(connections::of_account(&world.db, tenant.account).await.unwrap().is_none());
}

#[tokio::test]
async fn probing_says_when_somebody_has_to_connect_again() {
    let (world, tenant, mut browser, portal) = begin().await;
    connected(&world, &tenant, &mut browser, &portal).await;
    portal.revoke();
    let refused = world.post("/integrations/hubspot/probe", &tenant.key, &json!({})).await;
    assert_eq!(refused.problem(409), "reauth_required");
    browser.submit("/console/connection", "/console/connection/probe", &[]).await.says(409, "has to be connected again");
}

#[tokio::test]
async fn a_request_that_makes_no_sense_is_refused_with_its_place() {
    let (world, tenant, ..) = begin().await;
    let body = json!({"agentIds": ["a b"], "customObjects": []});
    let answer = world.post("/integrations/hubspot/connect", &tenant.key, &body).await;
    assert_eq!(answer.faults(), ["agentIds[0] invalid"]);
    let answer = world.post("/integrations/hubspot/connect", &tenant.key, &json!({"customObjects": ["ok", "a/b"]})).await;
    assert_eq!(answer.faults(), ["customObjects[1] invalid"]);
    let many: Vec<_> = (0..51).map(|n| format!("p_{n}")).collect();
    let answer = world.post("/integrations/hubspot/connect", &tenant.key, &json!({"customObjects": many})).await;
    assert_eq!(answer.faults(), ["customObjects too_many"]);
    // Nothing at all is fine.
    let bearer = format!("Bearer {}", tenant.key);
    let answer = world
        .call(reqwest::Method::POST, "/integrations/hubspot/connect", |request| request.header("authorization", bearer))
        .await;
    answer.with(200);
}
