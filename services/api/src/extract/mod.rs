//! Extractors: what a handler is given was authenticated, limited, read and checked before.

pub(crate) mod body;
pub(crate) mod key;
pub(crate) mod object;
pub(crate) mod params;
mod serde_fault;

pub(crate) use body::{Body, MaybeBody, Raw};
pub(crate) use key::Key;
pub(crate) use params::{Named, Params};
