//! The HTTP server for operators and their machines, on an address of its own.

use std::{io, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{Health, metrics};

/// `/healthz` (the process lives), `/readyz` (503 with the names of failing checks until all pass), `/metrics`.
pub fn router(health: Arc<Health>) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(scrape))
        .with_state(health)
}

/// Serves [`router`] until `stop` is cancelled.
pub async fn serve(listener: TcpListener, health: Arc<Health>, stop: CancellationToken) -> io::Result<()> {
    axum::serve(listener, router(health)).with_graceful_shutdown(stop.cancelled_owned()).await
}

async fn ready(State(health): State<Arc<Health>>) -> Response {
    let failing = health.failing().await;
    if failing.is_empty() {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", failing.join(", "))).into_response()
    }
}

async fn scrape() -> Response {
    match metrics::text() {
        Ok(text) => ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "Metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt as _;

    use super::*;

    async fn get(health: Health, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router(Arc::new(health)).oneshot(request).await.unwrap();
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn health() -> Health {
        Health::new(CancellationToken::new())
    }

    #[tokio::test]
    async fn a_living_process_is_healthy_even_when_it_is_not_ready() {
        let failing = || health().check("broker", || async { Err("secret".into()) });
        assert_eq!(get(failing(), "/healthz").await.0, StatusCode::OK);
        let (status, body) = get(failing(), "/readyz").await;
        assert_eq!((status, body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "not ready: broker\n"));
        assert_eq!(get(health(), "/readyz").await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_scrape_knows_the_process_and_the_build() {
        metrics::register("1.2.3").unwrap();
        let (status, body) = get(health(), "/metrics").await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("writeback_build_info{version=\"1.2.3\"} 1"), "{body}");
        assert!(!cfg!(target_os = "linux") || body.contains("process_resident_memory_bytes"), "{body}");
    }
}
