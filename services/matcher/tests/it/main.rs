//! The matcher alone: deliveries in, verdicts out, against a real database and a simulated portal.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod create;
mod doubts;
mod find;
mod held_back;
mod links;
mod trouble;
mod world;
