//! One finished conversation.

use axum::{Extension, Json, extract::State, http::StatusCode};
use bus::PublishError;
use domain::ConversationId;
use serde::Serialize;
use utoipa::ToSchema;

use super::conversation_finished::ConversationFinished;
use crate::{
    answers::{Guarded, Publishes, TakesBody},
    app::App,
    extract::{Key, Raw, key::EventsWrite},
    ingest::{Ignored, Reader, Reading},
    layers::Context,
    problem::Problem,
    telemetry::Ingested,
};

/// What became of a sound event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Taken {
    /// It is in the queue, on disk, and will end as one engagement or as one recorded reason why not.
    Accepted,
    /// It is not to be exported, and nothing of it was kept.
    Ignored,
}

/// The answer to a sound event.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Receipt {
    /// Your own id.
    #[schema(value_type = String, example = "conv_81f2")]
    conversation_id: ConversationId,
    status: Taken,
    /// Why it was ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Ignored>,
}

/// Emit a finished conversation
///
/// `accepted` is answered once the queue has the event on disk. Sending the same conversation again is always safe. While logging
/// is off the event is read, so that mistakes show, and then forgotten: it can never be exported later.
#[utoipa::path(
    post, path = "/events/conversation-finished", tag = "events", operation_id = "emitConversationFinished",
    request_body = ConversationFinished,
    params(("traceparent" = Option<String>, Header, description = "Your trace, which the export goes on with (W3C trace context).")),
    security(("apiKey" = ["events:write"])),
    responses((status = 202, description = "The event was read.", body = Receipt), Guarded, Publishes, TakesBody)
)]
pub(crate) async fn conversation_finished(
    key: Key<EventsWrite>,
    State(app): State<App>,
    Extension(context): Extension<Context>,
    Raw(body): Raw,
) -> Result<(StatusCode, Json<Receipt>), Problem> {
    let receipt = match Reader::of(&app, key.account()).await?.read(&body) {
        Reading::Take(event) => {
            app.publisher().publish(&*event, &context.trace).await.map_err(unconfirmed)?;
            Ingested::Accepted.emit();
            Receipt { conversation_id: event.conversation.id, status: Taken::Accepted, reason: None }
        }
        Reading::Ignore(conversation_id, reason) => {
            Ingested::Ignored { reason: reason.as_str() }.emit();
            Receipt { conversation_id, status: Taken::Ignored, reason: Some(reason) }
        }
        Reading::Invalid(faults) => {
            Ingested::Invalid.emit();
            return Err(Problem::invalid(faults));
        }
    };
    Ok((StatusCode::ACCEPTED, Json(receipt)))
}

/// What the broker did not confirm may be in the queue all the same; the ledger recognises the repetition.
pub(super) fn unconfirmed(error: PublishError) -> Problem {
    Ingested::Unconfirmed.emit();
    error.into()
}
