//! Behaviour of the redactor through its public surface.

mod corpus;
mod laws;
mod sample;
mod score;
