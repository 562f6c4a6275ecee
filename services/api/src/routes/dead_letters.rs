//! What was given up: a list, one, and forgetting it.

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    AccountId, ConversationId, DeadLetterId, connection::Connection, dead_letter::DeadLetter, event::StageName, ledger::Reason,
};
use serde::{Deserialize, Serialize};
use store::{
    connections,
    dead_letters::{Filter, Letter, list as list_letters},
};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

use crate::{
    answers::{Guarded, NamesOne, TakesParameters},
    app::App,
    dead_letters::{self, Hidden, ShownConversation},
    extract::{
        Key, Named, Params,
        key::{IntegrationsRead, IntegrationsWrite},
    },
    page::{Limit, Page},
    problem::Problem,
    words,
};

/// A page's end, in a query.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct PageEnd(DeadLetterId);

impl TryFrom<String> for PageEnd {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "must be the nextCursor of a page")
    }
}

/// Which dead letters.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only those that were given up for this.
    #[param(value_type = Option<crate::words::Reason>)]
    reason: Option<Reason>,
    /// Only those that this stage gave up.
    #[param(value_type = Option<crate::words::Stage>)]
    stage: Option<StageName>,
    /// Only this conversation's.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    conversation_id: Option<ConversationId>,
    /// Entries of a page; 50 unless given.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    cursor: Option<PageEnd>,
}

/// A delivery that was given up, and waits for somebody to replay or drop it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeadLetter)]
pub(crate) struct DeadLetterView {
    #[schema(value_type = uuid::Uuid)]
    pub(crate) id: DeadLetterId,
    /// Your own id.
    #[schema(value_type = String, example = "conv_81f2")]
    pub(crate) conversation_id: ConversationId,
    /// Who gave it up, and who it goes back to when it is replayed.
    #[schema(value_type = words::Stage)]
    pub(crate) stage: StageName,
    #[schema(value_type = words::Reason)]
    pub(crate) reason: Reason,
    /// More about that.
    #[schema(required)]
    pub(crate) detail: Option<String>,
    /// Failures that counted.
    pub(crate) attempts: u32,
    /// When the stage first saw it.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) first_seen_at: OffsetDateTime,
    /// When it was given up.
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) buried_at: OffsetDateTime,
    /// When it was last taken for replay, if that did not succeed.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    pub(crate) replayed_at: Option<OffsetDateTime>,
}

impl From<&Letter> for DeadLetterView {
    fn from(Letter { id, letter, buried_at, replayed_at }: &Letter) -> Self {
        let DeadLetter { stage, connection: _, conversation, event: _, reason, detail, attempts, first_seen, sealed: _ } = letter;
        Self {
            id: *id,
            conversation_id: conversation.clone(),
            stage: *stage,
            reason: *reason,
            detail: detail.clone(),
            attempts: *attempts,
            first_seen_at: *first_seen,
            buried_at: *buried_at,
            replayed_at: *replayed_at,
        }
    }
}

/// Why a conversation is not shown.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum HiddenBecause {
    /// What rests does not open: the key that it was sealed with is gone, or another release wrote it.
    Unreadable,
    /// Your patterns and words to keep cannot be used: set them anew.
    RedactionUnusable,
}

/// A dead letter and what is in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OpenedDeadLetter {
    pub(crate) letter: DeadLetterView,
    /// The conversation; `null` where it cannot be shown.
    #[schema(required)]
    pub(crate) conversation: Option<ShownConversation>,
    /// Why it is not shown.
    #[schema(required)]
    pub(crate) hidden_because: Option<HiddenBecause>,
}

/// List dead letters
///
/// Conversations that were given up, newest first, until they are replayed or dropped. What is in them is told one by one.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback/dead-letters", tag = "writeback", operation_id = "listDeadLetters",
    params(Which),
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "A page of dead letters.", body = Page<DeadLetterView>), Guarded, TakesParameters)
)]
pub(crate) async fn list(
    key: Key<IntegrationsRead>,
    Params(which): Params<Which>,
    State(app): State<App>,
) -> Result<Json<Page<DeadLetterView>>, Problem> {
    let Which { reason, stage, conversation_id, limit, cursor } = which;
    let filter = Filter { reason, stage, conversation: conversation_id };
    let page = listed(&app, key.account(), &filter, cursor.map(|end| end.0), limit).await?;
    let Some((_, page)) = page else { return Ok(Json(Page { items: Vec::new(), next_cursor: None })) };
    let next_cursor = page.next.map(|id| id.to_string());
    Ok(Json(Page { items: page.letters.iter().map(Into::into).collect(), next_cursor }))
}

