//! A record as HubSpot returns it. Lenient, since fields that the specification requires are often absent.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// One record of any object. `Debug` shows no value.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Record {
    /// HubSpot's id, as it wrote it.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Values by property name. Absent, `null` and empty are the same: no value (properties guide).
    #[serde(default, deserialize_with = "values")]
    pub properties: BTreeMap<String, String>,
    /// When it was created.
    #[serde(default, rename = "createdAt", deserialize_with = "moment")]
    pub created_at: Option<OffsetDateTime>,
    /// When it last changed.
    #[serde(default, rename = "updatedAt", deserialize_with = "moment")]
    pub updated_at: Option<OffsetDateTime>,
    /// Whether it is in the recycle bin.
    #[serde(default)]
    pub archived: bool,
    /// The trace id of the input it was created from; whether successes repeat it is not documented.
    #[serde(default, rename = "objectWriteTraceId")]
    pub(crate) trace_id: Option<String>,
}

impl Record {
    /// The value of a property.
    pub fn value(&self, property: &str) -> Option<&str> {
        self.properties.get(property).map(String::as_str)
    }

    /// The value as a point in time.
    pub fn time(&self, property: &str) -> Option<OffsetDateTime> {
        parse_time(self.value(property)?)
    }

    /// The parts of a value that joins several with `;`.
    pub fn parts(&self, property: &str) -> impl Iterator<Item = &str> {
        self.value(property).unwrap_or_default().split(';').map(str::trim).filter(|part| !part.is_empty())
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({}, {} properties)", self.id, self.properties.len())
    }
}

/// `datetime` values are ISO 8601 or milliseconds since 1970, `date` values may lack the time (properties guide).
pub(crate) fn parse_time(text: &str) -> Option<OffsetDateTime> {
    if let Ok(ms) = text.parse::<i128>() {
        return OffsetDateTime::from_unix_timestamp_nanos(ms.checked_mul(1_000_000)?).ok();
    }
    OffsetDateTime::parse(text, &Rfc3339).or_else(|_| OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339)).ok()
}

/// Milliseconds since 1970: the one form of a time that HubSpot takes everywhere.
pub(crate) fn write_time(at: OffsetDateTime) -> String {
    (at.unix_timestamp_nanos() / 1_000_000).to_string()
}

fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    plain(Value::deserialize(from)?).ok_or_else(|| serde::de::Error::custom("an id must be a text or a number"))
}

fn values<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let all = Option::<BTreeMap<String, Value>>::deserialize(from)?.unwrap_or_default();
    Ok(all.into_iter().filter_map(|(name, value)| Some((name, plain(value)?))).collect())
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<OffsetDateTime>, D::Error> {
    Ok(plain(Value::deserialize(from)?).as_deref().and_then(parse_time))
}

/// A page of records, with what did not work out of a batch.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answered {
    #[serde(default)]
    pub(crate) results: Vec<Record>,
    #[serde(default)]
    pub(crate) errors: Vec<Value>,
    #[serde(default)]
    pub(crate) paging: Option<Paging>,
}

impl Answered {
    /// The cursor of the next page. The `link` beside it may name another API version and is never followed.
    pub(crate) fn after(&self) -> Option<&str> {
        self.paging.as_ref()?.next.as_ref()?.after.as_deref()
    }
}

/// Where the next page is.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    pub(crate) next: Option<Next>,
}

/// The next page.
#[derive(Debug, Deserialize)]
pub(crate) struct Next {
    pub(crate) after: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn empty_null_and_absent_are_the_same() {
        let record: Record = serde_json::from_value(json!({"id": 512, "properties": {"a": "", "b": null, "c": "x", "d": 5},
            "createdAt": "2026-11-23T10:00:00.123Z", "updatedAt": null, "unknown": {}}))
        .unwrap();
        assert_eq!((record.id.as_str(), record.properties.len()), ("512", 2));
        assert_eq!((record.value("a"), record.value("c"), record.value("d")), (None, Some("x"), Some("5")));
        assert_eq!(record.created_at, Some(datetime!(2026-11-23 10:00:00.123 UTC)));
        assert_eq!(record.updated_at, None);
    }

    #[test]
    fn times_are_read_in_each_of_their_forms() {
        for text in ["2026-11-23T00:00:00Z", "2026-11-23T00:00:00.000Z", "2026-11-23", "1795392000000"] {
            assert_eq!(parse_time(text), Some(datetime!(2026-11-23 00:00 UTC)), "{text}");
        }
        assert_eq!(parse_time("soon"), None);
        assert_eq!(write_time(datetime!(2026-11-23 00:00 UTC)), "1795392000000");
    }

    #[test]
    fn debug_shows_no_value() {
        let record: Record = serde_json::from_value(json!({"id": "1", "properties": {"email": "dana@example.com"}})).unwrap();
        assert_eq!(format!("{record:?}"), "Record(1, 1 properties)");
    }
}
