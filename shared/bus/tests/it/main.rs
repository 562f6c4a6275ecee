//! Behaviour against a real RabbitMQ: every test in a vhost of its own. `deploy/services up`, `eval "$(deploy/services env)"`.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

// By the name that everybody else knows it by.
extern crate writeback_bus as bus;

mod batches;
mod blocked;
mod broker;
mod dead_letters;
mod defer;
mod proxy;
mod publish;
mod recovery;
mod stop;
mod texts;
mod topology;
mod world;
