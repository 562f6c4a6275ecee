//! A preview as the API shows it.

use std::collections::BTreeMap;

use domain::{
    ContactId, OwnerId,
    connection::Connection,
    conversation::{Direction, EngagementKind, RecordingUrl, Status},
    event::SummarySource,
    ledger::{MatchedBy, Outcome, Reason},
    settings::{Mode, OnNoMatch},
};
use hubspot::Entry;
use scrub::Clean;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::caller::Match;
use crate::{links, words};

/// The contact whose timeline it would be on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewedContact)]
pub(crate) struct ContactView {
    /// Its id; `null` for one that would be created.
    #[schema(value_type = Option<String>, required, example = "512")]
    pub(crate) id: Option<ContactId>,
    /// Its owner in HubSpot, who would be the engagement's.
    #[schema(value_type = Option<String>, required)]
    pub(crate) owner_id: Option<OwnerId>,
    /// How it was found; `created` for one that would be created.
    #[schema(value_type = words::MatchedBy)]
    pub(crate) matched_by: MatchedBy,
    /// The record in HubSpot.
    #[schema(required)]
    pub(crate) url: Option<String>,
    /// The properties of one that would be created, by their names in HubSpot.
    #[schema(value_type = Option<BTreeMap<String, String>>, required)]
    pub(crate) properties: Option<BTreeMap<&'static str, String>>,
}

/// The record that would be written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PreviewedEngagement)]
pub(crate) struct EngagementView {
    /// `call` or `note`.
    #[schema(value_type = String, example = "call")]
    pub(crate) kind: &'static str,
    /// A call's title; a note has none.
    #[schema(required, example = "Inbound call with Dana Reyes")]
    pub(crate) title: Option<String>,
    /// The body, HTML.
    pub(crate) body: String,
    /// Turns at the end of the transcript for which HubSpot has no room.
    pub(crate) turns_left_out: usize,
    /// Its place on the timeline.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) at: OffsetDateTime,
    /// The contact's owner, in whose name it would be.
    #[schema(value_type = Option<String>, required)]
    pub(crate) owner_id: Option<OwnerId>,
    /// Who began the call.
    #[schema(value_type = Option<words::Direction>, required)]
    pub(crate) direction: Option<Direction>,
    /// How the call went.
    #[schema(value_type = Option<words::Status>, required)]
    pub(crate) status: Option<Status>,
    /// How long the call was.
    #[schema(required)]
    pub(crate) duration_ms: Option<u64>,
    /// The calling party's number.
    #[schema(required)]
    pub(crate) from: Option<String>,
    /// The called party's number.
    #[schema(required)]
    pub(crate) to: Option<String>,
    /// Where the call can be heard.
    #[schema(value_type = Option<String>, required)]
    pub(crate) recording_url: Option<RecordingUrl>,
}

/// What would become of a conversation.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Preview {
    /// How it would end.
    #[schema(value_type = words::Outcome)]
    pub(crate) outcome: Outcome,
    /// Why, if it would end as something else than exported.
    #[schema(value_type = Option<words::Reason>, required)]
    pub(crate) reason: Option<Reason>,
    /// More about that.
    #[schema(required)]
    pub(crate) detail: Option<String>,
    /// The mode that it was made with; `null` if the conversation would be withheld.
    #[schema(value_type = Option<words::Mode>, required)]
    pub(crate) mode: Option<Mode>,
    /// What it was made with for unknown callers.
    #[schema(value_type = Option<words::OnNoMatch>, required)]
    pub(crate) on_no_match: Option<OnNoMatch>,
    /// The contact; `null` where there would be none.
    #[schema(required)]
    pub(crate) contact: Option<ContactView>,
    /// Other contacts that it could be.
    #[schema(value_type = Vec<String>)]
    pub(crate) other_contact_ids: Vec<ContactId>,
    /// The record. With `skipped_no_match` it is the one that would be written if there were a contact.
    #[schema(required)]
    pub(crate) engagement: Option<EngagementView>,
    /// Who wrote the summary. A model need not say the same again.
    #[schema(value_type = Option<words::SummarySource>, required)]
    pub(crate) summary_source: Option<SummarySource>,
    /// Pieces that are scrubbed, by kind.
    #[schema(value_type = BTreeMap<String, u32>)]
    pub(crate) redactions: BTreeMap<&'static str, u32>,
}

impl Preview {
    /// Of a conversation that would not come as far as to be scrubbed.
    pub(super) fn ended(outcome: Outcome, reason: Reason) -> Self {
        Self {
            outcome,
            reason: Some(reason),
            detail: None,
            mode: None,
            on_no_match: None,
            contact: None,
            other_contact_ids: Vec::new(),
            engagement: None,
            summary_source: None,
            redactions: BTreeMap::new(),
        }
    }

    /// Of a conversation that was scrubbed and looked for.
    pub(super) fn of(
        connection: &Connection,
        (mode, on_no_match): (Mode, OnNoMatch),
        matched: Match,
        (kind, entry): (EngagementKind, Entry),
        clean: &Clean,
    ) -> Self {
        let (outcome, reason, detail, contact, other_contact_ids) = match matched {
            Match::Contact(found) => {
                let contact = ContactView {
                    id: Some(found.id),
                    owner_id: found.owner,
                    matched_by: found.by,
                    url: Some(links::contact(connection, found.id)),
                    properties: None,
                };
                (Outcome::Exported, None, None, Some(contact), found.others)
            }
            Match::New(properties) => (Outcome::Exported, None, None, Some(ContactView::new(properties)), Vec::new()),
            Match::Skipped { reason, candidates } => (Outcome::SkippedNoMatch, Some(reason), None, None, candidates),
            Match::Refused { detail } => (Outcome::Failed, Some(Reason::Refused), Some(detail), None, Vec::new()),
        };
        let owner = contact.as_ref().and_then(|contact| contact.owner_id);
        Self {
            outcome,
            reason,
            detail,
            mode: Some(mode),
            on_no_match: Some(on_no_match),
            contact,
            other_contact_ids,
            engagement: Some(EngagementView::of(kind, entry, owner)),
            summary_source: clean.summary_source,
            redactions: clean.counts.iter().filter(|(_, n)| *n > 0).map(|(kind, n)| (kind.as_str(), n)).collect(),
        }
    }
}

impl ContactView {
    /// One that would be created.
    fn new(properties: BTreeMap<&'static str, String>) -> Self {
        Self { id: None, owner_id: None, matched_by: MatchedBy::Created, url: None, properties: Some(properties) }
    }
}

impl EngagementView {
    fn of(
        kind: EngagementKind,
        Entry { conversation: _, at, body, call, turns_left_out }: Entry,
        owner: Option<OwnerId>,
    ) -> Self {
        let call = call.as_ref();
        let number = |phone: &domain::Phone| phone.as_e164().to_owned();
        Self {
            kind: kind.as_str(),
            title: call.map(|call| call.title.as_str().to_owned()),
            body,
            turns_left_out,
            at,
            owner_id: owner,
            direction: call.map(|call| call.direction),
            status: call.map(|call| call.status),
            duration_ms: call.map(|call| call.duration_ms),
            from: call.and_then(|call| call.from.as_ref()).map(number),
            to: call.and_then(|call| call.to.as_ref()).map(number),
            recording_url: call.and_then(|call| call.recording.clone()),
        }
    }
}

macro_rules! silent {
    ($($name:ident)+) => {$(
        impl std::fmt::Debug for $name {
            // It is what was said, and with whom.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )+};
}

silent! { Preview ContactView EngagementView }
