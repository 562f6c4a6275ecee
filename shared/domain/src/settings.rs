//! How an account wants its conversations logged.

use std::{fmt, str::FromStr};

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

/// What an account has removed and kept beyond the numbers that always go. Checked by `redaction`, which compiles it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RedactionExtras {
    /// What goes besides, in the order in which it is looked for.
    pub patterns: Vec<ExtraPattern>,
    /// Words and phrases that stay.
    pub keep_words: Vec<String>,
}

/// One pattern of an account's own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraPattern {
    /// What it finds, in words: `order code`.
    pub label: String,
    /// A regular expression.
    pub pattern: String,
}

impl RedactionExtras {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.keep_words.is_empty()
    }
}

impl fmt::Debug for RedactionExtras {
    // Both may spell out what they are about.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RedactionExtras({} patterns, {} words to keep)", self.patterns.len(), self.keep_words.len())
    }
}

impl fmt::Debug for ExtraPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExtraPattern(..)")
    }
}

/// What somebody wants changed; `None` leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsChange {
    /// How much is exported.
    pub mode: Mode,
    /// What to do about unknown callers.
    pub on_no_match: Option<OnNoMatch>,
    /// What is removed and kept besides, all of it anew.
    pub redaction: Option<RedactionExtras>,
}

impl From<Mode> for SettingsChange {
    fn from(mode: Mode) -> Self {
        Self { mode, on_no_match: None, redaction: None }
    }
}

/// The settings of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// How much is exported.
    pub mode: Mode,
    /// What to do about unknown callers.
    pub on_no_match: OnNoMatch,
    /// Counts the changes of [`RedactionExtras`], which are read apart since only one stage needs them. 0: there never were any.
    pub redaction_version: i64,
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
    /// The settings with a change made at `now`. `enabled_at` moves only when logging goes from off to on.
    #[must_use]
    pub fn changed(self, change: &SettingsChange, now: OffsetDateTime) -> Self {
        let SettingsChange { mode, on_no_match, redaction } = change;
        let turned_on = self.mode == Mode::Off && *mode != Mode::Off;
        Self {
            mode: *mode,
            on_no_match: on_no_match.unwrap_or(self.on_no_match),
            redaction_version: self.redaction_version + i64::from(redaction.is_some()),
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
        let on = off.changed(&Mode::Summary.into(), at);
        assert_eq!(on.admit(before), Err(Withhold::EndedBeforeEnabled));
        assert_eq!(on.admit(after), Ok(Mode::Summary));
        let widened =
            on.changed(&SettingsChange { on_no_match: Some(OnNoMatch::Create), ..Mode::SummaryTranscript.into() }, after);
        assert_eq!(widened.enabled_at, Some(at), "changing what is logged is not turning it on");
        let again = widened.changed(&Mode::Off.into(), after).changed(&Mode::Summary.into(), after);
        assert_eq!((again.enabled_at, again.on_no_match), (Some(after), OnNoMatch::Create));
    }
    #[test]
    fn the_version_of_the_extras_counts_their_changes_only() {
        let now = datetime!(2026-11-23 11:00 UTC);
        let extras = RedactionExtras { keep_words: vec!["hotline".to_owned()], ..RedactionExtras::default() };
        let with = Settings::default().changed(&SettingsChange { redaction: Some(extras), ..Mode::Off.into() }, now);
        assert_eq!((with.redaction_version, with.changed(&Mode::Summary.into(), now).redaction_version), (1, 1));
        let without = with.changed(&SettingsChange { redaction: Some(RedactionExtras::default()), ..Mode::Off.into() }, now);
        assert_eq!(without.redaction_version, 2);
    }

    #[test]
    fn debug_shows_neither_patterns_nor_words() {
        let pattern = ExtraPattern { label: "secret".to_owned(), pattern: "secret".to_owned() };
        let extras = RedactionExtras { patterns: vec![pattern.clone()], keep_words: vec!["secret".to_owned()] };
        assert!(!format!("{extras:?} {pattern:?}").contains("secret"));
    }
}
