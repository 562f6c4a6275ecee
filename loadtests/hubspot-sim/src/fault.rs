//! Faults: what goes wrong, for which requests, how often.

use serde::{Deserialize, Serialize};

use crate::limits::Policy;
use crate::random::{Random, mix};

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The answer comes late.
    Latency {
        /// How late.
        ms: u64,
    },
    /// 429 without anything being done.
    RateLimited {
        /// Whose limit is said to be reached.
        policy: Policy,
        /// Seconds of `Retry-After`, if it is sent.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// A status (500, 502, 503, 504, 524, 423, 477 ...) without anything being done.
    Status {
        /// The status.
        status: u16,
        /// Seconds of `Retry-After`, if it is sent.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// Everything is done, and a status such as 502 or 524 says otherwise.
    StatusAfterEffect {
        /// The status.
        status: u16,
    },
    /// Nothing is done, nothing is said; the connection is cut in the end.
    Hang {
        /// Until the cut.
        ms: u64,
    },
    /// Everything is done, nothing is said; the connection is cut in the end.
    EffectThenHang {
        /// Until the cut.
        ms: u64,
    },
    /// The connection is reset and nothing was done.
    ResetBefore,
    /// The connection is reset and everything was done.
    ResetAfter,
    /// Everything is done; the body is not JSON.
    MalformedBody,
    /// Everything is done; the body breaks off in the middle, and the connection with it.
    TruncatedBody,
    /// Everything is done; the body is empty.
    EmptyBody,
    /// 401 `EXPIRED_AUTHENTICATION`, although the token lives.
    ExpiredToken,
}

impl FaultKind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Latency { .. } => "latency",
            Self::RateLimited { .. } => "rate_limited",
            Self::Status { .. } => "status",
            Self::StatusAfterEffect { .. } => "status_after_effect",
            Self::Hang { .. } => "hang",
            Self::EffectThenHang { .. } => "effect_then_hang",
            Self::ResetBefore => "reset_before",
            Self::ResetAfter => "reset_after",
            Self::MalformedBody => "malformed_body",
            Self::TruncatedBody => "truncated_body",
            Self::EmptyBody => "empty_body",
            Self::ExpiredToken => "expired_token",
        }
    }
}

/// A kind of trouble and the requests it meets. Without any condition: every request, always.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Only this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only paths that contain this; with `*` in it, paths that match it as a whole.
    #[serde(default)]
    pub path: Option<String>,
    /// Only this object, named as in the path: `calls`, `0-48`.
    #[serde(default)]
    pub object: Option<String>,
    /// Only this portal. A portal's own `fault` sets it.
    #[serde(default)]
    pub portal: Option<i64>,
    /// Matching requests let through first.
    #[serde(default)]
    pub skip: u32,
    /// How many requests it meets before it is spent.
    #[serde(default)]
    pub times: Option<u32>,
    /// Chance of each matching request, in thousandths.
    #[serde(default)]
    pub per_mille: Option<u16>,
}

impl Fault {
    /// A fault that meets every request.
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, method: None, path: None, object: None, portal: None, skip: 0, times: None, per_mille: None }
    }

    /// Only this method.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Only paths that contain this, or match it when it has a `*`.
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Only this object.
    pub fn object(mut self, object: &str) -> Self {
        self.object = Some(object.to_owned());
        self
    }

    /// Lets this many matching requests through first.
    pub fn skip(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Meets this many requests and is then spent.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Meets this many of a thousand matching requests, by the seed.
    pub fn per_mille(mut self, per_mille: u16) -> Self {
        self.per_mille = Some(per_mille);
        self
    }

    fn concerns(&self, request: &Asked<'_>) -> bool {
        let same = |wanted: &Option<String>, held: &str| wanted.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(held));
        same(&self.method, request.method)
            && self.object.as_deref().is_none_or(|object| request.object == Some(object))
            && self.portal.is_none_or(|portal| request.portal == Some(portal))
            && self.path.as_deref().is_none_or(|path| path_matches(path, request.path))
    }
}

/// What a fault looks at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'r> {
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) object: Option<&'r str>,
    pub(crate) portal: Option<i64>,
}

