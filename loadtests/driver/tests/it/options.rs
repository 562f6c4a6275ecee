//! What a person may get wrong on the command line, said before anything is started.

use std::process::Command;

#[track_caller]
fn refused(arguments: &[&str], says: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_loadtest")).args(arguments).output().expect("the driver starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(says), "{said}");
}

#[test]
fn a_mistake_is_named() {
    refused(&[], "Usage: loadtest");
    refused(&["chaos", "--mode", "uniqe"], "unique, marker or plain");
    refused(&["throughput", "--scale", "0"], "from 0.001 to 100");
    refused(&["quick", "--set", "LANES"], "not NAME=VALUE");
    refused(&["quick", "--processes", "17"], "1..=16");
    refused(&["quick", "--binary", "/nowhere/writeback"], "there is no /nowhere/writeback");
}
