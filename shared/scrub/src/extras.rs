//! What an account adds to the redactor.

use domain::settings::{ExtraPattern, RedactionExtras};
use redaction::{
    Extras,
    extras::{Fault, Pattern},
};

/// Compiles what is stored for a connection, or names every fault by its place.
pub fn compile(RedactionExtras { patterns, keep_words }: &RedactionExtras) -> Result<Extras, Vec<Fault>> {
    let patterns: Vec<_> = patterns.iter().map(|ExtraPattern { label, pattern }| Pattern { label, pattern }).collect();
    let keep_words: Vec<_> = keep_words.iter().map(String::as_str).collect();
    Extras::compile(&patterns, &keep_words)
}
