//! The redactor alone: deliveries in, verdicts out, against a real database.

#![expect(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

mod admission;
mod extras;
mod scrubbed;
mod world;
