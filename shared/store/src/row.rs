//! From columns to the domain's types.

use std::{str::FromStr, time::Duration};

use domain::{ConnectionId, ContactId, ConversationId, EngagementId, OwnerId, PortalId, ledger::State};

use crate::Error;

/// Reads a text column; `column` names it in the error.
pub(crate) fn parse<T: FromStr>(column: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::Corrupt { column })
}

/// Reads a text column that may be null.
pub(crate) fn parse_opt<T: FromStr>(column: &'static str, text: Option<&str>) -> Result<Option<T>, Error> {
    text.map(|text| parse(column, text)).transpose()
}

/// Reads a state's number.
pub(crate) fn state(column: &'static str, code: i16) -> Result<State, Error> {
    State::from_code(code).ok_or(Error::Corrupt { column })
}

/// HubSpot's ids in columns.
pub(crate) trait HubspotId: Sized {
    fn read(column: &'static str, id: i64) -> Result<Self, Error>;

    fn read_opt(column: &'static str, id: Option<i64>) -> Result<Option<Self>, Error> {
        id.map(|id| Self::read(column, id)).transpose()
    }
}

macro_rules! hubspot_ids {
    ($($name:ident)*) => {$(
        impl HubspotId for $name {
            fn read(column: &'static str, id: i64) -> Result<Self, Error> {
                Self::from_i64(id).ok_or(Error::Corrupt { column })
            }
        }
    )*};
}

hubspot_ids! { ContactId EngagementId OwnerId PortalId }

/// A count that is never negative. One that is counts as none: it can only be our own arithmetic, and no reader is helped by
/// an error.
pub(crate) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// A small count from a column.
pub(crate) fn small(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// A small count for a column.
pub(crate) fn to_small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// A duration in microseconds, for a column or an interval.
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Rows in the order in which all statements lock them, and each conversation once: a repetition within one call says nothing
/// new.
pub(crate) fn in_lock_order<T>(items: &[T], conversation: impl Fn(&T) -> &ConversationId) -> Vec<&T> {
    let mut ordered: Vec<&T> = items.iter().collect();
    ordered.sort_by(|a, b| conversation(a).cmp(conversation(b)));
    ordered.dedup_by(|later, first| conversation(later) == conversation(first));
    ordered
}

/// The rows of several connections in the order in which all statements lock them, and each conversation once.
pub(crate) fn all_in_lock_order<T>(
    groups: &[(ConnectionId, Vec<T>)],
    conversation: impl Fn(&T) -> &ConversationId,
) -> Vec<(ConnectionId, &T)> {
    let mut ordered: Vec<_> = groups.iter().flat_map(|(connection, rows)| rows.iter().map(|row| (*connection, row))).collect();
    ordered.sort_by(|a, b| (a.0.0, conversation(a.1)).cmp(&(b.0.0, conversation(b.1))));
    ordered.dedup_by(|later, first| later.0 == first.0 && conversation(later.1) == conversation(first.1));
    ordered
}

/// A `bigint[]` as a literal: arrays of different lengths cannot travel in one `unnest`.
pub(crate) fn array_literal(ids: &[ContactId]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("{{{}}}", ids.join(","))
}
