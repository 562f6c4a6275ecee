//! An account's links to HubSpot portals, at most one of them live.

mod change;
pub(crate) mod credential;
mod refresh;

use domain::{
    AccountId, ConnectionId, PortalId,
    connection::{Connection, Credential, UniqueModes},
};
use time::OffsetDateTime;
use uuid::Uuid;

pub use self::{
    change::{Connected, NewConnection, connect, describe, disconnect, refuse_credential, set_status, set_unique_modes},
    refresh::{RefreshGuard, refresh_guard},
};
use crate::{
    Db, Error,
    row::{HubspotId as _, parse},
};

/// Counts a connection's credentials. Whoever acted on an older one than is stored now has old news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenVersion(pub i64);

/// The columns of [`Connection`].
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) portal_id: i64,
    pub(crate) status: String,
    pub(crate) unique_call: String,
    pub(crate) unique_note: String,
    pub(crate) unique_contact: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) ui_domain: String,
    pub(crate) created_at: OffsetDateTime,
}

impl TryFrom<Row> for Connection {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        Ok(Self {
            id: ConnectionId(row.id),
            account: AccountId(row.account_id),
            portal: PortalId::read("connections.portal_id", row.portal_id)?,
            status: parse("connections.status", &row.status)?,
            unique: UniqueModes {
                call: parse("connections.unique_call", &row.unique_call)?,
                note: parse("connections.unique_note", &row.unique_note)?,
                contact: parse("connections.unique_contact", &row.unique_contact)?,
            },
            scopes: row.scopes,
            ui_domain: row.ui_domain,
            created_at: row.created_at,
        })
    }
}

/// One connection, live or ended.
pub async fn get(db: &Db, connection: ConnectionId) -> Result<Option<Connection>, Error> {
    let sql = sqlx::query_as!(
        Row,
        "select id, account_id, portal_id, status, unique_call, unique_note, unique_contact, scopes, ui_domain, created_at
           from connections where id = $1",
        connection.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading a connection"))?;
    row.map(TryInto::try_into).transpose()
}

/// The account's live connection. One that was disconnected is none.
pub async fn of_account(db: &Db, account: AccountId) -> Result<Option<Connection>, Error> {
    let sql = sqlx::query_as!(
        Row,
        "select id, account_id, portal_id, status, unique_call, unique_note, unique_contact, scopes, ui_domain, created_at
           from connections where account_id = $1 and status <> 'disconnected'",
        account.0
    );
    let row = sql.fetch_optional(db.pool()).await.map_err(Error::when("reading an account's connection"))?;
    row.map(TryInto::try_into).transpose()
}

/// What opens the portal, and its version. `None`: there is no such connection, or it was disconnected.
pub async fn credential(db: &Db, connection: ConnectionId) -> Result<Option<(Credential, TokenVersion)>, Error> {
    let row = sqlx::query!("select credential, token_version from connections where id = $1", connection.0)
        .fetch_optional(db.pool())
        .await
        .map_err(Error::when("reading a credential"))?;
    row.and_then(|row| Some((row.credential?, row.token_version)))
        .map(|(sealed, version)| Ok((credential::open(db.keys(), connection, &sealed)?, TokenVersion(version))))
        .transpose()
}
