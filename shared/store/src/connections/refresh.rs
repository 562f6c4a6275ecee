//! One process renews a token at a time.

use std::time::Duration;

use domain::{
    ConnectionId,
    connection::{ConnectionStatus, Credential},
};
use sqlx::{AssertSqlSafe, Postgres, Transaction};

use super::{TokenVersion, change::finish, credential};
use crate::{Db, Error, row::parse};

/// How long a second process waits for the first one's renewal before [`Error::Unavailable`].
const WAIT: Duration = Duration::from_secs(15);
/// How long a renewal may hold the row: longer than a request to HubSpot may take.
const HOLD: Duration = Duration::from_secs(45);

/// The right to renew one connection's token. Others wait until it is saved, refused or dropped. Holds one connection of the
/// pool.
pub struct RefreshGuard {
    tx: Transaction<'static, Postgres>,
    db: Db,
    connection: ConnectionId,
    credential: Credential,
    version: TokenVersion,
    status: ConnectionStatus,
}

/// Waits for the right to renew, then reads what is stored now. Whoever waited finds a newer version than it knew, and has
/// nothing left to do. `None`: there is no such connection, or it was disconnected.
pub async fn refresh_guard(db: &Db, connection: ConnectionId) -> Result<Option<RefreshGuard>, Error> {
    let doing = "waiting to renew a token";
    let mut tx = db.pool().begin().await.map_err(Error::when(doing))?;
    let (wait, hold) = (WAIT.as_millis(), HOLD.as_millis());
    let sql = format!(
        "set local lock_timeout = {wait}; set local statement_timeout = {wait}; \
         set local idle_in_transaction_session_timeout = {hold}"
    );
    // Safe: numbers of ours. `query!` cannot describe `set`.
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *tx).await.map_err(Error::when(doing))?;
    let sql =
        sqlx::query!("select credential, token_version, status from connections where id = $1 for no key update", connection.0);
    let row = sql.fetch_optional(&mut *tx).await.map_err(Error::when(doing))?;
    let Some((sealed, row_version, row_status)) = row.and_then(|row| Some((row.credential?, row.token_version, row.status)))
    else {
        return Ok(None);
    };
    Ok(Some(RefreshGuard {
        credential: credential::open(db.keys(), connection, &sealed)?,
        version: TokenVersion(row_version),
        status: parse("connections.status", &row_status)?,
        tx,
        db: db.clone(),
        connection,
    }))
}

impl RefreshGuard {
    /// What is stored now.
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// Its version.
    pub fn version(&self) -> TokenVersion {
        self.version
    }

    /// Whether HubSpot refused it before.
    pub fn status(&self) -> ConnectionStatus {
        self.status
    }

    /// Stores the renewed credential, and lets the others go on with it.
    pub async fn save(mut self, renewed: &Credential) -> Result<TokenVersion, Error> {
        let doing = "storing a renewed token";
        let sql = sqlx::query!(
            "update connections set credential = $2, token_expires_at = $3, token_version = token_version + 1,
                    status = 'active', updated_at = now()
              where id = $1 returning account_id, token_version",
            self.connection.0,
            credential::seal(self.db.keys(), self.connection, renewed),
            credential::expires_at(renewed)
        );
        let row = sql.fetch_one(&mut *self.tx).await.map_err(Error::when(doing))?;
        finish(self.tx, doing, Some(row.account_id), self.connection).await?;
        Ok(TokenVersion(row.token_version))
    }

    /// Notes that HubSpot refused to renew it: a person has to connect again.
    pub async fn refuse(mut self) -> Result<(), Error> {
        let doing = "noting a refused renewal";
        let sql = sqlx::query_scalar!(
            "update connections set status = 'reauth_required', updated_at = now() where id = $1 returning account_id",
            self.connection.0
        );
        let account = sql.fetch_optional(&mut *self.tx).await.map_err(Error::when(doing))?;
        finish(self.tx, doing, account, self.connection).await.map(drop)
    }
}
