//! An OpenID Connect provider that people may sign in through (OpenID Connect Core 1.0, authorization code flow with PKCE).

use std::{
    fmt,
    pin::Pin,
    time::{Duration, Instant},
};

use domain::Email;
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreTokenResponse},
};
use secrecy::{ExposeSecret as _, SecretString};
use store::users::Identity;
use tokio::sync::Mutex;

/// How to reach a provider.
#[derive(Debug, Clone)]
pub struct Config {
    /// Its own address, which its documents begin with.
    pub issuer: String,
    /// What it knows us by.
    pub client_id: String,
    /// `None` where it takes clients without one.
    pub client_secret: Option<SecretString>,
    /// What people know it by.
    pub name: String,
}

/// Longest wait for one of its answers.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Its largest answer in bytes.
const BODY_MAX: usize = 1 << 20;
/// How long its documents are good. Keys that are new since are fetched when they are met.
const FRESH_FOR: Duration = Duration::from_hours(1);

/// The provider.
pub struct Provider {
    config: Config,
    http: Http,
    metadata: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Provider({})", self.config.issuer)
    }
}

/// The provider cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum InvalidProvider {
    /// Its address.
    #[error("the issuer must be an https URL (http only for localhost and 127.0.0.1)")]
    Issuer,
    /// The HTTP client.
    #[error("the HTTP client could not be made")]
    Http(#[source] reqwest::Error),
}

/// Why somebody could not be signed in. Says nothing of them.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It does not answer as it should.
    #[error("the provider's {what} cannot be had")]
    Unreachable {
        /// What was asked for.
        what: &'static str,
        /// Why not.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It does not take the code.
    #[error("the provider refused the code")]
    Refused,
    /// What it says of the person cannot be believed.
    #[error("the provider's token is not good: {0}")]
    NotGood(String),
}

/// What a browser has to come back with.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Asked {
    pub(crate) state: CsrfToken,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

/// Who came back.
pub(crate) struct Person {
    pub(crate) identity: Identity,
    /// Their address, if the provider has verified it.
    pub(crate) verified: Option<Email>,
}

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

impl Provider {
    /// Makes one; nothing is asked of it yet. The process must have installed a crypto provider for rustls.
    pub fn new(config: Config) -> Result<Self, InvalidProvider> {
        let issuer = reqwest::Url::parse(&config.issuer).map_err(|_| InvalidProvider::Issuer)?;
        let here = matches!(issuer.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if !(issuer.scheme() == "https" || (issuer.scheme() == "http" && here)) {
            return Err(InvalidProvider::Issuer);
        }
        // A redirect would lead our secret, and us, to where somebody else wants.
        let builder = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
        let builder = if here { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(InvalidProvider::Http)?;
        Ok(Self { config, http: Http(http), metadata: Mutex::new(None) })
    }

    /// What people know it by.
    pub(crate) fn name(&self) -> &str {
        &self.config.name
    }

    /// Where a browser goes, and what it has to come back with.
    pub(crate) async fn ask(&self, redirect_uri: &str) -> Result<(String, Asked), Failure> {
        let client = self.client(redirect_uri).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
        let (url, state, nonce) = request.add_scope(Scope::new("email".to_owned())).set_pkce_challenge(challenge).url();
        Ok((url.into(), Asked { state, nonce, verifier }))
    }

    /// Who came back with that code.
    pub(crate) async fn identify(&self, redirect_uri: &str, code: String, asked: Asked) -> Result<Person, Failure> {
        let client = self.client(redirect_uri).await?;
        let exchange =
            client.exchange_code(AuthorizationCode::new(code)).map_err(|error| cannot_have("token endpoint", error))?;
        let Asked { state: _, nonce, verifier } = asked;
        let tokens = exchange.set_pkce_verifier(verifier).request_async(&self.http).await.map_err(|error| match error {
            openidconnect::RequestTokenError::ServerResponse(_) => Failure::Refused,
            error => cannot_have("token", error),
        })?;
        if let Ok(person) = believed(&client, &tokens, &nonce, &self.config.issuer) {
            return Ok(person);
        }
        // It may have been signed with a key that is newer than what we know.
        *self.metadata.lock().await = None;
        believed(&self.client(redirect_uri).await?, &tokens, &nonce, &self.config.issuer)
    }

    async fn client(&self, redirect_uri: &str) -> Result<Client, Failure> {
        let id = ClientId::new(self.config.client_id.clone());
        let secret = self.config.client_secret.as_ref().map(|secret| ClientSecret::new(secret.expose_secret().to_owned()));
        let redirect = RedirectUrl::new(redirect_uri.to_owned()).map_err(|error| cannot_have("way back", error))?;
        Ok(CoreClient::from_provider_metadata(self.metadata().await?, id, secret).set_redirect_uri(redirect))
    }

    /// Its documents; whoever comes meanwhile waits for the same.
    async fn metadata(&self) -> Result<CoreProviderMetadata, Failure> {
        let mut known = self.metadata.lock().await;
        if let Some((since, metadata)) = &*known
            && since.elapsed() < FRESH_FOR
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.config.issuer.clone()).map_err(|error| cannot_have("address", error))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http)
            .await
            .map_err(|error| cannot_have("configuration", error))?;
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }
}

/// What the token says, after its signature, audience, issuer, age and nonce were checked.
fn believed(client: &Client, tokens: &CoreTokenResponse, nonce: &Nonce, issuer: &str) -> Result<Person, Failure> {
    let not_good = |what: &dyn fmt::Display| Failure::NotGood(what.to_string());
    let token = tokens.id_token().ok_or_else(|| not_good(&"there is none"))?;
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, nonce).map_err(|error| not_good(&error))?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|error| not_good(&error))?;
        let key = token.signing_key(&verifier).map_err(|error| not_good(&error))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|error| not_good(&error))?;
        if actual != *expected {
            return Err(not_good(&"it is another access token's"));
        }
    }
    let email = claims.email().filter(|_| claims.email_verified() == Some(true));
    let email = email.and_then(|email| Email::parse(email.as_str()).ok());
    let identity = Identity { issuer: issuer.to_owned(), subject: claims.subject().to_string() };
    Ok(Person { identity, verified: email })
}

/// Why a request got no answer.
#[derive(Debug, thiserror::Error)]
enum NotSent {
    #[error("it does not answer")]
    Http(#[from] reqwest::Error),
    #[error("it answers too much")]
    TooMuch,
    #[error("it answers what is no HTTP")]
    NoHttp(#[from] openidconnect::http::Error),
}

/// Our HTTP client, as the protocol's crate wants one.
struct Http(reqwest::Client);

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NotSent;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NotSent>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(send(&self.0, request))
    }
}

async fn send(http: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, NotSent> {
    // The address may hold a code.
    let mut answer = http.execute(request.try_into()?).await.map_err(reqwest::Error::without_url)?;
    let mut response = openidconnect::http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        if body.len() + chunk.len() > BODY_MAX {
            return Err(NotSent::TooMuch);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(response.body(body)?)
}

fn cannot_have(what: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> Failure {
    Failure::Unreachable { what, source: Box::new(source) }
}
