//! The whole fleet: real processes, real PostgreSQL and RabbitMQ, and the simulator over HTTP.

mod batching;
mod commands;
mod fleet;
mod kill;
mod main_job;
mod secrets;
