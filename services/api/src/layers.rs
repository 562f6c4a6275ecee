//! What is around every handler: an id and a log line a request, security headers, and limits.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::{AccountId, trace::TraceParent};
use uuid::Uuid;

use crate::{
    app::App,
    code::Code,
    problem::Problem,
    telemetry::{RequestServed, method_name},
};

/// What is known of a request beside what it carries. Extractors fill in the account, the log line tells it.
#[derive(Clone)]
pub(crate) struct Context {
    /// The caller's trace, or a new one.
    pub(crate) trace: TraceParent,
    /// Whose key it was.
    pub(crate) account: Arc<OnceLock<AccountId>>,
}

/// Headers of every answer. Pages may widen the policy for themselves.
const SECURITY_HEADERS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
];

/// Outermost: gives the request its id and its trace, and tells how it went once it is answered.
pub(crate) async fn observe(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    // Always ours: a caller's own id could hold anything, and it goes into the log. Callers correlate by their trace.
    let id = Uuid::now_v7().to_string();
    let traceparent = request.headers().get("traceparent").and_then(|value| value.to_str().ok());
    let context = Context { trace: TraceParent::from_header(traceparent), account: Arc::default() };
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(context.clone());

    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert("x-request-id", HeaderValue::try_from(&id).expect("a UUID is header-safe"));
    RequestServed {
        request_id: &id,
        trace_id: context.trace.trace_id(),
        account: context.account.get(),
        method,
        route: route.as_ref().map_or("unknown", MatchedPath::as_str),
        status: response.status(),
        latency: started.elapsed(),
    }
    .emit();
    response
}

/// Sheds what is more than can be handled well, and gives up what takes too long.
pub(crate) async fn bound(State(app): State<App>, request: Request, next: Next) -> Response {
    let Ok(_in_hand) = app.in_hand().try_acquire() else {
        return Problem::new(Code::Overloaded).retry_after(Duration::from_secs(1)).into_response();
    };
    let answer = tokio::time::timeout(app.config().request_timeout, next.run(request)).await;
    answer.unwrap_or_else(|_| Problem::new(Code::TimedOut).into_response())
}

/// A handler that panicked. The panic hook logs where; its message may quote data and is dropped.
pub(crate) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::new(Code::Internal).into_response()
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_a_problem_that_says_nothing_of_its_cause() {
        let broken: fn() -> &'static str = || panic!("4242 4242 4242 4242");
        let router = Router::<()>::new().route("/", get(async move || broken())).layer(CatchPanicLayer::custom(panicked));
        let response = router.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("\"internal\"") && !body.contains("4242"), "{body}");
    }
}
