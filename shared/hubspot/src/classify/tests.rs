//! Bodies as the guides show them and as integrators report them.

use serde_json::{Value, json};

use super::*;

fn told(call: Call, status: u16, retry_after: Option<u64>, body: &Value) -> ErrorClass {
    let body = body.to_string();
    let retry_after = retry_after.map(Duration::from_secs);
    let answer = Refusal { status, retry_after, correlation: Some("c0ffee"), body: body.as_bytes() };
    let error = refusal(call, answer);
    assert_eq!((error.status(), error.correlation()), (Some(status), Some("c0ffee")));
    error.class().clone()
}

#[track_caller]
fn check(call: Call, status: u16, body: &Value, expected: &ErrorClass) {
    assert_eq!(&told(call, status, None, body), expected, "{status} {body}");
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn refused(category: &str, code: Option<&str>, properties: &[&str]) -> ErrorClass {
    ErrorClass::Permanent { category: category.to_owned(), code: code.map(str::to_owned), properties: words(properties) }
}

#[test]
fn a_429_is_told_by_its_policy_in_any_spelling() {
    let limited = |scope, seconds| throttled(scope, Duration::from_secs(seconds));
    let daily = json!({"status": "error", "message": "You have reached your daily limit.", "errorType": "RATE_LIMIT",
        "correlationId": "c033cdaa-2c40-4a64-ae48-b4cec88dad24", "policyName": "DAILY", "requestId": "3d3e35b7"});
    check(Call::Get, 429, &daily, &limited(ThrottleScope::Daily, 900));
    let ten = json!({"policyName": "ten_secondly_rolling"});
    check(Call::Get, 429, &ten, &limited(ThrottleScope::Burst, 10));
    let by_message = json!({"message": "You have reached your TEN_SECONDLY_ROLLING limit.", "category": "RATE_LIMITS"});
    check(Call::BatchCreate, 429, &by_message, &limited(ThrottleScope::Burst, 10));
    let secondly = json!({"status": "error", "message": "You have reached your secondly limit.", "policyName": "SECONDLY"});
    check(Call::Search, 429, &secondly, &limited(ThrottleScope::Search, 1));
    check(Call::Search, 429, &json!({"groupName": "publicapi:crm:search:oauth"}), &limited(ThrottleScope::Search, 1));
    check(Call::Get, 429, &json!({}), &limited(ThrottleScope::Burst, 10));
}

#[test]
fn retry_after_is_obeyed_within_reason() {
    let ten = json!({"policyName": "TEN_SECONDLY_ROLLING"});
    let wait = |seconds| throttled(ThrottleScope::Burst, Duration::from_secs(seconds));
    assert_eq!(told(Call::Get, 429, Some(3), &ten), wait(3));
    assert_eq!(told(Call::Get, 429, Some(86_400), &ten), wait(60));
    let moving = |seconds| ErrorClass::PortalMoving { retry_after: Duration::from_secs(seconds) };
    assert_eq!(told(Call::Get, 477, Some(3_600), &json!({})), moving(3_600));
    assert_eq!(told(Call::Get, 477, Some(999_999), &json!({})), moving(86_400));
    assert_eq!(told(Call::Update, 423, Some(1), &json!({})), throttled(ThrottleScope::Lock, Duration::from_secs(2)));
}

#[test]
fn what_may_have_happened_is_in_doubt_for_creates_only() {
    let retryable = ErrorClass::Retryable { hint: None };
    for status in [408, 500, 502, 504, 520, 522, 524] {
        check(Call::BatchCreate, status, &json!({}), &ErrorClass::Ambiguous);
        check(Call::Create, status, &Value::Null, &ErrorClass::Ambiguous);
        check(Call::Search, status, &json!({}), &retryable);
        check(Call::Update, status, &json!({}), &retryable);
    }
    for status in [503, 521, 523] {
        check(Call::BatchCreate, status, &json!({}), &ErrorClass::Unavailable);
        check(Call::Get, status, &json!({}), &ErrorClass::Unavailable);
    }
    for status in [525, 526] {
        check(Call::BatchCreate, status, &json!({}), &retryable);
    }
}

#[test]
fn a_cut_is_in_doubt_only_after_sending() {
    for (kind, call, expected) in [
        (Cut::NotConnected, Call::BatchCreate, ErrorClass::Unavailable),
        (Cut::NotConnected, Call::Get, ErrorClass::Unavailable),
        (Cut::AfterSending, Call::BatchCreate, ErrorClass::Ambiguous),
        (Cut::AfterSending, Call::Get, ErrorClass::Retryable { hint: None }),
        (Cut::Unreadable, Call::Create, ErrorClass::Ambiguous),
        (Cut::Unreadable, Call::BatchRead, ErrorClass::Retryable { hint: None }),
        (Cut::NotMade, Call::Create, refused("NOT_MADE", None, &[])),
    ] {
        assert_eq!(*cut(call, kind).class(), expected, "{kind:?} {call}");
    }
}

#[test]
fn a_refused_bearer_needs_a_person_in_the_end() {
    let reauth = ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired);
    let expired = json!({"status": "error", "message": "The OAuth token used to make this call expired 12 second(s) ago.",
        "category": "EXPIRED_AUTHENTICATION", "context": {"expire time": ["2026-11-23T10:00:00Z"]}});
    check(Call::Get, 401, &expired, &reauth);
    check(Call::BatchCreate, 401, &json!({"category": "INVALID_AUTHENTICATION"}), &reauth);
    check(Call::Get, 530, &json!("error code: 1016"), &reauth);
}

