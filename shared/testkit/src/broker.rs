//! A vhost of one's own, made and removed through RabbitMQ's management API.

use anyhow::{Context as _, ensure};
use uuid::Uuid;

use crate::{env, eventually};

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

    /// The broker's host and port.
    pub fn address(&self) -> String {
        let url = self.url();
        let host = url.split_once('@').map_or(&*url, |(_, host)| host);
        host.split('/').next().unwrap_or_default().to_owned()
    }

    /// Breaks every connection to this vhost, as a restart of the broker would, once the broker's statistics know of
    /// `at_least` of them; how many there were.
    pub async fn break_connections(&self, at_least: usize) -> anyhow::Result<usize> {
        let names = eventually("the management API knows the connections", || async {
            let path = ["vhosts", &self.name, "connections"];
            let answer = self.admin.request(reqwest::Method::GET, &path).send().await.ok()?.error_for_status().ok()?;
            let all: Vec<serde_json::Value> = answer.json().await.ok()?;
            let names: Vec<_> = all.iter().filter_map(|one| Some(one["name"].as_str()?.to_owned())).collect();
            (names.len() >= at_least).then_some(names)
        })
        .await;
        for name in &names {
            let answer = self.admin.request(reqwest::Method::DELETE, &["connections", name]).send().await?;
            ensure!(
                answer.status().is_success() || answer.status() == reqwest::StatusCode::NOT_FOUND,
                "closing a connection: {}",
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
