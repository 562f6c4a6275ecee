//! Every text of a conversation goes through the redactor.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::{
    Email, Text,
    conversation::{Conversation, Customer, RecordingUrl, Speaker, Turn},
};
use percent_encoding::percent_decode_str;
use redaction::{Counts, Extras, Kind, Redactor};

/// A time in a conversation beyond three years is none, and could be a number that goes.
const AT_MS_MAX: u64 = 100_000_000_000;
/// How often a URL may have been encoded over again.
const ENCODINGS_MAX: usize = 3;

/// The conversation with every text scrubbed, and how much was removed by kind.
///
/// What finds the contact stays as it is: the phone is one by its own rules, the ids are the platform's and HubSpot's. An e-mail
/// address with a payment card's number or a bank account's in it is dropped.
///
/// Everything is taken apart without `..`: a field that is added to a conversation does not compile here until somebody has
/// decided whether it is text.
pub fn scrub(redactor: &Redactor, extras: &Extras, conversation: Conversation) -> (Conversation, Counts) {
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
    let url = recording_url.as_ref().map_or_else(String::new, |url| decoded(url.as_str()));
    let single = [name.as_ref(), outcome.as_ref(), summary.as_ref()].map(|text| text.map_or("", Text::as_str));
    let texts: Vec<_> = single.into_iter().chain([url.as_str()]).chain(names).chain(values).collect();

    let redacted = redactor.redact_conversation_with(extras, redaction::Conversation { turns: &turns, texts: &texts });

    assert_eq!(redacted.turns.len(), transcript.len(), "the redactor gives back every turn");
    assert_eq!(redacted.texts.len(), texts.len(), "the redactor gives back every text");
    let mut counts = redacted.counts;
    let spoken: Vec<Text> = redacted.turns.into_iter().map(|text| Text::from(text.into_owned())).collect();
    let mut scrubbed = redacted.texts.into_iter().map(Cow::into_owned);
    let mut next = || scrubbed.next().unwrap_or_default();
    let [name, outcome, summary] = [(); 3].map(|()| Some(next()).filter(|text| !text.is_empty()).map(Text::from));
    let scrubbed_url = next();
    let recording_url = recording_url.and_then(|original| keep_url(original, &url, &scrubbed_url));
    let names: Vec<String> = metadata.keys().map(|_| next()).collect();
    let values: Vec<String> = metadata.keys().map(|_| next()).collect();
    let metadata = scrub_metadata(redactor, extras, names, &values, &mut counts);
    let email = email.and_then(|email| keep_email(redactor, extras, email, &mut counts));
    let speakers: Vec<(Speaker, Option<u64>)> = transcript.iter().map(|turn| (turn.speaker, turn.at_ms)).collect();
    let turn = |(text, (speaker, at_ms)): (Text, (Speaker, Option<u64>))| Turn {
        speaker,
        text,
        at_ms: at_ms.filter(|at| *at < AT_MS_MAX),
    };
    let transcript = spoken.into_iter().zip(speakers).map(turn).collect();
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
    (conversation, counts)
}

/// A value's name says what it is, as in `"cvv": "123"`: what stays by itself is looked at once more behind its name.
fn scrub_metadata(
    redactor: &Redactor,
    extras: &Extras,
    names: Vec<String>,
    values: &[String],
    counts: &mut Counts,
) -> BTreeMap<String, Text> {
    let prefixes: Vec<_> = names.iter().map(|name| format!("{}: ", words(name))).collect();
    let lines: Vec<_> = prefixes.iter().zip(values).map(|(prefix, value)| format!("{prefix}{value}")).collect();
    let texts: Vec<_> = lines.iter().map(String::as_str).collect();
    let redacted = redactor.redact_conversation_with(extras, redaction::Conversation { turns: &[], texts: &texts });
    counts.merge(&redacted.counts);
    let mut metadata = BTreeMap::new();
    for ((name, prefix), line) in names.into_iter().zip(prefixes).zip(redacted.texts) {
        let value = line.strip_prefix(&prefix).unwrap_or(&line).to_owned();
        // Names that were told apart by what was removed from them.
        let mut unique = name.clone();
        let mut nth = 1;
        while metadata.contains_key(&unique) {
            nth += 1;
            unique = format!("{name} ({nth})");
        }
        metadata.insert(unique, Text::from(value));
    }
    metadata
}

