//! What an owner adds, checked and at work.

use super::*;
use crate::{Conversation, Kind, Redactor, Turn};

const ORDER: Pattern<'_> = Pattern { label: "order code", pattern: r"\bACME-[0-9]{6}\b" };

#[track_caller]
fn faults(patterns: &[Pattern<'_>], keep_words: &[&str]) -> Vec<String> {
    let faults = Extras::compile(patterns, keep_words).expect_err("it is faulty");
    faults.iter().map(|Fault { spot, flaw }| format!("{spot} {}", flaw.code())).collect()
}

#[track_caller]
fn check_pattern(pattern: &str, expected: &str) {
    let found = match Extras::compile(&[Pattern { label: "x", pattern }], &[]) {
        Ok(_) => "ok".to_owned(),
        Err(faults) => faults.iter().map(|fault| fault.flaw.code()).collect::<Vec<_>>().join(" "),
    };
    assert_eq!(found, expected, "{pattern}");
}

#[track_caller]
fn check(extras: (&[Pattern<'_>], &[&str]), text: &str, expected: &str) {
    let extras = Extras::compile(extras.0, extras.1).expect("they are sound");
    let redactor = Redactor::new();
    let redacted = redactor.redact_conversation_with(&extras, Conversation { turns: &[], texts: &[text] });
    assert_eq!(redacted.texts[0], expected);
    let twice = redactor.redact_conversation_with(&extras, Conversation { turns: &[], texts: &[&redacted.texts[0]] });
    assert_eq!((twice.texts[0].as_ref(), twice.counts.total()), (expected, 0), "a second time changes nothing");
}

#[test]
fn a_pattern_must_say_what_it_looks_for() {
    for sound in [
        r"\bACME-\d+\b",
        "(?i)member [a-z]{2}[0-9]{4}",
        "EMP[0-9]{4,}",
        r"\p{Lu}{2}\d{6}",
        "[A-F0-9]{4}(?:-[A-F0-9]{4}){3}",
        r"\w+@acme\.example",
    ] {
        check_pattern(sound, "ok");
    }
    check_pattern("", "required");
    check_pattern(&"a".repeat(501), "too_long");
    check_pattern("ab(cd", "invalid_pattern");
    check_pattern("a(?=b)", "invalid_pattern");
    check_pattern(r"(a)\1", "invalid_pattern");
    check_pattern("a\u{0}b", "invalid_pattern");
    check_pattern("x*", "matches_nothing");
    check_pattern(r"\b", "matches_nothing");
    check_pattern("(|a)", "matches_nothing");
    check_pattern(r"[^\s\S]", "matches_never");
    check_pattern("[0-9]{1000}{1000}", "too_complex");
    check_pattern(r"(\w{100}){100}", "too_complex");
    check_pattern(".+", "matches_replacement");
    check_pattern("[a-z]{4}", "matches_replacement");
    check_pattern("CPF", "matches_replacement");
    check_pattern(r"x removed\]", "matches_replacement");
    check_pattern(&format!("{}a{}", "(".repeat(100), ")".repeat(100)), "invalid_pattern");
}

#[test]
fn every_fault_is_named_with_its_place_and_what_to_do() {
    let bad = [
        ORDER,
        Pattern { label: "Order Code", pattern: "Z[0-9]+" },
        Pattern { label: "card number", pattern: "a" },
        Pattern { label: "<b>", pattern: "x*" },
        Pattern { label: "", pattern: "" },
        Pattern { label: "employee number", pattern: "€12[" },
    ];
    let named = faults(&bad, &["hotline", " ", "1234", "!?", "a\u{7}b", &"x".repeat(101)]);
    assert_eq!(
        named,
        [
            "patterns[1].label duplicate",
            "patterns[2].label reserved",
            "patterns[3].label invalid",
            "patterns[3].pattern matches_nothing",
            "patterns[4].label required",
            "patterns[4].pattern required",
            "patterns[5].pattern invalid_pattern",
            "keepWords[1] required",
            "keepWords[2] too_short",
            "keepWords[3] invalid",
            "keepWords[4] invalid",
            "keepWords[5] too_long",
        ]
    );
    let syntax = Extras::compile(&[Pattern { label: "x", pattern: "€12[" }], &[]).expect_err("it is faulty");
    let text = syntax[0].to_string();
    assert_eq!(text, "patterns[0].pattern: is no regular expression that can be used: at character 4: unclosed character class");
    let label = |n: usize| ["a", "b", "c", "d", "e"].map(str::to_owned)[n % 5].repeat(n / 5 + 1);
    let labels: Vec<String> = (0..21).map(label).collect();
    let many: Vec<_> = labels.iter().map(|label| Pattern { label, pattern: "X[0-9]" }).collect();
    assert!(Extras::compile(&many[..20], &["word"; 200]).is_ok());
    assert_eq!(faults(&many, &["word"; 201]), ["patterns too_long", "keepWords too_long"]);
}

#[test]
fn patterns_take_what_the_built_in_numbers_leave() {
    check(
        (&[ORDER], &[]),
        "Order ACME-123456, card 4111 1111 1111 1111",
        "Order [order code removed], card [card number removed]",
    );
    check((&[ORDER], &[]), "ACME-1234567 and acme-123456", "ACME-1234567 and acme-123456");
    let digits = Pattern { label: "long number", pattern: "[0-9 ]{5,}" };
    check((&[digits], &[]), "4111 1111 1111 1111 12345", "[card number removed][long number removed]");
}

#[test]
fn a_pattern_that_reaches_over_a_removed_number_leaves_what_stands_for_it() {
    let case = Pattern { label: "case", pattern: "TAG .* END" };
    check((&[case], &[]), "TAG said 4111111111111111, yes END x", "[case removed][card number removed][case removed] x");
    // Of the stretch between two there is nothing left that says anything.
    check((&[case], &[]), "TAG 4111111111111111 END", "[case removed][card number removed][case removed]");
}

#[test]
fn of_patterns_that_overlap_all_that_any_of_them_found_goes() {
    let patterns = [
        Pattern { label: "first", pattern: "[0-9]{4}-[A-Z]{2}" },
        Pattern { label: "second", pattern: "[A-Z]{2}-[0-9]{4}-[A-Z]{2}" },
    ];
    check((&patterns, &[]), "x AB-1234-CD y", "x [second removed][first removed] y");
}

#[test]
fn words_to_keep_stay_whatever_would_take_them() {
    let keep = ["4000 1234 5678 9017", "ACME-000000", "555-55-1234"];
    check((&[], &keep), "Our hotline: 4000 1234 5678 9017.", "Our hotline: 4000 1234 5678 9017.");
    check((&[], &keep), "card 4000 1234 5678 9017", "card 4000 1234 5678 9017");
    check((&[], &keep), "card 4000-1234-5678-9017", "card [card number removed]");
    check((&[ORDER], &keep), "acme-000000 ACME-000000 ACME-000001", "acme-000000 ACME-000000 [order code removed]");
    check((&[], &keep), "ssn 555-55-1234, ssn 219-09-9999", "ssn 555-55-1234, ssn [social security number removed]");
}

#[test]
fn a_word_to_keep_saves_no_more_than_itself() {
    check((&[], &["4000 1234"]), "card 4000 1234 5678 9017", "card [card number removed]");
    check((&[], &["5678 9017", "4000 1234"]), "card 4000 1234 5678 9017", "card [card number removed]");
    let code = Pattern { label: "code", pattern: "[A-Z]{3}[0-9]{6}" };
    check((&[code], &["123456"]), "ABC123456", "[code removed]");
}

#[test]
fn a_number_that_is_kept_does_not_keep_its_spoken_form() {
    let extras = Extras::compile(&[], &["4000 1234 5678 9017"]).expect("it is sound");
    let turns = [
        Turn { speaker: "agent", text: "We are on 4000 1234 5678 9017." },
        Turn {
            speaker: "caller",
            text: "my card is four zero zero zero one two three four five six seven eight nine zero one seven",
        },
    ];
    let redacted = Redactor::new().redact_conversation_with(&extras, Conversation { turns: &turns, texts: &[] });
    assert_eq!(redacted.turns, ["We are on 4000 1234 5678 9017.", "my card is [card number removed]"]);
}

#[test]
fn findings_say_which_pattern_found_it_and_where_it_stood() {
    let extras = Extras::compile(&[ORDER], &[]).expect("it is sound");
    let text = "4111111111111111 é ACME-123456";
    let turns = [Turn { speaker: "caller", text }];
    let redacted = Redactor::new().redact_conversation_with(&extras, Conversation { turns: &turns, texts: &[] });
    let found: Vec<_> = redacted.findings.iter().map(|f| (f.kind, f.why, &text[f.pieces[0].range.clone()])).collect();
    assert_eq!(
        found,
        [(Kind::Card, crate::Why::Checksum, "4111111111111111"), (Kind::Custom, crate::Why::Pattern(0), "ACME-123456")]
    );
    assert_eq!((redacted.counts.of(Kind::Custom), redacted.counts.total()), (1, 2));
    assert_eq!(extras.label(0), Some("order code"));
}

#[test]
fn what_patterns_took_parts_numbers_and_names_none() {
    // The label is no context: `tracking number` before a card would hold it back.
    let tracking = Pattern { label: "tracking number", pattern: "TRK[A-Z]+" };
    check((&[tracking], &[]), "TRKAB 4111 1111 1111 1111", "[tracking number removed] [card number removed]");
    // What a pattern takes may be what held a number back.
    let words = Pattern { label: "reference", pattern: "tracking number" };
    check((&[words], &[]), "tracking number 4111 1111 1111 1111", "[reference removed] [card number removed]");
}

#[test]
fn debug_tells_nothing_of_them() {
    let extras = Extras::compile(&[ORDER], &["Secret Ltd"]).expect("they are sound");
    assert_eq!(format!("{extras:?} {ORDER:?}"), "Extras(1 patterns, 1 words to keep) Pattern(..)");
}

#[test]
fn a_text_of_nothing_but_matches_takes_linear_time_and_loses_all() {
    // After each `Q` the search looks for an `X` through to the end.
    let slow = Pattern { label: "slow", pattern: "Q(.*X)?" };
    let extras = Extras::compile(&[slow], &[]).expect("it is sound");
    let text = "Q".repeat(40_000);
    let start = std::time::Instant::now();
    let redacted = Redactor::new().redact_conversation_with(&extras, Conversation { turns: &[], texts: &[&text] });
    assert!(start.elapsed().as_secs() < 20, "took {:?}", start.elapsed());
    assert!(!redacted.texts[0].contains('Q'));
    assert_eq!(redacted.counts.of(Kind::Custom), 1_000);
}
