//! Nobody gets at another account's things. The routes come from the document, so that a new one cannot be forgotten.

use domain::scope::Scope;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{dead_letters::Bed, support::Answer};

/// What somebody else has, by the path parameter that names it.
struct Theirs {
    conversation: String,
    letter: String,
    key: String,
}

impl Theirs {
    async fn make(bed: &Bed) -> Self {
        let letter = bed.give_up("conv_of_acme").await.to_string();
        let key = bed.world.key(bed.tenant.account, Scope::ALL).await.0.to_string();
        Self { conversation: "conv_of_acme".to_owned(), letter, key }
    }

    /// A template's path to it.
    fn path(&self, template: &str) -> String {
        let (mut path, mut before) = (String::new(), "");
        for part in template.split('/').skip(1) {
            path.push('/');
            path.push_str(match (before, part) {
                (_, "{conversationId}") => &self.conversation,
                ("dead-letters", "{id}") => &self.letter,
                ("api-keys", "{id}") => &self.key,
                (_, part) if part.starts_with('{') => panic!("say here what another account has at {template}"),
                (_, part) => part,
            });
            before = part;
        }
        path
    }

    fn is_told_by(&self, answer: &Answer) -> bool {
        [&self.conversation, &self.letter, &self.key].into_iter().any(|id| answer.text.contains(id.as_str()))
    }
}

/// Operations behind a key: method and template.
fn operations(document: &Value) -> Vec<(Method, String)> {
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if operation["security"][0]["apiKey"].is_array() {
                found.push((method.to_uppercase().parse().unwrap(), path.clone()));
            }
        }
    }
    found
}

#[tokio::test]
async fn another_account_s_things_are_not_there_on_any_route() {
    let bed = Bed::start().await;
    let theirs = Theirs::make(&bed).await;
    let stranger = bed.world.logging_tenant().await;
    let mut named = 0;
    for (method, template) in operations(&bed.world.document) {
        let path = theirs.path(&template);
        // Ending one's own connection comes last, or there would be nothing to look at.
        if method == Method::DELETE && !template.contains('{') {
            continue;
        }
        let answer = bed.world.call(method.clone(), &path, |r| r.bearer_auth(&stranger.key).json(&json!({}))).await;
        assert!(!theirs.is_told_by(&answer), "{method} {template} tells of it: {}", answer.text);
        if template.contains('{') {
            assert_eq!(answer.problem(404), "not_found", "{method} {template}");
            named += 1;
        }
    }
    assert!(named >= 6, "{named}");
    // And it is as it was.
    let own = async |path: &str| bed.world.get(path, &bed.tenant.key).await.with(200);
    let letter = own(&format!("/integrations/hubspot/writeback/dead-letters/{}", theirs.letter)).await;
    assert!(letter.to_string().contains(&theirs.letter), "{letter}");
    let conversation = own(&format!("/integrations/hubspot/writeback/conversations/{}", theirs.conversation)).await;
    assert_eq!(conversation["outcome"], "failed");
    let keys = own("/api-keys").await;
    let key = keys["items"].as_array().unwrap().iter().find(|key| key["id"] == theirs.key).unwrap();
    assert_eq!(key["revokedAt"], Value::Null);
}

#[tokio::test]
async fn ending_one_s_own_connection_leaves_others_alone() {
    let bed = Bed::start().await;
    let stranger = bed.world.logging_tenant().await;
    bed.world.delete("/integrations/hubspot", &stranger.key).await.with(200);
    let view = bed.world.get("/integrations/hubspot", &bed.tenant.key).await.with(200);
    assert_eq!((&view["connected"], &view["connection"]["id"]), (&json!(true), &json!(bed.connection.to_string())));
}
