//! Laws that hold for whatever an owner adds.

use proptest::prelude::*;
use writeback_redaction::{
    Conversation, Extras, Kind, Place, Redacted, Redactor, Turn, Why,
    extras::{Fault, Pattern},
};

const PATTERNS: &[(&str, &str)] = &[
    ("order code", r"\bACME-?[0-9]{2,}"),
    ("member number", "(?i)member [0-9 ]+"),
    ("long text", r"<.*>"),
    ("line end", r"[0-9]+$"),
    ("first digits", r"^[0-9]+"),
    ("pair", r"\b[0-9]{2}\b"),
    ("odd one", r"9+(\s*9)*"),
    ("employee", r"\bE\d{3,}\b"),
    ("tracking number", "order number"),
];
const KEEP: &[&str] = &["4111 1111 1111 1111", "ACME-1234", "member 12", "123 456", "219-09-9999", "five five"];

/// Bits of which texts are made that patterns, words to keep and the built-in numbers quarrel about.
fn bits() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "ACME-1234",
        "ACME",
        "-",
        "member",
        "12",
        "4111 1111 1111 1111",
        "4111111111111111",
        "1111",
        "card",
        "cvv",
        "123",
        "456",
        "<",
        ">",
        "99",
        "9",
        "E123",
        "é",
        "order number",
        "[order code removed]",
        "[card number removed]",
        "[",
        "removed]",
        "219-09-9999",
        "five five",
        "double oh",
        "ssn",
        "\n",
        "expiry 12/27",
        "GB29 NWBK 6016 1331 9268 19",
    ]);
    prop::collection::vec((bits, prop::sample::select(vec![" ", "", "  ", ", "])), 0..25)
        .prop_map(|bits| bits.into_iter().flat_map(|(bit, gap)| [bit, gap]).collect())
}

fn extras() -> impl Strategy<Value = Extras> {
    let patterns = prop::sample::subsequence(PATTERNS, 0..=PATTERNS.len());
    let keep = prop::sample::subsequence(KEEP, 0..=KEEP.len());
    (patterns, keep).prop_map(|(patterns, keep)| {
        let patterns: Vec<_> = patterns.iter().map(|(label, pattern)| Pattern { label, pattern }).collect();
        Extras::compile(&patterns, &keep).expect("they are sound")
    })
}

const SPEAKERS: [&str; 2] = ["agent", "caller"];

fn redact<'a>(redactor: &Redactor, extras: &Extras, turns: &'a [(usize, String)], text: &'a str) -> Redacted<'a> {
    let turns: Vec<_> = turns.iter().map(|(who, text)| Turn { speaker: SPEAKERS[*who], text }).collect();
    redactor.redact_conversation_with(extras, Conversation { turns: &turns, texts: &[text] })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_time_changes_nothing(turns in prop::collection::vec((0..2_usize, bits()), 0..5), text in bits(), extras in extras()) {
        let redactor = Redactor::new();
        let once = redact(&redactor, &extras, &turns, &text);
        let again: Vec<_> = turns.iter().zip(&once.turns).map(|((who, _), text)| (*who, text.to_string())).collect();
        let twice = redact(&redactor, &extras, &again, &once.texts[0]);
        prop_assert_eq!(&once.turns, &twice.turns);
        prop_assert_eq!(&once.texts, &twice.texts);
        prop_assert_eq!(twice.counts.total(), 0);
    }

    #[test]
    fn findings_lead_back_to_the_text_as_it_came(turns in prop::collection::vec((0..2_usize, bits()), 0..4), text in bits(), extras in extras()) {
        let redactor = Redactor::new();
        let redacted = redact(&redactor, &extras, &turns, &text);
        let mut pieces: Vec<Vec<_>> = vec![Vec::new(); turns.len() + 1];
        for finding in &redacted.findings {
            let replacement = match finding.why {
                Why::Pattern(index) => format!("[{} removed]", extras.label(index).unwrap()),
                _ => finding.kind.replacement().to_owned(),
            };
            prop_assert_eq!(finding.kind == Kind::Custom, matches!(finding.why, Why::Pattern(_)));
            for piece in &finding.pieces {
                let place = match piece.place { Place::Turn(index) => index, Place::Text(_) => turns.len() };
                pieces[place].push((piece.range.clone(), replacement.clone()));
            }
        }
        let sources = turns.iter().map(|(_, text)| text.as_str()).chain([text.as_str()]);
        for ((source, mut pieces), scrubbed) in sources.zip(pieces).zip(redacted.turns.iter().chain(&redacted.texts)) {
            // Put back together from the findings alone, it is the scrubbed text.
            pieces.sort_by_key(|(range, _)| range.start);
            let (mut done, mut expected) = (0, String::new());
            for (range, replacement) in pieces {
                prop_assert!(done <= range.start && range.start < range.end);
                expected += &source[done..range.start];
                expected += &replacement;
                done = range.end;
            }
            expected += &source[done..];
            prop_assert_eq!(&expected, scrubbed);
        }
        prop_assert_eq!(redacted.counts.total() as usize, redacted.findings.len());
    }

    #[test]
    fn without_extras_nothing_is_different(turns in prop::collection::vec((0..2_usize, bits()), 0..5), text in bits()) {
        let redactor = Redactor::new();
        let said: Vec<_> = turns.iter().map(|(who, text)| Turn { speaker: SPEAKERS[*who], text }).collect();
        let plain = redactor.redact_conversation(Conversation { turns: &said, texts: &[&text] });
        prop_assert!(plain == redact(&redactor, &Extras::default(), &turns, &text));
    }

    #[test]
    fn no_pattern_and_no_word_makes_it_panic(
        patterns in prop::collection::vec((any::<String>(), prop::sample::select(vec!["", "x", "[0-9]+", "\\", "(", "\u{e9}{2}"]), any::<String>()), 0..4),
        keep in prop::collection::vec(any::<String>(), 0..4),
        text in any::<String>(),
    ) {
        let regexes: Vec<_> = patterns.iter().map(|(_, head, tail)| format!("{head}{tail}")).collect();
        let patterns: Vec<_> =
            patterns.iter().zip(&regexes).map(|((label, ..), pattern)| Pattern { label, pattern }).collect();
        let words: Vec<_> = keep.iter().map(String::as_str).collect();
        match Extras::compile(&patterns, &words) {
            Ok(extras) => {
                let text = format!("{text} {}", keep.join(" "));
                Redactor::new().redact_conversation_with(&extras, Conversation { turns: &[], texts: &[&text] });
            }
            Err(faults) => prop_assert!(faults.iter().all(|fault: &Fault| !fault.flaw.code().is_empty())),
        }
    }

    #[test]
    fn no_match_of_a_pattern_stays(text in bits()) {
        let extras = Extras::compile(&[Pattern { label: "order code", pattern: "ACME-[0-9]+" }], &[]).unwrap();
        let redactor = Redactor::new();
        let redacted = redactor.redact_conversation_with(&extras, Conversation { turns: &[], texts: &[&text] });
        prop_assert!(!redacted.texts[0].contains("ACME-1"), "{}", redacted.texts[0]);
    }
}
