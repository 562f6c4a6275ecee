//! Many finished conversations at once.

use std::collections::HashSet;

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use domain::{ConversationId, Fault, event::ConversationAccepted};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{conversation_finished::ConversationFinished, events::unconfirmed};
use crate::{
    answers::{Guarded, Publishes, TakesBody},
    app::App,
    code::Code,
    extract::{Body, Key, key::EventsWrite},
    ingest::{Ignored, Reader, Reading},
    layers::Context,
    problem::{FaultBody, Problem, RETRY_AFTER_S},
    telemetry::Ingested,
};

/// Events of one batch.
const EVENTS_MAX: usize = 100;

/// Finished conversations.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Batch {
    /// One to a hundred. Each is judged by itself.
    #[schema(value_type = Vec<ConversationFinished>, min_items = 1, max_items = 100)]
    events: Vec<Value>,
}

/// What became of one event of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ItemStatus {
    /// It is in the queue, on disk.
    Accepted,
    /// It is not to be exported, and nothing of it was kept; see `reason`.
    Ignored,
    /// It has faults; see `errors`. Sending it again unchanged changes nothing.
    Invalid,
    /// An event before it in this batch has the same `conversationId`; this one was dropped.
    Duplicate,
    /// The queue could not take it now. Send it again after the time in `Retry-After`.
    Unavailable,
}

/// One event's answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    /// Your own id, where it could be read.
    #[schema(value_type = Option<String>, required, example = "conv_81f2")]
    conversation_id: Option<ConversationId>,
    status: ItemStatus,
    /// Why it was ignored.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Ignored>,
    /// What is wrong with it. Paths begin at the event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FaultBody>,
}

impl Item {
    fn of(conversation_id: Option<ConversationId>, status: ItemStatus) -> Self {
        Self { conversation_id, status, reason: None, errors: Vec::new() }
    }
}

/// How many events became what.
#[derive(Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tally {
    accepted: u64,
    ignored: u64,
    invalid: u64,
    duplicate: u64,
    unavailable: u64,
}

/// The answer to a batch.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchReceipt {
    /// One for each event, in the order of the events.
    items: Vec<Item>,
    counts: Tally,
}

/// Emit many finished conversations
///
/// Up to 100 events, each judged by itself: one that is invalid does not hold the others back, so look at every item's `status`.
/// Where some are `unavailable` the answer has `Retry-After`; send those again. 503 is answered when the queue took none of those
/// that were to be exported; then send the whole batch again. Repeating is always safe.
#[utoipa::path(
    post, path = "/events/conversation-finished/batch", tag = "events", operation_id = "emitConversationsFinished",
    request_body = Batch,
    params(("traceparent" = Option<String>, Header, description = "Your trace, which the exports go on with (W3C trace context).")),
    security(("apiKey" = ["events:write"])),
    responses(
        (status = 202, description = "Every event was judged; `items` says how.", body = BatchReceipt,
            headers(("Retry-After" = u64, description = "Seconds to wait before sending what is `unavailable` again."))),
        Guarded, Publishes, TakesBody
    )
)]
pub(crate) async fn conversations_finished(
    key: Key<EventsWrite>,
    State(app): State<App>,
    Extension(context): Extension<Context>,
    Body(Batch { events }): Body<Batch>,
) -> Result<(StatusCode, HeaderMap, Json<BatchReceipt>), Problem> {
    if events.is_empty() || events.len() > EVENTS_MAX {
        let fault = Fault::new("events", "wrong_length", format!("must have 1 to {EVENTS_MAX} events"));
        return Err(Problem::invalid(vec![fault]));
    }
    let reader = Reader::of(&app, key.account()).await?;
    let (mut items, taken) = judge(&reader, &events);
    let outcomes = app.publisher().publish_all(taken.iter().map(|(_, event)| (&**event, &context.trace))).await;
    for ((index, _), outcome) in taken.iter().zip(outcomes) {
        match outcome {
            Ok(()) => Ingested::Accepted.emit(),
            Err(error) => {
                unconfirmed(error);
                items[*index].status = ItemStatus::Unavailable;
            }
        }
    }
    let counts = tally(&items);
    if counts.unavailable > 0 && counts.accepted == 0 {
        return Err(Problem::new(Code::QueueUnavailable));
    }
    let mut headers = HeaderMap::new();
    if counts.unavailable > 0 {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S));
    }
    Ok((StatusCode::ACCEPTED, headers, Json(BatchReceipt { items, counts })))
}

/// An event that is to be published, and where it stands in the batch.
type Taken = (usize, Box<ConversationAccepted>);

/// One item for each event, and what of them is to be published; those are taken for accepted until the broker says otherwise.
fn judge(reader: &Reader, events: &[Value]) -> (Vec<Item>, Vec<Taken>) {
    let (mut items, mut taken, mut seen) = (Vec::with_capacity(events.len()), Vec::new(), HashSet::new());
    for event in events {
        let item = match reader.read(event) {
            // Only a sound event makes a later one a duplicate: after an invalid one the same conversation may come right.
            Reading::Take(event) if !seen.insert(event.conversation.id.clone()) => {
                Item::of(Some(event.conversation.id), ItemStatus::Duplicate)
            }
            Reading::Ignore(id, _) if !seen.insert(id.clone()) => Item::of(Some(id), ItemStatus::Duplicate),
            Reading::Take(event) => {
                let item = Item::of(Some(event.conversation.id.clone()), ItemStatus::Accepted);
                taken.push((items.len(), event));
                item
            }
            Reading::Ignore(id, reason) => {
                Ingested::Ignored { reason: reason.as_str() }.emit();
                Item { reason: Some(reason), ..Item::of(Some(id), ItemStatus::Ignored) }
            }
            Reading::Invalid(faults) => {
                Ingested::Invalid.emit();
                let errors = faults.into_iter().map(Into::into).collect();
                let id = event["conversationId"].as_str().and_then(|id| id.parse().ok());
                Item { errors, ..Item::of(id, ItemStatus::Invalid) }
            }
        };
        items.push(item);
    }
    (items, taken)
}

fn tally(items: &[Item]) -> Tally {
    let mut tally = Tally::default();
    for item in items {
        let counter = match item.status {
            ItemStatus::Accepted => &mut tally.accepted,
            ItemStatus::Ignored => &mut tally.ignored,
            ItemStatus::Invalid => &mut tally.invalid,
            ItemStatus::Duplicate => &mut tally.duplicate,
            ItemStatus::Unavailable => &mut tally.unavailable,
        };
        *counter += 1;
    }
    tally
}
