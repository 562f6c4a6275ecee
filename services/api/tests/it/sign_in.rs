//! Signing in and out, and what somebody tries who should not come in.

use reqwest::{Method, StatusCode};

use crate::support::{
    World,
    browser::{EMAIL, PASSWORD},
};

#[tokio::test]
async fn a_person_signs_in_sees_the_console_and_signs_out() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.user(tenant.account, EMAIL).await;
    let mut browser = world.browser();
    let next = browser.get("/console/connection?notice=probed").await.location().to_owned();
    assert_eq!(next, "/sign-in?next=%2Fconsole%2Fconnection%3Fnotice%3Dprobed");
    let page = browser.get(&next).await;
    page.says(200, "Sign in");
    let fields = [
        ("form_token", &*page.form_token()),
        ("email", " Dana@ACME.example "),
        ("password", PASSWORD),
        ("next", "/console/connection?notice=probed"),
    ];
    assert_eq!(browser.post("/sign-in", &fields).await.location(), "/console/connection?notice=probed");
    let page = browser.get("/console/connection").await;
    page.says(200, "No HubSpot account is connected yet");
    assert_eq!(browser.get("/sign-in").await.location(), "/console", "who is signed in need not again");
    let kept = browser.cookies.clone();
    assert_eq!(browser.post("/sign-out", &[("form_token", &page.form_token())]).await.location(), "/sign-in");
    assert!(browser.cookies.is_empty(), "{:?}", browser.cookies);
    browser.cookies = kept;
    assert!(
        browser.get("/console/connection").await.location().starts_with("/sign-in"),
        "the session is over, not only the cookie"
    );
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_look_the_same() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.user(tenant.account, EMAIL).await;
    let mut browser = world.browser();
    let wrong = browser.sign_in(EMAIL, "correct horse batterz").await;
    wrong.says(401, "do not go together");
    let unknown = browser.sign_in("lee@acme.example", PASSWORD).await;
    assert_eq!(unknown.text.replace("lee@", "dana@"), wrong.text);
    browser.sign_in("no address", PASSWORD).await.says(401, "do not go together");
    assert!(browser.cookies.keys().all(|name| name == "writeback_form"));
}

#[tokio::test]
async fn guessing_is_slowed_down_for_known_and_unknown_alike_and_not_for_others() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.user(tenant.account, EMAIL).await;
    for address in [EMAIL, "nobody@acme.example"] {
        let mut browser = world.browser();
        for _ in 0..10 {
            assert_eq!(browser.sign_in(address, "wrong password").await.status, StatusCode::UNAUTHORIZED);
        }
        let refused = browser.sign_in(address, PASSWORD).await;
        refused.says(429, "too many attempts");
        assert!(refused.header("retry-after").unwrap().parse::<u64>().unwrap() > 800);
    }
    world.user(tenant.account, "lee@acme.example").await;
    world.browser().sign_in("lee@acme.example", PASSWORD).await.location();
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_worth_nothing_after_signing_in() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut attacker = world.signed_in(tenant.account, "eve@acme.example").await;
    world.user(tenant.account, EMAIL).await;
    let planted = attacker.cookies["writeback_session"].clone();
    let mut victim = world.browser();
    let page = victim.get("/sign-in").await;
    victim.cookies.insert("writeback_session".to_owned(), planted.clone());
    let fields = [("form_token", &*page.form_token()), ("email", EMAIL), ("password", PASSWORD)];
    victim.post("/sign-in", &fields).await.location();
    assert_ne!(victim.cookies["writeback_session"], planted);
    assert!(attacker.get("/console/connection").await.location().starts_with("/sign-in"));
    victim.get("/console/connection").await.says(200, "dana@acme.example");
}

#[tokio::test]
async fn a_form_counts_only_from_a_page_of_ours_in_the_same_browser() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    let mut stranger = world.signed_in(world.tenant().await.account, "eve@evil.example").await;
    let token = browser.get("/console/connection").await.form_token();
    let stolen = stranger.get("/console/connection").await.form_token();
    let form = |token: &str| vec![("form_token".to_owned(), token.to_owned())];
    let ours = browser.origin.clone();
    let good = [("origin", ours.as_str()), ("sec-fetch-site", "same-origin")];
    for (headers, fields, why) in [
        (&good[..], form(""), "no token"),
        (&good[..], form(&stolen), "another session's token"),
        (&[("origin", "https://evil.example")][..], form(&token), "another site's page"),
        (&[("origin", "null")][..], form(&token), "a sandboxed page"),
        (&[("sec-fetch-site", "cross-site")][..], form(&token), "another site, by the browser's word"),
    ] {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = browser.send(Method::POST, "/sign-out", headers, Some(&fields)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{why}");
    }
    browser.get("/console/connection").await.says(200, EMAIL);
    assert_eq!(browser.send(Method::GET, "/sign-out", &[], None).await.status, StatusCode::METHOD_NOT_ALLOWED);
    // Another site cannot sign somebody in as its own user either.
    let mut fresh = world.browser();
    let page = fresh.get("/sign-in").await;
    let (token, fields) = (page.form_token(), [("email", EMAIL), ("password", PASSWORD)]);
    fresh.cookies.clear();
    fresh.post("/sign-in", &[&[("form_token", token.as_str())], &fields[..]].concat()).await.says(403, "expired");
}

#[tokio::test]
async fn signing_in_leads_to_no_other_site() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.user(tenant.account, EMAIL).await;
    for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let mut browser = world.browser();
        let fields = [("email", EMAIL), ("password", PASSWORD), ("next", bad)];
        assert_eq!(browser.submit("/sign-in", "/sign-in", &fields).await.location(), "/console", "{bad}");
    }
}

#[tokio::test]
async fn pages_stand_in_no_frame_load_nothing_foreign_and_rest_in_no_cache() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    for path in ["/console/connection", "/integrations/hubspot/callback", "/sign-in"] {
        if path == "/sign-in" {
            browser.cookies.clear();
        }
        let page = browser.get(path).await;
        let policy = page.header("content-security-policy").unwrap();
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "script-src 'self'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "or browsers hide where our own forms come from");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn what_people_call_things_is_never_markup() {
    let world = World::start().await;
    let account = store::accounts::create(&world.db, "<script>alert(1)</script>", domain::Region::US).await.unwrap().id;
    let mut browser = world.signed_in(account, EMAIL).await;
    let page = browser.get("/console/connection").await;
    page.says(200, "&lt;script&gt;alert(1)&lt;/script&gt;");
    assert!(!page.text.contains("<script>alert"));
    browser.cookies.clear();
    let page = browser.sign_in("\"><script>alert(1)</script>@x.example", "wrong").await;
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
}
