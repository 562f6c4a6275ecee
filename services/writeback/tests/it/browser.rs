//! The main job as a customer's administrator sees it, in a real browser.

use domain::{AccountId, Region, scope::Scope};
use hubspot_sim::{Config, PortalOptions};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use store::{accounts, api_keys};
use testkit::{Browser, Lab, eventually};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::fleet::{Client, call, command, start_with};

const EMAIL: &str = "admin@acme.example";

/// An account that nobody has connected yet, somebody who may sign in, and a key.
async fn customer(lab: &Lab) -> (AccountId, String, String) {
    let account = accounts::create(&lab.db, "Acme Heating", Region::US).await.unwrap().id;
    let args = ["user", "create", "--account", &account.to_string(), "--email", EMAIL];
    let made = command(lab, &args).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let password = String::from_utf8(made.stdout).unwrap().trim().to_owned();
    let (_, key) = api_keys::make(&lab.db, account, "platform", Scope::ALL).await.unwrap();
    (account, password, key.expose_secret().to_owned())
}

#[tokio::test]
async fn a_customer_connects_and_follows_a_call_to_its_timeline() {
    let Some(mut browser) = Browser::start().await.unwrap() else { return };
    let lab = Lab::start(Config::default()).await.unwrap();
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    let portal = lab.sim.portal(PortalOptions { name: "Acme Heating".to_owned(), ..PortalOptions::default() });
    let dana = portal.add_contact(&[("firstname", "Dana"), ("lastname", "Reyes"), ("phone", "(415) 555-0123")]);
    let (_, password, key) = customer(&lab).await;
    let fleet = start_with(&lab, "all", |command| {
        command.envs([
            ("WRITEBACK_HUBSPOT_AUTHORIZE_URL", format!("{}/oauth/authorize", lab.sim.url())),
            ("WRITEBACK_HUBSPOT_CLIENT_ID", lab.sim.client_id()),
            ("WRITEBACK_HUBSPOT_CLIENT_SECRET", lab.sim.client_secret()),
        ]);
    })
    .await;
    let console = fleet.address("api").unwrap();
    lab.sim.allow_redirect(&format!("{console}/integrations/hubspot/callback"));
    let client = Client::with_key(&fleet, &key);

    signs_in(&mut browser, &console, &password).await;
    browser.open(&format!("{console}/console/connection")).await.unwrap();
    browser.sees("No HubSpot account is connected yet").await.unwrap();
    browser.look("connection-none").await.unwrap();
    browser.press("button.primary").await.unwrap();
    browser.sees("Connect an app to your account").await.unwrap();
    browser.look("hubspot-consent").await.unwrap();
    browser.press("button[value=approve]").await.unwrap();
    browser.sees("HubSpot is connected.").await.unwrap();
    browser.sees("HubSpot itself refuses a second record").await.unwrap();
    browser.look("connection").await.unwrap();

    browser.follow("Logging").await.unwrap();
    browser.look("logging-off").await.unwrap();
    browser.press("input[name=mode][value=summary_transcript]").await.unwrap();
    browser.press("main button.primary").await.unwrap();
    browser.sees("only conversations that end after that are written").await.unwrap();
    browser.look("logging-on").await.unwrap();
    client.report(&ended_now("conv_1")).await;
    let row = client.finished("conv_1").await;
    assert_eq!(row["outcome"], "exported", "{row}");

    browser.follow("Conversations").await.unwrap();
    browser.sees("conv_1").await.unwrap();
    browser.look("conversations").await.unwrap();
    browser.follow("conv_1").await.unwrap();
    browser.look("conversation").await.unwrap();
    browser.press("a.button[href*='/contacts/']").await.unwrap();
    browser.sees("Dana Reyes").await.unwrap();
    browser.sees("My card is [card number removed].").await.unwrap();
    browser.look("hubspot-timeline").await.unwrap();
    assert_eq!(portal.calls()[0].linked("contacts"), [dana]);

    looks_around(&mut browser, &console).await;

    // Somebody takes our access away in HubSpot. What comes in waits, until the customer connects again.
    portal.revoke();
    client.report(&ended_now("conv_2")).await;
    eventually("HubSpot's refusal is noted", || async {
        let (_, view) = client.send("GET", "/integrations/hubspot", None).await;
        (view["connection"]["portal"]["status"] == "reauth_required").then_some(())
    })
    .await;
    browser.open(&format!("{console}/console/connection")).await.unwrap();
    browser.sees("HubSpot refuses our access.").await.unwrap();
    browser.look("connection-refused").await.unwrap();
    browser.press("button.primary").await.unwrap();
    browser.press("button[value=approve]").await.unwrap();
    browser.sees("HubSpot is connected again, with all settings as they were.").await.unwrap();
    assert_eq!(client.finished("conv_2").await["outcome"], "exported");
    assert_eq!(portal.calls().len(), 2);
}

async fn signs_in(browser: &mut Browser, console: &str, password: &str) {
    browser.open(console).await.unwrap();
    browser.sees("Sign in").await.unwrap();
    browser.look("sign-in").await.unwrap();
    browser.fill("input[name=email]", EMAIL).await.unwrap();
    browser.fill("input[name=password]", password).await.unwrap();
    browser.press("button.primary").await.unwrap();
    // What is opened before the answer is there would be left for it.
    browser.sees("Sign out").await.unwrap();
}

/// The pages that the way to a first call does not lead to.
async fn looks_around(browser: &mut Browser, console: &str) {
    browser.open(console).await.unwrap();
    browser.sees("Overview").await.unwrap();
    browser.look("overview").await.unwrap();
    for (menu, name) in [("Dead letters", "dead-letters"), ("API keys", "api-keys")] {
        browser.follow(menu).await.unwrap();
        browser.look(name).await.unwrap();
    }
    browser.fill("input[name=name]", "staging emitter").await.unwrap();
    browser.press("input[name=scopes][value='events:write']").await.unwrap();
    browser.press("main button.primary").await.unwrap();
    browser.sees("wbk_").await.unwrap();
    browser.look("api-key-made").await.unwrap();
}

/// Dana's call, of just now.
fn ended_now(id: &str) -> Value {
    let mut conversation = call(id, "+14155550123", "My heating broke. My card is 4242 4242 4242 4242.");
    for field in ["startedAt", "endedAt"] {
        conversation[field] = json!(OffsetDateTime::now_utc().format(&Rfc3339).unwrap());
    }
    conversation
}
