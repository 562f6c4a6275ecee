//! `/_sim/`: the portals there are.

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};

use super::layout;
use crate::crm::type_id::TypeId;
use crate::world::World;
use crate::world::portal_cell::PortalCell;

pub(crate) async fn page(State(world): State<Arc<World>>) -> Markup {
    let portals = world.all_portals();
    let body = html! {
        h1 { "Accounts" }
        @if portals.is_empty() {
            p { "There are none yet. Make one with " code { "POST /_sim/portals" } "." }
        } @else {
            ul.rows { @for cell in &portals { (row(cell)) } }
        }
        p.muted { "API base: " code { (world.url()) } }
    };
    layout::page("Accounts", &body)
}

fn row(cell: &PortalCell) -> Markup {
    let state = cell.state.lock();
    let count = |id: TypeId| state.stores.get(&id).map_or(0, |store| store.records.len());
    html! {
        li {
            a href=(format!("/_sim/portals/{}", cell.id)) { (cell.options.name) }
            span.muted { (cell.id) }
            span.muted { (count(TypeId::CONTACT)) " contacts" }
            span.muted { (count(TypeId::CALL)) " calls" }
            span.muted { (count(TypeId::NOTE)) " notes" }
        }
    }
}
