use domain::{ConnectionId, connection::ConnectionStatus};
use hubspot_sim::{Portal, PortalOptions};
use store::connections;

use super::{Bed, ESCAPED, SCRIPT};
use crate::support::{
    World,
    browser::{Browser, EMAIL},
};

const PATH: &str = "/console/logging/preview";
const READY: [(&str, &str); 7] = [
    ("mode", "summary_transcript"),
    ("on_no_match", "skip"),
    ("channel", "voice"),
    ("direction", "inbound"),
    ("phone", "+1 415 555 0123"),
    ("name", "Dana Reyes"),
    (
        "transcript",
        "Agent: Hello.\r\nCustomer: My heating broke last night, and the house is cold. My card is 4242 4242 4242 4242.",
    ),
];

/// Somebody whose account is connected to a portal of the simulator, with logging off.
async fn begin() -> (World, Browser, Portal, ConnectionId) {
    let world = World::start().await;
    world.sim.set_index_delay(std::time::Duration::ZERO);
    let tenant = world.tenant().await;
    let (connection, portal) = world.connect_portal(&tenant, PortalOptions::default()).await;
    let browser = world.signed_in(tenant.account, EMAIL).await;
    (world, browser, portal, connection)
}

fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let field = |(name, value)| changes.iter().find(|change| change.0 == name).copied().unwrap_or((name, value));
    READY.into_iter().map(field).collect()
}

#[tokio::test]
async fn a_ready_sample_is_previewed_before_logging_is_on_and_nothing_is_written() {
    let (world, mut browser, portal, _) = begin().await;
    let dana = portal.add_contact(&[("firstname", "Dana"), ("phone", "+14155550123")]);
    browser.get(PATH).await.says(200, "4242 4242 4242 4242");
    let page = browser.submit(PATH, PATH, &READY).await;
    for words in [
        "It would be written to HubSpot.",
        &format!("/record/0-1/{dana}"),
        "found by the phone number",
        "<strong>Summary</strong>",
        "[card number removed]",
        "Inbound call with Dana Reyes",
        "1 × card number",
    ] {
        page.says(200, words);
    }
    assert_eq!(
        page.text.matches("4242 4242 4242 4242").count(),
        1,
        "in the form, where it was typed, and nowhere else: {}",
        page.text
    );
    let unknown = browser.submit(PATH, PATH, &with(&[("phone", "+14155550199")])).await;
    unknown.says(200, "HubSpot has no such contact");
    let created = browser.submit(PATH, PATH, &with(&[("phone", "+14155550199"), ("on_no_match", "create")])).await;
    created.says(200, "would be created");
    assert_eq!(portal.request_count("POST", "batch/create"), 0);
    assert!(world.vhost.queued().await.is_empty());
}

#[tokio::test]
async fn nothing_of_a_sample_is_markup() {
    let (_world, mut browser, _, _) = begin().await;
    let page = browser.submit(PATH, PATH, &with(&[("name", SCRIPT), ("transcript", SCRIPT), ("on_no_match", "create")])).await;
    page.says(200, ESCAPED);
    page.says(200, "<strong>Summary</strong>");
    assert!(!page.text.contains("<script>alert"), "{}", page.text);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_is_kept() {
    let (world, mut browser, _, connection) = begin().await;
    let page = browser.submit(PATH, PATH, &with(&[("phone", "12"), ("mode", "summary")])).await;
    page.says(422, "id=\"fault-conversation.customer.phone\"");
    page.says(422, "value=\"12\"");
    page.says(422, "value=\"summary\" checked");
    connections::set_status(&world.db, connection, ConnectionStatus::ReauthRequired).await.unwrap();
    let page = browser.submit(PATH, PATH, &READY).await;
    page.says(409, "Nothing was previewed");
    page.says(409, "value=\"+1 415 555 0123\"");
}

#[tokio::test]
async fn without_a_portal_the_page_says_so() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut browser = world.signed_in(tenant.account, EMAIL).await;
    browser.get(PATH).await.says(200, "It takes a HubSpot account");
    let mut bed = Bed::start().await;
    connections::set_status(&bed.world.db, bed.connection, ConnectionStatus::ReauthRequired).await.unwrap();
    bed.browser.get(PATH).await.says(200, "has to be connected again first");
}
