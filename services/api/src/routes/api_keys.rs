//! API keys: listed, made, revoked.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use domain::{AccountId, ApiKeyId, Fault, scope::Scope};
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
pub(crate) const NAME_CHARS_MAX: usize = 100;

/// An API key, without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
pub(crate) struct Listed {
    #[schema(value_type = uuid::Uuid)]
    pub(crate) id: ApiKeyId,
    /// What its maker called it.
    pub(crate) name: String,
    /// The beginning of the secret, to tell keys apart by.
    pub(crate) prefix: String,
    #[schema(value_type = Vec<words::Scope>)]
    pub(crate) scopes: Vec<Scope>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: OffsetDateTime,
    /// When it was last used, to the minute.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    pub(crate) last_used_at: Option<OffsetDateTime>,
    /// When it was revoked, if it was.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    pub(crate) revoked_at: Option<OffsetDateTime>,
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
    listed(&app, key.account(), part.cursor, part.limit).await.map(Json)
}

/// A page of the account's keys.
pub(crate) async fn listed(
    app: &App,
    account: AccountId,
    cursor: Option<ApiKeyId>,
    limit: Limit,
) -> Result<Page<Listed>, Problem> {
    // An account has few keys, and their ids sort by time.
    let mut keys = api_keys::list(app.db(), account).await?;
    keys.retain(|listed| cursor.is_none_or(|after| listed.id > after));
    Ok(Page::of(keys, limit, |listed| listed.id.to_string(), Listed::from))
}

/// What a new key is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewApiKey {
    /// What you call it; people will see it in the list.
    #[schema(min_length = 1, max_length = 100, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]+$", example = "staging emitter")]
    pub(crate) name: String,
    /// What it may do: at least one scope, and only such that your own key has.
    #[schema(value_type = Vec<words::Scope>, min_items = 1)]
    pub(crate) scopes: Vec<Scope>,
}

/// What a new key is to be, with nothing wrong about it.
pub(crate) struct Checked {
    name: String,
    scopes: Vec<Scope>,
}

impl NewApiKey {
    pub(crate) fn check(self) -> Result<Checked, Problem> {
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
        if faults.is_empty() { Ok(Checked { name, scopes }) } else { Err(Problem::invalid(faults)) }
    }
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MadeApiKey {
    #[schema(value_type = uuid::Uuid)]
    id: ApiKeyId,
    pub(crate) name: String,
    #[schema(value_type = Vec<words::Scope>)]
    pub(crate) scopes: Vec<Scope>,
    /// The key itself. It is shown this once and kept nowhere.
    pub(crate) secret: String,
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
    let new = new.check()?;
    let lacking = key.lacks(&new.scopes);
    if !lacking.is_empty() {
        return Err(Problem::scopes_not_held(&lacking));
    }
    let made = made(&app, key.account(), new).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, format!("/api-keys/{}", made.id))], Json(made)))
}

/// Makes a key of the account. Whether its maker may hand out these scopes is for the caller to know.
pub(crate) async fn made(app: &App, account: AccountId, new: Checked) -> Result<MadeApiKey, Problem> {
    let Checked { name, scopes } = new;
    let (id, secret) = api_keys::make(app.db(), account, &name, &scopes).await?;
    tracing::info!(account.id = %account, api_key.id = %id, "An API key was made");
    Ok(MadeApiKey { id, name, scopes, secret: secret.expose_secret().to_owned() })
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
    revoked(&app, key.account(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Revokes a key of the account.
pub(crate) async fn revoked(app: &App, account: AccountId, id: ApiKeyId) -> Result<(), Problem> {
    if !api_keys::revoke(app.db(), account, id).await? {
        return Err(Problem::not_found("API key"));
    }
    app.changed(Change::Key(id)).await;
    tracing::info!(account.id = %account, api_key.id = %id, "An API key was revoked");
    Ok(())
}
