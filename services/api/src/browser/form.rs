//! Forms that only our own pages may send.

use std::fmt;

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts as _, Request},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use maud::{Markup, Render, html};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{SignedIn, page::PageError, session::NotSignedIn};
use crate::app::App;

/// Largest form in bytes: as many patterns and words to keep as an account may have, with a sample, in a form's encoding.
const BYTES_MAX: usize = 256 * 1024;

/// What a form of one browser is known by: derived from the secret in its cookie, which another site can make it send but cannot
/// read.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct FormToken(String);

impl FormToken {
    pub(super) fn of(secret: &SecretString) -> Self {
        let hash = Sha256::new().chain_update(b"form").chain_update(secret.expose_secret()).finalize();
        Self(URL_SAFE_NO_PAD.encode(hash))
    }

    pub(super) fn fits(&self, sent: &str) -> bool {
        self.0.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

impl fmt::Debug for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormToken(..)")
    }
}

/// The hidden field that each form carries.
impl Render for FormToken {
    fn render(&self) -> Markup {
        html! { input type="hidden" name="form_token" value=(self.0); }
    }
}

/// The fields of a form as they were sent.
pub(super) struct Fields(Bytes);

#[derive(Deserialize)]
struct Token {
    form_token: Option<String>,
}

impl Fields {
    /// Reads a form that, as far as the browser says, comes from a page of ours.
    pub(super) async fn read(request: Request, app: &App) -> Result<Self, PageError> {
        if !app.config().public_url.sent(request.headers()) {
            return Err(PageError::foreign_form(&app.config().public_url));
        }
        if request
            .headers()
            .get("content-length")
            .and_then(|length| length.to_str().ok()?.parse().ok())
            .is_some_and(|n: usize| n > BYTES_MAX)
        {
            return Err(PageError::unreadable_form());
        }
        let bytes = tokio::time::timeout(app.config().body_timeout, Bytes::from_request(request, &())).await;
        match bytes {
            Ok(Ok(bytes)) if bytes.len() <= BYTES_MAX => Ok(Self(bytes)),
            _ => Err(PageError::unreadable_form()),
        }
    }

    /// The form's own fields, if it carries the right token.
    pub(super) fn open<T: DeserializeOwned>(&self, token: &FormToken) -> Result<T, PageError> {
        let sent = serde_html_form::from_bytes::<Token>(&self.0).ok().and_then(|form| form.form_token);
        if !sent.is_some_and(|sent| token.fits(&sent)) {
            return Err(PageError::old_form());
        }
        // The reason would quote what was sent.
        serde_html_form::from_bytes(&self.0).map_err(|_| PageError::unreadable_form())
    }
}

/// A form that somebody who is signed in sent from a page of ours.
pub(crate) struct Submitted<T> {
    /// Who.
    pub(crate) by: SignedIn,
    /// What.
    pub(crate) form: T,
}

/// Why a form is not taken.
pub(crate) enum NotTaken {
    NotSignedIn(NotSignedIn),
    Refused(PageError),
}

impl IntoResponse for NotTaken {
    fn into_response(self) -> Response {
        match self {
            Self::NotSignedIn(refusal) => refusal.into_response(),
            Self::Refused(error) => error.into_response(),
        }
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Submitted<T> {
    type Rejection = NotTaken;

    async fn from_request(request: Request, app: &App) -> Result<Self, NotTaken> {
        let (mut parts, body) = request.into_parts();
        let by = SignedIn::from_request_parts(&mut parts, app).await.map_err(NotTaken::NotSignedIn)?;
        let fields = Fields::read(Request::from_parts(parts, body), app).await.map_err(NotTaken::Refused)?;
        let form = fields.open(&by.form_token).map_err(NotTaken::Refused)?;
        Ok(Self { by, form })
    }
}
