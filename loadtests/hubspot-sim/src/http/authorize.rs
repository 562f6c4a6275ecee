//! The consent page: `/oauth/authorize`, and `/oauth/{portalId}/authorize` for one account.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};

use crate::clock::millis;
use crate::config::AppOptions;
use crate::http::decode::{Pairs, encode};
use crate::pages::layout;
use crate::world::World;
use crate::world::oauth_state::{Code, Grant};

/// What the page repeats in its form.
const FIELDS: [&str; 7] =
    ["client_id", "redirect_uri", "scope", "optional_scope", "state", "code_challenge", "code_challenge_method"];

/// A request for consent that is in order.
struct Consent {
    app: AppOptions,
    redirect_uri: String,
    scopes: Vec<String>,
    optional: Vec<String>,
}

/// `GET /oauth/authorize`.
pub(crate) async fn page(State(world): State<Arc<World>>, RawQuery(query): RawQuery) -> Response {
    show(&world, &Pairs::parse(&query.unwrap_or_default()), None)
}

/// `GET /oauth/{portalId}/authorize`: the account picker is skipped.
pub(crate) async fn page_of_portal(
    State(world): State<Arc<World>>,
    Path(portal): Path<i64>,
    RawQuery(query): RawQuery,
) -> Response {
    show(&world, &Pairs::parse(&query.unwrap_or_default()), Some(portal))
}

/// `POST /oauth/authorize`: the decision.
pub(crate) async fn decision(State(world): State<Arc<World>>, body: Bytes) -> Response {
    let form = Pairs::parse(&String::from_utf8_lossy(&body));
    let portal = form.get("portal").and_then(|id| id.parse().ok()).unwrap_or_default();
    match decide(&world, &form, portal, form.get("decision") == Some("approve")) {
        Ok(location) => Redirect::to(&location).into_response(),
        Err(problem) => refused(&problem),
    }
}

fn refused(problem: &str) -> Response {
    let body = html! {
        h1 { "This app cannot be connected" }
        p { (problem) }
    };
    (StatusCode::BAD_REQUEST, layout::page("Cannot connect", &body)).into_response()
}

/// Where the browser goes next: back to the app with a code, or with `access_denied`.
pub(crate) fn decide(world: &World, form: &Pairs, portal: i64, approved: bool) -> Result<String, String> {
    let consent = check(world, form)?;
    let mut location = consent.redirect_uri.clone();
    location.push(if location.contains('?') { '&' } else { '?' });
    if approved {
        location.push_str("code=");
        location.push_str(&encode(&grant(world, form, &consent, portal)?));
    } else {
        location.push_str("error=access_denied&error_description=");
        location.push_str(&encode("The user denied the request."));
    }
    if let Some(state) = form.get("state") {
        location.push_str("&state=");
        location.push_str(&encode(state));
    }
    Ok(location)
}

/// A code for what the account can grant. Optional scopes it lacks are dropped; required ones fail the install.
fn grant(world: &World, form: &Pairs, consent: &Consent, portal: i64) -> Result<String, String> {
    let cell = world.portal(portal).ok_or_else(|| format!("There is no account {portal}."))?;
    let lacking = &cell.options.lacking_scopes;
    if let Some(scope) = consent.scopes.iter().find(|scope| lacking.contains(scope)) {
        return Err(format!("The account does not have access to a required scope: {scope}"));
    }
    let optional = consent.optional.iter().filter(|scope| !lacking.contains(scope));
    let mut scopes: Vec<String> = consent.scopes.iter().chain(optional).cloned().collect();
    scopes.sort_unstable();
    scopes.dedup();
    let challenge = match form.get("code_challenge_method") {
        Some("S256") | None => form.get("code_challenge").map(str::to_owned),
        Some(method) => return Err(format!("Unsupported code_challenge_method: {method}")),
    };
    let grant = Grant { portal, client_id: consent.app.client_id.clone(), scopes, user_id: 4_000_001, is_static: false };
    let expires_ms = world.now_ms() + millis(world.config.load().code_lifetime);
    let code = Code { grant: Arc::new(grant), redirect_uri: consent.redirect_uri.clone(), challenge, expires_ms };
    Ok(world.oauth.lock().new_code(code))
}

