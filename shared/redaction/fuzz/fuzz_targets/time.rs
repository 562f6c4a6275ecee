//! Time grows with the text and not faster: each input is said over and over, in one turn or in many.
#![no_main]

use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use writeback_redaction_fuzz::Said;

const FEW_BYTES: usize = 4 * 1024;
/// So many times as much text...
const TIMES: usize = 16;
/// ...may take so many times as long. Work that grows with the square of the length takes 256 times as long.
const SLOWER_MAX: u32 = 64;
/// A busy machine slows some runs, but not all of so many.
const TRIES: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let Some((joint, bit)) = bytes.split_first() else { return };
    let joint = ["", " ", "\n"][usize::from(*joint) % 3];
    let bit = format!("{}{joint}", String::from_utf8_lossy(bit));
    if bit.is_empty() || bit.len() > FEW_BYTES {
        return;
    }
    let few = bit.repeat(FEW_BYTES / bit.len());
    let many = few.repeat(TIMES);
    let (mut short, mut long) = (took(&few), took(&many));
    for _ in 1..TRIES {
        if long < short * SLOWER_MAX {
            return;
        }
        (short, long) = (short.max(took(&few)), long.min(took(&many)));
    }
    assert!(long < short * SLOWER_MAX, "{} bytes took {short:?}, {TIMES} times as many {long:?}", few.len());
});

fn took(lines: &str) -> Duration {
    let said = Said::of(lines);
    let started = Instant::now();
    said.redact();
    started.elapsed()
}
