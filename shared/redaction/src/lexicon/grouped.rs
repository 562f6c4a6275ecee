//! Lists that are looked up by two words next to each other.

use super::WordId;
use super::hash::Table;

/// Values in groups, each group found by a word and the one before or after it.
#[derive(Debug)]
pub(super) struct Grouped<T> {
    /// Those of a group stand together.
    values: Vec<T>,
    /// Where each group begins and ends.
    groups: Table<(u32, u32)>,
}

/// A word with one next to it, as a number that is never zero: no word that is known has the id zero.
pub(super) fn pair(word: WordId, beside: WordId, is_after: bool) -> u64 {
    u64::from(word.0) << 32 | u64::from(beside.0) << 1 | u64::from(is_after)
}

impl<T> Grouped<T> {
    /// `found_by` names the [`pair`] of a value. Within a group the values keep their order.
    pub(super) fn new(mut values: Vec<T>, found_by: impl Fn(&T) -> u64) -> Self {
        values.sort_by_key(&found_by);
        let mut end = 0;
        let groups = values.chunk_by(|a, b| found_by(a) == found_by(b)).map(|group| {
            let start = end;
            end += u32::try_from(group.len()).unwrap_or_default();
            (found_by(&group[0]), (start, end))
        });
        let groups = Table::new(groups);
        Self { values, groups }
    }

    #[inline]
    pub(super) fn get(&self, pair: u64) -> &[T] {
        let (start, end) = self.groups.get(pair);
        self.values.get(start as usize..end as usize).unwrap_or_default()
    }
}