/// `payment.cardNumber` as a person would say it. Digits are left out: they would run into the value.
fn words(name: &str) -> String {
    if name.ends_with(" removed]") {
        return name.to_owned();
    }
    let mut words = String::with_capacity(name.len() + 4);
    let mut last = ' ';
    for c in name.chars() {
        if c.is_uppercase() && last.is_lowercase() {
            words.push(' ');
        }
        words.push(if c.is_alphabetic() { c } else { ' ' });
        last = c;
    }
    words.trim().to_owned()
}

/// A URL as its reader will understand it: what is percent-encoded in the clear, and `+` as the blank that forms make of it.
fn decoded(url: &str) -> String {
    let mut url = url.to_owned();
    for _ in 0..ENCODINGS_MAX {
        let decoded = percent_decode_str(&url).decode_utf8_lossy();
        if decoded == url {
            break;
        }
        url = decoded.into_owned();
    }
    url.replace('+', " ")
}

/// A link in which something was removed would not work, and its placeholder is no URL. What is kept is the link without its
/// query, where that is clean; else there is no link.
fn keep_url(original: RecordingUrl, decoded_url: &str, scrubbed: &str) -> Option<RecordingUrl> {
    if scrubbed == decoded_url {
        return Some(original);
    }
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or_default().to_owned();
    let clean = bare(original.as_str());
    (bare(scrubbed) == decoded(&clean)).then(|| RecordingUrl::try_from(clean).ok()).flatten()
}

/// An address is how a contact is found, and some are made of their owner's identity number, which HubSpot then knows. A card's or
/// an account's number is no part of any that works.
fn keep_email(redactor: &Redactor, extras: &Extras, email: Email, counts: &mut Counts) -> Option<Email> {
    let texts = [email.as_str()];
    let found = redactor.redact_conversation_with(extras, redaction::Conversation { turns: &[], texts: &texts }).counts;
    if found.of(Kind::Card) + found.of(Kind::Iban) == 0 {
        return Some(email);
    }
    counts.merge(&found);
    None
}

#[cfg(test)]
mod tests {
    use domain::Region;
    use redaction::extras::Pattern;
    use serde_json::json;

    use super::*;

    const CARD: &str = "4242 4242 4242 4242";

    fn scrubbed(change: impl FnOnce(&mut serde_json::Value)) -> Conversation {
        scrubbed_with(&Extras::none(), change).0
    }

    fn scrubbed_with(extras: &Extras, change: impl FnOnce(&mut serde_json::Value)) -> (Conversation, Counts) {
        let mut body = json!({
            "conversationId": "c", "agentId": "a", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "transcript": [{"speaker": "agent", "text": "Hello", "atMs": 5}, {"speaker": "customer", "text": "Good morning"}]
        });
        change(&mut body);
        scrub(&Redactor::new(), extras, Conversation::read(&body, Region::US).unwrap())
    }

    #[track_caller]
    fn check_url(url: &str, expected: Option<&str>) {
        let conversation = scrubbed(|body| body["recordingUrl"] = json!(url));
        assert_eq!(conversation.recording_url.as_ref().map(RecordingUrl::as_str), expected);
    }

