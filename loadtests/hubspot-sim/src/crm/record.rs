//! One record and what it has been.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Property values by name. An empty value is not stored.
pub(crate) type Values = BTreeMap<Arc<str>, Arc<str>>;

/// A change to one property: a value, or `None` to clear it.
pub(crate) type Change = (Arc<str>, Option<Arc<str>>);

/// Kept per record; the oldest go first. Not documented how far HubSpot's own history reaches back.
const HISTORY_CAP: usize = 100;

/// A record of any object type.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: u64,
    pub(crate) values: Values,
    pub(crate) created_ms: i64,
    pub(crate) updated_ms: i64,
    pub(crate) archived_ms: Option<i64>,
    /// Values written after creation, oldest first.
    history: Vec<(i64, Change)>,
    first: Option<Box<Values>>,
}

/// A value a property had, and since when.
pub(crate) type Version<'r> = (&'r str, i64);

impl Record {
    pub(crate) fn new(id: u64, values: Values, now_ms: i64) -> Self {
        Self { id, values, created_ms: now_ms, updated_ms: now_ms, archived_ms: None, history: Vec::new(), first: None }
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(AsRef::as_ref)
    }

    /// Writes changes and remembers what they replaced.
    pub(crate) fn apply(&mut self, changes: &[Change], now_ms: i64) {
        if self.first.is_none() {
            self.first = Some(Box::new(self.values.clone()));
        }
        for (name, value) in changes {
            match value {
                Some(value) => self.values.insert(Arc::clone(name), Arc::clone(value)),
                None => self.values.remove(name),
            };
            self.history.push((now_ms, (Arc::clone(name), value.clone())));
        }
        let surplus = self.history.len().saturating_sub(HISTORY_CAP);
        self.history.drain(..surplus);
        self.updated_ms = now_ms;
    }

    /// All known values of a property, newest first.
    pub(crate) fn versions<'r>(&'r self, name: &str) -> Vec<Version<'r>> {
        let written = self.history.iter().rev().filter(|(_, (changed, _))| &**changed == name);
        let mut versions: Vec<Version<'r>> = written.map(|(at, (_, value))| (value.as_deref().unwrap_or(""), *at)).collect();
        let first = self.first.as_deref().unwrap_or(&self.values);
        versions.extend(first.get(name).map(|value| (&**value, self.created_ms)));
        versions
    }
}
