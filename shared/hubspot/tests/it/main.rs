//! The client against the simulator, over real HTTP, with budgets and tokens in a real PostgreSQL. Each test has a database and
//! a simulator of its own, so all run at once.

#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

mod batches;
mod contacts;
mod doubts;
mod identify;
mod limits;
mod oauth;
mod probe;
mod schema;
mod tokens;
mod world;
