//! OAuth with HubSpot: consent, codes, tokens, and the end of it (working with OAuth; OAuth guide; RFC 6749, RFC 7636).

use std::{fmt, time::Duration};

use domain::{PortalId, connection::Credential};
use reqwest::{Method, Url};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::{
    call::Call,
    classify::{self, Cut},
    config::App,
    error::{Error, ErrorClass, NeedsPerson},
    request::{Addresses, Request},
    transport::Transport,
};

/// OAuth with our app's id and secret.
#[derive(Clone)]
pub struct OAuth {
    transport: Transport,
    addresses: Addresses,
    authorize: Url,
    app: Option<App>,
}

/// What the token endpoint hands out.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The tokens.
    pub credential: Credential,
    /// How long the access token lives.
    pub lifetime: Duration,
    /// The portal; optional in the answer, so introspect where it is missing.
    pub portal: Option<PortalId>,
    /// The granted scopes, which can be fewer than those asked for; optional in the answer too.
    pub scopes: Option<Vec<String>>,
}

/// What HubSpot knows of a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Introspection {
    /// Whether it is good for anything. A dead or unknown one is answered with 200 too.
    pub active: bool,
    /// The portal.
    pub portal: Option<PortalId>,
    /// Who consented: an e-mail address.
    pub user: Option<String>,
    /// The granted scopes.
    pub scopes: Vec<String>,
}

impl fmt::Debug for Introspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { active, portal, user: _, scopes } = self;
        f.debug_struct("Introspection").field("active", active).field("portal", portal).field("scopes", scopes).finish()
    }
}

/// Which of the two tokens, for introspection and revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The bearer.
    Access,
    /// What renews it.
    Refresh,
}

impl TokenKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access_token",
            Self::Refresh => "refresh_token",
        }
    }
}

/// What the consent page is asked for.
#[derive(Debug, Clone)]
pub struct Consent<'a> {
    /// The portal that it has to be, so that nobody is asked which; `None` lets people choose.
    pub portal: Option<PortalId>,
    /// One of the app's registered addresses.
    pub redirect_uri: &'a str,
    /// The scopes without which the install fails.
    pub scopes: &'a [&'a str],
    /// The scopes that are dropped without a word where the account lacks the feature.
    pub optional_scopes: &'a [&'a str],
    /// Comes back unchanged and has to be checked.
    pub state: &'a str,
    /// `S256` challenge of RFC 7636. HubSpot documents the verifier at the token endpoint only.
    pub code_challenge: Option<&'a str>,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    refresh_token: Option<SecretString>,
    expires_in: u64,
    #[serde(default)]
    hub_id: Option<PortalId>,
    #[serde(default)]
    scopes: Option<Vec<String>>,
}

impl OAuth {
    pub(crate) fn new(transport: Transport, addresses: Addresses, authorize: Url, app: Option<App>) -> Self {
        Self { transport, addresses, authorize, app }
    }

    /// Whether an app of ours is configured, without which nobody can consent.
    pub fn has_app(&self) -> bool {
        self.app.is_some()
    }

    /// Scheme, host and port of the page where people consent.
    pub fn authorize_origin(&self) -> String {
        self.authorize.origin().ascii_serialization()
    }

