//! A portal, a poster before it, and conversations whose contact is known.

use std::time::Duration;

use bus::{Defer, DeferReason, Stage as _, Verdict};
use domain::{
    ContactId, EventId, PortalId, Region,
    caller::{CallerKey, LookupSecret},
    connection::{Credential, UniqueMode, UniqueModes},
    conversation::{Conversation, EngagementKind},
    event::{ConversationMatched, ConversationRedacted, MatchedContact, Origin, SummarySource},
    ledger::{MatchedBy, Reason, State},
    settings::{Mode, OnNoMatch},
    trace::TraceParent,
};
use hubspot::{App, Budgets, Config, HubSpot, Rate};
use hubspot_sim::{Fault, FaultKind, ObjectRecord, PortalOptions};
use serde_json::{Value, json};
use store::{
    connections::{self, NewConnection},
    ledger::{self, Matched, NewWriteback, Scrubbed, Writeback},
    links::{self, Known, Learned},
};
use testkit::{Lab, Tenant, database};
use time::OffsetDateTime;
use writeback_poster::{InDoubt, Poster};

pub(crate) type Delivery = bus::Delivery<ConversationMatched>;

pub(crate) struct World {
    pub(crate) lab: Lab,
    pub(crate) tenant: Tenant,
    pub(crate) portal: hubspot_sim::Portal,
    /// Dana, whose conversations they are unless told otherwise.
    pub(crate) dana: ContactId,
    poster: Poster,
}

const DANA: &str = "+14155550123";

impl World {
    /// Everything is logged, and HubSpot keeps our property unique.
    pub(crate) async fn start() -> Self {
        Self::in_mode(UniqueMode::Unique).await
    }

    /// The same where the portal promises less.
    pub(crate) async fn in_mode(mode: UniqueMode) -> Self {
        Self::start_with(mode, InDoubt::NotTwice, PortalOptions::default()).await
    }

