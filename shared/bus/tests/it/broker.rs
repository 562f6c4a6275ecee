//! A vhost of one's own, made and removed through the management API, and a peek at its queues.

use std::{env, future::Future, time::Duration};

use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{BasicGetOptions, QueueDeclareOptions},
    types::FieldTable,
};
use reqwest::{Method, StatusCode};

/// Far longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Polls until `probe` gives a value.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut probe: impl FnMut() -> F) -> T {
    let polling = async {
        loop {
            if let Some(value) = probe().await {
                return value;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, polling).await.unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain: {what}"))
}

#[derive(Clone)]
pub(crate) struct Vhost {
    pub(crate) name: String,
    url: reqwest::Url,
    http: reqwest::Client,
}

impl Vhost {
    pub(crate) async fn create() -> Self {
        let http = http_client();
        let name = format!("bus_{}", uuid::Uuid::now_v7().simple());
        let vhost = Self { name, url: require("WRITEBACK_TEST_AMQP_ADMIN_URL").parse().unwrap(), http };
        vhost.put(&["vhosts", &vhost.name], "{}").await;
        let all = r#"{"configure":".*","write":".*","read":".*"}"#;
        vhost.put(&["permissions", &vhost.name, vhost.url.username()], all).await;
        vhost
    }

    /// Where to connect to.
    pub(crate) fn uri(&self) -> String {
        let base = require("WRITEBACK_TEST_AMQP_URL");
        format!("{}/{}", base.rsplit_once('/').unwrap().0, self.name)
    }

    /// The broker's host and port.
    pub(crate) fn address(&self) -> String {
        let uri = self.uri();
        let (_, host) = uri.split_once('@').unwrap();
        host.split_once('/').unwrap().0.to_owned()
    }

    /// Closes every connection by force; how many there were.
    pub(crate) async fn break_connections(&self) -> usize {
        let names = eventually("the management API knows the connections", || async {
            let path = ["vhosts", &self.name, "connections"];
            let answer = self.request(Method::GET, &path).send().await.unwrap().text().await.unwrap();
            let all: Vec<serde_json::Value> = serde_json::from_str(&answer).unwrap();
            let names: Vec<_> = all.iter().filter_map(|one| Some(one["name"].as_str()?.to_owned())).collect();
            (names.len() >= 2).then_some(names)
        })
        .await;
        for name in &names {
            let answer = self.request(Method::DELETE, &["connections", name]).send().await.unwrap();
            assert!(answer.status().is_success() || answer.status() == StatusCode::NOT_FOUND);
        }
        names.len()
    }

    /// A connection beside the bus's own.
    pub(crate) async fn connection(&self) -> Connection {
        Connection::connect(&self.uri(), ConnectionProperties::default()).await.unwrap()
    }

    fn request(&self, method: Method, path: &[&str]) -> reqwest::RequestBuilder {
        let mut url = self.url.clone();
        url.path_segments_mut().unwrap().pop_if_empty().push("api").extend(path);
        let password = url.password().map(str::to_owned);
        let user = url.username().to_owned();
        url.set_username("").unwrap();
        url.set_password(None).unwrap();
        self.http.request(method, url).basic_auth(user, password)
    }

    async fn put(&self, path: &[&str], body: &'static str) {
        let request = self.request(Method::PUT, path).header("content-type", "application/json").body(body);
        assert!(request.send().await.unwrap().status().is_success());
    }

    /// Removes it. Not in `Drop` of this clonable handle: the world that owns it does.
    pub(crate) fn remove(&self) {
        // A test's runtime may be ending, so this has a thread, a runtime and a client of its own: a connection from the other
        // client's pool would wait for the runtime that waits for us.
        let vhost = Self { http: http_client(), ..self.clone() };
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { vhost.request(Method::DELETE, &["vhosts", &vhost.name]).send().await.is_ok() })
        });
        drop(removal.join());
    }
}

fn http_client() -> reqwest::Client {
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().unwrap()
}

/// Messages that are ready in a queue.
pub(crate) async fn ready(channel: &Channel, queue: &str) -> u32 {
    let declared = channel.queue_declare(queue.into(), QueueDeclareOptions::durable().passive(), FieldTable::default()).await;
    declared.unwrap().message_count()
}

/// Takes one message out of a queue.
pub(crate) async fn take(channel: &Channel, queue: &str) -> Option<(BasicProperties, Vec<u8>)> {
    let got = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.unwrap()?;
    Some((got.delivery.properties, got.delivery.data))
}

fn require(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: deploy/services up && eval \"$(deploy/services env)\""))
}
