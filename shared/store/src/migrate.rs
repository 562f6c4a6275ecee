//! The schema's versions. The migrations are in the binary.

use std::collections::HashSet;

use sqlx::{ConnectOptions as _, Connection as _, migrate::Migrator};

use crate::{Db, Error};

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

impl Db {
    /// Brings the schema to this release's version. Safe to run from any number of processes at once: they take turns.
    pub async fn migrate(&self) -> Result<(), Error> {
        // Outside the pool: a migration may take longer than a statement may.
        let connecting = Error::when("connecting for the migrations");
        let mut connection = self.options().clone().connect().await.map_err(connecting)?;
        // `query!` cannot describe it and it takes no values.
        MIGRATOR.run(&mut connection).await.map_err(Error::Migrate)?;
        connection.close().await.map_err(Error::when("closing the migrations' connection"))
    }

    /// Versions that this release needs and the database does not have yet. Versions of a newer release do not matter: they are
    /// made so that this release goes on working.
    pub async fn migrations_pending(&self) -> Result<Vec<i64>, Error> {
        let applied: HashSet<i64> = self.applied().await?.into_iter().collect();
        Ok(MIGRATOR.iter().map(|migration| migration.version).filter(|version| !applied.contains(version)).collect())
    }

    async fn applied(&self) -> Result<Vec<i64>, Error> {
        // Checked at run time, since the table is the migrator's own and does not exist before its first run.
        let there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
            .fetch_one(self.pool())
            .await
            .map_err(Error::when("looking for the migrator's table"))?;
        if !there {
            return Ok(Vec::new());
        }
        sqlx::query_scalar("select version from _sqlx_migrations where success")
            .fetch_all(self.pool())
            .await
            .map_err(Error::when("reading which migrations were applied"))
    }
}
