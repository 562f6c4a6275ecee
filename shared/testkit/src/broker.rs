//! A vhost of one's own, made and removed through RabbitMQ's management API.

use anyhow::{Context as _, ensure};
use uuid::Uuid;

use crate::env;

/// A vhost that is removed when dropped.
pub struct Vhost {
    name: String,
    admin: Admin,
}

#[derive(Clone)]
struct Admin {
    url: reqwest::Url,
    user: String,
    password: String,
    http: reqwest::Client,
}

impl Vhost {
    /// Makes one.
    pub async fn create() -> anyhow::Result<Self> {
        let admin = Admin::from_env()?;
        let name = format!("test_{}", Uuid::now_v7().simple());
        let user = admin.user.clone();
        admin.put(&["vhosts", &name], serde_json::json!({})).await?;
        let all = serde_json::json!({"configure": ".*", "write": ".*", "read": ".*"});
        admin.put(&["permissions", &name, &user], all).await?;
        Ok(Self { name, admin })
    }

    /// Where to connect to.
    pub fn url(&self) -> String {
        let base = env::require("WRITEBACK_TEST_AMQP_URL");
        let (base, _) = base.rsplit_once('/').unwrap_or((&base, ""));
        format!("{base}/{}", self.name)
    }

    /// Messages in a queue, ready or not yet acked. `None` while there is no such queue.
    pub async fn depth(&self, queue: &str) -> anyhow::Result<Option<u64>> {
        let answer = self.admin.request(reqwest::Method::GET, &["queues", &self.name, queue]).send().await?;
        if answer.status() == reqwest::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        let queue: serde_json::Value = answer.error_for_status()?.json().await?;
        Ok(queue["messages"].as_u64())
    }

    /// Breaks every connection to this vhost, as a restart of the broker would.
    pub async fn break_connections(&self) -> anyhow::Result<usize> {
        let all: Vec<serde_json::Value> = self
            .admin
            .request(reqwest::Method::GET, &["vhosts", &self.name, "connections"])
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let names: Vec<_> = all.iter().filter_map(|c| c["name"].as_str()).collect();
        for name in &names {
            let answer = self.admin.request(reqwest::Method::DELETE, &["connections", name]).send().await?;
            ensure!(
                answer.status().is_success() || answer.status() == reqwest::StatusCode::NOT_FOUND,
                "closing {name}: {}",
                answer.status()
            );
        }
        Ok(names.len())
    }
}

impl Drop for Vhost {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), std::mem::take(&mut self.name));
        // A client of its own: the other one's connections are driven by the test's runtime, which stands still meanwhile.
        let admin = Admin { http: crate::http_client(), ..admin };
        crate::farewell(async move { admin.request(reqwest::Method::DELETE, &["vhosts", &name]).send().await.ok() });
    }
}

impl Admin {
    fn from_env() -> anyhow::Result<Self> {
        let mut url: reqwest::Url =
            env::require("WRITEBACK_TEST_AMQP_ADMIN_URL").parse().context("WRITEBACK_TEST_AMQP_ADMIN_URL")?;
        let (user, password) = (url.username().to_owned(), url.password().unwrap_or_default().to_owned());
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok(Self { url, user, password, http: crate::http_client() })
    }

    fn request(&self, method: reqwest::Method, path: &[&str]) -> reqwest::RequestBuilder {
        let mut url = self.url.clone();
        url.path_segments_mut().expect("an http URL has a path").pop_if_empty().push("api").extend(path);
        self.http.request(method, url).basic_auth(&self.user, Some(&self.password))
    }

    async fn put(&self, path: &[&str], body: serde_json::Value) -> anyhow::Result<()> {
        let answer = self.request(reqwest::Method::PUT, path).json(&body).send().await?;
        ensure!(answer.status().is_success(), "the broker refused {}: {}", path[0], answer.status());
        Ok(())
    }
}
