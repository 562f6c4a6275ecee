//! The sample's score, held to floors. The sample is no part of the repository; without it the test says so and passes.

use std::env;
use std::path::PathBuf;

use writeback_redaction::Redactor;

use crate::example::Example;
use crate::score::Score;

#[test]
fn the_sample_is_redacted_and_its_other_numbers_stay() {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/redaction-sample.jsonl");
    let path = env::var_os("WRITEBACK_REDACTION_SAMPLE").map_or_else(beside, PathBuf::from);
    let Ok(lines) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no sample; set WRITEBACK_REDACTION_SAMPLE");
        return;
    };
    let examples: Vec<Example> = lines.lines().map(|line| serde_json::from_str(line).expect("an example")).collect();
    let score = Score::of(&examples, &Redactor::new());
    eprint!("{score}");

    assert!(score.recall.rate() >= 0.99, "{}", score.faults.join("\n"));
    assert!(score.kept.rate() >= 0.995, "{}", score.faults.join("\n"));
    assert!(score.precision.rate() >= 0.99, "{}", score.faults.join("\n"));
    for (kind, share) in &score.by_kind {
        assert!(share.rate() >= 0.9, "{kind}: {}", score.faults.join("\n"));
    }
}
