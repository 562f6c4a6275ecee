//! Bearers: renewed once, replayed once, and given up when a person is needed.

use domain::budget::Class;
use hubspot_sim::{ConfigPatch, Fault, FaultKind};
use secrecy::ExposeSecret as _;
use time::Duration;
use writeback_hubspot::{App, Config, ErrorClass, NeedsPerson};

use crate::world::{Wish, World, bulk, class};

const REAUTH: ErrorClass = ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired);

async fn about_to_expire() -> World {
    World::start_with(Wish { lifetime: Duration::minutes(3), ..Wish::default() }).await
}

#[tokio::test]
async fn however_many_ask_in_however_many_processes_a_token_is_renewed_once() {
    let world = about_to_expire().await;
    let other = world.another_process(&world.config()).await;
    // Slow enough that both processes have seen the old token before the first one has a new one.
    world.sim.fault(Fault::new(FaultKind::Latency { ms: 1_000 }).path("token"));
    let asking = (0..20).map(|i| {
        let portal = bulk(if i % 2 == 0 { &world.hubspot } else { &other }, world.connection);
        tokio::spawn(async move { portal.account().await })
    });
    for asked in asking.collect::<Vec<_>>() {
        asked.await.unwrap().unwrap();
    }
    assert_eq!(world.sim.request_count("POST", "token"), 1);
}

#[tokio::test]
async fn a_renewed_refresh_token_replaces_the_old_one() {
    let world = about_to_expire().await;
    world.sim.configure(&ConfigPatch { rotate_refresh_tokens: Some(true), ..ConfigPatch::default() });
    world.bulk().account().await.unwrap();
    world.portal.expire_access_tokens();
    world.bulk().account().await.unwrap();
    assert_eq!(world.sim.request_count("POST", "token"), 2);
    assert_eq!(world.status().await, "active");
}

#[tokio::test]
async fn an_expired_bearer_is_renewed_and_the_request_replayed_once() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::ExpiredToken).path("account-info").times(1));
    world.bulk().account().await.unwrap();
    assert_eq!(world.sim.request_count("POST", "token"), 1);
    assert_eq!(world.sim.request_count("GET", "account-info"), 2);
}

#[tokio::test]
async fn a_second_refusal_needs_a_person_and_is_no_loop() {
    let world = World::start().await;
    world.portal.fault(Fault::new(FaultKind::ExpiredToken).path("account-info"));
    assert_eq!(class(world.bulk().account().await), REAUTH);
    assert_eq!(world.sim.request_count("GET", "account-info"), 2);
    assert_eq!(world.status().await, "reauth_required");
    assert_eq!(class(world.bulk().account().await), REAUTH);
    assert_eq!(world.sim.request_count("GET", "account-info"), 2, "nothing is sent for a connection that needs a person");
}

#[tokio::test]
async fn a_refused_renewal_needs_a_person() {
    let world = about_to_expire().await;
    world.portal.revoke();
    assert_eq!(class(world.bulk().account().await), REAUTH);
    assert_eq!(world.status().await, "reauth_required");
    assert_eq!(class(world.bulk().account().await), REAUTH);
    assert_eq!(world.sim.request_count("POST", "token"), 1);
}

#[tokio::test]
async fn connecting_again_lets_it_go_on() {
    let world = about_to_expire().await;
    world.portal.revoke();
    assert_eq!(class(world.bulk().account().await), REAUTH);
    world.connect_statically().await;
    world.bulk().account().await.unwrap();
}

#[tokio::test]
async fn our_own_misconfiguration_marks_no_customer() {
    let world = about_to_expire().await;
    let wrong = App { client_id: world.sim.client_id(), client_secret: "wrong".to_owned().into() };
    let hubspot = world.another_process(&Config { app: Some(wrong), ..world.config() }).await;
    // The old bearer lives, so work goes on; once it is refused, an operator has to act.
    bulk(&hubspot, world.connection).account().await.unwrap();
    world.portal.expire_access_tokens();
    let error = class(bulk(&hubspot, world.connection).account().await);
    assert_eq!(error, ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured));
    assert_eq!(world.status().await, "active");
}

#[tokio::test]
async fn trouble_at_the_token_endpoint_does_not_stop_a_bearer_that_lives() {
    let world = about_to_expire().await;
    world.sim.fault(Fault::new(FaultKind::Status { status: 502, retry_after: None }).path("token"));
    world.bulk().account().await.unwrap();
    world.bulk().account().await.unwrap();
    assert_eq!(world.sim.request_count("POST", "token"), 1, "a renewal that failed is not repeated at once");
    assert_eq!(world.status().await, "active");
}

#[tokio::test]
async fn a_static_bearer_is_never_renewed() {
    let world = World::start().await;
    world.connect_statically().await;
    world.bulk().account().await.unwrap();
    world.portal.revoke();
    let result = world.bulk().account().await;
    if result.is_err() {
        assert_eq!(class(result), REAUTH);
        assert_eq!(world.status().await, "reauth_required");
    }
    assert_eq!(world.sim.request_count("POST", "token"), 0);
}

#[tokio::test]
async fn tokens_stand_in_no_address_and_in_no_debug_output() {
    let world = about_to_expire().await;
    let live = world.hubspot.portal(world.connection, Class::Live);
    live.account().await.unwrap();
    assert!(world.sim.requests().iter().all(|request| !request.query.contains("token") && !request.query.contains("secret")));
    let token = world.portal.oauth_tokens().access_token;
    let shown = format!("{:?} {live:?} {:?}", world.hubspot, world.config());
    let secret = world.config().app.unwrap().client_secret;
    assert!(!shown.contains(&token) && !shown.contains(secret.expose_secret()), "{shown}");
}
