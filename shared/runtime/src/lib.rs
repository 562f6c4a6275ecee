#![doc = include_str!("../README.md")]

pub mod health;
pub mod log;
pub mod metrics;
pub mod ops;
pub mod shutdown;

pub use health::Health;
pub use shutdown::{Parts, StopError};

/// Whatever made a part or a check fail.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
