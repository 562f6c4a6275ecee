//! A database of one's own, migrated, and dropped in the end.

use std::sync::Arc;

use anyhow::Context as _;
use domain::{ConnectionId, seal::KeyRing};
use secrecy::SecretString;
use sqlx::{Connection as _, Executor as _, PgConnection};
use store::Db;
use uuid::Uuid;

use crate::env;

/// A database that is dropped with this value.
pub struct Database {
    name: String,
    url: String,
}

/// What the server has done; of its log all databases have a part.
#[derive(Clone, Copy, Debug)]
pub struct Counters {
    /// Transactions.
    pub commits: f64,
    /// Bytes of its log.
    pub wal_bytes: f64,
}

/// How large a database's tables are.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// With indices.
    pub bytes: f64,
    /// Rows that nobody can see any more and that still take room.
    pub dead_rows: f64,
}

impl std::ops::Sub for &Counters {
    type Output = Counters;

    fn sub(self, before: Self) -> Counters {
        Counters { commits: self.commits - before.commits, wal_bytes: self.wal_bytes - before.wal_bytes }
    }
}

impl Database {
    /// Makes an empty one and brings its schema up to date.
    pub async fn create() -> anyhow::Result<Self> {
        let admin = env::require("WRITEBACK_TEST_DATABASE_URL");
        let (base, _) = admin.rsplit_once('/').context("WRITEBACK_TEST_DATABASE_URL names no database")?;
        let name = format!("test_{}", Uuid::now_v7().simple());
        let database = Self { url: format!("{base}/{name}"), name };
        admin_statement(format!("create database {}", database.name)).await?;
        let db = database.connect(Arc::new(keys())).await?;
        db.migrate().await?;
        db.close().await;
        Ok(database)
    }

    /// Where it is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A handle with few connections: many tests run at once.
    pub async fn connect(&self, keys: Arc<KeyRing>) -> anyhow::Result<Db> {
        let config = store::Config { max_connections: 4, ..store::Config::new(SecretString::from(self.url.clone())) };
        Ok(Db::connect(config, keys).await?)
    }

    /// Makes as if every learned link had last been confirmed two hours ago, longer than any is trusted.
    pub async fn age_links(&self) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        connection.execute("update contact_links set verified_at = now() - interval '2 hours'").await?;
        Ok(connection.close().await?)
    }

    /// Makes as if everything that is over had been over for so many days.
    pub async fn age(&self, days: i32) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        for statement in [
            "update writebacks set finished_at = finished_at - make_interval(days => $1) where finished_at is not null",
            "update dead_letters set buried_at = buried_at - make_interval(days => $1)",
        ] {
            sqlx::query(statement).bind(days).execute(&mut connection).await?;
        }
        Ok(connection.close().await?)
    }

    /// Makes as if every conversation that is on the way had been taken up twenty minutes ago.
    pub async fn age_conversations(&self) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        connection.execute("update writebacks set opened_at = now() - interval '20 minutes' where state < 100").await?;
        Ok(connection.close().await?)
    }

    /// So many conversations that were taken up, a second apart.
    pub async fn many_conversations(&self, connection: ConnectionId, count: i32) -> anyhow::Result<()> {
        let mut pool = PgConnection::connect(&self.url).await?;
        let insert = "insert into writebacks (connection_id, conversation_id, event_id, state, ended_at)
                      select $1, 'many_' || n, gen_random_uuid(), 0, now() - n * interval '1 second' from generate_series(1, $2) n";
        sqlx::query(insert).bind(connection.0).bind(count).execute(&mut pool).await?;
        Ok(pool.close().await?)
    }

    /// Makes every account's patterns and words to keep such as no release can read.
    pub async fn spoil_redaction(&self) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let spoil = r#"update writeback_settings set redaction = '{"patterns": 1}', redaction_version = redaction_version + 1"#;
        connection.execute(spoil).await?;
        Ok(connection.close().await?)
    }

    /// What the server has done for it so far.
    pub async fn counters(&self) -> anyhow::Result<Counters> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let counters = "select xact_commit::float8, (pg_current_wal_lsn() - '0/0')::float8
                          from pg_stat_database where datname = current_database()";
        let (commits, wal_bytes) = sqlx::query_as(counters).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(Counters { commits, wal_bytes })
    }

    /// How many connections it has.
    pub async fn connections(&self) -> anyhow::Result<f64> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let count = "select count(*)::float8 from pg_stat_activity where datname = current_database()";
        let count = sqlx::query_scalar(count).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(count)
    }

    /// How large its tables are.
    pub async fn size(&self) -> anyhow::Result<Size> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let size = "select coalesce(sum(pg_total_relation_size(relid)), 0)::float8, coalesce(sum(n_dead_tup), 0)::float8
                      from pg_stat_user_tables";
        let (bytes, dead_rows) = sqlx::query_as(size).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(Size { bytes, dead_rows })
    }

    /// Every row of every table as text, for a test that looks for what must not rest there.
    pub async fn dump(&self) -> anyhow::Result<String> {
        let mut connection = PgConnection::connect(&self.url).await?;
        let dump =
            "select coalesce(string_agg(query_to_xml(format('select * from %I', table_name), true, false, '')::text, ''), '')
                      from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'";
        let text = sqlx::query_scalar(dump).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(text)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        crate::farewell(async move { admin_statement(statement).await.ok() });
    }
}

/// One statement on the maintenance database.
async fn admin_statement(statement: String) -> anyhow::Result<()> {
    let mut admin =
        PgConnection::connect(&env::require("WRITEBACK_TEST_DATABASE_URL")).await.context("PostgreSQL of the tests")?;
    admin.execute(sqlx::AssertSqlSafe(statement)).await?;
    Ok(admin.close().await?)
}

/// A key ring for tests.
pub fn keys() -> KeyRing {
    KEYS.parse().expect("32 bytes in base64")
}

/// The same as configuration.
pub const KEYS: &str = "test:dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdCE=";

/// A lookup secret for tests, as configuration.
pub const LOOKUP_SECRET: &str = "bG9va3VwLWxvb2t1cC1sb29rdXAtbG9va3VwLWxvb2s=";
