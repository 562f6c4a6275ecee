//! Behaviour of the redactor through its public surface.

mod corpus;
mod extras;
mod laws;
mod sample;
mod score;