fn path_matches(pattern: &str, path: &str) -> bool {
    if !pattern.contains('*') {
        return path.contains(pattern);
    }
    let mut rest = path;
    for (index, part) in pattern.split('*').enumerate() {
        match rest.find(part) {
            Some(at) if index > 0 || at == 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || pattern.ends_with('*')
}

/// Faults in force, each with a generator of its own, so that one more fault does not change the others' luck.
#[derive(Debug)]
pub(crate) struct FaultPlan {
    armed: Vec<Armed>,
    seed: u64,
    added: u64,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    seen: u32,
    met: u32,
    random: Random,
}

/// Faults in force at once.
const MAX_FAULTS: usize = 1_000;

impl FaultPlan {
    pub(crate) fn new(seed: u64) -> Self {
        Self { armed: Vec::new(), seed, added: 0 }
    }

    /// `false` when there are too many already.
    pub(crate) fn add(&mut self, fault: Fault) -> bool {
        self.armed.retain(|armed| armed.fault.times.is_none_or(|times| armed.met < times));
        if self.armed.len() >= MAX_FAULTS {
            return false;
        }
        self.added += 1;
        self.armed.push(Armed { fault, seen: 0, met: 0, random: Random::new(mix(self.seed, self.added)) });
        true
    }

    /// Takes away the faults of a portal, or all.
    pub(crate) fn clear(&mut self, portal: Option<i64>) {
        self.armed.retain(|armed| portal.is_some() && armed.fault.portal != portal);
    }

    pub(crate) fn list(&self) -> Vec<Fault> {
        self.armed.iter().map(|armed| armed.fault.clone()).collect()
    }

    /// What goes wrong with this request: the first fault in force that meets it.
    pub(crate) fn decide(&mut self, request: &Asked<'_>) -> Option<FaultKind> {
        let concerned = self.armed.iter_mut().filter(|armed| armed.fault.concerns(request));
        concerned.into_iter().find_map(Armed::strike)
    }
}

impl Armed {
    fn strike(&mut self) -> Option<FaultKind> {
        self.seen = self.seen.saturating_add(1);
        let spent = self.fault.times.is_some_and(|times| self.met >= times);
        if spent || self.seen <= self.fault.skip {
            return None;
        }
        let lucky = self.fault.per_mille.is_some_and(|chance| self.random.below(1000) >= usize::from(chance));
        if lucky {
            return None;
        }
        self.met += 1;
        Some(self.fault.kind.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(path: &str) -> Asked<'_> {
        Asked { method: "POST", path, object: Some("calls"), portal: Some(1) }
    }

    #[test]
    fn a_fault_skips_then_meets_its_number() {
        let mut plan = FaultPlan::new(1);
        plan.add(Fault::new(FaultKind::ResetBefore).skip(1).times(2));
        let met: Vec<bool> = (0..5).map(|_| plan.decide(&asked("/x")).is_some()).collect();
        assert_eq!(met, [false, true, true, false, false]);
    }

    #[test]
    fn chance_follows_the_seed() {
        let run = |seed| {
            let mut plan = FaultPlan::new(seed);
            plan.add(Fault::new(FaultKind::ResetAfter).per_mille(300));
            (0..1000).map(|_| plan.decide(&asked("/x")).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(run(3), run(3));
        assert_ne!(run(3), run(4));
        let met = run(3).into_iter().filter(|met| *met).count();
        assert!((230..370).contains(&met), "{met}");
    }

    #[test]
    fn conditions_narrow_a_fault_down() {
        assert!(path_matches("/batch/", "/crm/objects/2026-09/calls/batch/create"));
        assert!(path_matches("/crm/*/calls/*", "/crm/objects/2026-09/calls/batch/create"));
        assert!(!path_matches("*/search", "/crm/objects/2026-09/calls/search/x"));
        let mut plan = FaultPlan::new(1);
        plan.add(Fault::new(FaultKind::ResetBefore).object("notes"));
        plan.add(Fault { portal: Some(2), ..Fault::new(FaultKind::ResetBefore) });
        assert_eq!(plan.decide(&asked("/x")), None);
    }

    #[test]
    fn faults_read_as_json() {
        let fault: Fault = serde_json::from_str(r#"{"kind":"status","status":502,"method":"POST","times":1}"#).expect("a fault");
        assert_eq!(fault.kind, FaultKind::Status { status: 502, retry_after: None });
    }
}
