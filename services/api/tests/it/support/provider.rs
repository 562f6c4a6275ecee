//! A small OpenID Connect provider: it believes whoever the test says is there, and checks what a provider checks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    routing::{get, post},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey as _,
    core::{CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJwsSigningAlgorithm},
};
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use tokio::net::TcpListener;

/// A key for tests; nothing else was ever signed with it.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEICz5GGN4GjFkQMDqyGimRLyPVTAZKdcUlOWthD1S93DE
-----END PRIVATE KEY-----
";
pub(crate) const CLIENT_ID: &str = "writeback";
pub(crate) const CLIENT_SECRET: &str = "provider-secret";

/// Somebody as the provider knows them.
#[derive(Clone)]
pub(crate) struct Claims {
    pub(crate) subject: &'static str,
    pub(crate) email: &'static str,
    pub(crate) verified: bool,
    /// What else is said, instead of the truth.
    pub(crate) lies: Value,
}

/// A code that waits to be redeemed.
struct Grant {
    claims: Claims,
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

struct Inner {
    issuer: String,
    codes: Mutex<HashMap<String, Grant>>,
}

/// A running provider.
#[derive(Clone)]
pub(crate) struct Provider(Arc<Inner>);

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let this = Self(Arc::new(Inner { issuer, codes: Mutex::default() }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .with_state(this.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        this
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Somebody says yes where a browser was sent: the path that it is sent back to.
    pub(crate) fn approve(&self, authorize: &str, claims: &Claims) -> String {
        let url = Url::parse(authorize).unwrap();
        assert!(authorize.starts_with(&format!("{}/authorize?", self.0.issuer)), "{authorize}");
        let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!((query["client_id"].as_str(), query["response_type"].as_str()), (CLIENT_ID, "code"));
        assert!(query["scope"].split(' ').any(|scope| scope == "openid") && query["code_challenge_method"] == "S256");
        let grant = Grant {
            claims: claims.clone(),
            nonce: query["nonce"].clone(),
            challenge: query["code_challenge"].clone(),
            redirect_uri: query["redirect_uri"].clone(),
        };
        let mut codes = self.0.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), grant);
        let back = Url::parse(&query["redirect_uri"]).unwrap();
        format!("{}?code={code}&state={}", back.path(), query["state"])
    }
}

async fn configuration(State(provider): State<Provider>) -> Json<Value> {
    let issuer = &provider.0.issuer;
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"), "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

fn key() -> CoreEdDsaPrivateSigningKey {
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(KEY, Some(JsonWebKeyId::new("k1".to_owned()))).unwrap()
}

async fn jwks() -> Json<CoreJsonWebKeySet> {
    Json(CoreJsonWebKeySet::new(vec![key().as_verification_key()]))
}

async fn token(
    State(provider): State<Provider>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": error})));
    let client = format!("Basic {}", STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    if headers.get(header::AUTHORIZATION).is_none_or(|sent| sent != client.as_str()) {
        return refused("invalid_client");
    }
    let Some(grant) = provider.0.codes.lock().unwrap().remove(&form["code"]) else { return refused("invalid_grant") };
    let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(&form["code_verifier"]));
    if proof != grant.challenge || form["redirect_uri"] != grant.redirect_uri {
        return refused("invalid_grant");
    }
    let Claims { subject, email, verified, lies } = grant.claims;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut said = json!({"iss": provider.0.issuer, "aud": [CLIENT_ID], "sub": subject, "exp": now + 300, "iat": now,
        "nonce": grant.nonce, "email": email, "email_verified": verified});
    for (name, value) in lies.as_object().into_iter().flatten() {
        said[name] = value.clone();
    }
    let claims: CoreIdTokenClaims = serde_json::from_value(said).unwrap();
    let token = CoreIdToken::new(claims, &key(), CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap();
    (StatusCode::OK, Json(json!({"access_token": "a", "token_type": "bearer", "id_token": token})))
}
