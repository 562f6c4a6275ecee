//! Sending again what was given up.

use axum::{Json, extract::State, http::StatusCode};
use domain::{AccountId, ConversationId, DeadLetterId, ledger::Reason};
use serde::Serialize;
use store::{connections, dead_letters::Filter};
use utoipa::ToSchema;

use crate::{
    answers::{Guarded, NamesOne, Publishes, Replays},
    app::App,
    code::Code,
    dead_letters::{self, ReplayError, Replayed},
    extract::{Key, Named, key::IntegrationsWrite},
    problem::Problem,
};

/// What was sent again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replay {
    /// The dead letters that are on their way again. They are dead letters no longer.
    #[schema(value_type = Vec<uuid::Uuid>, min_items = 1)]
    dead_letter_ids: Vec<DeadLetterId>,
}

impl From<ReplayError> for Problem {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Store(error) => error.into(),
            ReplayError::Publish { letter: _, source } => source.into(),
        }
    }
}

fn emit(account: AccountId, count: usize) {
    tracing::info!(account.id = %account, count, "{count} dead letters were replayed");
}

/// Replay a conversation
///
/// Sends a conversation that was given up back to the stage that gave it up, with all its attempts anew. The settings of now hold
/// for it. What the queue does not take stays a dead letter, and the same request sends it later.
#[utoipa::path(
    post, path = "/integrations/hubspot/writeback/conversations/{conversationId}/replay", tag = "writeback",
    operation_id = "replayConversation",
    params(("conversationId" = String, Path, description = "Your own id.")),
    security(("apiKey" = ["integrations:write"])),
    responses(
        (status = 202, description = "It is on its way again.", body = Replay),
        Guarded, Publishes, NamesOne, Replays
    )
)]
pub(crate) async fn conversation(
    key: Key<IntegrationsWrite>,
    Named(conversation): Named<ConversationId>,
    State(app): State<App>,
) -> Result<(StatusCode, Json<Replay>), Problem> {
    let dead_letter_ids = replay_conversation(&app, key.account(), &conversation).await?;
    Ok((StatusCode::ACCEPTED, Json(Replay { dead_letter_ids })))
}

/// Sends again all letters of a conversation of the account: which they were.
pub(crate) async fn replay_conversation(
    app: &App,
    account: AccountId,
    conversation: &ConversationId,
) -> Result<Vec<DeadLetterId>, Problem> {
    let missing = || Problem::not_found("conversation");
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(missing)?.id;
    match dead_letters::replay_conversation(app.db(), app.publisher(), connection, conversation).await? {
        Replayed::Letters(ids) => {
            emit(account, ids.len());
            Ok(ids)
        }
        Replayed::Nothing => Err(Problem::new(Code::NothingToReplay)),
        Replayed::Unknown => Err(missing()),
    }
}

/// Replay a dead letter
///
/// Sends it back to the stage that gave it up, with all its attempts anew. The settings of now hold for it. If the queue does not
/// take it, it stays a dead letter, and the same request sends it later.
#[utoipa::path(
    post, path = "/integrations/hubspot/writeback/dead-letters/{id}/replay", tag = "writeback", operation_id = "replayDeadLetter",
    params(("id" = uuid::Uuid, Path, description = "The dead letter's id.")),
    security(("apiKey" = ["integrations:write"])),
    responses((status = 202, description = "It is on its way again.", body = Replay), Guarded, Publishes, NamesOne)
)]
pub(crate) async fn dead_letter(
    key: Key<IntegrationsWrite>,
    Named(id): Named<DeadLetterId>,
    State(app): State<App>,
) -> Result<(StatusCode, Json<Replay>), Problem> {
    replay_letter(&app, key.account(), id).await?;
    Ok((StatusCode::ACCEPTED, Json(Replay { dead_letter_ids: vec![id] })))
}

/// Sends a letter of the account again.
pub(crate) async fn replay_letter(app: &App, account: AccountId, id: DeadLetterId) -> Result<(), Problem> {
    let missing = || Problem::not_found("dead letter");
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(missing)?.id;
    if !dead_letters::replay(app.db(), app.publisher(), connection, id).await? {
        return Err(missing());
    }
    emit(account, 1);
    Ok(())
}

/// What became of the wish to replay all letters of one reason.
pub(crate) struct ReplayedSome {
    /// Letters that are on their way again.
    pub(crate) sent: usize,
    /// Letters that there still are.
    pub(crate) left: u64,
    /// Why it ended before its time.
    pub(crate) trouble: Option<Problem>,
}

/// Sends again up to `max` letters of the account that were given up for that reason.
pub(crate) async fn replay_reason(app: &App, account: AccountId, reason: Reason, max: u32) -> Result<ReplayedSome, Problem> {
    let not_connected = || Problem::new(Code::NotConnected);
    let connection = connections::of_account(app.db(), account).await?.ok_or_else(not_connected)?.id;
    let filter = Filter { reason: Some(reason), ..Filter::default() };
    let (sent, ended) = dead_letters::replay_some(app.db(), app.publisher(), connection, &filter, max).await;
    emit(account, sent);
    let counts = store::dead_letters::counts(app.db(), Some(connection)).await?;
    let left = counts.into_iter().find(|(of, _)| *of == reason).map_or(0, |(_, n)| n);
    Ok(ReplayedSome { sent, left, trouble: ended.err().map(Problem::from) })
}
