//! The console: pages over the same logic as the API's operations.

mod connection;
pub(crate) mod notice;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};

use maud::{Markup, html};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

use crate::app::App;

/// Every page and every form of the console.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/", get(async || Redirect::to("/console")))
        .route("/console", get(async || Redirect::to("/console/connection")))
        .route("/console/connection", get(connection::page))
        .route("/console/connection/connect", post(connection::connect))
        .route("/console/connection/probe", post(connection::probe))
        .route("/console/connection/disconnect", post(connection::disconnect))
}

/// A time for people, in UTC; machines and scripts read the attribute.
fn moment(at: OffsetDateTime) -> Markup {
    let at = at.to_offset(time::UtcOffset::UTC);
    let shown = at.format(format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC")).unwrap_or_default();
    html! { time datetime=(at.format(&Rfc3339).unwrap_or_default()) { (shown) } }
}
