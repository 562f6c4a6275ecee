//! Refusals, in the words HubSpot uses [error handling guide; messages as integrators report them].

use serde_json::{Map, Value, json};

/// A refusal of one request, or of one input of a batch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub(crate) status: u16,
    pub(crate) category: &'static str,
    pub(crate) message: String,
    pub(crate) sub_category: Option<&'static str>,
    pub(crate) context: Option<Box<Value>>,
    pub(crate) errors: Vec<Value>,
    pub(crate) links: Option<Box<Value>>,
}

/// What is wrong with one property value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    pub(crate) property: String,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn new(property: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self { property: property.to_owned(), code, message: message.into() }
    }
}

impl ApiError {
    pub(crate) fn new(status: u16, category: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, category, message, sub_category: None, context: None, errors: Vec::new(), links: None }
    }

    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(400, "VALIDATION_ERROR", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, "OBJECT_NOT_FOUND", message)
    }

    pub(crate) fn with_context(mut self, context: Value) -> Self {
        self.context = Some(Box::new(context));
        self
    }

    pub(crate) fn with_sub_category(mut self, sub_category: &'static str) -> Self {
        self.sub_category = Some(sub_category);
        self
    }

    /// One bad property refuses the whole write; the message carries all of them as JSON after a colon.
    pub(crate) fn properties(problems: &[Problem]) -> Self {
        let inside: Vec<Value> = problems.iter().map(embedded).collect();
        let mut error = Self::validation(format!("Property values were not valid: {}", Value::Array(inside)));
        error.errors = problems.iter().map(detail).collect();
        error
    }

    /// What an admin's rules demand, from version 2026-09 on.
    pub(crate) fn admin_rules(problems: &[Problem]) -> Self {
        let mut error = Self::validation(problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(", "));
        error.errors = problems.iter().map(detail).collect();
        error
    }

    pub(crate) fn missing_required(shouted: &str, properties: &[String]) -> Self {
        Self::validation(format!("Error creating {shouted}. Some required properties were not set."))
            .with_context(json!({ "properties": properties }))
    }

    pub(crate) fn missing_scopes(any_of: &[String]) -> Self {
        let mut error = Self::new(
            403,
            "MISSING_SCOPES",
            "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: \
             https://developers.hubspot.com/scopes.",
        );
        error.errors = vec![json!({
            "message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": any_of},
        })];
        error.links = Some(Box::new(json!({"scopes": "https://developers.hubspot.com/scopes"})));
        error
    }

    pub(crate) fn invalid_token() -> Self {
        Self::new(
            401,
            "INVALID_AUTHENTICATION",
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at \
             https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        )
    }

    pub(crate) fn expired_token(expired_ms: i64, now_ms: i64) -> Self {
        let seconds = (now_ms - expired_ms).max(0) / 1000;
        let message = format!("The OAuth token used to make this call expired {seconds} second(s) ago.");
        let when = crate::clock::iso(expired_ms);
        Self::new(401, "EXPIRED_AUTHENTICATION", message).with_context(json!({"expire time": [when]}))
    }

    pub(crate) fn body(&self, correlation_id: &str) -> Value {
        let mut body = json!({
            "status": "error",
            "message": self.message,
            "correlationId": correlation_id,
            "category": self.category,
        });
        if let Value::Object(fields) = &mut body {
            self.add_details(fields);
        }
        body
    }

    /// The form an error has among the `errors` of a 207; `context` joins the error's own.
    pub(crate) fn batch_entry(&self, context: Value) -> Value {
        let mut entry = json!({"status": "error", "category": self.category, "message": self.message});
        if let Value::Object(fields) = &mut entry {
            self.add_details(fields);
            let mut joined = self.context.as_deref().cloned().unwrap_or_else(|| json!({}));
            if let (Value::Object(joined), Value::Object(more)) = (&mut joined, context) {
                joined.extend(more);
            }
            fields.insert("context".to_owned(), joined);
        }
        entry
    }

    fn add_details(&self, fields: &mut Map<String, Value>) {
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        put("subCategory", self.sub_category.map(Value::from));
        put("context", self.context.as_deref().cloned());
        put("errors", (!self.errors.is_empty()).then(|| Value::Array(self.errors.clone())));
        put("links", self.links.as_deref().cloned());
    }
}

fn embedded(problem: &Problem) -> Value {
    json!({
        "isValid": false,
        "message": problem.message,
        "error": problem.code,
        "name": problem.property,
        "localizedErrorMessage": problem.message,
        "portalId": null,
    })
}

fn detail(problem: &Problem) -> Value {
    json!({"message": problem.message, "code": problem.code, "context": {"propertyName": [problem.property]}})
}
