//! API keys: listed, made, revoked. A new key's secret is on the page that answers, and nowhere else.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{ApiKeyId, scope::Scope};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    faults::{self, Faults},
    moment, moment_or_none,
    notice::{Notice, Shown},
    pager, words,
};
use crate::{
    app::App,
    browser::{
        NoFields, SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    extract::Named,
    page::{Limit, Page},
    problem::Problem,
    routes::api_keys::{Listed, MadeApiKey, NAME_CHARS_MAX, NewApiKey, listed, made, revoked},
};

const PATH: &str = "/console/api-keys";

/// Which part of the list.
#[derive(Deserialize)]
pub(super) struct Part {
    cursor: Option<ApiKeyId>,
}

/// What the form holds.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    name: String,
    #[serde(default)]
    scopes: Vec<Scope>,
}

/// `GET /console/api-keys`
pub(super) async fn page(
    by: SignedIn,
    shown: Result<Query<Shown>, QueryRejection>,
    part: Result<Query<Part>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let cursor = part.ok().and_then(|Query(part)| part.cursor);
    let above = Notice::of(shown).map(Notice::render).unwrap_or_default();
    whole(&app, &by, cursor, &above, &Wanted::default(), Faults(&[])).await
}

async fn whole(
    app: &App,
    by: &SignedIn,
    cursor: Option<ApiKeyId>,
    above: &Markup,
    wanted: &Wanted,
    faults: Faults<'_>,
) -> Result<Response, PageError> {
    let keys = listed(app, by.account(), cursor, Limit::default()).await?;
    let body = html! {
        h1 { "API keys" }
        (above)
        p { "Programs use them: the conversation platform, and your own. " a href="/docs" { "What they can ask for" } }
        (list(by, &keys, cursor.is_some()))
        h2 { "Make a key" }
        (form(by, wanted, faults))
    };
    Ok(page::console(app, by, Section::ApiKeys, "API keys", &body))
}

fn list(by: &SignedIn, keys: &Page<Listed>, goes_on: bool) -> Markup {
    let next = keys.next_cursor.as_deref().map(|cursor| format!("{PATH}?cursor={cursor}"));
    html! {
        @if keys.items.is_empty() { p { "There are none yet." } } @else {
            div.wide { table {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Begins with" } th scope="col" { "May" } th scope="col" { "Made" } th scope="col" { "Last used" } th scope="col" { "" } } }
                tbody { @for key in &keys.items { (row(by, key)) } }
            } }
        }
        (pager::links(goes_on.then_some(PATH), next.as_deref()))
    }
}

fn row(by: &SignedIn, Listed { id, name, prefix, scopes, created_at, last_used_at, revoked_at }: &Listed) -> Markup {
    html! { tr {
        th scope="row" { (name) }
        td { code { (prefix) "…" } }
        td { @for (i, scope) in scopes.iter().enumerate() { @if i > 0 { br; } code { (scope.as_str()) } } }
        td { (moment(*created_at)) }
        td { (moment_or_none(*last_used_at)) }
        td { @match revoked_at {
            Some(at) => { span.quiet { "revoked " (moment(*at)) } },
            None => (page::danger(&by.form_token, &format!("{PATH}/{id}/revoke"), "Revoke", &format!("Revoke the key {name}? Whatever uses it stops working at once."))),
        } }
    } }
}

fn form(by: &SignedIn, Wanted { name, scopes }: &Wanted, faults: Faults<'_>) -> Markup {
    let (of_name, of_scopes) = (faults.at("name"), faults.at("scopes"));
    html! { form method="post" action=(PATH) {
        (by.form_token)
        label.narrow { "Name" input type="text" name="name" value=(name) required maxlength=(NAME_CHARS_MAX) placeholder="staging emitter"
            aria-invalid=[of_name.invalid] aria-describedby=[of_name.id]; (of_name.said) }
        fieldset aria-describedby=[of_scopes.id] {
            legend { "What it may do" }
            (of_scopes.said)
            @for scope in Scope::ALL { label.choice {
                input type="checkbox" name="scopes" value=(scope.as_str()) checked[scopes.contains(scope)];
                code { (scope.as_str()) }
                span.why { (words::scope(*scope)) }
            } }
        }
        div.actions { button.primary type="submit" { "Make the key" } }
    } }
}

/// `POST /console/api-keys`. Whoever is signed in to an account may hand out every scope.
pub(super) async fn make(
    State(app): State<App>,
    Submitted { by, form: wanted }: Submitted<Wanted>,
) -> Result<Response, PageError> {
    let Wanted { name, scopes } = &wanted;
    let checked = match (NewApiKey { name: name.clone(), scopes: scopes.clone() }).check() {
        Ok(checked) => checked,
        Err(problem) => {
            let (status, said) = faults::said(&problem, "No key was made");
            let page = whole(&app, &by, None, &said, &wanted, Faults(problem.faults())).await?;
            return Ok((status, page).into_response());
        }
    };
    let MadeApiKey { name, scopes, secret, .. } = made(&app, by.account(), checked).await?;
    let body = html! {
        h1 { "The key " (name) " is made" }
        p.note.warn { strong { "Copy it now. " } "It is shown this once and kept nowhere; whoever has it can do what it may do." }
        p { code #secret { (secret) } }
        div.actions { button type="button" data-copy="secret" hidden { "Copy" } a.button href=(PATH) { "I have it" } }
        p.quiet { "It may: " @for (i, scope) in scopes.iter().enumerate() { @if i > 0 { "; " } (words::scope(*scope)) } "." }
    };
    Ok(page::console(&app, &by, Section::ApiKeys, "A new API key", &body))
}

/// `POST /console/api-keys/{id}/revoke`
pub(super) async fn revoke(
    id: Result<Named<ApiKeyId>, Problem>,
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    let Named(id) = id?;
    revoked(&app, by.account(), id).await?;
    Ok(Notice::KeyRevoked.on(PATH))
}
