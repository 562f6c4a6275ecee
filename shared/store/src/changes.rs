//! News that caches wait for: LISTEN and NOTIFY, reconnecting for ever. Payloads hold ids only.

use std::time::Duration;

use domain::{AccountId, ApiKeyId, ConnectionId};
use sqlx::{
    PgConnection,
    postgres::{PgListener, PgPoolOptions},
};

use crate::{Db, Error};

const CHANNEL: &str = "writeback_changed";

/// What may be different from what a cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// A connection, its status, credential or settings.
    Connection {
        /// Whose it is.
        account: AccountId,
        /// Which.
        connection: ConnectionId,
    },
    /// An account's region or own numbers.
    Account(AccountId),
    /// An API key was revoked.
    Key(ApiKeyId),
    /// News may have been missed while the database was away: anything may have changed.
    Anything,
}

/// The news, from when it was made.
pub struct Changes {
    db: Db,
    listener: Option<PgListener>,
    wait: Duration,
}

const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Starts listening. Every change that commits after this returns is reported.
pub async fn listen(db: &Db) -> Result<Changes, Error> {
    let listener = connect(db).await.map_err(Error::when("listening for changes"))?;
    Ok(Changes { db: db.clone(), listener: Some(listener), wait: FIRST_WAIT })
}

impl Changes {
    /// The next change. Waits for as long as it takes and never fails: while the database is away it tries again, ever more
    /// slowly, and then reports [`Change::Anything`].
    pub async fn next(&mut self) -> Change {
        loop {
            let Some(listener) = &mut self.listener else {
                if self.reconnect().await {
                    return Change::Anything;
                }
                continue;
            };
            match listener.try_recv().await {
                // What cannot be read is a newer release's news.
                Ok(Some(news)) => return read(news.payload()).unwrap_or(Change::Anything),
                Ok(None) | Err(_) => self.listener = None,
            }
        }
    }

    async fn reconnect(&mut self) -> bool {
        match connect(&self.db).await {
            Ok(listener) => {
                tracing::info!("Listening for changes again");
                self.listener = Some(listener);
                self.wait = FIRST_WAIT;
                true
            }
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "Cannot listen for changes; caches rely on their age");
                tokio::time::sleep(self.wait).await;
                self.wait = (self.wait * 2).min(LONGEST_WAIT);
                false
            }
        }
    }
}

/// A connection of its own, so that listening takes none from the pool.
async fn connect(db: &Db) -> sqlx::Result<PgListener> {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(db.options().clone())
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    // A lost connection is ours to replace, so that the loss is noticed.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

pub(crate) async fn notify_connection(tx: &mut PgConnection, account: AccountId, connection: ConnectionId) -> Result<(), Error> {
    notify(tx, &format!("connection {account} {connection}")).await
}

pub(crate) async fn notify_account(tx: &mut PgConnection, account: AccountId) -> Result<(), Error> {
    notify(tx, &format!("account {account}")).await
}

pub(crate) async fn notify_key(tx: &mut PgConnection, key: ApiKeyId) -> Result<(), Error> {
    notify(tx, &format!("key {key}")).await
}

/// Within a transaction: it is heard when, and only if, the transaction commits.
async fn notify(tx: &mut PgConnection, payload: &str) -> Result<(), Error> {
    let sql = sqlx::query!("select pg_notify($1, $2)", CHANNEL, payload);
    sql.execute(tx).await.map(drop).map_err(Error::when("telling of a change"))
}

fn read(payload: &str) -> Option<Change> {
    let words: Vec<&str> = payload.split(' ').collect();
    match words[..] {
        ["connection", account, connection] => {
            Some(Change::Connection { account: account.parse().ok()?, connection: connection.parse().ok()? })
        }
        ["account", account] => Some(Change::Account(account.parse().ok()?)),
        ["key", key] => Some(Change::Key(key.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_that_cannot_be_read_is_no_news_of_ours() {
        let key = ApiKeyId::new();
        assert_eq!(read(&format!("key {key}")), Some(Change::Key(key)));
        for odd in ["", "key", "key x", "connection", "flag on"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
