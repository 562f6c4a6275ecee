//! The API key that a request is made with.

use std::{marker::PhantomData, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::{AccountId, scope::Scope};
use secrecy::SecretString;
use store::api_keys::ApiKey;

use crate::{app::App, code::Code, layers::Context, problem::Problem};

/// A scope as a type, so that a handler's signature says what it needs.
pub(crate) trait Needs: Send {
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($name:ident)+) => {$(
        /// The scope of that name.
        pub(crate) enum $name {}

        impl Needs for $name {
            const SCOPE: Scope = Scope::$name;
        }
    )+};
}

scopes! { EventsWrite IntegrationsConnect IntegrationsRead IntegrationsWrite KeysWrite }

/// Proof that the request was made with a key that has the scope, and not too often.
pub(crate) struct Key<S> {
    key: Arc<ApiKey>,
    scope: PhantomData<S>,
}

impl<S> Key<S> {
    /// Whose key it is.
    pub(crate) fn account(&self) -> AccountId {
        self.key.account
    }

    /// Which of `scopes` it does not have.
    pub(crate) fn lacks(&self, scopes: &[Scope]) -> Vec<Scope> {
        scopes.iter().copied().filter(|scope| !self.key.scopes.contains(scope)).collect()
    }
}

impl<S: Needs> FromRequestParts<App> for Key<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let secret = bearer(&parts.headers).ok_or_else(|| Problem::unauthorized(Code::MissingApiKey))?;
        let key = app.keys().verify(&secret).await?.ok_or_else(|| Problem::unauthorized(Code::InvalidApiKey))?;
        if let Some(context) = parts.extensions.get::<Context>() {
            // Set at most once a request; a second key cannot come.
            let _ = context.account.set(key.account);
        }
        app.limiter().take(key.id).map_err(|wait| Problem::new(Code::TooManyRequests).retry_after(wait))?;
        if !key.scopes.contains(&S::SCOPE) {
            return Err(Problem::missing_scope(S::SCOPE));
        }
        Ok(Self { key, scope: PhantomData })
    }
}

/// The token of `Authorization: Bearer`; the scheme's case does not matter (RFC 9110, section 11.1).
fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.into())
}
