//! Conversations and what became of them: a list and one. Ids, times and outcomes; never a word of a conversation.

use axum::{Json, extract::State};
use domain::{AccountId, AgentId, ConversationId, connection::Connection, conversation::Channel, ledger::Outcome};
use serde::Deserialize;
use store::{
    connections,
    ledger::{self, Cursor, Filter, Standing, Writeback},
};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};
use utoipa::{IntoParams, ToSchema};

use super::conversation_view::ConversationView;
use crate::{
    answers::{Guarded, NamesOne, TakesParameters},
    app::App,
    extract::{Key, Named, Params, key::IntegrationsRead},
    page::{Limit, Page},
    problem::Problem,
};

/// A moment, in a query.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Moment(pub(super) OffsetDateTime);

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let moment = OffsetDateTime::parse(&text, &Rfc3339).ok().and_then(|at| at.checked_to_offset(UtcOffset::UTC));
        // Beyond this the database has no times either.
        let moment = moment.filter(|at| (1..=9999).contains(&at.year()));
        moment.map(Self).ok_or("must be a time as in RFC 3339, such as 2026-11-23T10:00:00Z; write + as %2B")
    }
}

/// How a conversation ended, or that it has not.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OutcomeFilter {
    Exported,
    SkippedNoMatch,
    Withheld,
    Failed,
    /// On the way.
    InFlight,
}

impl From<OutcomeFilter> for Standing {
    fn from(filter: OutcomeFilter) -> Self {
        match filter {
            OutcomeFilter::Exported => Self::Ended(Outcome::Exported),
            OutcomeFilter::SkippedNoMatch => Self::Ended(Outcome::SkippedNoMatch),
            OutcomeFilter::Withheld => Self::Ended(Outcome::Withheld),
            OutcomeFilter::Failed => Self::Ended(Outcome::Failed),
            OutcomeFilter::InFlight => Self::InFlight,
        }
    }
}

/// A page's end, in a query.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
struct PageEnd(Cursor);

impl TryFrom<String> for PageEnd {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "must be the nextCursor of a page")
    }
}

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
    /// Entries of a page; 50 unless given.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    cursor: Option<PageEnd>,
}

/// List conversations
///
/// Newest end first. Only accepted conversations of the portal that is connected now: what was ignored is not kept.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback/conversations", tag = "writeback", operation_id = "listConversations",
    params(Which),
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "A page of conversations.", body = Page<ConversationView>), Guarded, TakesParameters)
)]
pub(crate) async fn list(
    key: Key<IntegrationsRead>,
    Params(which): Params<Which>,
    State(app): State<App>,
) -> Result<Json<Page<ConversationView>>, Problem> {
    let Which { outcome, agent_id, channel, from, to, limit, cursor } = which;
    let filter =
        Filter { standing: outcome.map(Into::into), agent: agent_id, channel, from: from.map(|m| m.0), to: to.map(|m| m.0) };
    let cursor = cursor.map(|end| end.0);
    let Some((connection, page)) = listed(&app, key.account(), &filter, cursor.as_ref(), limit.count()).await? else {
        return Ok(Json(Page { items: Vec::new(), next_cursor: None }));
    };
    let items = page.rows.into_iter().map(|row| ConversationView::of(row, &connection)).collect();
    Ok(Json(Page { items, next_cursor: page.next.map(|cursor| cursor.to_string()) }))
}

/// A page of what the filter lets through. `None` where no portal is connected.
pub(crate) async fn listed(
    app: &App,
    account: AccountId,
    filter: &Filter,
    cursor: Option<&Cursor>,
    limit: u32,
) -> Result<Option<(Connection, ledger::Page)>, Problem> {
    let Some(connection) = connections::of_account(app.db(), account).await? else { return Ok(None) };
    let page = ledger::list(app.db(), connection.id, filter, cursor, limit).await?;
    Ok(Some((connection, page)))
}

/// Read one conversation
///
/// Where it stands, how it ended and why, and what was made of it in HubSpot.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback/conversations/{conversationId}", tag = "writeback",
    operation_id = "readConversation",
    params(("conversationId" = String, Path, description = "Your own id.")),
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "The conversation.", body = ConversationView), Guarded, NamesOne)
)]
pub(crate) async fn read(
    key: Key<IntegrationsRead>,
    Named(conversation): Named<ConversationId>,
    State(app): State<App>,
) -> Result<Json<ConversationView>, Problem> {
    let (connection, row) = found(&app, key.account(), &conversation).await?;
    Ok(Json(ConversationView::of(row, &connection)))
}

/// One conversation of the account, and the connection that it is of.
pub(crate) async fn found(
    app: &App,
    account: AccountId,
    conversation: &ConversationId,
) -> Result<(Connection, Writeback), Problem> {
    let missing = || Problem::not_found("conversation");
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(missing)?;
    let row = ledger::get(app.db(), connection.id, conversation).await?.ok_or_else(missing)?;
    Ok((connection, row))
}
