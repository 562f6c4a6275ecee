use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::error::ErrorClass;

fn record(key: &str, size: usize) -> NewRecord {
    let properties = BTreeMap::from([("key", key.to_owned()), ("body", "x".repeat(size))]);
    NewRecord::new(properties, Vec::new(), vec![Mark::Is("key", key.to_owned())])
}

fn created(key: &str) -> Record {
    serde_json::from_value(json!({"id": format!("9{key}"), "properties": {"key": key}})).unwrap()
}

fn refused() -> Error {
    Error::new(
        Call::BatchCreate,
        ErrorClass::Permanent { category: "VALIDATION_ERROR".into(), code: None, properties: Vec::new() },
    )
}

/// Runs a batch against `answer`, which gets the keys of each request.
fn run(records: Vec<NewRecord>, mut answer: impl FnMut(&[String]) -> Result<Answered, Error>) -> Vec<Result<Record, Error>> {
    let mut batch = Batch::new(records);
    while let Some(group) = batch.next() {
        let keys: Vec<_> = batch.body(&group).inputs.iter().map(|input| input.properties["key"].clone()).collect();
        let answered = answer(&keys);
        batch.answered(group, answered);
    }
    batch.finish()
}

fn all_created(keys: &[String]) -> Answered {
    // In an order of HubSpot's own.
    Answered { results: keys.iter().rev().map(|key| created(key)).collect(), ..Answered::default() }
}

#[test]
fn results_find_their_owner_in_any_order() {
    let results = run((0..5).map(|i| record(&i.to_string(), 0)).collect(), |keys| Ok(all_created(keys)));
    let ids: Vec<_> = results.into_iter().map(|result| result.unwrap().id).collect();
    assert_eq!(ids, ["90", "91", "92", "93", "94"]);
}

#[test]
fn a_batch_that_is_refused_as_a_whole_is_halved_until_the_bad_one_is_alone() {
    let mut requests = 0;
    let results = run((0..100).map(|i| record(&i.to_string(), 0)).collect(), |keys| {
        requests += 1;
        if keys.iter().any(|key| key == "37") { Err(refused()) } else { Ok(all_created(keys)) }
    });
    for (i, result) in results.iter().enumerate() {
        assert_eq!(result.is_err(), i == 37, "{i}");
    }
    assert!(requests <= 15, "{requests} requests");
}

#[test]
fn halving_has_an_end_and_what_was_not_sent_can_be_sent_again() {
    let mut requests = 0;
    let results = run((0..100).map(|i| record(&i.to_string(), 0)).collect(), |_| {
        requests += 1;
        Err(refused())
    });
    assert_eq!(requests, 1 + HALVING_MAX);
    let (refused, unsent): (Vec<_>, Vec<_>) =
        results.into_iter().map(Result::unwrap_err).partition(|error| matches!(error.class(), ErrorClass::Permanent { .. }));
    assert!(refused.len() > 10, "{}", refused.len());
    assert!(unsent.iter().all(|error| *error.class() == ErrorClass::Unavailable));
}

#[test]
fn a_doubt_is_about_what_was_sent_and_stops_the_rest() {
    let results = run((0..150).map(|i| record(&i.to_string(), 0)).collect(), |_| Err(Error::ambiguous(Call::BatchCreate)));
    let doubts = results.iter().filter(|r| matches!(r, Err(e) if *e.class() == ErrorClass::Ambiguous)).count();
    let unsent = results.iter().filter(|r| matches!(r, Err(e) if *e.class() == ErrorClass::Unavailable)).count();
    assert_eq!((doubts, unsent), (100, 50));
}

/// Attributes an answer to three inputs with the keys `a`, `b`, `c`.
fn attributed(answer: impl FnOnce(&[String]) -> Answered) -> Vec<&'static str> {
    let records: Vec<_> = ["a", "b", "c"].map(|key| record(key, 0)).into();
    let inputs: Vec<_> = records.iter().collect();
    let traces: Vec<_> = inputs.iter().map(|input| input.trace_id.clone()).collect();
    let results = attribute(&inputs, answer(&traces));
    let name = |result: Result<Record, Error>| match result {
        Ok(_) => "created",
        Err(error) if *error.class() == ErrorClass::Ambiguous => "in doubt",
        Err(_) => "refused",
    };
    results.into_iter().map(name).collect()
}