    fn app(&self, call: Call) -> Result<&App, Error> {
        self.app.as_ref().ok_or_else(|| Error::new(call, ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured)))
    }

    /// Where to send a person's browser. Scopes are separated by spaces, which stand as `%20` (HubSpot's own client).
    pub fn authorize_url(&self, consent: &Consent<'_>) -> Result<Url, Error> {
        let app = self.app(Call::Token)?;
        let mut url = self.authorize.clone();
        if let Some(portal) = consent.portal {
            // `/oauth/authorize` becomes `/oauth/{portalId}/authorize` (working with OAuth).
            let (portal, path) = (portal.to_string(), url.path().to_owned());
            if let Some(before) = path.strip_suffix("/authorize") {
                url.set_path(&format!("{before}/{portal}/authorize"));
            }
        }
        let scopes = consent.scopes.join(" ");
        let optional = consent.optional_scopes.join(" ");
        let mut pairs = vec![
            ("client_id", app.client_id.as_str()),
            ("redirect_uri", consent.redirect_uri),
            ("scope", &scopes),
            ("state", consent.state),
        ];
        if !optional.is_empty() {
            pairs.push(("optional_scope", &optional));
        }
        if let Some(challenge) = consent.code_challenge {
            pairs.extend([("code_challenge", challenge), ("code_challenge_method", "S256")]);
        }
        let query = url.query_pairs_mut().extend_pairs(pairs).finish().query().unwrap_or_default().replace('+', "%20");
        url.set_query(Some(&query));
        Ok(url)
    }

    /// A code that came back from consent for tokens. It works once and not for long.
    pub async fn exchange_code(&self, code: &str, redirect_uri: &str, code_verifier: Option<&str>) -> Result<Grant, Error> {
        let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect_uri)];
        form.extend(code_verifier.map(|verifier| ("code_verifier", verifier)));
        let body = self.post(Call::Token, &[], form).await?;
        granted(&body, None)
    }

    /// New tokens for a refresh token, which may itself be replaced.
    pub(crate) async fn refresh(&self, refresh_token: &SecretString) -> Result<Grant, Error> {
        let form = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token.expose_secret())];
        let body = self.post(Call::Token, &[], form).await?;
        granted(&body, Some(refresh_token))
    }

    /// What a token is good for.
    pub async fn introspect(&self, token: &SecretString, kind: TokenKind) -> Result<Introspection, Error> {
        let form = vec![("token", token.expose_secret()), ("token_type_hint", kind.as_str())];
        let body = self.post(Call::Introspect, &["introspect"], form).await?;
        let answer: Value = serde_json::from_slice(&body).map_err(|_| classify::cut(Call::Introspect, Cut::Unreadable))?;
        let scopes = answer["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        Ok(Introspection {
            active: answer["active"].as_bool().unwrap_or(false),
            portal: answer["hub_id"].as_i64().and_then(PortalId::from_i64),
            user: answer["user"].as_str().map(str::to_owned),
            scopes: scopes.collect(),
        })
    }

    /// Makes a refresh token worthless. Access tokens that it yielded live on until they expire, and the app stays installed.
    pub async fn revoke(&self, refresh_token: &SecretString) -> Result<(), Error> {
        let form = vec![("token", refresh_token.expose_secret()), ("token_type_hint", TokenKind::Refresh.as_str())];
        self.post(Call::Revoke, &["revoke"], form).await.map(drop)
    }

    async fn post(&self, call: Call, rest: &[&str], mut form: Vec<(&str, &str)>) -> Result<Vec<u8>, Error> {
        let app = self.app(call)?;
        form.extend([("client_id", app.client_id.as_str()), ("client_secret", app.client_secret.expose_secret())]);
        self.transport.send_form(Request::new(call, Method::POST, self.addresses.token(rest)), &form).await.result
    }
}

/// Reads a grant; one without a refresh token goes on with the one that was sent.
fn granted(body: &[u8], sent: Option<&SecretString>) -> Result<Grant, Error> {
    let unreadable = || classify::cut(Call::Token, Cut::Unreadable);
    let granted: Granted = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let refresh_token = granted.refresh_token.or_else(|| sent.cloned()).ok_or_else(unreadable)?;
    // A lifetime is a hint from outside; beyond a day it would only hide mistakes.
    let lifetime = Duration::from_secs(granted.expires_in.min(86_400));
    let expires_at = OffsetDateTime::now_utc() + lifetime;
    let credential = Credential::OAuth { access_token: granted.access_token, refresh_token, expires_at };
    Ok(Grant { credential, lifetime, portal: granted.hub_id, scopes: granted.scopes })
}
