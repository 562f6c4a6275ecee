//! Makes conversations with gold, a line of JSON each: `cargo run --example generate -- --seed S --conversations N > FILE`.
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

#[path = "../tests/it/example.rs"]
mod example;
#[path = "../tests/it/generator/mod.rs"]
mod generator;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut seed, mut conversations) = (1, 1000);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or("a value after each option")?.parse()?;
        match argument.as_str() {
            "--seed" => seed = value,
            "--conversations" => conversations = value,
            other => return Err(format!("no option {other}").into()),
        }
    }
    for index in 0..conversations {
        println!("{}", serde_json::to_string(&generator::conversation(seed, index))?);
    }
    Ok(())
}
