#![doc = include_str!("../README.md")]

mod burial;
mod bus;
mod config;
mod delay;
mod error;
mod headers;
mod link;
pub mod names;
mod poison;
mod publisher;
mod retry;
mod runner;
mod setback;
mod stage;
mod telemetry;
mod topology;
mod traffic;

pub use burial::DeadLetterSink;
pub use bus::{Bus, Health};
pub use config::Config;
pub use delay::{DelaySteps, InvalidDelaySteps};
pub use error::{Error, PublishError};
pub use publisher::Publisher;
pub use stage::{Defer, DeferReason, Delivery, Stage, Texts, Verdict};
