//! Reads a conversation from JSON and collects every fault on the way, where serde would stop at the first.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

use super::{Conversation, Customer, RecordingUrl, Speaker, Status, Turn, limit};
use crate::{
    contact::NotAPhone,
    contact::{Email, Phone, Region, Text},
    fault::Fault,
    id::ContactId,
};

const FIELDS: [&str; 14] = [
    "conversationId",
    "agentId",
    "channel",
    "direction",
    "startedAt",
    "endedAt",
    "customer",
    "agentNumber",
    "status",
    "outcome",
    "summary",
    "recordingUrl",
    "transcript",
    "metadata",
];
const CUSTOMER_FIELDS: [&str; 4] = ["phone", "email", "name", "contactId"];
const TURN_FIELDS: [&str; 3] = ["speaker", "text", "atMs"];

/// One JSON object, where it stands, and the list that its faults go to.
struct Reader<'v, 'f> {
    object: &'v Map<String, Value>,
    path: String,
    faults: &'f mut Vec<Fault>,
}

impl<'v, 'f> Reader<'v, 'f> {
    /// `None`, with a fault, unless `value` is an object; unknown fields are faults too.
    fn open(value: &'v Value, path: String, known: &[&str], faults: &'f mut Vec<Fault>) -> Option<Self> {
        let Some(object) = value.as_object() else {
            faults.push(Fault::new(path, "wrong_type", "must be an object"));
            return None;
        };
        let mut reader = Self { object, path, faults };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            // A name is echoed only where it cannot be data: a card number as a field's name must not come back.
            let shown: String = name.chars().filter(|c| c.is_ascii_alphabetic() || *c == '_').take(40).collect();
            reader.fault(&shown, "unknown_field", format!("is not known; known are {}", known.join(", ")));
        }
        Some(reader)
    }

    fn fault(&mut self, name: &str, code: &'static str, message: impl Into<String>) {
        if self.faults.len() < limit::FAULTS {
            let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
            self.faults.push(Fault::new(path, code, message));
        }
    }

    /// A field that may be missing or null.
    fn get(&self, name: &str) -> Option<&'v Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// An optional text, read by `parse`, whose error becomes the fault.
    fn text<T, E: std::fmt::Display>(
        &mut self,
        name: &str,
        max_chars: usize,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Some(text) = self.get(name)?.as_str() else {
            self.fault(name, "wrong_type", "must be a text");
            return None;
        };
        // Bytes first: counting characters of a long text is only needed when it might be too long.
        if text.len() > max_chars && text.chars().nth(max_chars).is_some() {
            self.fault(name, "too_long", format!("must have at most {max_chars} characters"));
            return None;
        }
        parse(text).map_err(|error| self.fault(name, "invalid", error.to_string())).ok()
    }

    fn words(&mut self, name: &str, max_chars: usize) -> Option<Text> {
        self.text(name, max_chars, |text| Ok::<_, std::convert::Infallible>(Text::from(text)))
            .filter(|t| !t.as_str().trim().is_empty())
    }

    fn required<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.get(name).is_none() {
            self.fault(name, "required", "is required");
            return None;
        }
        read(self)
    }

    fn one_of<T: std::str::FromStr>(&mut self, name: &str, names: &str) -> Option<T> {
        self.text(name, 100, |text| text.parse().map_err(|_| format!("must be one of {names}")))
    }

    fn time(&mut self, name: &str) -> Option<OffsetDateTime> {
        self.text(name, 40, |text| {
            OffsetDateTime::parse(text, &Rfc3339).map_err(|_| "must be a time as in RFC 3339, such as 2026-11-23T10:00:00Z")
        })
        .map(|at| at.to_offset(UtcOffset::UTC))
    }

    fn phone(&mut self, name: &str, region: Region) -> Option<Phone> {
        self.text(name, 200, |text| match Phone::parse(text, region) {
            Ok(phone) => Ok(Some(phone)),
            Err(NotAPhone::Withheld) => Ok(None),
            Err(error @ NotAPhone::Invalid) => Err(error),
        })
        .flatten()
    }

    fn contact_id(&mut self) -> Option<ContactId> {
        let id = serde_json::from_value(self.get("contactId")?.clone());
        id.map_err(|_| self.fault("contactId", "invalid", "must be the id of a HubSpot contact")).ok()
    }
}

