//! What was given up: listed, shown scrubbed, replayed, dropped.

use domain::{
    AccountId, ConnectionId, DeadLetterId, EventId, Region,
    conversation::Conversation,
    dead_letter::DeadLetter,
    event::{ConversationAccepted, Origin, StageName, payload},
    ledger::Reason,
    settings::{Mode, OnNoMatch},
};
use serde_json::{Value, json};
use store::{
    dead_letters,
    ledger::{self, NewWriteback},
};
use time::OffsetDateTime;

use crate::support::{Tenant, World, conversation, eventually};

const LETTERS: &str = "/integrations/hubspot/writeback/dead-letters";
const CONVERSATIONS: &str = "/integrations/hubspot/writeback/conversations";

/// An account with a portal, and a way to have the redactor give up.
pub(crate) struct Bed {
    pub(crate) world: World,
    pub(crate) tenant: Tenant,
    pub(crate) connection: ConnectionId,
}

impl Bed {
    pub(crate) async fn start() -> Self {
        let world = World::start().await;
        let tenant = world.logging_tenant().await;
        let connection = store::connections::of_account(&world.db, tenant.account).await.unwrap().unwrap().id;
        Self { world, tenant, connection }
    }

    /// A conversation that was opened, and that nobody gave up.
    async fn open(&self, id: &str) -> ConversationAccepted {
        let event = accepted(self.tenant.account, self.connection, &conversation(id));
        ledger::open(&self.world.db, self.connection, &[NewWriteback::of(&event.origin, &event.conversation)]).await.unwrap();
        event
    }

    pub(crate) async fn give_up(&self, id: &str) -> DeadLetterId {
        let event = self.open(id).await;
        let sealed = payload::seal(&self.world.keys, &event).unwrap();
        self.bury(&event, sealed).await
    }

    async fn bury(&self, event: &ConversationAccepted, sealed: Vec<u8>) -> DeadLetterId {
        let letter = DeadLetter {
            stage: StageName::Redactor,
            connection: self.connection,
            conversation: event.conversation.id.clone(),
            event: event.origin.event,
            reason: Reason::AttemptsExhausted,
            detail: None,
            attempts: 8,
            first_seen: OffsetDateTime::now_utc(),
            sealed,
        };
        dead_letters::bury(&self.world.db, &[letter]).await.unwrap()[0].id
    }

    async fn outcome(&self, id: &str) -> Value {
        self.world.get(&format!("{CONVERSATIONS}/{id}"), &self.tenant.key).await.with(200)["outcome"].clone()
    }

    async fn listed(&self, query: &str) -> Vec<String> {
        let page = self.world.get(&format!("{LETTERS}{query}"), &self.tenant.key).await.with(200);
        page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    }

    async fn post(&self, path: &str) -> crate::support::Answer {
        self.world.post(path, &self.tenant.key, &json!({})).await
    }
}

/// The event that the redactor would be given.
pub(crate) fn accepted(account: AccountId, connection: ConnectionId, body: &Value) -> ConversationAccepted {
    let origin = Origin {
        event: EventId::new(),
        account,
        connection,
        region: Region::US,
        accepted_at: OffsetDateTime::now_utc(),
        mode: Mode::SummaryTranscript,
        on_no_match: OnNoMatch::Skip,
    };
    ConversationAccepted { origin, conversation: Conversation::read(body, Region::US).unwrap() }
}

#[tokio::test]
async fn what_was_given_up_is_listed_newest_first_and_filtered() {
    let bed = Bed::start().await;
    let (first, second) = (bed.give_up("conv_1").await.to_string(), bed.give_up("conv_2").await.to_string());
    for (query, expected) in [
        ("", &[&second, &first][..]),
        ("?conversationId=conv_1", &[&first]),
        ("?reason=attempts_exhausted&stage=redactor", &[&second, &first]),
        ("?reason=refused", &[]),
        ("?stage=poster", &[]),
    ] {
        assert_eq!(bed.listed(query).await.iter().collect::<Vec<_>>(), expected, "{query}");
    }
    let page = bed.world.get(&format!("{LETTERS}?limit=1"), &bed.tenant.key).await.with(200);
    assert_eq!(page["items"][0]["id"], second.as_str());
    let cursor = page["nextCursor"].as_str().unwrap();
    assert_eq!(bed.listed(&format!("?limit=1&cursor={cursor}")).await, [first]);
    for (query, fault) in [("cursor=x", "cursor invalid"), ("reason=bored", "reason invalid"), ("stage=api", "stage invalid")] {
        assert_eq!(bed.world.get(&format!("{LETTERS}?{query}"), &bed.tenant.key).await.faults(), [fault]);
    }
}

#[tokio::test]
async fn a_dead_letter_is_shown_scrubbed_and_without_contact_data() {
    let bed = Bed::start().await;
    let id = bed.give_up("conv_1").await;
    let shown = bed.world.get(&format!("{LETTERS}/{id}"), &bed.tenant.key).await;
    for secret in ["4242", "4155550123", "4155559876", "Dana"] {
        assert!(!shown.text.contains(secret), "{secret}: {}", shown.text);
    }
    let shown = shown.with(200);
    assert_eq!((&shown["letter"]["reason"], &shown["letter"]["attempts"]), (&json!("attempts_exhausted"), &json!(8)));
    let conversation = &shown["conversation"];
    assert_eq!(conversation["transcript"][1]["text"], "My card is [card number removed].");
    assert_eq!(conversation["customer"], json!({"phone": "(hidden)", "email": null, "name": "(hidden)", "contactId": null}));
    assert_eq!((&conversation["metadata"], &shown["hiddenBecause"]), (&json!({"queue": "billing"}), &Value::Null));
}

