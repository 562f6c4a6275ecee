//! `POST /integrations/hubspot/writeback/preview`: what would become of a conversation, and that nothing does.

use domain::{
    ConnectionId, ContactId,
    caller::CallerKey,
    connection::ConnectionStatus,
    ledger::MatchedBy,
    settings::{ExtraPattern, Mode, OnNoMatch, RedactionExtras, SettingsChange},
};
use hubspot_sim::{Fault, FaultKind, Policy, Portal, PortalOptions};
use serde_json::{Value, json};
use store::links::{self, Learned};
use testkit::database::LOOKUP_SECRET;
use time::{Duration, OffsetDateTime};

use crate::support::{Answer, Tenant, World, conversation, ended};

const PATH: &str = "/integrations/hubspot/writeback/preview";
const DANA: &str = "+14155550123";

/// An account that logs summaries and transcripts of known callers to a portal, since an hour ago.
struct Bed {
    world: World,
    tenant: Tenant,
    connection: ConnectionId,
    portal: Portal,
}

impl Bed {
    async fn start() -> Self {
        let world = World::start().await;
        world.sim.set_index_delay(std::time::Duration::ZERO);
        let tenant = world.tenant().await;
        let (connection, portal) = world.connect_portal(&tenant, PortalOptions::default()).await;
        let bed = Self { world, tenant, connection, portal };
        bed.set(Mode::SummaryTranscript.into()).await;
        bed
    }

    async fn set(&self, change: SettingsChange) {
        let since = OffsetDateTime::now_utc() - Duration::HOUR;
        store::settings::set(&self.world.db, self.tenant.account, self.connection, &change, since).await.unwrap().unwrap();
    }

    async fn preview(&self, body: &Value) -> Answer {
        self.world.post(PATH, &self.tenant.key, body).await
    }

    /// A preview of the contract's example, which must be one.
    async fn previewed(&self) -> Value {
        self.preview(&json!({"conversation": conversation("conv_1")})).await.with(200)
    }

    fn dana(&self) -> String {
        self.portal.add_contact(&[("firstname", "Dana"), ("phone", DANA)])
    }

    /// Nothing was created anywhere.
    async fn nothing_is_written(&self, contacts: usize) {
        assert_eq!(self.portal.request_count("POST", "batch/create"), 0);
        assert_eq!((self.portal.contacts().len(), self.portal.calls().len()), (contacts, 0));
        assert!(self.world.vhost.queued().await.is_empty());
        let path = "/integrations/hubspot/writeback/conversations";
        assert_eq!(self.world.get(path, &self.tenant.key).await.with(200)["items"], json!([]));
        let key = CallerKey::of_phone(&LOOKUP_SECRET.parse().unwrap(), self.connection, &DANA.to_owned().try_into().unwrap());
        assert_eq!(links::resolve(&self.world.db, self.connection, &[key]).await.unwrap(), [links::Known::Unknown]);
    }
}

#[tokio::test]
async fn a_known_callers_call_is_shown_as_it_would_be_written_and_is_not() {
    let bed = Bed::start().await;
    let (dana, other) = (bed.dana(), bed.dana());
    let mut reported = conversation("conv_1");
    let said = json!({"speaker": "customer", "text": "My heating broke, please send somebody on Monday.", "atMs": 9000});
    reported["transcript"].as_array_mut().unwrap().push(said);
    let preview = bed.preview(&json!({"conversation": reported})).await.with(200);
    assert_eq!(
        (&preview["outcome"], &preview["reason"], &preview["mode"]),
        (&json!("exported"), &Value::Null, &json!("summary_transcript"))
    );
    let contact = &preview["contact"];
    let (id, others) = (contact["id"].as_str().unwrap(), &preview["otherContactIds"]);
    assert!([&dana, &other].contains(&&id.to_owned()) && others.as_array().unwrap().len() == 1, "{preview}");
    assert_eq!((&contact["matchedBy"], &contact["properties"]), (&json!("phone"), &Value::Null));
    assert!(contact["url"].as_str().unwrap().ends_with(&format!("/contacts/{}/record/0-1/{id}", bed.portal.id())));
    let engagement = &preview["engagement"];
    assert_eq!((&engagement["kind"], &engagement["title"]), (&json!("call"), &json!("Inbound call with Dana Reyes")));
    assert_eq!((&engagement["from"], &engagement["to"]), (&json!(DANA), &json!("+14155559876")));
    assert_eq!((&engagement["status"], &engagement["direction"]), (&json!("completed"), &json!("inbound")));
    assert_eq!(engagement["durationMs"], 240_000);
    let body = engagement["body"].as_str().unwrap();
    assert!(
        body.starts_with("<p><strong>Summary</strong><br>")
            && body.contains("My heating broke")
            && body.contains("<strong>Transcript</strong>"),
        "{body}"
    );
    assert!(body.contains("My card is [card number removed].") && !body.contains("4242"), "{body}");
    assert_eq!((&preview["redactions"], &preview["summarySource"]), (&json!({"card": 1}), &json!("extractive")));
    bed.nothing_is_written(2).await;
}

