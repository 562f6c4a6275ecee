//! The list of conversations: filters, pages, and where each stands.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{
    AgentId, ConversationId,
    conversation::Channel,
    ledger::{Outcome, State as Stands},
};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use store::ledger::{Cursor, Filter, Standing, Writeback};
use time::{Date, OffsetDateTime, macros::format_description};

use super::{moment, moment_or_none, pager, words};
use crate::{
    app::App,
    browser::{
        SignedIn,
        page::{self, PageError, Section},
    },
    page::Limit,
    routes::{
        conversations::listed,
        conversations_csv::{ROWS_MAX, exported},
    },
};

const PATH: &str = "/console/conversations";
const FILE: &str = "/console/conversations.csv";

/// Where one conversation is shown. An id can be anything printable; the one that is also the name of another page is written so
/// that it is not taken for it.
pub(super) fn path_of(conversation: &ConversationId) -> String {
    match conversation.as_str() {
        "skipped" => format!("{PATH}/%73kipped"),
        id => format!("{PATH}/{}", utf8_percent_encode(id, NON_ALPHANUMERIC)),
    }
}

/// What somebody chose, as the form sends it. Empty is everything.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    #[serde(skip_serializing_if = "String::is_empty")]
    outcome: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    agent: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    channel: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    to: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    cursor: String,
}

/// A field that cannot be understood, and what it has to be.
struct Unclear(&'static str, &'static str);

impl Chosen {
    fn filter(&self) -> Result<Filter, Unclear> {
        Ok(Filter {
            standing: given(&self.outcome, Unclear("Outcome", "must be one of the list"), standing)?,
            agent: given(&self.agent, Unclear("Agent", "must be an agent's id, without spaces"), |text| {
                AgentId::parse(text).ok()
            })?,
            channel: given(&self.channel, Unclear("Channel", "must be one of the list"), |text| text.parse::<Channel>().ok())?,
            from: given(&self.from, Unclear("From", "must be a day such as 2026-11-23"), |text| day(text, false))?,
            to: given(&self.to, Unclear("To", "must be a day such as 2026-11-23"), |text| day(text, true))?,
        })
    }

    fn cursor(&self) -> Result<Option<Cursor>, Unclear> {
        given(&self.cursor, Unclear("Page", "must be reached by a link of ours"), |text| text.parse().ok())
    }

    /// The same, from its first page on.
    fn first(&self) -> Self {
        Self { cursor: String::new(), ..self.clone() }
    }

    fn is_all(&self) -> bool {
        let Self { outcome, agent, channel, from, to, cursor: _ } = self;
        [outcome, agent, channel, from, to].into_iter().all(String::is_empty)
    }
}

fn given<T>(text: &str, unclear: Unclear, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Unclear> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(unclear),
    }
}

fn standing(text: &str) -> Option<Standing> {
    match text {
        "in_flight" => Some(Standing::InFlight),
        text => text.parse().ok().map(Standing::Ended),
    }
}

/// The beginning of a day, or its end.
fn day(text: &str, end: bool) -> Option<OffsetDateTime> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    let day = if end { day.next_day()? } else { day };
    Some(day.midnight().assume_utc()).filter(|at| (1..=9999).contains(&at.year()))
}

/// `GET /console/conversations`
pub(super) async fn page(
    by: SignedIn,
    chosen: Result<Query<Chosen>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let (status, list) = match chosen.filter().and_then(|filter| Ok((filter, chosen.cursor()?))) {
        Ok((filter, cursor)) => {
            let found = listed(&app, by.account(), &filter, cursor.as_ref(), Limit::default().count()).await?;
            (StatusCode::OK, found.map_or_else(unconnected, |(_, page)| list(&chosen, &page.rows, page.next.as_ref())))
        }
        Err(Unclear(field, expected)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, html! { p.alert role="alert" { strong { (field) } " " (expected) "." } })
        }
    };
    let body = html! {
        h1 { "Conversations" }
        p.quiet { "What was taken in, by when it ended. No word of a conversation is kept here. "
            a href="/console/conversations/skipped" { "Callers that HubSpot does not know" } }
        (filters(&chosen))
        (list)
    };
    Ok((status, page::console(&app, &by, Section::Conversations, "Conversations", &body)).into_response())
}

/// `GET /console/conversations.csv`
pub(super) async fn file(
    by: SignedIn,
    chosen: Result<Query<Chosen>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let filter = chosen.filter().map_err(|Unclear(field, expected)| {
        PageError::new(StatusCode::UNPROCESSABLE_ENTITY, "The filter is not clear", &format!("{field} {expected}."))
    })?;
    Ok(exported(&app, by.account(), filter).await?)
}

