//! The ledger: one row a conversation, whose state only moves forward.
//!
//! Every write is one statement for many rows of one connection, is repeatable, and never touches a row that is finished
//! ([`reopen`] is the one exception, for replays).

mod advance;
mod counts;
mod hours;
mod list;
mod open;
mod read;
mod retention;
mod skipped;
mod waiting;

use std::collections::BTreeMap;

use domain::{
    AgentId, ContactId, ConversationId, EngagementId, EventId, OwnerId,
    caller::CallerKey,
    conversation::{Channel, Direction, EngagementKind},
    event::SummarySource,
    ledger::{MatchedBy, Reason, State},
    settings::Mode,
};
use time::OffsetDateTime;

pub(crate) use self::{advance::reopen_in, open::There};
pub use self::{
    advance::{
        Deferred, Ended, Exported, Intent, Matched, Moved, defer_note, exported, matched, not_posted, posting, reopen, skipped,
        withheld,
    },
    counts::{Counts, counts},
    hours::{Hour, hours},
    list::{Cursor, Filter, InvalidCursor, Page, Standing, list},
    open::{NewWriteback, Opened, Scrubbed, open},
    read::{Brief, get, states},
    retention::delete_finished_before,
    skipped::{SEEN_MAX as SKIPPED_SEEN_MAX, SkippedCaller, SkippedCallers, skipped_callers},
    waiting::{Waiting, waiting},
};

/// How many pieces of each kind were scrubbed: `card` -> 2. Names come from the scrubber's closed list; never what was found.
pub type Redactions = BTreeMap<String, u32>;

/// An engagement in HubSpot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Engagement {
    /// Call or Note.
    pub kind: EngagementKind,
    /// Its record id.
    pub id: EngagementId,
}

/// A whole row. What is not known yet, or never will be because the event could not be read, is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writeback {
    /// The platform's id.
    pub conversation: ConversationId,
    /// The event that opened it.
    pub event: EventId,
    /// Where it stands.
    pub state: State,
    /// Who led it.
    pub agent: Option<AgentId>,
    /// Voice or chat.
    pub channel: Option<Channel>,
    /// Who began.
    pub direction: Option<Direction>,
    /// The mode when it was accepted; once exported, the mode of the export.
    pub mode: Option<Mode>,
    /// When it began.
    pub started_at: Option<OffsetDateTime>,
    /// When it ended; where the event could not be read, when it was first seen.
    pub ended_at: OffsetDateTime,
    /// When the API accepted it.
    pub accepted_at: Option<OffsetDateTime>,
    /// Why it ended as something else than exported.
    pub reason: Option<Reason>,
    /// More about that, for a person, without personal data.
    pub detail: Option<String>,
    /// The one contact.
    pub contact: Option<ContactId>,
    /// Its owner.
    pub owner: Option<OwnerId>,
    /// How it was found.
    pub matched_by: Option<MatchedBy>,
    /// Who else it could have been.
    pub others: Vec<ContactId>,
    /// Stands for the phone or e-mail that was looked for.
    pub caller_key: Option<CallerKey>,
    /// What is in HubSpot.
    pub engagement: Option<Engagement>,
    /// What was scrubbed.
    pub redactions: Redactions,
    /// Who wrote the summary.
    pub summary_source: Option<SummarySource>,
    /// Failures that counted as attempts.
    pub attempts: u32,
    /// The class of the latest failure.
    pub last_error_class: Option<String>,
    /// When the first stage took it up.
    pub opened_at: OffsetDateTime,
    /// The latest intent to create the engagement that was committed before the request was sent.
    pub posting_at: Option<OffsetDateTime>,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
    /// When it was finished.
    pub finished_at: Option<OffsetDateTime>,
}
