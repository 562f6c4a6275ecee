//! Sending again what was given up.

use axum::{Json, extract::State, http::StatusCode};
use domain::{ConversationId, DeadLetterId};
use serde::Serialize;
use store::connections;
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

fn replayed(key: &Key<IntegrationsWrite>, ids: Vec<DeadLetterId>) -> (StatusCode, Json<Replay>) {
    tracing::info!(account.id = %key.account(), count = ids.len(), "{} dead letters were replayed", ids.len());
    (StatusCode::ACCEPTED, Json(Replay { dead_letter_ids: ids }))
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
    let missing = || Problem::not_found("conversation");
    let connection = connections::of_account(app.db(), key.account()).await?.ok_or_else(missing)?.id;
    match dead_letters::replay_conversation(app.db(), app.publisher(), connection, &conversation).await? {
        Replayed::Letters(ids) => Ok(replayed(&key, ids)),
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
    let missing = || Problem::not_found("dead letter");
    let connection = connections::of_account(app.db(), key.account()).await?.ok_or_else(missing)?.id;
    if !dead_letters::replay(app.db(), app.publisher(), connection, id).await? {
        return Err(missing());
    }
    Ok(replayed(&key, vec![id]))
}
