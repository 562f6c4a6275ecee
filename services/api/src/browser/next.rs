//! Where a person goes after signing in: to a path of ours, never to another site.

use std::fmt;

use serde::Deserialize;

/// A path of ours with its query. Invariant: begins with one `/`, and is printable ASCII without backslashes, so that no browser
/// reads another host into it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub(crate) struct LocalPath(String);

/// Where people go who want nothing in particular.
pub(crate) const HOME: &str = "/console";

const LEN_MAX: usize = 500;

impl LocalPath {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for LocalPath {
    fn default() -> Self {
        Self(HOME.to_owned())
    }
}

/// What is no path of ours leads home.
impl From<String> for LocalPath {
    fn from(text: String) -> Self {
        let ours = text.starts_with('/') && !text.starts_with("//") && text.len() <= LEN_MAX;
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        if ours && plain { Self(text) } else { Self::default() }
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_are_no_paths() {
        for good in ["/", "/console/keys", "/console/conversations?outcome=failed&cursor=a%20b"] {
            assert_eq!(LocalPath::from(good.to_owned()).as_str(), good);
        }
        for bad in [
            "",
            "console",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nb",
            "javascript:alert(1)",
            "/é",
        ] {
            assert_eq!(LocalPath::from(bad.to_owned()).as_str(), HOME, "{bad}");
        }
        assert_eq!(LocalPath::from(format!("/{}", "a".repeat(500))).as_str(), HOME);
    }
}
