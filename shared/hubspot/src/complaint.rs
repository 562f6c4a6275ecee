//! Reads HubSpot's error bodies (error handling page: every field is optional, so each is looked for and none is relied on).
//!
//! Only what is safe to show is taken out: words of HubSpot's own vocabulary and property names. Messages hold values.

use serde_json::Value;

/// Longest category, code or scope that is believed; longer ones are no words of a vocabulary.
const WORD_MAX: usize = 80;
/// Longest property name: HubSpot's own limit is 100 characters.
const PROPERTY_MAX: usize = 100;
/// How many property names or scopes are kept.
const LIST_MAX: usize = 50;

/// The limits that HubSpot names (usage guidelines; the last two reported by its own client).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Daily,
    TenSecondly,
    Secondly,
}

/// What an error body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// `category`, or `errorType`, or the OAuth `status`.
    pub(crate) category: Option<String>,
    /// `subCategory`.
    pub(crate) sub_category: Option<String>,
    /// Every code, in order, each once.
    pub(crate) codes: Vec<String>,
    /// Every property named, in order, each once.
    pub(crate) properties: Vec<String>,
    /// The scopes of which any would do.
    pub(crate) scopes: Vec<String>,
    /// Which limit a 429 is about.
    pub(crate) limit: Option<Limit>,
    /// The id in `Existing ID: 6001`.
    pub(crate) existing_id: Option<i64>,
    /// `error` of RFC 6749, at the token endpoint.
    pub(crate) oauth_error: Option<String>,
    /// `context.objectWriteTraceId` of an entry of a 207.
    pub(crate) trace_ids: Vec<String>,
    /// HubSpot's id of the answer.
    pub(crate) correlation: Option<String>,
}

impl Complaint {
    /// Reads a body; one that is no JSON says nothing.
    pub(crate) fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).map(|body| Self::of(&body)).unwrap_or_default()
    }

    /// Reads an error body, or an entry of the `errors` of a 207, which has the same form.
    pub(crate) fn of(body: &Value) -> Self {
        let message = body["message"].as_str().unwrap_or_default();
        let mut complaint = Self {
            category: ["category", "errorType", "status"].iter().find_map(|key| word(&body[*key]).filter(|c| c != "error")),
            sub_category: word(&body["subCategory"]),
            limit: limit(body, message),
            existing_id: existing_id(message),
            oauth_error: word(&body["error"]),
            trace_ids: texts(&body["context"]["objectWriteTraceId"]),
            correlation: word(&body["correlationId"]),
            ..Self::default()
        };
        complaint.context(&body["context"]);
        let embedded = embedded(message);
        let entries = body["errors"].as_array().into_iter().flatten().chain(&embedded);
        for entry in entries {
            complaint.entry(entry);
        }
        complaint
    }

    fn entry(&mut self, entry: &Value) {
        let message = entry["message"].as_str().unwrap_or_default();
        // `code` in `errors`; `error` in the array that a message embeds.
        for code in [&entry["code"], &entry["error"]].into_iter().filter_map(word) {
            add(&mut self.codes, code);
        }
        if let Some(name) = entry["name"].as_str() {
            self.property(name);
        }
        self.context(&entry["context"]);
        let missing = self.codes.iter().any(|code| code.starts_with("MISSING_"));
        if let Some(name) = required(message).filter(|_| missing) {
            self.property(name);
        }
        self.existing_id = self.existing_id.or_else(|| existing_id(message));
    }

    fn context(&mut self, context: &Value) {
        for name in ["propertyName", "properties"].iter().flat_map(|key| texts(&context[*key])) {
            self.property(&name);
        }
        for scope in ["requiredGranularScopes", "requiredScopes"].iter().flat_map(|key| texts(&context[*key])) {
            if is_word(&scope) {
                add(&mut self.scopes, scope);
            }
        }
    }

    fn property(&mut self, name: &str) {
        let fits = (1..=PROPERTY_MAX).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if fits {
            add(&mut self.properties, name.to_owned());
        }
    }

    /// Whether one of the codes, the category or the subcategory is this word.
    pub(crate) fn says(&self, word: &str) -> bool {
        let of_subject = |said: &String| said.rsplit('.').next().is_some_and(|last| last.eq_ignore_ascii_case(word));
        self.codes.iter().chain(&self.category).chain(&self.sub_category).any(of_subject)
    }
}

