//! A service of its own for every test.

mod answer;
mod broker;
mod database;
mod schema;
mod world;

use std::{future::Future, time::Duration};

pub(crate) use self::{
    answer::Answer,
    broker::Vhost,
    world::{Tenant, World, conversation, ended},
};

/// The value of a variable that tells where the private services are.
fn required(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: deploy/services up && eval \"$(deploy/services env)\""))
}

/// Polls until `probe` gives a value; panics with `what` when it gives none for a minute.
pub(crate) async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut probe: impl FnMut() -> F) -> T {
    let polling = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(20));
        loop {
            ticks.tick().await;
            if let Some(value) = probe().await {
                return value;
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), polling).await.unwrap_or_else(|_| panic!("waited in vain: {what}"))
}

fn http_client() -> reqwest::Client {
    // An error only says that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build().unwrap()
}
