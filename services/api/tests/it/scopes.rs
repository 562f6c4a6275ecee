//! Who may do what. The matrix comes from the document, so that a new operation cannot be forgotten.

use domain::scope::Scope;
use reqwest::Method;
use serde_json::json;

use crate::support::World;

/// Every operation behind a key: method, path with something in each place, scope.
fn operations(world: &World) -> Vec<(Method, String, Scope)> {
    let mut found = Vec::new();
    for (path, methods) in world.document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let scopes = &operation["security"][0]["apiKey"];
            let scope = scopes[0].as_str().unwrap_or_else(|| panic!("{method} {path} names no scope"));
            assert_eq!(scopes.as_array().unwrap().len(), 1, "{method} {path}");
            let path = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/");
            found.push((method.to_uppercase().parse().unwrap(), path, scope.parse().unwrap()));
        }
    }
    assert!(found.len() >= 10);
    found
}

#[tokio::test]
async fn each_operation_needs_its_scope_and_no_other() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    for (method, path, scope) in operations(&world) {
        let others: Vec<_> = Scope::ALL.iter().copied().filter(|other| *other != scope).collect();
        let (_, without) = world.key(tenant.account, &others).await;
        let refused = world.call(method.clone(), &path, |r| r.bearer_auth(&without).json(&json!({}))).await;
        assert_eq!(refused.problem(403), "missing_scope", "{method} {path}");
        assert_eq!(refused.body["detail"], format!("Use a key with the scope {}.", scope.as_str()));
        let challenge = format!(r#"Bearer error="insufficient_scope", scope="{}""#, scope.as_str());
        assert_eq!(refused.header("www-authenticate"), Some(challenge.as_str()));

        let (_, with) = world.key(tenant.account, &[scope]).await;
        let allowed = world.call(method.clone(), &path, |r| r.bearer_auth(&with).json(&json!({}))).await;
        assert!(!matches!(allowed.status.as_u16(), 401 | 403 | 500..), "{method} {path}: {}", allowed.text);
    }
}

#[tokio::test]
async fn without_a_valid_key_nothing_is_answered() {
    let world = World::start().await;
    for (method, path, _) in operations(&world) {
        let none = world.call(method.clone(), &path, |r| r).await;
        assert_eq!((none.problem(401), none.header("www-authenticate")), ("missing_api_key", Some("Bearer")));
        for wrong in ["Basic eDp5", "Bearer", "Bearer ", "wbk_x"] {
            let answer = world.call(method.clone(), &path, |r| r.header("authorization", wrong)).await;
            assert_eq!(answer.problem(401), "missing_api_key", "{wrong}");
        }
        for unknown in ["x", "wbk_", "wbk_0123456789abcdefghjkmnpqrstvwxyz"] {
            let answer = world.call(method.clone(), &path, |r| r.bearer_auth(unknown)).await;
            assert_eq!(answer.problem(401), "invalid_api_key");
            assert_eq!(answer.header("www-authenticate"), Some(r#"Bearer error="invalid_token""#));
        }
    }
}
