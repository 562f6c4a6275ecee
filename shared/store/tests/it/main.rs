//! Every statement of the store against a real PostgreSQL. Each test has a database of its own, so all run at once.
#![expect(clippy::unwrap_used, reason = "what is not as expected fails the test")]

// By the name that everybody else knows it by.
extern crate writeback_store as store;

mod accounts;
mod api_keys;
mod budget;
mod cache;
mod connections;
mod consents;
mod dead_letters;
mod ledger;
mod ledger_list;
mod ledger_overview;
mod links;
mod refresh;
mod schema;
mod sealed;
mod settings;
mod sign_in;
mod world;
