//! Signing in through an OpenID Connect provider.

use axum::{
    extract::{Query, RawQuery, State, rejection::QueryRejection},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::seal::Context;
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use store::{sessions, users};
use subtle::ConstantTimeEq as _;
use time::{Duration, OffsetDateTime};

use super::{LocalPath, cookies, page::PageError, sign_in::Wanted};
use crate::{
    app::App,
    code::Code,
    oidc::{Asked, Failure, Provider},
    problem::Problem,
    telemetry::SignIn,
};

/// Where the provider sends people back to.
const CALLBACK: &str = "/sign-in/oidc/callback";
/// How long that may take.
const WITHIN: Duration = Duration::minutes(10);

/// What the browser keeps meanwhile, sealed: nothing of it rests here.
#[derive(Serialize, Deserialize)]
struct Kept {
    asked: Asked,
    next: String,
    until: i64,
}

/// `GET /sign-in/oidc`
pub(super) async fn begin(State(app): State<App>, wanted: Result<Query<Wanted>, QueryRejection>) -> Result<Response, PageError> {
    let provider = provider(&app)?;
    let next = wanted.map(|Query(wanted)| wanted.next).unwrap_or_default();
    let (to, asked) = provider.ask(&redirect_uri(&app)).await?;
    let until = (OffsetDateTime::now_utc() + WITHIN).unix_timestamp();
    let kept =
        serde_json::to_vec(&Kept { asked, next: next.as_str().to_owned(), until }).map_err(|_| Problem::new(Code::Internal))?;
    let sealed = URL_SAFE_NO_PAD.encode(app.keyring().seal(&context(), &kept));
    Ok((cookies::set(cookies::Name::Oidc, &sealed.into(), &app.config().public_url), Redirect::to(&to)).into_response())
}

/// What the provider adds to the address (RFC 6749, section 4.1.2).
#[derive(Deserialize)]
struct Returned {
    code: Option<String>,
    state: Option<String>,
}

/// `GET /sign-in/oidc/callback`
pub(super) async fn finish(State(app): State<App>, RawQuery(query): RawQuery, parts: Parts) -> Result<Response, PageError> {
    let provider = provider(&app)?;
    let url = &app.config().public_url;
    let Kept { asked, next, until: _ } = kept(&app, &parts).ok_or_else(begun_elsewhere)?;
    let returned: Returned = serde_html_form::from_str(query.as_deref().unwrap_or_default()).map_err(|_| begun_elsewhere())?;
    let own = returned.state.is_some_and(|state| bool::from(state.as_bytes().ct_eq(asked.state.secret().as_bytes())));
    if !own {
        return Err(begun_elsewhere());
    }
    let Some(code) = returned.code else {
        SignIn::Refused.emit();
        return Err(not_signed_in("The provider did not say who you are, or you did not want it to."));
    };
    let person = provider.identify(&redirect_uri(&app), code, asked).await?;
    let Some((user, account)) = users::by_identity(app.db(), &person.identity, person.verified.as_ref()).await? else {
        SignIn::Refused.emit();
        return Err(not_signed_in(
            "Nobody signs in here with the address that the provider has verified for you. Ask whoever runs this installation.",
        ));
    };
    let before = cookies::get(&parts.headers, cookies::Name::Session, url);
    let session = sessions::begin(app.db(), user, before.as_ref(), app.config().session_lifetime).await?;
    SignIn::Succeeded { account, user }.emit();
    let jars = (cookies::set(cookies::Name::Session, &session, url), cookies::forget(cookies::Name::Oidc, url));
    Ok((jars, Redirect::to(LocalPath::from(next).as_str())).into_response())
}

fn provider(app: &App) -> Result<&Provider, PageError> {
    app.oidc().ok_or_else(|| Problem::new(Code::NoSuchPath).into())
}

fn redirect_uri(app: &App) -> String {
    app.config().public_url.at(CALLBACK)
}

/// What this browser kept, unless it is too old, or none of ours.
fn kept(app: &App, parts: &Parts) -> Option<Kept> {
    let cookie = cookies::get(&parts.headers, cookies::Name::Oidc, &app.config().public_url)?;
    let sealed = URL_SAFE_NO_PAD.decode(cookie.expose_secret()).ok()?;
    let kept: Kept = serde_json::from_slice(&app.keyring().open(&context(), &sealed).ok()?).ok()?;
    (kept.until >= OffsetDateTime::now_utc().unix_timestamp()).then_some(kept)
}

fn context() -> Context {
    Context::new("oidc", &[])
}

fn begun_elsewhere() -> PageError {
    not_signed_in("It was begun in another browser, or took too long. Begin again here.")
}

fn not_signed_in(why: &str) -> PageError {
    PageError::new(StatusCode::FORBIDDEN, "You are not signed in", why).go_on("/sign-in", "Back to signing in")
}

impl From<Failure> for PageError {
    fn from(failure: Failure) -> Self {
        tracing::warn!(error = &failure as &dyn std::error::Error, "Somebody could not sign in through the provider");
        match failure {
            Failure::Unreachable { .. } => Self::new(
                StatusCode::BAD_GATEWAY,
                "The provider does not answer",
                "Whoever says who you are does not answer as it should. Try again in a moment, or sign in with a password.",
            )
            .go_on("/sign-in", "Back to signing in"),
            Failure::Refused | Failure::NotGood(_) => {
                SignIn::Refused.emit();
                not_signed_in("What the provider said of you cannot be believed. Begin again here.")
            }
        }
    }
}
