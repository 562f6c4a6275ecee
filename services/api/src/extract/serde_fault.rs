//! Turns serde's errors into faults. Serde quotes the value that it stumbled over, and a value may be personal data, so only
//! what it *expected* is passed on.

use domain::Fault;
use serde::de::DeserializeOwned;

/// Reads `T`, and names what is wrong if that fails.
pub(super) fn read<'de, T, D>(from: D) -> Result<T, Fault>
where
    T: DeserializeOwned,
    D: serde::Deserializer<'de>,
{
    serde_path_to_error::deserialize(from).map_err(|error| {
        let path = error.path().to_string();
        fault(if path == "." { "" } else { &path }, &error.inner().to_string())
    })
}

fn fault(path: &str, message: &str) -> Fault {
    // The value, if quoted, stands before the last "expected", so what follows that is ours.
    let expected = message.rsplit_once("expected ").map(|(_, expected)| expected.trim_end_matches('.'));
    if message.starts_with("unknown field") {
        let known = expected.map_or_else(String::new, |names| format!("; known: {}", unquoted(names)));
        return Fault::new(echoed(path), "unknown_field", format!("is not known{known}"));
    }
    if let Some(name) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        return Fault::new(join(path, name), "required", "is required");
    }
    // Our own types say so; serde's own messages never begin like this.
    if message.starts_with("must ") {
        return Fault::new(path, "invalid", message);
    }
    let code = if message.starts_with("invalid type") { "wrong_type" } else { "invalid" };
    let text = expected.map_or_else(|| "is not valid".to_owned(), |expected| format!("must be {}", unquoted(expected)));
    Fault::new(path, code, text)
}

/// The fault of a parameter that stands twice.
pub(super) fn twice(name: &str) -> Fault {
    Fault::new(echoed(name), "duplicate", "must stand only once")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn unquoted(text: &str) -> String {
    text.replace('`', "")
}

/// The name of an unknown field comes from the sender: echoed only where it cannot be data.
fn echoed(path: &str) -> String {
    path.chars().filter(|c| c.is_ascii_alphabetic() || "_.[]".contains(*c)).take(80).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Form {
        #[expect(dead_code, reason = "only read")]
        mode: domain::settings::Mode,
        #[expect(dead_code, reason = "only read")]
        page_size: Option<u8>,
    }

    #[track_caller]
    fn check(body: &serde_json::Value, path: &str, code: &str, message: &str) {
        let fault = read::<Form, _>(body).unwrap_err();
        assert_eq!((fault.path.as_str(), fault.code, fault.message.as_str()), (path, code, message));
    }

    #[test]
    fn a_fault_says_where_and_what_was_expected_and_never_the_value() {
        check(&json!({}), "mode", "required", "is required");
        check(&json!({"mode": "4242 4242, expected `x`"}), "mode", "invalid", "must be one of off, summary, summary_transcript");
        check(&json!({"mode": "off", "pageSize": "4242"}), "pageSize", "wrong_type", "must be u8");
        check(&json!({"mode": "off", "4242": 1}), "", "unknown_field", "is not known; known: mode or pageSize");
        check(&json!({"mode": "off", "surprise": 1}), "surprise", "unknown_field", "is not known; known: mode or pageSize");
        check(&json!(4242), "", "wrong_type", "must be struct Form");
    }
}
