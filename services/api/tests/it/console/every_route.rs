//! What holds for every page and form, whatever it is: the list of routes is the service's own, so none can be forgotten.

use api::{CONSOLE_ROUTES, ConsoleRoute};
use domain::{ApiKeyId, DeadLetterId, ledger::Reason, scope::Scope};
use reqwest::{Method, StatusCode};

use super::Bed;
use crate::support::conversation;

/// Stands in everything that one account has, and may be on no page of another.
const MARK: &str = "marked-4711";

struct Owned {
    letter: DeadLetterId,
    key: ApiKeyId,
}

/// Something of every kind.
async fn filled(bed: &Bed) -> Owned {
    let mut body = conversation(&format!("conv-{MARK}"));
    body["agentId"] = format!("agent-{MARK}").into();
    let event = bed.open(&body).await;
    let letter = bed.bury(&event, Reason::Refused, Some(&format!("detail {MARK}"))).await;
    let (key, _) = store::api_keys::make(&bed.world.db, bed.tenant.account, &format!("key {MARK}"), Scope::ALL).await.unwrap();
    let extras = serde_json::json!({"patterns": [{"label": "marked code", "pattern": MARK}], "keepWords": [MARK]});
    let change = serde_json::json!({"mode": "summary", "redaction": extras});
    bed.world.patch("/integrations/hubspot/writeback", &bed.tenant.key, &change).await.with(200);
    Owned { letter, key }
}

impl Owned {
    /// The route's path, with what one account owns in it.
    fn path(&self, route: &ConsoleRoute) -> String {
        let id = match route.path.split('/').nth(2).unwrap() {
            "conversations" => format!("conv-{MARK}"),
            "dead-letters" => self.letter.to_string(),
            "api-keys" => self.key.to_string(),
            other => panic!("what is the id of {other}?"),
        };
        route.path.replace("{id}", &id)
    }

    fn of(&self, route: &ConsoleRoute) -> String {
        if route.path.contains("{id}") { self.path(route) } else { route.path.to_owned() }
    }
}

/// Fields of all forms: each takes what it knows.
const FIELDS: [(&str, &str); 13] = [
    ("reason", "refused"),
    ("mode", "off"),
    ("on_no_match", "skip"),
    ("label", "code"),
    ("pattern", "[0-9]{9}"),
    ("keep", ""),
    ("sample", "a text"),
    ("channel", "voice"),
    ("direction", "inbound"),
    ("transcript", "Customer: hello"),
    ("name", "mine"),
    ("scopes", "events:write"),
    ("uninstall", "false"),
];

fn forms() -> impl Iterator<Item = &'static ConsoleRoute> {
    CONSOLE_ROUTES.iter().filter(|route| route.method == "post")
}

#[tokio::test]
async fn who_is_not_signed_in_is_asked_to_and_sees_nothing() {
    let bed = Bed::start().await;
    let owned = filled(&bed).await;
    let mut browser = bed.world.browser();
    for route in CONSOLE_ROUTES {
        let path = owned.of(route);
        let page = if route.method == "get" { browser.get(&path).await } else { browser.post(&path, &FIELDS).await };
        assert!(page.location().starts_with("/sign-in"), "{path}");
        // The address that was asked for may stand in the one that is led to, and nowhere else.
        assert!(!page.text.contains(MARK), "{path}: {}", page.text);
    }
    assert!(CONSOLE_ROUTES.len() >= 20, "the list is the service's own");
}

