//! Consent, codes, and the end of it.

use domain::connection::Credential;
use secrecy::SecretString;
use writeback_hubspot::{Consent, ErrorClass, NeedsPerson, TokenKind};

use crate::world::{World, class};

const REDIRECT: &str = "http://localhost:8080/oauth/callback";
const SCOPES: [&str; 5] =
    ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.owners.read", "crm.schemas.contacts.read"];
// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Consents in the simulated browser; the code that comes back.
fn code(world: &World) -> String {
    let consent = Consent {
        portal: None,
        redirect_uri: REDIRECT,
        scopes: &SCOPES,
        optional_scopes: &["crm.schemas.contacts.write"],
        state: "state-1",
        code_challenge: Some(CHALLENGE),
    };
    let url = world.hubspot.oauth().authorize_url(&consent).unwrap();
    assert!(url.as_str().starts_with("https://app.hubspot.com/oauth/authorize?client_id="));
    assert!(url.as_str().contains("scope=oauth%20crm.objects.contacts.read%20"), "{url}");
    let back = world.portal.approve(url.as_str()).unwrap();
    assert!(back.contains("state=state-1"), "{back}");
    back.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned()
}

fn tokens(credential: Credential) -> (SecretString, SecretString) {
    match credential {
        Credential::OAuth { access_token, refresh_token, .. } => (access_token, refresh_token),
        Credential::Static { .. } => panic!("a grant is no static bearer"),
    }
}

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let world = World::start().await;
    let (oauth, code) = (world.hubspot.oauth(), code(&world));
    let grant = oauth.exchange_code(&code, REDIRECT, Some(VERIFIER)).await.unwrap();
    assert_eq!(grant.portal.map(domain::PortalId::get), Some(world.portal.id()));
    assert!(grant.scopes.unwrap().contains(&"crm.schemas.contacts.write".to_owned()));
    let again = class(oauth.exchange_code(&code, REDIRECT, Some(VERIFIER)).await);
    assert!(matches!(again, ErrorClass::Permanent { category, .. } if category == "BAD_AUTH_CODE"));
}

#[tokio::test]
async fn a_code_without_its_verifier_is_worth_nothing() {
    let world = World::start().await;
    let stolen =
        world.hubspot.oauth().exchange_code(&code(&world), REDIRECT, Some("another-verifier-another-verifier-another-v")).await;
    assert!(matches!(class(stolen), ErrorClass::Permanent { .. }));
}

#[tokio::test]
async fn a_token_is_introspected_until_it_is_revoked() {
    let world = World::start().await;
    let oauth = world.hubspot.oauth();
    let grant = oauth.exchange_code(&code(&world), REDIRECT, Some(VERIFIER)).await.unwrap();
    let (access, refresh) = tokens(grant.credential);
    let known = oauth.introspect(&access, TokenKind::Access).await.unwrap();
    assert!(known.active && known.scopes.contains(&"oauth".to_owned()), "{known:?}");
    assert_eq!(known.portal.map(domain::PortalId::get), Some(world.portal.id()));
    oauth.revoke(&refresh).await.unwrap();
    assert!(!oauth.introspect(&refresh, TokenKind::Refresh).await.unwrap().active);
    assert!(!oauth.introspect(&"unknown".to_owned().into(), TokenKind::Access).await.unwrap().active);
}

#[tokio::test]
async fn an_uninstalled_app_has_to_be_connected_again() {
    let world = World::start().await;
    world.bulk().uninstall().await.unwrap();
    assert_eq!(class(world.bulk().account().await), ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired));
}

#[tokio::test]
async fn secrets_stand_in_bodies_only() {
    let world = World::start().await;
    world.hubspot.oauth().exchange_code(&code(&world), REDIRECT, Some(VERIFIER)).await.unwrap();
    let requests = world.sim.requests();
    assert!(requests.iter().all(|request| request.query.is_empty() && !request.path.contains("secret")));
}
