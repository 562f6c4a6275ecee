//! Signing in through an OpenID Connect provider.

use serde_json::{Value, json};

use crate::support::{
    World,
    browser::{Browser, EMAIL},
    provider::{Claims, Provider},
};

const DANA: Claims = Claims { subject: "s1", email: EMAIL, verified: true, lies: Value::Null };

/// A service that trusts a provider, and an account in which Dana may sign in.
async fn begin() -> (World, Provider) {
    let provider = Provider::start().await;
    let world = World::with_provider(&provider).await;
    let tenant = world.tenant().await;
    world.user(tenant.account, EMAIL).await;
    (world, provider)
}

/// Sends a browser to the provider and back: the path that it comes back by.
async fn asked(browser: &mut Browser, provider: &Provider, claims: &Claims) -> String {
    let to = browser.get("/sign-in/oidc?next=%2Fconsole%2Fconnection").await.location().to_owned();
    provider.approve(&to, claims)
}

#[tokio::test]
async fn a_person_comes_in_through_the_provider_where_they_wanted_to() {
    let (world, provider) = begin().await;
    let mut browser = world.browser();
    browser.get("/sign-in?next=%2Fconsole%2Fconnection").await.says(200, "Sign in with Acme");
    let back = asked(&mut browser, &provider, &DANA).await;
    assert_eq!(browser.get(&back).await.location(), "/console/connection");
    browser.get("/console/connection").await.says(200, EMAIL);
    assert!(!browser.cookies.contains_key("writeback_oidc"));
    // Going back does nothing: the browser has forgotten what it asked.
    browser.get(&back).await.says(403, "begun in another browser");
    // From now on the address does not matter, since the provider might give it to somebody else.
    let mut again = world.browser();
    let moved = Claims { email: "dana.reyes@acme.example", verified: false, ..DANA };
    let back = asked(&mut again, &provider, &moved).await;
    again.get(&back).await.location();
    let heir = Claims { subject: "s2", ..DANA };
    let mut other = world.browser();
    let back = asked(&mut other, &provider, &heir).await;
    other.get(&back).await.says(403, "Nobody signs in here");
}

#[tokio::test]
async fn who_is_not_known_here_or_not_verified_there_stays_outside() {
    let (world, provider) = begin().await;
    for stranger in
        [Claims { email: "lee@acme.example", ..DANA }, Claims { verified: false, ..DANA }, Claims { email: "no address", ..DANA }]
    {
        let mut browser = world.browser();
        let back = asked(&mut browser, &provider, &stranger).await;
        browser.get(&back).await.says(403, "Nobody signs in here");
        assert!(!browser.cookies.contains_key("writeback_session"));
    }
}

#[tokio::test]
async fn what_comes_back_counts_in_the_browser_that_asked_only() {
    let (world, provider) = begin().await;
    let (mut asking, mut other, mut fresh) = (world.browser(), world.browser(), world.browser());
    let back = asked(&mut asking, &provider, &DANA).await;
    let theirs = asked(&mut other, &provider, &DANA).await;
    fresh.get(&back).await.says(403, "begun in another browser");
    other.get(&back).await.says(403, "begun in another browser");
    let (head, tail) = other.cookies["writeback_oidc"].split_at(60);
    let altered = if tail.starts_with('A') { "B" } else { "A" };
    let forged = format!("{head}{altered}{}", &tail[1..]);
    other.cookies.insert("writeback_oidc".to_owned(), forged);
    other.get(&theirs).await.says(403, "begun in another browser");
    asking.get("/sign-in/oidc/callback?error=access_denied&state=x").await.says(403, "begun in another browser");
    let state = back.split("state=").nth(1).unwrap();
    asking.get(&format!("/sign-in/oidc/callback?error=access_denied&state={state}")).await.says(403, "did not say who you are");
    asking.get(&format!("/sign-in/oidc/callback?code=forged&state={state}")).await.says(403, "cannot be believed");
    asking.get(&back).await.location();
}

#[tokio::test]
async fn a_token_that_lies_is_not_believed() {
    let (world, provider) = begin().await;
    for lies in [
        json!({"aud": ["another"]}),
        json!({"iss": "https://evil.example"}),
        json!({"nonce": "another"}),
        json!({"exp": 1_000_000}),
    ] {
        let mut browser = world.browser();
        let back = asked(&mut browser, &provider, &Claims { lies: lies.clone(), ..DANA }).await;
        let page = browser.get(&back).await;
        assert_eq!(page.status, 403, "{lies}");
        page.says(403, "cannot be believed");
    }
}

#[tokio::test]
async fn without_a_provider_there_is_nothing_of_it() {
    let world = World::start().await;
    let mut browser = world.browser();
    assert!(!browser.get("/sign-in").await.text.contains("/sign-in/oidc"));
    browser.get("/sign-in/oidc").await.says(404, "There is nothing at this path");
    browser.get("/sign-in/oidc/callback?code=x&state=y").await.says(404, "There is nothing at this path");
}
