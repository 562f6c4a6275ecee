//! Request budgets of a portal [usage guidelines; search guide]. Pure: time is an argument.

use std::collections::{HashMap, VecDeque};

use crate::clock::DAY_MS;

/// Times kept in a window beyond its limit, so that a client that never stops cannot fill memory.
const SURPLUS: usize = 10_000;

/// A rolling window of requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window(VecDeque<i64>);

/// What a window said to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    pub(crate) remaining: u32,
    /// Until the next request would be let through, if nothing else comes.
    pub(crate) wait_ms: i64,
}

impl Window {
    pub(crate) fn take(&mut self, now_ms: i64, window_ms: i64, limit: u32, refused_count: bool) -> Verdict {
        while self.0.front().is_some_and(|at| *at <= now_ms - window_ms) {
            self.0.pop_front();
        }
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let allowed = self.0.len() < limit;
        if allowed || (refused_count && self.0.len() < limit.saturating_add(SURPLUS)) {
            self.0.push_back(now_ms);
        }
        let remaining = u32::try_from(limit.saturating_sub(self.0.len())).unwrap_or(u32::MAX);
        let frees = self.0.len().checked_sub(limit).and_then(|index| self.0.get(index));
        Verdict { allowed, remaining, wait_ms: frees.map_or(0, |at| at + window_ms - now_ms) }
    }
}

/// Which budget a request spends from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    /// The ten-second budget of an app in a portal.
    Burst,
    /// The search budget of a portal, whoever searches.
    Search,
    /// The budget of `/crm/associations/...`.
    Associations,
    /// Token endpoints and such.
    Free,
}

/// The three refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// `TEN_SECONDLY_ROLLING`.
    TenSecondlyRolling,
    /// `SECONDLY`: what search answers.
    Secondly,
    /// `DAILY`.
    Daily,
}

impl Policy {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TenSecondlyRolling => "TEN_SECONDLY_ROLLING",
            Self::Secondly => "SECONDLY",
            Self::Daily => "DAILY",
        }
    }

    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::TenSecondlyRolling => "You have reached your ten_secondly_rolling limit.",
            Self::Secondly => "You have reached your secondly limit.",
            Self::Daily => "You have reached your daily limit.",
        }
    }
}

/// The figures in force for one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figures {
    pub(crate) burst: u32,
    pub(crate) burst_window_ms: i64,
    pub(crate) search_per_second: u32,
    pub(crate) associations: u32,
    pub(crate) daily: Option<u64>,
    pub(crate) refused_count: bool,
}

/// What a portal's budgets said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spent {
    Allowed { remaining: u32, daily_remaining: Option<u64> },
    Refused { policy: Policy, wait_ms: i64 },
}

/// All budgets of a portal. Keys are apps.
#[derive(Debug, Default)]
pub(crate) struct PortalLimits {
    burst: HashMap<String, Window>,
    associations: HashMap<String, Window>,
    search: Window,
    daily: HashMap<String, (i64, u64)>,
}

impl PortalLimits {
    pub(crate) fn spend(&mut self, budget: Budget, app: &str, figures: Figures, now_ms: i64) -> Spent {
        let daily_remaining = match self.spend_day(budget, app, figures, now_ms) {
            Ok(remaining) => remaining,
            Err(wait_ms) => return Spent::Refused { policy: Policy::Daily, wait_ms },
        };
        let verdict = match budget {
            Budget::Free => return Spent::Allowed { remaining: u32::MAX, daily_remaining },
            Budget::Search => self.search.take(now_ms, 1000, figures.search_per_second, figures.refused_count),
            Budget::Burst => {
                window(&mut self.burst, app).take(now_ms, figures.burst_window_ms, figures.burst, figures.refused_count)
            }
            Budget::Associations => {
                let window = window(&mut self.associations, app);
                window.take(now_ms, figures.burst_window_ms, figures.associations, figures.refused_count)
            }
        };
        let policy = if budget == Budget::Search { Policy::Secondly } else { Policy::TenSecondlyRolling };
        if verdict.allowed {
            Spent::Allowed { remaining: verdict.remaining, daily_remaining }
        } else {
            Spent::Refused { policy, wait_ms: verdict.wait_ms }
        }
    }

    /// Counts a day's requests, from midnight UTC. `Err`: how long until then.
    fn spend_day(&mut self, budget: Budget, app: &str, figures: Figures, now_ms: i64) -> Result<Option<u64>, i64> {
        let Some(limit) = figures.daily.filter(|_| budget != Budget::Free) else { return Ok(None) };
        let today = now_ms.div_euclid(DAY_MS);
        let (day, count) = self.daily.entry(app.to_owned()).or_insert((today, 0));
        if *day != today {
            (*day, *count) = (today, 0);
        }
        *count += 1;
        if *count > limit { Err((today + 1) * DAY_MS - now_ms) } else { Ok(Some(limit - *count)) }
    }
}

fn window<'w>(windows: &'w mut HashMap<String, Window>, app: &str) -> &'w mut Window {
    if !windows.contains_key(app) {
        windows.insert(app.to_owned(), Window::default());
    }
    windows.entry(app.to_owned()).or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rolling_window_ever_lets_more_through_than_its_limit() {
        let mut window = Window::default();
        let let_through: Vec<i64> = (0..400).filter(|at| window.take(*at, 100, 7, false).allowed).collect();
        assert!(let_through.windows(8).all(|run| run[7] - run[0] >= 100));
        assert_eq!(let_through.len(), 7 * 4);
    }

    #[test]
    fn a_client_that_hammers_stays_out_when_refusals_count() {
        let mut window = Window::default();
        let let_through = (0..400).filter(|at| window.take(*at, 100, 7, true).allowed).count();
        assert_eq!(let_through, 7);
        assert!(window.take(500, 100, 7, true).allowed, "after a quiet window");
    }

    #[test]
    fn a_refusal_says_how_long() {
        let mut window = Window::default();
        window.take(0, 1000, 1, false);
        assert_eq!(window.take(300, 1000, 1, false), Verdict { allowed: false, remaining: 0, wait_ms: 700 });
    }

    #[test]
    fn apps_have_their_own_burst_and_share_the_search_budget() {
        let figures = Figures {
            burst: 1,
            burst_window_ms: 10_000,
            search_per_second: 1,
            associations: 1,
            daily: None,
            refused_count: false,
        };
        let mut limits = PortalLimits::default();
        let mut allowed = |budget, app| matches!(limits.spend(budget, app, figures, 5), Spent::Allowed { .. });
        assert!(allowed(Budget::Burst, "a") && allowed(Budget::Burst, "b") && !allowed(Budget::Burst, "a"));
        assert!(allowed(Budget::Search, "a") && !allowed(Budget::Search, "b"));
        assert!(allowed(Budget::Associations, "a") && allowed(Budget::Free, "a"));
    }

    #[test]
    fn a_day_ends_at_midnight() {
        let figures =
            Figures { burst: 9, burst_window_ms: 1, search_per_second: 1, associations: 1, daily: Some(1), refused_count: false };
        let mut limits = PortalLimits::default();
        limits.spend(Budget::Burst, "a", figures, DAY_MS - 10);
        let refused = limits.spend(Budget::Burst, "a", figures, DAY_MS - 9);
        assert_eq!(refused, Spent::Refused { policy: Policy::Daily, wait_ms: 9 });
        assert!(matches!(limits.spend(Budget::Burst, "a", figures, DAY_MS), Spent::Allowed { .. }));
    }
}
