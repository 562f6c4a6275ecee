//! Laws that hold for every text.

use proptest::prelude::*;
use writeback_redaction::{Conversation, Counts, Redacted, Redactor, Turn};

const SEPARATORS: &[&str] = &["", " ", "-", ".", ", ", "\u{a0}", "\u{2009}", "\u{2011}", "\u{2013}", " - ", "_", "/", "\u{200b}"];

/// Bits of which texts are made that come close to numbers.
fn bits() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "card",
        "4111",
        "1111",
        "cvv",
        "expiry",
        "12/27",
        "123",
        "double",
        "seven",
        "twenty",
        "three",
        "siebzig",
        "quatre",
        "vingt",
        "um",
        "e",
        "o",
        "oh",
        "order number",
        "ssn",
        "IBAN",
        "GB29",
        "NWBK",
        "60161331926819",
        "uh",
        "and",
        "?",
        ".",
        ",",
        "€",
        "[",
        "[card number removed]",
        "[security code removed]",
        " removed]",
        "756",
        "ahv",
        "A",
        "B",
        "%20",
        "٤١١١",
        "４１",
        "\u{301}",
        "ß",
        "219-09-9999",
        "march",
        "zweimal",
        "hundred",
        "the",
        "last four",
        "5555555555554444",
        "4111111111111111abc",
        "is",
    ]);
    prop::collection::vec((words, prop::sample::select(vec![" ", "", "-", ", ", "\n", " the "])), 0..40)
        .prop_map(|bits| bits.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn digits(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0_u8..10, length)
}

fn redact<'a>(redactor: &Redactor, turns: &[Turn<'a>], texts: &[&'a str]) -> Redacted<'a> {
    redactor.redact_conversation(Conversation { turns, texts })
}

fn luhn_digit(digits: &[u8]) -> u8 {
    let double = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, d)| if at % 2 == 0 { double(u32::from(*d)) } else { u32::from(*d) }).sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), digits in "[0-9 \\-\\[\\]a-zA-Zäé०４%.,]{0,200}") {
        let redactor = Redactor::new();
        redactor.redact_text(&text);
        redactor.redact_text(&digits);
    }

    #[test]
    fn a_second_time_changes_nothing(turns in prop::collection::vec((0..2_usize, bits()), 0..6), text in bits()) {
        let redactor = Redactor::new();
        let speakers = ["agent", "caller"];
        let said: Vec<_> = turns.iter().map(|(who, text)| Turn { speaker: speakers[*who], text }).collect();
        let once = redact(&redactor, &said, &[&text]);

        let again: Vec<_> = turns.iter().zip(&once.turns).map(|((who, _), text)| Turn { speaker: speakers[*who], text }).collect();
        let twice = redact(&redactor, &again, &[&once.texts[0]]);

        prop_assert_eq!(&once.turns, &twice.turns);
        prop_assert_eq!(&once.texts, &twice.texts);
        prop_assert_eq!(twice.counts.total(), 0);
    }

    #[test]
    fn findings_are_on_character_boundaries_and_counted(text in bits()) {
        let redactor = Redactor::new();
        let redacted = redactor.redact_conversation(Conversation { turns: &[], texts: &[&text] });
        for piece in redacted.findings.iter().flat_map(|finding| &finding.pieces) {
            prop_assert!(text.get(piece.range.clone()).is_some_and(|number| !number.is_empty()));
        }
        prop_assert_eq!(redacted.counts.total() as usize, redacted.findings.len());
    }

    #[test]
    fn every_visa_goes_whatever_stands_between_its_digits(
        body in digits(14),
        separator in prop::sample::select(SEPARATORS.to_vec()),
        cuts in prop::collection::vec(any::<bool>(), 15),
        before in prop::sample::select(vec!["", "it is ", "use this: ", "(", "Nummer "]),
    ) {
        let mut number = vec![4];
        number.extend(body);
        number.push(luhn_digit(&number));
        let mut text = before.to_owned();
        for (at, digit) in number.iter().enumerate() {
            if at > 0 && cuts[at - 1] {
                text.push_str(separator);
            }
            text.push(char::from(b'0' + digit));
        }
        let redactor = Redactor::new();
        let (scrubbed, _) = redactor.redact_text(&text);
        prop_assert_eq!(scrubbed.as_ref(), format!("{before}[card number removed]"));
    }

    #[test]
    fn phone_numbers_stay(national in digits(10), before in prop::sample::select(vec!["call me on ", "my number is ", "", "text "])) {
        let n: String = national.iter().map(|digit| char::from(b'0' + digit)).collect();
        let redactor = Redactor::new();
        for text in [
            format!("{before}+1 {} {} {}", &n[..3], &n[3..6], &n[6..]),
            format!("{before}({}) {}-{}", &n[..3], &n[3..6], &n[6..]),
            format!("{before}{}-{}-{}", &n[..3], &n[3..6], &n[6..]),
            format!("{before}+49 {n}"),
            format!("{before}{n}"),
        ] {
            let (scrubbed, counts) = redactor.redact_text(&text);
            prop_assert_eq!(scrubbed.as_ref(), text.as_str());
            prop_assert_eq!(counts.total(), 0);
        }
    }
}

