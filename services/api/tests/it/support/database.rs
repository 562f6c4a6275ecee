//! A database of one's own.

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use uuid::Uuid;

use super::required;

/// A database that is dropped with this value.
pub(crate) struct Database {
    name: String,
}

fn server() -> String {
    required("WRITEBACK_TEST_DATABASE_URL")
}

impl Database {
    /// Makes one, empty.
    pub(crate) async fn create() -> Self {
        let name = format!("api_test_{}", Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&server()).await.unwrap();
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
        Self { name }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        let server = server();
        let (base, _) = server.rsplit_once('/').unwrap();
        format!("{base}/{}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let statement = format!("drop database if exists {} with (force)", self.name);
        // A test's runtime may be ending, so the farewell has a thread and a runtime of its own.
        let farewell = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server()).await?;
                connection.execute(AssertSqlSafe(statement)).await.map(drop)
            })
        });
        let dropped = farewell.join().is_ok_and(|dropped| dropped.is_ok());
        assert!(dropped || std::thread::panicking(), "the database was not dropped");
    }
}
