//! The whole simulated HubSpot: portals, apps and tokens, budgets, faults, and the journal of what was asked.

pub(crate) mod oauth_state;
pub(crate) mod portal_cell;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::clock::{Clock, millis};
use crate::config::Config;
use crate::fault::FaultPlan;
use crate::journal::Journal;
use crate::options::PortalOptions;
use crate::sync::{Guarded, Shared};
use oauth_state::OauthState;
use portal_cell::PortalCell;

/// Everything there is. Locks are per portal and per concern, and never held across an await.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Shared<Arc<Config>>,
    pub(crate) clock: Clock,
    pub(crate) portals: Shared<BTreeMap<i64, Arc<PortalCell>>>,
    pub(crate) oauth: Guarded<OauthState>,
    pub(crate) journal: Guarded<Journal>,
    pub(crate) faults: Guarded<FaultPlan>,
    pub(crate) url: OnceLock<String>,
}

/// Portals there can be at once.
const MAX_PORTALS: usize = 10_000;
/// The first portal's number, beyond what fits 16 bits and below 32.
const FIRST_PORTAL: i64 = 20_000_001;

impl World {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            clock: Clock::new(),
            portals: Shared::default(),
            oauth: Guarded::new(OauthState::new(config.app.clone(), config.seed)),
            journal: Guarded::default(),
            faults: Guarded::new(FaultPlan::new(config.seed)),
            url: OnceLock::new(),
            config: Shared::new(Arc::new(config)),
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> &str {
        self.url.get().map_or("", String::as_str)
    }

    pub(crate) fn portal(&self, id: i64) -> Option<Arc<PortalCell>> {
        self.portals.read().get(&id).cloned()
    }

    pub(crate) fn all_portals(&self) -> Vec<Arc<PortalCell>> {
        self.portals.read().values().cloned().collect()
    }

    /// Makes a portal, with a static token that may do everything. `None` when the number is taken, or there are too many.
    pub(crate) fn add_portal(&self, options: PortalOptions) -> Option<Arc<PortalCell>> {
        let (config, now_ms) = (self.config.load(), self.now_ms());
        let mut portals = self.portals.write();
        let next = portals.keys().next_back().map_or(FIRST_PORTAL, |last| last.max(&FIRST_PORTAL) + 1);
        let id = options.id.unwrap_or(next);
        if portals.contains_key(&id) || portals.len() >= MAX_PORTALS {
            return None;
        }
        let token = self.oauth.lock().static_token(id);
        let cell = Arc::new(PortalCell::new(id, token, options, millis(config.index_delay), config.seed, now_ms));
        portals.insert(id, Arc::clone(&cell));
        Some(cell)
    }

    /// Takes a portal away with all its tokens: the next refresh says `BAD_HUB`.
    pub(crate) fn remove_portal(&self, id: i64) -> bool {
        self.portals.write().remove(&id).is_some()
    }
}
