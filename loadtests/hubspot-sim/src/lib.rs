#![doc = include_str!("../README.md")]

mod admin;
mod audit;
mod clock;
mod config;
mod crm;
mod error;
mod fault;
mod http;
mod journal;
mod limits;
mod options;
mod pages;
mod portal;
mod random;
mod seed;
mod server;
mod sim;
mod sync;
mod wire;
mod world;

pub use audit::{Audit, Duplicate};
pub use config::{AppOptions, Config, ConfigPatch};
pub use fault::{Fault, FaultKind};
pub use journal::{Count, RecordedRequest};
pub use limits::Policy;
pub use options::{PortalOptions, UniquePolicy};
pub use portal::{ObjectRecord, Portal};
pub use sim::Sim;
pub use world::oauth_state::OauthTokens;
