#![doc = include_str!("../README.md")]

mod answers;
mod app;
mod code;
mod config;
pub mod dead_letters;
mod docs;
mod extract;
mod ingest;
mod key_cache;
mod layers;
mod limiter;
mod links;
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
