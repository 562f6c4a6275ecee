//! One exchange with HubSpot: a request goes out, an answer or its absence comes back. Knows no tokens and no budgets.

use std::time::{Duration, Instant};

use domain::ConnectionId;
use reqwest::{RequestBuilder, Response, header::HeaderMap, redirect};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    call::Call,
    classify::{self, Cut, Refusal},
    config::{Config, Timeouts},
    error::Error,
    request::Request,
    telemetry::RequestEnded,
};

/// The connection pool and its limits.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    client: reqwest::Client,
    timeouts: Timeouts,
    body_max: usize,
}

/// How an exchange ended.
#[derive(Debug)]
pub(crate) struct Exchange {
    /// The body of a 2xx, or what went wrong.
    pub(crate) result: Result<Vec<u8>, Error>,
    /// What the headers said, whatever the status.
    pub(crate) quota: Quota,
}

/// What an answer's headers say of the portal's limits (usage guidelines). Searches and the token endpoint say nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Quota {
    /// `X-HubSpot-RateLimit-Max`.
    pub(crate) max: Option<u32>,
    /// `X-HubSpot-RateLimit-Remaining`.
    pub(crate) remaining: Option<u32>,
    /// `X-HubSpot-RateLimit-Interval-Milliseconds`.
    pub(crate) interval: Option<Duration>,
    /// `X-HubSpot-RateLimit-Daily`, not sent for OAuth apps.
    pub(crate) daily: Option<u64>,
    /// `X-HubSpot-RateLimit-Daily-Remaining`.
    pub(crate) daily_remaining: Option<u64>,
}

impl Quota {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            max: number(headers, "x-hubspot-ratelimit-max"),
            remaining: number(headers, "x-hubspot-ratelimit-remaining"),
            interval: number(headers, "x-hubspot-ratelimit-interval-milliseconds").map(Duration::from_millis),
            daily: number(headers, "x-hubspot-ratelimit-daily"),
            daily_remaining: number(headers, "x-hubspot-ratelimit-daily-remaining"),
        }
    }
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

impl Transport {
    /// The process must have installed a crypto provider for rustls.
    pub(crate) fn new(config: &Config, local: bool) -> reqwest::Result<Self> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("writeback/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(config.timeouts.connect)
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_keepalive(Duration::from_secs(30))
            // The API does not redirect; a bearer must not follow one elsewhere.
            .redirect(redirect::Policy::none());
        let client = if local { builder.no_proxy() } else { builder }.build()?;
        Ok(Self { client, timeouts: config.timeouts, body_max: config.body_max })
    }

    /// Sends with the portal's bearer.
    pub(crate) async fn send(&self, request: Request, bearer: &SecretString, connection: ConnectionId) -> Exchange {
        let timeout = request.timeout(&self.timeouts);
        let mut builder = self.client.request(request.method, request.url).bearer_auth(bearer.expose_secret()).timeout(timeout);
        if let Some(body) = request.body {
            builder = builder.header(reqwest::header::CONTENT_TYPE, "application/json").body(body);
        }
        self.exchange(request.call, builder, Some(connection), classify::refusal).await
    }

    /// Sends a form to the token endpoint. Its secrets stand in the body, never in the address (OAuth guide).
    pub(crate) async fn send_form(&self, request: Request, form: &[(&str, &str)]) -> Exchange {
        let timeout = request.timeout(&self.timeouts);
        let builder = self.client.request(request.method, request.url).form(form).timeout(timeout);
        self.exchange(request.call, builder, None, classify::token_refusal).await
    }

    async fn exchange(
        &self,
        call: Call,
        builder: RequestBuilder,
        connection: Option<ConnectionId>,
        refusal: fn(Call, Refusal<'_>) -> Error,
    ) -> Exchange {
        let started = Instant::now();
        let (mut status, mut quota) = (None, Quota::default());
        let result = async {
            let mut response = builder.send().await.map_err(|cause| classify::cut(call, kind(&cause)))?;
            let code = response.status();
            status = Some(code.as_u16());
            quota = Quota::read(response.headers());
            let body = self.read(&mut response).await;
            if code.is_success() {
                return body.map_err(|cut| classify::cut(call, cut));
            }
            // A refusal without a readable body is still one.
            let body = body.unwrap_or_default();
            let headers = response.headers();
            Err(refusal(
                call,
                Refusal {
                    status: code.as_u16(),
                    retry_after: number(headers, "retry-after").map(Duration::from_secs),
                    correlation: headers.get("x-hubspot-correlation-id").and_then(|id| id.to_str().ok()).filter(|id| sound(id)),
                    body: &body,
                },
            ))
        }
        .await;
        RequestEnded { connection, call, status, took: started.elapsed() }.emit();
        Exchange { result, quota }
    }

    async fn read(&self, response: &mut Response) -> Result<Vec<u8>, Cut> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| Cut::AfterSending)? {
            if body.len() + chunk.len() > self.body_max {
                return Err(Cut::Unreadable);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// An id that may be logged.
fn sound(id: &str) -> bool {
    id.len() <= 80 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn kind(cause: &reqwest::Error) -> Cut {
    if cause.is_builder() {
        Cut::NotMade
    } else if cause.is_connect() {
        Cut::NotConnected
    } else {
        Cut::AfterSending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_and_nonsense_is_passed_over() {
        let mut headers = HeaderMap::new();
        headers.insert("X-HubSpot-RateLimit-Max", "110".parse().unwrap());
        headers.insert("X-HubSpot-RateLimit-Remaining", "109".parse().unwrap());
        headers.insert("X-HubSpot-RateLimit-Interval-Milliseconds", "10000".parse().unwrap());
        headers.insert("X-HubSpot-RateLimit-Daily", "many".parse().unwrap());
        let quota = Quota::read(&headers);
        assert_eq!((quota.max, quota.remaining, quota.interval), (Some(110), Some(109), Some(Duration::from_secs(10))));
        assert_eq!((quota.daily, quota.daily_remaining), (None, None));
    }
}
