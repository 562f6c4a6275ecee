//! Conversations as a file for a spreadsheet: streamed a page at a time, so that a large one takes no more memory than a small one.

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{
    AccountId, AgentId, ContactId,
    connection::Connection,
    conversation::{Channel, Direction},
    event::SummarySource,
    ledger::{MatchedBy, Outcome, Reason},
    settings::Mode,
};
use futures_util::stream;
use serde::Deserialize;
use store::{
    Db,
    ledger::{self, Filter, Page, Writeback},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339, macros::format_description};
use utoipa::IntoParams;

use super::conversations::{Moment, OutcomeFilter, listed};
use crate::{
    answers::{Guarded, TakesParameters},
    app::App,
    extract::{Key, Params, key::IntegrationsRead},
    links,
    problem::Problem,
};

/// Conversations of one file. Its last line says so where there are more.
pub(crate) const ROWS_MAX: u32 = 10_000;
/// Conversations that are read at once.
const PAGE: u32 = 1_000;

/// Which conversations.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only those that ended so, or that are on the way.
    #[param(inline)]
    outcome: Option<OutcomeFilter>,
    /// Only this agent's.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    agent_id: Option<AgentId>,
    /// Only calls, or only chats.
    #[param(value_type = Option<crate::words::Channel>)]
    channel: Option<Channel>,
    /// Only those that ended at this time or later.
    #[param(value_type = Option<OffsetDateTime>)]
    from: Option<Moment>,
    /// Only those that ended before this time.
    #[param(value_type = Option<OffsetDateTime>)]
    to: Option<Moment>,
}

/// Export conversations as CSV
///
/// The same conversations as the list, newest end first, for a spreadsheet: RFC 4180 with a header line, at most 10,000; where there
/// are more, a last line that begins with `#` says so. A cell that begins as a formula does (`=`, `+`, `-`, `@`) has an apostrophe
/// before it.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback/conversations.csv", tag = "writeback", operation_id = "exportConversations",
    params(Which),
    security(("apiKey" = ["integrations:read"])),
    responses(
        (status = 200, description = "The conversations.", body = String, content_type = "text/csv; charset=utf-8",
            headers(("Content-Disposition" = String, description = "A name for the file."))),
        Guarded, TakesParameters
    )
)]
pub(crate) async fn export(
    key: Key<IntegrationsRead>,
    Params(which): Params<Which>,
    State(app): State<App>,
) -> Result<Response, Problem> {
    let Which { outcome, agent_id, channel, from, to } = which;
    let filter =
        Filter { standing: outcome.map(Into::into), agent: agent_id, channel, from: from.map(|m| m.0), to: to.map(|m| m.0) };
    exported(&app, key.account(), filter).await
}

