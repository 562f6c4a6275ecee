//! The consent page and the code it ends in.

use std::time::Duration;

use hubspot_sim::PortalOptions;

use crate::world::{Answer, World, calm};

const REDIRECT: &str = "http://localhost:8080/oauth/callback";
const REQUIRED: &str =
    "oauth%20crm.objects.contacts.read%20crm.objects.contacts.write%20crm.objects.owners.read%20crm.schemas.contacts.read";

fn url(world: &World, scope: &str, more: &str) -> String {
    let id = world.sim.client_id();
    format!("{}/oauth/authorize?client_id={id}&redirect_uri={REDIRECT}&scope={scope}&state=s%261{more}", world.sim.url())
}

async fn redeem(world: &World, code: &str, redirect: &str, verifier: Option<&str>) -> Answer {
    let (id, secret) = (world.sim.client_id(), world.sim.client_secret());
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("client_id", &id),
        ("client_secret", &secret),
        ("code", code),
        ("redirect_uri", redirect),
    ];
    fields.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    world.form("/oauth/2026-09/token", &fields).await
}

fn code(location: &str) -> String {
    let (_, rest) = location.split_once("code=").expect("a code");
    rest.split('&').next().expect("a code").to_owned()
}

#[tokio::test]
async fn a_person_approves_in_the_browser_and_the_code_works_once() {
    let world = World::start().await;
    let page = world
        .http
        .get(url(&world, REQUIRED, "&optional_scope=tickets"))
        .send()
        .await
        .expect("a page")
        .text()
        .await
        .expect("text");
    assert!(page.contains("crm.objects.contacts.write") && page.contains("Connect app"));
    let portal = world.portal.id().to_string();
    let id = world.sim.client_id();
    let scope = REQUIRED.replace("%20", " ");
    let fields = [
        ("client_id", id.as_str()),
        ("redirect_uri", REDIRECT),
        ("scope", &scope),
        ("state", "s&1"),
        ("portal", &portal),
        ("decision", "approve"),
    ];
    let sent = world.form("/oauth/authorize", &fields).await.expect(303);
    let location = sent.header("location").expect("a way back");
    assert!(location.starts_with(REDIRECT) && location.ends_with("&state=s%261"), "{location}");
    let granted = redeem(&world, &code(location), REDIRECT, None).await.expect(200);
    assert_eq!(granted.body["scopes"].as_array().map(Vec::len), Some(5));
    assert_eq!(redeem(&world, &code(location), REDIRECT, None).await.expect(400).text("/status"), "BAD_AUTH_CODE");
}

#[tokio::test]
async fn a_code_is_bound_to_its_address_its_verifier_and_its_time() {
    let world = World::start().await;
    let approve = |more: &str| world.portal.approve(&url(&world, REQUIRED, more)).expect("a way back");
    assert_eq!(
        redeem(&world, &code(&approve("")), "http://localhost:8080/", None).await.expect(400).text("/status"),
        "BAD_REDIRECT_URI"
    );

    let challenge = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    assert_eq!(redeem(&world, &code(&approve(challenge)), REDIRECT, None).await.expect(400).text("/status"), "BAD_CODE_VERIFIER");
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    redeem(&world, &code(&approve(challenge)), REDIRECT, Some(verifier)).await.expect(200);

    let late = code(&approve(""));
    world.sim.advance(Duration::from_secs(31));
    assert_eq!(redeem(&world, &late, REDIRECT, None).await.expect(400).text("/status"), "BAD_AUTH_CODE");
}

#[tokio::test]
async fn what_an_account_lacks_is_dropped_or_fails_the_install() {
    let options = PortalOptions { lacking_scopes: vec!["tickets".to_owned()], ..PortalOptions::default() };
    let world = World::with(calm(), options).await;
    let location = world.portal.approve(&url(&world, REQUIRED, "&optional_scope=tickets")).expect("a way back");
    let granted = redeem(&world, &code(&location), REDIRECT, None).await.expect(200);
    assert!(!granted.body["scopes"].to_string().contains("tickets"));
    let needed = format!("{REQUIRED}%20tickets");
    assert!(world.portal.approve(&url(&world, &needed, "")).expect_err("no install").contains("tickets"));
}

#[tokio::test]
async fn a_request_that_does_not_fit_the_app_is_stopped_on_the_page() {
    let world = World::start().await;
    for (bad, reason) in [
        (url(&world, "oauth", ""), "is required by the app"),
        (url(&world, &format!("{REQUIRED}%20files"), ""), "is not one the app is configured for"),
        (url(&world, REQUIRED, "&optional_scope=files"), "is not one the app is configured for"),
        (url(&world, REQUIRED, "").replace("8080", "9090"), "is not one the app has registered"),
        (url(&world, REQUIRED, "").replace("1111", "2222"), "client_id is missing or unknown"),
    ] {
        let page = world.http.get(&bad).send().await.expect("a page");
        assert_eq!(page.status(), 400);
        let text = page.text().await.expect("text");
        assert!(text.contains(reason), "{bad}: {text}");
    }
    world.sim.allow_redirect("http://localhost:9090/oauth/callback");
    assert!(world.portal.approve(&url(&world, REQUIRED, "").replace("8080", "9090")).is_ok());
}

#[tokio::test]
async fn a_refusal_comes_back_as_access_denied() {
    let world = World::start().await;
    let location = world.portal.deny(&url(&world, REQUIRED, "")).expect("a way back");
    assert!(location.contains("error=access_denied") && location.ends_with("state=s%261"));
}

#[tokio::test]
async fn several_accounts_are_offered_and_one_can_be_named() {
    let world = World::start().await;
    world.sim.portal(PortalOptions { name: "Second account".to_owned(), ..PortalOptions::default() });
    let page = world.http.get(url(&world, REQUIRED, "")).send().await.expect("a page").text().await.expect("text");
    assert!(page.contains("Choose an account") && page.contains("Second account"));
    let named = url(&world, REQUIRED, "").replace("/oauth/authorize", &format!("/oauth/{}/authorize", world.portal.id()));
    let page = world.http.get(named).send().await.expect("a page").text().await.expect("text");
    assert!(!page.contains("Choose an account"));
}
