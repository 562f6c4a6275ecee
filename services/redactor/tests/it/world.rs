//! An account that logs, a redactor, and conversations as the API accepted them.

use std::sync::Arc;

use bus::{Stage as _, Verdict};
use domain::{
    EventId, Region,
    connection::UniqueModes,
    conversation::Conversation,
    event::{ConversationAccepted, ConversationRedacted, Origin},
    settings::{Mode, OnNoMatch},
    trace::TraceParent,
};
use hubspot_sim::{Config, PortalOptions};
use llm::{Limits, Summariser};
use serde_json::{Value, json};
use store::ledger::{self, Writeback};
use testkit::{Lab, Tenant};
use time::OffsetDateTime;
use writeback_redactor::Redactor;

pub(crate) type Delivery = bus::Delivery<ConversationAccepted>;

pub(crate) const CARD: &str = "4242 4242 4242 4242";

pub(crate) struct World {
    pub(crate) lab: Lab,
    pub(crate) tenant: Tenant,
    redactor: Redactor,
}

impl World {
    /// Summaries and transcripts are logged; no language model is configured.
    pub(crate) async fn start() -> Self {
        let lab = Lab::start(Config::default()).await.unwrap();
        let tenant = lab.tenant(PortalOptions::default(), UniqueModes::PLAIN).await.unwrap();
        lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Skip).await.unwrap();
        let redactor = Redactor::new(lab.db.clone(), Arc::new(Summariser::new(None, Limits::default())));
        Self { lab, tenant, redactor }
    }

    /// A call that the API has just accepted.
    pub(crate) fn call(&self, id: &str) -> Delivery {
        self.changed(id, |_| ())
    }

    /// The same, reported a little differently.
    pub(crate) fn changed(&self, id: &str, change: impl FnOnce(&mut Value)) -> Delivery {
        let mut body = json!({
            "conversationId": id, "agentId": "agent_7", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "customer": {"phone": "+14155550123", "name": "Dana Reyes"},
            "summary": "Wants a repair on Monday.",
            "transcript": [
                {"speaker": "agent", "text": "Hello, how can I help?", "atMs": 0},
                {"speaker": "customer", "text": format!("My heating broke on Sunday. My card is {CARD}."), "atMs": 2100},
                {"speaker": "agent", "text": "Thank you, a technician will come to you on Monday morning.", "atMs": 9000}]
        });
        change(&mut body);
        let origin = Origin {
            event: EventId::new(),
            account: self.tenant.account,
            connection: self.tenant.connection,
            region: Region::US,
            accepted_at: OffsetDateTime::now_utc(),
            mode: Mode::SummaryTranscript,
            on_no_match: OnNoMatch::Skip,
        };
        bus::Delivery {
            event: ConversationAccepted { origin, conversation: Conversation::read(&body, Region::US).unwrap() },
            trace: TraceParent::start(),
            attempts: 0,
            doubts: 0,
            first_seen: OffsetDateTime::now_utc(),
            repeated: false,
        }
    }

    pub(crate) async fn run(&self, batch: &[Delivery]) -> Vec<Verdict<ConversationRedacted>> {
        let verdicts = self.redactor.run(self.tenant.connection, batch).await;
        assert_eq!(verdicts.len(), batch.len(), "one verdict a delivery");
        verdicts
    }

    pub(crate) async fn one(&self, delivery: &Delivery) -> Verdict<ConversationRedacted> {
        self.run(std::slice::from_ref(delivery)).await.pop().unwrap()
    }

    /// What goes on to the matcher.
    pub(crate) async fn redacted(&self, delivery: &Delivery) -> ConversationRedacted {
        next(self.one(delivery).await)
    }

    pub(crate) async fn row(&self, delivery: &Delivery) -> Option<Writeback> {
        ledger::get(&self.lab.db, self.tenant.connection, &delivery.event.conversation.id).await.unwrap()
    }
}

#[track_caller]
pub(crate) fn next(verdict: Verdict<ConversationRedacted>) -> ConversationRedacted {
    match verdict {
        Verdict::Next(event) => event,
        other => panic!("it does not go on: {other:?}"),
    }
}
