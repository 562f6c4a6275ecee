//! Half a minute of chaos, so that what loses or doubles a conversation shows in every run of the tests.

use std::{path::Path, process::Command};

use serde_json::Value;

/// Kills, cuts and faults of several kinds.
const SEED: &str = "7";

#[test]
fn nothing_is_lost_doubled_or_leaked() {
    let driver = Path::new(env!("CARGO_BIN_EXE_loadtest"));
    let fleet = driver.with_file_name("writeback");
    assert!(fleet.is_file(), "{} is missing: cargo build -p writeback", fleet.display());
    let told = tempfile::NamedTempFile::new().unwrap();
    let mut chaos = Command::new(driver);
    chaos.args(["chaos", "--minutes", "0.5", "--seed", SEED, "--binary"]).arg(fleet).arg("--json").arg(told.path());
    let output = chaos.output().unwrap();
    let [said, progress] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{progress}\n{said}");
    let report: Value = serde_json::from_reader(told.reopen().unwrap()).unwrap();
    let exported = report["figures"]["outcomes"]["exported"].as_u64().unwrap_or_default();
    assert!(exported > 100, "too little happened: {progress}\n{said}");
}
