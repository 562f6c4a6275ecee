//! What an export would look like.

use std::borrow::Cow;

use axum::{Json, extract::State};
use domain::{
    AccountId, Fault,
    settings::{Mode, OnNoMatch},
};
use serde::Deserialize;
use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

use super::conversation_finished::ConversationFinished;
use crate::{
    answers::{AsksHubSpot, Guarded, TakesBody},
    app::App,
    extract::{Body, Key, key::IntegrationsRead},
    ingest::Reader,
    preview::{self, Overrides, Preview},
    problem::Problem,
    words,
};

/// A conversation, or the parts of it that matter: an event whose every field may be left out.
pub(crate) enum PartialConversation {}

impl PartialSchema for PartialConversation {
    fn schema() -> RefOr<Schema> {
        let mut schema = ConversationFinished::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.required.clear();
            let text = "A conversation as an event has it, or the parts that matter. What is left out is an incoming call that ends now.";
            object.description = Some(text.to_owned());
        }
        schema
    }
}

impl ToSchema for PartialConversation {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("PartialConversation")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ConversationFinished::schemas(schemas);
    }
}

/// A conversation, and settings to try on it.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PreviewRequest {
    /// The conversation, or the parts that matter.
    #[schema(value_type = PartialConversation)]
    conversation: Map<String, Value>,
    /// The mode to try, as if it had been set before the conversation ended. What is set, unless given.
    #[schema(value_type = Option<words::Mode>)]
    mode: Option<Mode>,
    /// What to try for unknown callers. What is set, unless given.
    #[schema(value_type = Option<words::OnNoMatch>)]
    on_no_match: Option<OnNoMatch>,
}

/// Preview an export
///
/// Says what would become of a conversation if it were reported now: scrubbed, summarised and matched as the workers do it, with the
/// record that would be written. HubSpot is asked who the caller is; nothing is written there or here, and nothing of the
/// conversation is kept or logged.
#[utoipa::path(
    post, path = "/integrations/hubspot/writeback/preview", tag = "writeback", operation_id = "previewWriteback",
    request_body = PreviewRequest,
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "What would become of it.", body = Preview), Guarded, TakesBody, AsksHubSpot)
)]
pub(crate) async fn preview(
    key: Key<IntegrationsRead>,
    State(app): State<App>,
    Body(request): Body<PreviewRequest>,
) -> Result<Json<Preview>, Problem> {
    let PreviewRequest { conversation, mode, on_no_match } = request;
    previewed(&app, key.account(), conversation, Overrides { mode, on_no_match }).await.map(Json)
}

/// What would become of a conversation of the account, of which the parts that matter are given.
pub(crate) async fn previewed(
    app: &App,
    account: AccountId,
    conversation: Map<String, Value>,
    overrides: Overrides,
) -> Result<Preview, Problem> {
    let reader = Reader::of(app, account).await?;
    let conversation = reader.conversation(&completed(conversation, reader.now())).map_err(|faults| {
        let within = |fault: Fault| Fault { path: within(&fault.path), ..fault };
        Problem::invalid(faults.into_iter().map(within).collect())
    })?;
    preview::preview(app, account, conversation, overrides).await
}

fn within(path: &str) -> String {
    if path.is_empty() { "conversation".to_owned() } else { format!("conversation.{path}") }
}

/// The conversation with what an event must have and a preview need not.
fn completed(mut conversation: Map<String, Value>, now: OffsetDateTime) -> Value {
    // It fails only beyond year 9999.
    let now = now.format(&Rfc3339).unwrap_or_default();
    let mut default = |name: &str, value: &str| {
        conversation.entry(name).or_insert_with(|| value.into());
    };
    default("conversationId", "preview");
    default("agentId", "preview");
    default("channel", "voice");
    default("direction", "inbound");
    default("endedAt", &now);
    let ended_at = conversation["endedAt"].clone();
    conversation.entry("startedAt").or_insert(ended_at);
    Value::Object(conversation)
}
