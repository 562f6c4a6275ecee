//! `/_sim/portals/{portal}`: an account's contacts.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::layout;
use crate::crm::record::Record;
use crate::crm::type_id::TypeId;
use crate::world::World;

const PAGE: usize = 50;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    page: usize,
}

pub(crate) async fn page(
    State(world): State<Arc<World>>,
    Path(portal): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, StatusCode> {
    let cell = world.portal(portal).ok_or(StatusCode::NOT_FOUND)?;
    let state = cell.state.lock();
    let store = state.stores.get(&TypeId::CONTACT).ok_or(StatusCode::NOT_FOUND)?;
    let live = || store.records.values().rev().filter(|record| record.archived_ms.is_none());
    let total = live().count();
    let shown: Vec<_> = live().skip(wanted.page.saturating_mul(PAGE)).take(PAGE).collect();
    let link = |page: usize| format!("/_sim/portals/{portal}?page={page}");
    let body = html! {
        (layout::crumbs(&[("Accounts", "/_sim/".to_owned())]))
        h1 { (cell.options.name) }
        p.muted { "Account " (portal) " · " (total) " contacts, newest first" }
        @if shown.is_empty() { p { "No contacts here." } } @else {
            ul.rows {
                @for record in &shown {
                    li {
                        a href=(format!("/_sim/portals/{portal}/contacts/{}", record.id)) { (name(record)) }
                        @for property in ["phone", "mobilephone", "email"] {
                            @if let Some(value) = record.value(property) { span.muted { (value) } }
                        }
                    }
                }
            }
        }
        div.pager {
            @if wanted.page > 0 { a href=(link(wanted.page - 1)) { "Newer" } }
            @if (wanted.page + 1).saturating_mul(PAGE) < total { a href=(link(wanted.page + 1)) { "Older" } }
        }
    };
    Ok(layout::page(&cell.options.name, &body))
}

/// What a contact is called, whatever of it is known.
pub(crate) fn name(record: &Record) -> String {
    let parts = ["firstname", "lastname"].iter().filter_map(|property| record.value(property));
    let full = parts.collect::<Vec<_>>().join(" ");
    if !full.is_empty() {
        return full;
    }
    let other =
        ["email", "phone", "mobilephone", "name", "dealname", "subject"].iter().find_map(|property| record.value(property));
    other.map_or_else(|| format!("Record {}", record.id), str::to_owned)
}
