//! What search sees: copies of records as they were some seconds ago.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use super::record::Record;

/// A lagging copy of the records of one type, with hash lookups for the values that identify people and conversations.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchIndex {
    docs: BTreeMap<u64, Arc<Record>>,
    /// Written, not yet seen; oldest first.
    pending: VecDeque<(i64, Arc<Record>)>,
    looked_up: HashSet<Arc<str>>,
    by_value: HashMap<Arc<str>, HashMap<Box<str>, Vec<u64>>>,
}

impl SearchIndex {
    /// Marks a property whose values get a hash lookup. Values already indexed are taken along.
    pub(crate) fn look_up_by(&mut self, property: &Arc<str>) {
        if !self.looked_up.insert(Arc::clone(property)) {
            return;
        }
        for (id, doc) in &self.docs {
            if let Some(value) = doc.value(property) {
                let ids = self.by_value.entry(Arc::clone(property)).or_default().entry(key(value)).or_default();
                ids.push(*id);
            }
        }
    }

    pub(crate) fn has_lookup(&self, property: &str) -> bool {
        self.looked_up.contains(property)
    }

    /// Notes a write at `now_ms`, and shows what was written up to `until_ms`.
    pub(crate) fn write(&mut self, record: Arc<Record>, now_ms: i64, until_ms: i64) {
        self.pending.push_back((now_ms, record));
        self.catch_up(until_ms);
    }

    pub(crate) fn catch_up(&mut self, until_ms: i64) {
        while self.pending.front().is_some_and(|(written_ms, _)| *written_ms <= until_ms) {
            if let Some((_, record)) = self.pending.pop_front() {
                self.show(&record);
            }
        }
    }

    /// Shows a record at once.
    pub(crate) fn show(&mut self, record: &Arc<Record>) {
        let id = record.id;
        let old = self.docs.insert(id, Arc::clone(record));
        for property in &self.looked_up {
            let before = old.as_ref().and_then(|doc| doc.value(property));
            let after = record.value(property);
            if before == after {
                continue;
            }
            let values = self.by_value.entry(Arc::clone(property)).or_default();
            if let Some(ids) = before.and_then(|value| values.get_mut(&key(value))) {
                ids.retain(|held| *held != id);
            }
            if let Some(value) = after {
                values.entry(key(value)).or_default().push(id);
            }
        }
    }

    pub(crate) fn doc(&self, id: u64) -> Option<&Arc<Record>> {
        self.docs.get(&id)
    }

    pub(crate) fn docs(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.docs.values()
    }

    pub(crate) fn docs_after(&self, id: u64) -> impl Iterator<Item = &Arc<Record>> {
        self.docs.range(id.saturating_add(1)..).map(|(_, doc)| doc)
    }

    /// Records that hold a value, whatever its case.
    pub(crate) fn holding(&self, property: &str, value: &str) -> &[u64] {
        let ids = self.by_value.get(property).and_then(|values| values.get(&key(value)));
        ids.map_or(&[], Vec::as_slice)
    }
}

fn key(value: &str) -> Box<str> {
    value.to_lowercase().into_boxed_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: u64, phone: &str) -> Arc<Record> {
        Arc::new(Record::new(id, [(Arc::from("phone"), Arc::from(phone))].into(), 0))
    }

    #[test]
    fn writes_show_after_the_delay_and_updates_lag_too() {
        let mut index = SearchIndex::default();
        index.look_up_by(&Arc::from("phone"));
        index.write(record(1, "A"), 100, 97);
        assert!(index.holding("phone", "a").is_empty());
        index.write(record(1, "B"), 103, 100);
        assert_eq!(index.holding("phone", "A"), [1]);
        assert!(index.holding("phone", "b").is_empty());
        index.catch_up(103);
        assert!(index.holding("phone", "a").is_empty());
        assert_eq!(index.holding("phone", "b"), [1]);
    }
}
