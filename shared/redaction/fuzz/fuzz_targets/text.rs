//! Any bytes as one text: characters of any length, wherever they stand.
#![no_main]

use libfuzzer_sys::fuzz_target;
use writeback_redaction_fuzz::{REDACTOR, Said, check};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    check(&Said { turns: Vec::new(), texts: vec![&text] });
    let (once, _) = REDACTOR.redact_text(&text);
    let (twice, counts) = REDACTOR.redact_text(&once);
    assert_eq!((counts.total(), twice), (0, once.clone()));
});
