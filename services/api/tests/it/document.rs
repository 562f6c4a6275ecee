//! The document and the page.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, conversation};

#[tokio::test]
async fn the_document_is_served_and_whole() {
    let world = World::start().await;
    let served = world.call(Method::GET, "/openapi.json", |r| r).await.with(200);
    assert_eq!(served, world.document);
    assert_eq!(served["openapi"], "3.1.0");
    for (path, methods) in served["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let said = |field: &str| operation[field].as_str().is_some_and(|text| !text.is_empty());
            assert!(said("operationId") && said("summary") && said("description"), "{method} {path}");
            if operation["security"][0]["session"].is_array() {
                for status in ["303", "500", "503"] {
                    assert!(operation["responses"][status].is_object(), "{method} {path} {status}");
                }
                continue;
            }
            for status in ["401", "403", "429", "500", "503"] {
                let problem = &operation["responses"][status]["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(problem, "#/components/schemas/Problem", "{method} {path} {status}");
            }
        }
    }
    assert_no_loose_ends(&served, &served);
}

/// Every reference leads somewhere.
fn assert_no_loose_ends(document: &Value, part: &Value) {
    match part {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
            }
            fields.values().for_each(|field| assert_no_loose_ends(document, field));
        }
        Value::Array(items) => items.iter().for_each(|item| assert_no_loose_ends(document, item)),
        _ => {}
    }
}

#[tokio::test]
async fn the_documented_event_is_the_one_that_is_read() {
    let world = World::start().await;
    let tenant = world.logging_tenant().await;
    let documented: Vec<_> =
        world.document["components"]["schemas"]["ConversationFinished"]["properties"].as_object().unwrap().keys().collect();
    let mut body = conversation("conv_1");
    let mut read: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    read.sort();
    let mut documented: Vec<_> = documented.into_iter().cloned().collect();
    documented.sort();
    assert_eq!(documented, read);
    world.emit(&tenant.key, &body).await.with(202);
    body["surprise"] = json!(1);
    assert_eq!(world.emit(&tenant.key, &body).await.faults(), ["surprise unknown_field"]);
}

#[tokio::test]
async fn the_page_needs_neither_a_script_nor_the_network() {
    let world = World::start().await;
    let page = world.call(Method::GET, "/docs", |r| r).await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";
    assert_eq!(page.header("content-security-policy"), Some(policy));
    assert!(!page.text.contains("<script") && !page.text.contains("style=") && !page.text.contains("src="));
    for path in world.document["paths"].as_object().unwrap().keys() {
        assert!(page.text.contains(path.as_str()), "{path}");
    }
    // Every link within the page leads somewhere.
    for link in page.text.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.text.contains(&format!("id=\"{link}\"")), "{link}");
    }
    assert!(page.text.contains("id=\"problem-missing_scope\""));
    let style = world.call(Method::GET, "/docs/style.css", |r| r).await;
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
}
