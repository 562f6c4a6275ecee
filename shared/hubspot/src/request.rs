//! One request, before it is sent.

use std::time::Duration;

use reqwest::{Method, Url};
use serde::Serialize;

use crate::{call::Call, classify, config::Timeouts, error::Error};

/// A request to a path of the API. The bearer is added when it is sent.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) call: Call,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) body: Option<Vec<u8>>,
}

impl Request {
    pub(crate) fn new(call: Call, method: Method, url: Url) -> Self {
        Self { call, method, url, body: None }
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        // Fails for maps whose keys are no strings only; we have none, but a panic would be no answer.
        self.body = Some(serde_json::to_vec(body).map_err(|_| classify::cut(self.call, classify::Cut::NotMade))?);
        Ok(self)
    }

    pub(crate) fn timeout(&self, timeouts: &Timeouts) -> Duration {
        match self.call {
            Call::BatchCreate => timeouts.batch,
            Call::Token | Call::Introspect | Call::Revoke => timeouts.token,
            _ => timeouts.read,
        }
    }
}

/// The addresses of one API version.
#[derive(Debug, Clone)]
pub(crate) struct Addresses {
    base: Url,
    version: String,
}

/// The address cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an http or https URL with a host")]
pub struct InvalidApiUrl;

/// Reads an http or https URL with a host.
pub(crate) fn web_address(text: &str) -> Result<Url, InvalidApiUrl> {
    let url = Url::parse(text).map_err(|_| InvalidApiUrl)?;
    let fits = matches!(url.scheme(), "http" | "https") && url.has_host() && !url.cannot_be_a_base();
    if fits { Ok(url) } else { Err(InvalidApiUrl) }
}

impl Addresses {
    pub(crate) fn new(api_url: &str, version: &str) -> Result<Self, InvalidApiUrl> {
        Ok(Self { base: web_address(api_url)?, version: version.to_owned() })
    }

    /// Whether it is this machine's: then no proxy of the environment stands between.
    pub(crate) fn is_local(&self) -> bool {
        matches!(self.base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
    }

    /// `{base}/{family}/{version}/{rest}`, with every segment of `rest` percent-encoded, so that no value can change the path.
    fn address(&self, family: &[&str], rest: &[&str]) -> Url {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .expect("has a host, so it is a base")
            .pop_if_empty()
            .extend(family)
            .push(&self.version)
            .extend(rest);
        url
    }

    /// `/crm/objects/{v}/...`
    pub(crate) fn objects(&self, rest: &[&str]) -> Url {
        self.address(&["crm", "objects"], rest)
    }

    /// `/crm/properties/{v}/...`
    pub(crate) fn properties(&self, rest: &[&str]) -> Url {
        self.address(&["crm", "properties"], rest)
    }

    /// `/crm-object-schemas/{v}/schemas`
    pub(crate) fn schemas(&self) -> Url {
        self.address(&["crm-object-schemas"], &["schemas"])
    }

    /// `/crm/pipelines/{v}/{object}`
    pub(crate) fn pipelines(&self, object: &str) -> Url {
        self.address(&["crm", "pipelines"], &[object])
    }

    /// `/crm/associations/{v}/{from}/{to}/labels`
    pub(crate) fn association_types(&self, from: &str, to: &str) -> Url {
        self.address(&["crm", "associations"], &[from, to, "labels"])
    }

    /// `/crm/owners/{v}`
    pub(crate) fn owners(&self) -> Url {
        self.address(&["crm", "owners"], &[])
    }

    /// `/account-info/{v}/details`
    pub(crate) fn account(&self) -> Url {
        self.address(&["account-info"], &["details"])
    }

    /// `/oauth/{v}/token...`
    pub(crate) fn token(&self, rest: &[&str]) -> Url {
        self.address(&["oauth"], &[&["token"], rest].concat())
    }

    /// `/appinstalls/{v}/external-install`
    pub(crate) fn install(&self) -> Url {
        self.address(&["appinstalls"], &["external-install"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(base: &str) -> Addresses {
        Addresses::new(base, "2026-09").unwrap()
    }

    #[test]
    fn paths_carry_the_version_and_escape_what_is_not_ours() {
        let at = addresses("https://api.hubapi.com");
        assert_eq!(
            at.objects(&["contacts", "batch", "read"]).as_str(),
            "https://api.hubapi.com/crm/objects/2026-09/contacts/batch/read"
        );
        assert_eq!(
            at.objects(&["contacts", "a/../b?c=d#e"]).as_str(),
            "https://api.hubapi.com/crm/objects/2026-09/contacts/a%2F..%2Fb%3Fc=d%23e"
        );
        assert_eq!(at.token(&["introspect"]).as_str(), "https://api.hubapi.com/oauth/2026-09/token/introspect");
        assert_eq!(at.account().as_str(), "https://api.hubapi.com/account-info/2026-09/details");
        assert_eq!(at.install().as_str(), "https://api.hubapi.com/appinstalls/2026-09/external-install");
    }

    #[test]
    fn a_base_may_have_a_path_of_its_own() {
        assert_eq!(addresses("http://127.0.0.1:9/hub/").owners().as_str(), "http://127.0.0.1:9/hub/crm/owners/2026-09");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in ["", "api.hubapi.com", "ftp://x", "data:text/plain,x"] {
            assert_eq!(Addresses::new(bad, "2026-09").unwrap_err(), InvalidApiUrl, "{bad}");
        }
    }
}
