//! Signing in and out.

use std::time::Duration;

use axum::{
    extract::{Query, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Email, UserId};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::SecretString;
use serde::Deserialize;
use store::{
    secret::{self, Mark},
    sessions, sign_ins, users,
};

use super::{
    FormToken, LocalPath, SignedIn, Submitted, cookies,
    form::Fields,
    page::{self, PageError},
};
use crate::{
    app::App,
    password::Busy,
    telemetry::{SignIn, SignedOut},
};

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    pub(super) next: LocalPath,
}

/// `GET /sign-in`
pub(super) async fn page(
    State(app): State<App>,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
    parts: Parts,
) -> Result<Response, PageError> {
    let next = wanted.map(|Query(wanted)| wanted.next).unwrap_or_default();
    if SignedIn::find(&parts, &app).await?.is_some() {
        return Ok(Redirect::to(next.as_str()).into_response());
    }
    Ok(form(&app, &parts, &next, "", None))
}

/// What the form holds.
#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: SecretString,
    #[serde(default)]
    next: LocalPath,
}

/// `POST /sign-in`
pub(super) async fn submit(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::read(Request::from_parts(parts.clone(), body), &app).await?;
    let url = &app.config().public_url;
    let secret = cookies::get(&parts.headers, cookies::Name::Form, url).ok_or_else(PageError::old_form)?;
    let Credentials { email, password, next } = fields.open(&FormToken::of(&secret))?;
    match check(&app, &email, password).await? {
        Ok(user) => {
            let before = cookies::get(&parts.headers, cookies::Name::Session, url);
            let session = sessions::begin(app.db(), user, before.as_ref(), app.config().session_lifetime).await?;
            let jars = (cookies::set(cookies::Name::Session, &session, url), cookies::forget(cookies::Name::Form, url));
            Ok((jars, Redirect::to(next.as_str())).into_response())
        }
        Err(trouble) => Ok(form(&app, &parts, &next, &email, Some(trouble))),
    }
}

/// `POST /sign-out`
pub(super) async fn out(
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Response, PageError> {
    sessions::end(app.db(), by.session.hash).await?;
    SignedOut { account: by.session.account, user: by.session.user }.emit();
    let jar = cookies::forget(cookies::Name::Session, &app.config().public_url);
    Ok((jar, Redirect::to("/sign-in")).into_response())
}

/// A form that holds nothing but its token.
#[derive(Deserialize)]
pub(crate) struct NoFields {}

/// Why somebody may not come in. Never says whether there is such a user.
enum Trouble {
    Wrong,
    TooOften(Duration),
    Busy,
}

/// Whether they may come in. Takes as long, and says the same, whether there is such a user or not.
async fn check(app: &App, email: &str, password: SecretString) -> Result<Result<UserId, Trouble>, PageError> {
    let Ok(email) = Email::parse(email.trim()) else { return Ok(Err(Trouble::Wrong)) };
    if let Err(wait) = sign_ins::attempt(app.db(), &email).await? {
        SignIn::TooOften.emit();
        return Ok(Err(Trouble::TooOften(wait)));
    }
    let user = users::by_email(app.db(), &email).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let right = match app.passwords().verify(password, hash).await {
        Ok(right) => right,
        Err(Busy) => return Ok(Err(Trouble::Busy)),
    };
    let Some(user) = user.filter(|_| right) else {
        SignIn::Refused.emit();
        return Ok(Err(Trouble::Wrong));
    };
    sign_ins::succeeded(app.db(), &email).await?;
    SignIn::Succeeded { account: user.account, user: user.id }.emit();
    Ok(Ok(user.id))
}

fn form(app: &App, parts: &Parts, next: &LocalPath, email: &str, trouble: Option<Trouble>) -> Response {
    let url = &app.config().public_url;
    // The secret is the browser's for as long as it signs in, so that several open pages work.
    let known = cookies::get(&parts.headers, cookies::Name::Form, url);
    let known = known.filter(|known| secret::hash(Mark::Form, known).is_some());
    let secret = known.unwrap_or_else(|| secret::make(Mark::Form));
    let status = match trouble {
        None => StatusCode::OK,
        Some(Trouble::Wrong) => StatusCode::UNAUTHORIZED,
        Some(Trouble::TooOften(_)) => StatusCode::TOO_MANY_REQUESTS,
        Some(Trouble::Busy) => StatusCode::SERVICE_UNAVAILABLE,
    };
    let body = html! {
        h1 { "Sign in" }
        @if let Some(trouble) = &trouble { p.alert role="alert" { (said(trouble)) } }
        form.narrow method="post" action="/sign-in" {
            (FormToken::of(&secret))
            input type="hidden" name="next" value=(next);
            label { "E-mail" input type="email" name="email" value=(email) autocomplete="username" required autofocus[email.is_empty()]; }
            label { "Password" input type="password" name="password" autocomplete="current-password" required maxlength="256"
                autofocus[!email.is_empty()]; }
            div.actions { button.primary type="submit" { "Sign in" } }
        }
        @if let Some(provider) = app.oidc() {
            p { a.button href=(format!("/sign-in/oidc?next={}", utf8_percent_encode(next.as_str(), NON_ALPHANUMERIC))) {
                "Sign in with " (provider.name())
            } }
        }
        p.quiet { "No account, or a forgotten password? Ask whoever runs this installation." }
    };
    let page = page::plain(app, "Sign in", &body);
    let retry_after = trouble.and_then(|trouble| match trouble {
        Trouble::TooOften(wait) => Some(wait.as_secs().max(1)),
        Trouble::Busy => Some(5),
        Trouble::Wrong => None,
    });
    let mut response = (status, cookies::set(cookies::Name::Form, &secret, url), page).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(axum::http::header::RETRY_AFTER, seconds.into());
    }
    response
}

fn said(trouble: &Trouble) -> Markup {
    match trouble {
        Trouble::Wrong => html! { "This address and password do not go together." },
        Trouble::TooOften(wait) => html! { "There were too many attempts. Try again in " (wait.as_secs() / 60 + 1) " minutes." },
        Trouble::Busy => html! { "Too many people are signing in just now. Try again in a moment." },
    }
}
