//! The whole fleet: real processes, real PostgreSQL and RabbitMQ, and the simulator over HTTP.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod batching;
mod browser;
mod commands;
mod fleet;
mod kill;
mod main_job;
mod preview;
mod redact;
mod secrets;
