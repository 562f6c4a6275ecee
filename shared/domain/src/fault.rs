//! What is wrong with a body that somebody sent, and where.

use serde::Serialize;

/// One fault of a body: shown to the client as an entry of `errors` (RFC 9457 problem details).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where, as a path with dots and brackets: `transcript[3].text`. Empty for the whole body.
    pub path: String,
    /// What kind of fault, stable for programs: `required`, `unknown_field`, `too_long`, ...
    pub code: &'static str,
    /// What is wrong and what to do, for a person. Never repeats the value.
    pub message: String,
}

impl Fault {
    /// A fault at `path`.
    pub fn new(path: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { path: path.into(), code, message: message.into() }
    }
}
