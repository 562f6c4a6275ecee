//! Real processes of the real binary, over a lab of their own.

use std::{path::Path, process::Command};

use serde_json::{Value, json};
use testkit::{Lab, PATIENCE, Process, Tenant, eventually, process};

/// Starts a role, with more or other variables, and waits until it says that it runs.
pub(crate) async fn start(lab: &Lab, role: &str, more: &[(&str, &str)]) -> Process {
    start_with(lab, role, |command| {
        command.envs(more.iter().copied());
    })
    .await
}

/// The same, configured further by a function.
pub(crate) async fn start_with(lab: &Lab, role: &str, change: impl FnOnce(&mut Command)) -> Process {
    let mut command = command(lab, &[role]);
    change(&mut command);
    Process::start(command, role).await.unwrap()
}

/// SIGTERM, and its exit code.
pub(crate) async fn stop(process: Process) -> Option<i32> {
    process.stop(PATIENCE).await.unwrap()
}

/// The binary, configured for the lab: delays are short, so that waiting is.
pub(crate) fn command(lab: &Lab, args: &[&str]) -> Command {
    let mut command = process::command(Path::new(env!("CARGO_BIN_EXE_writeback")), lab, args);
    command.envs([
        ("WRITEBACK_DATABASE_CONNECTIONS", "4"),
        ("WRITEBACK_LANES", "2"),
        ("WRITEBACK_DELAYS_MS", "100,500"),
        ("RUST_LOG", "info,writeback=debug,lapin=warn"),
    ]);
    command
}

/// The API as a client sees it.
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
    key: String,
}

impl Client {
    pub(crate) fn new(process: &Process, tenant: &Tenant) -> Self {
        Self::with_key(process, &tenant.key)
    }

    pub(crate) fn with_key(process: &Process, key: &str) -> Self {
        Self { http: testkit::http_client(), url: process.address("api").unwrap(), key: key.to_owned() }
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        let request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.url)).bearer_auth(&self.key);
        let request = if let Some(body) = body { request.json(body) } else { request };
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Reports a conversation, which must be accepted.
    pub(crate) async fn report(&self, conversation: &Value) {
        let (status, answer) = self.send("POST", "/events/conversation-finished", Some(conversation)).await;
        assert_eq!((status, &answer["status"]), (202, &json!("accepted")), "{answer}");
    }

    /// Reports up to a hundred.
    pub(crate) async fn report_all(&self, conversations: &[Value]) {
        for chunk in conversations.chunks(100) {
            let (status, answer) =
                self.send("POST", "/events/conversation-finished/batch", Some(&json!({"events": chunk}))).await;
            assert!(status == 200 || status == 202, "{status} {answer}");
            let items = answer["items"].as_array().unwrap();
            assert!(items.iter().all(|item| item["status"] == "accepted"), "{answer}");
        }
    }

    /// One conversation of the ledger.
    pub(crate) async fn conversation(&self, id: &str) -> Option<Value> {
        let (status, answer) = self.send("GET", &format!("/integrations/hubspot/writeback/conversations/{id}"), None).await;
        (status == 200).then_some(answer)
    }

    /// Waits until a conversation is finished.
    pub(crate) async fn finished(&self, id: &str) -> Value {
        eventually(&format!("{id} is finished"), || async {
            self.conversation(id).await.filter(|row| row["outcome"].is_string())
        })
        .await
    }

    /// Counts by outcome.
    pub(crate) async fn counts(&self) -> Value {
        let (status, answer) = self.send("GET", "/integrations/hubspot/writeback", None).await;
        assert_eq!(status, 200, "{answer}");
        answer["counts"].clone()
    }

    /// Waits until so many are exported and nothing is in flight.
    pub(crate) async fn exported(&self, count: usize) {
        eventually(&format!("{count} are exported"), || async {
            let counts = self.counts().await;
            (counts["exported"] == json!(count) && counts["inFlight"] == json!(0)).then_some(())
        })
        .await;
    }
}

/// A voice call, four minutes long, that ended just now.
pub(crate) fn call(id: &str, phone: &str, said: &str) -> Value {
    json!({
        "conversationId": id, "agentId": "agent_7", "channel": "voice", "direction": "inbound",
        "startedAt": "2026-11-23T10:00:00Z", "endedAt": "2026-11-23T10:04:10Z",
        "customer": {"phone": phone}, "agentNumber": "+14155559876",
        "transcript": [
            {"speaker": "agent", "text": "Hi, how can I help?", "atMs": 0},
            {"speaker": "customer", "text": said, "atMs": 2100},
            {"speaker": "agent", "text": "Thank you, a technician will come to you on Monday morning.", "atMs": 9000}]
    })
}
