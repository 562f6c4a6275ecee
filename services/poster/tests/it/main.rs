//! The poster alone: deliveries in, verdicts out, against a real database and a simulated portal.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod gone;
mod held_back;
mod in_doubt;
mod refused;
mod timeline;
mod tokens;
mod unique;
mod world;
