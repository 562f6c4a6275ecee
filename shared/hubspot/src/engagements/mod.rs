//! Calls and Notes: written with their contact in one request, and recognised again (calls guide, notes guide).

mod entry;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use domain::{
    ContactId, ConversationId, EngagementId, OwnerId, Phone,
    connection::UniqueMode,
    conversation::{Direction, EngagementKind, RecordingUrl, Status},
    engagement,
};
use serde_json::json;
use time::OffsetDateTime;

pub use entry::Entry;

use crate::{
    batch::{Mark, NewRecord},
    call::Call,
    contacts::CONTACTS,
    error::Error,
    objects::Objects,
    portal::Portal,
    probe::CONVERSATION_ID,
    record::{Record, write_time},
};

/// Pages of a contact's associations that are looked through for its newest engagements: 2,000 ids.
const PAGES_MAX: usize = 4;

/// The object's plural name in paths.
pub(crate) fn object(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::Call => "calls",
        EngagementKind::Note => "notes",
    }
}

/// `HUBSPOT_DEFINED` type ids in the direction engagement to contact (associations guide). The inverse ones are accepted and
/// associate nothing.
fn to_contact(kind: EngagementKind) -> u16 {
    match kind {
        EngagementKind::Call => 194,
        EngagementKind::Note => 202,
    }
}

fn body_property(kind: EngagementKind) -> &'static str {
    match kind {
        EngagementKind::Call => "hs_call_body",
        EngagementKind::Note => "hs_note_body",
    }
}

/// What is said on the timeline about one conversation. `Debug` shows no text.
#[derive(Clone, PartialEq, Eq)]
pub struct NewEngagement {
    /// The conversation that it is about.
    pub conversation: ConversationId,
    /// On whose timeline.
    pub contact: ContactId,
    /// Its place on the timeline: when the conversation began.
    pub at: OffsetDateTime,
    /// The contact's owner, who is shown as its author.
    pub owner: Option<OwnerId>,
    /// HTML, with the reference to the conversation in it ([`engagement::compose`]).
    pub body: String,
    /// What only a call has; not looked at for notes.
    pub call: Option<CallFacts>,
}

/// What HubSpot shows of a call beside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallFacts {
    /// One line of plain text.
    pub title: domain::Text,
    /// Who began.
    pub direction: Direction,
    /// How it went technically.
    pub status: Status,
    /// How long it was.
    pub duration_ms: u64,
    /// The calling party's number.
    pub from: Option<Phone>,
    /// The called party's number.
    pub to: Option<Phone>,
    /// Where it can be heard.
    pub recording: Option<RecordingUrl>,
}

impl std::fmt::Debug for NewEngagement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewEngagement({} on {}, {} bytes)", self.conversation, self.contact, self.body.len())
    }
}

/// HubSpot's words (calls guide). It has no "missed" among them; a caller who gave up was not answered.
fn status(status: Status) -> &'static str {
    match status {
        Status::Completed => "COMPLETED",
        Status::NoAnswer | Status::Missed => "NO_ANSWER",
        Status::Busy => "BUSY",
        Status::Canceled => "CANCELED",
        Status::Failed => "FAILED",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "INBOUND",
        Direction::Outbound => "OUTBOUND",
    }
}

impl CallFacts {
    fn write(&self, properties: &mut BTreeMap<&'static str, String>) {
        let Self { title, direction: begun, status: went, duration_ms, from, to, recording } = self;
        properties.insert("hs_call_title", title.as_str().to_owned());
        properties.insert("hs_call_direction", direction(*begun).to_owned());
        properties.insert("hs_call_status", status(*went).to_owned());
        properties.insert("hs_call_duration", duration_ms.to_string());
        for (name, value) in [
            ("hs_call_from_number", from.as_ref().map(Phone::as_e164)),
            ("hs_call_to_number", to.as_ref().map(Phone::as_e164)),
            ("hs_call_recording_url", recording.as_ref().map(RecordingUrl::as_str)),
        ] {
            if let Some(value) = value {
                properties.insert(name, value.to_owned());
            }
        }
    }
}

