//! Prints how well a file of gold conversations is redacted: `cargo run --example score -- FILE [--faults]`; with the
//! faults, or else how fast it is.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "../tests/it/example.rs"]
mod example;
#[path = "../tests/it/gone.rs"]
mod gone;
#[path = "../tests/it/score.rs"]
mod score;
#[path = "../tests/it/table.rs"]
mod table;

use std::error::Error;
use std::time::Instant;

use writeback_redaction::Redactor;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let lines = std::fs::read_to_string(file)?;
    let examples: Vec<example::Example> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;

    let redactor = Redactor::new();
    let score = score::Score::of(&examples, &redactor);
    print!("{score}");
    if arguments.any(|argument| argument == "--faults") {
        score.faults.iter().for_each(|fault| println!("{fault}"));
        return Ok(());
    }

    let mut bytes = 0;
    let start = Instant::now();
    while start.elapsed().as_secs() < 2 {
        for example in &examples {
            let turns: Vec<_> =
                example.turns.iter().map(|said| writeback_redaction::Turn { speaker: &said.speaker, text: &said.text }).collect();
            bytes += turns.iter().map(|turn| turn.text.len()).sum::<usize>();
            std::hint::black_box(redactor.redact_conversation(writeback_redaction::Conversation { turns: &turns, texts: &[] }));
        }
    }
    let bytes = f64::from(u32::try_from(bytes / 1000)?) / 1000.0;
    println!("{:.1} MB/s on one core", bytes / start.elapsed().as_secs_f64());
    Ok(())
}
