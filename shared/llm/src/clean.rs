//! Plain text out of whatever a model, or a recogniser, wrote.

use crate::conversation::first_chars;
use unicode_segmentation::UnicodeSegmentation as _;

/// One line: control and invisible characters gone, every run of white space one space.
pub(crate) fn one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| c.is_whitespace() || !is_invisible(c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Controls, and what reorders or hides text: zero-width characters, directional marks, tags, the byte order mark.
/// The joiners U+200C and U+200D stay: Persian, Hindi and emoji are spelt with them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// At most `max` characters, cut between words where there is a space to cut at, with `…` for what is missing.
pub(crate) fn cut_at_word(text: &str, max: usize) -> String {
    let beginning = first_chars(text, max);
    if beginning.len() == text.len() {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else { return String::new() };
    let cut = first_chars(text, room);
    let whole = match cut.rfind(char::is_whitespace) {
        Some(space) if !text[cut.len()..].starts_with(char::is_whitespace) => &cut[..space],
        _ => cut,
    };
    format!("{}…", whole.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// At most `max` characters in whole sentences; cut between words only if the first sentence alone is longer.
fn cut_at_sentence(text: &str, max: usize) -> String {
    let fits = first_chars(text, max);
    if fits.len() == text.len() {
        return text.to_owned();
    }
    let whole = text.split_sentence_bounds().scan(0, |end, sentence| {
        *end += sentence.trim_end().len();
        let visible = *end;
        *end += sentence.len() - sentence.trim_end().len();
        Some(visible)
    });
    match whole.take_while(|&end| end <= fits.len()).last() {
        Some(end) => text[..end].to_owned(),
        None => cut_at_word(text, max),
    }
}

/// A model's answer as plain text of at most `max` characters, or nothing if it said nothing. `given` is what the model
/// had before it: a link that does not stand there is invented, or slipped in by somebody in the conversation.
pub(crate) fn plain(answer: &str, max: usize, given: impl Fn(&str) -> bool) -> Option<String> {
    let answer = match answer.rsplit_once("</think>") {
        Some((_, said)) => said,
        None if answer.trim_start().starts_with("<think>") => return None, // it was cut off while thinking
        None => answer,
    };
    let lines: Vec<String> = answer.lines().filter(|line| !line.trim_start().starts_with("```")).map(without_marks).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    // "Here is the summary:" is about the summary.
    let lines = match lines.as_slice() {
        [announcement, rest @ ..] if announcement.ends_with(':') && !rest.is_empty() => rest,
        all => all,
    };
    let text = lines.join(" ");
    let words =
        text.split_whitespace().filter(|word| !is_link(word) || given(word.trim_end_matches(['.', ',', ')', ';', '!', '?'])));
    let text = one_line(&words.collect::<Vec<_>>().join(" "));
    let text = text.trim_matches('"').trim();
    text.chars().any(char::is_alphanumeric).then(|| cut_at_sentence(text, max)).filter(|text| !text.is_empty())
}

fn is_link(word: &str) -> bool {
    word.contains("://") || word.to_ascii_lowercase().contains("www.")
}

/// A line without Markdown: headings, quotes, list marks, emphasis, code; of a link the words that are shown.
fn without_marks(line: &str) -> String {
    let mut rest = line.trim().trim_start_matches(['#', '>']).trim_start();
    for mark in ["- ", "* ", "+ ", "• "] {
        rest = rest.strip_prefix(mark).unwrap_or(rest).trim_start();
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if let (1..=2, Some(item)) = (digits, rest[digits..].strip_prefix(". ").or(rest[digits..].strip_prefix(") "))) {
        rest = item.trim_start();
    }
    if rest.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | '|' | ' ')) {
        return String::new(); // a rule
    }
    let mut text = String::with_capacity(rest.len());
    while let Some((before, behind)) = rest.split_once('[') {
        let Some((shown, (_, after))) =
            behind.split_once("](").and_then(|(shown, target)| Some((shown, target.split_once(')')?)))
        else {
            break;
        };
        text.push_str(before.strip_suffix('!').unwrap_or(before));
        text.push_str(shown);
        rest = after;
    }
    text.push_str(rest);
    for mark in ["**", "__", "`"] {
        text = text.replace(mark, "");
    }
    without_stars(&text).trim().to_owned()
}

/// A star is emphasis unless it stands between two spaces or in a word: `5 * 3` and `5*3` stay.
fn without_stars(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied().unwrap_or('.');
    let stays = |at: usize| {
        let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
        (before == ' ' && after == ' ') || (before.is_alphanumeric() && after.is_alphanumeric())
    };
    (0..letters.len()).filter(|&at| letters[at] != '*' || stays(at)).map(|at| letters[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(answer: &str, expected: &str) {
        assert_eq!(plain(answer, 200, |link| link == "https://shop.example/returns").as_deref().unwrap_or(""), expected);
    }

    #[test]
    fn markdown_becomes_plain_text() {
        check(
            "## Summary\n\n**Anna** asked for a *refund*.\n- It was `sent`.\n1. Done.\n---",
            "Summary Anna asked for a refund. It was sent. Done.",
        );
        check("```text\nA refund was sent.\n```", "A refund was sent.");
        check("See [our terms](https://evil.example/x) today.", "See our terms today.");
        check("An [open bracket stays.", "An [open bracket stays.");
        check("*Both* of 5 * 3 and 5*3 boxes, **all**.", "Both of 5 * 3 and 5*3 boxes, all.");
    }

    #[test]
    fn an_announcement_is_not_part_of_the_summary() {
        check("Here is the summary:\n\nThe customer moved.", "The customer moved.");
        check("\"The customer moved.\"", "The customer moved.");
    }

    #[test]
    fn thoughts_are_not_the_answer() {
        check("<think>What do they want?</think>\nA new router.", "A new router.");
        check("<think>What do they wa", "");
    }

    #[test]
    fn a_link_that_nobody_gave_is_left_out() {
        check("Pay at https://evil.example now.", "Pay at now.");
        check("Returns go through https://shop.example/returns.", "Returns go through https://shop.example/returns.");
    }

    #[test]
    fn what_cannot_be_seen_is_removed() {
        check("A\u{202E}refund\u{0007} was\u{200B} sent\u{E0041}.", "Arefund was sent.");
    }

    #[test]
    fn nothing_said_is_nothing() {
        for answer in ["", " \n", "---", "…", "\"\"", "```\n```"] {
            assert_eq!(plain(answer, 200, |_| false), None, "{answer}");
        }
    }

    #[test]
    fn a_long_answer_ends_with_a_sentence() {
        let cut = |max| plain("One two three. Four five six. Seven.", max, |_| false);
        assert_eq!(cut(30).as_deref(), Some("One two three. Four five six."));
        assert_eq!(cut(14).as_deref(), Some("One two three."));
        assert_eq!(cut(10).as_deref(), Some("One two…"));
    }

    proptest! {
        #[test]
        fn no_answer_panics_or_is_too_long(answer in "(?s).{0,300}", max in 0_usize..100) {
            if let Some(text) = plain(&answer, max, |_| true) {
                prop_assert!(text.chars().count() <= max);
                prop_assert!(!text.chars().any(char::is_control));
            }
        }

        #[test]
        fn no_cut_panics_or_is_too_long(text in "\\PC{0,80}", max in 0_usize..60) {
            prop_assert!(cut_at_word(&text, max).chars().count() <= max);
        }
    }
}
