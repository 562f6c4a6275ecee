//! The command without its process.

use serde_json::{Value, json};

use super::*;

struct Ran {
    lines: String,
    removals: String,
    faults: String,
    result: anyhow::Result<()>,
}

fn run_over(input: impl AsRef<[u8]>, threads: usize) -> Ran {
    let (mut lines, mut removals, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    let outputs = Outputs { lines: &mut lines, removals: Some(&mut removals), faults: &mut faults, fault_count: 0 };
    let result = scrub(threads, input.as_ref(), outputs);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { lines: text(lines), removals: text(removals), faults: text(faults), result }
}

/// One faulty line between two good ones, which go on; gives what is said of it.
#[track_caller]
fn fault(line: &[u8]) -> String {
    let good = |id| format!("{{\"id\":\"{id}\",\"turns\":[]}}\n");
    for threads in [1, 2] {
        let input = [good("a").as_bytes(), line, b"\n", good("b").as_bytes()].concat();
        let ran = run_over(input, threads);
        assert_eq!(ran.lines, good("a") + &good("b"));
        assert_eq!(ran.result.unwrap_err().to_string(), "1 line could not be read and was left out");
        assert!(ran.faults.starts_with("line 2, column "), "{}", ran.faults);
        if threads == 2 {
            return ran.faults;
        }
    }
    unreachable!("the loop returns")
}

#[test]
fn lines_are_scrubbed_and_keep_their_order_on_any_number_of_threads() {
    let line = |i| json!({"id": format!("c{i}"), "channel": "chat", "turns": [{"speaker": "customer", "text": format!("card 4242 4242 4242 4242, é {i}")}]});
    let input = (0..5000).map(|i| line(i).to_string()).collect::<Vec<_>>().join("\n");
    let one = run_over(&input, 1);
    assert!(one.result.is_ok() && !one.lines.contains("4242 4242") && one.lines.lines().count() == 5000);
    for (i, line) in one.lines.lines().enumerate() {
        assert!(line.starts_with(&format!("{{\"id\":\"c{i}\",")), "{line}");
    }
    for threads in [2, 7] {
        let many = run_over(&input, threads);
        assert_eq!((many.lines, many.removals), (one.lines.clone(), one.removals.clone()));
    }
}

#[test]
fn what_is_said_of_the_conversation_is_scrubbed_with_it_and_other_fields_do_not_leave() {
    let line = json!({
        "id": "c", "channel": "voice", "phone": 49,
        "turns": [{"speaker": "caller", "text": "4242 4242 4242 4242", "at": 1.5}],
        "summary": "Paid with 4242424242424242.",
        "texts": ["VIP", "ref 4242-4242-4242-4242"],
    });
    let ran = run_over(line.to_string(), 1);
    assert_eq!(
        serde_json::from_str::<Value>(&ran.lines).unwrap(),
        json!({
            "id": "c",
            "turns": [{"speaker": "caller", "text": "[card number removed]"}],
            "summary": "Paid with [card number removed].",
            "texts": ["VIP", "ref [card number removed]"],
        })
    );
}

#[test]
fn a_faulty_line_is_named_without_its_words_and_the_others_go_on() {
    for line in [
        r#"{"id": 4242424242424242}"#,
        r#"{"id": "4242424242424242"}"#,
        r#"{"id":"a","id":"4242424242424242","turns":[]}"#,
        r#"{"id":"a","turns":[{"speaker":"a","text":4242424242424242}]}"#,
        r#"{"id":"a","turns":[{"speaker":"a","text":"b","text":"4242424242424242"}]}"#,
        r#"{"id":"a","turns":[{"speaker":"a"}]}"#,
        r#"{"id":"a","turns":[{"speaker":"a","text":"\ud800 4242424242424242"}]}"#,
        r#"{"id":"a","turns":[{"speaker":"a","text":"\x 4242424242424242"}]}"#,
        "{\"id\":\"a\",\"turns\":[{\"speaker\":\"a\",\"text\":\"tab\t4242424242424242\"}]}",
        r#"{"id":"a","turns":[]} 4242424242424242"#,
        r#"{"id":"a","turns":[{"speaker":"a","text":"4242424242424242"}]"#,
        "4242424242424242 nonsense",
        "[]",
    ] {
        let said = fault(line.as_bytes());
        assert!(said.contains("not a conversation") && !said.contains("4242"), "{line}: {said}");
    }
    assert_eq!(fault(b"{\"id\":\"\xff\"}"), "line 2, column 8: not UTF-8\n");
}

#[test]
fn byte_order_mark_blank_lines_and_foreign_line_ends_are_no_faults() {
    let input = "\u{feff}{\"id\":\"a\",\"turns\":[]}\r\n\r\n  \n{ \"id\" : \"b\" , \"turns\" : [ ] }\r\n\n";
    let ran = run_over(input, 1);
    assert!(ran.result.is_ok(), "{}", ran.faults);
    assert_eq!(ran.lines, "{\"id\":\"a\",\"turns\":[]}\n{\"id\":\"b\",\"turns\":[]}\n");
    assert!(run_over("", 1).result.is_ok() && run_over("\n", 3).result.is_ok());
}

#[test]
fn a_line_without_end_is_named_and_takes_no_memory() {
    let good = "{\"id\":\"a\",\"turns\":[]}\n";
    let input = [good.as_bytes(), &vec![b'4'; pieces::LINE_BYTES_MAX + 1_000_000], b"\n", good.as_bytes(), b"x"].concat();
    for threads in [1, 2] {
        let ran = run_over(&input, threads);
        assert_eq!(ran.lines, good.repeat(2));
        assert!(ran.faults.starts_with("line 2: longer than") && ran.faults.contains("\nline 4, column 1"), "{}", ran.faults);
    }
}

#[test]
fn escapes_are_understood_and_written_again() {
    let text = "quote \" and \\ and\nline, \u{e9}, \u{1F600}, 4242\t4242 4242 4242 \u{7}";
    let plain =
        json!({"id": "\"", "turns": [{"speaker": "\\", "text": text}, {"speaker": "b", "text": "say \"no\""}]}).to_string();
    let ascii = plain.replace('\u{e9}', "\\u00e9").replace('\u{1F600}', "\\ud83d\\ude00");
    assert_ne!(plain, ascii);
    for line in [plain, ascii] {
        let ran = run_over(line, 1);
        let scrubbed: Value = serde_json::from_str(&ran.lines).unwrap();
        assert_eq!(scrubbed["turns"][0]["text"], text.replace("4242\t4242 4242 4242", "[card number removed]"));
        assert_eq!((&scrubbed["id"], &scrubbed["turns"][0]["speaker"]), (&json!("\""), &json!("\\")));
        assert_eq!(scrubbed["turns"][1]["text"], "say \"no\"");
    }
}

#[test]
fn each_removal_is_explained_by_place_and_reason() {
    let line = json!({
        "id": "c7",
        "turns": [
            {"speaker": "agent", "text": "Hello."},
            {"speaker": "caller", "text": "Voil\u{e0}, 4242 4242 4242 4242"},
        ],
        "summary": "\u{e9} 4242424242424242",
        "texts": ["4242-4242-4242-4242"],
    });
    let ran = run_over(line.to_string(), 1);
    assert!(!ran.removals.contains("4242"), "{}", ran.removals);
    let removals: Vec<Value> = ran.removals.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let places: Vec<_> = removals.iter().map(|removal| &removal["pieces"]).collect();
    assert_eq!(
        places,
        [
            &json!([{"turn": 1, "from": 7, "to": 26}]),
            &json!([{"summary": true, "from": 2, "to": 18}]),
            &json!([{"text": 0, "from": 0, "to": 19}]),
        ]
    );
    for removal in &removals {
        assert_eq!((&removal["id"], &removal["kind"], &removal["label"]), (&json!("c7"), &json!("card"), &json!("card number")));
        assert!(["checksum", "echo"].contains(&removal["why"].as_str().unwrap()), "{removal}");
        assert!(removal["because"].as_str().unwrap().starts_with("it"), "{removal}");
    }
    assert_eq!(removals[0]["why"], "checksum");
}

/// People pipe a growing file through this.
#[test]
fn a_line_comes_out_before_the_next_goes_in() {
    for threads in [1, 3] {
        let (to_input, input) = sync_channel(0);
        let (output, from_output) = sync_channel(0);
        thread::scope(|scope| {
            let outputs = Outputs { lines: Sent(output), removals: None::<Vec<u8>>, faults: Vec::new(), fault_count: 0 };
            scope.spawn(move || scrub(threads, Received(input), outputs).unwrap());
            for id in ["a", "b"] {
                let line = format!("{{\"id\":\"{id}\",\"turns\":[]}}\n");
                to_input.send(line.clone()).unwrap();
                assert_eq!(from_output.recv().unwrap(), line.as_bytes());
            }
            drop(to_input);
        });
    }
}

struct Received(Receiver<String>);

impl Read for Received {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.recv().map_or(Ok(0), |line| line.as_bytes().read(into))
    }
}

struct Sent(SyncSender<Vec<u8>>);

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.send(bytes.to_vec()).map_err(std::io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
