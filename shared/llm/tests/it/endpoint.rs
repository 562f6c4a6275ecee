//! A stand-in for an OpenAI-compatible endpoint: gives the answers it was told to give, in order, and remembers what it
//! was asked.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use writeback_llm::{Client, Config};

#[derive(Clone)]
pub(crate) enum Reply {
    Says(String),
    Json(Value),
    Status(u16),
    RetryAfter(u16, &'static str),
    Redirect(String),
    Raw(Vec<u8>),
    Never,
}

#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

#[derive(Default)]
struct Shared {
    replies: VecDeque<Reply>,
    asked: Vec<Asked>,
}

#[derive(Clone)]
pub(crate) struct Endpoint {
    shared: Arc<Mutex<Shared>>,
    base_url: String,
}

impl Endpoint {
    /// The last reply is repeated.
    pub(crate) async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        // Reqwest brings no provider of its own here, and panics without one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let shared = Arc::new(Mutex::new(Shared { replies: replies.into_iter().collect(), asked: Vec::new() }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/v1", listener.local_addr().unwrap());
        let router = Router::new().route("/v1/chat/completions", post(answer)).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared, base_url }
    }

    pub(crate) fn config(&self) -> Config {
        Config {
            api_key: Some(SecretString::from("key-123")),
            timeout: Duration::from_secs(20),
            ..Config::new(&self.base_url, "small-model")
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.config()).unwrap()
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.shared.lock().unwrap().asked.clone()
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }
}

async fn answer(State(shared): State<Arc<Mutex<Shared>>>, headers: HeaderMap, body: Bytes) -> Response {
    let reply = {
        let mut shared = shared.lock().unwrap();
        let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
        shared.asked.push(Asked { authorization, body: serde_json::from_slice(&body).unwrap() });
        if shared.replies.len() > 1 { shared.replies.pop_front().unwrap() } else { shared.replies[0].clone() }
    };
    let status = |code| StatusCode::from_u16(code).unwrap();
    match reply {
        Reply::Says(text) => says(&json!(text)),
        Reply::Json(body) => axum::Json(body).into_response(),
        Reply::Status(code) => status(code).into_response(),
        Reply::RetryAfter(code, seconds) => (status(code), [(header::RETRY_AFTER, seconds)]).into_response(),
        Reply::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Reply::Raw(body) => body.into_response(),
        Reply::Never => std::future::pending().await,
    }
}

fn says(content: &Value) -> Response {
    axum::Json(json!({
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{ "index": 0, "message": { "role": "assistant", "content": content }, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 10, "completion_tokens": 5 },
    }))
    .into_response()
}
