//! A search and its limits (search guide): at most 5 groups, 6 filters in each, 18 in all, 3,000 characters of body, 200
//! results a page and 10,000 in all.

use serde::Serialize;

/// Longest body of a search in characters; a longer one is a 400.
pub const BODY_MAX: usize = 3_000;
/// Most filter groups; any of them has to hold.
pub const GROUPS_MAX: usize = 5;
/// Most filters of a group; all of them have to hold.
pub const FILTERS_MAX: usize = 6;
/// Most results of a page.
pub const PAGE_MAX: u16 = 200;

/// What is looked for: records for which all filters of any group hold.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Search {
    /// The groups.
    pub filter_groups: Vec<Group>,
    /// One at most.
    pub sorts: Vec<Sort>,
    /// The properties to return.
    pub properties: Vec<String>,
    /// Results of a page.
    pub limit: u16,
    /// An offset; `0` for the first page.
    pub after: String,
}

impl std::fmt::Debug for Search {
    // Filters hold phone numbers and addresses.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Search({} groups, from {})", self.filter_groups.len(), self.after)
    }
}

/// Filters that have to hold together.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The filters.
    pub filters: Vec<Filter>,
}

/// One condition on one property.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// The property's internal name.
    pub property_name: String,
    /// `EQ`, `IN`, `CONTAINS_TOKEN`, ...
    pub operator: &'static str,
    /// For operators of one value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The upper end of `BETWEEN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_value: Option<String>,
    /// For `IN` and `NOT_IN`. Texts have to be lower case there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// The order of results.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sort {
    /// The property's internal name.
    pub property_name: String,
    /// `ASCENDING` or `DESCENDING`.
    pub direction: &'static str,
}

impl Filter {
    /// Any of the values. Lowers them, as the guide demands.
    pub fn any_of(property: &str, values: impl IntoIterator<Item = String>) -> Self {
        let values = values.into_iter().map(|value| value.to_lowercase()).collect();
        Self { property_name: property.to_owned(), operator: "IN", value: None, high_value: None, values: Some(values) }
    }

    /// An operator of one value.
    pub fn one(property: &str, operator: &'static str, value: String) -> Self {
        Self { property_name: property.to_owned(), operator, value: Some(value), high_value: None, values: None }
    }
}

impl From<Filter> for Group {
    fn from(filter: Filter) -> Self {
        Self { filters: vec![filter] }
    }
}

impl Search {
    /// The first page of what any of the groups finds, by ascending id: without a stated order, pages may overlap.
    pub fn any(groups: Vec<Group>, properties: &[&str]) -> Self {
        Self {
            filter_groups: groups,
            sorts: vec![Sort { property_name: "hs_object_id".to_owned(), direction: "ASCENDING" }],
            properties: properties.iter().map(|name| (*name).to_owned()).collect(),
            limit: PAGE_MAX,
            after: "0".to_owned(),
        }
    }

    /// The length of the body in characters.
    pub fn chars(&self) -> usize {
        serde_json::to_string(self).map_or(usize::MAX, |body| body.chars().count())
    }
}
