//! The way of every API request: route, token, fault, budget, handler, journal.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use uuid::Uuid;

use super::answer::{Answer, Content, send, too_many, trouble};
use super::call::{Call, Version};
use super::decode::Pairs;
use super::routes::{self, Handler, Matched, Route};
use crate::config::Config;
use crate::error::ApiError;
use crate::fault::{Asked, FaultKind};
use crate::journal::Entry;
use crate::limits::{Budget, Spent};
use crate::wire::Wire;
use crate::world::World;
use crate::world::oauth_state::Grant;
use crate::world::portal_cell::PortalCell;

/// Who asks, as far as the token says.
enum Identity {
    Known(Arc<PortalCell>, Arc<Grant>),
    Refused(ApiError),
    /// The edge does not let a malformed token through [community AIRBYTE].
    Malformed,
}

/// The fallback of the router: everything that is not a page.
pub(crate) async fn serve(State(world): State<Arc<World>>, ConnectInfo(wire): ConnectInfo<Wire>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let config = world.config.load();
    let Ok(body) = to_bytes(body, config.max_body).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let correlation = Uuid::new_v4().to_string();
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let matched = routes::find(method, path);
    let (route, params) = match &matched {
        Matched::Route { route, params, .. } => (Some(*route), params.as_slice()),
        Matched::WrongMethod | Matched::Nothing => (None, [].as_slice()),
    };
    let identity = identify(&world, &parts);
    let known = match &identity {
        Identity::Known(cell, _) => Some(cell.id),
        _ => route.and_then(|route| refreshed(&world, route, &parts, &body)),
    };
    let asked = Asked { method, path, object: route.and_then(|route| route.object(params)), portal: known };
    let fault = world.faults.lock().decide(&asked);
    wait(&config, fault.as_ref()).await;

    let mut entry = Entry {
        at_ms: world.now_ms(),
        method: method.to_owned(),
        path: path.to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        route: route.map_or("", |route| route.template),
        portal: known,
        body: body.clone(),
        fault: fault.as_ref().map(FaultKind::name),
        ..Entry::default()
    };
    let instead = fault.as_ref().and_then(|fault| before_effect(fault, &config, &correlation, world.now_ms()));
    let answer = match (instead, &fault) {
        (Some(answer), _) => answer,
        (None, Some(FaultKind::Hang { .. } | FaultKind::ResetBefore)) => Answer::new(0, Content::Empty),
        (None, _) => answer(&world, &config, &matched, identity, &parts, &body, &correlation, &mut entry.portal),
    };
    let answer = after_effect(fault.as_ref(), answer);
    entry.status = answer.status;
    entry.rate_limited = answer.rate_limited;
    world.journal.lock().record(entry, config.journal_cap, config.journal_bytes);
    send(answer, fault.as_ref(), &wire, &correlation).await
}

async fn wait(config: &Config, fault: Option<&FaultKind>) {
    let more = match fault {
        Some(FaultKind::Latency { ms }) => Duration::from_millis(*ms),
        _ => Duration::ZERO,
    };
    if !(config.latency + more).is_zero() {
        tokio::time::sleep(config.latency + more).await;
    }
}

/// What a fault answers instead of doing anything.
fn before_effect(fault: &FaultKind, config: &Config, correlation: &str, now_ms: i64) -> Option<Answer> {
    match fault {
        FaultKind::RateLimited { policy, retry_after } => {
            let mut answer = too_many(*policy, correlation, None);
            let seconds = retry_after.or_else(|| config.retry_after.then_some(1));
            answer.headers.extend(seconds.map(|seconds| ("retry-after", seconds.to_string())));
            answer.rate_limited = false;
            Some(answer)
        }
        FaultKind::Status { status, retry_after } => {
            let mut answer = trouble(*status, correlation);
            answer.headers.extend(retry_after.map(|seconds| ("retry-after", seconds.to_string())));
            Some(answer)
        }
        FaultKind::ExpiredToken => Some(Answer::error(&ApiError::expired_token(now_ms - 7_000, now_ms), correlation)),
        _ => None,
    }
}

/// What becomes of an answer on its way out. Status 0: it never arrives.
fn after_effect(fault: Option<&FaultKind>, answer: Answer) -> Answer {
    match fault {
        Some(FaultKind::StatusAfterEffect { status }) => trouble(*status, ""),
        Some(FaultKind::EffectThenHang { .. } | FaultKind::ResetAfter) => Answer { status: 0, ..answer },
        Some(FaultKind::EmptyBody) => Answer { body: Content::Empty, ..answer },
        Some(FaultKind::MalformedBody) => Answer { body: Content::Html("<html><body>{\"results\": [</body></html>"), ..answer },
        _ => answer,
    }
}