#[test]
fn an_echo_goes_from_every_text_and_the_last_four_stay() {
    let redactor = Redactor::new();
    let turns = [
        Turn { speaker: "agent", text: "Your social?" },
        Turn { speaker: "caller", text: "two one nine oh nine nine nine nine nine" },
        Turn { speaker: "agent", text: "So 219 09 9999, ending 9999." },
    ];
    let texts = ["SSN on file", "https://example.com/rec/219099999.mp3", "ends in 9999"];
    let redacted = redact(&redactor, &turns, &texts);
    assert_eq!(redacted.turns[1], "[social security number removed]");
    assert_eq!(redacted.turns[2], "So [social security number removed], ending 9999.");
    assert_eq!(redacted.texts, ["SSN on file", "https://example.com/rec/[social security number removed].mp3", "ends in 9999"]);
    let counts: Vec<_> = redacted.counts.iter().map(|(kind, count)| (kind.as_str(), count)).collect();
    assert_eq!(counts, [("us_ssn", 3)]);
}

#[test]
fn what_stands_beside_a_removed_number_is_the_same_the_second_time() {
    let redactor = Redactor::new();
    for text in ["B 9-9999 999 R Gsh  514019 999 x", "CCC110111\u{1d}11111-e 1"] {
        let (once, counts) = redactor.redact_text(text);
        assert!(counts.total() > 0, "{text}");
        assert_eq!(redactor.redact_text(&once), (once.as_ref().into(), Counts::default()));
    }
}

#[test]
fn a_text_without_numbers_is_borrowed_as_it_came() {
    let redactor = Redactor::new();
    let (scrubbed, counts) = redactor.redact_text("Nothing here but words.");
    assert!(matches!(scrubbed, std::borrow::Cow::Borrowed(_)));
    assert_eq!(counts.total(), 0);
}

#[test]
fn a_long_hostile_text_takes_linear_time() {
    let redactor = Redactor::new();
    for bit in [
        "4111111111111111 ",
        "1 ",
        "9, ",
        "one ",
        "card 4111 ",
        "cvv 123 ",
        "A1 ",
        "[card number removed] 12/27 123 ",
        "a x ",
        "ssn 219 09 9999 ",
    ] {
        let text = bit.repeat(200_000 / bit.len());
        let start = std::time::Instant::now();
        redactor.redact_text(&text);
        // A minute would be quadratic; an unoptimised build on a busy machine needs a second or two.
        assert!(start.elapsed().as_secs() < 20, "{bit:?} took {:?}", start.elapsed());
    }
}
