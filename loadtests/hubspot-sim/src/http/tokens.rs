//! The token endpoints: `/oauth/{v}/token`, `/introspect`, `/revoke` [OAuth guide; RFC 6749].

use std::sync::Arc;

use serde_json::{Value, json};

use crate::clock::millis;
use crate::http::decode::Pairs;
use crate::world::World;
use crate::world::oauth_state::{Grant, OauthState, OauthTokens, proves};

/// What a form is answered with.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Value>,
    /// For the journal.
    pub(crate) portal: Option<i64>,
}

/// A refusal: HubSpot's `status`, RFC 6749's `error`, a text.
struct Refusal(&'static str, &'static str, &'static str);

const BAD_REFRESH_TOKEN: Refusal = Refusal("BAD_REFRESH_TOKEN", "invalid_grant", "refresh token is invalid, expired or revoked");

impl Refusal {
    fn answer(&self) -> Answer {
        let Self(status, error, message) = self;
        let body = json!({"error": error, "error_description": message, "status": status, "message": message});
        Answer { status: 400, body: Some(body), portal: None }
    }
}

/// `POST /oauth/{v}/token`.
pub(crate) fn token(world: &World, form: &Pairs) -> Answer {
    let granted = match form.get("grant_type") {
        Some("authorization_code") => by_code(world, form),
        Some("refresh_token") => by_refresh(world, form),
        _ => Err(Refusal("BAD_GRANT_TYPE", "invalid_request", "missing or unknown grant type")),
    };
    match granted {
        Ok((tokens, grant)) => Answer { status: 200, body: Some(granted_body(&tokens, &grant)), portal: Some(grant.portal) },
        Err(refusal) => refusal.answer(),
    }
}

fn granted_body(tokens: &OauthTokens, grant: &Grant) -> Value {
    json!({
        "token_type": "bearer",
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
        "hub_id": grant.portal,
        "user_id": grant.user_id,
        "scopes": grant.scopes,
    })
}

/// The app whose id and secret the form holds.
fn check_client(oauth: &OauthState, form: &Pairs) -> Result<String, Refusal> {
    let app = form.get("client_id").and_then(|id| oauth.apps.get(id));
    let app = app.ok_or(Refusal("BAD_CLIENT_ID", "invalid_client", "missing or unknown client id"))?;
    if form.get("client_secret") != Some(app.client_secret.as_str()) {
        return Err(Refusal("BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret"));
    }
    Ok(app.client_id.clone())
}

fn check_portal(world: &World, grant: &Grant) -> Result<(), Refusal> {
    let known = world.portals.read().contains_key(&grant.portal);
    if known { Ok(()) } else { Err(Refusal("BAD_HUB", "access_denied", "missing or unknown hub id")) }
}

/// A code can be tried once: a wrong address or verifier spends it too.
fn by_code(world: &World, form: &Pairs) -> Result<(OauthTokens, Arc<Grant>), Refusal> {
    const BAD_CODE: Refusal = Refusal("BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code");
    let (now_ms, lifetime_ms) = (world.now_ms(), millis(world.config.load().token_lifetime));
    let mut oauth = world.oauth.lock();
    let client_id = check_client(&oauth, form)?;
    let code = form.get("code").and_then(|code| oauth.redeem(code)).ok_or(BAD_CODE)?;
    if code.grant.client_id != client_id || code.expires_ms <= now_ms {
        return Err(BAD_CODE);
    }
    if form.get("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(Refusal("BAD_REDIRECT_URI", "invalid_grant", "missing or invalid redirect uri"));
    }
    let verified =
        code.challenge.as_deref().is_none_or(|challenge| form.get("code_verifier").is_some_and(|text| proves(text, challenge)));
    if !verified {
        return Err(Refusal("BAD_CODE_VERIFIER", "invalid_grant", "missing or invalid code verifier"));
    }
    check_portal(world, &code.grant)?;
    Ok((oauth.issue(&code.grant, lifetime_ms, now_ms), code.grant))
}

fn by_refresh(world: &World, form: &Pairs) -> Result<(OauthTokens, Arc<Grant>), Refusal> {
    let (now_ms, config) = (world.now_ms(), world.config.load());
    let lifetime_ms = millis(config.token_lifetime);
    let mut oauth = world.oauth.lock();
    let client_id = check_client(&oauth, form)?;
    let token = form.get("refresh_token").ok_or(BAD_REFRESH_TOKEN)?;
    let grant = oauth.refresh(token).filter(|grant| grant.client_id == client_id).cloned().ok_or(BAD_REFRESH_TOKEN)?;
    check_portal(world, &grant)?;
    let tokens = if config.rotate_refresh_tokens {
        oauth.forget_refresh(token);
        oauth.issue(&grant, lifetime_ms, now_ms)
    } else {
        oauth.issue_access(&grant, token.to_owned(), lifetime_ms, now_ms)
    };
    Ok((tokens, grant))
}

/// `POST /oauth/{v}/token/introspect`: 200 with `active: false` for a token nobody knows.
pub(crate) fn introspect(world: &World, form: &Pairs) -> Answer {
    let oauth = world.oauth.lock();
    let client_id = match check_client(&oauth, form) {
        Ok(client_id) => client_id,
        Err(refusal) => return refusal.answer(),
    };
    let token = form.get("token").unwrap_or_default();
    let now_ms = world.now_ms();
    let access = oauth.access(token).filter(|access| access.expires_ms > now_ms);
    let (grant, expires_ms, token_use) = match (access, oauth.refresh(token)) {
        (Some(access), _) => (&access.grant, Some(access.expires_ms), "access_token"),
        (None, Some(grant)) => (grant, None, "refresh_token"),
        (None, None) => return Answer { status: 200, body: Some(json!({"active": false})), portal: None },
    };
    if grant.client_id != client_id {
        return Answer { status: 200, body: Some(json!({"active": false})), portal: None };
    }
    let mut body = json!({
        "active": true,
        "token": token,
        "token_use": token_use,
        "token_type": "bearer",
        "hub_id": grant.portal,
        "user_id": grant.user_id,
        "user": "installer@example.com",
        "hub_domain": "www.example.com",
        "client_id": client_id,
        "app_id": OauthState::app_id(&client_id),
        "scopes": grant.scopes,
        "is_private_distribution": false,
    });
    if let Some(expires_ms) = expires_ms {
        body["expires_in"] = json!((expires_ms - now_ms) / 1000);
        body["signed_access_token"] = signed(grant, &client_id, expires_ms);
    }
    Answer { status: 200, body: Some(body), portal: Some(grant.portal) }
}

/// What HubSpot seals into an access token; of no use to a client, but the guide shows it.
fn signed(grant: &Grant, client_id: &str, expires_ms: i64) -> Value {
    json!({
        "expiresAt": expires_ms,
        "scopes": "",
        "hubId": grant.portal,
        "userId": grant.user_id,
        "appId": OauthState::app_id(client_id),
        "signature": "",
        "scopeToScopeGroupPks": "",
        "newSignature": "",
        "hublet": "na1",
        "trialScopes": "",
        "trialScopeToScopeGroupPks": "",
        "isUserLevel": false,
        "installingUserId": grant.user_id,
        "isServiceAccount": false,
        "isPrivateDistribution": false,
    })
}

/// `POST /oauth/{v}/token/revoke` -> 200. Access tokens already issued live on, and the app stays installed.
pub(crate) fn revoke(world: &World, form: &Pairs) -> Answer {
    let mut oauth = world.oauth.lock();
    if let Err(refusal) = check_client(&oauth, form) {
        return refusal.answer();
    }
    let token = form.get("token").unwrap_or_default();
    let portal = oauth.refresh(token).map(|grant| grant.portal);
    oauth.forget_refresh(token);
    Answer { status: 200, body: None, portal }
}
