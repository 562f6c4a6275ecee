//! One dead letter: why it was given up, what is in it, scrubbed, and what can be done.

use axum::{
    extract::State,
    response::{Redirect, Response},
};
use domain::DeadLetterId;
use maud::{Markup, html};

use super::{conversations::path_of, dead_letters::PATH, moment, notice::Notice, words};
use crate::{
    app::App,
    browser::{
        NoFields, SignedIn, Submitted,
        page::{self, PageError, Section},
    },
    dead_letters::ShownConversation,
    extract::Named,
    problem::Problem,
    routes::{
        dead_letters::{DeadLetterView, HiddenBecause, OpenedDeadLetter, forgotten, opened},
        replays::replay_letter,
    },
};

/// `GET /console/dead-letters/{id}`
pub(super) async fn page(
    by: SignedIn,
    id: Result<Named<DeadLetterId>, Problem>,
    State(app): State<App>,
) -> Result<Response, PageError> {
    let Named(id) = id?;
    let OpenedDeadLetter { letter, conversation, hidden_because } = opened(&app, by.account(), id).await?;
    let body = html! {
        h1 { "Given up: " (words::reason(letter.reason)) }
        p.note.warn { (words::remedy(letter.reason)) @if let Some(detail) = &letter.detail { br; span.quiet { "Detail: " (detail) } } }
        (facts(&letter))
        div.actions {
            (page::button(&by.form_token, &format!("{PATH}/{id}/replay"), "Replay", "primary"))
            (page::danger(&by.form_token, &format!("{PATH}/{id}/drop"), "Drop", "Drop this for good? It can never be sent again."))
        }
        h2 { "What is in it" }
        @if let Some(because) = hidden_because { p.alert { (hidden(because)) } }
        @if let Some(conversation) = &conversation { (content(conversation)) }
        p { a href=(PATH) { "All dead letters" } }
    };
    Ok(page::console(&app, &by, Section::DeadLetters, "Dead letter", &body))
}

fn facts(letter: &DeadLetterView) -> Markup {
    let DeadLetterView { id: _, conversation_id, stage, reason: _, detail: _, attempts, first_seen_at, buried_at, replayed_at } =
        letter;
    html! { dl.facts {
        dt { "Conversation" } dd.mono { a href=(path_of(conversation_id)) { (conversation_id) } }
        dt { "Given up when" } dd { (words::stage(*stage)) }
        dt { "First tried there" } dd { (moment(*first_seen_at)) }
        dt { "Given up" } dd { (moment(*buried_at)) }
        dt { "Failures that counted" } dd { (attempts) }
        @if let Some(at) = replayed_at { dt { "Last taken for replay, without success" } dd { (moment(*at)) } }
    } }
}

fn hidden(because: HiddenBecause) -> &'static str {
    match because {
        HiddenBecause::Unreadable => "It does not open: the key that it was sealed with is gone, or another release wrote it.",
        HiddenBecause::RedactionUnusable => {
            "It is not shown unscrubbed, and your own patterns cannot be used: mend them under Logging."
        }
    }
}

fn content(conversation: &ShownConversation) -> Markup {
    let ShownConversation { summary, outcome, transcript, metadata, channel, direction, started_at, ended_at, agent_id, .. } =
        conversation;
    html! {
        p.quiet { "Scrubbed as it would leave; the other party's number, address and name are left out." }
        dl.facts {
            dt { "Kind" } dd { (words::direction(*direction)) " " (words::channel(*channel)) }
            dt { "Agent" } dd.mono { (agent_id) }
            dt { "Began" } dd { (moment(*started_at)) }
            dt { "Ended" } dd { (moment(*ended_at)) }
            @if let Some(outcome) = outcome { dt { "Outcome" } dd { (outcome) } }
            @if let Some(summary) = summary { dt { "Summary" } dd.said { (summary) } }
            @for (name, value) in metadata { dt { (name) } dd { (value) } }
        }
        h3 { "What was said" }
        @if transcript.is_empty() { p.quiet { "Nothing, or no longer kept." } } @else {
            dl.facts.preview { @for turn in transcript { dt { (words::speaker(turn.speaker)) } dd.said { (turn.text) } } }
        }
    }
}

/// `POST /console/dead-letters/{id}/replay`
pub(super) async fn replay(
    id: Result<Named<DeadLetterId>, Problem>,
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    let Named(id) = id?;
    replay_letter(&app, by.account(), id).await?;
    Ok(Notice::Replayed.on(PATH))
}

/// `POST /console/dead-letters/{id}/drop`
pub(super) async fn forget(
    id: Result<Named<DeadLetterId>, Problem>,
    State(app): State<App>,
    Submitted { by, form: NoFields {} }: Submitted<NoFields>,
) -> Result<Redirect, PageError> {
    let Named(id) = id?;
    forgotten(&app, by.account(), id).await?;
    Ok(Notice::Dropped.on(PATH))
}