#[tokio::test]
async fn an_unknown_callers_contact_is_described_or_the_conversation_skipped() {
    let bed = Bed::start().await;
    let skipped = bed.previewed().await;
    assert_eq!(
        (&skipped["outcome"], &skipped["reason"], &skipped["contact"]),
        (&json!("skipped_no_match"), &json!("no_match"), &Value::Null)
    );
    assert!(skipped["engagement"]["body"].is_string(), "what it would be if there were a contact");
    let created = bed.preview(&json!({"conversation": conversation("conv_1"), "onNoMatch": "create"})).await.with(200);
    let properties = json!({"firstname": "Dana", "lastname": "Reyes", "phone": DANA});
    let contact = json!({"id": null, "ownerId": null, "matchedBy": "created", "url": null, "properties": properties});
    assert_eq!((&created["outcome"], &created["contact"]), (&json!("exported"), &contact));
    bed.nothing_is_written(0).await;
}

#[tokio::test]
async fn a_learned_link_answers_and_hubspot_is_not_asked() {
    let bed = Bed::start().await;
    let key = CallerKey::of_phone(&LOOKUP_SECRET.parse().unwrap(), bed.connection, &DANA.to_owned().try_into().unwrap());
    let learned = Learned { key, contact: ContactId::from_i64(512).unwrap(), owner: "77".parse().ok(), by: MatchedBy::Phone };
    links::learn(&bed.world.db, bed.connection, &[learned]).await.unwrap();
    let preview = bed.previewed().await;
    assert_eq!((&preview["contact"]["id"], &preview["contact"]["matchedBy"]), (&json!("512"), &json!("learned_link")));
    assert_eq!((&preview["contact"]["ownerId"], &preview["engagement"]["ownerId"]), (&json!("77"), &json!("77")));
    assert_eq!(bed.portal.request_count("POST", ""), 0);
}

#[tokio::test]
async fn who_is_asked_about_follows_the_matchers_rules() {
    let bed = Bed::start().await;
    let dana = bed.dana();
    let mut named = conversation("conv_1");
    named["customer"] = json!({"contactId": dana});
    let preview = bed.preview(&json!({"conversation": named})).await.with(200);
    assert_eq!((&preview["contact"]["id"], &preview["contact"]["matchedBy"]), (&json!(dana), &json!("event_contact_id")));
    // The account's own number is nobody's.
    store::own_numbers::add(&bed.world.db, bed.tenant.account, &[DANA.to_owned().try_into().unwrap()]).await.unwrap();
    let preview = bed.previewed().await;
    assert_eq!((&preview["outcome"], &preview["reason"]), (&json!("skipped_no_match"), &json!("no_identity")));
}

#[tokio::test]
async fn settings_in_force_hold_unless_others_are_tried() {
    let bed = Bed::start().await;
    bed.dana();
    let at = |body: Value, mode: Option<&str>| {
        let mut request = json!({"conversation": body});
        request["mode"] = json!(mode);
        request
    };
    let summary = bed.preview(&at(conversation("c"), Some("summary"))).await.with(200);
    assert!(!summary["engagement"]["body"].as_str().unwrap().contains("Transcript"));
    let long_ago = ended("c", OffsetDateTime::now_utc() - Duration::hours(2));
    for (request, reason) in
        [(at(long_ago.clone(), None), "ended_before_enabled"), (at(conversation("c"), Some("off")), "logging_off")]
    {
        let withheld = bed.preview(&request).await.with(200);
        assert_eq!((&withheld["outcome"], &withheld["reason"]), (&json!("withheld"), &json!(reason)));
        assert_eq!((&withheld["engagement"], &withheld["contact"]), (&Value::Null, &Value::Null));
    }
    assert_eq!(bed.preview(&at(long_ago, Some("summary"))).await.with(200)["outcome"], "exported");
    bed.set(Mode::Off.into()).await;
    assert_eq!(bed.previewed().await["reason"], "logging_off");
    assert_eq!(bed.preview(&at(conversation("c"), Some("summary"))).await.with(200)["outcome"], "exported");
}

