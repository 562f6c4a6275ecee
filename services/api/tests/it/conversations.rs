//! `GET /integrations/hubspot/writeback/conversations` and one of them.

use domain::{
    ConnectionId, ContactId, EngagementId, EventId,
    conversation::{Channel, Direction, EngagementKind},
    event::{MatchedContact, SummarySource},
    ledger::{MatchedBy, Reason},
    settings::Mode,
};
use hubspot_sim::PortalOptions;
use serde_json::{Value, json};
use store::ledger::{self, Ended, Engagement, Exported, NewWriteback, Scrubbed};
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::support::World;

const PATH: &str = "/integrations/hubspot/writeback/conversations";
const NOON: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

async fn open(world: &World, connection: ConnectionId, rows: &[(&str, &str, Channel, OffsetDateTime)]) {
    let row = |(id, agent, channel, ended_at): &(&str, &str, Channel, OffsetDateTime)| NewWriteback {
        conversation: id.parse().unwrap(),
        event: EventId::new(),
        agent: agent.parse().unwrap(),
        channel: *channel,
        direction: Direction::Inbound,
        mode: Mode::Summary,
        started_at: *ended_at - Duration::MINUTE,
        ended_at: *ended_at,
        accepted_at: *ended_at,
        scrubbed: Some(Scrubbed { redactions: [("card".to_owned(), 2)].into(), summary_source: None }),
    };
    ledger::open(&world.db, connection, &rows.iter().map(row).collect::<Vec<_>>()).await.unwrap();
}

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["conversationId"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_list_is_filtered_and_paged_newest_first() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let connection = world.connect(&tenant).await;
    let rows = [
        ("a", "agent_1", Channel::Voice, NOON),
        ("b", "agent_2", Channel::Voice, NOON + Duration::HOUR),
        ("c", "agent_1", Channel::Chat, NOON + Duration::hours(2)),
    ];
    open(&world, connection, &rows).await;
    let skipped = Ended::because("a".parse().unwrap(), Reason::NoMatch);
    ledger::skipped(&world.db, connection, &[skipped]).await.unwrap();

    for (query, expected) in [
        ("", &["c", "b", "a"][..]),
        ("?agentId=agent_1", &["c", "a"]),
        ("?channel=voice", &["b", "a"]),
        ("?outcome=skipped_no_match", &["a"]),
        ("?outcome=in_flight", &["c", "b"]),
        ("?outcome=exported", &[]),
        ("?from=2026-11-23T13:00:00Z", &["c", "b"]),
        ("?to=2026-11-23T13:00:00Z", &["a"]),
        ("?from=2026-11-23T13:00:00%2B01:00&to=2026-11-23T12:00:00.5Z&channel=voice", &["a"]),
    ] {
        let page = world.get(&format!("{PATH}{query}"), &tenant.key).await.with(200);
        assert_eq!(ids(&page), expected, "{query}");
    }
    let first = world.get(&format!("{PATH}?limit=2"), &tenant.key).await.with(200);
    assert_eq!(ids(&first), ["c", "b"]);
    let cursor = first["nextCursor"].as_str().unwrap();
    let last = world.get(&format!("{PATH}?limit=2&cursor={cursor}"), &tenant.key).await.with(200);
    assert_eq!((ids(&last), &last["nextCursor"]), (vec!["a"], &Value::Null));
}

#[tokio::test]
async fn a_query_that_is_not_clear_is_refused() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    for (query, fault) in [
        ("limit=0", "limit invalid"),
        ("limit=101", "limit invalid"),
        ("limit=10&limit=20", "limit duplicate"),
        ("cursor=x", "cursor invalid"),
        ("outcome=lost", "outcome invalid"),
        ("channel=fax", "channel invalid"),
        ("from=yesterday", "from invalid"),
        ("agentId=a%20b", "agentId invalid"),
        ("agentid=a", "agentid unknown_field"),
    ] {
        assert_eq!(world.get(&format!("{PATH}?{query}"), &tenant.key).await.faults(), [fault], "{query}");
    }
}

/// `conv_1`, on that contact's timeline.
fn exported(contact: i64) -> Exported {
    let contact = MatchedContact {
        id: ContactId::from_i64(contact).unwrap(),
        owner: None,
        by: MatchedBy::Phone,
        others: vec![ContactId::from_i64(513).unwrap()],
    };
    Exported {
        conversation: "conv_1".parse().unwrap(),
        engagement: Engagement { kind: EngagementKind::Call, id: EngagementId::from_i64(39812).unwrap() },
        contact,
        mode: Mode::Summary,
        summary_source: Some(SummarySource::Extractive),
        caller_key: None,
        attempts: 1,
    }
}

