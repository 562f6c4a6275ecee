//! A small corpus of our own, with other sentences and numbers than any sample: `{kind|number}` must go, `<kind|number>` stays.
//! One kind twice in a conversation with `#` and the same sign is one number over several turns.

use writeback_redaction::Redactor;

use crate::example::{Example, Gold, Negative, Said};
use crate::score::Score;

/// Conversations, a turn a line, apart by blank lines.
const CONVERSATIONS: &str = include_str!("corpus.txt");

#[test]
fn our_own_conversations_keep_what_may_stay_and_lose_the_rest() {
    let examples: Vec<Example> = CONVERSATIONS.split("\n\n").enumerate().map(|(at, lines)| parse(at, lines)).collect();
    let score = Score::of(&examples, &Redactor::new());
    assert!(examples.len() >= 30);
    assert!(score.faults.is_empty(), "{score}\n{}", score.faults.join("\n"));
}

fn parse(at: usize, lines: &str) -> Example {
    let mut example = Example { id: format!("conversation {}", at + 1), ..Example::default() };
    for (turn, line) in lines.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).enumerate() {
        let (speaker, marked) = line.split_once(": ").expect("a speaker");
        let text = parse_turn(marked, turn, &mut example);
        example.turns.push(Said { speaker: speaker.to_owned(), text });
    }
    example
}

fn parse_turn(marked: &str, turn: usize, example: &mut Example) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '<']) {
        text.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { '>' };
        let (inside, after) = rest[at + 1..].split_once(close).expect("a closing sign");
        let (kind, number) = inside.split_once('|').expect("kind|number");
        let start = text.chars().count();
        text.push_str(number);
        let end = text.chars().count();
        if close == '}' {
            let characters: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
            let piece = (turn, start, end, characters);
            match example.gold.iter_mut().find(|gold| kind.contains('#') && gold.format == kind) {
                Some(gold) => gold.pieces.push(piece),
                None => example.gold.push(Gold {
                    kind: kind.split('#').next().unwrap_or(kind).to_owned(),
                    cls: "own".to_owned(),
                    format: kind.to_owned(),
                    pieces: vec![piece],
                    ..Gold::default()
                }),
            }
        } else {
            example.neg.push(Negative { kind: kind.to_owned(), label: "hard".to_owned(), turn, start, end });
        }
        rest = after;
    }
    text + rest
}
