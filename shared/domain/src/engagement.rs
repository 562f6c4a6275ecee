//! Title and HTML body of a Call or a Note: what a person reads on the contact's timeline.
//!
//! HubSpot renders bodies as sanitised HTML; which tags survive is not documented, so only `<p> <br> <strong> <em>` are
//! written, and every piece of text is escaped. A body is cut at the boundary of a turn, and says so.

use std::fmt::Write as _;

use crate::{
    conversation::{Channel, Conversation, Direction, Speaker, Turn},
    id::ConversationId,
    settings::Mode,
};

/// Longest body in UTF-16 units. HubSpot's limit for a text property is 65,536 characters (properties guide); whether it counts
/// bytes, characters or HTML is not documented, so some room is left.
pub const BODY_LIMIT: usize = 60_000;

/// What is written on the timeline.
#[derive(Clone, PartialEq, Eq)]
pub struct EngagementText {
    /// One line of plain text (`hs_call_title`; notes have none).
    pub title: String,
    /// HTML.
    pub body: String,
    /// Turns at the end that did not fit.
    pub turns_left_out: usize,
}

impl std::fmt::Debug for EngagementText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EngagementText({} bytes, {} turns left out)", self.body.len(), self.turns_left_out)
    }
}

/// The reference to the conversation that every body ends with. In a portal without our property it is how an engagement is
/// recognised again.
pub fn reference(conversation: &ConversationId) -> String {
    format!("[writeback:{}]", escape(conversation.as_str()))
}

/// Title and body of a scrubbed conversation. With [`Mode::SummaryTranscript`] the transcript follows the summary, as far as
/// `limit` UTF-16 units reach ([`BODY_LIMIT`]).
pub fn compose(conversation: &Conversation, mode: Mode, limit: usize) -> EngagementText {
    let mut body = Body { html: String::with_capacity(1024), units: 0, limit };
    let end = format!("<p><em>{} Agent {}</em></p>", reference(&conversation.id), escape(conversation.agent.as_str()));
    body.reserve(&end);
    body.summary(conversation);
    if let Some(outcome) = &conversation.outcome {
        body.push(&format!("<p><strong>Outcome</strong><br>{}</p>", escape(outcome.as_str())));
    }
    let turns_left_out = if mode == Mode::SummaryTranscript { body.transcript(conversation) } else { 0 };
    body.html.push_str(&end);
    EngagementText { title: title(conversation), body: body.html, turns_left_out }
}

fn title(conversation: &Conversation) -> String {
    let direction = match conversation.direction {
        Direction::Inbound => "Inbound",
        Direction::Outbound => "Outbound",
    };
    let kind = match conversation.channel {
        Channel::Voice => "call",
        Channel::Chat => "chat",
    };
    match &conversation.customer.name {
        Some(name) => {
            let name: String = name.as_str().chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect();
            format!("{direction} {kind} with {}", name.trim())
        }
        None => format!("{direction} {kind}"),
    }
}

/// A body that grows and never passes its limit.
struct Body {
    html: String,
    units: usize,
    limit: usize,
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

impl Body {
    /// Keeps room for what is appended at the end.
    fn reserve(&mut self, end: &str) {
        self.units += units(end);
    }

    /// Appends if it fits.
    fn push(&mut self, html: &str) -> bool {
        let more = units(html);
        let fits = self.units + more <= self.limit;
        if fits {
            self.html.push_str(html);
            self.units += more;
        }
        fits
    }

    fn summary(&mut self, conversation: &Conversation) {
        let Some(summary) = &conversation.summary else {
            self.push("<p>No summary: nothing was said.</p>");
            return;
        };
        // Half of the body at most, so that a summary of entities cannot push the facts out. Cut before escaping, so that no
        // entity is split.
        let room = self.limit / 2;
        let mut used = 0;
        let kept: String = summary
            .as_str()
            .chars()
            .take_while(|c| {
                used += escaped_units(*c);
                used <= room
            })
            .collect();
        let mark = if kept.len() < summary.as_str().len() { " [...]" } else { "" };
        self.push(&format!("<p><strong>Summary</strong><br>{}{mark}</p>", escape(kept.trim())));
    }

