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

    browser.open(&console).await.unwrap();
    browser.sees("Sign in").await.unwrap();
    browser.look("sign-in").await.unwrap();
    browser.fill("input[name=email]", EMAIL).await.unwrap();
    browser.fill("input[name=password]", &password).await.unwrap();
    browser.press("button.primary").await.unwrap();

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

    let (status, _) = client.send("PATCH", "/integrations/hubspot/writeback", Some(&json!({"mode": "summary"}))).await;
    assert_eq!(status, 200);
    client.report(&ended_now("conv_1")).await;
    let row = client.finished("conv_1").await;
    assert_eq!(row["outcome"], "exported", "{row}");
    browser.open(row["contact"]["url"].as_str().unwrap()).await.unwrap();
    browser.sees("Dana Reyes").await.unwrap();
    browser.sees("A technician will come").await.unwrap();
    assert_eq!(portal.calls()[0].linked("contacts"), [dana]);

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

/// Dana's call, of just now.
fn ended_now(id: &str) -> Value {
    let mut conversation = call(id, "+14155550123", "My heating broke. My card is 4242 4242 4242 4242.");
    for field in ["startedAt", "endedAt"] {
        conversation[field] = json!(OffsetDateTime::now_utc().format(&Rfc3339).unwrap());
    }
    conversation
}
