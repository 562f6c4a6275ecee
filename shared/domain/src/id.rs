//! Newtypes for ids: an account's id can never stand where a connection's is meant.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidId(&'static str);

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id that sorts by the time of its making (UUID version 7, RFC 9562).
            #[expect(clippy::new_without_default, reason = "a fresh id is no neutral value")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text).map(Self).map_err(|_| InvalidId("must be a UUID"))
            }
        }
    )*};
}

uuid_id! {
    /// A customer of the platform.
    AccountId
    /// An account's link to one HubSpot portal.
    ConnectionId
    /// One accepted event. Two deliveries with the same event id are the same event; two events of the same conversation are
    /// a repetition by the platform.
    EventId
    /// An API key (not the secret itself).
    ApiKeyId
    /// A person who signs in.
    UserId
    /// A delivery that was given up and is kept for a person to look at.
    DeadLetterId
}

macro_rules! platform_id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        ///
        /// Invariant: 1 to 128 printable ASCII characters without spaces.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Longest id in characters: it must fit a header of the broker and a property of HubSpot.
            pub const MAX_LEN: usize = 128;

            /// Checks the invariant.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                Self::try_from(text.to_owned())
            }

            /// The id as the platform wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                let fits = (1..=Self::MAX_LEN).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
                if fits { Ok(Self(text)) } else { Err(InvalidId("must be 1 to 128 printable ASCII characters without spaces")) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

platform_id! {
    /// One finished voice call or chat, by the platform's own id.
    ConversationId
    /// A voice or chat agent of an account, by the platform's own id.
    AgentId
}

macro_rules! hubspot_id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        ///
        /// HubSpot writes ids as decimal strings in objects and as numbers in associations; both are read, a string is written.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// From a database column or a JSON number; `None` unless positive.
            pub fn from_i64(id: i64) -> Option<Self> {
                (id > 0).then_some(Self(id))
            }

            /// As a database column.
            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                text.parse().ok().filter(|_| digits).and_then(Self::from_i64).ok_or(InvalidId("must be a positive decimal number"))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Either;
                impl serde::de::Visitor<'_> for Either {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a positive decimal number, as text or as a number")
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }

                    fn visit_i64<E: serde::de::Error>(self, id: i64) -> Result<$name, E> {
                        $name::from_i64(id).ok_or_else(|| E::custom("must be positive"))
                    }

                    fn visit_u64<E: serde::de::Error>(self, id: u64) -> Result<$name, E> {
                        self.visit_i64(i64::try_from(id).map_err(E::custom)?)
                    }
                }
                from.deserialize_any(Either)
            }
        }
    )*};
}

hubspot_id! {
    /// The HubSpot account on the other side.
    PortalId
    /// A contact's record id.
    ContactId
    /// A HubSpot owner (`hubspot_owner_id`), which is not the user id.
    OwnerId
    /// A Call's or a Note's record id.
    EngagementId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platform_ids_hold_what_a_header_and_a_property_can_hold() {
        for good in ["conv_81f2", "a", "A-b.c:d/e+f=@", &"x".repeat(128)] {
            assert_eq!(ConversationId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "a b", "tab\t", "é", &"x".repeat(129)] {
            assert!(ConversationId::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn hubspot_ids_are_read_as_text_or_number_and_written_as_text() {
        for json in ["\"512\"", "512"] {
            let id: ContactId = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&id).unwrap(), "\"512\"");
        }
        for bad in ["\"\"", "\"-1\"", "\"+1\"", "0", "-5", "\"12a\"", "\"99999999999999999999\"", "1.5"] {
            assert!(serde_json::from_str::<ContactId>(bad).is_err(), "{bad}");
        }
    }
}