#[tokio::test]
async fn the_link_of_a_contact_can_be_followed() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let (connection, portal) = world.connect_portal(&tenant, PortalOptions::default()).await;
    let contact = portal.add_contact(&[("firstname", "Dana")]).parse().unwrap();
    open(&world, connection, &[("conv_1", "agent_7", Channel::Voice, NOON)]).await;
    ledger::exported(&world.db, connection, &[exported(contact)]).await.unwrap();
    let one = world.get(&format!("{PATH}/conv_1"), &tenant.key).await.with(200);
    let page = testkit::http_client().get(one["contact"]["url"].as_str().unwrap()).send().await.unwrap();
    assert!(page.status().is_success() && page.text().await.unwrap().contains("Dana"));
}

#[tokio::test]
async fn one_conversation_tells_all_that_became_of_it() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let connection = world.connect(&tenant).await;
    open(&world, connection, &[("conv_1", "agent_7", Channel::Voice, NOON)]).await;
    ledger::exported(&world.db, connection, &[exported(512)]).await.unwrap();

    let mut one = world.get(&format!("{PATH}/conv_1"), &tenant.key).await.with(200);
    assert!(one["updatedAt"].take().is_string() && one["finishedAt"].take().is_string());
    let expected = json!({
        "conversationId": "conv_1", "state": "exported", "outcome": "exported", "reason": null, "detail": null,
        "agentId": "agent_7", "channel": "voice", "direction": "inbound", "mode": "summary",
        "contact": {"id": "512", "ownerId": null, "matchedBy": "phone",
                    "url": "https://app-eu1.hubspot.com/contacts/24109811/record/0-1/512"},
        "otherContactIds": ["513"], "engagement": {"kind": "call", "id": "39812"}, "summarySource": "extractive",
        "redactions": {"card": 2}, "attempts": 1, "lastError": null,
        "startedAt": "2026-11-23T11:59:00Z", "endedAt": "2026-11-23T12:00:00Z", "acceptedAt": "2026-11-23T12:00:00Z",
        "updatedAt": null, "finishedAt": null
    });
    assert_eq!(one, expected);
    for nobodys in ["conv_2", "a%20b", "%FF", &"x".repeat(200)] {
        assert_eq!(world.get(&format!("{PATH}/{nobodys}"), &tenant.key).await.problem(404), "not_found");
    }
}

#[tokio::test]
async fn nothing_of_one_account_is_seen_by_another() {
    let world = World::start().await;
    let (ours, theirs) = (world.tenant().await, world.tenant().await);
    let connection = world.connect(&ours).await;
    open(&world, connection, &[("conv_1", "agent_7", Channel::Voice, NOON)]).await;
    let first = world.get(&format!("{PATH}?limit=1"), &ours.key).await.with(200);
    assert_eq!(ids(&first), ["conv_1"]);

    let nothing = json!({"items": [], "nextCursor": null});
    assert_eq!(world.get(PATH, &theirs.key).await.with(200), nothing);
    assert_eq!(world.get(&format!("{PATH}/conv_1"), &theirs.key).await.problem(404), "not_found");
    world.get("/integrations/hubspot/writeback", &theirs.key).await.with(200)["portal"].as_null().unwrap();
    assert_eq!(
        world.patch("/integrations/hubspot/writeback", &theirs.key, &json!({"mode": "summary"})).await.problem(409),
        "not_connected"
    );
    assert_eq!(world.get("/integrations/hubspot/writeback", &ours.key).await.with(200)["mode"], "off");
}

#[tokio::test]
async fn the_list_is_exported_as_csv() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let nothing = world.get(&format!("{PATH}.csv"), &tenant.key).await;
    assert_eq!(nothing.text.lines().count(), 1);
    let connection = world.connect(&tenant).await;
    let rows = [("a", "agent_1", Channel::Voice, NOON), ("b", "agent_2", Channel::Chat, NOON + Duration::HOUR)];
    open(&world, connection, &rows).await;
    let all = world.get(&format!("{PATH}.csv"), &tenant.key).await;
    assert_eq!(all.header("content-type"), Some("text/csv; charset=utf-8"));
    let first: Vec<_> = all.text.lines().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(first, ["conversationId", "b", "a"]);
    assert!(all.text.contains(",card 2,0,,2026-11-23T11:59:00Z,2026-11-23T12:00:00Z,"), "{}", all.text);
    let chats = world.get(&format!("{PATH}.csv?channel=chat&from=2026-11-23T12:30:00Z"), &tenant.key).await;
    assert_eq!(chats.text.lines().count(), 2);
    assert_eq!(world.get(&format!("{PATH}.csv?limit=5"), &tenant.key).await.faults(), ["limit unknown_field"]);
    let theirs = world.logging_tenant().await;
    assert_eq!(world.get(&format!("{PATH}.csv"), &theirs.key).await.text.lines().count(), 1);
}