/// The file of what the filter lets through. Its first page is read before anything is answered, so that what cannot be read at all
/// is a problem and no empty file; what breaks later breaks the answer off, which no client takes for a whole one.
pub(crate) async fn exported(app: &App, account: AccountId, filter: Filter) -> Result<Response, Problem> {
    let first = listed(app, account, &filter, None, PAGE).await?;
    let body = match first {
        None => Body::from(line(&COLUMNS.map(str::to_owned))),
        Some((connection, page)) => Body::from_stream(stream::try_unfold(
            Part { db: app.db().clone(), connection, filter, sent: 0, page: Some(page) },
            Part::next,
        )),
    };
    let today = OffsetDateTime::now_utc().format(format_description!("[year]-[month]-[day]")).unwrap_or_default();
    let disposition = format!("attachment; filename=\"conversations-{today}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body).into_response())
}

/// What of a file is still to come.
struct Part {
    db: Db,
    connection: Connection,
    filter: Filter,
    sent: u32,
    /// The page that comes next, which was read already. `None`: that was all.
    page: Option<Page>,
}

impl Part {
    /// The next page as text, and what is left after it.
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, store::Error> {
        let Some(Page { rows, next }) = self.page.take() else { return Ok(None) };
        let mut text = if self.sent == 0 { line(&COLUMNS.map(str::to_owned)) } else { String::new() };
        for row in &rows {
            text.push_str(&line(&cells(row, &self.connection)));
        }
        self.sent += PAGE;
        if let Some(cursor) = next {
            if self.sent < ROWS_MAX {
                let page = ledger::list(&self.db, self.connection.id, &self.filter, Some(&cursor), PAGE);
                self.page = Some(page.await.inspect_err(|error| {
                    tracing::warn!(error = error as &dyn std::error::Error, "An export of conversations broke off");
                })?);
            } else {
                let more = format!("# These are the newest {ROWS_MAX}; there are more. Ask for less at once by from and to.\r\n");
                text.push_str(&more);
            }
        }
        Ok(Some((text.into(), self)))
    }
}

/// The names of the cells, as the API has them.
const COLUMNS: [&str; 24] = [
    "conversationId",
    "state",
    "outcome",
    "reason",
    "detail",
    "agentId",
    "channel",
    "direction",
    "mode",
    "contactId",
    "contactUrl",
    "matchedBy",
    "otherContactIds",
    "engagementKind",
    "engagementId",
    "summarySource",
    "redactions",
    "attempts",
    "lastError",
    "startedAt",
    "endedAt",
    "acceptedAt",
    "updatedAt",
    "finishedAt",
];

/// A row of the ledger. What is for the fleet only is left out by name, so that a new column has to be decided about.
fn cells(row: &Writeback, connection: &Connection) -> [String; 24] {
    let Writeback {
        conversation,
        event: _,
        state,
        agent,
        channel,
        direction,
        mode,
        started_at,
        ended_at,
        accepted_at,
        reason,
        detail,
        contact,
        owner: _,
        matched_by,
        others,
        caller_key: _,
        engagement,
        redactions,
        summary_source,
        attempts,
        last_error_class,
        opened_at: _,
        posting_at: _,
        updated_at,
        finished_at,
    } = row;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let time = |at: Option<OffsetDateTime>| at.and_then(|at| at.format(&Rfc3339).ok()).unwrap_or_default();
    let others: Vec<_> = others.iter().map(ContactId::to_string).collect();
    let redactions: Vec<_> = redactions.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
    [
        conversation.to_string(),
        state.as_str().to_owned(),
        text(state.outcome().map(Outcome::as_str)),
        text(reason.map(Reason::as_str)),
        text(detail.as_deref()),
        text(agent.as_ref().map(AgentId::as_str)),
        text(channel.map(Channel::as_str)),
        text(direction.map(Direction::as_str)),
        text(mode.map(Mode::as_str)),
        contact.map(|contact| contact.to_string()).unwrap_or_default(),
        contact.map(|contact| links::contact(connection, contact)).unwrap_or_default(),
        text(matched_by.map(MatchedBy::as_str)),
        others.join(" "),
        text(engagement.map(|record| record.kind.as_str())),
        engagement.map(|record| record.id.to_string()).unwrap_or_default(),
        text(summary_source.map(SummarySource::as_str)),
        redactions.join("; "),
        attempts.to_string(),
        text(last_error_class.as_deref()),
        time(*started_at),
        time(Some(*ended_at)),
        time(*accepted_at),
        time(Some(*updated_at)),
        time(*finished_at),
    ]
}

fn line(cells: &[String]) -> String {
    let mut line: String = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell as RFC 4180 has it. What a spreadsheet would take for a formula is made a text first: ids and details come from elsewhere.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { "'" } else { "" };
    if guard.is_empty() && !cell.contains(['"', ',', '\r', '\n', ';']) {
        return cell.to_owned();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        assert_eq!(quoted(cell), expected);
    }

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        check("conv_1", "conv_1");
        check("", "");
        check("a,\"b\"\r\n", "\"a,\"\"b\"\"\r\n\"");
        for (formula, text) in [
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "\"'+1\""),
            ("-2+3", "\"'-2+3\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
        ] {
            check(formula, text);
        }
    }
}
