//! One conversation: the way that it went, how it ended, and what can be done about it.

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{Redirect, Response},
};
use domain::{ConversationId, connection::Connection};
use maud::{Markup, html};
use store::{
    dead_letters::{self, Filter, Letter},
    ledger::Writeback,
};
use time::{Duration, OffsetDateTime};

use super::{
    conversations::path_of,
    moment,
    notice::{Notice, Shown},
    words,
};
use crate::{
    app::App,
    browser::{
        NoFields, SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    extract::Named,
    links,
    problem::Problem,
    routes::{conversations::found, replays::replay_conversation},
};

/// Letters of one conversation that are named: one a stage.
const LETTERS_SHOWN: u32 = 3;

/// `GET /console/conversations/{id}`
pub(super) async fn page(
    by: SignedIn,
    id: Result<Named<ConversationId>, Problem>,
    shown: Result<Query<Shown>, QueryRejection>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let Named(id) = id?;
    let (connection, row) = found(&app, by.account(), &id).await?;
    let filter = Filter { conversation: Some(id), ..Filter::default() };
    let letters = dead_letters::list(app.db(), connection.id, &filter, None, LETTERS_SHOWN).await?.letters;
    let body = html! {
        h1 { "Conversation " span.mono { (row.conversation) } }
        (Notice::of(shown).map(Notice::render).unwrap_or_default())
        (ending(&row, &connection))
        @if !letters.is_empty() { (given_up(&by, &row, &letters)) }
        h2 { "Its way" }
        (way(&row))
        h2 { "What is known of it" }
        (facts(&row, &connection))
        p { a href="/console/conversations" { "All conversations" } }
    };
    Ok(page::console(&app, &by, Section::Conversations, &format!("Conversation {}", row.conversation), &body))
}

fn ending(row: &Writeback, connection: &Connection) -> Markup {
    html! {
        p { (words::standing(row.state)) " – " (words::state(row.state)) }
        @if let Some(reason) = row.reason {
            p.note.warn { strong { (words::reason(reason)) ". " } (words::remedy(reason))
                @if let Some(detail) = &row.detail { br; span.quiet { "Detail: " (detail) } } }
        }
        @if let (Some(contact), Some(record)) = (row.contact, row.engagement) {
            p { a.button href=(links::contact(connection, contact)) rel="noreferrer" { (words::engagement(record.kind)) " on the contact's timeline in HubSpot" } }
        }
    }
}

fn given_up(by: &SignedIn, row: &Writeback, letters: &[Letter]) -> Markup {
    html! {
        h2 { "It can be sent again" }
        p { "It goes back to where it was given up, with all its attempts anew. The settings of now hold for it." }
        div.actions {
            (page::button(&by.form_token, &format!("{}/replay", path_of(&row.conversation)), "Replay", "primary"))
            @for letter in letters { a.button href={"/console/dead-letters/" (letter.id)} { "Look at what was given up when " (words::stage(letter.letter.stage)) } }
        }
    }
}

fn way(row: &Writeback) -> Markup {
    let Writeback { started_at, ended_at, accepted_at, opened_at, posting_at, updated_at, finished_at, .. } = row;
    let steps = [
        ("It began", *started_at),
        ("It ended", Some(*ended_at)),
        ("Accepted by the API", *accepted_at),
        ("Taken up", Some(*opened_at)),
        ("Intent to write it, noted before HubSpot was asked", *posting_at),
        ("Finished", *finished_at),
        ("Last changed", Some(*updated_at).filter(|at| finished_at.is_none_or(|finished| *at > finished))),
    ];
    html! {
        dl.facts { @for (what, at) in steps { @if let Some(at) = at { dt { (what) } dd { (moment(at)) } } } }
        @if let (Some(accepted), Some(finished)) = (accepted_at, finished_at) { p.quiet { "From accepted to finished: " (took(*accepted, *finished)) "." } }
    }
}

fn took(from: OffsetDateTime, to: OffsetDateTime) -> String {
    let took = to - from;
    match took {
        took if took < Duration::seconds(10) => format!("{} ms", took.whole_milliseconds().max(0)),
        took if took < Duration::minutes(10) => format!("{} s", took.whole_seconds()),
        took if took < Duration::hours(10) => format!("{} minutes", took.whole_minutes()),
        took => format!("{} hours", took.whole_hours()),
    }
}

fn facts(row: &Writeback, connection: &Connection) -> Markup {
    html! { dl.facts {
        @if let Some(agent) = &row.agent { dt { "Agent" } dd.mono { (agent) } }
        @if let Some(channel) = row.channel { dt { "Kind" } dd { @if let Some(direction) = row.direction { (words::direction(direction)) " " } (words::channel(channel)) } }
        @if let Some(mode) = row.mode { dt { "Logged as" } dd { (words::mode(mode).0) } }
        dt { "Contact" }
        dd { @match row.contact {
            Some(contact) => {
                a href=(links::contact(connection, contact)) rel="noreferrer" { (contact) }
                @if let Some(by) = row.matched_by { ", found " (words::matched_by(by)) }
                @if let Some(owner) = row.owner { ". Its owner in HubSpot: " (owner) }
            },
            None => span.quiet { "none" },
        } }
        @if !row.others.is_empty() {
            dt { "It could also have been" }
            dd { @for (i, other) in row.others.iter().enumerate() { @if i > 0 { ", " } a href=(links::contact(connection, *other)) rel="noreferrer" { (other) } } }
        }
        @if let Some(key) = &row.caller_key { dt { "Caller" } dd { span.mono { (words::caller(key)) } span.quiet { " stands for the number or address" } } }
        @if let Some(record) = row.engagement { dt { "Record in HubSpot" } dd { (words::engagement(record.kind)) " " (record.id) } }
        @if let Some(source) = row.summary_source { dt { "Summary" } dd { (words::summary_source(source)) } }
        dt { "Taken out" }
        dd { @if row.redactions.is_empty() { span.quiet { "nothing" } }
            @for (i, (kind, n)) in row.redactions.iter().enumerate() { @if i > 0 { ", " } (n) " × " (words::kind(kind)) } }
        @if row.attempts > 0 { dt { "Failures" } dd { (row.attempts) } }
        @if let Some(class) = &row.last_error_class { dt { "Latest failure" } dd { code { (class) } } }
    } }
}

/// `POST /console/conversations/{id}/replay`
pub(super) async fn replay(
    id: Result<Named<ConversationId>, Problem>,
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    let Named(id) = id?;
    replay_conversation(&app, by.account(), &id).await?;
    Ok(Notice::Replayed.on(&path_of(&id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_a_unit_that_suits() {
        let told = |took| super::took(OffsetDateTime::UNIX_EPOCH, OffsetDateTime::UNIX_EPOCH + took);
        let cases = [
            (Duration::milliseconds(420), "420 ms"),
            (Duration::seconds(90), "90 s"),
            (Duration::hours(2), "120 minutes"),
            (Duration::days(2), "48 hours"),
        ];
        for (took, expected) in cases {
            assert_eq!(told(took), expected);
        }
    }
}