impl NewEngagement {
    fn record(&self, kind: EngagementKind, mode: UniqueMode) -> NewRecord {
        let mut properties = BTreeMap::from([("hs_timestamp", write_time(self.at)), (body_property(kind), self.body.clone())]);
        if let Some(owner) = self.owner {
            properties.insert("hubspot_owner_id", owner.to_string());
        }
        match (kind, &self.call) {
            (EngagementKind::Call, Some(facts)) => facts.write(&mut properties),
            (EngagementKind::Call, None) | (EngagementKind::Note, _) => {}
        }
        let mark = match mode {
            UniqueMode::Unique | UniqueMode::Marker => {
                properties.insert(CONVERSATION_ID, self.conversation.to_string());
                Mark::Is(CONVERSATION_ID, self.conversation.to_string())
            }
            UniqueMode::Plain => Mark::Holds(body_property(kind), references(&self.conversation)),
        };
        let types = json!([{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": to_contact(kind)}]);
        let association = json!({"to": {"id": self.contact.to_string()}, "types": types});
        NewRecord::new(properties, vec![association], vec![mark])
    }
}

/// How the reference to a conversation can look in a stored body: as it was sent, or with its entities replaced, since HubSpot
/// rewrites bodies when it sanitises them.
fn references(conversation: &ConversationId) -> Vec<String> {
    vec![engagement::reference(conversation), format!("[writeback:{conversation}]")]
}

/// The Calls or the Notes of a portal.
#[derive(Debug, Clone, Copy)]
pub struct Engagements<'a> {
    objects: Objects<'a>,
    kind: EngagementKind,
}

impl Portal {
    /// Its Calls or its Notes.
    pub fn engagements(&self, kind: EngagementKind) -> Engagements<'_> {
        Engagements { objects: self.objects(object(kind)), kind }
    }
}

impl Engagements<'_> {
    /// Writes all of them, each associated with its contact; one result for each, in order.
    ///
    /// In unique mode [`crate::ErrorClass::Conflict`] means that the conversation has its engagement already, and
    /// [`crate::ErrorClass::NotFound`] in any mode that the contact is gone, where HubSpot says so.
    pub async fn batch_create(&self, mode: UniqueMode, engagements: &[NewEngagement]) -> Vec<Result<EngagementId, Error>> {
        let records = engagements.iter().map(|engagement| engagement.record(self.kind, mode)).collect();
        let created = self.objects.batch_create(records).await;
        created.into_iter().map(|result| result.and_then(|record| id_of(&record))).collect()
    }

    /// The engagement of each conversation that has one, by our unique property. Only in unique mode; elsewhere HubSpot refuses
    /// with a 400.
    pub async fn by_conversation(
        &self,
        conversations: &[ConversationId],
    ) -> Result<HashMap<ConversationId, EngagementId>, Error> {
        let ids: Vec<_> = conversations.iter().map(ConversationId::to_string).collect();
        let records = self.objects.batch_read(&ids, Some(CONVERSATION_ID), &[CONVERSATION_ID]).await?;
        Ok(recognised(&records, conversations, |conversation| vec![Mark::Is(CONVERSATION_ID, conversation.to_string())]))
    }

    /// The ids of a contact's newest engagements, newest first. Lists promise no order; ids grow, so the greatest are the newest.
    pub async fn newest(&self, contact: ContactId, at_most: usize) -> Result<Vec<EngagementId>, Error> {
        let contacts = self.objects.of(CONTACTS);
        let mut ids = contacts.associated(&contact.to_string(), object(self.kind), PAGES_MAX).await?;
        ids.sort_unstable_by_key(|id| Reverse(*id));
        Ok(ids.into_iter().filter_map(EngagementId::from_i64).take(at_most).collect())
    }

    /// The engagement of each conversation that has one among these: by our property, or by the reference in the body. For the
    /// read-back in marker and plain mode.
    pub async fn among(
        &self,
        engagements: &[EngagementId],
        conversations: &[ConversationId],
    ) -> Result<HashMap<ConversationId, EngagementId>, Error> {
        let ids: Vec<_> = engagements.iter().map(EngagementId::to_string).collect();
        let body = body_property(self.kind);
        let records = self.objects.batch_read(&ids, None, &[CONVERSATION_ID, body]).await?;
        Ok(recognised(&records, conversations, |conversation| {
            vec![Mark::Is(CONVERSATION_ID, conversation.to_string()), Mark::Holds(body, references(conversation))]
        }))
    }

    /// Associates an engagement with a contact once more, by HubSpot's default type. Again is the same as once.
    pub async fn associate(&self, engagement: EngagementId, contact: ContactId) -> Result<(), Error> {
        self.objects.associate(&engagement.to_string(), CONTACTS, &contact.to_string()).await
    }
}

fn recognised(
    records: &[Record],
    conversations: &[ConversationId],
    marks: impl Fn(&ConversationId) -> Vec<Mark>,
) -> HashMap<ConversationId, EngagementId> {
    let find = |conversation: &ConversationId| {
        let marks = marks(conversation);
        // The lowest id, if there should be several: the first one that was written.
        let fitting = records.iter().filter(|record| marks.iter().any(|mark| mark.fits(record)));
        fitting.filter_map(|record| record.id.parse().ok()).min().map(|id| (conversation.clone(), id))
    };
    conversations.iter().filter_map(find).collect()
}

fn id_of(record: &Record) -> Result<EngagementId, Error> {
    record.id.parse().map_err(|_| Error::ambiguous(Call::BatchCreate))
}
