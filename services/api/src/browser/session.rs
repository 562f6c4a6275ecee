//! Proof that a browser is signed in.

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts, uri::PathAndQuery},
    response::{IntoResponse, Redirect, Response},
};
use domain::AccountId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::sessions::{self, Session};

use super::{FormToken, cookies, page::PageError};
use crate::{app::App, layers::Context};

/// Somebody who is signed in, with what their forms are known by.
pub(crate) struct SignedIn {
    /// Their session.
    pub(crate) session: Session,
    /// For the forms of their pages.
    pub(crate) form_token: FormToken,
}

impl SignedIn {
    /// Whose console they see.
    pub(crate) fn account(&self) -> AccountId {
        self.session.account
    }

    /// The session of a request, if it has one that lives.
    pub(crate) async fn find(parts: &Parts, app: &App) -> Result<Option<Self>, store::Error> {
        let config = app.config();
        let Some(secret) = cookies::get(&parts.headers, cookies::Name::Session, &config.public_url) else { return Ok(None) };
        let form_token = FormToken::of(&secret);
        let session = sessions::find(app.db(), &secret, config.session_lifetime).await?;
        let Some(session) = session else { return Ok(None) };
        if let Some(context) = parts.extensions.get::<Context>() {
            // Set at most once a request.
            let _ = context.account.set(session.account);
        }
        Ok(Some(Self { session, form_token }))
    }
}

/// Why a page is not shown: nobody is signed in, or it cannot be found out.
pub(crate) enum NotSignedIn {
    /// Sign in first, then go on where one wanted to.
    SignIn(String),
    /// The database is away.
    Broken(PageError),
}

impl IntoResponse for NotSignedIn {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(to) => Redirect::to(&to).into_response(),
            Self::Broken(error) => error.into_response(),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = NotSignedIn;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, NotSignedIn> {
        let found = Self::find(parts, app).await.map_err(|error| NotSignedIn::Broken(error.into()))?;
        found.ok_or_else(|| {
            // What a form held is lost, so its sender goes home after signing in.
            let wanted = parts.uri.path_and_query().filter(|_| parts.method == Method::GET).map(PathAndQuery::as_str);
            let next = wanted.map(|wanted| format!("?next={}", utf8_percent_encode(wanted, NON_ALPHANUMERIC)));
            NotSignedIn::SignIn(format!("/sign-in{}", next.unwrap_or_default()))
        })
    }
}