    /// Appends as many turns as fit; how many did not.
    fn transcript(&mut self, conversation: &Conversation) -> usize {
        let turns = &conversation.transcript;
        if turns.is_empty() {
            return 0;
        }
        // Room for the longest statement of what was left out, so that it can always be made.
        let room = units(CLOSE) + units(&left_out(turns.len(), turns.len()));
        self.units += room;
        if !self.push(OPEN) {
            self.units -= room;
            return turns.len();
        }
        let customer = conversation.customer.name.as_ref().map_or("Customer", |name| name.as_str());
        let fitted = turns.iter().take_while(|turn| self.push(&line(turn, customer))).count();
        self.html.push_str(CLOSE);
        let missing = turns.len() - fitted;
        if missing > 0 {
            self.html.push_str(&left_out(missing, turns.len()));
        }
        missing
    }
}

const OPEN: &str = "<p><strong>Transcript</strong>";
const CLOSE: &str = "</p>";

fn left_out(missing: usize, all: usize) -> String {
    format!("<p><em>The last {missing} of {all} turns are left out: HubSpot's limit for one record was reached.</em></p>")
}

fn line(turn: &Turn, customer: &str) -> String {
    let mut line = String::with_capacity(turn.text.as_str().len() + 64);
    line.push_str("<br>");
    if let Some(at_ms) = turn.at_ms {
        let seconds = at_ms / 1000;
        write!(line, "[{:02}:{:02}] ", seconds / 60, seconds % 60).expect("writing to a string");
    }
    let speaker = match turn.speaker {
        Speaker::Agent => "Agent",
        Speaker::Customer => customer,
    };
    write!(line, "<strong>{}:</strong> {}", escape(speaker), escape(turn.text.as_str().trim())).expect("writing to a string");
    line
}

/// Escapes text for HTML. A line break becomes `<br>`, since HubSpot does not keep plain ones; other control characters go.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn escaped_units(c: char) -> usize {
    match c {
        '&' | '\'' => 5,
        '<' | '>' | '\n' => 4,
        '"' => 6,
        c => c.len_utf16(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;
    use crate::{
        contact::Text,
        conversation::{Customer, Status},
    };

    fn conversation(summary: Option<&str>, texts: &[String]) -> Conversation {
        Conversation {
            id: "conv_1".parse().unwrap(),
            agent: "agent_7".parse().unwrap(),
            channel: Channel::Voice,
            direction: Direction::Inbound,
            started_at: datetime!(2026-11-23 10:00 UTC),
            ended_at: datetime!(2026-11-23 10:04 UTC),
            customer: Customer { name: Some("Dana <Reyes>".into()), ..Customer::default() },
            agent_number: None,
            status: Status::Completed,
            outcome: Some("resolved".into()),
            summary: summary.map(Text::from),
            recording_url: None,
            transcript: texts
                .iter()
                .enumerate()
                .map(|(i, text)| Turn {
                    speaker: if i % 2 == 0 { Speaker::Agent } else { Speaker::Customer },
                    text: text.as_str().into(),
                    at_ms: Some(i as u64 * 61_000),
                })
                .collect(),
            metadata: BTreeMap::new(),
        }
    }

    #[test]
    fn a_call_reads_well() {
        let texts = ["Hi, how can I help?".to_owned(), "It's <broken> & old\nsince May".to_owned()];
        let text = compose(&conversation(Some("Wants a repair."), &texts), Mode::SummaryTranscript, BODY_LIMIT);
        assert_eq!(text.title, "Inbound call with Dana <Reyes>");
        assert_eq!(
            text.body,
            "<p><strong>Summary</strong><br>Wants a repair.</p><p><strong>Outcome</strong><br>resolved</p>\
             <p><strong>Transcript</strong><br>[00:00] <strong>Agent:</strong> Hi, how can I help?\
             <br>[01:01] <strong>Dana &lt;Reyes&gt;:</strong> It&#39;s &lt;broken&gt; &amp; old<br>since May</p>\
             <p><em>[writeback:conv_1] Agent agent_7</em></p>"
        );
    }

    #[test]
    fn the_transcript_is_there_only_when_asked_for() {
        let text = compose(&conversation(Some("s"), &["secret".to_owned()]), Mode::Summary, BODY_LIMIT);
        assert!(!text.body.contains("secret") && !text.body.contains("Transcript"));
    }

    #[test]
    fn a_long_transcript_is_cut_at_a_turn_and_says_so() {
        let texts: Vec<_> = (0..500).map(|i| format!("turn {i} {}", "é\"".repeat(200))).collect();
        let text = compose(&conversation(Some("s"), &texts), Mode::SummaryTranscript, BODY_LIMIT);
        assert!(units(&text.body) <= BODY_LIMIT && units(&text.body) > BODY_LIMIT - 2000);
        assert!(text.body.contains(&format!("The last {} of 500 turns are left out", text.turns_left_out)));
        assert!(text.body.contains(&format!("turn {} ", 499 - text.turns_left_out)));
        assert!(!text.body.contains(&format!("turn {} ", 500 - text.turns_left_out)));
    }

    proptest! {
        #[test]
        fn no_body_passes_its_limit_or_splits_a_tag(summary: String, texts in prop::collection::vec(".{0,300}", 0..60), limit in 400_usize..4000) {
            let text = compose(&conversation(Some(&summary), &texts), Mode::SummaryTranscript, limit);
            prop_assert!(units(&text.body) <= limit);
            prop_assert_eq!(text.body.matches("<p>").count(), text.body.matches("</p>").count());
            prop_assert_eq!(text.body.matches("<strong>").count(), text.body.matches("</strong>").count());
            prop_assert!(text.body.ends_with("</em></p>"));
            prop_assert_eq!(text.body.contains("left out"), text.turns_left_out > 0 && text.body.contains("Transcript"));
        }
    }
}
