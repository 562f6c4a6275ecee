//! Every operation, in one list.

pub(crate) mod api_keys;
mod batch;
mod connect;
mod connection;
mod conversation_finished;
mod conversation_view;
pub(crate) mod conversations;
pub(crate) mod conversations_csv;
pub(crate) mod dead_letters;
mod events;
pub(crate) mod preview;
pub(crate) mod redaction_try;
pub(crate) mod replays;
pub(crate) mod settings;

use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::App, problem::ProblemBody};

/// All operations, with their part of the document.
pub(crate) fn all() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(events::conversation_finished))
        .routes(routes!(batch::conversations_finished))
        .routes(routes!(connection::read, connect::disconnect))
        .routes(routes!(connect::connect))
        .routes(routes!(connect::open))
        .routes(routes!(connect::callback))
        .routes(routes!(connect::probe))
        .routes(routes!(settings::read, settings::set))
        .routes(routes!(preview::preview))
        .routes(routes!(redaction_try::try_redaction))
        .routes(routes!(conversations::list))
        .routes(routes!(conversations_csv::export))
        .routes(routes!(conversations::read))
        .routes(routes!(replays::conversation))
        .routes(routes!(dead_letters::list))
        .routes(routes!(dead_letters::read, dead_letters::forget))
        .routes(routes!(replays::dead_letter))
        .routes(routes!(api_keys::list, api_keys::make))
        .routes(routes!(api_keys::revoke))
}

/// What the document says beside the operations.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Writeback API",
        description = "Connects voice and chat agents to HubSpot. Send finished conversations; they are scrubbed, summarised and \
            written to the timeline of the contact they were with.\n\n\
            Send `Authorization: Bearer <api key>`. A key belongs to one account and carries scopes. Times are RFC 3339 in UTC. \
            Unknown fields and parameters are refused. Lists are paged: pass `nextCursor` as `cursor` to go on.\n\n\
            Every answer has the header `X-Request-Id`; name it when you ask us about an answer. What has `Retry-After` may be \
            sent again, unchanged, after that many seconds.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "events", description = "Finished conversations, as the platform sends them."),
        (name = "connection", description = "The link to a HubSpot portal."),
        (name = "writeback", description = "Interaction logging: settings, conversations, outcomes, dead letters."),
        (name = "keys", description = "API keys.")
    ),
    components(schemas(ProblemBody)),
    modifiers(&ApiKeyScheme)
)]
struct Document;

struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An API key. The scopes of an operation's requirement are those that the key must carry."))
            .build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("apiKey", SecurityScheme::Http(scheme));
        let session =
            ApiKeyValue::with_description("writeback_session", "The session of somebody who is signed in to the console.");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(session)));
    }
}