fn list(names: &[impl Copy + Into<&'static str>]) -> String {
    names.iter().map(|name| (*name).into()).collect::<Vec<&str>>().join(", ")
}

pub(super) fn conversation(body: &Value, region: Region) -> Result<Conversation, Vec<Fault>> {
    let mut faults = Vec::new();
    let conversation = fields(body, region, &mut faults);
    match conversation {
        Some(conversation) if faults.is_empty() => Ok(conversation),
        _ => {
            faults.truncate(limit::FAULTS);
            Err(faults)
        }
    }
}

fn fields(body: &Value, region: Region, faults: &mut Vec<Fault>) -> Option<Conversation> {
    let mut reader = Reader::open(body, String::new(), &FIELDS, faults)?;
    let id = reader.required("conversationId", |r| r.text("conversationId", 1000, str::parse));
    let agent = reader.required("agentId", |r| r.text("agentId", 1000, str::parse));
    let channel = reader.required("channel", |r| r.one_of("channel", "voice, chat"));
    let direction = reader.required("direction", |r| r.one_of("direction", "inbound, outbound"));
    let started_at = reader.required("startedAt", |r| r.time("startedAt"));
    let ended_at = reader.required("endedAt", |r| r.time("endedAt"));
    if let (Some(started_at), Some(ended_at)) = (started_at, ended_at)
        && ended_at < started_at
    {
        reader.fault("endedAt", "invalid", "must not be before startedAt");
    }
    let agent_number = reader.phone("agentNumber", region);
    let names: Vec<_> = Status::ALL.iter().map(|s| s.as_str()).collect();
    let status = reader.one_of("status", &list(&names)).unwrap_or(Status::Completed);
    let outcome = reader.words("outcome", limit::SHORT_CHARS);
    let summary = reader.words("summary", limit::SUMMARY_CHARS);
    let recording_url = reader.text("recordingUrl", 2000, |text| RecordingUrl::try_from(text.to_owned()));
    let (customer, transcript, metadata) = (reader.get("customer"), reader.get("transcript"), reader.get("metadata"));
    let customer = customer.map_or_else(|| Some(Customer::default()), |value| read_customer(value, region, faults));
    let transcript = transcript.map_or_else(|| Some(Vec::new()), |value| read_transcript(value, faults));
    let metadata = metadata.map_or_else(|| Some(BTreeMap::new()), |value| read_metadata(value, faults));
    Some(Conversation {
        id: id?,
        agent: agent?,
        channel: channel?,
        direction: direction?,
        started_at: started_at?,
        ended_at: ended_at?,
        customer: customer?,
        agent_number,
        status,
        outcome,
        summary,
        recording_url,
        transcript: transcript?,
        metadata: metadata?,
    })
}

fn read_customer(value: &Value, region: Region, faults: &mut Vec<Fault>) -> Option<Customer> {
    let mut reader = Reader::open(value, "customer".to_owned(), &CUSTOMER_FIELDS, faults)?;
    Some(Customer {
        phone: reader.phone("phone", region),
        email: reader.text("email", 1000, Email::parse),
        name: reader.words("name", limit::SHORT_CHARS),
        contact_id: reader.contact_id(),
    })
}

fn read_transcript(value: &Value, faults: &mut Vec<Fault>) -> Option<Vec<Turn>> {
    let Some(turns) = value.as_array() else {
        faults.push(Fault::new("transcript", "wrong_type", "must be a list of turns"));
        return None;
    };
    if turns.len() > limit::TURNS {
        faults.push(Fault::new("transcript", "too_long", format!("must have at most {} turns", limit::TURNS)));
        return None;
    }
    let read = turns.iter().enumerate().map(|(i, turn)| read_turn(turn, i, faults));
    // Not short-circuiting: every faulty turn is named.
    read.collect::<Vec<_>>().into_iter().collect()
}

fn read_turn(value: &Value, i: usize, faults: &mut Vec<Fault>) -> Option<Turn> {
    if faults.len() >= limit::FAULTS {
        return None;
    }
    let mut reader = Reader::open(value, format!("transcript[{i}]"), &TURN_FIELDS, faults)?;
    let speaker = reader.required("speaker", |r| {
        r.text("speaker", 100, |text| match text {
            // The same party by its other common names.
            "customer" | "caller" | "visitor" | "user" => Ok(Speaker::Customer),
            "agent" | "assistant" | "bot" => Ok(Speaker::Agent),
            _ => Err("must be agent or customer"),
        })
    });
    let text = reader
        .required("text", |r| r.text("text", limit::TURN_CHARS, |text| Ok::<_, std::convert::Infallible>(Text::from(text))));
    let at_ms = reader.get("atMs").map(Value::as_u64);
    if at_ms == Some(None) {
        reader.fault("atMs", "wrong_type", "must be a whole number of milliseconds from the beginning");
    }
    Some(Turn { speaker: speaker?, text: text?, at_ms: at_ms.flatten() })
}

fn read_metadata(value: &Value, faults: &mut Vec<Fault>) -> Option<BTreeMap<String, Text>> {
    if !value.is_object() {
        faults.push(Fault::new("metadata", "wrong_type", "must be an object"));
        return None;
    }
    let mut flat = BTreeMap::new();
    match flatten(value, String::new(), 0, &mut flat) {
        Ok(()) => Some(flat),
        Err(message) => {
            faults.push(Fault::new("metadata", "too_long", message));
            None
        }
    }
}

fn flatten(value: &Value, name: String, depth: usize, flat: &mut BTreeMap<String, Text>) -> Result<(), String> {
    if depth > limit::METADATA_DEPTH {
        return Err(format!("must nest at most {} levels deep", limit::METADATA_DEPTH));
    }
    let text = match value {
        Value::Object(object) => {
            return object.iter().try_for_each(|(key, value)| {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(value, name, depth + 1, flat)
            });
        }
        Value::Array(items) => {
            return items.iter().enumerate().try_for_each(|(i, item)| flatten(item, format!("{name}[{i}]"), depth + 1, flat));
        }
        Value::Null => return Ok(()),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => text.clone(),
    };
    if flat.len() >= limit::METADATA {
        return Err(format!("must hold at most {} values", limit::METADATA));
    }
    if name.len() > limit::SHORT_CHARS || text.chars().count() > limit::SHORT_CHARS {
        return Err(format!("must hold names and values of at most {} characters", limit::SHORT_CHARS));
    }
    flat.insert(name, Text::from(text));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn example() -> Value {
        json!({
            "conversationId": "conv_81f2", "agentId": "agent_7", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "customer": {"phone": "+14155550123", "email": null, "name": "Dana Reyes", "contactId": null},
            "agentNumber": "+14155559876", "status": "completed", "outcome": "resolved",
            "summary": null, "recordingUrl": null,
            "transcript": [{"speaker": "agent", "text": "Hi, how can I help?", "atMs": 0},
                           {"speaker": "customer", "text": "My card is 4242 4242 4242 4242.", "atMs": 2100}],
            "metadata": {"queue": "billing", "nested": {"tags": ["a", 7, null]}}
        })
    }

    #[track_caller]
    fn faults(change: impl FnOnce(&mut Value)) -> Vec<(String, &'static str)> {
        let mut body = example();
        change(&mut body);
        let faults = Conversation::read(&body, Region::US).unwrap_err();
        faults.into_iter().map(|f| (f.path, f.code)).collect()
    }

    #[test]
    fn the_contracts_example_is_read() {
        let conversation = Conversation::read(&example(), Region::US).unwrap();
        assert_eq!(conversation.duration_ms(), 250_000);
        assert_eq!(conversation.customer.phone.unwrap().as_e164(), "+14155550123");
        assert_eq!(conversation.transcript.len(), 2);
        let metadata: Vec<_> = conversation.metadata.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(metadata, [("nested.tags[0]", "a"), ("nested.tags[1]", "7"), ("queue", "billing")]);
    }

    #[test]
    fn what_travels_comes_back_the_same() {
        let conversation = Conversation::read(&example(), Region::US).unwrap();
        let json = serde_json::to_string(&conversation).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&json).unwrap(), conversation);
    }

    #[test]
    fn every_faulty_field_is_named() {
        let found = faults(|body| {
            body["conversationId"] = json!("");
            body["channel"] = json!("fax");
            body["endedAt"] = json!("2026-11-23T09:00:00Z");
            body["customer"]["phone"] = json!("not a number");
            body["customer"]["mobile"] = json!("1");
            body["transcript"][1]["speaker"] = json!("ghost");
            body["recordingUrl"] = json!("http://example.com/a.mp3");
            body["surprise"] = json!(1);
        });
        for path in [
            "conversationId",
            "channel",
            "endedAt",
            "customer.phone",
            "customer.mobile",
            "transcript[1].speaker",
            "recordingUrl",
            "surprise",
        ] {
            assert!(found.iter().any(|(p, _)| p == path), "{path} in {found:?}");
        }
        assert_eq!(found.len(), 8);
    }

    #[test]
    fn a_body_that_is_no_object_is_one_fault() {
        for body in [json!([]), json!(null), json!("x")] {
            assert_eq!(Conversation::read(&body, Region::US).unwrap_err()[0].code, "wrong_type");
        }
    }

    #[test]
    fn faults_never_repeat_the_value() {
        let mut body = example();
        body["customer"]["phone"] = json!("4242424242424242 card");
        body["4242424242424242"] = json!(1);
        let faults = Conversation::read(&body, Region::US).unwrap_err();
        assert!(!format!("{faults:?}").contains("4242"), "{faults:?}");
    }

    #[test]
    fn a_withheld_number_is_no_fault() {
        let mut body = example();
        body["customer"]["phone"] = json!("anonymous");
        assert_eq!(Conversation::read(&body, Region::US).unwrap().customer.phone, None);
    }

    #[test]
    fn limits_hold() {
        assert_eq!(
            faults(|b| b["transcript"] = json!(vec![json!({"speaker": "agent", "text": ""}); limit::TURNS + 1])),
            [("transcript".into(), "too_long")]
        );
        assert_eq!(
            faults(|b| b["transcript"][0]["text"] = json!("é".repeat(limit::TURN_CHARS + 1))),
            [("transcript[0].text".into(), "too_long")]
        );
        assert_eq!(faults(|b| b["transcript"] = json!(vec![json!(1); 1000])).len(), limit::FAULTS);
    }
}
