//! Whether HubSpot is connected, and to which portal.

use axum::{Json, extract::State};
use domain::connection::{Connection, ConnectionStatus, UniqueModes};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::{
    answers::Guarded,
    app::App,
    extract::{Key, key::IntegrationsRead},
    problem::Problem,
    words,
};

/// The HubSpot portal of a connection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Portal {
    /// HubSpot's own id of the portal.
    #[schema(value_type = String, example = "24109811")]
    id: domain::PortalId,
    /// `active`, or `reauth_required`: then HubSpot refused our tokens, work waits, and connecting again lets it go on.
    #[schema(value_type = words::ConnectionStatus)]
    status: ConnectionStatus,
    /// What a person has to do, if anything.
    #[schema(required)]
    remedy: Option<&'static str>,
    /// Host of the portal's pages.
    #[schema(example = "app.hubspot.com")]
    ui_domain: String,
}

impl From<&Connection> for Portal {
    fn from(connection: &Connection) -> Self {
        let remedy = match connection.status {
            ConnectionStatus::Active => None,
            ConnectionStatus::ReauthRequired => Some("Connect HubSpot again. What waits goes on by itself then."),
            ConnectionStatus::Disconnected => Some("Connect HubSpot."),
        };
        Self { id: connection.portal, status: connection.status, remedy, ui_domain: connection.ui_domain.clone() }
    }
}

/// How doubles are avoided, for each kind of record that is created.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Uniqueness {
    #[schema(value_type = words::UniqueMode)]
    call: domain::connection::UniqueMode,
    #[schema(value_type = words::UniqueMode)]
    note: domain::connection::UniqueMode,
    #[schema(value_type = words::UniqueMode)]
    contact: domain::connection::UniqueMode,
}

/// What is known of a connection.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Connected {
    /// Its id.
    #[schema(value_type = uuid::Uuid)]
    id: domain::ConnectionId,
    portal: Portal,
    /// The HubSpot scopes that were granted.
    scopes: Vec<String>,
    uniqueness: Uniqueness,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    connected_at: OffsetDateTime,
}

/// Whether HubSpot is connected.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionView {
    /// Whether there is a connection; it may still need a person, see `connection.portal.status`.
    connected: bool,
    /// The connection, if there is one.
    #[schema(required)]
    connection: Option<Connected>,
}

impl ConnectionView {
    pub(super) fn of(connection: Option<Connection>) -> Self {
        Self { connected: connection.is_some(), connection: connection.map(Into::into) }
    }
}

impl From<Connection> for Connected {
    fn from(connection: Connection) -> Self {
        let UniqueModes { call, note, contact } = connection.unique;
        Self {
            id: connection.id,
            portal: Portal::from(&connection),
            scopes: connection.scopes,
            uniqueness: Uniqueness { call, note, contact },
            connected_at: connection.created_at,
        }
    }
}

/// Read the connection's status
///
/// Says whether a HubSpot portal is connected, whether it needs a person, and what was granted.
#[utoipa::path(
    get, path = "/integrations/hubspot", tag = "connection", operation_id = "readConnection",
    security(("apiKey" = ["integrations:read"])),
    responses((status = 200, description = "The connection, or none.", body = ConnectionView), Guarded)
)]
pub(crate) async fn read(key: Key<IntegrationsRead>, State(app): State<App>) -> Result<Json<ConnectionView>, Problem> {
    let connection = store::connections::of_account(app.db(), key.account()).await?;
    Ok(Json(ConnectionView::of(connection)))
}