#[tokio::test]
async fn what_does_not_open_is_not_shown() {
    let bed = Bed::start().await;
    let event = bed.open("conv_1").await;
    let other: domain::seal::KeyRing = format!("gone:{}=", "E".repeat(43)).parse().unwrap();
    let id = bed.bury(&event, payload::seal(&other, &event).unwrap()).await;
    let shown = bed.world.get(&format!("{LETTERS}/{id}"), &bed.tenant.key).await.with(200);
    assert_eq!((&shown["conversation"], &shown["hiddenBecause"]), (&Value::Null, &json!("unreadable")));
}

#[tokio::test]
async fn a_conversation_is_replayed_to_the_stage_that_gave_it_up() {
    let bed = Bed::start().await;
    let id = bed.give_up("conv_1").await;
    assert_eq!(bed.outcome("conv_1").await, "failed");
    let replayed = bed.post(&format!("{CONVERSATIONS}/conv_1/replay")).await.with(202);
    assert_eq!(replayed, json!({"deadLetterIds": [id]}));
    let queued = bed.world.vhost.queued().await;
    assert_eq!(queued.iter().map(|m| m.open(&bed.world.keys).conversation.id.to_string()).collect::<Vec<_>>(), ["conv_1"]);
    assert_eq!((bed.outcome("conv_1").await, bed.listed("").await.len()), (Value::Null, 0));
    // It is on its way.
    assert_eq!(bed.post(&format!("{CONVERSATIONS}/conv_1/replay")).await.problem(409), "nothing_to_replay");
}

#[tokio::test]
async fn a_single_letter_is_replayed_or_dropped_once() {
    let bed = Bed::start().await;
    let (kept, dropped) = (bed.give_up("conv_1").await, bed.give_up("conv_2").await);
    let replay = format!("{LETTERS}/{kept}/replay");
    assert_eq!(bed.post(&replay).await.with(202), json!({"deadLetterIds": [kept]}));
    assert_eq!(bed.post(&replay).await.problem(404), "not_found");
    let path = format!("{LETTERS}/{dropped}");
    bed.world.delete(&path, &bed.tenant.key).await.with(204);
    assert_eq!(bed.world.delete(&path, &bed.tenant.key).await.problem(404), "not_found");
    assert_eq!(bed.post(&format!("{CONVERSATIONS}/conv_2/replay")).await.problem(409), "nothing_to_replay");
    assert_eq!((bed.outcome("conv_2").await, bed.listed("").await.len()), (json!("failed"), 0));
    assert_eq!(bed.world.vhost.queued().await.len(), 1);
}

#[tokio::test]
async fn what_was_not_given_up_or_is_unknown_is_not_replayed() {
    let bed = Bed::start().await;
    bed.open("conv_1").await;
    assert_eq!(bed.post(&format!("{CONVERSATIONS}/conv_1/replay")).await.problem(409), "nothing_to_replay");
    for path in [format!("{CONVERSATIONS}/conv_2/replay"), format!("{LETTERS}/{}/replay", DeadLetterId::new())] {
        assert_eq!(bed.post(&path).await.problem(404), "not_found");
    }
    assert!(bed.world.vhost.queued().await.is_empty());
}

#[tokio::test]
async fn without_a_broker_the_letter_stays_and_the_same_request_sends_it_later() {
    let bed = Bed::start().await;
    let id = bed.give_up("conv_1").await.to_string();
    bed.world.vhost.destroy().await;
    let replay = format!("{CONVERSATIONS}/conv_1/replay");
    // The first publish may still find the connection that is being cut.
    let refused = bed.post(&replay).await;
    assert_eq!(refused.problem(503), "queue_unavailable");
    assert_eq!(bed.listed("").await, [id.as_str()]);
    bed.world.vhost.make().await;
    let answer =
        eventually("the broker is back", async || Some(bed.post(&replay).await).filter(|answer| answer.status == 202)).await;
    assert_eq!(answer.with(202), json!({"deadLetterIds": [id]}));
    assert_eq!(bed.listed("").await.len(), 0);
}

#[tokio::test]
async fn nobody_reaches_another_accounts_letters() {
    let bed = Bed::start().await;
    let id = bed.give_up("conv_1").await;
    let theirs = bed.world.logging_tenant().await;
    let unconnected = bed.world.tenant().await;
    for key in [&theirs.key, &unconnected.key] {
        let list = bed.world.get(LETTERS, key).await.with(200);
        assert_eq!(list, json!({"items": [], "nextCursor": null}));
        assert_eq!(bed.world.get(&format!("{LETTERS}/{id}"), key).await.problem(404), "not_found");
        assert_eq!(bed.world.delete(&format!("{LETTERS}/{id}"), key).await.problem(404), "not_found");
        for path in [format!("{LETTERS}/{id}/replay"), format!("{CONVERSATIONS}/conv_1/replay")] {
            assert_eq!(bed.world.post(&path, key, &json!({})).await.problem(404), "not_found");
        }
    }
    assert_eq!(bed.listed("").await, [id.to_string()]);
}
