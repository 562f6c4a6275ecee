//! Where browsers reach us.

use std::{fmt, net::SocketAddr, str::FromStr};

use axum::http::{HeaderMap, Uri, header};

/// The address that browsers see. Invariant: scheme and authority only; https, or http on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    is_secure: bool,
}

/// The text is no address that browsers could use safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be https://HOST[:PORT] without a path (http only for localhost and 127.0.0.1)")]
pub struct InvalidPublicUrl;

impl PublicUrl {
    /// The address of a listener on this machine.
    pub fn local(listener: SocketAddr) -> Self {
        Self { origin: format!("http://127.0.0.1:{}", listener.port()), is_secure: false }
    }

    /// A path of ours as a whole address.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether cookies can be kept from the clear wire.
    pub(crate) fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Whether one of our own pages sent this request, as far as the browser says. Clients that say nothing at all are no browsers,
    /// and hold no cookie that somebody could use through them.
    pub(crate) fn sent(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let own_site = text("sec-fetch-site").is_none_or(|site| site == "same-origin");
        own_site && text(header::ORIGIN.as_str()).is_none_or(|origin| origin.eq_ignore_ascii_case(&self.origin))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, InvalidPublicUrl> {
        let uri: Uri = text.trim().trim_end_matches('/').parse().map_err(|_| InvalidPublicUrl)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(InvalidPublicUrl) };
        let here = matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"));
        let is_secure = scheme == "https";
        let plain = matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if !plain || !(is_secure || (scheme == "http" && here)) {
            return Err(InvalidPublicUrl);
        }
        // Browsers leave the usual port out of `Origin`.
        let authority = authority.as_str().to_ascii_lowercase();
        let usual = if is_secure { ":443" } else { ":80" };
        let authority = authority.strip_suffix(usual).unwrap_or(&authority);
        Ok(Self { origin: format!("{scheme}://{authority}"), is_secure })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_browsers_can_use_safely_is_an_address() {
        for (text, origin) in [
            ("https://writeback.example", "https://writeback.example"),
            ("https://Writeback.Example:443/", "https://writeback.example"),
            ("https://writeback.example:8443", "https://writeback.example:8443"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().to_string(), origin);
        }
        for bad in [
            "",
            "writeback.example",
            "http://writeback.example",
            "https://a.example/path",
            "https://u:p@a.example",
            "ftp://localhost",
        ] {
            assert_eq!(bad.parse::<PublicUrl>(), Err(InvalidPublicUrl), "{bad}");
        }
    }

    #[test]
    fn another_site_s_request_is_told_from_ours() {
        let url: PublicUrl = "https://writeback.example".parse().unwrap();
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()));
            url.sent(&headers.collect())
        };
        assert!(check(&[]));
        assert!(check(&[("origin", "https://writeback.example")]));
        assert!(check(&[("origin", "https://writeback.example"), ("sec-fetch-site", "same-origin")]));
        assert!(!check(&[("origin", "https://evil.example")]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
    }
}
