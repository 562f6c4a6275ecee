//! Every text of a conversation goes through the redactor.

use domain::{
    Text,
    conversation::{Conversation, Customer, RecordingUrl, Speaker, Turn},
};
use redaction::{Counts, Redactor};

/// The conversation with every text scrubbed, and how much was removed by kind.
///
/// Everything is taken apart without `..`: a field that is added to a conversation does not compile here until somebody has
/// decided whether it is text.
pub fn scrub(redactor: &Redactor, conversation: Conversation) -> (Conversation, Counts) {
    let Conversation {
        id,
        agent,
        channel,
        direction,
        started_at,
        ended_at,
        customer: Customer { phone, email, name, contact_id },
        agent_number,
        status,
        outcome,
        summary,
        recording_url,
        transcript,
        metadata,
    } = conversation;
    let turns: Vec<_> = transcript
        .iter()
        .map(|Turn { speaker, text, at_ms: _ }| redaction::Turn { speaker: speaker.as_str(), text: text.as_str() })
        .collect();
    let (names, values): (Vec<_>, Vec<_>) = metadata.iter().map(|(name, value)| (name.as_str(), value.as_str())).unzip();
    let url = recording_url.as_ref().map(RecordingUrl::as_str);
    let single = [name.as_ref(), outcome.as_ref(), summary.as_ref()].map(|text| text.map_or("", Text::as_str));
    let texts: Vec<_> = single.into_iter().chain([url.unwrap_or("")]).chain(names).chain(values).collect();

    let redacted = redactor.redact_conversation(redaction::Conversation { turns: &turns, texts: &texts });

    assert_eq!(redacted.turns.len(), transcript.len(), "the redactor gives back every turn");
    assert_eq!(redacted.texts.len(), texts.len(), "the redactor gives back every text");
    let spoken: Vec<Text> = redacted.turns.into_iter().map(|text| Text::from(text.into_owned())).collect();
    let mut scrubbed = redacted.texts.into_iter().map(std::borrow::Cow::into_owned);
    let mut next = || scrubbed.next().unwrap_or_default();
    let [name, outcome, summary] = [(); 3].map(|()| Some(next()).filter(|text| !text.is_empty()).map(Text::from));
    let url = next();
    let names: Vec<String> = metadata.keys().map(|_| next()).collect();
    let metadata = names.into_iter().map(|name| (name, Text::from(next()))).collect();
    let recording_url = recording_url.as_ref().and_then(|original| keep_url(redactor, original, &url));
    let speakers: Vec<(Speaker, Option<u64>)> = transcript.iter().map(|turn| (turn.speaker, turn.at_ms)).collect();
    let transcript = spoken.into_iter().zip(speakers).map(|(text, (speaker, at_ms))| Turn { speaker, text, at_ms }).collect();
    let customer = Customer { phone, email, name, contact_id };
    let conversation = Conversation {
        id,
        agent,
        channel,
        direction,
        started_at,
        ended_at,
        customer,
        agent_number,
        status,
        outcome,
        summary,
        recording_url,
        transcript,
        metadata,
    };
    (conversation, redacted.counts)
}

/// A link in which something was removed would not work, and its placeholder is no URL. What is kept is the link without its
/// query, where that is clean; else there is no link.
fn keep_url(redactor: &Redactor, original: &RecordingUrl, scrubbed: &str) -> Option<RecordingUrl> {
    if scrubbed == original.as_str() {
        return Some(original.clone());
    }
    let bare = original.as_str().split(['?', '#']).next().unwrap_or_default();
    let (clean, _) = redactor.redact_text(bare);
    (clean == bare).then(|| RecordingUrl::try_from(bare.to_owned()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use domain::Region;
    use serde_json::json;

    use super::*;

    const CARD: &str = "4242 4242 4242 4242";

    fn scrubbed(change: impl FnOnce(&mut serde_json::Value)) -> Conversation {
        let mut body = json!({
            "conversationId": "c", "agentId": "a", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "transcript": [{"speaker": "agent", "text": "Hello", "atMs": 5}, {"speaker": "customer", "text": "Good morning"}]
        });
        change(&mut body);
        scrub(&Redactor::new(), Conversation::read(&body, Region::US).unwrap()).0
    }

    #[test]
    fn no_field_keeps_a_card_number() {
        let conversation = scrubbed(|body| {
            body["customer"] = json!({"name": CARD});
            body["outcome"] = json!(CARD);
            body["summary"] = json!(format!("Paid with {CARD}."));
            body["transcript"][1]["text"] = json!(format!("it is {CARD}"));
            body["metadata"] = json!({"note": CARD, "number": 4_242_424_242_424_242_u64, "4242424242424242": "x"});
            body["recordingUrl"] = json!("https://example.com/a.mp3?card=4242424242424242");
        });
        let json = serde_json::to_string(&conversation).unwrap();
        assert!(!json.replace([' ', '-'], "").contains("42424242"), "{json}");
        assert_eq!(conversation.recording_url.unwrap().as_str(), "https://example.com/a.mp3");
        assert_eq!(conversation.metadata.len(), 3);
    }

    #[test]
    fn what_is_clean_stays_as_it_was() {
        let conversation = scrubbed(|body| {
            body["summary"] = json!("Wants a repair on Monday.");
            body["metadata"] = json!({"queue": "billing"});
            body["recordingUrl"] = json!("https://example.com/a.mp3?id=7");
        });
        assert_eq!(conversation.summary.unwrap().as_str(), "Wants a repair on Monday.");
        assert_eq!(conversation.recording_url.unwrap().as_str(), "https://example.com/a.mp3?id=7");
        let turns: Vec<_> = conversation.transcript.iter().map(|t| (t.speaker, t.text.as_str(), t.at_ms)).collect();
        assert_eq!(turns, [(Speaker::Agent, "Hello", Some(5)), (Speaker::Customer, "Good morning", None)]);
        assert_eq!(conversation.metadata["queue"].as_str(), "billing");
    }

    #[test]
    fn a_link_whose_path_is_dirty_is_dropped() {
        assert_eq!(
            scrubbed(|body| body["recordingUrl"] = json!("https://example.com/4242424242424242/a.mp3")).recording_url,
            None
        );
    }
}