    #[track_caller]
    fn check_metadata(metadata: serde_json::Value, expected: &[(&str, &str)]) {
        let conversation = scrubbed(|body| body["metadata"] = metadata);
        let found: Vec<_> = conversation.metadata.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn no_field_keeps_a_card_number() {
        let conversation = scrubbed(|body| {
            body["customer"] = json!({"name": CARD, "email": "4242424242424242@example.com"});
            body["outcome"] = json!(CARD);
            body["summary"] = json!(format!("Paid with {CARD}."));
            body["transcript"][1]["text"] = json!(format!("it is {CARD}"));
            body["transcript"][1]["atMs"] = json!(4_242_424_242_424_242_u64);
            body["metadata"] = json!({
                "note": CARD, "number": 4_242_424_242_424_242_u64, "4242424242424242": "x", "order number": CARD,
                "nested": {"list": [CARD, {"deep": CARD}]}
            });
            body["recordingUrl"] = json!("https://example.com/a.mp3?card=4242424242424242");
        });
        let json = serde_json::to_string(&conversation).unwrap();
        assert!(!json.replace([' ', '-'], "").contains("42424242"), "{json}");
        assert_eq!(conversation.recording_url.unwrap().as_str(), "https://example.com/a.mp3");
        assert_eq!((conversation.metadata.len(), conversation.customer.email), (6, None));
    }

    #[test]
    fn what_is_clean_stays_as_it_was() {
        let conversation = scrubbed(|body| {
            body["customer"] = json!({"name": "Dana Reyes", "email": "dana.reyes+42@example.com", "phone": "+14155550123"});
            body["summary"] = json!("Wants a repair on Monday.");
            body["metadata"] = json!({"queue": "billing", "orderId": 1234, "tags": ["a", "b"]});
            body["recordingUrl"] = json!("https://example.com/a%20b.mp3?id=7");
        });
        assert_eq!(conversation.summary.unwrap().as_str(), "Wants a repair on Monday.");
        assert_eq!(conversation.recording_url.unwrap().as_str(), "https://example.com/a%20b.mp3?id=7");
        assert_eq!(conversation.customer.email.unwrap().as_str(), "dana.reyes+42@example.com");
        assert_eq!(conversation.customer.phone.unwrap().as_e164(), "+14155550123");
        let turns: Vec<_> = conversation.transcript.iter().map(|t| (t.speaker, t.text.as_str(), t.at_ms)).collect();
        assert_eq!(turns, [(Speaker::Agent, "Hello", Some(5)), (Speaker::Customer, "Good morning", None)]);
        let metadata: Vec<_> = conversation.metadata.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(metadata, [("orderId", "1234"), ("queue", "billing"), ("tags[0]", "a"), ("tags[1]", "b")]);
    }

    #[test]
    fn a_link_keeps_its_path_if_that_is_clean() {
        check_url("https://example.com/4242424242424242/a.mp3", None);
        check_url(
            "https://example.com/a.mp3?n=%34%32%34%32%34%32%34%32%34%32%34%32%34%32%34%32",
            Some("https://example.com/a.mp3"),
        );
        check_url("https://example.com/a.mp3?n=4242+4242+4242+4242", Some("https://example.com/a.mp3"));
        check_url("https://example.com/a.mp3?n=4242%2B4242%252042424242", Some("https://example.com/a.mp3"));
        check_url("https://example.com/%34242424242424242.mp3?id=7", None);
        check_url("https://example.com/a%2Fb.mp3#4242424242424242", Some("https://example.com/a%2Fb.mp3"));
        check_url("https://example.com/a%3Fb/4242424242424242?x=4242424242424242", None);
    }

    #[test]
    fn a_link_that_repeats_a_number_of_the_conversation_goes_too() {
        let conversation = scrubbed(|body| {
            body["summary"] = json!("SSN 219-09-9999.");
            body["recordingUrl"] = json!("https://example.com/219099999.mp3?id=7");
        });
        assert_eq!(conversation.recording_url, None);
    }

    #[test]
    fn a_value_is_read_with_its_name() {
        check_metadata(
            json!({"cvv": "123", "payment": {"cardCvv": 737}, "floor": "123"}),
            &[("cvv", "[security code removed]"), ("floor", "123"), ("payment.cardCvv", "[security code removed]")],
        );
        check_metadata(
            json!({"4242424242424242": "a", "5555555555554444": "b"}),
            &[("[card number removed]", "a"), ("[card number removed] (2)", "b")],
        );
    }

    #[test]
    fn an_accounts_own_patterns_hold_in_every_text() {
        let pattern = Pattern { label: "order code", pattern: "^ACME-[0-9]{6}$" };
        let extras = Extras::compile(&[pattern], &[CARD]).unwrap();
        let (conversation, counts) = scrubbed_with(&extras, |body| {
            for field in ["outcome", "summary"] {
                body[field] = json!("ACME-123456");
            }
            body["customer"] = json!({"name": "ACME-123456"});
            body["metadata"] = json!({"order": "ACME-123456", "ACME-123456": CARD});
            body["transcript"][1]["text"] = json!("ACME-123456");
        });
        let json = serde_json::to_string(&conversation).unwrap();
        assert!(!json.contains("ACME"), "{json}");
        assert_eq!(conversation.metadata["[order code removed]"].as_str(), CARD, "it was to be kept");
        assert_eq!((counts.of(Kind::Custom), counts.total()), (6, 6));
    }
}
