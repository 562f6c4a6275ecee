//! An answer, checked against the document before a test sees it.

use reqwest::{Method, StatusCode, header::HeaderMap};
use serde_json::Value;

use super::schema;

/// What the service answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Answer {
    /// Reads and checks: the operation documents this status and this body, a problem is whole, the headers are there.
    pub(super) async fn read(document: &Value, method: &Method, path: &str, response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or_default();
        let answer = Self { status, headers, body, text };
        answer.check_headers();
        match operation(document, method, path) {
            Some(operation) => answer.check(document, operation),
            None if status.is_client_error() => answer.check_problem(),
            None => {}
        }
        answer
    }

    /// The code of the problem that it is.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16) -> &str {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.body["code"].as_str().unwrap()
    }

    /// The faults, as `path code`.
    pub(crate) fn faults(&self) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let faults = self.body["errors"].as_array().into_iter().flatten();
        faults.map(|fault| format!("{} {}", text(&fault["path"]), text(&fault["code"]))).collect()
    }

    /// The body of an answer with that status.
    #[track_caller]
    pub(crate) fn with(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    #[track_caller]
    fn check_headers(&self) {
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(self.header("cache-control"), Some("no-store"));
        assert!(self.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert!(self.header("x-request-id").is_some_and(|id| id.len() == 36));
    }

    #[track_caller]
    fn check(&self, document: &Value, operation: &Value) {
        let documented = &operation["responses"][self.status.as_str()];
        assert!(documented.is_object(), "{} is not documented: {}", self.status, self.text);
        let Some(contents) = documented["content"].as_object() else {
            assert_eq!(self.text, "", "a body is not documented");
            return;
        };
        let media_type = self.header("content-type").unwrap();
        if media_type.starts_with("text/html") {
            assert!(contents.contains_key(media_type) && self.text.starts_with("<!DOCTYPE html>"), "{}", self.text);
            return;
        }
        if media_type.starts_with("text/csv") {
            assert!(contents.contains_key(media_type) && self.text.starts_with("conversationId,"), "{}", self.text);
            return;
        }
        schema::check(document, &contents[media_type]["schema"], &self.body);
        for name in documented["headers"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let optional = self.status.is_success() && name == "Retry-After";
            assert!(optional || self.header(name).is_some(), "the header {name} is documented");
        }
        if !self.status.is_success() {
            self.check_problem();
            let described = documented["description"].as_str().unwrap();
            let code = self.body["code"].as_str().unwrap();
            assert!(described.contains(&format!("`{code}`")), "{code} is not documented");
        }
    }

    #[track_caller]
    fn check_problem(&self) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(self.body["status"], self.status.as_u16());
        assert_eq!(self.body["type"], format!("/docs#problem-{}", self.body["code"].as_str().unwrap()));
        let waits = matches!(self.status.as_u16(), 408 | 429 | 503);
        assert_eq!(self.header("retry-after").is_some_and(|s| s.parse::<u32>().unwrap() > 0), waits);
    }
}

/// The operation that a request is for.
fn operation<'d>(document: &'d Value, method: &Method, path: &str) -> Option<&'d Value> {
    let path = path.split('?').next().unwrap();
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template.split('/').zip(path.split('/')).all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
    };
    let paths = document["paths"].as_object().unwrap();
    let methods = paths.iter().find(|(template, _)| fits(template)).map(|(_, methods)| methods)?;
    methods.get(method.as_str().to_lowercase())
}
