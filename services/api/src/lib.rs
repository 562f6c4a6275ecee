#![doc = include_str!("../README.md")]

mod answers;
mod app;
mod browser;
mod code;
mod config;
mod connect;
mod console;
pub mod dead_letters;
mod docs;
mod extract;
mod ingest;
mod key_cache;
mod layers;
mod limiter;
mod links;
pub mod oidc;
mod page;
pub mod password;
mod preview;
mod problem;
mod routes;
mod scrubbing;
mod serve;
mod telemetry;
mod words;

pub use app::{App, Parts};
pub use browser::{InvalidPublicUrl, PublicUrl};
pub use config::Config;
pub use console::{ROUTES as CONSOLE_ROUTES, Route as ConsoleRoute};
pub use serve::{ServeError, document, router, serve};