#[tokio::test]
async fn the_parts_that_matter_are_enough() {
    let bed = Bed::start().await;
    let dana = bed.portal.add_contact(&[("email", "dana@example.com")]);
    let parts = json!({"channel": "chat", "customer": {"email": "Dana@Example.com"}, "summary": "SSN 219-09-9999."});
    let preview = bed.preview(&json!({"conversation": parts})).await.with(200);
    assert_eq!((&preview["contact"]["id"], &preview["contact"]["matchedBy"]), (&json!(dana), &json!("email")));
    let engagement = &preview["engagement"];
    assert_eq!((&engagement["kind"], &engagement["title"], &engagement["status"]), (&json!("note"), &Value::Null, &Value::Null));
    assert!(!engagement["body"].as_str().unwrap().contains("219"), "{engagement}");
    assert_eq!(preview["summarySource"], "event");
    assert_eq!(bed.preview(&json!({"conversation": {}})).await.with(200)["reason"], "no_identity");
}

#[tokio::test]
async fn every_fault_is_named_by_its_path() {
    let bed = Bed::start().await;
    let late = ended("c", OffsetDateTime::now_utc() + Duration::hours(2));
    for (body, fault) in [
        (json!({}), "conversation required"),
        (json!({"conversation": []}), "conversation wrong_type"),
        (json!({"conversation": {"surprise": 1}}), "conversation.surprise unknown_field"),
        (
            json!({"conversation": {"transcript": [{"speaker": "ghost", "text": ""}]}}),
            "conversation.transcript[0].speaker invalid",
        ),
        (json!({"conversation": late}), "conversation.endedAt in_future"),
        (json!({"conversation": {}, "mode": "all"}), "mode invalid"),
        (json!({"conversation": {}, "surprise": 1}), "surprise unknown_field"),
    ] {
        assert_eq!(bed.preview(&body).await.faults(), [fault]);
    }
}

#[tokio::test]
async fn an_accounts_own_patterns_hold_and_unusable_ones_let_nothing_through() {
    let bed = Bed::start().await;
    let extras = |pattern: &str| {
        let pattern = ExtraPattern { label: "order code".to_owned(), pattern: pattern.to_owned() };
        let redaction = Some(RedactionExtras { patterns: vec![pattern], keep_words: Vec::new() });
        SettingsChange { redaction, on_no_match: Some(OnNoMatch::Create), ..Mode::Summary.into() }
    };
    let mut body = conversation("conv_1");
    body["summary"] = json!("About ACME-123456.");
    bed.set(extras("ACME-[0-9]{6}")).await;
    let preview = bed.preview(&json!({"conversation": body})).await.with(200);
    assert!(preview["engagement"]["body"].as_str().unwrap().contains("About [order code removed]."));
    assert_eq!(preview["redactions"], json!({"card": 1, "custom": 1}));
    bed.set(extras("(")).await;
    let failed = bed.preview(&json!({"conversation": body})).await.with(200);
    assert_eq!((&failed["outcome"], &failed["reason"]), (&json!("failed"), &json!("redaction_unusable")));
    assert_eq!(failed["engagement"], Value::Null);
}

#[tokio::test]
async fn a_portal_that_cannot_be_asked_is_told_apart() {
    let bed = Bed::start().await;
    let request = json!({"conversation": conversation("conv_1")});
    bed.portal.fault(Fault::new(FaultKind::Status { status: 503, retry_after: None }).path("/search").times(10));
    assert_eq!(bed.preview(&request).await.problem(503), "hubspot_unavailable");
    store::connections::set_status(&bed.world.db, bed.connection, ConnectionStatus::ReauthRequired).await.unwrap();
    assert_eq!(bed.preview(&request).await.problem(409), "reauth_required");
    let nobody = bed.world.tenant().await;
    assert_eq!(bed.world.post(PATH, &nobody.key, &request).await.problem(409), "not_connected");
}

#[tokio::test]
async fn a_portal_whose_limits_are_spent_says_when_to_come_back() {
    let bed = Bed::start().await;
    let spent = FaultKind::RateLimited { policy: Policy::TenSecondlyRolling, retry_after: Some(40) };
    bed.portal.fault(Fault::new(spent).times(1));
    let busy = bed.preview(&json!({"conversation": conversation("conv_1")})).await;
    assert_eq!(busy.problem(503), "hubspot_busy");
    assert!((30..=41).contains(&busy.header("retry-after").unwrap().parse::<u32>().unwrap()), "{busy:?}");
}

#[tokio::test]
async fn refused_tokens_need_a_person() {
    let bed = Bed::start().await;
    bed.portal.fault(Fault::new(FaultKind::Status { status: 401, retry_after: None }).times(10));
    let refused = bed.preview(&json!({"conversation": conversation("conv_1")})).await;
    assert_eq!(refused.problem(409), "reauth_required");
}

#[tokio::test]
async fn what_may_be_sent_is_what_an_event_may_have() {
    let world = World::start().await;
    let schema = |name: &str| world.document["components"]["schemas"][name].clone();
    let (partial, whole) = (schema("PartialConversation"), schema("ConversationFinished"));
    assert_eq!(partial["properties"], whole["properties"]);
    assert_eq!(partial["required"], Value::Null);
}
