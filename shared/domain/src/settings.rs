//! How an account wants its conversations logged.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How much of a conversation is exported. Ordered: a smaller one is stricter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Nothing. Where everybody starts.
    #[default]
    Off,
    /// The summary and the facts of the call.
    Summary,
    /// The summary and the whole transcript, scrubbed.
    SummaryTranscript,
}

impl Mode {
    /// The stable name in API, database and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Summary => "summary",
            Self::SummaryTranscript => "summary_transcript",
        }
    }

    /// The stricter of the mode when the conversation was accepted and the mode now.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        self.min(other)
    }
}

/// What becomes of a conversation whose caller HubSpot does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnNoMatch {
    /// Nothing is written. The stricter one.
    #[default]
    Skip,
    /// A contact is created and the conversation logged on it.
    Create,
}

impl OnNoMatch {
    /// The stable name in API and database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Create => "create",
        }
    }

    /// The stricter of then and now.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        self.min(other)
    }
}

/// The text is none of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

impl FromStr for Mode {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Off, Self::Summary, Self::SummaryTranscript].into_iter().find(|m| m.as_str() == text).ok_or(UnknownName)
    }
}

impl FromStr for OnNoMatch {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Skip, Self::Create].into_iter().find(|o| o.as_str() == text).ok_or(UnknownName)
    }
}

/// The settings of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// How much is exported.
    pub mode: Mode,
    /// What to do about unknown callers.
    pub on_no_match: OnNoMatch,
    /// When logging was last turned on (from `off` to anything else). `None` while it never was.
    pub enabled_at: Option<OffsetDateTime>,
    /// When anything was last changed.
    pub updated_at: Option<OffsetDateTime>,
}

/// Why a conversation may not be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withhold {
    /// Logging is off.
    LoggingOff,
    /// It ended before logging was last turned on: turning it on never reaches back.
    EndedBeforeEnabled,
}

impl Settings {
    /// The settings with `mode` and maybe `on_no_match` changed at `now`. `enabled_at` moves only when logging goes from off to on.
    #[must_use]
    pub fn changed(self, mode: Mode, on_no_match: Option<OnNoMatch>, now: OffsetDateTime) -> Self {
        let turned_on = self.mode == Mode::Off && mode != Mode::Off;
        Self {
            mode,
            on_no_match: on_no_match.unwrap_or(self.on_no_match),
            enabled_at: if turned_on { Some(now) } else { self.enabled_at },
            updated_at: Some(now),
        }
    }

    /// May a conversation that ended at `ended_at` be exported? `Ok` with the mode in force.
    pub fn admit(&self, ended_at: OffsetDateTime) -> Result<Mode, Withhold> {
        match (self.mode, self.enabled_at) {
            (Mode::Off, _) | (_, None) => Err(Withhold::LoggingOff),
            (_, Some(enabled_at)) if ended_at < enabled_at => Err(Withhold::EndedBeforeEnabled),
            (mode, Some(_)) => Ok(mode),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_stricter_wins() {
        assert_eq!(Mode::SummaryTranscript.stricter(Mode::Summary), Mode::Summary);
        assert_eq!(Mode::Summary.stricter(Mode::SummaryTranscript), Mode::Summary);
        assert_eq!(Mode::Off.stricter(Mode::SummaryTranscript), Mode::Off);
        assert_eq!(OnNoMatch::Create.stricter(OnNoMatch::Skip), OnNoMatch::Skip);
    }

    #[test]
    fn turning_on_never_reaches_back() {
        let (before, at, after) =
            (datetime!(2026-11-23 10:00 UTC), datetime!(2026-11-23 11:00 UTC), datetime!(2026-11-23 12:00 UTC));
        let off = Settings::default();
        assert_eq!(off.admit(after), Err(Withhold::LoggingOff));
        let on = off.changed(Mode::Summary, None, at);
        assert_eq!(on.admit(before), Err(Withhold::EndedBeforeEnabled));
        assert_eq!(on.admit(after), Ok(Mode::Summary));
        let widened = on.changed(Mode::SummaryTranscript, Some(OnNoMatch::Create), after);
        assert_eq!(widened.enabled_at, Some(at), "changing what is logged is not turning it on");
        let again = widened.changed(Mode::Off, None, after).changed(Mode::Summary, None, after);
        assert_eq!((again.enabled_at, again.on_no_match), (Some(after), OnNoMatch::Create));
    }
}