#[test]
fn missing_scopes_are_listed_and_another_403_is_a_refusal() {
    let missing = json!({"status": "error", "category": "MISSING_SCOPES", "message": "This app hasn't been granted all required scopes",
        "errors": [{"message": "One or more of the following scopes are required.",
            "context": {"requiredGranularScopes": ["crm.objects.contacts.write", "crm.objects.custom.write"]}}]});
    let any_of = words(&["crm.objects.contacts.write", "crm.objects.custom.write"]);
    check(Call::Create, 403, &missing, &ErrorClass::NeedsPerson(NeedsPerson::MissingScopes { any_of }));
    check(Call::Create, 403, &json!({"category": "BANNED"}), &refused("BANNED", None, &[]));
    check(Call::Create, 403, &json!({}), &refused("HTTP_403", None, &[]));
}

#[test]
fn an_administrators_rules_need_a_person() {
    let required = |names: &[&str]| ErrorClass::NeedsPerson(NeedsPerson::RequiredProperties { names: words(names) });
    let by_context = json!({"category": "VALIDATION_ERROR", "message": "Property values were not valid",
        "errors": [{"code": "MISSING_CONDITIONAL_REQUIRED_PROPERTY", "context": {"propertyName": ["lifecyclestage"]}}]});
    check(Call::Create, 400, &by_context, &required(&["lifecyclestage"]));
    let by_message = json!({"category": "VALIDATION_ERROR",
        "errors": [{"code": "MISSING_REQUIRED_PROPERTY", "message": "A value for firstname must be provided"}]});
    check(Call::BatchCreate, 400, &by_message, &required(&["firstname"]));
}

#[test]
fn whatever_exists_already_is_a_conflict() {
    let conflict = |existing_id, properties: &[&str]| ErrorClass::Conflict { existing_id, properties: words(properties) };
    let email = json!({"status": "error", "message": "Contact already exists. Existing ID: 6001", "correlationId": "1",
        "category": "CONFLICT"});
    check(Call::Create, 409, &email, &conflict(Some(6001), &[]));
    check(Call::Create, 409, &json!({"message": "exists"}), &conflict(None, &[]));
    let unique = json!({"category": "VALIDATION_ERROR", "message": "Property values were not valid: [{\"isValid\":false,\
        \"message\":\"42 already has that value.\",\"error\":\"CONFLICTING_UNIQUE_VALUE\",\"name\":\"writeback_conversation_id\"}]"});
    check(Call::BatchCreate, 400, &unique, &conflict(None, &["writeback_conversation_id"]));
    let property = json!({"category": "OBJECT_ALREADY_EXISTS", "subCategory": "Properties.PROPERTY_WITH_NAME_EXISTS"});
    check(Call::PropertyCreate, 409, &property, &conflict(None, &[]));
}

