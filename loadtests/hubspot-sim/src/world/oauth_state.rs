//! Apps, consents and tokens.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::config::AppOptions;
use crate::random::{Random, mix_text};

/// Expired access tokens are remembered, to say so; beyond this many they are forgotten.
const MAX_ACCESS_TOKENS: usize = 200_000;

/// What an account granted an app.
#[derive(Debug, PartialEq)]
pub(crate) struct Grant {
    pub(crate) portal: i64,
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) user_id: i64,
    /// A static token: no expiry, daily headers.
    pub(crate) is_static: bool,
}

/// An access token.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) grant: Arc<Grant>,
    pub(crate) expires_ms: i64,
}

/// An authorization code that waits to be redeemed.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) grant: Arc<Grant>,
    pub(crate) redirect_uri: String,
    /// S256 challenge, when PKCE was used.
    pub(crate) challenge: Option<String>,
    pub(crate) expires_ms: i64,
}

/// A fresh pair of tokens.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct OauthTokens {
    /// Bearer token for API calls.
    pub access_token: String,
    /// For the token endpoint.
    pub refresh_token: String,
    /// Seconds the access token lives.
    pub expires_in: i64,
}

/// Apps by client id, and every kind of token.
#[derive(Debug)]
pub(crate) struct OauthState {
    pub(crate) apps: BTreeMap<String, AppOptions>,
    /// The app that is there from the start.
    pub(crate) default_app: String,
    access: HashMap<String, Access>,
    refresh: HashMap<String, Arc<Grant>>,
    codes: HashMap<String, Code>,
    random: Random,
}

impl OauthState {
    pub(crate) fn new(app: AppOptions, seed: u64) -> Self {
        let default_app = app.client_id.clone();
        let apps = BTreeMap::from([(default_app.clone(), app)]);
        let (access, refresh, codes) = (HashMap::new(), HashMap::new(), HashMap::new());
        // Two simulators of one seed must not accept each other's tokens.
        let own = u64::from(uuid::Uuid::new_v4().as_fields().0);
        Self { apps, default_app, access, refresh, codes, random: Random::new(seed ^ (own << 17)) }
    }

    /// Text of `length` letters and digits.
    fn text(&mut self, length: usize) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        (0..length).map(|_| char::from(LETTERS[self.random.below(LETTERS.len())])).collect()
    }

    /// A private app's token: every scope, no end.
    pub(crate) fn static_token(&mut self, portal: i64) -> String {
        let token = format!("pat-na1-{}", self.text(32));
        let client_id = format!("private-app-{portal}");
        let grant = Grant { portal, client_id, scopes: vec!["*".to_owned()], user_id: 100, is_static: true };
        self.access.insert(token.clone(), Access { grant: Arc::new(grant), expires_ms: i64::MAX });
        token
    }

    /// Tokens for a grant. Access tokens vary in size, up to beyond 300 characters [OAuth guide: they change over time].
    pub(crate) fn issue(&mut self, grant: &Arc<Grant>, lifetime_ms: i64, now_ms: i64) -> OauthTokens {
        let refresh_token =
            format!("na1-{}-{}-{}-{}-{}", self.text(4), self.text(4), self.text(4), self.text(4), self.text(12)).to_lowercase();
        self.refresh.insert(refresh_token.clone(), Arc::clone(grant));
        self.issue_access(grant, refresh_token, lifetime_ms, now_ms)
    }

    /// A new access token beside a refresh token there already is.
    pub(crate) fn issue_access(
        &mut self,
        grant: &Arc<Grant>,
        refresh_token: String,
        lifetime_ms: i64,
        now_ms: i64,
    ) -> OauthTokens {
        if self.access.len() >= MAX_ACCESS_TOKENS {
            self.access.retain(|_, access| access.expires_ms > now_ms);
        }
        let length = 180 + self.random.below(160);
        let access_token = format!("CJ{}", self.text(length));
        let access = Access { grant: Arc::clone(grant), expires_ms: now_ms.saturating_add(lifetime_ms) };
        self.access.insert(access_token.clone(), access);
        OauthTokens { access_token, refresh_token, expires_in: lifetime_ms / 1000 }
    }

    pub(crate) fn access(&self, token: &str) -> Option<&Access> {
        self.access.get(token)
    }

    pub(crate) fn refresh(&self, token: &str) -> Option<&Arc<Grant>> {
        self.refresh.get(token)
    }

    pub(crate) fn forget_refresh(&mut self, token: &str) {
        self.refresh.remove(token);
    }

    pub(crate) fn new_code(&mut self, code: Code) -> String {
        self.codes.retain(|_, held| held.expires_ms > code.expires_ms - 3_600_000);
        let text = format!("na1-{}", self.text(36));
        self.codes.insert(text.clone(), code);
        text
    }

    /// The code, once.
    pub(crate) fn redeem(&mut self, code: &str) -> Option<Code> {
        self.codes.remove(code)
    }

    /// Ends access tokens of a portal now; refresh tokens stay.
    pub(crate) fn expire_access(&mut self, portal: i64, now_ms: i64) {
        let held = self.access.values_mut().filter(|access| access.grant.portal == portal && !access.grant.is_static);
        held.for_each(|access| access.expires_ms = access.expires_ms.min(now_ms));
    }

    /// Ends refresh tokens of a portal; access tokens live on [OAuth guide].
    pub(crate) fn revoke_refresh(&mut self, portal: i64) {
        self.refresh.retain(|_, grant| grant.portal != portal);
    }

    /// The app is gone from the portal: none of its tokens is known any more.
    pub(crate) fn uninstall(&mut self, portal: i64, client_id: Option<&str>) {
        let gone = |grant: &Grant| {
            let same = client_id.map_or(!grant.is_static, |client_id| grant.client_id == client_id);
            grant.portal == portal && same
        };
        self.access.retain(|_, access| !gone(&access.grant));
        self.refresh.retain(|_, grant| !gone(grant));
    }

    /// A stable number for an app.
    pub(crate) fn app_id(client_id: &str) -> u64 {
        1_000_000 + mix_text(0xCBF2_9CE4_8422_2325, client_id) % 9_000_000
    }
}

/// Whether a verifier fits an S256 challenge [RFC 7636].
pub(crate) fn proves(verifier: &str, challenge: &str) -> bool {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_proved() {
        assert!(proves("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert!(!proves("other", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }
}
