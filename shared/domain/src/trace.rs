//! W3C trace context (<https://www.w3.org/TR/trace-context/>): one conversation is one trace from POST to HubSpot.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The value of a `traceparent` header. Invariant: version 00, lower case, neither id all zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TraceParent(String);

/// The text is no `traceparent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a traceparent of version 00")]
pub struct InvalidTraceParent;

impl TraceParent {
    /// Starts a trace of its own, sampled.
    pub fn start() -> Self {
        let (span, _) = Uuid::new_v4().as_u64_pair();
        Self(format!("00-{:032x}-{span:016x}-01", Uuid::new_v4().as_u128()))
    }

    /// Goes on with the caller's trace where the header is sound, else starts one.
    pub fn from_header(header: Option<&str>) -> Self {
        header.and_then(|text| Self::try_from(text.to_owned()).ok()).unwrap_or_else(Self::start)
    }

    /// The header's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The trace's id: 32 hexadecimal digits.
    pub fn trace_id(&self) -> &str {
        &self.0[3..35]
    }
}

impl TryFrom<String> for TraceParent {
    type Error = InvalidTraceParent;

    fn try_from(text: String) -> Result<Self, InvalidTraceParent> {
        let hex =
            |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let zero = |part: &str| part.bytes().all(|b| b == b'0');
        let parts: Vec<_> = text.split('-').collect();
        match parts[..] {
            ["00", trace, span, flags] if hex(trace, 32) && hex(span, 16) && hex(flags, 2) && !zero(trace) && !zero(span) => {
                Ok(Self(text))
            }
            _ => Err(InvalidTraceParent),
        }
    }
}

impl From<TraceParent> for String {
    fn from(trace: TraceParent) -> String {
        trace.0
    }
}

impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_header_is_kept_and_another_replaced() {
        let given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assert_eq!(TraceParent::from_header(Some(given)).as_str(), given);
        assert_eq!(TraceParent::from_header(Some(given)).trace_id(), "0af7651916cd43dd8448eb211c80319c");
        for bad in [
            "",
            "00-0-0-0",
            "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        ] {
            assert_ne!(TraceParent::from_header(Some(bad)).as_str(), bad);
        }
        let own = TraceParent::start();
        assert_eq!(TraceParent::try_from(own.as_str().to_owned()), Ok(own));
    }
}
