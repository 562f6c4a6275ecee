//! The cookies: a session's secret, and before there is a session what its beginning is tied to.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use secrecy::{ExposeSecret as _, SecretString};

use super::PublicUrl;

/// Which cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    /// Who is signed in.
    Session,
    /// Which browser a sign-in form was made for.
    Form,
    /// What was asked of an OpenID Connect provider, sealed.
    Oidc,
}

impl Name {
    /// With the prefix that lets no other host and no clear wire set it (RFC 6265bis, section 4.1.3), where that is possible.
    fn as_str(self, url: &PublicUrl) -> &'static str {
        match (self, url.is_secure()) {
            (Self::Session, true) => "__Host-writeback_session",
            (Self::Session, false) => "writeback_session",
            (Self::Form, true) => "__Host-writeback_form",
            (Self::Form, false) => "writeback_form",
            (Self::Oidc, true) => "__Host-writeback_oidc",
            (Self::Oidc, false) => "writeback_oidc",
        }
    }
}

/// What the browser sent.
pub(super) fn get(headers: &HeaderMap, name: Name, url: &PublicUrl) -> Option<SecretString> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name.as_str(url)).map(|cookie| cookie.value().into())
}

/// A cookie for the browser to keep until it is closed. `Lax`, since people come back from HubSpot's consent page by a link.
pub(super) fn set(name: Name, value: &SecretString, url: &PublicUrl) -> CookieJar {
    CookieJar::new().add(built(name, value.expose_secret().to_owned(), url))
}

/// Takes a cookie away.
pub(super) fn forget(name: Name, url: &PublicUrl) -> CookieJar {
    let mut cookie = built(name, String::new(), url);
    cookie.make_removal();
    CookieJar::new().add(cookie)
}

fn built(name: Name, value: String, url: &PublicUrl) -> Cookie<'static> {
    Cookie::build((name.as_str(url), value)).path("/").http_only(true).secure(url.is_secure()).same_site(SameSite::Lax).build()
}
