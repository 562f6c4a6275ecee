//! An account's own patterns and words to keep: saved, refused, tried.

use domain::scope::Scope;
use serde_json::{Value, json};

use crate::support::World;

const SETTINGS: &str = "/integrations/hubspot/writeback";
const TRY: &str = "/integrations/hubspot/writeback/redaction/try";

fn order_codes() -> Value {
    json!({"patterns": [{"label": "order code", "pattern": r"\bACME-[0-9]{6}\b"}], "keepWords": ["4000 1234 5678 9017"]})
}

#[tokio::test]
async fn what_was_saved_is_shown_and_stays_until_it_is_replaced() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let none = json!({"patterns": [], "keepWords": []});
    assert_eq!(world.get(SETTINGS, &tenant.key).await.with(200)["redaction"], none);
    world.connect(&tenant).await;
    assert_eq!(world.get(SETTINGS, &tenant.key).await.with(200)["redaction"], none);
    let set = async |body: Value| world.patch(SETTINGS, &tenant.key, &body).await.with(200)["redaction"].take();
    assert_eq!(set(json!({"mode": "summary", "redaction": order_codes()})).await, order_codes());
    assert_eq!(world.get(SETTINGS, &tenant.key).await.with(200)["redaction"], order_codes());
    assert_eq!(set(json!({"mode": "off"})).await, order_codes());
    assert_eq!(set(json!({"mode": "off", "redaction": null})).await, order_codes());
    assert_eq!(set(json!({"mode": "off", "redaction": {"keepWords": ["hotline"]}})).await["patterns"], json!([]));
    assert_eq!(set(json!({"mode": "off", "redaction": {}})).await, none);
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_alike_when_it_is_tried_and_when_it_is_saved() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.connect(&tenant).await;
    let pattern = |label: &str, pattern: &str| json!({"label": label, "pattern": pattern});
    let many = vec![pattern("x", "x"); 21];
    for (redaction, faults) in [
        (
            json!({"patterns": [pattern("order code", "A[0-9]+"), pattern("other", "A(")]}),
            vec!["redaction.patterns[1].pattern invalid_pattern"],
        ),
        (
            json!({"patterns": [pattern("", "x*")]}),
            vec!["redaction.patterns[0].label required", "redaction.patterns[0].pattern matches_nothing"],
        ),
        (json!({"patterns": [pattern("x", ".+")]}), vec!["redaction.patterns[0].pattern matches_replacement"]),
        (json!({"patterns": [pattern("x", r"(\w{100}){100}")]}), vec!["redaction.patterns[0].pattern too_complex"]),
        (json!({"patterns": [pattern("card number", "A[0-9]+")]}), vec!["redaction.patterns[0].label reserved"]),
        (json!({"patterns": many}), vec!["redaction.patterns too_long"]),
        (json!({"keepWords": ["hotline", "123"]}), vec!["redaction.keepWords[1] too_short"]),
        (json!({"keepWords": [12345]}), vec!["redaction.keepWords[0] wrong_type"]),
        (json!({"patterns": [{"label": "x"}]}), vec!["redaction.patterns[0].pattern required"]),
        (json!([]), vec!["redaction wrong_type"]),
        (json!({"patterns": [["x", "x"]]}), vec!["redaction.patterns[0] wrong_type"]),
        (json!({"words": []}), vec!["redaction.words unknown_field"]),
    ] {
        let saved = world.patch(SETTINGS, &tenant.key, &json!({"mode": "summary", "redaction": redaction})).await;
        assert_eq!(
            (saved.problem(422), saved.faults()),
            ("invalid", faults.iter().map(ToString::to_string).collect()),
            "{redaction}"
        );
        let tried = world.post(TRY, &tenant.key, &json!({"texts": ["x"], "redaction": redaction})).await;
        assert_eq!(tried.problem(422), "invalid");
        assert_eq!(tried.body["errors"], saved.body["errors"]);
    }
    let settings = world.get(SETTINGS, &tenant.key).await.with(200);
    assert_eq!((&settings["mode"], &settings["updatedAt"]), (&json!("off"), &Value::Null), "nothing of it was saved");
}

#[tokio::test]
async fn a_fault_says_where_in_the_pattern_and_never_repeats_it() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let redaction = json!({"patterns": [{"label": "secret sauce", "pattern": "hush-[0-9"}]});
    let refused = world.post(TRY, &tenant.key, &json!({"texts": ["x"], "redaction": redaction})).await;
    let message = "is no regular expression that can be used: at character 6: unclosed character class";
    assert_eq!(refused.body["errors"][0]["message"], message);
    assert!(!refused.text.contains("hush") && !refused.text.contains("sauce"), "{}", refused.text);
}

