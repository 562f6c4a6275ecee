//! Made conversations, held to floors: `tests/it/generator`.
//!
//! The floors are what was reached, less what one fault more or less makes of a small class: they are raised when the crate
//! gets better and never lowered. With `--no-capture` the tables are printed.

use writeback_redaction::Redactor;

use crate::generator;
use crate::score::{Score, Share};

const SEED: u64 = 20_260_412;
const CONVERSATIONS: u64 = 1200;

/// Percent of each class that must go.
const FLOORS: &[(&str, f64)] = &[
    ("card.asr", 98.9),
    ("card.misheard", 96.3),
    ("card.mixed", 96.7),
    ("card.split", 98.9),
    ("card.spoken", 98.8),
    ("card.written", 99.4),
    ("cvv", 99.7),
    ("expiry", 99.6),
    ("iban.asr", 97.0),
    ("iban.mixed", 92.0),
    ("iban.split", 96.1),
    ("iban.spoken", 96.2),
    ("iban.written", 98.7),
    ("id.asr", 99.0),
    ("id.mixed", 97.5),
    ("id.split", 98.2),
    ("id.spoken", 99.0),
    ("id.written", 99.0),
];

#[test]
fn made_conversations_lose_their_numbers_and_keep_the_rest() {
    let examples: Vec<_> = (0..CONVERSATIONS).map(|index| generator::conversation(SEED, index)).collect();
    let score = Score::of(&examples, &Redactor::new());
    eprintln!("{score}");

    for (class, floor) in FLOORS {
        holds(&score, class, score.by_class[*class], *floor, &format!(" {class} "));
    }
    holds(&score, "recall", score.recall, 99.4, "leaked");
    holds(&score, "conversations without a leak", score.tight, 97.9, "leaked");
    holds(&score, "hard negatives kept", score.kept, 99.7, "altered");
    holds(&score, "precision", score.precision, 99.7, "needless");
    for (kind, share) in &score.kept_by_kind {
        holds(&score, kind, *share, 98.0, &format!(" {kind}:"));
    }
}

#[track_caller]
fn holds(score: &Score, name: &str, share: Share, floor: f64, fault: &str) {
    let percent = share.rate() * 100.0;
    let faults: Vec<_> = score.faults.iter().filter(|line| line.contains(fault)).take(12).map(String::as_str).collect();
    assert!(percent >= floor, "{name} is at {percent:.2}%, its floor is {floor}%; among others:\n{}", faults.join("\n"));
}

#[test]
fn the_same_seed_makes_the_same_conversation_and_another_another() {
    let text = |seed| serde_json::to_string(&generator::conversation(seed, 7)).expect("it is plain data");
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
}

#[test]
fn a_number_is_the_characters_of_its_pieces_in_order() {
    for index in 0..200 {
        let example = generator::conversation(SEED, index);
        for gold in example.gold.iter().filter(|gold| gold.kind != "expiry") {
            let characters: String = gold.pieces.iter().map(|piece| piece.3.as_str()).collect();
            assert_eq!(characters, gold.value, "{} in {}", gold.kind, example.id);
        }
        for (turn, start, end, characters) in example.gold.iter().flat_map(|gold| &gold.pieces) {
            let text: String = example.turns[*turn].text.chars().skip(*start).take(end - start).collect();
            let signs: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            // Digits stand as they are; words stand for theirs.
            assert!(!text.trim().is_empty() && !characters.is_empty(), "{text:?} in {}", example.id);
            if signs.bytes().all(|c| c.is_ascii_digit()) && !signs.is_empty() {
                assert_eq!(&signs, characters, "{text:?} in {}", example.id);
            }
        }
    }
}