/// Whether the request fits the app as it is registered; anything not configured blocks the install [scopes guide].
fn check(world: &World, form: &Pairs) -> Result<Consent, String> {
    let oauth = world.oauth.lock();
    let app = form.get("client_id").and_then(|id| oauth.apps.get(id)).ok_or("The client_id is missing or unknown.")?;
    let redirect_uri = form.get("redirect_uri").unwrap_or_default();
    if !app.redirect_uris.iter().any(|registered| registered == redirect_uri) {
        return Err(format!("The redirect_uri {redirect_uri} is not one the app has registered."));
    }
    let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"].iter().any(|host| redirect_uri.starts_with(host));
    if !redirect_uri.starts_with("https://") && !local {
        return Err("The redirect_uri must be https.".to_owned());
    }
    let words =
        |name: &str| -> Vec<String> { form.get(name).unwrap_or_default().split_whitespace().map(str::to_owned).collect() };
    let (scopes, optional) = (words("scope"), words("optional_scope"));
    if let Some(missing) = app.required_scopes.iter().find(|scope| !scopes.contains(scope)) {
        return Err(format!("The scope {missing} is required by the app and not asked for."));
    }
    let configured = |scope: &&String| app.required_scopes.contains(scope) || app.optional_scopes.contains(scope);
    let strange =
        scopes.iter().find(|scope| !configured(scope)).or(optional.iter().find(|scope| !app.optional_scopes.contains(scope)));
    if let Some(strange) = strange {
        return Err(format!("The scope {strange} is not one the app is configured for."));
    }
    Ok(Consent { app: app.clone(), redirect_uri: redirect_uri.to_owned(), scopes, optional })
}

fn show(world: &World, query: &Pairs, only: Option<i64>) -> Response {
    let consent = match check(world, query) {
        Ok(consent) => consent,
        Err(problem) => return refused(&problem),
    };
    let accounts: Vec<(i64, String)> = world
        .all_portals()
        .iter()
        .filter(|cell| only.is_none_or(|id| id == cell.id))
        .map(|cell| (cell.id, cell.options.name.clone()))
        .collect();
    if accounts.is_empty() {
        return refused("There is no account to connect.");
    }
    layout::page("Connect app", &consent_page(query, &consent, &accounts)).into_response()
}

fn consent_page(query: &Pairs, consent: &Consent, accounts: &[(i64, String)]) -> Markup {
    html! {
        h1 { "Connect an app to your account" }
        p { "The app " code { (consent.app.client_id) } " asks for access. It will send you back to " code { (consent.redirect_uri) } "." }
        form method="post" action="/oauth/authorize" {
            @for name in FIELDS {
                @if let Some(value) = query.get(name) { input type="hidden" name=(name) value=(value); }
            }
            (account_picker(accounts))
            h2 { "It will be able to" }
            ul.scopes {
                @for scope in &consent.scopes { li { code { (scope) } } }
                @for scope in &consent.optional { li { code { (scope) } " " span.muted { "if your account has it" } } }
            }
            div.actions {
                button.primary type="submit" name="decision" value="approve" { "Connect app" }
                button type="submit" name="decision" value="deny" { "Cancel" }
            }
        }
    }
}

fn account_picker(accounts: &[(i64, String)]) -> Markup {
    html! {
        @if let [(id, name)] = accounts {
            p { "Account: " strong { (name) } " (" (id) ")" }
            input type="hidden" name="portal" value=(id);
        } @else {
            fieldset {
                legend { "Choose an account" }
                @for (index, (id, name)) in accounts.iter().enumerate() {
                    label.account {
                        input type="radio" name="portal" value=(id) required checked[index == 0];
                        " " (name) " " span.muted { "(" (id) ")" }
                    }
                }
            }
        }
    }
}
