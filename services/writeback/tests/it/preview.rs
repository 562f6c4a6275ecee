//! What a preview shows is what the workers then write.

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use serde_json::{Value, json};
use testkit::Lab;

use crate::fleet::{Client, call, start};

const UNIQUE: UniqueModes = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };

async fn preview(client: &Client, conversation: &Value) -> Value {
    let request = json!({"conversation": conversation});
    let (status, preview) = client.send("POST", "/integrations/hubspot/writeback/preview", Some(&request)).await;
    assert_eq!(status, 200, "{preview}");
    preview
}

#[tokio::test]
async fn a_preview_is_what_is_then_written() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let tenant = lab.tenant(PortalOptions::default(), UNIQUE).await.unwrap();
    let owner = tenant.portal.add_owner("olga@example.com", "Olga", "Owner");
    tenant.portal.add_contact(&[("firstname", "Dana"), ("phone", "(415) 555-0123"), ("hubspot_owner_id", &owner)]);
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);

    let known = call("conv_1", "+14155550123", "My heating broke. My card is 4242 4242 4242 4242.");
    let mut chat = call("conv_2", "+14155550177", "Where is my parcel? I ordered it two weeks ago.");
    chat["channel"] = json!("chat");
    chat["customer"]["name"] = json!("Lee Wong");
    let (call_shown, note_shown) = (preview(&client, &known).await, preview(&client, &chat).await);
    client.report(&known).await;
    client.report(&chat).await;
    client.exported(2).await;

    let row = client.finished("conv_1").await;
    for field in ["outcome", "mode", "contact", "otherContactIds", "summarySource", "redactions"] {
        let shown = &call_shown[field];
        let shown = if field == "contact" { &without_properties(shown) } else { shown };
        assert_eq!(shown, &row[field], "{field}");
    }
    let (shown, written) = (&call_shown["engagement"], &tenant.portal.calls()[0]);
    for (field, property) in [
        ("title", "hs_call_title"),
        ("body", "hs_call_body"),
        ("ownerId", "hubspot_owner_id"),
        ("from", "hs_call_from_number"),
        ("to", "hs_call_to_number"),
    ] {
        assert_eq!(shown[field], written.get(property), "{property}");
    }
    assert_eq!(note_shown["engagement"]["body"], tenant.portal.notes()[0].get("hs_note_body"));
    let created = &tenant.portal.contacts()[1];
    let properties = note_shown["contact"]["properties"].as_object().unwrap();
    assert!(properties.contains_key("writeback_caller_key"), "{properties:?}");
    for (property, value) in properties {
        assert_eq!(value, created.get(property), "{property}");
    }
}

fn without_properties(contact: &Value) -> Value {
    let mut contact = contact.clone();
    contact.as_object_mut().unwrap().remove("properties");
    contact
}
