//! What the client is told when the process starts.

use std::time::Duration;

use domain::budget::Policy;
use secrecy::SecretString;

/// How to reach HubSpot, and how fast.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme and host. `https://api.hubapi.com`, token endpoint included.
    pub api_url: String,
    /// Where people consent. `https://app.hubspot.com/oauth/authorize`: the account picker and the hublet's own host follow by
    /// themselves.
    pub authorize_url: String,
    /// Date version in every path. `2026-09`, current since September 2026; `2026-03` would ignore administrators' rules.
    pub version: String,
    /// Our OAuth app. `None` where connections hold static bearers only.
    pub app: Option<App>,
    /// When a request is given up.
    pub timeouts: Timeouts,
    /// The longest answer that is read, in bytes.
    pub body_max: usize,
    /// How fast a portal is asked.
    pub budgets: Budgets,
    /// How long a call waits for a spent budget before it says so, unless told otherwise: a bulk caller inside a batch.
    pub bulk_patience: Duration,
    /// The same while a person is waiting.
    pub live_patience: Duration,
}

/// Our OAuth app as its developer registered it.
#[derive(Debug, Clone)]
pub struct App {
    /// Public.
    pub client_id: String,
    /// Sent in bodies only.
    pub client_secret: SecretString,
}

/// When a request is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection stands.
    pub connect: Duration,
    /// Reads and single writes.
    pub read: Duration,
    /// Batch writes; HubSpot's own client waits 60 s.
    pub batch: Duration,
    /// The token endpoint.
    pub token: Duration,
}

/// How fast a portal is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// Everything but searches.
    pub burst: Rate,
    /// Searches.
    pub search: Rate,
}

/// A limit in a rolling window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At most so many in any window: for the burst budget a tenth below HubSpot's, since no two clocks agree.
    pub limit: u32,
    /// The window's length.
    pub window: Duration,
    /// At most so many at once.
    pub burst: u32,
    /// Of these, kept for live calls.
    pub reserve: u32,
}

impl Rate {
    /// The same as GCRA parameters.
    pub(crate) fn policy(self) -> Result<Policy, domain::budget::InvalidPolicy> {
        Policy::rolling(self.limit, self.window, self.burst, self.reserve)
    }

    /// The same rate under a smaller limit. `None` when it is small enough already.
    pub(crate) fn under(self, limit: u32) -> Option<Self> {
        if limit >= self.limit || limit < 2 {
            return None;
        }
        let burst = self.burst.min(limit / 2).max(1);
        Some(Self { limit, burst, reserve: self.reserve.min(burst - 1), ..self })
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_url: "https://api.hubapi.com".to_owned(),
            authorize_url: "https://app.hubspot.com/oauth/authorize".to_owned(),
            version: "2026-09".to_owned(),
            app: None,
            timeouts: Timeouts::default(),
            body_max: 16 << 20,
            budgets: Budgets::default(),
            bulk_patience: Duration::from_secs(1),
            live_patience: Duration::from_secs(3),
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            batch: Duration::from_mins(1),
            token: Duration::from_secs(10),
        }
    }
}

impl Default for Budgets {
    /// 100 of the 110 requests in ten seconds that an OAuth app has in each account (usage guidelines). Of the 5 searches in a
    /// second (search guide) 4: two at once and one every third of a second make at most 4 in any second, and 5 in no less than
    /// a third more, which is what networks may squeeze together.
    fn default() -> Self {
        Self {
            burst: Rate { limit: 100, window: Duration::from_secs(10), burst: 10, reserve: 4 },
            search: Rate { limit: 5, window: Duration::from_secs(1), burst: 2, reserve: 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_make_budgets() {
        let Budgets { burst, search } = Budgets::default();
        assert!(burst.policy().is_ok() && search.policy().is_ok());
    }

    #[test]
    fn a_smaller_limit_still_makes_a_budget() {
        let burst = Budgets::default().burst;
        for limit in 2..100 {
            let smaller = burst.under(limit).unwrap();
            assert_eq!(smaller.limit, limit);
            assert!(smaller.policy().is_ok(), "{smaller:?}");
        }
        assert_eq!(burst.under(100), None);
        assert_eq!(burst.under(0), None);
    }
}
