//! The operator's commands, as an operator types them.

use std::process::{Output, Stdio};

use domain::{
    connection::{UniqueMode, UniqueModes},
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use testkit::Lab;

use crate::fleet::{Client, call, command, start, stop};

fn run(lab: &Lab, args: &[&str]) -> Output {
    command(lab, args).stdin(Stdio::null()).output().unwrap()
}

#[track_caller]
fn ok(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_install_without_a_browser_goes_from_nothing_to_a_first_call() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let portal = lab.sim.portal(PortalOptions::default());
    let account = ok(&run(&lab, &["account", "create", "--name", "Acme", "--region", "DE"]));
    let key = ok(&run(&lab, &["key", "create", "--account", &account, "--scopes", "all"]));
    let tokens = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(tokens.path(), format!("{{\"portalId\": {}, \"accessToken\": \"{}\"}}", portal.id(), portal.token())).unwrap();
    let path = tokens.path().to_str().unwrap();
    let connection = ok(&run(&lab, &["connection", "import", "--account", &account, path]));
    let shown = ok(&run(&lab, &["connection", "show", "--account", &account]));
    assert!(shown.contains(&connection) && shown.contains("calls unique, notes unique, contacts unique"), "{shown}");
    assert_eq!(ok(&run(&lab, &["connection", "import", "--account", &account, path])), connection, "again is the same");

    let fleet = start(&lab, "all", &[]).await;
    let tenant = testkit::Tenant { account: account.parse().unwrap(), connection: connection.parse().unwrap(), key, portal };
    let client = Client::new(&fleet, &tenant);
    lab.set(&tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    // A national number is taken as of the account's region.
    client.report(&call("conv_1", "030 901820", "Guten Tag, meine Heizung ist kaputt.")).await;
    client.exported(1).await;
    assert_eq!(tenant.portal.contacts()[0].get("phone"), "+4930901820");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_another_portal_are_refused_and_nothing_stays() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let (portal, other) = (lab.sim.portal(PortalOptions::default()), lab.sim.portal(PortalOptions::default()));
    let account = ok(&run(&lab, &["account", "create", "--name", "Acme"]));
    let tokens = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(tokens.path(), format!("{{\"portalId\": {}, \"accessToken\": \"{}\"}}", portal.id(), other.token())).unwrap();
    let refused = run(&lab, &["connection", "import", "--account", &account, tokens.path().to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("not") && !said.contains(&other.token()), "{said}");
    assert_eq!(run(&lab, &["connection", "show", "--account", &account]).status.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_letter_is_shown_scrubbed_and_replayed_once_the_portal_allows_it() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let unique = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };
    let options = PortalOptions { required_contact_fields: vec!["company".into()], ..PortalOptions::default() };
    let tenant = lab.tenant(options, unique).await.unwrap();
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);
    client.report(&call("conv_1", "+14155550123", "My heating broke.")).await;
    let row = client.finished("conv_1").await;
    assert_eq!((&row["outcome"], &row["reason"]), (&"failed".into(), &"required_properties".into()), "{row}");

    let account = tenant.account.to_string();
    let list = ok(&run(&lab, &["dead-letters", "list", "--account", &account]));
    assert!(list.contains("conv_1") && list.contains("required_properties") && list.contains("company"), "{list}");
    let id = list.split('\t').next().unwrap();
    let shown = ok(&run(&lab, &["dead-letters", "show", "--account", &account, id]));
    assert!(shown.contains("My heating broke.") && shown.contains("(hidden)") && !shown.contains("4155550123"), "{shown}");

    // A person makes the contact; the replay finds it.
    tenant.portal.add_contact(&[("firstname", "Dana"), ("company", "Acme"), ("phone", "+14155550123")]);
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    ok(&run(&lab, &["dead-letters", "replay", "--account", &account, "--all"]));
    client.exported(1).await;
    assert_eq!(ok(&run(&lab, &["dead-letters", "list", "--account", &account])), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealing_key_is_rotated_and_then_goes() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let unique = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Unique, contact: UniqueMode::Unique };
    let options = PortalOptions { required_contact_fields: vec!["company".into()], ..PortalOptions::default() };
    let tenant = lab.tenant(options, unique).await.unwrap();
    lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await.unwrap();
    let fleet = start(&lab, "all", &[]).await;
    let client = Client::new(&fleet, &tenant);
    client.report(&call("conv_1", "+14155550123", "My heating broke.")).await;
    assert_eq!(client.finished("conv_1").await["outcome"], "failed");
    stop(fleet).await;

    let new = format!("new:{}=", "E".repeat(43));
    let both = format!("{new},{}", testkit::database::KEYS);
    let with = |keys: &str, args: &[&str]| command(&lab, args).env("WRITEBACK_SEALING_KEYS", keys).output().unwrap();
    let checked = with(&both, &["keys", "rotate", "--check"]);
    let said = String::from_utf8(checked.stdout).unwrap();
    assert!(!checked.status.success() && said.contains("test\topens\t1 credentials"), "{said}");
    let said = ok(&with(&both, &["keys", "rotate"]));
    assert!(said.contains("sealed anew with new: 1 credentials, 1 dead letters") && !said.contains("test"), "{said}");
    let said = ok(&with(&both, &["keys", "rotate", "--check"]));
    assert_eq!(said, "new\tseals\t1 credentials\t0 consents under way\t1 dead letters");
    assert!(!with(testkit::database::KEYS, &["keys", "rotate", "--check"]).status.success(), "a key is not in the ring");

    // Without the old key everything goes on: the credential opens, and so does what is replayed.
    let fleet = start(&lab, "all", &[("WRITEBACK_SEALING_KEYS", &new)]).await;
    let client = Client::new(&fleet, &tenant);
    tenant.portal.add_contact(&[("firstname", "Dana"), ("company", "Acme"), ("phone", "+14155550123")]);
    lab.sim.set_index_delay(std::time::Duration::ZERO);
    let replay = "/integrations/hubspot/writeback/conversations/conv_1/replay";
    assert_eq!(client.send("POST", replay, None).await.0, 202);
    client.exported(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_says_everything_that_is_wrong_with_its_configuration() {
    let lab = Lab::start(Config::default()).await.unwrap();
    let output = command(&lab, &["poster"]).env("WRITEBACK_LANES", "900").env_remove("WRITEBACK_LOOKUP_SECRET").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("WRITEBACK_LANES") && said.contains("WRITEBACK_LOOKUP_SECRET"), "{said}");
}
