//! How a connection begins, changes and ends.

use domain::{
    AccountId, ConnectionId, PortalId,
    connection::{Connection, ConnectionStatus, Credential, UniqueModes},
};

use super::{Row, TokenVersion, credential};
use crate::{Db, Error, changes};

/// What consent, or an operator's import, yields.
#[derive(Debug, Clone)]
pub struct NewConnection {
    /// The portal that was consented for.
    pub portal: PortalId,
    /// What opens it.
    pub credential: Credential,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// Host of the portal's pages.
    pub ui_domain: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connected {
    /// The account's first connection to this portal.
    New(Connection),
    /// The account knew this portal: the same connection with a new credential, so its settings, ledger and links stay.
    Again(Connection),
    /// The account has a live connection to another portal, which has to be ended first. Nothing was changed.
    OtherPortal(PortalId),
    /// Another account is connected to this portal, and two would take each other's records for their own. Nothing was changed.
    OtherAccount,
}

/// Connects an account to a portal.
pub async fn connect(db: &Db, account: AccountId, new: &NewConnection) -> Result<Connected, Error> {
    let doing = "connecting an account";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    // One connect of an account at a time, so that what is read next still holds when it is acted on.
    sqlx::query_scalar!("select id from accounts where id = $1 for no key update", account.0)
        .fetch_optional(&mut *tx)
        .await
        .map_err(Error::when(doing))?
        .ok_or(Error::NotFound { what: "account" })?;
    let sql = sqlx::query!(
        r#"select id, portal_id, status <> 'disconnected' as "live!" from connections
            where account_id = $1 and (status <> 'disconnected' or portal_id = $2)"#,
        account.0,
        new.portal.get()
    );
    let known = sql.fetch_all(&mut *tx).await.map_err(Error::when(doing))?;
    if let Some(other) = known.iter().find(|row| row.live && row.portal_id != new.portal.get()) {
        let portal = PortalId::from_i64(other.portal_id).ok_or(Error::Corrupt { column: "connections.portal_id" })?;
        return Ok(Connected::OtherPortal(portal));
    }
    let before = known.first().map(|row| ConnectionId(row.id));
    let id = before.unwrap_or_else(ConnectionId::new);
    let sql = sqlx::query_as!(
        Row,
        "insert into connections as c (id, account_id, portal_id, status, credential, token_expires_at, scopes, ui_domain)
         values ($1, $2, $3, 'active', $4, $5, $6, $7)
         on conflict (account_id, portal_id) do update
            set status = 'active', credential = excluded.credential, token_expires_at = excluded.token_expires_at,
                token_version = c.token_version + 1, scopes = excluded.scopes, ui_domain = excluded.ui_domain,
                updated_at = now(), disconnected_at = null
         returning id, account_id, portal_id, status, unique_call, unique_note, unique_contact, scopes, ui_domain, created_at",
        id.0,
        account.0,
        new.portal.get(),
        credential::seal(db.keys(), id, &new.credential),
        credential::expires_at(&new.credential),
        &new.scopes,
        new.ui_domain
    );
    let connection: Connection = match sql.fetch_one(&mut *tx).await.map_err(Error::when(doing)) {
        Ok(row) => row.try_into()?,
        Err(error) if error.broke("connections_portal_live") => return Ok(Connected::OtherAccount),
        Err(error) => return Err(error),
    };
    changes::notify_connection(&mut tx, account, id).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(if before.is_some() { Connected::Again(connection) } else { Connected::New(connection) })
}

/// Ends an account's connection and wipes its credential. The last credential is returned, for revoking it at HubSpot.
/// `None`: the account has no such live connection.
pub async fn disconnect(db: &Db, account: AccountId, connection: ConnectionId) -> Result<Option<Credential>, Error> {
    let doing = "disconnecting";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query_scalar!(
        "select credential from connections where id = $1 and account_id = $2 and status <> 'disconnected' for no key update",
        connection.0,
        account.0
    );
    let Some(sealed) = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?.flatten() else { return Ok(None) };
    let sql = sqlx::query!(
        "update connections set status = 'disconnected', credential = null, token_expires_at = null,
                token_version = token_version + 1, disconnected_at = now(), updated_at = now() where id = $1",
        connection.0
    );
    sql.execute(&mut *tx).await.map_err(Error::when(doing))?;
    changes::notify_connection(&mut tx, account, connection).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    // It is gone either way; one that does not open cannot be revoked.
    Ok(credential::open(db.keys(), connection, &sealed).ok())
}

/// What HubSpot says of the portal and of what was granted. `false`: there is no such live connection.
pub async fn describe(db: &Db, connection: ConnectionId, scopes: &[String], ui_domain: &str) -> Result<bool, Error> {
    let doing = "describing a connection";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query_scalar!(
        "update connections set scopes = $2, ui_domain = $3, updated_at = now()
          where id = $1 and status <> 'disconnected' returning account_id",
        connection.0,
        scopes,
        ui_domain
    );
    let account = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    finish(tx, doing, account, connection).await
}

/// Stores what the portal lets us promise. `false`: there is no such live connection.
pub async fn set_unique_modes(db: &Db, connection: ConnectionId, modes: UniqueModes) -> Result<bool, Error> {
    let doing = "storing what a portal lets us promise";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query_scalar!(
        "update connections set unique_call = $2, unique_note = $3, unique_contact = $4, updated_at = now()
          where id = $1 and status <> 'disconnected' returning account_id",
        connection.0,
        modes.call.as_str(),
        modes.note.as_str(),
        modes.contact.as_str()
    );
    let account = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    finish(tx, doing, account, connection).await
}

/// Sets whether a live connection can be used. Ending one is [`disconnect`]'s, which also wipes the credential; asked for it
/// here, the table's constraint refuses. `false`: there is no such live connection.
pub async fn set_status(db: &Db, connection: ConnectionId, status: ConnectionStatus) -> Result<bool, Error> {
    let doing = "setting a connection's status";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query_scalar!(
        "update connections set status = $2, updated_at = now() where id = $1 and status <> 'disconnected' returning account_id",
        connection.0,
        status.as_str()
    );
    let account = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    finish(tx, doing, account, connection).await
}

/// Notes that HubSpot refuses the credential of that version: a person has to connect again. `false`: a newer credential is
/// there already, or the connection is gone, and nothing was changed.
pub async fn refuse_credential(db: &Db, connection: ConnectionId, version: TokenVersion) -> Result<bool, Error> {
    let doing = "noting a refused credential";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let sql = sqlx::query_scalar!(
        "update connections set status = 'reauth_required', updated_at = now()
          where id = $1 and token_version = $2 and status = 'active' returning account_id",
        connection.0,
        version.0
    );
    let account = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    finish(tx, doing, account, connection).await
}

/// Tells of the change if there was one, and commits.
pub(super) async fn finish(
    mut tx: sqlx::Transaction<'static, sqlx::Postgres>,
    doing: &'static str,
    account: Option<uuid::Uuid>,
    connection: ConnectionId,
) -> Result<bool, Error> {
    let Some(account) = account else { return Ok(false) };
    changes::notify_connection(&mut tx, AccountId(account), connection).await?;
    tx.commit().await.map_err(Error::when(doing))?;
    Ok(true)
}
