//! One conversation on its way to a timeline.

use bus::{Delivery, Verdict};
use domain::{
    ConversationId, EngagementId,
    connection::{UniqueMode, UniqueModes},
    conversation::EngagementKind,
    event::{ConversationMatched, ConversationRedacted},
    ledger::Reason,
    settings::{Mode, Settings},
};
use hubspot::{Entry, NewEngagement};
use store::ledger::{Brief, Ended, Engagement, Exported, Matched};
use time::OffsetDateTime;

/// How a conversation left the poster.
#[expect(clippy::large_enum_variant, reason = "a hundred of them live for one batch; a box each would cost more")]
#[derive(Debug)]
pub(crate) enum Settled {
    /// It is in HubSpot.
    Exported(EngagementId),
    /// It may not be exported any more.
    Withheld(Reason),
    /// Another attempt finished it before.
    Over,
    /// Its contact is gone.
    Rematch,
    /// Not now, or never.
    Verdict(Verdict<ConversationRedacted>),
}

/// One conversation, and what its portal lets us promise.
pub(crate) struct Job<'a> {
    pub(crate) delivery: &'a Delivery<ConversationMatched>,
    pub(crate) kind: EngagementKind,
    pub(crate) unique: UniqueMode,
    pub(crate) mode: Mode,
    /// An engagement may have been written before.
    pub(crate) in_doubt: bool,
    /// Why it may not be exported any more, unless it was already.
    pub(crate) withhold: Option<Reason>,
    /// The intent to write that was committed when the row was read.
    pub(crate) intent: Option<OffsetDateTime>,
    pub(crate) settled: Option<Settled>,
}

impl<'a> Job<'a> {
    pub(crate) fn new(
        delivery: &'a Delivery<ConversationMatched>,
        settings: &Settings,
        modes: UniqueModes,
        row: Option<&Brief>,
    ) -> Self {
        let conversation = &delivery.event.conversation;
        let kind = EngagementKind::from(conversation.channel);
        let unique = match kind {
            EngagementKind::Call => modes.call,
            EngagementKind::Note => modes.note,
        };
        let (mode, withhold) = match delivery.event.origin.in_force(settings, conversation.ended_at) {
            Ok((mode, _)) => (mode, None),
            Err(withhold) => (delivery.event.origin.mode, Some(withhold.into())),
        };
        let in_doubt = match unique {
            UniqueMode::Unique => delivery.repeated,
            UniqueMode::Marker | UniqueMode::Plain => row.is_some_and(|row| row.posting_at.is_some()),
        };
        let settled = match withhold {
            _ if row.is_some_and(|row| row.state.outcome().is_some()) => Some(Settled::Over),
            // What may stand on the timeline already is looked for first, or the ledger would say that it does not.
            Some(reason) if !in_doubt => Some(Settled::Withheld(reason)),
            _ => None,
        };
        let intent = row.and_then(|row| row.posting_at);
        Self { delivery, kind, unique, mode, in_doubt, withhold, intent, settled }
    }

    pub(crate) fn event(&self) -> &ConversationMatched {
        &self.delivery.event
    }

    pub(crate) fn conversation(&self) -> &ConversationId {
        &self.delivery.event.conversation.id
    }

    pub(crate) fn engagement(&self) -> NewEngagement {
        let ConversationMatched { conversation, contact, .. } = self.event();
        Entry::of(conversation, self.mode).on(contact.id, contact.owner)
    }

    pub(crate) fn is_open(&self) -> bool {
        self.settled.is_none()
    }

    /// The first answer stays.
    pub(crate) fn settle(&mut self, settled: Settled) {
        self.settled.get_or_insert(settled);
    }

    /// What may not be exported ends here, unless it was found in HubSpot.
    pub(crate) fn settle_withheld(&mut self) {
        if let Some(reason) = self.withhold {
            self.settle(Settled::Withheld(reason));
        }
    }

    pub(crate) fn exported_row(&self) -> Option<Exported> {
        let Some(Settled::Exported(id)) = &self.settled else { return None };
        Some(Exported {
            conversation: self.conversation().clone(),
            engagement: Engagement { kind: self.kind, id: *id },
            contact: self.event().contact.clone(),
            mode: self.mode,
            summary_source: self.event().summary_source,
            caller_key: self.event().caller_key,
            attempts: self.delivery.attempts,
        })
    }

    /// What has its contact and, after its first time here, no outcome: the ledger should know whose timeline it waits for.
    pub(crate) fn matched_row(&self) -> Option<Matched> {
        let Some(Settled::Verdict(_)) = &self.settled else { return None };
        let ConversationMatched { contact, caller_key, .. } = self.event();
        let row = || Matched { conversation: self.conversation().clone(), contact: contact.clone(), caller_key: *caller_key };
        (!self.delivery.repeated).then(row)
    }

    pub(crate) fn withheld_row(&self) -> Option<Ended> {
        let Some(Settled::Withheld(reason)) = &self.settled else { return None };
        Some(Ended::because(self.conversation().clone(), *reason))
    }

    pub(crate) fn into_verdict(self) -> Verdict<ConversationRedacted> {
        match self.settled.expect("every job is settled before the verdicts are taken") {
            Settled::Exported(_) | Settled::Withheld(_) | Settled::Over => Verdict::Done,
            Settled::Rematch => rematch(&self.delivery.event),
            Settled::Verdict(verdict) => verdict,
        }
    }
}

/// Back to the matcher, without the contact id that led to nobody.
fn rematch(event: &ConversationMatched) -> Verdict<ConversationRedacted> {
    let ConversationMatched { origin, mut conversation, summary_source, rematches, contact: _, caller_key: _ } = event.clone();
    if rematches >= ConversationRedacted::MAX_REMATCHES {
        let detail = Some("the matched contact was gone each time the engagement was written".to_owned());
        return Verdict::DeadLetter { reason: Reason::Refused, detail };
    }
    conversation.customer.contact_id = None;
    Verdict::Next(ConversationRedacted { origin, conversation, summary_source, rematches: rematches + 1 })
}
