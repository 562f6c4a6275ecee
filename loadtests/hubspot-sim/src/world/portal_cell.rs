//! One portal behind its locks.

use crate::clock::millis;
use crate::config::Config;
use crate::crm::portal_state::PortalState;
use crate::limits::{Figures, PortalLimits};
use crate::options::PortalOptions;
use crate::sync::Guarded;

/// A portal: its CRM and its budgets, each behind a lock of its own.
#[derive(Debug)]
pub(crate) struct PortalCell {
    pub(crate) id: i64,
    /// The static bearer token that may do everything.
    pub(crate) token: String,
    pub(crate) options: PortalOptions,
    pub(crate) state: Guarded<PortalState>,
    pub(crate) limits: Guarded<PortalLimits>,
}

impl PortalCell {
    pub(crate) fn new(id: i64, token: String, options: PortalOptions, index_delay_ms: i64, seed: u64, now_ms: i64) -> Self {
        let state = PortalState::new(id, options.clone(), index_delay_ms, seed, now_ms);
        Self { id, token, options, state: Guarded::new(state), limits: Guarded::default() }
    }

    /// The limits in force here.
    pub(crate) fn figures(&self, config: &Config) -> Figures {
        Figures {
            burst: self.options.burst_limit.unwrap_or(config.burst_limit),
            burst_window_ms: millis(config.burst_window),
            search_per_second: self.options.search_per_second.unwrap_or(config.search_per_second),
            associations: config.association_limit,
            daily: self.options.daily_limit.or(config.daily_limit),
            refused_count: config.refused_count,
        }
    }
}