    pub(crate) async fn start_with(mode: UniqueMode, in_doubt: InDoubt, options: PortalOptions) -> Self {
        let lab = Lab::start(hubspot_sim::Config::default()).await.unwrap();
        let tenant = lab.tenant(options, UniqueModes { call: mode, note: mode, contact: mode }).await.unwrap();
        lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Skip).await.unwrap();
        let poster = poster(&lab, in_doubt);
        let dana = tenant.portal.add_contact(&[("firstname", "Dana"), ("phone", DANA)]).parse().unwrap();
        Self { portal: tenant.portal.clone(), lab, tenant, dana, poster }
    }

    /// The same connection through OAuth tokens, which expire and can be renewed.
    pub(crate) async fn connect_by_oauth(&self) {
        let tokens = self.portal.oauth_tokens();
        let credential = Credential::OAuth {
            access_token: tokens.access_token.into(),
            refresh_token: tokens.refresh_token.into(),
            expires_at: OffsetDateTime::now_utc() + time::Duration::minutes(30),
        };
        let portal = PortalId::from_i64(self.portal.id()).unwrap();
        let new = NewConnection { portal, credential, scopes: Vec::new(), ui_domain: "app.hubspot.com".to_owned() };
        connections::connect(&self.lab.db, self.tenant.account, &new).await.unwrap();
    }

    pub(crate) fn contact(&self, values: &[(&str, &str)]) -> ContactId {
        self.portal.add_contact(values).parse().unwrap()
    }

    /// One of Dana's calls, on its way to the poster for the first time.
    pub(crate) async fn call(&self, id: &str) -> Delivery {
        self.changed(id, |_| ()).await
    }

    /// One of Dana's chats.
    pub(crate) async fn chat(&self, id: &str) -> Delivery {
        self.changed(id, |body| body["channel"] = json!("chat")).await
    }

    /// One of Dana's calls, reported a little differently.
    pub(crate) async fn changed(&self, id: &str, change: impl FnOnce(&mut Value)) -> Delivery {
        let mut body = json!({
            "conversationId": id, "agentId": "agent_7", "channel": "voice", "direction": "inbound",
            "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
            "customer": {"phone": DANA, "name": "Dana Reyes"}, "agentNumber": "+14155559876",
            "summary": "Wants a repair on Monday.", "outcome": "appointment made",
            "recordingUrl": "https://example.com/recordings/7.mp3",
            "transcript": [{"speaker": "customer", "text": "My heating broke.", "atMs": 0}]
        });
        change(&mut body);
        let conversation = Conversation::read(&body, Region::US).unwrap();
        let contact = MatchedContact { id: self.dana, owner: None, by: MatchedBy::Phone, others: Vec::new() };
        let origin = Origin {
            event: EventId::new(),
            account: self.tenant.account,
            connection: self.tenant.connection,
            region: Region::US,
            accepted_at: OffsetDateTime::now_utc(),
            mode: Mode::SummaryTranscript,
            on_no_match: OnNoMatch::Skip,
        };
        self.open(&origin, &conversation, &contact).await;
        let summary_source = Some(SummarySource::Event);
        bus::Delivery {
            event: ConversationMatched {
                origin,
                conversation,
                summary_source,
                rematches: 0,
                contact,
                caller_key: Some(self.caller_key()),
            },
            trace: TraceParent::start(),
            attempts: 0,
            doubts: 0,
            first_seen: OffsetDateTime::now_utc(),
            repeated: false,
        }
    }

    async fn open(&self, origin: &Origin, conversation: &Conversation, contact: &MatchedContact) {
        let (db, connection, id) = (&self.lab.db, origin.connection, &conversation.id);
        let scrubbed = Scrubbed { redactions: ledger::Redactions::new(), summary_source: Some(SummarySource::Event) };
        let row = NewWriteback { scrubbed: Some(scrubbed), ..NewWriteback::of(origin, conversation) };
        ledger::open(db, connection, &[row]).await.unwrap();
        let matched = Matched { conversation: id.clone(), contact: contact.clone(), caller_key: Some(self.caller_key()) };
        ledger::matched(db, connection, &[matched]).await.unwrap();
    }

    fn caller_key(&self) -> CallerKey {
        let secret: LookupSecret = database::LOOKUP_SECRET.parse().unwrap();
        CallerKey::of_phone(&secret, self.tenant.connection, &DANA.to_owned().try_into().unwrap())
    }

    /// The matcher has learned whose number it is.
    pub(crate) async fn learn(&self, contact: ContactId) {
        let learned = Learned { key: self.caller_key(), contact, owner: None, by: MatchedBy::Phone };
        links::learn(&self.lab.db, self.tenant.connection, &[learned]).await.unwrap();
    }

    pub(crate) async fn known(&self) -> Known {
        links::resolve(&self.lab.db, self.tenant.connection, &[self.caller_key()]).await.unwrap()[0]
    }

    pub(crate) async fn run(&self, batch: &[Delivery]) -> Vec<Verdict<ConversationRedacted>> {
        let verdicts = self.poster.run(self.tenant.connection, batch).await;
        assert_eq!(verdicts.len(), batch.len(), "one verdict a delivery");
        verdicts
    }

    pub(crate) async fn one(&self, delivery: &Delivery) -> Verdict<ConversationRedacted> {
        self.run(std::slice::from_ref(delivery)).await.pop().unwrap()
    }

    /// It has to be written now. What stands in the portal then.
    pub(crate) async fn exported(&self, delivery: &Delivery) -> ObjectRecord {
        assert_eq!(self.one(delivery).await, Verdict::Done);
        let row = self.row(delivery).await;
        assert_eq!(row.state, State::Exported, "{row:?}");
        let engagement = row.engagement.unwrap();
        let object = if engagement.kind == EngagementKind::Call { "calls" } else { "notes" };
        self.portal.object(object, &engagement.id.to_string()).unwrap()
    }

    pub(crate) async fn row(&self, delivery: &Delivery) -> Writeback {
        let id = &delivery.event.conversation.id;
        ledger::get(&self.lab.db, self.tenant.connection, id).await.unwrap().unwrap()
    }

    pub(crate) async fn ended(&self, delivery: &Delivery) -> (State, Option<Reason>) {
        let row = self.row(delivery).await;
        (row.state, row.reason)
    }

    /// The next of those requests meets this trouble.
    pub(crate) fn fault(&self, kind: FaultKind, path: &str) {
        self.portal.fault(Fault::new(kind).path(path).times(1));
    }

    /// The delivery as it comes back after its create met this trouble.
    pub(crate) async fn lost(&self, id: &str, fault: FaultKind) -> Delivery {
        self.fault(fault, "batch/create");
        let call = self.call(id).await;
        let defer = deferred(&self.one(&call).await, DeferReason::ReadBack);
        assert_eq!((defer.wait, defer.doubts), (Duration::from_secs(5), 1));
        back(&call, defer)
    }

    pub(crate) fn creates(&self) -> u64 {
        self.portal.request_count("POST", "batch/create")
    }
}

fn poster(lab: &Lab, in_doubt: InDoubt) -> Poster {
    let burst = Rate { burst: 50, ..Budgets::default().burst };
    let config = Config {
        api_url: lab.sim.url(),
        app: Some(App { client_id: lab.sim.client_id(), client_secret: lab.sim.client_secret().into() }),
        budgets: Budgets { burst, ..Budgets::default() },
        ..Config::default()
    };
    Poster::new(lab.db.clone(), HubSpot::new(&config, lab.db.clone()).unwrap(), in_doubt)
}

#[track_caller]
pub(crate) fn deferred(verdict: &Verdict<ConversationRedacted>, reason: DeferReason) -> Defer {
    match verdict {
        Verdict::Defer(defer) if defer.reason == reason => *defer,
        other => panic!("not deferred as {reason:?}: {other:?}"),
    }
}

/// What the matcher gets back.
#[track_caller]
pub(crate) fn rematch(verdict: Verdict<ConversationRedacted>) -> ConversationRedacted {
    match verdict {
        Verdict::Next(event) => event,
        other => panic!("not sent back: {other:?}"),
    }
}

/// The delivery as it comes back after that wait.
pub(crate) fn back(delivery: &Delivery, defer: Defer) -> Delivery {
    let attempts = delivery.attempts + u32::from(defer.reason.counts());
    Delivery { attempts, doubts: defer.doubts, repeated: true, ..delivery.clone() }
}
