//! How conversations are logged: read and set.

use axum::{Json, extract::State};
use domain::{
    AccountId,
    connection::Connection,
    settings::{Mode, OnNoMatch, Settings, SettingsChange},
};
use serde::{Deserialize, Serialize};
use store::{changes::Change, connections, ledger};
use time::OffsetDateTime;
use utoipa::ToSchema;

use super::connection::Portal;
use crate::{
    answers::{Guarded, NeedsConnection, TakesBody},
    app::App,
    code::Code,
    extract::{
        Body, Key,
        key::{IntegrationsRead, IntegrationsWrite},
        object,
    },
    problem::Problem,
    scrubbing::RedactionExtras,
    words,
};

/// Conversations of the connection by how they ended; rows older than the retention are not counted.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Counts {
    /// On the contact's timeline.
    exported: u64,
    /// HubSpot knows no such caller, and none was to be created.
    skipped_no_match: u64,
    /// Logging was off, or turned off meanwhile.
    withheld: u64,
    /// Given up.
    failed: u64,
    /// On the way.
    in_flight: u64,
}

/// How conversations are logged, and how that goes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Writeback {
    #[schema(value_type = words::Mode)]
    mode: Mode,
    #[schema(value_type = words::OnNoMatch)]
    on_no_match: OnNoMatch,
    /// What is removed and kept beyond the built-in numbers.
    redaction: RedactionExtras,
    /// When logging was last turned on. Only conversations that end after this are exported.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    enabled_at: Option<OffsetDateTime>,
    /// When anything was last changed.
    #[serde(with = "time::serde::rfc3339::option")]
    #[schema(required)]
    updated_at: Option<OffsetDateTime>,
    counts: Counts,
    /// The portal that conversations are written to; `null` while none is connected.
    #[schema(required)]
    portal: Option<Portal>,
}

impl Writeback {
    /// What an account without a connection has: logging is off.
    fn unconnected() -> Self {
        Self::of(Settings::default(), RedactionExtras::default(), Counts::default(), None)
    }

    async fn connected(app: &App, connection: &Connection, settings: Settings) -> Result<Self, Problem> {
        let counted = ledger::counts(app.db(), connection.id).await?;
        let ledger::Counts { exported, skipped_no_match, withheld, failed, in_flight } = counted;
        let counts = Counts { exported, skipped_no_match, withheld, failed, in_flight };
        let redaction = match settings.redaction_version {
            0 => RedactionExtras::default(),
            _ => store::settings::redaction(app.db(), connection.id).await?.1.into(),
        };
        Ok(Self::of(settings, redaction, counts, Some(Portal::from(connection))))
    }

    fn of(settings: Settings, redaction: RedactionExtras, counts: Counts, portal: Option<Portal>) -> Self {
        let Settings { mode, on_no_match, redaction_version: _, enabled_at, updated_at } = settings;
        Self { mode, on_no_match, redaction, enabled_at, updated_at, counts, portal }
    }
}

/// Read interaction logging
///
/// The settings, the counts by outcome and the portal's state.
#[utoipa::path(
    get, path = "/integrations/hubspot/writeback", tag = "writeback", operation_id = "readWriteback",
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "How conversations are logged.", body = Writeback), Guarded)
)]
pub(crate) async fn read(key: Key<IntegrationsRead>, State(app): State<App>) -> Result<Json<Writeback>, Problem> {
    // Not from the cache: whoever reads wants to see what was just set, wherever it was set.
    let live = store::gate::of_account(app.db(), key.account()).await?.and_then(|account| account.live);
    let view = match live {
        Some(gate) => Writeback::connected(&app, &gate.connection, gate.settings).await?,
        None => Writeback::unconnected(),
    };
    Ok(Json(view))
}

/// How conversations are to be logged.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct WritebackChange {
    #[schema(value_type = words::Mode)]
    pub(crate) mode: Mode,
    /// Unchanged unless given.
    #[schema(value_type = Option<words::OnNoMatch>)]
    pub(crate) on_no_match: Option<OnNoMatch>,
    /// What is removed and kept beyond the built-in numbers, all of it anew. Unchanged unless given; `{}` is nothing.
    #[serde(default, deserialize_with = "object::optional")]
    pub(crate) redaction: Option<RedactionExtras>,
}

impl WritebackChange {
    /// Whether it asks for just what an account without a connection has.
    fn is_off(&self) -> bool {
        self.mode == Mode::Off
            && self.on_no_match.unwrap_or_default() == OnNoMatch::default()
            && self.redaction.as_ref().is_none_or(RedactionExtras::is_empty)
    }
}

/// Set interaction logging
///
/// Turning it on never reaches back: only conversations that end after `enabledAt` are exported. Turning it off stops what is on
/// the way. Without a connection there is nothing to turn on: 409.
///
/// Patterns and words to keep are compiled before anything is saved; one that cannot be used is refused with its place and what
/// to do, and nothing is changed. They hold for whatever is scrubbed from then on. `POST
/// /integrations/hubspot/writeback/redaction/try` shows beforehand what they do.
#[utoipa::path(
    patch, path = "/integrations/hubspot/writeback", tag = "writeback", operation_id = "setWriteback",
    request_body = WritebackChange,
    security(("apiKey" = ["integrations:write"])),
    responses(
        (status = 200, description = "How conversations are logged from now on.", body = Writeback),
        Guarded, TakesBody, NeedsConnection
    )
)]
pub(crate) async fn set(
    key: Key<IntegrationsWrite>,
    State(app): State<App>,
    Body(change): Body<WritebackChange>,
) -> Result<Json<Writeback>, Problem> {
    match changed(&app, key.account(), change).await? {
        Some((connection, settings)) => Writeback::connected(&app, &connection, settings).await.map(Json),
        None => Ok(Json(Writeback::unconnected())),
    }
}

/// Changes how an account's conversations are logged. `None`: no portal is connected, and it asks for no more than that.
pub(crate) async fn changed(
    app: &App,
    account: AccountId,
    change: WritebackChange,
) -> Result<Option<(Connection, Settings)>, Problem> {
    if let Some(extras) = &change.redaction {
        app.scrubbing().compile(extras.clone(), "redaction.").await?;
    }
    let Some(connection) = connections::of_account(app.db(), account).await? else {
        return if change.is_off() { Ok(None) } else { Err(Problem::new(Code::NotConnected)) };
    };
    let WritebackChange { mode, on_no_match, redaction } = change;
    let change = SettingsChange { mode, on_no_match, redaction: redaction.map(Into::into) };
    let now = OffsetDateTime::now_utc();
    let settings = store::settings::set(app.db(), account, connection.id, &change, now).await?;
    // `None`: it was disconnected a moment ago.
    let settings = settings.ok_or_else(|| Problem::new(Code::NotConnected))?;
    app.changed(Change::Connection { account, connection: connection.id }).await;
    tracing::info!(
        account.id = %account,
        connection.id = %connection.id,
        mode = settings.mode.as_str(),
        on_no_match = settings.on_no_match.as_str(),
        redaction.version = settings.redaction_version,
        "Interaction logging was set"
    );
    Ok(Some((connection, settings)))
}
