//! The operator's commands.

pub(crate) mod account;
pub(crate) mod connection;
pub(crate) mod dead_letters;
pub(crate) mod key;
pub(crate) mod keys;
pub(crate) mod migrate;
pub(crate) mod redact;
pub(crate) mod user;

use std::io::Write as _;

use anyhow::Context as _;

/// Prints a line. An error where `println!` would panic, such as a closed pipe.
fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("cannot write to standard output")
}
