//! The simulator's own time, which a test can move forward instead of sleeping.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Wall-clock time at the start, plus what has really passed, plus what a test has skipped. Never goes back.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_ms: i64,
    skipped_ms: AtomicI64,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_ms: millis(since_epoch), skipped_ms: AtomicI64::new(0) }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.started_ms + millis(self.started.elapsed()) + self.skipped_ms.load(Ordering::Relaxed)
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.skipped_ms.fetch_add(millis(by), Ordering::Relaxed);
    }
}

/// A duration in whole milliseconds.
pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// `2026-11-23T10:00:00.000Z`, as HubSpot writes times.
pub(crate) fn iso(ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

/// An ISO 8601 time that ends in `Z`, or epoch milliseconds: the two forms the API documents.
pub(crate) fn parse_datetime(text: &str) -> Option<i64> {
    if let Ok(ms) = text.parse::<i64>() {
        return Some(ms);
    }
    if !text.ends_with('Z') {
        return None;
    }
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).ok()
}

/// `YYYY-MM-DD` as the midnight UTC that begins it.
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    if text.len() != 10 {
        return None;
    }
    parse_datetime(&format!("{text}T00:00:00Z"))
}

pub(crate) const DAY_MS: i64 = 86_400_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_survive_a_round_trip() {
        assert_eq!(iso(1_790_000_000_123), "2026-09-21T14:13:20.123Z");
        assert_eq!(parse_datetime("2026-09-21T14:13:20.123Z"), Some(1_790_000_000_123));
        assert_eq!(parse_datetime("1790000000123"), Some(1_790_000_000_123));
        assert_eq!(parse_datetime("2026-09-21T14:13:20+02:00"), None);
        assert_eq!(parse_date("1970-01-02"), Some(DAY_MS));
        assert_eq!(parse_date("1970-1-2"), None);
    }

    #[test]
    fn skipping_moves_the_clock_forward() {
        let clock = Clock::new();
        let before = clock.now_ms();
        clock.advance(Duration::from_mins(1));
        assert!(clock.now_ms() >= before + 60_000);
    }
}
