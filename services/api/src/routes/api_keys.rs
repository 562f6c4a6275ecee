//! API keys: listed, made, revoked.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use domain::{ApiKeyId, Fault, scope::Scope};
use secrecy::ExposeSecret as _;
use serde::{Deserialize, Serialize};
use store::{api_keys, changes::Change};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

use crate::{
    answers::{GrantsScopes, Guarded, NamesOne, TakesBody, TakesParameters},
    app::App,
    extract::{Body, Key, Named, Params, key::KeysWrite},
    page::{Limit, Page},
    problem::Problem,
    words,
};

/// Longest name in characters.
const NAME_CHARS_MAX: usize = 100;

/// An API key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
pub(crate) struct Listed {
    #[schema(value_type = uuid::Uuid)]
    id: ApiKeyId,
    /// What its maker called it.
    name: String,
    /// The beginning of the secret, to tell keys apart by.
    prefix: String,
    #[schema(value_type = Vec<words::Scope>)]
    scopes: Vec<Scope>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    /// When it was last used, to the minute.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    last_used_at: Option<OffsetDateTime>,
    /// When it was revoked, if it was.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    revoked_at: Option<OffsetDateTime>,
}

impl From<api_keys::Listed> for Listed {
    fn from(key: api_keys::Listed) -> Self {
        let api_keys::Listed { id, name, prefix, scopes, created_at, last_used_at, revoked_at } = key;
        Self { id, name, prefix, scopes, created_at, last_used_at, revoked_at }
    }
}

/// Which part of the list.
#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Entries of a page; 50 unless given.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<uuid::Uuid>)]
    cursor: Option<ApiKeyId>,
}

/// List API keys
///
/// All keys of the account, oldest first, revoked ones too. Secrets are never shown again.
#[utoipa::path(
    get, path = "/api-keys", tag = "keys", operation_id = "listApiKeys", params(Part),
    security(("apiKey" = ["keys:write"])),
    responses((status = 200, description = "A page of keys.", body = Page<Listed>), Guarded, TakesParameters)
)]
pub(crate) async fn list(
    key: Key<KeysWrite>,
    Params(part): Params<Part>,
    State(app): State<App>,
) -> Result<Json<Page<Listed>>, Problem> {
    // An account has few keys, and their ids sort by time.
    let mut keys = api_keys::list(app.db(), key.account()).await?;
    keys.retain(|listed| part.cursor.is_none_or(|after| listed.id > after));
    Ok(Json(Page::of(keys, part.limit, |listed| listed.id.to_string(), Listed::from)))
}

/// What a new key is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewApiKey {
    /// What you call it; people will see it in the list.
    #[schema(min_length = 1, max_length = 100, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]+$", example = "staging emitter")]
    name: String,
    /// What it may do: at least one scope, and only such that your own key has.
    #[schema(value_type = Vec<words::Scope>, min_items = 1)]
    scopes: Vec<Scope>,
}

impl NewApiKey {
    fn check(self) -> Result<Self, Problem> {
        let Self { name, mut scopes } = self;
        let name = name.trim().to_owned();
        let mut faults = Vec::new();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
            faults.push(Fault::new("name", "invalid", format!("must have 1 to {NAME_CHARS_MAX} printable characters")));
        }
        if scopes.is_empty() {
            faults.push(Fault::new("scopes", "required", "must name at least one scope"));
        }
        scopes.sort_unstable();
        scopes.dedup();
        if faults.is_empty() { Ok(Self { name, scopes }) } else { Err(Problem::invalid(faults)) }
    }
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MadeApiKey {
    #[schema(value_type = uuid::Uuid)]
    id: ApiKeyId,
    name: String,
    #[schema(value_type = Vec<words::Scope>)]
    scopes: Vec<Scope>,
    /// The key itself. It is shown this once and kept nowhere.
    secret: String,
}

/// Make an API key
///
/// The answer holds the secret, this once. A key cannot grant a scope that it does not have itself.
#[utoipa::path(
    post, path = "/api-keys", tag = "keys", operation_id = "makeApiKey", request_body = NewApiKey,
    security(("apiKey" = ["keys:write"])),
    responses(
        (status = 201, description = "The key, with its secret.", body = MadeApiKey,
            headers(("Location" = String, description = "Where the key can be revoked."))),
        Guarded, GrantsScopes, TakesBody
    )
)]
pub(crate) async fn make(
    key: Key<KeysWrite>,
    State(app): State<App>,
    Body(new): Body<NewApiKey>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<MadeApiKey>), Problem> {
    let NewApiKey { name, scopes } = new.check()?;
    let lacking = key.lacks(&scopes);
    if !lacking.is_empty() {
        return Err(Problem::scopes_not_held(&lacking));
    }
    let (id, secret) = api_keys::make(app.db(), key.account(), &name, &scopes).await?;
    tracing::info!(account.id = %key.account(), api_key.id = %id, "An API key was made");
    let made = MadeApiKey { id, name, scopes, secret: secret.expose_secret().to_owned() };
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("/api-keys/{id}"))], Json(made)))
}

/// Revoke an API key
///
/// It stops working at once, and stays in the list.
#[utoipa::path(
    delete, path = "/api-keys/{id}", tag = "keys", operation_id = "revokeApiKey",
    params(("id" = uuid::Uuid, Path, description = "The key's id.")),
    security(("apiKey" = ["keys:write"])),
    responses((status = 204, description = "The key is revoked."), Guarded, NamesOne)
)]
pub(crate) async fn revoke(
    key: Key<KeysWrite>,
    Named(id): Named<ApiKeyId>,
    State(app): State<App>,
) -> Result<StatusCode, Problem> {
    if !api_keys::revoke(app.db(), key.account(), id).await? {
        return Err(Problem::not_found("API key"));
    }
    app.changed(Change::Key(id)).await;
    tracing::info!(account.id = %key.account(), api_key.id = %id, "An API key was revoked");
    Ok(StatusCode::NO_CONTENT)
}
