//! Made conversations, held to floors: `tests/it/generator`.

use writeback_redaction::Redactor;

use crate::generator;
use crate::score::Score;

const SEED: u64 = 20_260_412;
const CONVERSATIONS: u64 = 600;

/// Percent of each class that must go.
const FLOORS: &[(&str, f64)] = &[];

#[test]
fn made_conversations_lose_their_numbers_and_keep_the_rest() {
    let examples: Vec<_> = (0..CONVERSATIONS).map(|index| generator::conversation(SEED, index)).collect();
    let score = Score::of(&examples, &Redactor::new());
    eprintln!("{score}");
    for (class, floor) in FLOORS {
        let percent = score.by_class.get(*class).expect("a class that is made").rate() * 100.0;
        assert!(percent >= *floor, "{class} is at {percent}, its floor at {floor}:\n{}", score.faults.join("\n"));
    }
    assert!(score.recall.rate() >= 0.78, "{}", score.faults.join("\n"));
    assert!(score.kept.rate() >= 0.99, "{}", score.faults.join("\n"));
    assert!(score.precision.rate() >= 0.985, "{}", score.faults.join("\n"));
    for (kind, share) in &score.kept_by_kind {
        assert!(share.rate() >= 0.9, "{kind} kept: {}", score.faults.join("\n"));
    }
}

#[test]
fn the_same_seed_makes_the_same_conversation_and_another_another() {
    let text = |seed| serde_json::to_string(&generator::conversation(seed, 7)).expect("it is plain data");
    assert_eq!(text(1), text(1));
    assert_ne!(text(1), text(2));
}
