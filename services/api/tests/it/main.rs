//! Behaviour of the service over HTTP, against real PostgreSQL and RabbitMQ. Each test has its own database and vhost.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

// By the name that the workspace uses it by.
extern crate writeback_api as api;

mod batch;
mod connect;
mod connection;
mod console;
mod conversations;
mod dead_letters;
mod document;
mod events;
mod http;
mod keys;
mod oidc;
mod preview;
mod redaction;
mod scopes;
mod settings;
mod sign_in;
mod support;
mod tenants;
