//! A finished conversation becomes a Call or a Note on the right contact's timeline.

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use serde_json::json;
use testkit::{Lab, eventually};

use crate::fleet::{Client, call, start, stop};

const UNIQUE: UniqueModes = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };

#[tokio::test]
async fn a_known_callers_call_is_put_on_their_timeline() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    let owner = tenant.portal.add_owner("olga@example.com", "Olga", "Owner");
    let dana = tenant.portal.add_contact(&[("firstname", "Dana"), ("phone", "(415) 555-0123"), ("hubspot_owner_id", &owner)]);
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Skip).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);

    client.report(&call("conv_1", "+14155550123", "My heating broke. My card is 4242 4242 4242 4242.")).await;
    let row = client.finished("conv_1").await;

    assert_eq!((&row["outcome"], &row["contact"]["matchedBy"]), (&json!("exported"), &json!("phone")), "{row}");
    let calls = tenant.portal.calls();
    assert_eq!(calls.len(), 1);
    let posted = &calls[0];
    assert_eq!(posted.linked("contacts"), std::slice::from_ref(&dana));
    for (property, value) in [
        ("hs_call_direction", "INBOUND"),
        ("hs_call_status", "COMPLETED"),
        ("hs_call_duration", "250000"),
        ("hs_call_from_number", "+14155550123"),
        ("hs_call_to_number", "+14155559876"),
        ("hubspot_owner_id", &owner),
        ("writeback_conversation_id", "conv_1"),
    ] {
        assert_eq!(posted.get(property), value, "{property}");
    }
    let body = posted.get("hs_call_body");
    assert!(body.contains("My heating broke.") && body.contains("[card number removed]"), "{body}");
    assert!(!body.contains("4242 4242"), "{body}");
    assert_eq!(stop(fleet).await, Some(0));
}

#[tokio::test]
async fn an_unknown_chat_visitor_is_created_or_skipped_as_the_setting_says() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    lab.set(&tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);
    let mut chat = call("chat_1", "+14155550177", "Where is my parcel? I ordered it two weeks ago.");
    chat["channel"] = json!("chat");
    chat["customer"] = json!({"email": "Lee@Example.com", "name": "Lee Wong"});

    client.report(&chat).await;
    assert_eq!(client.finished("chat_1").await["outcome"], "skipped_no_match");
    assert!(tenant.portal.contacts().is_empty() && tenant.portal.notes().is_empty());

    let (status, _) =
        client.send("PATCH", "/integrations/hubspot/writeback", Some(&json!({"mode": "summary", "onNoMatch": "create"}))).await;
    assert_eq!(status, 200);
    chat["conversationId"] = json!("chat_2");
    client.report(&chat).await;
    assert_eq!(client.finished("chat_2").await["outcome"], "exported");

    let contacts = tenant.portal.contacts();
    assert_eq!(contacts.len(), 1);
    assert_eq!(
        (contacts[0].get("email"), contacts[0].get("firstname"), contacts[0].get("lastname")),
        ("lee@example.com", "Lee", "Wong")
    );
    let notes = tenant.portal.notes();
    assert_eq!((notes.len(), notes[0].linked("contacts")), (1, std::slice::from_ref(&contacts[0].id)));
    assert!(!notes[0].get("hs_note_body").contains("Transcript"), "only the summary was asked for");
}

#[tokio::test]
async fn what_arrives_while_logging_is_off_leaves_no_trace_and_is_never_exported() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);

    let (status, answer) =
        client.send("POST", "/events/conversation-finished", Some(&call("conv_1", "+14155550123", "Hello"))).await;
    assert_eq!((status, &answer["status"], &answer["reason"]), (202, &json!("ignored"), &json!("logging_off")));
    let (status, _) = client.send("PATCH", "/integrations/hubspot/writeback", Some(&json!({"mode": "summary"}))).await;
    assert_eq!(status, 200);
    // It ended before logging was turned on, and still does when it is reported again.
    let (_, answer) = client.send("POST", "/events/conversation-finished", Some(&call("conv_1", "+14155550123", "Hello"))).await;
    assert_eq!(answer["reason"], "ended_before_enabled");

    assert_eq!(client.conversation("conv_1").await, None);
    assert_eq!(client.counts().await["inFlight"], 0);
    assert!(tenant.portal.requests().is_empty(), "HubSpot heard nothing");
    assert!(!fleet.log().contains("conv_1"), "not even its id is logged");
}

