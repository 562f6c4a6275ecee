//! A portal, a matcher before it, and conversations to match.

use std::time::Duration;

use bus::{Defer, DeferReason, Delivery, Stage as _, Verdict};
use domain::{
    ContactId, ConversationId, EventId, Region,
    caller::{CallerKey, LookupSecret},
    connection::{UniqueMode, UniqueModes},
    conversation::Conversation,
    event::{ConversationMatched, ConversationRedacted, MatchedContact, Origin, SummarySource},
    ledger::{MatchedBy, Reason, State},
    settings::{Mode, OnNoMatch},
    trace::TraceParent,
};
use hubspot::{Budgets, Config, HubSpot, Rate};
use hubspot_sim::{Fault, FaultKind, PortalOptions};
use serde_json::{Value, json};
use store::{
    Db,
    ledger::{self, NewWriteback, Scrubbed, Writeback},
};
use testkit::{Lab, Tenant, database};
use time::OffsetDateTime;
use writeback_matcher::Matcher;

pub(crate) struct World {
    pub(crate) lab: Lab,
    pub(crate) tenant: Tenant,
    pub(crate) portal: hubspot_sim::Portal,
    matcher: Matcher,
}

pub(crate) const DANA: &str = "+14155550123";

impl World {
    /// Logging is on, unknown callers are created, and HubSpot keeps our key unique.
    pub(crate) async fn start() -> Self {
        Self::in_mode(UniqueMode::Unique).await
    }

    /// The same where the portal promises less.
    pub(crate) async fn in_mode(mode: UniqueMode) -> Self {
        Self::start_with(mode, PortalOptions::default()).await
    }

    pub(crate) async fn start_with(mode: UniqueMode, options: PortalOptions) -> Self {
        let config = hubspot_sim::Config { index_delay: Duration::ZERO, ..hubspot_sim::Config::default() };
        let lab = Lab::start(config).await.unwrap();
        let options = PortalOptions { search_per_second: Some(1000), ..options };
        let tenant = lab.tenant(options, UniqueModes { call: mode, note: mode, contact: mode }).await.unwrap();
        lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
        let matcher = matcher(&lab, lab.db.clone());
        Self { portal: tenant.portal.clone(), lab, tenant, matcher }
    }

    /// The matcher of another process: it shares the database only.
    pub(crate) async fn another_process(&self) -> Matcher {
        matcher(&self.lab, self.lab.database.connect(std::sync::Arc::new(database::keys())).await.unwrap())
    }

    pub(crate) fn contact(&self, values: &[(&str, &str)]) -> ContactId {
        self.portal.add_contact(values).parse().unwrap()
    }

    /// A conversation with that customer, scrubbed and on its way to the matcher for the first time.
    pub(crate) async fn conversation(&self, id: &str, customer: Value) -> Delivery<ConversationRedacted> {
        let body = json!({
            "conversationId": id, "agentId": "agent_7", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "customer": customer, "agentNumber": "+14155559876", "summary": "Wants a repair on Monday."
        });
        let conversation = Conversation::read(&body, Region::US).unwrap();
        let origin = Origin {
            event: EventId::new(),
            account: self.tenant.account,
            connection: self.tenant.connection,
            region: Region::US,
            accepted_at: OffsetDateTime::now_utc(),
            mode: Mode::SummaryTranscript,
            on_no_match: OnNoMatch::Create,
        };
        self.open(&origin, &conversation).await;
        let event = ConversationRedacted { origin, conversation, summary_source: Some(SummarySource::Event), rematches: 0 };
        Delivery {
            event,
            trace: TraceParent::start(),
            attempts: 0,
            doubts: 0,
            first_seen: OffsetDateTime::now_utc(),
            repeated: false,
        }
    }

    /// A call from that number.
    pub(crate) async fn call(&self, id: &str, phone: &str) -> Delivery<ConversationRedacted> {
        self.conversation(id, json!({"phone": phone})).await
    }

