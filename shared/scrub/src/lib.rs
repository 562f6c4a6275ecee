#![doc = include_str!("../README.md")]

mod clean;
mod conversation;
mod extras;
mod summary;

pub use clean::{Clean, ask_model, clean};
pub use conversation::scrub;
pub use extras::compile;