#[tokio::test]
async fn no_form_is_taken_without_its_token_or_from_elsewhere() {
    let mut bed = Bed::start().await;
    let owned = filled(&bed).await;
    let token = bed.browser.get("/console").await.form_token();
    let origin = bed.browser.origin.clone();
    for route in forms() {
        let path = owned.of(route);
        let page = bed.browser.post(&path, &FIELDS).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}: {}", page.text);
        let fields = [&[("form_token", token.as_str())], &FIELDS[..]].concat();
        let page = bed.browser.send(Method::POST, &path, &[("origin", "https://evil.example")], Some(&fields)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}: {}", page.text);
        let page = bed.browser.send(Method::GET, &path, &[("origin", &origin)], None).await;
        let is_page = CONSOLE_ROUTES.iter().any(|other| other.method == "get" && other.path == route.path);
        assert_eq!(page.status == StatusCode::METHOD_NOT_ALLOWED, !is_page, "{path}: {}", page.status);
    }
    bed.still_has(&owned).await;
}

#[tokio::test]
async fn nobody_sees_or_moves_what_is_anothers() {
    let bed = Bed::start().await;
    let owned = filled(&bed).await;
    let (_, mut stranger) = bed.stranger().await;
    let token = stranger.get("/console").await.form_token();
    let fields = [&[("form_token", token.as_str())], &FIELDS[..]].concat();
    let (pages, forms): (Vec<_>, Vec<_>) = CONSOLE_ROUTES.iter().partition(|route| route.method == "get");
    for route in pages.into_iter().chain(forms) {
        let path = owned.of(route);
        let page = if route.method == "get" { stranger.get(&path).await } else { stranger.post(&path, &fields).await };
        assert!(!page.text.contains(MARK), "{path}: {}", page.text);
        if route.path.contains("{id}") {
            page.says(404, "There is no such thing");
        } else if route.method == "get" {
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        }
    }
    bed.still_has(&owned).await;
}

#[tokio::test]
async fn what_can_be_no_id_is_a_page_that_says_so() {
    let mut bed = Bed::start().await;
    let token = bed.browser.get("/console").await.form_token();
    for route in CONSOLE_ROUTES.iter().filter(|route| route.path.contains("{id}")) {
        let path = route.path.replace("{id}", "no%20id%00");
        let page = if route.method == "get" {
            bed.browser.get(&path).await
        } else {
            bed.browser.post(&path, &[("form_token", &token)]).await
        };
        page.says(404, "There is no such thing");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    }
}

#[tokio::test]
async fn every_page_is_whole_in_its_frame() {
    let mut bed = Bed::start().await;
    let owned = filled(&bed).await;
    for route in CONSOLE_ROUTES.iter().filter(|route| route.method == "get" && !route.path.contains(".csv")) {
        let page = bed.browser.get(&owned.of(route)).await;
        page.says(200, "<main id=\"main\"");
        for name in ["Overview", "Conversations", "Dead letters", "Logging", "Connection", "API keys"] {
            assert!(page.text.contains(&format!(">{name}</a>")), "{name} is not in the menu of {}", route.path);
        }
        assert!(!page.text.contains("style=\"") && !page.text.contains("onclick"), "{}: the policy forbids it", route.path);
        assert_eq!(page.text.matches("<h1>").count(), 1, "{}", route.path);
        assert_eq!(page.text.matches("aria-current=\"page\"").count(), 1, "{}", route.path);
    }
}

impl Bed {
    async fn still_has(&self, owned: &Owned) {
        let get = async |path: &str| self.world.get(path, &self.tenant.key).await.with(200);
        get(&format!("/integrations/hubspot/writeback/dead-letters/{}", owned.letter)).await;
        assert_eq!(get(&format!("/integrations/hubspot/writeback/conversations/conv-{MARK}")).await["outcome"], "failed");
        let settings = get("/integrations/hubspot/writeback").await;
        assert_eq!((&settings["mode"], &settings["redaction"]["keepWords"][0]), (&"summary".into(), &MARK.into()));
        let keys = get("/api-keys").await;
        let key = keys["items"].as_array().unwrap().iter().find(|key| key["id"] == owned.key.to_string()).unwrap();
        assert!(key["revokedAt"].is_null());
        assert!(self.world.vhost.queued().await.is_empty());
    }
}
