//! What travels beside the sealed payload, in the clear: ids, counters and times. Never contact data or text.

use domain::{ConnectionId, ConversationId, EventId, event::Event, seal, trace::TraceParent};
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};
use time::OffsetDateTime;

use crate::stage::DeferReason;

const CONTENT_TYPE: &str = "application/vnd.writeback.event.v1+json";
const PERSISTENT: u8 = 2;

const KEY: &str = "x-writeback-key";
const CONNECTION: &str = "x-writeback-connection";
const CONVERSATION: &str = "x-writeback-conversation";
const EVENT: &str = "x-writeback-event";
const ATTEMPTS: &str = "x-writeback-attempts";
const DEFERS: &str = "x-writeback-defers";
const DOUBTS: &str = "x-writeback-doubts";
const FIRST_SEEN: &str = "x-writeback-first-seen";
const DEFER_REASON: &str = "x-writeback-defer-reason";
const TRACE_PARENT: &str = "traceparent";

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
        let text = |name| headers.and_then(|table| text(table, name));
        let number = |name| headers.and_then(|table| table.inner().get(name)).and_then(number);
        let count = |name| number(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        Self {
            event: text(EVENT).and_then(|id| id.parse().ok()),
            connection: text(CONNECTION).and_then(|id| id.parse().ok()),
            conversation: text(CONVERSATION).and_then(|id| id.parse().ok()),
            attempts: count(ATTEMPTS),
            defers: count(DEFERS),
            doubts: count(DOUBTS),
            first_seen: number(FIRST_SEEN).and_then(from_unix_ms).unwrap_or(now),
            defer_reason: text(DEFER_REASON)
                .and_then(|name| DeferReason::ALL.iter().copied().find(|reason| reason.as_str() == name)),
            trace: TraceParent::from_header(text(TRACE_PARENT)),
        }
    }

    /// As properties of a persistent message with that sealed payload.
    pub(crate) fn write(&self, sealed: &[u8]) -> BasicProperties {
        let mut table = FieldTable::default();
        let mut put = |name: &str, value: AMQPValue| {
            table.insert(name.into(), value);
        };
        let text = |value: &str| AMQPValue::LongString(value.into());
        let mut properties = BasicProperties::default().with_delivery_mode(PERSISTENT).with_content_type(CONTENT_TYPE.into());
        if let Some(event) = self.event {
            put(EVENT, text(&event.to_string()));
            properties = properties.with_message_id(event.to_string().into());
        }
        if let Some(connection) = self.connection {
            put(CONNECTION, text(&connection.to_string()));
        }
        if let Some(conversation) = &self.conversation {
            put(CONVERSATION, text(conversation.as_str()));
        }
        if let Some(key) = seal::key_id(sealed) {
            put(KEY, text(key));
        }
        if let Some(reason) = self.defer_reason {
            put(DEFER_REASON, text(reason.as_str()));
        }
        for (name, count) in [(ATTEMPTS, self.attempts), (DEFERS, self.defers), (DOUBTS, self.doubts)] {
            put(name, AMQPValue::LongLongInt(count.into()));
        }
        put(FIRST_SEEN, AMQPValue::LongLongInt(unix_ms(self.first_seen)));
        put(TRACE_PARENT, text(self.trace.as_str()));
        properties.with_headers(table)
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

/// Whichever width the number came in: other clients, and the broker itself, choose the smallest.
fn number(value: &AMQPValue) -> Option<i64> {
    match value {
        AMQPValue::ShortShortInt(n) => Some((*n).into()),
        AMQPValue::ShortShortUInt(n) => Some((*n).into()),
        AMQPValue::ShortInt(n) => Some((*n).into()),
        AMQPValue::ShortUInt(n) => Some((*n).into()),
        AMQPValue::LongInt(n) => Some((*n).into()),
        AMQPValue::LongUInt(n) => Some((*n).into()),
        AMQPValue::LongLongInt(n) => Some(*n),
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
