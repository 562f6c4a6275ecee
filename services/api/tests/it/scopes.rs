//! Who may do what. The matrix comes from the document, so that a new operation cannot be forgotten.

use domain::scope::Scope;
use reqwest::Method;
use serde_json::json;

use crate::support::World;

/// Every operation: method, path with something in each place, and its scope; none for those of signed-in people.
fn all(world: &World) -> Vec<(Method, String, Option<Scope>)> {
    let mut found = Vec::new();
    for (path, methods) in world.document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let security = operation["security"].as_array().unwrap();
            assert_eq!(security.len(), 1, "{method} {path}");
            let scopes = security[0]["apiKey"].as_array().map_or(&[][..], Vec::as_slice);
            assert_eq!(scopes.len(), usize::from(security[0]["session"].is_null()), "{method} {path} names no scope");
            let path = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/");
            let scope = scopes.first().map(|scope| scope.as_str().unwrap().parse().unwrap());
            found.push((method.to_uppercase().parse().unwrap(), path, scope));
        }
    }
    found
}

/// Those behind a key.
fn operations(world: &World) -> Vec<(Method, String, Scope)> {
    let found: Vec<_> = all(world).into_iter().filter_map(|(method, path, scope)| Some((method, path, scope?))).collect();
    assert!(found.len() >= 10);
    found
}

#[tokio::test]
async fn a_key_with_every_scope_is_no_person() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let people: Vec<_> = all(&world).into_iter().filter(|(_, _, scope)| scope.is_none()).collect();
    assert!(people.len() >= 2);
    for (method, path, _) in people {
        let mut browser = world.browser();
        let bearer = format!("Bearer {}", tenant.key);
        let page = browser.send(method, &path, &[("authorization", &bearer)], None).await;
        let to_sign_in = page.header("location").is_some_and(|to| to.starts_with("/sign-in"));
        assert!(to_sign_in || page.status == 403, "{path}: {}", page.text);
    }
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
