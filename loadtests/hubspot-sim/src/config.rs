//! What a simulator can be told about itself.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Settings of a simulator. `Default` is HubSpot as documented, and the harsh reading where it is not.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, documented where it stands")]
pub struct Config {
    /// How long a write stays invisible to search. HubSpot says "a few moments"; 3 s unless told.
    pub index_delay: Duration,
    /// Requests per app and portal in `burst_window`: 110 for a marketplace OAuth app.
    pub burst_limit: u32,
    /// The rolling window of `burst_limit`: 10 s.
    pub burst_window: Duration,
    /// Searches per second of a portal, shared by all apps: 5.
    pub search_per_second: u32,
    /// Requests to `/crm/associations/...` per app and portal in `burst_window`: 100, the lowest tier.
    pub association_limit: u32,
    /// Requests a day. `None`, as for OAuth apps.
    pub daily_limit: Option<u64>,
    /// Whether a refused request still fills the rolling window. Not documented; the harsh answer is yes.
    pub refused_count: bool,
    /// Whether a 429 carries `Retry-After`. Not documented; the harsh answer is no.
    pub retry_after: bool,
    /// Whether successful batch results repeat `objectWriteTraceId`. Not documented; the harsh answer is no.
    pub echo_trace_id: bool,
    /// Whether batch results and unsorted searches come in an order of their own.
    pub shuffle: bool,
    /// Whether a refresh replaces the refresh token (the old one then dies).
    pub rotate_refresh_tokens: bool,
    /// Whether the survivor of a merge gets an id that neither of the two had.
    pub merge_makes_new_id: bool,
    /// The status for an association to a record that is not there, inside a create: 400 or 404.
    pub missing_target_status: u16,
    /// `expires_in` of access tokens: 1800 s.
    pub token_lifetime: Duration,
    /// How long an authorization code can be redeemed. Documented as "short".
    pub code_lifetime: Duration,
    /// Added to every API answer, for load tests that want HubSpot's distance.
    pub latency: Duration,
    /// Seed of everything random: order, ids' gaps, faults by chance.
    pub seed: u64,
    /// Recorded requests kept.
    pub journal_cap: usize,
    /// Bytes of recorded bodies kept.
    pub journal_bytes: usize,
    /// Largest request body taken.
    pub max_body: usize,
    /// `uiDomain` of account-info. `None`: the simulator's own host and port, so that links lead to its pages.
    pub ui_domain: Option<String>,
    /// The one OAuth app there is at the start.
    pub app: AppOptions,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            index_delay: Duration::from_secs(3),
            burst_limit: 110,
            burst_window: Duration::from_secs(10),
            search_per_second: 5,
            association_limit: 100,
            daily_limit: None,
            refused_count: true,
            retry_after: false,
            echo_trace_id: false,
            shuffle: true,
            rotate_refresh_tokens: false,
            merge_makes_new_id: false,
            missing_target_status: 400,
            token_lifetime: Duration::from_mins(30),
            code_lifetime: Duration::from_secs(30),
            latency: Duration::ZERO,
            seed: 1,
            journal_cap: 10_000,
            journal_bytes: 64 << 20,
            max_body: 16 << 20,
            ui_domain: None,
            app: AppOptions::default(),
        }
    }
}

/// A public OAuth app as its developer registered it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct AppOptions {
    /// Public identifier.
    pub client_id: String,
    /// Sent in the body of the token request.
    pub client_secret: String,
    /// The only addresses a consent may return to. Https, or http on this machine.
    pub redirect_uris: Vec<String>,
    /// Scopes that belong in `scope`.
    pub required_scopes: Vec<String>,
    /// Scopes that belong in `optional_scope`, and may stand in `scope` (conditionally required).
    pub optional_scopes: Vec<String>,
}

impl Default for AppOptions {
    fn default() -> Self {
        Self {
            client_id: "11111111-2222-3333-4444-555555555555".to_owned(),
            client_secret: "simulated-client-secret".to_owned(),
            redirect_uris: vec!["http://localhost:8080/oauth/callback".to_owned()],
            required_scopes: words(
                "oauth crm.objects.contacts.read crm.objects.contacts.write crm.objects.owners.read crm.schemas.contacts.read",
            ),
            optional_scopes: words(
                "crm.objects.companies.read crm.objects.companies.write crm.objects.deals.read crm.objects.deals.write tickets \
                 crm.objects.custom.read crm.objects.custom.write crm.schemas.custom.read crm.schemas.companies.read \
                 crm.schemas.deals.read crm.schemas.contacts.write",
            ),
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// A change to a running simulator: `PATCH /_sim/config`. What is left out stays.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConfigPatch {
    /// See [`Config::index_delay`].
    pub index_delay_ms: Option<u64>,
    /// See [`Config::burst_limit`].
    pub burst_limit: Option<u32>,
    /// See [`Config::burst_window`].
    pub burst_window_ms: Option<u64>,
    /// See [`Config::search_per_second`].
    pub search_per_second: Option<u32>,
    /// See [`Config::association_limit`].
    pub association_limit: Option<u32>,
    /// See [`Config::daily_limit`]; zero takes the limit away.
    pub daily_limit: Option<u64>,
    /// See [`Config::refused_count`].
    pub refused_count: Option<bool>,
    /// See [`Config::retry_after`].
    pub retry_after: Option<bool>,
    /// See [`Config::echo_trace_id`].
    pub echo_trace_id: Option<bool>,
    /// See [`Config::shuffle`].
    pub shuffle: Option<bool>,
    /// See [`Config::rotate_refresh_tokens`].
    pub rotate_refresh_tokens: Option<bool>,
    /// See [`Config::merge_makes_new_id`].
    pub merge_makes_new_id: Option<bool>,
    /// See [`Config::missing_target_status`].
    pub missing_target_status: Option<u16>,
    /// See [`Config::token_lifetime`].
    pub token_lifetime_ms: Option<u64>,
    /// See [`Config::code_lifetime`].
    pub code_lifetime_ms: Option<u64>,
    /// See [`Config::latency`].
    pub latency_ms: Option<u64>,
    /// See [`Config::journal_cap`].
    pub journal_cap: Option<usize>,
}

impl ConfigPatch {
    /// Writes what is given into `config`.
    pub fn apply(&self, config: &mut Config) {
        set(&mut config.index_delay, self.index_delay_ms.map(Duration::from_millis));
        set(&mut config.burst_limit, self.burst_limit);
        set(&mut config.burst_window, self.burst_window_ms.map(Duration::from_millis));
        set(&mut config.search_per_second, self.search_per_second);
        set(&mut config.association_limit, self.association_limit);
        set(&mut config.daily_limit, self.daily_limit.map(|limit| (limit > 0).then_some(limit)));
        set(&mut config.refused_count, self.refused_count);
        set(&mut config.retry_after, self.retry_after);
        set(&mut config.echo_trace_id, self.echo_trace_id);
        set(&mut config.shuffle, self.shuffle);
        set(&mut config.rotate_refresh_tokens, self.rotate_refresh_tokens);
        set(&mut config.merge_makes_new_id, self.merge_makes_new_id);
        set(&mut config.missing_target_status, self.missing_target_status);
        set(&mut config.token_lifetime, self.token_lifetime_ms.map(Duration::from_millis));
        set(&mut config.code_lifetime, self.code_lifetime_ms.map(Duration::from_millis));
        set(&mut config.latency, self.latency_ms.map(Duration::from_millis));
        set(&mut config.journal_cap, self.journal_cap);
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
