//! How fast `writeback redact` is beside programs that only read and write the same lines:
//! `cargo bench -p writeback --bench redact [-- FILE]`. Each runs as a process of its own, on one thread; the best of some rounds
//! counts, and rounds take turns, so that a busy machine slows all of them alike.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement: it prints, and ends when something is wrong")]

use std::{
    borrow::Cow,
    fs::File,
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const ROUNDS: usize = 9;
/// Of the lines that are made when no file is named.
const CONVERSATIONS: usize = 10_000;

#[derive(Deserialize, Serialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    turns: Vec<Turn<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Turn<'a> {
    #[serde(borrow)]
    speaker: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        Some("--typed") => rewrite(|line, out| {
            serde_json::to_writer(out, &serde_json::from_slice::<Line<'_>>(line).unwrap()).unwrap();
        }),
        Some("--value") => rewrite(|line, out| {
            serde_json::to_writer(out, &serde_json::from_slice::<Value>(line).unwrap()).unwrap();
        }),
        Some(file) => compare(file),
        None => {
            let file = tempfile::NamedTempFile::new().unwrap();
            make(file.path().to_str().unwrap());
            compare(file.path().to_str().unwrap());
        }
    }
}

fn compare(file: &str) {
    let this = std::env::current_exe().unwrap();
    let programs = [
        ("writeback redact", Command::new(env!("CARGO_BIN_EXE_writeback")), &["redact", "--threads", "1"][..]),
        ("serde_json, borrowed strings", Command::new(&this), &["--typed"][..]),
        ("serde_json, Value", Command::new(&this), &["--value"][..]),
    ];
    let mut programs = programs.map(|(name, mut command, arguments)| {
        command.args(arguments).stdout(Stdio::null());
        (name, command, Duration::MAX)
    });
    for _ in 0..ROUNDS {
        for (_, command, best) in &mut programs {
            let started = Instant::now();
            assert!(command.stdin(File::open(file).unwrap()).status().unwrap().success());
            *best = started.elapsed().min(*best);
        }
    }
    let bytes = f64::from(u32::try_from(std::fs::metadata(file).unwrap().len()).unwrap());
    let [(_, _, ours), ..] = programs;
    for (name, _, best) in &programs {
        println!(
            "{name:<30} {:>8.1} MB/s   redact: {:>5.2} of it",
            bytes / best.as_secs_f64() / 1e6,
            best.div_duration_f64(ours)
        );
    }
}

fn rewrite(line: impl Fn(&[u8], &mut BufWriter<std::io::Stdout>)) {
    let (mut input, mut out) =
        (BufReader::with_capacity(1 << 18, std::io::stdin()), BufWriter::with_capacity(1 << 18, std::io::stdout()));
    let mut read = Vec::new();
    while input.read_until(b'\n', &mut read).unwrap() > 0 {
        line(&read, &mut out);
        out.write_all(b"\n").unwrap();
        read.clear();
    }
}

fn make(file: &str) {
    const SAID: &[(&str, &str)] = &[
        ("agent", "Hey, this is the support desk, what brings you in?"),
        ("caller", "So the technician came by but the router still drops every evening, and nobody called me back."),
        ("agent", "Let me pull that up for you. I can see the last visit was a while ago."),
        ("caller", "It's on the card, four two four two, uh, double four double two."),
        ("caller", "No worries. I was on hold for ages by the way, so I may need to be quick, é?"),
    ];
    let turns: Vec<_> = SAID.iter().cycle().take(40).map(|(speaker, text)| json!({"speaker": speaker, "text": text})).collect();
    let mut out = BufWriter::new(File::create(file).unwrap());
    for index in 0..CONVERSATIONS {
        writeln!(out, "{}", json!({"id": format!("c{index}"), "channel": "voice", "turns": turns})).unwrap();
    }
}
