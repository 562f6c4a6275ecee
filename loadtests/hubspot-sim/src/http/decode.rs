//! Percent-encoding, query strings and forms.

/// Text with `%XX` (and, in queries and forms, `+`) decoded. Broken escapes stay as they are.
pub(crate) fn decode(text: &str, plus_is_space: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped =
            (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten().and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(decoded) = escaped {
            out.push(decoded);
            at += 3;
        } else {
            out.push(if *byte == b'+' && plus_is_space { b' ' } else { *byte });
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text fit for a query string.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Names and values of a query string or a form body, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl Pairs {
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.map(|(name, value)| (decode(name, true), decode(value, true))).collect())
    }

    /// The first value of a name, unless empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(held, _)| held == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Comma-separated values of a name, which may also be repeated.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        let values = self.0.iter().filter(|(held, _)| held == name).flat_map(|(_, value)| value.split(','));
        values.map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        for text in ["a b+c@d.example", "ü/?&=%", ""] {
            assert_eq!(decode(&encode(text), true), text);
        }
        assert_eq!(decode("100%", false), "100%");
        assert_eq!(decode("a+b", false), "a+b");
    }

    #[test]
    fn lists_are_commas_or_repeats() {
        let pairs = Pairs::parse("properties=a,b&properties=c&limit=5&empty=");
        assert_eq!(pairs.list("properties"), ["a", "b", "c"]);
        assert_eq!(pairs.get("limit"), Some("5"));
        assert_eq!(pairs.get("empty"), None);
    }
}