fn add(list: &mut Vec<String>, item: String) {
    if list.len() < LIST_MAX && !list.contains(&item) {
        list.push(item);
    }
}

/// A word of a vocabulary: `VALIDATION_ERROR`, `Properties.PROPERTY_WITH_NAME_EXISTS`, a correlation id. Never a sentence, so
/// never a value that somebody entered.
fn word(value: &Value) -> Option<String> {
    value.as_str().filter(|text| is_word(text)).map(str::to_owned)
}

fn is_word(text: &str) -> bool {
    (1..=WORD_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
}

/// A list of texts, or one text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// By `policyName`, else `groupName` as in older bodies, else what the message says: "your `ten_secondly_rolling` limit".
fn limit(body: &Value, message: &str) -> Option<Limit> {
    let named = ["policyName", "groupName"].iter().filter_map(|key| body[*key].as_str());
    named.chain([message]).find_map(|text| {
        let text = text.to_ascii_lowercase();
        let known = [("daily", Limit::Daily), ("ten_secondly", Limit::TenSecondly), ("secondly", Limit::Secondly)];
        known.into_iter().find(|(word, _)| text.contains(word)).map(|(_, limit)| limit)
    })
}

/// `Contact already exists. Existing ID: 6001` (reported by integrators; in no guide).
fn existing_id(message: &str) -> Option<i64> {
    let lower = message.to_ascii_lowercase();
    let rest = lower.split_once("existing id:")?.1.trim_start();
    let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|id| *id > 0)
}

/// The array in `Property values were not valid: [{...}]`, whose entries have `isValid`, `message`, `error`, `name`. The whole
/// message is read: an `INVALID_OPTION` repeats every option of the property and can be very long.
fn embedded(message: &str) -> Vec<Value> {
    let Some(start) = message.find(": [{") else { return Vec::new() };
    let mut values = serde_json::Deserializer::from_str(&message[start + 2..]).into_iter::<Vec<Value>>();
    values.next().and_then(Result::ok).unwrap_or_default()
}

/// The name in "A value for firstname must be provided" (API version 2026-09).
fn required(message: &str) -> Option<&str> {
    message.split_once("A value for ")?.1.split_once(" must be provided").map(|(name, _)| name.trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_that_embeds_its_errors_is_read() {
        let options = "x".repeat(50_000);
        let body = json!({"status": "error", "category": "VALIDATION_ERROR",
            "message": format!("Property values were not valid: [{{\"isValid\":false,\"message\":\"dana@example.com was not one of [{options}]\",\
                \"error\":\"INVALID_OPTION\",\"name\":\"lifecyclestage\"}}] and more")});
        let complaint = Complaint::of(&body);
        assert_eq!(complaint.codes, ["INVALID_OPTION"]);
        assert_eq!(complaint.properties, ["lifecyclestage"]);
        assert!(!format!("{complaint:?}").contains("dana"));
    }

    #[test]
    fn nothing_but_words_is_taken() {
        let body = json!({"status": "error", "category": "dana@example.com is bad", "message": "dana@example.com",
            "errors": [{"code": "a sentence", "message": "dana", "context": {"propertyName": ["dana@example.com"]}}]});
        assert_eq!(Complaint::of(&body), Complaint::default());
    }

    #[test]
    fn the_existing_id_is_found_in_any_case() {
        for (message, id) in [
            ("Contact already exists. Existing ID: 6001", Some(6001)),
            ("already exists. existing id:77.", Some(77)),
            ("Existing ID: none", None),
            ("exists", None),
        ] {
            assert_eq!(existing_id(message), id, "{message}");
        }
    }

    #[test]
    fn bodies_that_are_no_json_or_of_other_types_say_nothing() {
        for body in ["", "<html>502</html>", "[]", "\"text\"", "{\"message\":5,\"errors\":{},\"context\":[]}"] {
            assert_eq!(Complaint::read(body.as_bytes()), Complaint::default(), "{body}");
        }
    }
}