fn unconnected() -> Markup {
    html! { p.note.warn { "No HubSpot account is connected, so there are none. " a href="/console/connection" { "Connect HubSpot" } } }
}

fn filters(chosen: &Chosen) -> Markup {
    let option = |value: &str, words: &str, chosen: &str| html! { option value=(value) selected[value == chosen] { (words) } };
    html! {
        form.filters method="get" action=(PATH) data-live {
            label { "Outcome" select name="outcome" {
                (option("", "all", &chosen.outcome))
                (option("in_flight", "on the way", &chosen.outcome))
                @for outcome in Outcome::ALL { (option(outcome.as_str(), words::outcome(*outcome), &chosen.outcome)) }
            } }
            label { "Channel" select name="channel" {
                (option("", "calls and chats", &chosen.channel))
                @for channel in Channel::ALL { (option(channel.as_str(), words::channels(*channel), &chosen.channel)) }
            } }
            label { "Agent" input type="text" name="agent" value=(chosen.agent) maxlength="128" autocapitalize="none" spellcheck="false"; }
            label { "From (UTC)" input type="date" name="from" value=(chosen.from); }
            label { "To (that day, too)" input type="date" name="to" value=(chosen.to); }
            button type="submit" { "Show" }
        }
    }
}

fn list(chosen: &Chosen, rows: &[Writeback], next: Option<&Cursor>) -> Markup {
    let first = (!chosen.cursor.is_empty()).then(|| pager::address(PATH, &chosen.first()));
    let next = next.map(|next| pager::address(PATH, &Chosen { cursor: next.to_string(), ..chosen.clone() }));
    html! {
        @if rows.is_empty() {
            p { @if chosen.is_all() && chosen.cursor.is_empty() { "There are none yet." } @else { "There are none like this." } }
        } @else {
            div.wide tabindex="0" { table.list {
                thead { tr {
                    th scope="col" { "Conversation" } th scope="col" { "Ended" } th scope="col" { "Outcome" } th scope="col" { "Agent" }
                    th scope="col" { "Kind" } th scope="col" { "Caller" } th scope="col" { "Finished" }
                } }
                tbody { @for one in rows { (row(one)) } }
            } }
        }
        (pager::links(first.as_deref(), next.as_deref()))
        @if !rows.is_empty() {
            p { a href=(pager::address(FILE, &chosen.first())) download { "Download as CSV" } span.quiet { ", the newest " (ROWS_MAX) " at most" } }
        }
    }
}

fn row(row: &Writeback) -> Markup {
    html! { tr {
        th.mono scope="row" { a href=(path_of(&row.conversation)) { (row.conversation) } }
        td { (moment(row.ended_at)) }
        td { (words::standing(row.state)) @if let Some(reason) = row.reason { div.quiet { (words::reason(reason)) } } }
        td.mono { @if let Some(agent) = &row.agent { (agent) } }
        td { @if let Some(direction) = row.direction { (words::direction(direction)) " " } @if let Some(channel) = row.channel { (words::channel(channel)) } }
        td.mono { @if let (Stands::SkippedNoMatch, Some(key)) = (row.state, &row.caller_key) { (words::caller(key)) } }
        td { (moment_or_none(row.finished_at)) }
    } }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn days_are_whole() {
        assert_eq!(day("2026-11-23", false), Some(datetime!(2026-11-23 0:00 UTC)));
        assert_eq!(day("2026-11-30", true), Some(datetime!(2026-12-01 0:00 UTC)));
        for bad in ["23.11.2026", "2026-02-30", "9999-12-31", "-001-01-01", "x"] {
            assert_eq!(day(bad, true), None, "{bad}");
        }
    }

    #[test]
    fn every_id_has_a_path_of_its_own() {
        for (id, path) in
            [("conv_1", "conv%5F1"), ("a/b?c#d", "a%2Fb%3Fc%23d"), ("skipped", "%73kipped"), ("\"><b>", "%22%3E%3Cb%3E")]
        {
            assert_eq!(path_of(&ConversationId::parse(id).unwrap()), format!("/console/conversations/{path}"));
        }
    }

    #[test]
    fn a_choice_survives_being_an_address() {
        let chosen = Chosen { outcome: "failed".to_owned(), agent: "a&b=c".to_owned(), ..Chosen::default() };
        assert_eq!(pager::address(PATH, &chosen), "/console/conversations?outcome=failed&agent=a%26b%3Dc");
        assert_eq!(pager::address(PATH, &Chosen::default()), PATH);
    }
}
