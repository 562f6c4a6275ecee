//! What was asked of the simulator, and how it answered.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::clock::iso;

/// A request as it came in, and the status it was answered with.
#[derive(Clone, Debug, Serialize)]
pub struct RecordedRequest {
    /// Counts up from 1, over all portals.
    pub seq: u64,
    /// When it was answered.
    pub at: String,
    /// The same in epoch milliseconds.
    pub at_ms: i64,
    /// `GET`, `POST` ...
    pub method: String,
    /// As sent, percent-encoding and all.
    pub path: String,
    /// As sent, without the question mark.
    pub query: String,
    /// The route it matched, such as `/crm/objects/{v}/{type}/batch/create`; empty for none.
    pub route: String,
    /// The portal its token belongs to.
    pub portal: Option<i64>,
    /// As sent.
    pub body: String,
    /// The status answered; 0 when the connection was cut instead.
    pub status: u16,
    /// Whether a budget refused it.
    pub rate_limited: bool,
    /// The injected fault it met.
    pub fault: Option<String>,
}

/// A request on its way into the journal.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    pub(crate) seq: u64,
    pub(crate) at_ms: i64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) route: &'static str,
    pub(crate) portal: Option<i64>,
    pub(crate) body: axum::body::Bytes,
    pub(crate) status: u16,
    pub(crate) rate_limited: bool,
    pub(crate) fault: Option<&'static str>,
}

impl Entry {
    fn public(&self) -> RecordedRequest {
        RecordedRequest {
            seq: self.seq,
            at: iso(self.at_ms),
            at_ms: self.at_ms,
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            route: self.route.to_owned(),
            portal: self.portal,
            body: String::from_utf8_lossy(&self.body).into_owned(),
            status: self.status,
            rate_limited: self.rate_limited,
            fault: self.fault.map(str::to_owned),
        }
    }
}

/// One row of the counts.
#[derive(Clone, Debug, Serialize)]
pub struct Count {
    /// `None` for requests without a known token.
    pub portal: Option<i64>,
    /// `GET`, `POST` ...
    pub method: String,
    /// Route template.
    pub route: String,
    /// 0 for a cut connection.
    pub status: u16,
    /// How many.
    pub count: u64,
}

type Key = (Option<i64>, String, &'static str, u16);

/// The last requests in full, and counts of all of them.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    bytes: usize,
    last_seq: u64,
    counts: BTreeMap<Key, u64>,
    rate_limited: BTreeMap<Option<i64>, u64>,
}

impl Journal {
    pub(crate) fn record(&mut self, mut entry: Entry, cap: usize, bytes: usize) {
        self.last_seq += 1;
        entry.seq = self.last_seq;
        let key = (entry.portal, entry.method.clone(), entry.route, entry.status);
        *self.counts.entry(key).or_default() += 1;
        if entry.rate_limited {
            *self.rate_limited.entry(entry.portal).or_default() += 1;
        }
        self.bytes += entry.body.len();
        self.entries.push_back(entry);
        while self.entries.len() > cap || self.bytes > bytes {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.body.len();
        }
    }

    /// The kept requests of a portal (or of all), oldest first.
    pub(crate) fn requests(&self, portal: Option<i64>) -> Vec<RecordedRequest> {
        let wanted = self.entries.iter().filter(|entry| portal.is_none() || entry.portal == portal);
        wanted.map(Entry::public).collect()
    }

    pub(crate) fn counts(&self, portal: Option<i64>) -> Vec<Count> {
        let wanted = self.counts.iter().filter(|((held, ..), _)| portal.is_none() || *held == portal);
        let row = |((portal, method, route, status), count): (&Key, &u64)| Count {
            portal: *portal,
            method: method.clone(),
            route: (*route).to_owned(),
            status: *status,
            count: *count,
        };
        wanted.map(row).collect()
    }

    /// Refusals sent because a budget was spent.
    pub(crate) fn rate_limited(&self, portal: Option<i64>) -> u64 {
        let wanted = self.rate_limited.iter().filter(|(held, _)| portal.is_none() || **held == portal);
        wanted.map(|(_, count)| count).sum()
    }

    /// Forgets requests and counts; numbering goes on.
    pub(crate) fn clear(&mut self) {
        *self = Self { last_seq: self.last_seq, ..Self::default() };
    }
}
