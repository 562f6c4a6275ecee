//! The list of what was given up, by reason and stage, and sending again all of a reason.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{DeadLetterId, event::StageName, ledger::Reason};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use store::dead_letters::{Filter, Letter, Page, counts};

use super::{
    conversations::path_of,
    moment,
    notice::{Notice, Shown},
    pager, words,
};
use crate::{
    app::App,
    browser::{
        SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    page::Limit,
    routes::{
        dead_letters::listed,
        replays::{ReplayedSome, replay_reason},
    },
};

pub(super) const PATH: &str = "/console/dead-letters";

/// Letters that one click sends again. More would keep its page waiting; the page that answers offers to go on.
const AT_ONCE: u32 = 200;

/// What somebody chose. What is not understood is not chosen: the lists are closed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    stage: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cursor: String,
}

impl Chosen {
    fn filter(&self) -> Filter {
        Filter { reason: self.reason.parse().ok(), stage: self.stage.parse().ok(), conversation: None }
    }
}

/// `GET /console/dead-letters`
pub(super) async fn page(
    by: SignedIn,
    shown: Result<Query<Shown>, QueryRejection>,
    chosen: Result<Query<Chosen>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let cursor: Option<DeadLetterId> = chosen.cursor.parse().ok();
    let found = listed(&app, by.account(), &chosen.filter(), cursor, Limit::default()).await?;
    let reasons = match &found {
        Some((connection, _)) => counts(app.db(), Some(connection.id)).await?,
        None => Vec::new(),
    };
    let body = html! {
        h1 { "Dead letters" }
        (Notice::of(shown).map(Notice::render).unwrap_or_default())
        p { "Conversations that were given up. What is in them is kept sealed, until it is sent again or dropped." }
        @match &found {
            None => p.note.warn { "No HubSpot account is connected. " a href="/console/connection" { "Connect HubSpot" } },
            Some(_) if reasons.is_empty() => p.note { "There are none." },
            Some((_, page)) => {
                (by_reason(&by, &reasons))
                h2 { "One by one" }
                (filters(&chosen))
                (list(&chosen, page))
            },
        }
    };
    Ok(page::console(&app, &by, Section::DeadLetters, "Dead letters", &body))
}

fn by_reason(by: &SignedIn, reasons: &[(Reason, u64)]) -> Markup {
    html! {
        h2 { "By reason" }
        div.wide { table {
            thead { tr { th scope="col" { "Reason" } th.figure scope="col" { "How many" } th scope="col" { "" } } }
            tbody { @for (reason, n) in reasons { tr {
                th scope="row" { a href={(PATH) "?reason=" (reason.as_str())} { (words::reason(*reason)) } div.quiet { (words::remedy(*reason)) } }
                td.figure { (n) }
                td { (all(by, *reason, *n)) }
            } } }
        } }
    }
}

/// The button that sends again all of a reason, or as many as go at once.
fn all(by: &SignedIn, reason: Reason, n: u64) -> Markup {
    html! { form.inline method="post" action={(PATH) "/replay"} {
        (by.form_token)
        input type="hidden" name="reason" value=(reason.as_str());
        button type="submit" {
            @if n > u64::from(AT_ONCE) { "Replay the newest " (AT_ONCE) } @else if n == 1 { "Replay it" } @else { "Replay all " (n) }
        }
    } }
}

fn filters(chosen: &Chosen) -> Markup {
    html! { form.filters method="get" action=(PATH) data-live {
        label { "Reason" select name="reason" {
            option value="" { "all" }
            @for reason in Reason::ALL { option value=(reason.as_str()) selected[reason.as_str() == chosen.reason] { (words::reason(*reason)) } }
        } }
        label { "Given up at" select name="stage" {
            option value="" { "at any step" }
            @for stage in StageName::ALL { option value=(stage.as_str()) selected[stage.as_str() == chosen.stage] { (words::stage(*stage)) } }
        } }
        button type="submit" { "Show" }
    } }
}

fn list(chosen: &Chosen, page: &Page) -> Markup {
    let first = (!chosen.cursor.is_empty()).then(|| pager::address(PATH, &Chosen { cursor: String::new(), ..chosen.clone() }));
    let next = page.next.map(|next| pager::address(PATH, &Chosen { cursor: next.to_string(), ..chosen.clone() }));
    html! {
        @if page.letters.is_empty() { p { "There are none like this." } } @else {
            div.wide tabindex="0" { table.list {
                thead { tr { th scope="col" { "Given up" } th scope="col" { "Conversation" } th scope="col" { "Reason" } th scope="col" { "At which step" } th.figure scope="col" { "Failures" } th scope="col" { "" } } }
                tbody { @for letter in &page.letters { (row(letter)) } }
            } }
        }
        (pager::links(first.as_deref(), next.as_deref()))
    }
}

fn row(Letter { id, letter, buried_at, replayed_at: _ }: &Letter) -> Markup {
    html! { tr {
        td { (moment(*buried_at)) }
        th.mono scope="row" { a href=(path_of(&letter.conversation)) { (letter.conversation) } }
        td { (words::reason(letter.reason)) @if let Some(detail) = &letter.detail { div.quiet { (detail) } } }
        td { (words::stage(letter.stage)) }
        td.figure { (letter.attempts) }
        td { a href={(PATH) "/" (id)} aria-label={"Open the dead letter of " (letter.conversation)} { "Open" } }
    } }
}

/// Which reason.
#[derive(Deserialize)]
pub(super) struct OfReason {
    reason: Reason,
}

/// `POST /console/dead-letters/replay`. Answers with a page of its own, since it has a number to tell.
pub(super) async fn replay_all(
    State(app): State<App>,
    Submitted { by, form: OfReason { reason } }: Submitted<OfReason>,
) -> Result<Response, PageError> {
    let ReplayedSome { sent, left, trouble } = replay_reason(&app, by.account(), reason, AT_ONCE).await?;
    let body = html! {
        h1 { "Dead letters" }
        p.note role="status" { (sent) @if sent == 1 { " conversation is" } @else { " conversations are" } " on the way again. Given up for: " (words::reason(reason)) "." }
        @if let Some(problem) = &trouble {
            p.alert role="alert" { strong { "It ended before its time. " } (problem.detail()) " What did not go stays here." }
        }
        @if left > 0 { p { (left) " are left. " (all(&by, reason, left)) } }
        p { a href=(PATH) { "All dead letters" } }
    };
    let status = if trouble.is_some() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    Ok((status, page::console(&app, &by, Section::DeadLetters, "Dead letters", &body)).into_response())
}
