//! Listing, newest first, a page at a time.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{AgentId, ConnectionId, ConversationId, conversation::Channel, ledger::Outcome};
use sqlx::types::Json;
use time::OffsetDateTime;

use super::{Redactions, Writeback, read::Row};
use crate::{Db, Error};

/// Which rows to list. The default lists all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only what stands so.
    pub standing: Option<Standing>,
    /// Only this agent's.
    pub agent: Option<AgentId>,
    /// Only calls, or only chats.
    pub channel: Option<Channel>,
    /// Only what ended at or after.
    pub from: Option<OffsetDateTime>,
    /// Only what ended before.
    pub to: Option<OffsetDateTime>,
}

/// Finished so, or not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not finished yet.
    InFlight,
    /// Finished so.
    Ended(Outcome),
}

/// Where a page ended. Its text is opaque and fits a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    ended_at: OffsetDateTime,
    conversation: ConversationId,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<Writeback>,
    /// Where to go on, unless this was the last page.
    pub next: Option<Cursor>,
}

/// Lists up to `limit` rows after `cursor`. By the end of the conversation, then by its id, neither of which ever changes:
/// each row that is there from the first page to the last is seen exactly once, whatever happens meanwhile.
pub async fn list(
    db: &Db,
    connection: ConnectionId,
    filter: &Filter,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Page, Error> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
    let (in_flight, outcome) = match filter.standing {
        None => (None, None),
        Some(Standing::InFlight) => (Some(true), None),
        Some(Standing::Ended(outcome)) => (None, Some(outcome.state().code())),
    };
    // One statement for every filter. It is planned for the values at hand (`Db::connect` sees to that), so that what is not
    // asked for folds away and the index that suits is used.
    let sql = sqlx::query_as!(
        Row,
        r#"select conversation_id, event_id, state, agent_id, channel, direction, mode, started_at, ended_at, accepted_at, reason,
                  detail, contact_id, owner_id, matched_by, other_contacts, caller_key, engagement_kind, engagement_id,
                  redactions as "redactions: Json<Redactions>", summary_source, attempts, last_error_class, opened_at,
                  posting_at, updated_at, finished_at
             from writebacks
            where connection_id = $1
              and ($2::boolean is null or state < 100)
              and ($3::smallint is null or state = $3)
              and ($4::text is null or agent_id = $4)
              and ($5::text is null or channel = $5)
              and ($6::timestamptz is null or ended_at >= $6)
              and ($7::timestamptz is null or ended_at < $7)
              and ($8::timestamptz is null or (ended_at, conversation_id) < ($8, $9::text))
            order by ended_at desc, conversation_id desc limit $10"#,
        connection.0,
        in_flight,
        outcome,
        filter.agent.as_ref().map(AgentId::as_str),
        filter.channel.map(Channel::as_str),
        filter.from,
        filter.to,
        cursor.map(|cursor| cursor.ended_at),
        cursor.map(|cursor| cursor.conversation.as_str()),
        // One more than asked for tells whether there is another page.
        i64::try_from(limit + 1).unwrap_or(i64::MAX)
    );
    let rows = sql.fetch_all(db.pool()).await.map_err(Error::when("listing conversations"))?;
    let mut rows: Vec<Writeback> = rows.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more);
    let next = next.map(|row| Cursor { ended_at: row.ended_at, conversation: row.conversation.clone() });
    Ok(Page { rows, next })
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.ended_at.unix_timestamp_nanos() / 1000;
        f.write_str(&URL_SAFE_NO_PAD.encode(format!("{micros} {}", self.conversation)))
    }
}

/// The text is no cursor of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor")]
pub struct InvalidCursor;

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let text = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let text = String::from_utf8(text).map_err(|_| InvalidCursor)?;
        let (micros, conversation) = text.split_once(' ').ok_or(InvalidCursor)?;
        let micros: i64 = micros.parse().map_err(|_| InvalidCursor)?;
        Ok(Self {
            ended_at: OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).map_err(|_| InvalidCursor)?,
            conversation: conversation.parse().map_err(|_| InvalidCursor)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_cursor_survives_being_text() {
        let cursor = Cursor {
            ended_at: datetime!(2026-11-23 10:04:10.123456 UTC),
            conversation: "conv 1".replace(' ', "_").parse().unwrap(),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for bad in ["", "x", "!!", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTkgYQ"] {
            assert_eq!(bad.parse::<Cursor>(), Err(InvalidCursor), "{bad}");
        }
    }
}
