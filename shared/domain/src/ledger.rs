//! The ledger's words: where one conversation stands, how it ended, and why.

use serde::{Deserialize, Serialize};

use crate::id::{ConnectionId, ConversationId};

/// The ledger has at most one row for each of these.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LedgerKey {
    /// Whose portal.
    pub connection: ConnectionId,
    /// Which conversation.
    pub conversation: ConversationId,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name in database, API and metrics.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::settings::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text).ok_or(crate::settings::UnknownName)
            }
        }
    };
}
pub(crate) use named;

named! {
    /// Where a conversation stands. Ordered: a row only moves to a greater state.
    State {
        /// Accepted by the API, not yet scrubbed.
        Accepted = "accepted",
        /// Scrubbed and summarised.
        Redacted = "redacted",
        /// Its contact is known.
        Matched = "matched",
        /// A request that creates the engagement may have been sent.
        Posting = "posting",
        /// The engagement is in HubSpot.
        Exported = "exported",
        /// HubSpot knows no such caller, and none was to be created.
        SkippedNoMatch = "skipped_no_match",
        /// Logging was off, or turned off meanwhile.
        Withheld = "withheld",
        /// Given up; the reason is in the row, the payload among the dead letters.
        Failed = "failed",
    }
}

impl State {
    /// The number in the database: gaps leave room, order is the order of the states.
    pub fn code(self) -> i16 {
        match self {
            Self::Accepted => 0,
            Self::Redacted => 10,
            Self::Matched => 20,
            Self::Posting => 30,
            Self::Exported => 100,
            Self::SkippedNoMatch => 101,
            Self::Withheld => 102,
            Self::Failed => 103,
        }
    }

    /// The state with that number.
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.iter().copied().find(|s| s.code() == code)
    }

    /// How it ended, if it did.
    pub fn outcome(self) -> Option<Outcome> {
        match self {
            Self::Accepted | Self::Redacted | Self::Matched | Self::Posting => None,
            Self::Exported => Some(Outcome::Exported),
            Self::SkippedNoMatch => Some(Outcome::SkippedNoMatch),
            Self::Withheld => Some(Outcome::Withheld),
            Self::Failed => Some(Outcome::Failed),
        }
    }
}

named! {
    /// How a conversation ended.
    Outcome {
        /// The engagement is in HubSpot.
        Exported = "exported",
        /// HubSpot knows no such caller, and none was to be created.
        SkippedNoMatch = "skipped_no_match",
        /// Logging was off, or turned off meanwhile.
        Withheld = "withheld",
        /// Given up.
        Failed = "failed",
    }
}

impl Outcome {
    /// The ledger's state of that outcome.
    pub fn state(self) -> State {
        match self {
            Self::Exported => State::Exported,
            Self::SkippedNoMatch => State::SkippedNoMatch,
            Self::Withheld => State::Withheld,
            Self::Failed => State::Failed,
        }
    }
}

named! {
    /// Why a conversation ended as something else than exported. One closed list, so that it can be a label and a filter.
    Reason {
        /// Logging is off.
        LoggingOff = "logging_off",
        /// It ended before logging was last turned on.
        EndedBeforeEnabled = "ended_before_enabled",
        /// The connection is gone.
        NotConnected = "not_connected",
        /// Neither a phone, nor an e-mail, nor a contact id: nobody to look for.
        NoIdentity = "no_identity",
        /// HubSpot has no such contact and `onNoMatch` is `skip`.
        NoMatch = "no_match",
        /// Several contacts match, and the owner wants to decide.
        SeveralMatches = "several_matches",
        /// The portal's administrator requires properties that we do not have.
        RequiredProperties = "required_properties",
        /// HubSpot refused the contact or the engagement for another reason.
        Refused = "refused",
        /// A granted scope is missing.
        MissingScopes = "missing_scopes",
        /// A create was sent and nobody can say whether it took effect; the setting says rather not twice.
        InDoubt = "in_doubt",
        /// It could not be delivered within its age.
        TooOld = "too_old",
        /// It failed as often as it may.
        AttemptsExhausted = "attempts_exhausted",
        /// The broker gave it up (delivery limit).
        BrokerGaveUp = "broker_gave_up",
        /// The account's own patterns cannot be used, and nothing goes on unscrubbed; once they are mended it can be replayed.
        RedactionUnusable = "redaction_unusable",
        /// Its payload cannot be opened or read.
        Unreadable = "unreadable",
    }
}

impl From<crate::settings::Withhold> for Reason {
    fn from(withhold: crate::settings::Withhold) -> Self {
        match withhold {
            crate::settings::Withhold::LoggingOff => Self::LoggingOff,
            crate::settings::Withhold::EndedBeforeEnabled => Self::EndedBeforeEnabled,
        }
    }
}

named! {
    /// How the contact was found.
    MatchedBy {
        /// The event carried its id.
        EventContactId = "event_contact_id",
        /// A link learned from an earlier conversation.
        LearnedLink = "learned_link",
        /// Its e-mail address.
        Email = "email",
        /// Its phone number.
        Phone = "phone",
        /// It was created for this conversation.
        Created = "created",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_keep_their_order_in_the_database() {
        for pair in State::ALL.windows(2) {
            assert!(pair[0] < pair[1] && pair[0].code() < pair[1].code());
        }
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(*state));
            assert_eq!(state.as_str().parse(), Ok(*state));
        }
    }
}
