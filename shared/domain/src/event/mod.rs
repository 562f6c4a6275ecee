//! What travels from stage to stage, sealed ([`payload`]).
//!
//! Schemas are tolerant: a field that a newer release adds is ignored by an older one, and new fields have defaults.
//!
//! As JSON an event has no texts: these are a piece of their own.

pub mod payload;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    caller::CallerKey,
    contact::Region,
    conversation::{Conversation, write_facts},
    id::{AccountId, ConnectionId, ContactId, ConversationId, EventId, OwnerId},
    ledger::{LedgerKey, MatchedBy, named},
    settings::{Mode, OnNoMatch, Settings, Withhold},
};

named! {
    /// The stages of the fleet, by the event that each consumes.
    StageName {
        /// Scrubs and summarises what was accepted.
        Redactor = "redactor",
        /// Finds or creates the contact.
        Matcher = "matcher",
        /// Writes the engagement.
        Poster = "poster",
    }
}

/// What every event carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Tells a delivery that comes again from a conversation that is reported again.
    pub event: EventId,
    /// Whose conversation.
    pub account: AccountId,
    /// Where it goes.
    pub connection: ConnectionId,
    /// Country of the account's national numbers.
    pub region: Region,
    /// When the API accepted it.
    #[serde(with = "time::serde::rfc3339")]
    pub accepted_at: OffsetDateTime,
    /// The mode at that time; the stricter of then and now wins.
    pub mode: Mode,
    /// What was to be done about unknown callers at that time; the stricter of then and now wins.
    pub on_no_match: OnNoMatch,
}

impl Origin {
    /// What holds for this conversation now: the stricter of the settings when it was accepted and `now`. `Err` when it must
    /// not be exported any more.
    pub fn in_force(&self, now: &Settings, ended_at: OffsetDateTime) -> Result<(Mode, OnNoMatch), Withhold> {
        let mode = self.mode.stricter(now.admit(ended_at)?);
        if mode == Mode::Off {
            return Err(Withhold::LoggingOff);
        }
        Ok((mode, self.on_no_match.stricter(now.on_no_match)))
    }
}

/// conversation.finished, accepted: published by the API, consumed by the redactor. The one event with unscrubbed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationAccepted {
    /// Where it comes from.
    pub origin: Origin,
    /// What happened.
    #[serde(serialize_with = "write_facts")]
    pub conversation: Conversation,
}

named! {
    /// Who wrote a summary.
    SummarySource {
        /// The platform sent it with the event.
        Event = "event",
        /// A language model.
        Model = "model",
        /// Sentences picked from the transcript.
        Extractive = "extractive",
    }
}

/// conversation.redacted: published by the redactor, consumed by the matcher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationRedacted {
    /// Where it comes from.
    pub origin: Origin,
    /// What happened, scrubbed, with a summary. The transcript is empty where the mode does not ask for it.
    #[serde(serialize_with = "write_facts")]
    pub conversation: Conversation,
    /// Who wrote the summary; `None` when there was nothing to summarise.
    pub summary_source: Option<SummarySource>,
    /// How often the contact turned out to be gone and the conversation came back to be matched anew.
    #[serde(default)]
    pub rematches: u8,
}

impl ConversationRedacted {
    /// A conversation whose contact vanishes more often than this is given up.
    pub const MAX_REMATCHES: u8 = 3;
}

/// The contact of a conversation, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchedContact {
    /// The one contact.
    pub id: ContactId,
    /// Its owner, who becomes the engagement's.
    pub owner: Option<OwnerId>,
    /// How it was found.
    pub by: MatchedBy,
    /// Who else it could have been, best first; at most [`MatchedContact::MAX_OTHERS`].
    pub others: Vec<ContactId>,
}

impl MatchedContact {
    /// Other candidates that are kept.
    pub const MAX_OTHERS: usize = 10;

    /// A contact that was found, with as many others as are kept.
    pub fn new(id: ContactId, owner: Option<OwnerId>, by: MatchedBy, mut others: Vec<ContactId>) -> Self {
        others.truncate(Self::MAX_OTHERS);
        Self { id, owner, by, others }
    }

    /// The same, where the id that was asked about was a learned link's, also where HubSpot answered with the contact that it was
    /// merged into.
    #[must_use]
    pub fn by_link(self) -> Self {
        let by = if self.by == MatchedBy::EventContactId { MatchedBy::LearnedLink } else { self.by };
        Self { by, ..self }
    }
}

/// conversation.matched: published by the matcher, consumed by the poster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationMatched {
    /// Where it comes from.
    pub origin: Origin,
    /// What happened, scrubbed.
    #[serde(serialize_with = "write_facts")]
    pub conversation: Conversation,
    /// Who wrote the summary.
    pub summary_source: Option<SummarySource>,
    /// How often it was matched anew.
    #[serde(default)]
    pub rematches: u8,
    /// Whose timeline it goes on.
    pub contact: MatchedContact,
    /// Stands for the phone or e-mail that was looked for. The ledger learns it with the outcome.
    #[serde(default)]
    pub caller_key: Option<CallerKey>,
}

named! {
    /// What the texts of an event are. They open only as that.
    TextsAre {
        /// As the platform sent them.
        Reported = "reported",
        /// Fit to leave.
        Scrubbed = "scrubbed",
    }
}

/// An event of the fleet: what a stage consumes and another publishes.
pub trait Event: Serialize + serde::de::DeserializeOwned + Send + Sync + 'static {
    /// The stage that consumes it.
    const CONSUMER: StageName;
    /// What its texts are.
    const TEXTS: TextsAre;

    /// Where it comes from.
    fn origin(&self) -> &Origin;

    /// The conversation.
    fn conversation(&self) -> &Conversation;

    /// The conversation.
    fn conversation_mut(&mut self) -> &mut Conversation;

    /// The conversation's id.
    fn conversation_id(&self) -> &ConversationId {
        &self.conversation().id
    }

    /// Its row in the ledger.
    fn ledger_key(&self) -> LedgerKey {
        LedgerKey { connection: self.origin().connection, conversation: self.conversation_id().clone() }
    }
}

macro_rules! event {
    ($name:ident, $consumer:ident, $texts:ident) => {
        impl Event for $name {
            const CONSUMER: StageName = StageName::$consumer;
            const TEXTS: TextsAre = TextsAre::$texts;

            fn origin(&self) -> &Origin {
                &self.origin
            }

            fn conversation(&self) -> &Conversation {
                &self.conversation
            }

            fn conversation_mut(&mut self) -> &mut Conversation {
                &mut self.conversation
            }
        }
    };
}

event!(ConversationAccepted, Redactor, Reported);
event!(ConversationRedacted, Matcher, Scrubbed);
event!(ConversationMatched, Poster, Scrubbed);

/// The event that never happens: what the last stage publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nothing {}

impl Event for Nothing {
    const CONSUMER: StageName = StageName::Poster;
    const TEXTS: TextsAre = TextsAre::Scrubbed;

    fn origin(&self) -> &Origin {
        match *self {}
    }

    fn conversation(&self) -> &Conversation {
        match *self {}
    }

    fn conversation_mut(&mut self) -> &mut Conversation {
        match *self {}
    }
}