    async fn open(&self, origin: &Origin, conversation: &Conversation) {
        let scrubbed = Scrubbed { redactions: ledger::Redactions::new(), summary_source: Some(SummarySource::Event) };
        let row = NewWriteback { scrubbed: Some(scrubbed), ..NewWriteback::of(origin, conversation) };
        ledger::open(&self.lab.db, origin.connection, &[row]).await.unwrap();
    }

    pub(crate) async fn run(&self, batch: &[Delivery<ConversationRedacted>]) -> Vec<Verdict<ConversationMatched>> {
        self.run_by(&self.matcher, batch).await
    }

    pub(crate) async fn run_by(
        &self,
        matcher: &Matcher,
        batch: &[Delivery<ConversationRedacted>],
    ) -> Vec<Verdict<ConversationMatched>> {
        let verdicts = matcher.run(self.tenant.connection, batch).await;
        assert_eq!(verdicts.len(), batch.len(), "one verdict a delivery");
        verdicts
    }

    pub(crate) async fn one(&self, delivery: &Delivery<ConversationRedacted>) -> Verdict<ConversationMatched> {
        self.run(std::slice::from_ref(delivery)).await.pop().unwrap()
    }

    /// The contact of a conversation that has to be matched now.
    pub(crate) async fn matched(&self, delivery: &Delivery<ConversationRedacted>) -> MatchedContact {
        contact(self.one(delivery).await)
    }

    pub(crate) async fn row(&self, delivery: &Delivery<ConversationRedacted>) -> Writeback {
        let id: &ConversationId = &delivery.event.conversation.id;
        ledger::get(&self.lab.db, self.tenant.connection, id).await.unwrap().unwrap()
    }

    /// How the conversation ended without an engagement.
    pub(crate) async fn ended(&self, delivery: &Delivery<ConversationRedacted>) -> (State, Option<Reason>) {
        let row = self.row(delivery).await;
        (row.state, row.reason)
    }

    pub(crate) fn phone_key(&self, phone: &str) -> CallerKey {
        CallerKey::of_phone(&secret(), self.tenant.connection, &phone.to_owned().try_into().unwrap())
    }

    /// The next of those requests meets this trouble.
    pub(crate) fn fault(&self, kind: FaultKind, path: &str) {
        self.portal.fault(Fault::new(kind).path(path).times(1));
    }

    pub(crate) fn searches(&self) -> u64 {
        self.portal.request_count("POST", "/search")
    }

    pub(crate) fn creates(&self) -> u64 {
        self.portal.request_count("POST", "batch/create")
    }
}

pub(crate) fn secret() -> LookupSecret {
    database::LOOKUP_SECRET.parse().unwrap()
}

fn matcher(lab: &Lab, db: Db) -> Matcher {
    // Searches are not what these tests wait for.
    let search = Rate { limit: 1000, burst: 100, ..Budgets::default().search };
    let burst = Rate { burst: 50, ..Budgets::default().burst };
    let config = Config { api_url: lab.sim.url(), budgets: Budgets { burst, search }, ..Config::default() };
    Matcher::new(db.clone(), HubSpot::new(&config, db).unwrap(), secret())
}

#[track_caller]
pub(crate) fn contact(verdict: Verdict<ConversationMatched>) -> MatchedContact {
    match verdict {
        Verdict::Next(event) => event.contact,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
pub(crate) fn deferred(verdict: &Verdict<ConversationMatched>, reason: DeferReason) -> Defer {
    match verdict {
        Verdict::Defer(defer) if defer.reason == reason => *defer,
        other => panic!("not deferred as {reason:?}: {other:?}"),
    }
}

/// The delivery as it comes back after that wait.
pub(crate) fn back(delivery: &Delivery<ConversationRedacted>, defer: Defer) -> Delivery<ConversationRedacted> {
    let attempts = delivery.attempts + u32::from(defer.reason.counts());
    Delivery { attempts, doubts: defer.doubts, repeated: true, ..delivery.clone() }
}

#[track_caller]
pub(crate) fn is(found: &MatchedContact, id: ContactId, by: MatchedBy) {
    assert_eq!((found.id, found.by), (id, by), "{found:?}");
}
