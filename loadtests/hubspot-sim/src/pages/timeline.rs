//! A contact's page: what is known of it, and its calls, notes and messages, newest first.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use maud::{Markup, PreEscaped, html};

use super::contacts::name;
use super::layout;
use crate::crm::derive::body_property;
use crate::crm::html::sanitize;
use crate::crm::portal_state::PortalState;
use crate::crm::property::Choices;
use crate::crm::record::Record;
use crate::crm::store::TypeStore;
use crate::crm::type_id::TypeId;
use crate::world::World;

/// Newest activities shown.
const SHOWN: usize = 200;

/// `/_sim/portals/{portal}/contacts/{id}`, and `/contacts/{portal}/contact/{id}` as old links have it.
pub(crate) async fn page(State(world): State<Arc<World>>, Path((portal, id)): Path<(i64, u64)>) -> Result<Markup, StatusCode> {
    record(&world, portal, "0-1", id)
}

/// `/contacts/{portal}/record/{type}/{id}`, as in HubSpot's own addresses.
pub(crate) async fn record_page(
    State(world): State<Arc<World>>,
    Path((portal, object, id)): Path<(i64, String, u64)>,
) -> Result<Markup, StatusCode> {
    record(&world, portal, &object, id)
}

fn record(world: &World, portal: i64, object: &str, id: u64) -> Result<Markup, StatusCode> {
    let cell = world.portal(portal).ok_or(StatusCode::NOT_FOUND)?;
    let state = cell.state.lock();
    let object = state.type_named(object).map_err(|_| StatusCode::NOT_FOUND)?;
    let store = state.store(object).map_err(|_| StatusCode::NOT_FOUND)?;
    // An old id of a merged record leads to what it became.
    let id = store.merged.get(&id).copied().unwrap_or(id);
    let record = store.records.get(&id).ok_or(StatusCode::NOT_FOUND)?;
    let title = name(record);
    let crumbs = [("Accounts", "/_sim/".to_owned()), (cell.options.name.as_str(), format!("/_sim/portals/{portal}"))];
    let body = html! {
        (layout::crumbs(&crumbs))
        h1 { (title) }
        @if record.archived_ms.is_some() { p { span.tag { "Archived" } } }
        section.card aria-label="About" { (facts(&state, store, record)) }
        @if TypeId::TIMELINE.contains(&object) {
            (activity(&state, store, record))
        } @else {
            h2 { "Activity" }
            (timeline(&state, object, id))
        }
    };
    Ok(layout::page(&title, &body))
}

/// Values worth a look: visible ones that are set.
fn facts(state: &PortalState, store: &TypeStore, record: &Record) -> Markup {
    let body = body_property(store.type_id());
    let worth = |name: &str| store.property(name).filter(|property| !property.hidden && Some(name) != body);
    html! {
        dl {
            dt { "Record ID" } dd { (record.id) }
            @for (name, value) in record.values.iter().filter(|(name, _)| &***name != "hs_object_id") {
                @if let Some(property) = worth(name) {
                    dt { (property.label) } dd { (shown(state, store, name, value)) }
                }
            }
        }
    }
}

/// An option's label, an owner's name, or the value itself.
fn shown(state: &PortalState, store: &TypeStore, name: &str, value: &str) -> String {
    let Some(property) = store.property(name) else { return value.to_owned() };
    if property.source == Choices::Owners {
        let owner = state.owners.iter().find(|owner| owner.id.to_string() == value);
        return owner.map_or_else(|| value.to_owned(), super::super::crm::portal_state::Owner::full_name);
    }
    let choices = state.choices(store.type_id(), property);
    choices.iter().find(|choice| choice.value == value).map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

fn timeline(state: &PortalState, object: TypeId, id: u64) -> Markup {
    let stores = TypeId::TIMELINE.iter().filter_map(|kind| state.stores.get(kind));
    let linked = |store: &TypeStore| -> Vec<u64> {
        state.associations.of_type((object, id), store.type_id()).map(|(node, _)| node.1).collect()
    };
    let mut all: Vec<(&TypeStore, &Record)> = stores
        .flat_map(|store| linked(store).into_iter().filter_map(move |id| Some((store, store.live(id)?.as_ref()))))
        .collect();
    all.sort_by(|(_, left), (_, right)| right.value("hs_timestamp").cmp(&left.value("hs_timestamp")));
    html! {
        @if all.is_empty() { p.muted { "Nothing has been logged here yet." } }
        @for (store, record) in all.iter().take(SHOWN) { (activity(state, store, record)) }
        @if all.len() > SHOWN { p.muted { "… and " (all.len() - SHOWN) " older ones." } }
    }
}

fn activity(state: &PortalState, store: &TypeStore, record: &Record) -> Markup {
    let title = record.value("hs_call_title").unwrap_or(match store.type_id() {
        TypeId::CALL => "Call",
        TypeId::NOTE => "Note",
        _ => "Message",
    });
    let text = |name: &str| record.value(name).map(|value| shown(state, store, name, value));
    let details = [
        ("Direction", text("hs_call_direction")),
        ("Duration", record.value("hs_call_duration").map(duration)),
        ("From", text("hs_call_from_number")),
        ("To", text("hs_call_to_number")),
        ("Status", text("hs_call_status")),
        ("Outcome", text("hs_call_disposition")),
        ("Owner", text("hubspot_owner_id")),
        ("Channel", text("hs_communication_channel_type")),
    ];
    let body = body_property(store.type_id()).and_then(|name| record.value(name));
    let recording = record.value("hs_call_recording_url").filter(|url| url.starts_with("https://"));
    html! {
        article.card {
            h3 { span.tag { (store.kind.singular) } (title) }
            @if let Some(at) = record.value("hs_timestamp") { time.muted datetime=(at) { (at.replace('T', " ").replace(".000Z", " UTC")) } }
            dl {
                @for (label, value) in &details {
                    @if let Some(value) = value { dt { (label) } dd { (value) } }
                }
                @if let Some(url) = recording { dt { "Recording" } dd { a href=(url) rel="noopener noreferrer" { "Listen" } } }
            }
            // Sanitised when written, and again here: what is put on a page unescaped is checked where it is put.
            @if let Some(body) = body { div.body { (PreEscaped(sanitize(body))) } }
        }
    }
}

/// Milliseconds as `3 min 05 s`.
fn duration(ms: &str) -> String {
    match ms.parse::<u64>() {
        Ok(ms) if ms >= 60_000 => format!("{} min {:02} s", ms / 60_000, ms / 1000 % 60),
        Ok(ms) => format!("{} s", ms / 1000),
        Err(_) => ms.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_read_well() {
        assert_eq!(duration("185000"), "3 min 05 s");
        assert_eq!(duration("9999"), "9 s");
    }
}
