//! What somebody wants to see first: whether it works, how much went which way, and what needs them.

use axum::{extract::State, response::Response};
use domain::{
    connection::{ConnectionStatus, UniqueMode, UniqueModes},
    ledger::Reason,
    settings::Mode,
};
use maud::{Markup, html};
use store::{
    dead_letters,
    gate::{self, Gate},
    ledger::{self, Counts, Hour, Waiting},
};
use time::{Duration, OffsetDateTime};

use super::{chart, conversations::path_of, moment, words};
use crate::{
    app::App,
    browser::{
        SignedIn,
        page::{self, PageError, Section},
    },
};

/// Whatever has been on the way for longer than this needs a look. A delivery that is merely throttled is far quicker.
const WAITS_LONG: Duration = Duration::minutes(15);
/// Conversations that wait for long and are named.
const WAITING_SHOWN: u32 = 5;
const HOURS: u16 = 24;

/// What is told of a connected account.
struct Seen {
    gate: Gate,
    counts: Counts,
    hours: Vec<Hour>,
    letters: Vec<(Reason, u64)>,
    waiting: Vec<Waiting>,
}

impl Seen {
    async fn read(app: &App, gate: Gate) -> Result<Self, store::Error> {
        let (db, connection) = (app.db(), gate.connection.id);
        let now = OffsetDateTime::now_utc();
        let (counts, hours, letters, waiting) = tokio::try_join!(
            ledger::counts(db, connection),
            ledger::hours(db, connection, last_hours(now), HOURS),
            dead_letters::counts(db, Some(connection)),
            ledger::waiting(db, connection, now - WAITS_LONG, WAITING_SHOWN),
        )?;
        Ok(Self { gate, counts, hours, letters, waiting })
    }
}

/// The beginning of so many whole hours, the last of which is the one that runs.
fn last_hours(now: OffsetDateTime) -> OffsetDateTime {
    let runs = now.replace_time(time::Time::from_hms(now.hour(), 0, 0).unwrap_or(time::Time::MIDNIGHT));
    runs - Duration::hours(i64::from(HOURS) - 1)
}

/// `GET /console`
pub(super) async fn page(by: SignedIn, State(app): State<App>) -> Result<Response, PageError> {
    // Not from the cache: whoever looks wants to see what was just set.
    let live = gate::of_account(app.db(), by.account()).await?.and_then(|account| account.live);
    let seen = match live {
        Some(gate) => Some(Seen::read(&app, gate).await?),
        None => None,
    };
    let body = html! {
        h1 { "Overview" }
        @match &seen { None => (unconnected()), Some(seen) => (connected(seen)) }
    };
    Ok(page::console(&app, &by, Section::Overview, "Overview", &body))
}

fn unconnected() -> Markup {
    html! {
        h2 { "What needs you" }
        ul.attention { li.note.warn { "No HubSpot account is connected, so nothing is taken in. " a href="/console/connection" { "Connect HubSpot" } } }
    }
}

fn connected(Seen { gate, counts, hours, letters, waiting }: &Seen) -> Markup {
    let Gate { connection, settings } = gate;
    html! {
        dl.facts {
            dt { "HubSpot account" }
            dd { (connection.portal) " " span class={"state " (connection.status.as_str())} { (super::connection::said(connection.status)) } }
            dt { "Interaction logging" }
            dd { (words::mode(settings.mode).0)
                @if let (false, Some(since)) = (settings.mode == Mode::Off, settings.enabled_at) { " since " (moment(since)) } }
        }
        h2 { "What needs you" }
        (attention(gate, letters, waiting))
        h2 { "Conversations so far" }
        ul.cards { @for (class, words, n) in chart::parts(counts) {
            li.card { a href={"/console/conversations?outcome=" (class)} {
                span.figure { (n) } span.label { span class={"state " (class)} { (words) } }
            } }
        } }
        h2 { "The last 24 hours, by when a conversation ended" }
        (chart::figure(hours))
    }
}

fn attention(gate: &Gate, letters: &[(Reason, u64)], waiting: &[Waiting]) -> Markup {
    let plain = plain(gate.connection.unique);
    let reauth = gate.connection.status == ConnectionStatus::ReauthRequired;
    let off = gate.settings.mode == Mode::Off;
    if !reauth && !off && letters.is_empty() && waiting.is_empty() && plain.is_empty() {
        return html! { p.note { "Nothing. All is going its way." } };
    }
    html! {
        ul.attention {
            @if reauth { li.alert { "HubSpot has to be connected again. Conversations wait until then. " a href="/console/connection" { "Connect again" } } }
            @if off { li.note.warn { "Logging is off: nothing of a conversation is taken in. " a href="/console/logging" { "Turn logging on" } } }
            @for (reason, n) in letters {
                li.alert { (n) @if *n == 1 { " conversation was" } @else { " conversations were" } " given up: " (words::reason(*reason)) ". "
                    a href={"/console/dead-letters?reason=" (reason.as_str())} { "Look at " @if *n == 1 { "it" } @else { "them" } } }
            }
            @if !waiting.is_empty() {
                li.note.warn { "On the way for more than " (WAITS_LONG.whole_minutes()) " minutes:"
                    ul { @for Waiting { conversation, state, since, last_error_class } in waiting {
                        li { a href=(path_of(conversation)) { (conversation) } " since " (moment(*since)) ". " (words::state(*state))
                            @if let Some(class) = last_error_class { " Latest failure: " code { (class) } "." } }
                    } }
                    a href="/console/conversations?outcome=in_flight" { "All that is on the way" } }
            }
            @if !plain.is_empty() {
                li.note.warn { "HubSpot allows no property of ours on " (plain.join(" and ")) ", so that after an unclear answer a conversation can stay undecided. "
                    a href="/console/connection" { "See how doubles are avoided" } }
            }
        }
    }
}

/// The kinds of record that are told apart by their text alone. A contact that cannot be marked is looked for again instead.
fn plain(UniqueModes { call, note, contact: _ }: UniqueModes) -> Vec<&'static str> {
    let modes = [("calls", call), ("notes", note)];
    modes.into_iter().filter(|(_, mode)| *mode == UniqueMode::Plain).map(|(what, _)| what).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_day_of_whole_hours_ends_with_the_one_that_runs() {
        assert_eq!(last_hours(datetime!(2026-11-23 10:15:30.5 UTC)), datetime!(2026-11-22 11:00 UTC));
        assert_eq!(last_hours(datetime!(2026-11-23 0:00 UTC)), datetime!(2026-11-22 1:00 UTC));
    }
}
