//! A migrated database for one test.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions};
use store::{Config, Db};

/// Dropped with the test.
pub(crate) struct Database {
    name: String,
}

impl Database {
    pub(crate) async fn create() -> Self {
        let name = format!("writeback_hubspot_it_{}", uuid::Uuid::new_v4().simple());
        execute(format!("create database {name}")).await;
        let database = Self { name };
        database.connect().await.migrate().await.unwrap();
        database
    }

    /// As one more process.
    pub(crate) async fn connect(&self) -> Db {
        let url = url();
        let (server, _) = url.rsplit_once('/').unwrap();
        let mut config = Config::new(format!("{server}/{}", self.name).into());
        config.max_connections = 4;
        let keys = format!("k1:{}=", "A".repeat(43)).parse().unwrap();
        Db::connect(config, Arc::new(keys)).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let name = self.name.clone();
        // `drop` cannot wait in the test's runtime.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(execute(format!("drop database if exists {name} with (force)")));
        });
        // A database that is left behind fails no test.
        drop(dropping.join());
    }
}

fn url() -> String {
    std::env::var("WRITEBACK_TEST_DATABASE_URL").expect("WRITEBACK_TEST_DATABASE_URL (try: eval \"$(deploy/services env)\")")
}

async fn execute(sql: String) {
    let options: PgConnectOptions = url().parse().unwrap();
    let mut connection = options.connect().await.expect("WRITEBACK_TEST_DATABASE_URL must lead to a PostgreSQL");
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
