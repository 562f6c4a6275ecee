//! What travels beside the sealed payload, in the clear: ids, counters and times. Never contact data or text.

use std::fmt::Write as _;

use domain::{
    ConnectionId, ConversationId, EventId,
    event::{Event, payload},
    trace::TraceParent,
};
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};
use time::OffsetDateTime;

use crate::stage::DeferReason;

const CONTENT_TYPE: &str = "application/vnd.writeback.event.v2+json";
const PERSISTENT: u8 = 2;

/// One header for all of ours: a quorum queue reads and writes the table anew for every delivery, and a dozen entries cost the
/// broker a quarter of all it does.
const OURS: &str = "x-writeback";
const TRACE_PARENT: &str = "traceparent";

/// Names within it. The conversation comes last, since its id may hold any sign but a blank.
const KEY: &str = "key";
const CONNECTION: &str = "connection";
const CONVERSATION: &str = "conversation";
const EVENT: &str = "event";
const ATTEMPTS: &str = "attempts";
const DEFERS: &str = "defers";
const DOUBTS: &str = "doubts";
const FIRST_SEEN: &str = "first-seen";
const DEFER_REASON: &str = "defer-reason";

/// The headers of one message. What is missing or malformed in a message that was read is `None`, or the neutral value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headers {
    pub(crate) event: Option<EventId>,
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) attempts: u32,
    /// How often it was put back, for whatever reason; anything but 0 says that effects may have happened.
    pub(crate) defers: u32,
    pub(crate) doubts: u32,
    pub(crate) first_seen: OffsetDateTime,
    pub(crate) defer_reason: Option<DeferReason>,
    pub(crate) trace: TraceParent,
}

impl Headers {
    /// For an event that goes to its stage for the first time.
    pub(crate) fn of<E: Event>(event: &E, trace: &TraceParent, now: OffsetDateTime) -> Self {
        let origin = event.origin();
        Self {
            event: Some(origin.event),
            connection: Some(origin.connection),
            conversation: Some(event.conversation_id().clone()),
            attempts: 0,
            defers: 0,
            doubts: 0,
            first_seen: now,
            defer_reason: None,
            trace: trace.clone(),
        }
    }

    /// Of a message that came, perhaps from a stranger.
    pub(crate) fn read(properties: &BasicProperties, now: OffsetDateTime) -> Self {
        let headers = properties.headers().as_ref();
        let header = |name| headers.and_then(|table| text(table, name));
        let ours = header(OURS).unwrap_or_default();
        let text = |name: &str| ours.split(' ').find_map(|field| field.strip_prefix(name)?.strip_prefix('='));
        let count = |name| text(name).and_then(|n| n.parse().ok()).unwrap_or(0);
        Self {
            event: text(EVENT).and_then(|id| id.parse().ok()),
            connection: text(CONNECTION).and_then(|id| id.parse().ok()),
            conversation: text(CONVERSATION).and_then(|id| id.parse().ok()),
            attempts: count(ATTEMPTS),
            defers: count(DEFERS),
            doubts: count(DOUBTS),
            first_seen: text(FIRST_SEEN).and_then(|ms| ms.parse().ok()).and_then(from_unix_ms).unwrap_or(now),
            defer_reason: text(DEFER_REASON)
                .and_then(|name| DeferReason::ALL.iter().copied().find(|reason| reason.as_str() == name)),
            trace: TraceParent::from_header(header(TRACE_PARENT)),
        }
    }

    /// As properties of a persistent message with that sealed payload.
    pub(crate) fn write(&self, sealed: &[u8]) -> BasicProperties {
        let mut ours = String::with_capacity(256);
        let mut put = |name: &str, value: Option<&dyn std::fmt::Display>| {
            if let Some(value) = value {
                let blank = if ours.is_empty() { "" } else { " " };
                // Writing to a string never fails.
                let _ = write!(ours, "{blank}{name}={value}");
            }
        };
        put(EVENT, self.event.as_ref().map(|id| id as _));
        put(CONNECTION, self.connection.as_ref().map(|id| id as _));
        put(KEY, payload::key_id(sealed).as_ref().map(|key| key as _));
        put(DEFER_REASON, self.defer_reason.map(DeferReason::as_str).as_ref().map(|reason| reason as _));
        for (name, count) in [(ATTEMPTS, &self.attempts), (DEFERS, &self.defers), (DOUBTS, &self.doubts)] {
            put(name, Some(count));
        }
        put(FIRST_SEEN, Some(&unix_ms(self.first_seen)));
        put(CONVERSATION, self.conversation.as_ref().map(|id| id as _));
        let mut table = FieldTable::default();
        table.insert(OURS.into(), AMQPValue::LongString(ours.into()));
        table.insert(TRACE_PARENT.into(), AMQPValue::LongString(self.trace.as_str().into()));
        BasicProperties::default().with_delivery_mode(PERSISTENT).with_content_type(CONTENT_TYPE.into()).with_headers(table)
    }
}

/// A text header.
pub(crate) fn text<'a>(table: &'a FieldTable, name: &str) -> Option<&'a str> {
    match table.inner().get(name)? {
        AMQPValue::LongString(text) => std::str::from_utf8(text.as_bytes()).ok(),
        AMQPValue::ShortString(text) => Some(text.as_str()),
        _ => None,
    }
}

fn unix_ms(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).expect("a year of four digits in milliseconds fits")
}

fn from_unix_ms(ms: i64) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_survive_the_way() {
        let headers = Headers {
            event: Some(EventId::new()),
            connection: Some(ConnectionId::new()),
            conversation: Some(ConversationId::parse("conv_1").unwrap()),
            attempts: 3,
            defers: 12,
            doubts: 1,
            first_seen: from_unix_ms(1_790_000_000_123).unwrap(),
            defer_reason: Some(DeferReason::Throttled),
            trace: TraceParent::start(),
        };
        assert_eq!(Headers::read(&headers.write(b""), OffsetDateTime::UNIX_EPOCH), headers);
    }

    #[test]
    fn a_message_without_headers_is_read_as_unknown() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let headers = Headers::read(&BasicProperties::default(), now);
        assert_eq!((headers.event, headers.connection, headers.conversation.is_some()), (None, None, false));
        assert_eq!((headers.attempts, headers.defers, headers.first_seen), (0, 0, now));
    }
}
