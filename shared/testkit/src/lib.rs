#![doc = include_str!("../README.md")]

pub mod broker;
pub mod browser;
pub mod database;
pub mod env;
pub mod lab;
pub mod process;
mod wait;

pub use broker::Vhost;
pub use browser::Browser;
pub use database::Database;
pub use lab::{Lab, Tenant};
pub use process::Process;
pub use wait::{PATIENCE, eventually};

/// Makes ring the process's TLS provider; reqwest needs one even for plain HTTP. May be called any number of times.
pub fn install_crypto() {
    // An error only says that it is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A client for loopback: no proxies, a time-out.
pub fn http_client() -> reqwest::Client {
    install_crypto();
    reqwest::Client::builder()
        .no_proxy()
        .timeout(std::time::Duration::from_secs(30))
        .build()
        .expect("a client with ring installed")
}

/// Runs clean-up in a thread and a runtime of its own, since a test's runtime may be ending. Waits for it.
fn farewell<T: Send + 'static>(last: impl Future<Output = T> + Send + 'static) {
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        Some(runtime.block_on(last))
    });
    let _ = thread.join();
}
