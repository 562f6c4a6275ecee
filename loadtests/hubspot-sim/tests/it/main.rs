//! Behaviour over real HTTP.

mod world;

mod admin;
mod associations;
mod batches;
mod consent;
mod faults;
mod limits;
mod objects;
mod pages;
mod schema;
mod search;
mod tokens;
mod writes;