#[tokio::test]
async fn a_trial_shows_what_leaves_and_why_and_saves_nothing() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.connect(&tenant).await;
    let sample = json!({
        "redaction": order_codes(),
        "transcript": [
            {"speaker": "agent", "text": "Your card, please? Our hotline is 4000 1234 5678 9017."},
            {"speaker": "customer", "text": "é 4242 4242"},
            {"speaker": "agent", "text": "yes"},
            {"speaker": "customer", "text": "4242 4242, for ACME-123456"}
        ],
        "texts": ["Order ACME-123456"]
    });
    let tried = world.post(TRY, &tenant.key, &sample).await.with(200);
    let expected = json!({
        "transcript": [
            {"speaker": "agent", "text": "Your card, please? Our hotline is 4000 1234 5678 9017."},
            {"speaker": "customer", "text": "é [card number removed]"},
            {"speaker": "agent", "text": "yes"},
            {"speaker": "customer", "text": "[card number removed], for [order code removed]"}
        ],
        "texts": ["Order [order code removed]"],
        "counts": {"card": 1, "custom": 2},
        "findings": [
            {"kind": "card", "label": "card number", "why": tried["findings"][0]["why"], "pattern": null, "pieces": [
                {"in": "transcript", "index": 1, "start": 2, "end": 11}, {"in": "transcript", "index": 3, "start": 0, "end": 9}
            ]},
            {"kind": "custom", "label": "order code", "why": "pattern", "pattern": 0, "pieces": [
                {"in": "transcript", "index": 3, "start": 15, "end": 26}
            ]},
            {"kind": "custom", "label": "order code", "why": "pattern", "pattern": 0, "pieces": [
                {"in": "texts", "index": 0, "start": 6, "end": 17}
            ]}
        ]
    });
    assert_eq!(tried, expected);
    let settings = world.get(SETTINGS, &tenant.key).await.with(200);
    assert_eq!((&settings["redaction"]["patterns"], &settings["updatedAt"]), (&json!([]), &Value::Null));
}

#[tokio::test]
async fn a_trial_without_patterns_is_of_those_that_the_account_has_saved() {
    let world = World::start().await;
    let (mine, other) = (world.tenant().await, world.tenant().await);
    world.connect(&mine).await;
    world.connect(&other).await;
    let save = json!({"mode": "off", "redaction": order_codes()});
    world.patch(SETTINGS, &mine.key, &save).await.with(200);
    let sample = json!({"texts": ["ACME-123456, card 4242424242424242"]});
    let text = async |key: &str| world.post(TRY, key, &sample).await.with(200)["texts"][0].take();
    assert_eq!(text(&mine.key).await, "[order code removed], card [card number removed]");
    assert_eq!(text(&other.key).await, "ACME-123456, card [card number removed]");
    assert_eq!(text(&world.tenant().await.key).await, "ACME-123456, card [card number removed]", "it needs no connection");
    let (_, reader) = world.key(mine.account, &[Scope::IntegrationsRead]).await;
    assert_eq!(text(&reader).await, "[order code removed], card [card number removed]", "whoever may read may try");
    let refused = world.patch(SETTINGS, &reader, &save).await;
    assert_eq!(refused.problem(403), "missing_scope", "but not save");
}

#[tokio::test]
async fn a_sample_has_limits() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let text = |length: usize| "é".repeat(length);
    for (sample, expected) in [
        (json!({}), Some(" required")),
        (json!({"texts": [text(20_001)]}), Some(" too_long")),
        (json!({"texts": [text(10_000)], "transcript": [{"speaker": "agent", "text": text(10_001)}]}), Some(" too_long")),
        (json!({"texts": vec!["x"; 201]}), Some(" too_long")),
        (json!({"texts": vec![text(100); 200]}), None),
        (json!({"transcript": [{"speaker": "robot", "text": "x"}]}), Some("transcript[0].speaker invalid")),
        (json!({"sample": "x"}), Some("sample unknown_field")),
    ] {
        let answer = world.post(TRY, &tenant.key, &sample).await;
        match expected {
            Some(fault) => assert_eq!(answer.faults(), [fault]),
            None => assert_eq!(answer.with(200)["counts"], json!({})),
        }
    }
}

#[tokio::test]
async fn without_a_connection_there_is_nothing_to_save_them_for() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let refused = world.patch(SETTINGS, &tenant.key, &json!({"mode": "off", "redaction": order_codes()})).await;
    assert_eq!(refused.problem(409), "not_connected");
    world.patch(SETTINGS, &tenant.key, &json!({"mode": "off", "redaction": {}})).await.with(200);
}