fn identify(world: &World, parts: &Parts) -> Identity {
    let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((scheme, token)) = header.split_once(' ') else { return Identity::Refused(ApiError::invalid_token()) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Identity::Refused(ApiError::invalid_token());
    }
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)) {
        return Identity::Malformed;
    }
    let oauth = world.oauth.lock();
    let Some(access) = oauth.access(token) else { return Identity::Refused(ApiError::invalid_token()) };
    let now_ms = world.now_ms();
    if access.expires_ms <= now_ms {
        return Identity::Refused(ApiError::expired_token(access.expires_ms, now_ms));
    }
    let grant = Arc::clone(&access.grant);
    drop(oauth);
    match world.portal(grant.portal) {
        Some(cell) => Identity::Known(cell, grant),
        None => Identity::Refused(ApiError::invalid_token()),
    }
}

/// The portal that a refresh is about, so that its faults meet it too.
fn refreshed(world: &World, route: &Route, parts: &Parts, body: &Bytes) -> Option<i64> {
    let Handler::Form(_) = route.handler else { return None };
    let form = form(parts, body);
    let grant = form.get("refresh_token").and_then(|token| world.oauth.lock().refresh(token).cloned());
    grant.map(|grant| grant.portal)
}

/// The answer of an undisturbed HubSpot.
#[expect(clippy::too_many_arguments, reason = "the parts of one request, taken apart once above")]
fn answer(
    world: &World,
    config: &Config,
    matched: &Matched,
    identity: Identity,
    parts: &Parts,
    body: &Bytes,
    correlation: &str,
    portal: &mut Option<i64>,
) -> Answer {
    let (route, version, params) = match matched {
        Matched::Route { route, version, params } => (*route, version, params),
        Matched::WrongMethod => return Answer::new(405, Content::Empty),
        Matched::Nothing => return Answer::error(&ApiError::not_found("resource not found"), correlation),
    };
    if let Handler::Form(handler) = route.handler {
        let served = version == "v3" || Version::parse(version).is_some();
        if !served {
            return Answer::error(&ApiError::not_found("resource not found"), correlation);
        }
        let answer = handler(world, &form(parts, body));
        *portal = answer.portal.or(*portal);
        return Answer::new(answer.status, answer.body.map_or(Content::Empty, Content::Json));
    }
    let Some(version) = Version::parse(version) else {
        return Answer::error(&ApiError::not_found("resource not found"), correlation);
    };
    let (portal_cell, grant) = match identity {
        Identity::Known(cell, grant) => (cell, grant),
        Identity::Refused(error) => return Answer::error(&error, correlation),
        Identity::Malformed => return trouble(530, correlation),
    };
    let rate_headers = match spend(config, route, &portal_cell, &grant, world.now_ms(), correlation) {
        Ok(rate_headers) => rate_headers,
        Err(refused) => return refused,
    };
    let pairs = Pairs::parse(parts.uri.query().unwrap_or_default());
    let call =
        Call { world, config, cell: &portal_cell, grant: &grant, version, params, query: &pairs, body, now_ms: world.now_ms() };
    let outcome = match route.handler {
        Handler::Api(handler) => handler(&call),
        Handler::Form(_) => Err(ApiError::not_found("resource not found")),
    };
    let mut given = match outcome {
        Ok(reply) => Answer::of(reply),
        Err(error) => Answer::error(&error, correlation),
    };
    given.headers.extend(rate_headers);
    given
}

/// Secrets count only in a form body, never in the query.
fn form(parts: &Parts, body: &Bytes) -> Pairs {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("application/x-www-form-urlencoded") {
        Pairs::parse(&String::from_utf8_lossy(body))
    } else {
        Pairs::default()
    }
}

/// Spends from the portal's budget. Search answers carry no rate headers; daily ones only go to static tokens.
fn spend(
    config: &Config,
    route: &Route,
    cell: &PortalCell,
    grant: &Grant,
    now_ms: i64,
    correlation: &str,
) -> Result<Vec<(&'static str, String)>, Answer> {
    let figures = cell.figures(config);
    let spent = cell.limits.lock().spend(route.budget, &grant.client_id, figures, now_ms);
    let (remaining, daily_remaining) = match spent {
        Spent::Refused { policy, wait_ms } => return Err(too_many(policy, correlation, config.retry_after.then_some(wait_ms))),
        Spent::Allowed { remaining, daily_remaining } => (remaining, daily_remaining),
    };
    if route.budget != Budget::Burst {
        return Ok(Vec::new());
    }
    let secondly = (figures.burst / 10).max(1);
    let mut headers = vec![
        ("x-hubspot-ratelimit-max", figures.burst.to_string()),
        ("x-hubspot-ratelimit-remaining", remaining.to_string()),
        ("x-hubspot-ratelimit-interval-milliseconds", figures.burst_window_ms.to_string()),
        // Deprecated, still sent, no longer enforced.
        ("x-hubspot-ratelimit-secondly", secondly.to_string()),
        ("x-hubspot-ratelimit-secondly-remaining", (secondly - 1).to_string()),
    ];
    if let (true, Some(daily), Some(left)) = (grant.is_static, figures.daily, daily_remaining) {
        headers.push(("x-hubspot-ratelimit-daily", daily.to_string()));
        headers.push(("x-hubspot-ratelimit-daily-remaining", left.to_string()));
    }
    Ok(headers)
}
