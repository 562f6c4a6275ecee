//! Behaviour over real HTTP.

mod world;

mod objects;
