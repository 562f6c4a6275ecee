//! Behaviour of the redactor through its public surface.

mod corpus;
mod example;
mod extras;
mod generator;
mod gone;
mod laws;
mod made;
mod sample;
mod score;
mod table;
