//! The console: pages over the same logic as the API's operations.

mod api_keys;
mod body;
mod chart;
mod connection;
mod conversation;
mod conversations;
mod dead_letter;
mod dead_letters;
mod faults;
mod logging;
mod logging_form;
pub(crate) mod notice;
mod overview;
mod pager;
mod preview;
mod previewed;
mod skipped;
mod words;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post},
};
use maud::{Markup, html};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};

use crate::app::App;

/// A page of the console, or a form of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path; `{id}` stands for one thing's id.
    pub path: &'static str,
}

macro_rules! routes {
    ($($method:ident $path:literal => $handler:path;)+) => {
        /// Every page and every form. What is to hold for all of them is tested over this list.
        pub const ROUTES: &[Route] = &[$(Route { method: stringify!($method), path: $path }),+];

        /// All of them. The bare host leads to the first.
        pub(crate) fn router() -> Router<App> {
            Router::new().route("/", get(async || Redirect::to("/console")))$(.route($path, $method($handler)))+
        }
    };
}

routes! {
    get "/console" => overview::page;
    get "/console/connection" => connection::page;
    post "/console/connection/connect" => connection::connect;
    post "/console/connection/probe" => connection::probe;
    post "/console/connection/disconnect" => connection::disconnect;
    get "/console/conversations" => conversations::page;
    get "/console/conversations.csv" => conversations::file;
    get "/console/conversations/skipped" => skipped::page;
    get "/console/conversations/{id}" => conversation::page;
    post "/console/conversations/{id}/replay" => conversation::replay;
    get "/console/dead-letters" => dead_letters::page;
    post "/console/dead-letters/replay" => dead_letters::replay_all;
    get "/console/dead-letters/{id}" => dead_letter::page;
    post "/console/dead-letters/{id}/replay" => dead_letter::replay;
    post "/console/dead-letters/{id}/drop" => dead_letter::forget;
    get "/console/logging" => logging::page;
    post "/console/logging" => logging::save;
    post "/console/logging/try" => logging::try_out;
    get "/console/logging/preview" => preview::page;
    post "/console/logging/preview" => preview::show;
    get "/console/api-keys" => api_keys::page;
    post "/console/api-keys" => api_keys::make;
    post "/console/api-keys/{id}/revoke" => api_keys::revoke;
}

/// A time for people, in UTC; machines and scripts read the attribute.
fn moment(at: OffsetDateTime) -> Markup {
    let at = at.to_offset(time::UtcOffset::UTC);
    let shown = at.format(format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC")).unwrap_or_default();
    html! { time datetime=(at.format(&Rfc3339).unwrap_or_default()) { (shown) } }
}

/// The same, or nothing to tell.
fn moment_or_none(at: Option<OffsetDateTime>) -> Markup {
    html! { @match at { Some(at) => (moment(at)), None => span.quiet { "–" } } }
}
