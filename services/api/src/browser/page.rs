//! Pages: one frame, one policy, and errors that a person understands.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::{FormToken, PublicUrl, SignedIn};
use crate::{app::App, problem::Problem};

/// The parts of the console, in the order of its menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Overview,
    Conversations,
    DeadLetters,
    Logging,
    Connection,
    ApiKeys,
}

impl Section {
    const ALL: [Self; 6] =
        [Self::Overview, Self::Conversations, Self::DeadLetters, Self::Logging, Self::Connection, Self::ApiKeys];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Conversations => "Conversations",
            Self::DeadLetters => "Dead letters",
            Self::Logging => "Logging",
            Self::Connection => "Connection",
            Self::ApiKeys => "API keys",
        }
    }

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Overview => "/console",
            Self::Conversations => "/console/conversations",
            Self::DeadLetters => "/console/dead-letters",
            Self::Logging => "/console/logging",
            Self::Connection => "/console/connection",
            Self::ApiKeys => "/console/api-keys",
        }
    }
}

/// A page of the console, in its frame.
pub(crate) fn console(app: &App, by: &SignedIn, section: Section, title: &str, body: &Markup) -> Response {
    let bar = html! {
        header.bar {
            a.brand href="/console" { "Writeback" }
            span.account { (by.session.account_name) }
            span.quiet { (by.session.email.as_str()) }
            form.inline method="post" action="/sign-out" { (by.form_token) button.link type="submit" { "Sign out" } }
        }
        nav.sections aria-label="Console" {
            ul { @for one in Section::ALL {
                li { a href=(one.path()) aria-current=[(one == section).then_some("page")] { (one.title()) } }
            } }
        }
    };
    framed(app.hubspot().oauth().authorize_origin().as_str(), &app.config().public_url, title, &bar, body)
}

/// A page for somebody who is not signed in, or may not be.
pub(crate) fn plain(app: &App, title: &str, body: &Markup) -> Response {
    framed(app.hubspot().oauth().authorize_origin().as_str(), &app.config().public_url, title, &brand(), body)
}

/// The top of a page that shows nothing of an account.
fn brand() -> Markup {
    html! { header.bar { a.brand href="/console" { "Writeback" } } }
}

fn framed(consent_origin: &str, url: &PublicUrl, title: &str, bar: &Markup, body: &Markup) -> Response {
    (headers(Some(consent_origin), url.is_secure()), document(title, bar, body)).into_response()
}

fn document(title: &str, bar: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Writeback" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/assets/console.css";
                script src="/assets/console.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                (bar)
                main #main tabindex="-1" { (body) }
            }
        }
    }
}

/// A page loads its own style and script and nothing else, stands in no frame, and sends forms only to us and, by way of the
/// connect form's redirect, to HubSpot's consent page.
fn headers(consent_origin: Option<&str>, is_secure: bool) -> HeaderMap {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self' {}; \
         base-uri 'none'; frame-ancestors 'none'",
        consent_origin.unwrap_or_default()
    );
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // An origin is ASCII; should it ever not be, the stricter policy of all answers holds.
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // No address of ours goes to another site. With `no-referrer`, as other answers have it, browsers would not say either which site
    // a form comes from (`Origin: null`, Fetch standard, "append a request Origin header").
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if is_secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    headers
}

/// Why a page is not what somebody hoped for: what happened, what to do, and where to go on.
#[derive(Debug)]
pub(crate) struct PageError {
    status: StatusCode,
    title: String,
    detail: String,
    go_on: (&'static str, &'static str),
    retry_after_s: Option<u64>,
}

impl PageError {
    pub(crate) fn new(status: StatusCode, title: &str, detail: &str) -> Self {
        let go_on = ("/console", "Go to the console");
        Self { status, title: title.to_owned(), detail: detail.to_owned(), go_on, retry_after_s: None }
    }

    /// The same, with another way on.
    pub(crate) fn go_on(self, path: &'static str, words: &'static str) -> Self {
        Self { go_on: (path, words), ..self }
    }

    /// Another site sent the form, or the person came by another address than the configured one.
    pub(super) fn foreign_form(url: &PublicUrl) -> Self {
        let detail = format!("It did not come from a page of {url}. Nothing was changed. Open the console there and try again.");
        Self::new(StatusCode::FORBIDDEN, "This form was not taken", &detail)
    }

    /// The form is of an earlier session.
    pub(super) fn old_form() -> Self {
        let detail = "It was open for too long, or you have signed in again since. Nothing was changed. Open the page again.";
        Self::new(StatusCode::FORBIDDEN, "This form has expired", detail)
    }

    /// What was sent is no form of ours.
    pub(super) fn unreadable_form() -> Self {
        let detail = "What arrived was incomplete or not as our page sends it. Nothing was changed. Open the page again.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "This form could not be read", detail)
    }
}

impl From<Problem> for PageError {
    fn from(problem: Problem) -> Self {
        let (status, title, detail, retry_after_s) = problem.for_page();
        Self { retry_after_s, ..Self::new(status, title, &detail) }
    }
}

impl From<store::Error> for PageError {
    fn from(error: store::Error) -> Self {
        Problem::from(error).into()
    }
}

impl From<Arc<store::Error>> for PageError {
    fn from(error: Arc<store::Error>) -> Self {
        Problem::from(error).into()
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let Self { status, title, detail, go_on: (path, words), retry_after_s } = self;
        let body = html! {
            h1 { (title) }
            p { (detail) }
            p { a href=(path) { (words) } }
        };
        let mut response = (status, headers(None, false), document(&title, &brand(), &body)).into_response();
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// A button that asks something of us: a form of its own.
pub(crate) fn button(token: &FormToken, action: &str, words: &str, class: &str) -> Markup {
    html! { form.inline method="post" action=(action) { (token) button class=(class) type="submit" { (words) } } }
}

/// A button for what cannot be taken back; where scripts run, it asks first.
pub(crate) fn danger(token: &FormToken, action: &str, words: &str, question: &str) -> Markup {
    html! { form.inline method="post" action=(action) { (token) button.danger type="submit" data-ask=(question) { (words) } } }
}
