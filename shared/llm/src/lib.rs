#![doc = include_str!("../README.md")]

mod breaker;
mod clean;
mod client;
mod conversation;
mod error;
mod extractive;
mod prompt;
mod summariser;

pub use client::{Client, Config};
pub use conversation::{Speaker, Turn};
pub use error::{ConfigError, Error};
pub use extractive::{Limits, summarise};
pub use summariser::{Source, Summariser, Summary};
