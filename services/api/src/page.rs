//! Cursor paging, the same for every list.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Some entries of a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page<T> {
    /// The entries.
    pub(crate) items: Vec<T>,
    /// Pass it as `cursor` to go on; `null` on the last page.
    #[schema(required)]
    pub(crate) next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// A page of `limit` from one entry more than that, which shows whether the list goes on.
    pub(crate) fn of<R>(mut rows: Vec<R>, limit: Limit, cursor: impl Fn(&R) -> String, show: impl Fn(R) -> T) -> Self {
        let more = rows.len() > limit.get();
        rows.truncate(limit.get());
        let next_cursor = rows.last().filter(|_| more).map(cursor);
        Self { items: rows.into_iter().map(show).collect(), next_cursor }
    }
}

/// How many entries a page has: 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Limit(u8);

impl Limit {
    const MAX: u8 = 100;

    pub(crate) fn get(self) -> usize {
        usize::from(self.0)
    }

    pub(crate) fn count(self) -> u32 {
        u32::from(self.0)
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<String> for Limit {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let limit = text.parse().ok().filter(|limit| (1..=Self::MAX).contains(limit));
        limit.map(Self).ok_or("must be a whole number from 1 to 100")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_full_goes_on_only_if_there_is_more() {
        let page = |count: u32| Page::of((0..count).collect(), Limit(2), ToString::to_string, |n| n);
        assert_eq!((page(1).items, page(1).next_cursor), (vec![0], None));
        assert_eq!((page(2).items, page(2).next_cursor), (vec![0, 1], None));
        assert_eq!((page(3).items, page(3).next_cursor), (vec![0, 1], Some("1".to_owned())));
    }

    #[test]
    fn a_limit_is_within_its_bounds() {
        for bad in ["0", "101", "-1", "", "x", "1.5", "256"] {
            assert!(Limit::try_from(bad.to_owned()).is_err(), "{bad}");
        }
        assert_eq!(Limit::try_from("100".to_owned()), Ok(Limit(100)));
    }
}
