//! A vhost of one's own, by RabbitMQ's management API.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    event::{ConversationAccepted, payload},
    lane::Lanes,
    seal::KeyRing,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use testkit::{env::require, eventually, http_client};

/// A vhost that is deleted with this value.
pub(crate) struct Vhost {
    name: String,
    http: reqwest::Client,
}

/// As few queues as there can be: making and deleting them is most of what a test asks of the broker.
pub(crate) fn lanes() -> Lanes {
    Lanes::new(1).unwrap()
}

/// A message that waits for the redactor.
pub(crate) struct Queued {
    /// The bytes that rest on the broker's disk.
    pub(crate) sealed: Vec<u8>,
    /// The headers, in the clear.
    pub(crate) headers: Value,
}

impl Queued {
    /// What the redactor will read.
    pub(crate) fn open(&self, keys: &KeyRing) -> ConversationAccepted {
        let fields = self.headers["x-writeback"].as_str().unwrap();
        let field = |name: &str| fields.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')).unwrap();
        let connection = field("connection").parse().unwrap();
        let conversation = field("conversation").parse().unwrap();
        payload::open(keys, connection, &conversation, &self.sealed).unwrap()
    }
}

impl Vhost {
    /// Makes one.
    pub(crate) async fn create() -> Self {
        let vhost = Self { name: format!("api_test_{}", Uuid::now_v7().simple()), http: http_client() };
        vhost.make().await;
        vhost
    }

    /// Makes the vhost, or makes it again after [`Vhost::destroy`].
    pub(crate) async fn make(&self) {
        let user = admin().username().to_owned();
        self.ask(Method::PUT, &["vhosts", &self.name], json!({})).await;
        let all = json!({"configure": ".*", "write": ".*", "read": ".*"});
        self.ask(Method::PUT, &["permissions", &self.name, &user], all).await;
    }

    /// Deletes the vhost with all that is in it and cuts every connection to it.
    pub(crate) async fn destroy(&self) {
        self.ask(Method::DELETE, &["vhosts", &self.name], Value::Null).await;
    }

    /// Where to connect to.
    pub(crate) fn url(&self) -> String {
        let base = require("WRITEBACK_TEST_AMQP_URL");
        let (base, _) = base.rsplit_once('/').unwrap();
        format!("{base}/{}", self.name)
    }

    /// Everything that waits for the redactor, and stays there.
    pub(crate) async fn queued(&self) -> Vec<Queued> {
        let mut found = Vec::new();
        for lane in lanes().all() {
            let queue = format!("writeback.redact.{lane}");
            let get = json!({"count": 1000, "ackmode": "ack_requeue_true", "encoding": "base64"});
            let messages = self.ask(Method::POST, &["queues", &self.name, &queue, "get"], get).await;
            // A queue may be missing while a broker that came back is being set up again.
            found.extend(messages.as_array().into_iter().flatten().map(|message| Queued {
                sealed: STANDARD.decode(message["payload"].as_str().unwrap()).unwrap(),
                headers: message["properties"]["headers"].clone(),
            }));
        }
        found
    }

    async fn ask(&self, method: Method, path: &[&str], body: Value) -> Value {
        // While queues are made again it answers 500.
        let answer = eventually("the broker's management answers", async || {
            let answer = request(&self.http, method.clone(), path).json(&body).send().await.unwrap();
            (!answer.status().is_server_error()).then_some(answer)
        })
        .await;
        let status = answer.status();
        assert!(status.is_success() || status == StatusCode::NOT_FOUND, "{path:?}: {status}");
        answer.json().await.unwrap_or_default()
    }
}

impl Drop for Vhost {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // A test's runtime may be ending, so the farewell has a thread and a runtime of its own.
        let farewell = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            // Inside of the runtime from the first step on: the client's time-out is a timer.
            runtime.block_on(async { request(&http_client(), Method::DELETE, &["vhosts", &name]).send().await.unwrap() });
        });
        // What is left behind burdens the broker of everybody's tests.
        assert!(farewell.join().is_ok() || std::thread::panicking(), "the vhost was not deleted");
    }
}

fn admin() -> reqwest::Url {
    require("WRITEBACK_TEST_AMQP_ADMIN_URL").parse().unwrap()
}

fn request(http: &reqwest::Client, method: Method, path: &[&str]) -> reqwest::RequestBuilder {
    let mut url = admin();
    let (user, password) = (url.username().to_owned(), url.password().map(str::to_owned));
    url.set_username("").unwrap();
    url.set_password(None).unwrap();
    url.path_segments_mut().unwrap().pop_if_empty().push("api").extend(path);
    http.request(method, url).basic_auth(user, password)
}