/// A page of what the filter lets through, and the connection that it is of. `None` where no portal is connected.
pub(crate) async fn listed(
    app: &App,
    account: AccountId,
    filter: &Filter,
    cursor: Option<DeadLetterId>,
    limit: Limit,
) -> Result<Option<(Connection, store::dead_letters::Page)>, Problem> {
    let Some(connection) = connections::of_account(app.db(), account).await? else { return Ok(None) };
    let page = list_letters(app.db(), connection.id, filter, cursor, limit.count()).await?;
    Ok(Some((connection, page)))
}

/// Read one dead letter
///
/// Why it was given up, and the conversation: scrubbed, without the other party's number, address and name.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback/dead-letters/{id}", tag = "writeback", operation_id = "readDeadLetter",
    params(("id" = uuid::Uuid, Path, description = "The dead letter's id.")),
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "The dead letter.", body = OpenedDeadLetter), Guarded, NamesOne)
)]
pub(crate) async fn read(
    key: Key<IntegrationsRead>,
    Named(id): Named<DeadLetterId>,
    State(app): State<App>,
) -> Result<Json<OpenedDeadLetter>, Problem> {
    opened(&app, key.account(), id).await.map(Json)
}

/// A letter of the account, with what is in it as far as it can be shown.
pub(crate) async fn opened(app: &App, account: AccountId, id: DeadLetterId) -> Result<OpenedDeadLetter, Problem> {
    let missing = || Problem::not_found("dead letter");
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(missing)?;
    let found = dead_letters::find(app.db(), connection.id, id).await?.ok_or_else(missing)?;
    let letter = DeadLetterView::from(&found.letter);
    let (keys, redactor) = (app.keyring(), app.scrubbing().redactor());
    let (conversation, hidden_because) = match app.scrubbing().run(move || found.shown(&keys, &redactor)).await? {
        Ok(conversation) => (Some(conversation), None),
        Err(hidden) => {
            tracing::warn!(dead_letter.id = %id, error = &hidden as &dyn std::error::Error, "A dead letter cannot be shown");
            let because = match hidden {
                Hidden::Unreadable(_) => HiddenBecause::Unreadable,
                Hidden::RedactionUnusable => HiddenBecause::RedactionUnusable,
            };
            (None, Some(because))
        }
    };
    Ok(OpenedDeadLetter { letter, conversation, hidden_because })
}

/// Drop a dead letter
///
/// Forgets it for good. Its conversation stays in the list, failed, and can no longer be replayed.
#[utoipa::path(
    delete, path = "/integrations/hubspot/writeback/dead-letters/{id}", tag = "writeback", operation_id = "dropDeadLetter",
    params(("id" = uuid::Uuid, Path, description = "The dead letter's id.")),
    security(("apiKey" = ["integrations:write"])),
    responses((status = 204, description = "It is forgotten."), Guarded, NamesOne)
)]
pub(crate) async fn forget(
    key: Key<IntegrationsWrite>,
    Named(id): Named<DeadLetterId>,
    State(app): State<App>,
) -> Result<StatusCode, Problem> {
    forgotten(&app, key.account(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets a letter of the account for good.
pub(crate) async fn forgotten(app: &App, account: AccountId, id: DeadLetterId) -> Result<(), Problem> {
    let missing = || Problem::not_found("dead letter");
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(missing)?;
    if dead_letters::forget(app.db(), connection.id, &[id]).await? == 0 {
        return Err(missing());
    }
    tracing::info!(account.id = %account, connection.id = %connection.id, dead_letter.id = %id, "A dead letter was dropped");
    Ok(())
}
