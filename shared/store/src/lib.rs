#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod agents;
pub mod api_keys;
pub mod budget;
pub mod cache;
pub mod changes;
pub mod connections;
pub mod consents;
mod db;
pub mod dead_letters;
mod error;
pub mod fresh;
pub mod gate;
pub mod ledger;
pub mod links;
mod migrate;
pub mod own_numbers;
mod row;
pub mod sealed;
pub mod secret;
pub mod sessions;
mod setback;
pub mod settings;
pub mod sign_ins;
mod together;
pub mod users;

pub use db::{Config, Db};
pub use error::Error;
