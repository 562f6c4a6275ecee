//! A database for one test, and what most tests begin with.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    AccountId, AgentId, ConnectionId, ConversationId, EventId, PortalId, Region,
    caller::{CallerKey, LookupSecret},
    connection::{Connection, Credential},
    conversation::{Channel, Direction},
    seal::KeyRing,
    settings::Mode,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, postgres::PgConnectOptions};
use store::{
    Config, Db, accounts,
    connections::{self, Connected, NewConnection},
    ledger::NewWriteback,
};
use time::{Duration, OffsetDateTime, macros::datetime};

/// The moment from which tests count; the store never looks at the wall clock for it.
pub(crate) const NOON: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);

pub(crate) struct World {
    pub(crate) db: Db,
    /// For looking behind the store's back.
    pub(crate) options: PgConnectOptions,
    name: String,
    /// The next account's portal: no two have the same.
    portal: AtomicI64,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let admin = admin();
        let name = format!("writeback_store_it_{}", uuid::Uuid::new_v4().simple());
        let mut connection = admin.connect().await.expect("WRITEBACK_TEST_DATABASE_URL must lead to a PostgreSQL");
        let template = template(&mut connection).await;
        execute(&mut connection, format!("create database {name} template {template}")).await;
        connection.close().await.unwrap();
        let (db, options) = connect(&name, change).await;
        Self { db, options, name, portal: AtomicI64::new(62_515) }
    }

    /// A second process on the same database.
    pub(crate) async fn another_process(&self) -> Db {
        connect(&self.name, |_| ()).await.0
    }

    /// One with other keys.
    pub(crate) async fn process_with(&self, keys: KeyRing) -> Db {
        connect_with(&self.name, |_| (), keys).await.0
    }

    pub(crate) async fn account(&self) -> AccountId {
        accounts::create(&self.db, "Acme", Region::US).await.unwrap().id
    }

    pub(crate) async fn connection(&self) -> Connection {
        let account = self.account().await;
        match connections::connect(&self.db, account, &new_connection(self.portal.fetch_add(1, Ordering::Relaxed), "access-1"))
            .await
            .unwrap()
        {
            Connected::New(connection) => connection,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn raw(&self) -> PgConnection {
        self.options.connect().await.unwrap()
    }

    /// One number out of the database.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.raw().await).await.unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let name = self.name.clone();
        // `drop` cannot wait in the test's runtime.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let mut connection = admin().connect().await.unwrap();
                execute(&mut connection, format!("drop database if exists {name} with (force)")).await;
            });
        });
        // A database that is left behind fails no test.
        drop(dropping.join());
    }
}

fn url() -> String {
    std::env::var("WRITEBACK_TEST_DATABASE_URL").expect("WRITEBACK_TEST_DATABASE_URL (try: eval \"$(deploy/services env)\")")
}

fn admin() -> PgConnectOptions {
    url().parse().unwrap()
}

async fn connect(name: &str, change: impl FnOnce(&mut Config)) -> (Db, PgConnectOptions) {
    connect_with(name, change, keys()).await
}

async fn connect_with(name: &str, change: impl FnOnce(&mut Config), keys: KeyRing) -> (Db, PgConnectOptions) {
    let url = url();
    let (server, _) = url.rsplit_once('/').unwrap();
    let url = format!("{server}/{name}");
    let options = url.parse().unwrap();
    let mut config = Config::new(url.into());
    config.max_connections = 4;
    change(&mut config);
    (Db::connect(config, Arc::new(keys)).await.unwrap(), options)
}

/// A migrated database to copy, made once for each set of migrations: copying is ten times as fast as migrating.
async fn template(connection: &mut PgConnection) -> String {
    let mut hasher = DefaultHasher::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in &files {
        (file.file_name(), std::fs::read(file).unwrap()).hash(&mut hasher);
    }
    let name = format!("writeback_store_template_{:016x}", hasher.finish());
    sqlx::query("select pg_advisory_lock(4711)").execute(&mut *connection).await.unwrap();
    let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(&name)
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    if !there {
        execute(connection, format!("drop database if exists {name}_new with (force)")).await;
        execute(connection, format!("create database {name}_new")).await;
        let (db, _) = connect(&format!("{name}_new"), |_| ()).await;
        db.migrate().await.unwrap();
        db.close().await;
        execute(connection, format!("alter database {name}_new rename to {name}")).await;
    }
    sqlx::query("select pg_advisory_unlock(4711)").execute(&mut *connection).await.unwrap();
    name
}

async fn execute(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.unwrap();
}

pub(crate) fn keys() -> KeyRing {
    format!("k1:{}", "A".repeat(43) + "=").parse().unwrap()
}

pub(crate) fn oauth(access_token: &str, expires_at: OffsetDateTime) -> Credential {
    Credential::OAuth { access_token: access_token.into(), refresh_token: "refresh-1".into(), expires_at }
}

pub(crate) fn new_connection(portal: i64, access_token: &str) -> NewConnection {
    NewConnection {
        portal: PortalId::from_i64(portal).unwrap(),
        credential: oauth(access_token, NOON),
        scopes: vec!["oauth".to_owned(), "crm.objects.contacts.read".to_owned()],
        ui_domain: "app.hubspot.com".to_owned(),
    }
}

pub(crate) fn conversation(n: usize) -> ConversationId {
    format!("conv_{n:04}").parse().unwrap()
}

/// Conversation `n`, which ended `n` minutes after noon.
pub(crate) fn new_writeback(n: usize) -> NewWriteback {
    let ended_at = NOON + Duration::minutes(i64::try_from(n).unwrap());
    NewWriteback {
        conversation: conversation(n),
        event: EventId::new(),
        agent: AgentId::parse("agent_7").unwrap(),
        channel: Channel::Voice,
        direction: Direction::Inbound,
        mode: Mode::Summary,
        started_at: ended_at - Duration::minutes(4),
        ended_at,
        accepted_at: ended_at + Duration::seconds(1),
        scrubbed: None,
    }
}

pub(crate) fn caller_key(connection: ConnectionId, phone: &str) -> CallerKey {
    let secret: LookupSecret = ("E".repeat(43) + "=").parse().unwrap();
    CallerKey::of_phone(&secret, connection, &domain::Phone::parse(phone, Region::US).unwrap())
}
