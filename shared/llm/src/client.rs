//! One endpoint that speaks `/chat/completions`.

use crate::{
    clean::plain,
    conversation::Turn,
    error::{ConfigError, Error},
    prompt,
};
use reqwest::{StatusCode, Url, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use std::{
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    net::IpAddr,
    time::Duration,
};

/// An answer of this size is not one that we asked for.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// A longer wait is not worth it: the extractive summary is there at once.
const RETRY_DELAY_MAX: Duration = Duration::from_secs(2);
const CONNECT_TIMEOUT_MAX: Duration = Duration::from_secs(5);

/// Which model, where, and within what limits.
#[derive(Clone, Debug)]
pub struct Config {
    /// What `/chat/completions` is appended to, as in `https://llm.example/v1`.
    pub base_url: String,
    /// Sent as a bearer token; a model on one's own machines mostly needs none.
    pub api_key: Option<SecretString>,
    /// The model's name, as the endpoint knows it.
    pub model: String,
    /// For everything, a second attempt included.
    pub timeout: Duration,
    /// Characters of input that are sent; of a longer conversation the middle is left out.
    pub max_input_chars: usize,
    /// Characters of a summary; a longer one is cut at a sentence.
    pub max_output_chars: usize,
}

impl Config {
    /// The usual limits: 20 seconds, 24,000 characters in (some 6,000 tokens), 600 out.
    pub fn new(base_url: impl Into<String>, model: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            api_key: None,
            model: model.into(),
            timeout: Duration::from_secs(20),
            max_input_chars: 24_000,
            max_output_chars: 600,
        }
    }
}

/// A client for one model. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    completions: Url,
    config: Config,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    stream: bool,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Answer,
}

#[derive(Deserialize)]
struct Answer {
    /// Null when the model declined.
    content: Option<String>,
}

impl Client {
    /// Checks the configuration. Panics when the process has not installed a rustls crypto provider.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        let completions = completions_url(&config.base_url)?;
        if config.model.trim().is_empty() {
            return Err(ConfigError::Model);
        }
        for (limit, name) in [(config.max_input_chars, "input limit"), (config.max_output_chars, "output limit")] {
            if limit == 0 {
                return Err(ConfigError::Zero(name));
            }
        }
        if config.timeout.is_zero() {
            return Err(ConfigError::Zero("timeout"));
        }
        let mut builder = reqwest::Client::builder();
        if is_this_machine(&completions) {
            builder = builder.no_proxy();
        }
        let http = builder
            .connect_timeout(config.timeout.min(CONNECT_TIMEOUT_MAX))
            // The bearer token and the conversation are for this host only.
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(headers(config.api_key.as_ref())?)
            .user_agent(concat!("writeback/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| ConfigError::Http(error.without_url()))?;
        Ok(Self { http, completions, config })
    }

    /// A summary of a conversation by the model: plain text, at most `max_output_chars`, ending with a sentence.
    pub async fn summarise(&self, turns: &[Turn<'_>]) -> Result<String, Error> {
        let limits = &self.config;
        let prompt = prompt::summary(turns, limits.max_input_chars, limits.max_output_chars).ok_or(Error::NothingToAsk)?;
        let answer = self.complete(&prompt.instructions, &prompt.input).await?;
        let said = |link: &str| turns.iter().any(|turn| turn.text.contains(link));
        plain(&answer, limits.max_output_chars, said).ok_or(Error::Empty)
    }

    /// What the model says to `input` under `instructions`, as it says it. Two attempts at most, and the second only when
    /// the first did not reach the model. The input is sent whole: whoever calls this bounds it.
    pub async fn complete(&self, instructions: &str, input: &str) -> Result<String, Error> {
        let request = Request {
            model: &self.config.model,
            messages: [Message { role: "system", content: instructions }, Message { role: "user", content: input }],
            stream: false,
        };
        let attempts = async {
            match self.attempt(&request).await {
                Err(error) if error.is_transient() => {
                    tokio::time::sleep(retry_delay(&error, random())).await;
                    self.attempt(&request).await
                }
                settled => settled,
            }
        };
        tokio::time::timeout(self.config.timeout, attempts).await.unwrap_or(Err(Error::Timeout(self.config.timeout)))
    }

    async fn attempt(&self, request: &Request<'_>) -> Result<String, Error> {
        let unreachable = |error: reqwest::Error| Error::Unreachable(error.without_url());
        let mut response = self.http.post(self.completions.clone()).json(request).send().await.map_err(unreachable)?;
        match response.status() {
            status if status.is_success() => {}
            status
                if status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT) =>
            {
                return Err(Error::Busy { status: status.as_u16(), retry_after: retry_after(response.headers()) });
            }
            status => return Err(Error::Refused(status.as_u16())),
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > BODY_BYTES_MAX {
                return Err(Error::TooLarge(BODY_BYTES_MAX));
            }
            body.extend_from_slice(&chunk);
        }
        let completion: Completion = serde_json::from_slice(&body).map_err(|error| unreadable(&error))?;
        let answer = completion.choices.into_iter().next().and_then(|choice| choice.message.content);
        answer.filter(|text| !text.trim().is_empty()).ok_or(Error::Empty)
    }
}

/// The kind and the place of the mistake. Its own text may quote the answer.
fn unreadable(error: &serde_json::Error) -> Error {
    use serde::de::Error as _;
    let kind = error.classify();
    Error::Unreadable(serde_json::Error::custom(format_args!("{kind:?} error at column {}", error.column())))
}

fn completions_url(base: &str) -> Result<Url, ConfigError> {
    let mut url = Url::parse(base.trim()).map_err(|_| ConfigError::BaseUrl)?;
    let only_a_place = url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if !matches!(url.scheme(), "http" | "https") || !only_a_place {
        return Err(ConfigError::BaseUrlParts);
    }
    url.path_segments_mut().map_err(|()| ConfigError::BaseUrl)?.pop_if_empty().extend(["chat", "completions"]);
    Ok(url)
}

/// A proxy that the environment names is for the way out.
fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn headers(api_key: Option<&SecretString>) -> Result<header::HeaderMap, ConfigError> {
    let mut headers = header::HeaderMap::new();
    if let Some(key) = api_key {
        let bearer = format!("Bearer {}", key.expose_secret());
        let mut value = header::HeaderValue::from_str(&bearer).map_err(|_| ConfigError::ApiKey)?;
        value.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, value);
    }
    Ok(headers)
}