fn strange(id: &str) -> Record {
    serde_json::from_value(json!({"id": id})).unwrap()
}

#[test]
fn an_error_is_its_own_inputs_alone() {
    let outcome = attributed(|traces| Answered {
        results: vec![created("c"), created("a")],
        errors: vec![json!({"category": "VALIDATION_ERROR", "context": {"objectWriteTraceId": [traces[1]]}})],
        ..Answered::default()
    });
    assert_eq!(outcome, ["created", "refused", "created"]);
}

#[test]
fn an_error_that_names_nobody_is_of_those_who_got_nothing() {
    let errors = vec![json!({"category": "VALIDATION_ERROR"})];
    let outcome = attributed(|_| Answered { results: vec![created("b")], errors, ..Answered::default() });
    assert_eq!(outcome, ["refused", "created", "refused"]);
}

#[test]
fn the_last_result_is_the_last_inputs() {
    let results = vec![strange("7"), created("b"), created("c")];
    assert_eq!(attributed(|_| Answered { results, ..Answered::default() }), ["created"; 3]);
}

#[test]
fn inputs_that_share_a_value_are_told_apart_by_their_others() {
    let record = |email: &str| {
        let properties = BTreeMap::from([("email", email.to_owned()), ("phone", "1".to_owned())]);
        let marks = properties.iter().map(|(name, value)| Mark::Is(name, value.clone())).collect();
        NewRecord::new(properties, Vec::new(), marks)
    };
    let records = [record("a"), record("b")];
    let of = |email| serde_json::from_value(json!({"id": email, "properties": {"email": email, "phone": "1"}})).unwrap();
    let answered = Answered { results: vec![of("b"), of("a")], ..Answered::default() };
    let ids: Vec<_> = attribute(&[&records[0], &records[1]], answered).into_iter().map(|result| result.unwrap().id).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn what_cannot_be_attributed_is_in_doubt() {
    let results = vec![strange("7"), strange("8"), created("c")];
    assert_eq!(attributed(|_| Answered { results, ..Answered::default() }), ["in doubt", "in doubt", "created"]);
    assert_eq!(attributed(|_| Answered::default()), ["in doubt"; 3]);
    let (results, errors) = (vec![strange("7"), created("c")], vec![json!({})]);
    assert_eq!(attributed(|_| Answered { results, errors, ..Answered::default() }), ["in doubt", "in doubt", "created"]);
}

#[test]
fn a_trace_id_that_is_repeated_decides() {
    let outcome = attributed(|traces| {
        let mut results = [strange("7"), strange("8"), strange("9")];
        for (record, trace) in results.iter_mut().zip(traces) {
            record.trace_id = Some(trace.clone());
        }
        Answered { results: results.into(), ..Answered::default() }
    });
    assert_eq!(outcome, ["created"; 3]);
}

proptest! {
    // Bodies of megabytes are slow to make in a debug build.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn groups_are_small_enough_and_lose_nobody(sizes in prop::collection::vec(prop_oneof![9 => 0_usize..500, 1 => 0_usize..300_000], 0..250)) {
        let records: Vec<_> = sizes.iter().enumerate().map(|(i, size)| record(&i.to_string(), *size)).collect();
        let groups = split(&records);
        let all: Vec<_> = groups.iter().flatten().copied().collect();
        prop_assert_eq!(all, (0..records.len()).collect::<Vec<_>>());
        for group in groups {
            let body = Body { inputs: group.iter().map(|i| &records[*i]).collect() };
            prop_assert!(group.len() <= BATCH_MAX);
            prop_assert!(serde_json::to_vec(&body).unwrap().len() <= BODY_MAX);
        }
    }
}
