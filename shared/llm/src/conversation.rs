//! What is summarised: who said what, in order.

use std::fmt;

/// Who spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// The voice or chat agent.
    Agent,
    /// The person on the other side.
    Customer,
}

/// One turn of a conversation. The text is expected to be scrubbed already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Turn<'a> {
    /// Who spoke.
    pub speaker: Speaker,
    /// What was said.
    pub text: &'a str,
}

impl fmt::Debug for Turn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn").field("speaker", &self.speaker).finish_non_exhaustive()
    }
}

/// A conversation cut to a number of characters: the need is said at the start and the outcome at the end, so the
/// middle goes.
pub(crate) struct Excerpt<'a> {
    pub(crate) head: Vec<Turn<'a>>,
    /// Turns left out between the two, whole or in part.
    pub(crate) omitted: usize,
    pub(crate) tail: Vec<Turn<'a>>,
}

impl<'a> Excerpt<'a> {
    pub(crate) fn of(turns: &[Turn<'a>], max_chars: usize) -> Self {
        let mut budget = max_chars / 2;
        let mut head = Vec::new();
        let mut rest = turns;
        while let Some((turn, later)) = rest.split_first() {
            let Some(left) = budget.checked_sub(chars_up_to(turn.text, budget)) else { break };
            budget = left;
            head.push(*turn);
            rest = later;
        }
        // What the head did not use is the tail's.
        budget += max_chars - max_chars / 2;
        let mut tail = Vec::new();
        while let Some((turn, earlier)) = rest.split_last() {
            let Some(left) = budget.checked_sub(chars_up_to(turn.text, budget)) else { break };
            budget = left;
            tail.push(*turn);
            rest = earlier;
        }
        tail.reverse();
        let omitted = rest.len();
        // One turn that is longer than everything allowed: better its beginning than nothing.
        if let (true, true, Some(turn)) = (head.is_empty(), tail.is_empty(), rest.first()) {
            head.push(Turn { speaker: turn.speaker, text: first_chars(turn.text, max_chars) });
        }
        Self { head, omitted, tail }
    }

    pub(crate) fn turns(&self) -> impl Iterator<Item = Turn<'a>> {
        self.head.iter().chain(&self.tail).copied()
    }
}

/// The number of characters; one more than `limit` stands for any longer text, which is not read to its end.
fn chars_up_to(text: &str, limit: usize) -> usize {
    text.chars().take(limit.saturating_add(1)).count()
}

/// The longest beginning of at most `max` characters.
pub(crate) fn first_chars(text: &str, max: usize) -> &str {
    text.char_indices().nth(max).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(text: &str) -> Turn<'_> {
        Turn { speaker: Speaker::Customer, text }
    }

    #[track_caller]
    fn check(texts: &[&str], max_chars: usize, head: &[&str], omitted: usize, tail: &[&str]) {
        let turns: Vec<_> = texts.iter().copied().map(turn).collect();
        let excerpt = Excerpt::of(&turns, max_chars);
        let said = |turns: &[Turn<'_>]| turns.iter().map(|turn| turn.text.to_owned()).collect::<Vec<_>>();
        assert_eq!((said(&excerpt.head), said(&excerpt.tail)), (said_of(head), said_of(tail)));
        assert_eq!(excerpt.omitted, omitted);
    }

    fn said_of(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_conversation_that_fits_is_whole() {
        check(&["aa", "bb", "cc"], 20, &["aa", "bb", "cc"], 0, &[]);
    }

    #[test]
    fn the_middle_of_a_long_one_goes() {
        check(&["aaaa", "bbbb", "cccc", "dddd", "eeee"], 10, &["aaaa"], 3, &["eeee"]);
    }

    #[test]
    fn a_turn_that_alone_is_too_long_is_cut() {
        check(&["ααααα"], 3, &["ααα"], 1, &[]);
    }

    #[test]
    fn debug_hides_what_was_said() {
        assert_eq!(format!("{:?}", turn("secret")), "Turn { speaker: Customer, .. }");
    }
}