#[tokio::test]
async fn turning_logging_off_stops_what_is_in_flight() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    lab.set(&tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    let upstream = start(&lab, "api", &[]).await;
    let client = Client::new(&upstream, &tenant);
    let _redactor = start(&lab, "redactor", &[]).await;
    let _matcher = start(&lab, "matcher", &[]).await;

    client.report(&call("conv_1", "+14155550123", "Hello, my heating broke.")).await;
    // The ledger learns of the contact with the outcome, so HubSpot is asked: from here only the poster is left.
    eventually("it waits for the poster", || async { (!tenant.portal.contacts().is_empty()).then_some(()) }).await;
    client.send("PATCH", "/integrations/hubspot/writeback", Some(&json!({"mode": "off"}))).await;
    let _poster = start(&lab, "poster", &[]).await;

    let row = client.finished("conv_1").await;
    assert_eq!((&row["outcome"], &row["reason"]), (&json!("withheld"), &json!("logging_off")), "{row}");
    assert!(tenant.portal.calls().is_empty());
}

#[tokio::test]
async fn a_conversation_that_is_reported_twice_is_exported_once() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    lab.set(&tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);

    let conversation = call("conv_1", "+14155550123", "Hello, my heating broke.");
    for _ in 0..3 {
        client.report(&conversation).await;
    }
    client.report(&call("conv_2", "+14155550123", "It is me again about the heating.")).await;

    client.exported(2).await;
    assert_eq!((tenant.portal.calls().len(), tenant.portal.contacts().len()), (2, 1));
}

#[tokio::test]
async fn what_is_over_for_longer_than_it_is_to_be_kept_goes_and_nothing_else() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    lab.set(&tenant, Mode::Summary, OnNoMatch::Skip).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);
    client.report(&call("conv_old", "+14155550123", "I only wanted to say thank you.")).await;
    client.finished("conv_old").await;
    lab.database.age(40).await.unwrap();
    client.report(&call("conv_new", "+14155550123", "I only wanted to say thank you.")).await;
    client.finished("conv_new").await;
    stop(fleet).await;
    // It looks when it starts.
    let fleet = start(&lab, "api", &[("WRITEBACK_RETENTION_DAYS", "30")]).await;
    let client = Client::new(&fleet, &tenant);
    eventually("the old row is gone", || async { client.conversation("conv_old").await.is_none().then_some(()) }).await;
    assert_eq!(client.conversation("conv_new").await.unwrap()["outcome"], "skipped_no_match");
    assert_eq!(client.counts().await["skippedNoMatch"], 1);
}

#[tokio::test]
async fn a_contact_that_was_merged_away_is_matched_anew() {
    let lab = Lab::start(Config { index_delay: std::time::Duration::ZERO, ..Config::default() }).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    let first = tenant.portal.add_contact(&[("firstname", "Dana"), ("phone", "+14155550123")]);
    lab.set(&tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);
    client.report(&call("conv_1", "+14155550123", "Hello, my heating broke.")).await;
    client.exported(1).await;

    let other = tenant.portal.add_contact(&[("firstname", "Dana"), ("email", "dana@example.com")]);
    let survivor = tenant.portal.merge(&other, &first);
    client.report(&call("conv_2", "+14155550123", "Hello again about the heating.")).await;
    client.exported(2).await;

    let calls = tenant.portal.calls();
    let second = calls.iter().find(|call| call.get("writeback_conversation_id") == "conv_2").unwrap();
    assert_eq!(second.linked("contacts"), [survivor]);
    assert_eq!(tenant.portal.contacts().len(), 1);
}