#[test]
fn other_refusals_say_what_and_where_and_no_value() {
    let body = json!({"category": "VALIDATION_ERROR", "message": "dana@example.com is wrong",
        "errors": [{"message": "Property \"x\" does not exist", "code": "PROPERTY_DOESNT_EXIST", "context": {"propertyName": ["x"]}}]});
    check(Call::Create, 400, &body, &refused("VALIDATION_ERROR", Some("PROPERTY_DOESNT_EXIST"), &["x"]));
    check(Call::Get, 414, &Value::Null, &refused("HTTP_414", None, &[]));
    check(Call::Get, 302, &Value::Null, &refused("HTTP_302", None, &[]));
    check(Call::Get, 404, &json!({"category": "OBJECT_NOT_FOUND"}), &ErrorClass::NotFound);
    let body = body.to_string();
    let answer = Refusal { status: 400, retry_after: None, correlation: None, body: body.as_bytes() };
    let shown = format!("{0} {0:?}", refusal(Call::Create, answer));
    assert!(shown.contains("PROPERTY_DOESNT_EXIST") && !shown.contains("dana"), "{shown}");
}

#[test]
fn an_entry_of_a_207_is_told_like_an_answer_of_its_own() {
    let of = |body: Value| entry(Call::BatchCreate, &Complaint::of(&body)).class().clone();
    let duplicate = json!({"status": "error", "category": "CONFLICT", "message": "Contact already exists. Existing ID: 77",
        "context": {"objectWriteTraceId": ["549b1c2a9351"]}});
    assert_eq!(of(duplicate), ErrorClass::Conflict { existing_id: Some(77), properties: Vec::new() });
    assert_eq!(of(json!({"category": "OBJECT_NOT_FOUND", "context": {"ids": ["1"]}})), ErrorClass::NotFound);
    let invalid =
        json!({"category": "VALIDATION_ERROR", "errors": [{"code": "INVALID_EMAIL", "context": {"propertyName": ["email"]}}]});
    assert_eq!(of(invalid), refused("VALIDATION_ERROR", Some("INVALID_EMAIL"), &["email"]));
}

#[test]
fn the_token_endpoint_tells_customers_from_operators() {
    let of = |status: u16, body: Value| {
        let body = body.to_string();
        let answer = Refusal { status, retry_after: None, correlation: None, body: body.as_bytes() };
        token_refusal(Call::Token, answer).class().clone()
    };
    let reauth = ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired);
    let ours = ErrorClass::NeedsPerson(NeedsPerson::AppMisconfigured);
    let revoked = json!({"error": "invalid_grant", "error_description": "refresh token is invalid, expired or revoked",
        "status": "BAD_REFRESH_TOKEN", "message": "refresh token is invalid, expired or revoked"});
    assert_eq!(of(400, revoked), reauth);
    assert_eq!(of(400, json!({"status": "BAD_REFRESH_TOKEN", "message": "older hosts"})), reauth);
    assert_eq!(of(400, json!({"error": "access_denied", "status": "BAD_HUB", "message": "missing or unknown hub id"})), reauth);
    assert_eq!(of(400, json!({"status": "BAD_CLIENT_ID"})), ours);
    assert_eq!(of(401, json!({"error": "invalid_client"})), ours);
    assert_eq!(
        of(400, json!({"error": "invalid_grant", "status": "BAD_AUTH_CODE"})),
        refused("BAD_AUTH_CODE", Some("invalid_grant"), &[])
    );
    for status in [500, 502, 503, 504] {
        assert_eq!(of(status, Value::Null), ErrorClass::Retryable { hint: None }, "{status}");
    }
    assert!(matches!(of(429, Value::Null), ErrorClass::Throttled { scope: ThrottleScope::Burst, .. }));
}
