//! Who calls again and again without being in HubSpot, as far as that can be told without knowing anybody.

use axum::{extract::State, response::Response};
use maud::{Markup, html};
use store::{
    connections,
    ledger::{self, SKIPPED_SEEN_MAX, SkippedCaller, SkippedCallers},
};

use super::{conversations::path_of, moment, words};
use crate::{
    app::App,
    browser::{
        SignedIn,
        page::{self, PageError, Section},
    },
};

/// Callers of the list.
const SHOWN: u32 = 100;

/// `GET /console/conversations/skipped`
pub(super) async fn page(by: SignedIn, State(app): State<App>) -> Result<Response, PageError> {
    let connection = connections::of_account(app.db(), by.account()).await?;
    let found = match connection {
        Some(connection) => Some(ledger::skipped_callers(app.db(), connection.id, SHOWN).await?),
        None => None,
    };
    let body = html! {
        h1 { "Callers that HubSpot does not know" }
        p { "How many conversations of one caller were skipped. A caller is told by a keyed hash of the number or address, which cannot be turned back;
            neither rests here." }
        @match found {
            Some(SkippedCallers { seen: 0, .. }) | None => p { "No conversation was skipped." },
            Some(found) => (list(&found)),
        }
        p { a href="/console/conversations?outcome=skipped_no_match" { "All skipped conversations" } }
    };
    Ok(page::console(&app, &by, Section::Conversations, "Callers that HubSpot does not know", &body))
}

fn list(SkippedCallers { callers, seen }: &SkippedCallers) -> Markup {
    html! {
        @if *seen >= u64::from(SKIPPED_SEEN_MAX) { p.note.warn { "Counted are the newest " (seen) " skipped conversations; there are more." } }
        div.wide { table {
            thead { tr { th scope="col" { "Caller" } th.figure scope="col" { "Conversations" } th scope="col" { "Newest" } th scope="col" { "Ended" } } }
            tbody { @for SkippedCaller { key, count, newest_at, newest } in callers { tr {
                th scope="row" { @match key { Some(key) => span.mono { (words::caller(key)) }, None => "came without number and address" } }
                td.figure { (count) }
                td.mono { a href=(path_of(newest)) { (newest) } }
                td { (moment(*newest_at)) }
            } } }
        } }
        @if callers.len() >= SHOWN as usize { p.quiet { "The " (SHOWN) " callers with the most are shown." } }
    }
}