/// In seconds; a date would be years ahead of what we wait.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

/// A fifth to three fifths of a second, or what the endpoint asks for and that much more, up to two seconds.
fn retry_delay(error: &Error, random: u64) -> Duration {
    let jitter = Duration::from_millis(200 + random % 400);
    let asked = match error {
        Error::Busy { retry_after, .. } => retry_after.unwrap_or_default(),
        _ => Duration::ZERO,
    };
    asked.saturating_add(jitter).min(RETRY_DELAY_MAX)
}

/// Fit for a jitter and nothing else: the standard library's maps are seeded at random.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(base: &str, expected: Option<&str>) {
        assert_eq!(completions_url(base).ok().as_ref().map(Url::as_str), expected, "{base}");
    }

    #[test]
    fn the_path_is_appended_to_the_base_url() {
        check("https://llm.example/v1", Some("https://llm.example/v1/chat/completions"));
        check(" http://127.0.0.1:11434/v1/ ", Some("http://127.0.0.1:11434/v1/chat/completions"));
        check("https://llm.example", Some("https://llm.example/chat/completions"));
    }

    #[test]
    fn a_base_url_that_could_leak_or_mislead_is_refused() {
        for base in [
            "",
            "llm.example/v1",
            "ftp://llm.example",
            "https://me:secret@llm.example",
            "https://llm.example/?key=1",
            "mailto:a@b",
        ] {
            check(base, None);
        }
    }

    #[test]
    fn a_retry_waits_a_little_and_never_long() {
        let busy = |retry_after| Error::Busy { status: 429, retry_after };
        assert_eq!(retry_delay(&busy(None), 0), Duration::from_millis(200));
        assert_eq!(retry_delay(&busy(None), u64::MAX), Duration::from_millis(200 + u64::MAX % 400));
        assert_eq!(retry_delay(&busy(Some(Duration::from_secs(1))), 100), Duration::from_millis(1_300));
        assert_eq!(retry_delay(&busy(Some(Duration::MAX)), 0), RETRY_DELAY_MAX);
    }

    #[test]
    fn a_proxy_is_not_for_this_machine() {
        let is = |url: &str| is_this_machine(&Url::parse(url).unwrap());
        assert!(is("http://localhost:1/v1") && is("http://127.8.0.1/v1") && is("http://[::1]:2/"));
        assert!(!is("https://llm.example/v1") && !is("http://10.0.0.1/"));
    }
}
