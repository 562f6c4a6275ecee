//! One conversation on its way to a contact.

use bus::{Delivery, Verdict};
use domain::{
    ConnectionId, ContactId, ConversationId, Phone,
    caller::{CallerKey, LookupSecret},
    event::{ConversationMatched, ConversationRedacted, MatchedContact},
    ledger::Reason,
    settings::{OnNoMatch, Settings},
};
use hubspot::Caller;
use store::ledger::Ended;

/// How a conversation left the matcher.
#[expect(clippy::large_enum_variant, reason = "a hundred of them live for one batch; a box each would cost more")]
#[derive(Debug)]
pub(crate) enum Settled {
    /// Its contact is known.
    Contact(MatchedContact),
    /// HubSpot knows nobody, or too many.
    Skipped { reason: Reason, candidates: Vec<ContactId> },
    /// It may not be exported any more.
    Withheld(Reason),
    /// Not now, or never.
    Verdict(Verdict<ConversationMatched>),
}

/// One conversation, with what is known of its caller.
pub(crate) struct Case<'a> {
    pub(crate) delivery: &'a Delivery<ConversationRedacted>,
    pub(crate) caller: Caller,
    /// Keys of phone and e-mail, the phone's first.
    pub(crate) keys: Vec<CallerKey>,
    pub(crate) on_no_match: OnNoMatch,
    /// It has a claim from an earlier attempt: if anybody created the contact, it was this one.
    pub(crate) holds_claim: bool,
    pub(crate) settled: Option<Settled>,
}

/// What holds for every case of a batch.
pub(crate) struct Frame<'a> {
    pub(crate) connection: ConnectionId,
    pub(crate) settings: &'a Settings,
    pub(crate) own_numbers: &'a [Phone],
    pub(crate) lookup: &'a LookupSecret,
}

impl<'a> Case<'a> {
    pub(crate) fn new(delivery: &'a Delivery<ConversationRedacted>, frame: &Frame<'_>) -> Self {
        let event = &delivery.event;
        let (settled, on_no_match) = match event.origin.in_force(frame.settings, event.conversation.ended_at) {
            Ok((_, on_no_match)) => (None, on_no_match),
            Err(withhold) => (Some(Settled::Withheld(withhold.into())), OnNoMatch::Skip),
        };
        let caller = Caller::of(&event.conversation, frame.own_numbers);
        let keys = caller.keys(frame.lookup, frame.connection);
        let mut case = Self { delivery, caller, keys, on_no_match, holds_claim: false, settled };
        if case.caller.is_nobody() {
            case.settle(Settled::Skipped { reason: Reason::NoIdentity, candidates: Vec::new() });
        }
        case
    }

    pub(crate) fn conversation(&self) -> &ConversationId {
        &self.delivery.event.conversation.id
    }

    pub(crate) fn is_open(&self) -> bool {
        self.settled.is_none()
    }

    /// The first answer stays.
    pub(crate) fn settle(&mut self, settled: Settled) {
        self.settled.get_or_insert(settled);
    }

    pub(crate) fn skipped_row(&self) -> Option<Ended> {
        let Some(Settled::Skipped { reason, candidates }) = &self.settled else { return None };
        let mut row = Ended::because(self.conversation().clone(), *reason);
        row.candidates.clone_from(candidates);
        row.caller_key = self.keys.first().copied();
        Some(row)
    }

    pub(crate) fn withheld_row(&self) -> Option<Ended> {
        let Some(Settled::Withheld(reason)) = &self.settled else { return None };
        Some(Ended::because(self.conversation().clone(), *reason))
    }

    pub(crate) fn into_verdict(self) -> Verdict<ConversationMatched> {
        match self.settled.expect("every case is settled before the verdicts are taken") {
            Settled::Contact(contact) => {
                let ConversationRedacted { origin, conversation, summary_source, rematches } = self.delivery.event.clone();
                let caller_key = self.keys.first().copied();
                Verdict::Next(ConversationMatched { origin, conversation, summary_source, rematches, contact, caller_key })
            }
            Settled::Skipped { .. } | Settled::Withheld(_) => Verdict::Done,
            Settled::Verdict(verdict) => verdict,
        }
    }
}
