//! The search endpoint's request and its execution.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::associations::Node;
use super::matcher::{Filter, Kind, Operator, compare, tokens};
use super::portal_state::PortalState;
use super::record::Record;
use super::store::TypeStore;
use super::type_id::TypeId;
use super::write::id_of;
use crate::error::ApiError;
use crate::random::mix;

/// Limits of the search guide.
const MAX_GROUPS: usize = 5;
const MAX_FILTERS: usize = 6;
const MAX_FILTERS_IN_ALL: usize = 18;
const MAX_SORTS: usize = 1;
const MAX_LIMIT: usize = 200;
const MAX_RESULTS: usize = 10_000;
/// Characters of a request body.
pub(crate) const MAX_BODY_CHARS: usize = 3_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SearchRequest {
    filter_groups: Vec<RawGroup>,
    query: Option<String>,
    sorts: Vec<RawSort>,
    pub(crate) properties: Vec<String>,
    limit: Option<usize>,
    after: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RawGroup {
    filters: Vec<RawFilter>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawFilter {
    property_name: String,
    operator: String,
    value: Option<Value>,
    high_value: Option<Value>,
    values: Option<Vec<Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawSort {
    property_name: String,
    #[serde(default)]
    direction: Option<String>,
}

/// One page of what was found.
pub(crate) struct Found {
    pub(crate) total: usize,
    pub(crate) records: Vec<Arc<Record>>,
    pub(crate) after: Option<usize>,
}

/// One condition of a group.
enum Condition {
    Property(Filter),
    /// The pseudo-property `associations.contact`.
    Linked(Vec<Node>),
}

type Group = Vec<Condition>;

/// Searches what the index shows at `now_ms`.
pub(crate) fn run(
    state: &mut PortalState,
    object: TypeId,
    request: &SearchRequest,
    shuffle: Option<u64>,
    now_ms: i64,
) -> Result<Found, ApiError> {
    let (limit, offset) = page(request)?;
    let groups = groups(state, object, request)?;
    let sort = sort(state.store(object)?, request)?;
    let until_ms = state.visible_until(now_ms);
    state.store_mut(object)?.index.catch_up(until_ms);
    let state = &*state;
    let store = state.store(object)?;
    let query = request.query.as_deref().map(str::to_lowercase).unwrap_or_default();
    let seen = |doc: &Record| store.live(doc.id).is_some() && (query.is_empty() || asked_for(store, doc, &query));
    let mut found: Vec<&Arc<Record>> = if groups.is_empty() {
        store.index.docs().filter(|doc| seen(doc)).collect()
    } else {
        let ids: BTreeSet<u64> = groups.iter().flat_map(|group| matching(state, store, group, until_ms)).collect();
        ids.iter().filter_map(|id| store.index.doc(*id)).filter(|doc| seen(doc)).collect()
    };
    let total = found.len();
    order(&mut found, sort.as_ref(), shuffle);
    let records: Vec<Arc<Record>> = found.into_iter().skip(offset).take(limit).cloned().collect();
    let next = offset + records.len();
    Ok(Found { total, records, after: (next < total).then_some(next) })
}

fn page(request: &SearchRequest) -> Result<(usize, usize), ApiError> {
    let limit = request.limit.unwrap_or(10);
    if limit == 0 || limit > MAX_LIMIT {
        return Err(ApiError::validation(format!("The limit must be between 1 and {MAX_LIMIT}.")));
    }
    let offset = match &request.after {
        None | Some(Value::Null) => 0,
        Some(Value::String(text)) if text.is_empty() => 0,
        Some(after) => id_of(after)
            .and_then(|after| usize::try_from(after).ok())
            .ok_or_else(|| ApiError::validation("The paging cursor 'after' is not a number."))?,
    };
    if offset + limit > MAX_RESULTS {
        return Err(ApiError::validation(format!("Search results are limited to the first {MAX_RESULTS}.")));
    }
    Ok((limit, offset))
}

fn groups(state: &PortalState, object: TypeId, request: &SearchRequest) -> Result<Vec<Group>, ApiError> {
    let in_all: usize = request.filter_groups.iter().map(|group| group.filters.len()).sum();
    let too_many = request.filter_groups.len() > MAX_GROUPS || in_all > MAX_FILTERS_IN_ALL;
    if too_many || request.filter_groups.iter().any(|group| group.filters.len() > MAX_FILTERS) {
        return Err(ApiError::validation(format!(
            "Too many filters: at most {MAX_GROUPS} groups, {MAX_FILTERS} filters each, {MAX_FILTERS_IN_ALL} in all."
        )));
    }
    let filled = request.filter_groups.iter().filter(|group| !group.filters.is_empty());
    filled.map(|group| group.filters.iter().map(|raw| condition(state, object, raw)).collect()).collect()
}

fn condition(state: &PortalState, object: TypeId, raw: &RawFilter) -> Result<Condition, ApiError> {
    let problem =
        |text: &str| ApiError::validation(format!("There was a problem with the request: {text} ({})", raw.property_name));
    let operator = Operator::parse(&raw.operator).ok_or_else(|| problem("unknown operator"))?;
    let values = raw.values.as_ref().map(|values| values.iter().filter_map(text).collect::<Vec<_>>());
    if operator.needs_values() && values.as_ref().is_none_or(Vec::is_empty) {
        return Err(problem("the operator needs values"));
    }
    let value = raw.value.as_ref().and_then(text);
    if operator.needs_value() && value.is_none() {
        return Err(problem("the operator needs a value"));
    }
    let high = raw.high_value.as_ref().and_then(text);
    if operator == Operator::Between && high.is_none() {
        return Err(problem("the operator needs a highValue"));
    }
    let (value, values) = (value.unwrap_or_default(), values.unwrap_or_default());
    if let Some(target) = raw.property_name.strip_prefix("associations.") {
        let target = state.type_named(target).ok().filter(|target| !target.is_custom() && !object.is_custom());
        let target = target.ok_or_else(|| problem("this association cannot be searched"))?;
        let ids = if operator.needs_values() { values } else { vec![value] };
        let known = matches!(operator, Operator::Eq | Operator::In);
        let nodes = ids.iter().filter_map(|id| Some((target, id.parse().ok()?))).collect();
        return if known { Ok(Condition::Linked(nodes)) } else { Err(problem("the operator does not suit an association")) };
    }
    let property = state.store(object)?.property(&raw.property_name).filter(|_| raw.property_name != "hs_body_preview_html");
    let property = property.ok_or_else(|| problem("the property does not exist or cannot be searched"))?;
    let (property, kind) = (property.name.to_string(), Kind::of(&property.kind));
    Ok(Condition::Property(Filter { property, kind, operator, value, high: high.unwrap_or_default(), values }))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Ids of the documents that satisfy every condition of a group.
fn matching(state: &PortalState, store: &TypeStore, group: &Group, until_ms: i64) -> Vec<u64> {
    let satisfied = |doc: &&Arc<Record>| group.iter().all(|condition| satisfies(state, store, condition, doc, until_ms));
    match candidates(state, store, group) {
        Some(ids) => ids.into_iter().filter_map(|id| store.index.doc(id)).filter(satisfied).map(|doc| doc.id).collect(),
        None => match after_id(group) {
            Some(id) => store.index.docs_after(id).filter(satisfied).map(|doc| doc.id).collect(),
            None => store.index.docs().filter(satisfied).map(|doc| doc.id).collect(),
        },
    }
}

fn satisfies(state: &PortalState, store: &TypeStore, condition: &Condition, doc: &Record, until_ms: i64) -> bool {
    match condition {
        Condition::Property(filter) => filter.matches(doc.value(&filter.property)),
        Condition::Linked(nodes) => nodes.iter().any(|node| {
            let mut links = state.associations.of_type((store.type_id(), doc.id), node.0);
            links.any(|(linked, edge)| linked == *node && edge.since_ms <= until_ms)
        }),
    }
}

/// The few records a group can match at all, when one of its conditions has a lookup.
fn candidates(state: &PortalState, store: &TypeStore, group: &Group) -> Option<Vec<u64>> {
    group.iter().find_map(|condition| match condition {
        Condition::Linked(nodes) => {
            let linked = nodes.iter().flat_map(|node| state.associations.of_type(*node, store.type_id()));
            Some(linked.map(|(node, _)| node.1).collect())
        }
        Condition::Property(filter) => {
            let wanted = match filter.operator {
                Operator::Eq => std::slice::from_ref(&filter.value),
                Operator::In => filter.values.as_slice(),
                _ => return None,
            };
            if filter.property == "hs_object_id" {
                return Some(wanted.iter().filter_map(|id| id.parse().ok()).collect());
            }
            let known = store.index.has_lookup(&filter.property);
            known.then(|| wanted.iter().flat_map(|value| store.index.holding(&filter.property, value)).copied().collect())
        }
    })
}

/// `hs_object_id GT last`, the way past 10,000 results.
fn after_id(group: &Group) -> Option<u64> {
    group.iter().find_map(|condition| match condition {
        Condition::Property(filter) if filter.property == "hs_object_id" && filter.operator == Operator::Gt => {
            filter.value.parse().ok()
        }
        _ => None,
    })
}

/// Whether every word of a `query` begins a word of the default fields.
fn asked_for(store: &TypeStore, doc: &Record, query: &str) -> bool {
    let fields: Vec<String> = store.kind.searched.iter().filter_map(|name| doc.value(name)).map(str::to_lowercase).collect();
    let in_fields = |word: &str| {
        fields
            .iter()
            .any(|field| field == word || tokens(field).any(|token| token.starts_with(word)) || phone_ends_with(field, word))
    };
    tokens(query).all(in_fields) || fields.iter().any(|field| field == query)
}

/// Numbers are found by area code and local number [search guide].
fn phone_ends_with(field: &str, word: &str) -> bool {
    let digits: String = field.chars().filter(char::is_ascii_digit).collect();
    word.len() >= 7 && word.chars().all(|c| c.is_ascii_digit()) && digits.ends_with(word)
}

struct Sort {
    property: String,
    kind: Kind,
    descending: bool,
}

fn sort(store: &TypeStore, request: &SearchRequest) -> Result<Option<Sort>, ApiError> {
    if request.sorts.len() > MAX_SORTS {
        return Err(ApiError::validation("Only one sort is allowed."));
    }
    let Some(raw) = request.sorts.first() else { return Ok(None) };
    let unknown = || ApiError::validation(format!("There was a problem with the request: cannot sort by {}", raw.property_name));
    let property = store.property(&raw.property_name).ok_or_else(unknown)?;
    let descending = match raw.direction.as_deref() {
        None | Some("ASCENDING") => false,
        Some("DESCENDING") => true,
        Some(_) => return Err(ApiError::validation("The direction of a sort is ASCENDING or DESCENDING.")),
    };
    Ok(Some(Sort { property: property.name.to_string(), kind: Kind::of(&property.kind), descending }))
}

/// Sorted, absent values last; unsorted results come in an order of their own, the same on every page.
fn order(found: &mut [&Arc<Record>], sort: Option<&Sort>, shuffle: Option<u64>) {
    let tie = |record: &Record| shuffle.map_or(record.id, |seed| mix(seed, record.id));
    match sort {
        None => found.sort_by_cached_key(|record| tie(record)),
        Some(sort) => found.sort_by(|left, right| {
            let by_value = match (left.value(&sort.property), right.value(&sort.property)) {
                (Some(one), Some(two)) => {
                    let order = compare(sort.kind, one, two).unwrap_or(Ordering::Equal);
                    if sort.descending { order.reverse() } else { order }
                }
                (one, two) => two.is_some().cmp(&one.is_some()),
            };
            by_value.then_with(|| tie(left).cmp(&tie(right)))
        }),
    }
}
