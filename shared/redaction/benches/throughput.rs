//! How fast one core scrubs transcripts of 3 kB: `cargo bench -p writeback-redaction`.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "../tests/it/example.rs"]
mod example;
#[path = "../tests/it/generator/mod.rs"]
mod generator;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use writeback_redaction::{Conversation, Redactor, Turn};

const TRANSCRIPT_BYTES: usize = 3_000;
const TRANSCRIPTS: usize = 300;
/// A set is measured so often, each time over all of it; the best counts, since others only ever slow a run down.
const ROUNDS: usize = 15;

/// Who says what.
type Transcript = Vec<(String, String)>;

fn main() {
    // cargo adds `--bench`; anything else is a part of the names to run.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    if "making a redactor".contains(&wanted) {
        let built = best(|| drop(black_box(Redactor::new())));
        println!("{:<28} {:>9.2} ms", "making a redactor", built.as_secs_f64() * 1e3);
    }
    let redactor = Redactor::new();
    for (name, transcripts) in SETS.iter().filter(|(name, _)| name.contains(&wanted)) {
        let transcripts = transcripts();
        if transcripts.is_empty() {
            println!("{name:<28} skipped: {SAMPLE} names no file");
            continue;
        }
        let took = best(|| redact_all(&redactor, &transcripts)).as_secs_f64();
        let bytes: usize = transcripts.iter().flatten().map(|(_, text)| text.len()).sum();
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        println!("{name:<28} {:>9.1} MB/s {:>9.0} conversations/s", count(bytes) / took / 1e6, count(transcripts.len()) / took);
    }
}

/// A file of conversations to measure too, as `tests/it/example.rs` reads them.
const SAMPLE: &str = "WRITEBACK_REDACTION_SAMPLE";

fn sample() -> Vec<Transcript> {
    let Some(file) = std::env::var_os(SAMPLE) else { return Vec::new() };
    let lines = std::fs::read_to_string(file).expect("a file that can be read");
    let of = |line: &str| -> Transcript {
        let example: example::Example = serde_json::from_str(line).expect("a conversation");
        example.turns.into_iter().map(|turn| (turn.speaker, turn.text)).collect()
    };
    lines.lines().map(of).collect()
}

/// Each set by its name, made when it is wanted.
type Set = (&'static str, fn() -> Vec<Transcript>);

const SETS: &[Set] = &[
    ("made conversations", made),
    ("chatter", || repeated(CHATTER)),
    ("numbers in each turn", || repeated(NUMBERS)),
    ("number words throughout", || repeated(&["four one one one one double four oh seven twenty three"])),
    ("hostile: digits", || repeated(&["1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0"])),
    ("hostile: starts of cards", || repeated(&["card 4111 cvv 12 card 4111 1111 1111 111"])),
    ("hostile: one long turn", || vec![vec![said(&"4111111111111112 ".repeat(TRANSCRIPT_BYTES / 17))]; TRANSCRIPTS]),
    // As fast as the same in many turns, or some look at it takes the longer the more there is.
    ("hostile: names, one long turn", || vec![vec![said(&NAMES.repeat(LONG / NAMES.len()))]; 10]),
    ("sample", sample),
];

fn repeated(texts: &[&str]) -> Vec<Transcript> {
    vec![transcript(texts.iter().cycle().map(|text| said(text))); TRANSCRIPTS]
}

/// Conversations of the test corpus, cut or joined to the usual length.
fn made() -> Vec<Transcript> {
    let mut turns = (0..).flat_map(|index| generator::conversation(1, index).turns).map(|turn| (turn.speaker, turn.text));
    (0..TRANSCRIPTS).map(|_| transcript(&mut turns)).collect()
}

fn said(text: &str) -> (String, String) {
    ("caller".to_owned(), text.to_owned())
}

fn transcript(turns: impl Iterator<Item = (String, String)>) -> Transcript {
    let mut bytes = 0;
    let fits = |(_, text): &(String, String)| {
        let goes_on = bytes < TRANSCRIPT_BYTES;
        bytes += text.len();
        goes_on
    };
    turns.take_while(fits).collect()
}

fn redact_all(redactor: &Redactor, transcripts: &[Transcript]) {
    for transcript in transcripts {
        let turns: Vec<_> = transcript.iter().map(|(speaker, text)| Turn { speaker, text }).collect();
        black_box(redactor.redact_conversation(Conversation { turns: &turns, texts: &[] }));
    }
}

fn best(mut run: impl FnMut()) -> Duration {
    let time = |()| {
        let started = Instant::now();
        run();
        started.elapsed()
    };
    std::iter::repeat_n((), ROUNDS).map(time).min().unwrap_or_default()
}

/// A turn that no one says.
const LONG: usize = 100_000;
const NAMES: &str = "card 4111 cvv 123 exp 12/27 order 4412 +1 my passport gb 29 nwbk SSN 219-09-9999 and charged 1,000 no wait, quatre vingt dix ";

const CHATTER: &[&str] = &[
    "Hey, this is the support desk, what brings you in?",
    "So the technician came by but the router still drops every evening, and nobody called me back.",
    "Let me pull that up for you. I can see the last visit was a while ago.",
    "No worries. I was on hold for ages by the way, so I may need to be quick.",
    "That would be lovely, thank you. I think it was a Tuesday, or maybe Wednesday.",
];

const NUMBERS: &[&str] = &[
    "please replace the old card with 6473818669985400 thanks",
    "Tracking number 4710543069141039, it says out for delivery.",
    "it's four one one one, double one double one, one one one one, eleven eleven",
    "IBAN DE89 3704 0044 0532 0130 00, and call me on +49 30 901820",
    "that was €22.144,07 on 05-12-1976, order 100-2938471, ending 5400",
];
