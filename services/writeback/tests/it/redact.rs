//! `writeback redact`, as an operator types it. It needs no configuration and no service.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

fn redact(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_writeback"));
    command.arg("redact").args(args).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

const CARD: &str = r#"{"id":"c1","channel":"voice","turns":[{"speaker":"caller","text":"It is 4242 4242 4242 4242."}]}"#;
const SCRUBBED: &str = r#"{"id":"c1","turns":[{"speaker":"caller","text":"It is [card number removed]."}]}"#;

#[track_caller]
fn is_the_removal_of_the_card(line: &str) {
    let removal: Value = serde_json::from_str(line).unwrap();
    assert_eq!(removal["id"], "c1");
    assert_eq!(removal["kind"], "card");
    assert_eq!(removal["why"], "checksum");
    assert_eq!(removal["pieces"], json!([{"turn": 0, "from": 6, "to": 25}]));
    assert!(!line.contains("4242"), "{line}");
}

#[test]
fn without_explain_only_the_scrubbed_lines_are_written() {
    let output = redact(&["--threads", "1"], &format!("{CARD}\n"));
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{SCRUBBED}\n"));
    assert!(output.stderr.is_empty());
}

#[test]
fn why_a_number_went_is_said_on_standard_error_or_in_a_file() {
    let output = redact(&["--explain"], CARD);
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{SCRUBBED}\n"));
    is_the_removal_of_the_card(&String::from_utf8(output.stderr).unwrap());

    let file = tempfile::NamedTempFile::new().unwrap();
    let output = redact(&[&format!("--explain={}", file.path().display())], CARD);
    assert!(output.status.success() && output.stderr.is_empty());
    is_the_removal_of_the_card(&std::fs::read_to_string(file.path()).unwrap());
}

#[test]
fn a_line_that_cannot_be_read_fails_the_command_after_all_others_are_written() {
    let output = redact(&[], &format!("{{\"id\": 4242424242424242}}\n{CARD}\n"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{SCRUBBED}\n"));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("line 1, column ") && said.ends_with("writeback: 1 line could not be read and was left out\n"),
        "{said}"
    );
    assert!(!said.contains("4242"), "{said}");
}

#[test]
fn a_file_that_cannot_be_written_is_said_before_anything_is_read() {
    let output = redact(&["--explain=/nowhere/at/all"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write /nowhere/at/all"));
}
