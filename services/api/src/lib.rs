#![doc = include_str!("../README.md")]

mod answers;
mod app;
mod code;
mod config;
mod docs;
mod extract;
mod ingest;
mod key_cache;
mod layers;
mod limiter;
mod page;
mod problem;
mod routes;
mod scrubbing;
mod serve;
mod telemetry;
mod words;

pub use app::{App, Parts};
pub use config::Config;
pub use serve::{ServeError, document, router, serve};
