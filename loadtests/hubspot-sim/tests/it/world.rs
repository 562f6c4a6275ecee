//! A simulator, a portal, and a plain HTTP client.

use std::time::Duration;

use hubspot_sim::{Config, Portal, PortalOptions, Sim};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) portal: Portal,
    pub(crate) http: reqwest::Client,
}

/// What came back: status, body (null when it was not JSON), headers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap_or_default();
        Self { status, body: serde_json::from_str(&text).unwrap_or(Value::Null), headers }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A text of the body, by JSON pointer.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer} in {:#}", self.body))
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }
}

/// Settings under which nothing waits and no budget is ever spent.
pub(crate) fn calm() -> Config {
    Config { index_delay: Duration::ZERO, burst_limit: 1_000_000, search_per_second: 1_000_000, ..Config::default() }
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(calm(), PortalOptions::default()).await
    }

    pub(crate) async fn with(config: Config, options: PortalOptions) -> Self {
        // Err when another test has installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sim = Sim::start(config).await.expect("a free port");
        let portal = sim.portal(options);
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        Self { sim, portal, http }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sim.url())).bearer_auth(self.portal.token())
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.expect("an answer")).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path).send().await.expect("an answer")).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body).send().await.expect("an answer")).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(&body).send().await.expect("an answer")).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(&body).send().await.expect("an answer")).await
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.http.post(format!("{}{path}", self.sim.url())).form(fields);
        Answer::of(request.send().await.expect("an answer")).await
    }
}
