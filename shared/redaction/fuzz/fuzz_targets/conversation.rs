//! Several turns of two speakers, and texts beside them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use writeback_redaction_fuzz::{Said, check};

fuzz_target!(|bytes: &[u8]| {
    check(&Said::of(&String::from_utf8_lossy(bytes)));
});
