//! The handle that every function of the store takes first.

use std::{sync::Arc, time::Duration};

use domain::{AccountId, ConnectionId, Phone, caller::CallerKey, seal::KeyRing};
use secrecy::{ExposeSecret as _, SecretString};
use sqlx::{
    Connection as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    Error,
    gate::Gate,
    ledger::{Exported, Matched, Moved, NewWriteback, There},
    links::Known,
    together::Together,
};

/// How to reach the database, and what it may cost.
#[derive(Debug, Clone)]
pub struct Config {
    /// `postgres://user:password@host:port/database`.
    pub url: SecretString,
    /// Connections of this process for statements that are planned once, and at most as many again for all others but those on
    /// budgets. More than a few per core only add latency.
    pub max_connections: u32,
    /// Connections of this process for budgets.
    pub budget_connections: u32,
    /// How long a caller waits for a connection before [`Error::Unavailable`].
    pub acquire_timeout: Duration,
    /// Longest statement, enforced by the server.
    pub statement_timeout: Duration,
    /// Longest wait for a lock, enforced by the server.
    pub lock_timeout: Duration,
    /// Shown in `pg_stat_activity`.
    pub application_name: String,
}

impl Config {
    /// The defaults, for that database.
    pub fn new(url: SecretString) -> Self {
        Self {
            url,
            max_connections: 8,
            budget_connections: 2,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(3),
            application_name: "writeback".to_owned(),
        }
    }
}

/// The database. Cheap to clone; all clones share the pools.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    keyed: PgPool,
    main: PgPool,
    budgets: PgPool,
    options: PgConnectOptions,
    keys: Arc<KeyRing>,
    shared: Shared,
}

/// What batches of different connections ask together.
pub(crate) struct Shared {
    pub(crate) gates: Together<ConnectionId, Option<Gate>>,
    pub(crate) own_numbers: Together<AccountId, Vec<Phone>>,
    pub(crate) links: Together<(ConnectionId, Vec<CallerKey>), Vec<Known>>,
    pub(crate) opened: Together<(ConnectionId, Vec<NewWriteback>), There>,
    pub(crate) matched: Together<(ConnectionId, Vec<Matched>), Moved>,
    pub(crate) exported: Together<(ConnectionId, Vec<Exported>), Moved>,
}

impl Db {
    /// Connects, so that a wrong address or password shows at start. The key ring seals credentials.
    pub async fn connect(config: Config, keys: Arc<KeyRing>) -> Result<Self, Error> {
        let plain: PgConnectOptions = config.url.expose_secret().parse().map_err(Error::when("reading the database's URL"))?;
        let plain = plain.application_name(&config.application_name);
        let options = plain.clone().options([
            ("statement_timeout", config.statement_timeout.as_millis().to_string()),
            ("lock_timeout", config.lock_timeout.as_millis().to_string()),
            // Nothing of ours idles in a transaction but the refresh of a token, which sets its own.
            ("idle_in_transaction_session_timeout", "15000".to_owned()),
        ]);
        // What only a key can serve is planned once a connection, since planning is most of what a small batch costs PostgreSQL. A
        // plan that is kept must suit a table that has grown from nothing to millions of rows, so these connections know one way
        // only: through the index, row by row.
        let keyed = options.clone().options([
            ("plan_cache_mode", "force_generic_plan"),
            ("enable_seqscan", "off"),
            ("enable_hashjoin", "off"),
            ("enable_mergejoin", "off"),
            ("jit", "off"),
        ]);
        let keyed =
            pool(config.max_connections, config.acquire_timeout).connect_with(keyed).await.map_err(Error::when("connecting"))?;
        // Lists have filters that come and go, and several of the ledger's indices begin with the connection: on an empty table
        // the planner takes any of these for any row's key. So all else is planned each time, for its values.
        let planned = options.clone().options([("plan_cache_mode", "force_custom_plan")]);
        let main = pool(config.max_connections, config.acquire_timeout)
            .connect_with(planned)
            .await
            .map_err(Error::when("connecting"))?;
        // Losing the last few takes in a crash only gives requests back, and a commit that does not wait for the disk makes a
        // hot budget four times as fast. A pool of its own, so that budgets never queue behind slower work.
        let budgets = pool(config.budget_connections, config.acquire_timeout)
            .connect_lazy_with(options.options([("synchronous_commit", "off")]));
        let shared = Shared {
            gates: Together::new(),
            own_numbers: Together::new(),
            links: Together::new(),
            opened: Together::new(),
            matched: Together::new(),
            exported: Together::new(),
        };
        Ok(Self(Arc::new(Inner { keyed, main, budgets, options: plain, keys, shared })))
    }

    /// Does the database answer?
    pub async fn ping(&self) -> Result<(), Error> {
        sqlx::query("select 1").execute(self.keyed_pool()).await.map(drop).map_err(Error::when("asking whether it answers"))
    }

    /// Closes all connections, once those in use come back.
    pub async fn close(&self) {
        self.0.keyed.close().await;
        self.0.main.close().await;
        self.0.budgets.close().await;
    }

    /// Connections, open and idle, for a gauge.
    pub fn pool_size(&self) -> (u32, usize) {
        let Inner { keyed, main, .. } = &*self.0;
        (keyed.size() + main.size(), keyed.num_idle() + main.num_idle())
    }

    /// For statements that one index serves and no other does, whatever the values are and however large the table is.
    pub(crate) fn keyed_pool(&self) -> &PgPool {
        &self.0.keyed
    }

    /// For everything else.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.main
    }

    pub(crate) fn budget_pool(&self) -> &PgPool {
        &self.0.budgets
    }

    /// For a connection outside the pools, without their time-outs.
    pub(crate) fn options(&self) -> &PgConnectOptions {
        &self.0.options
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    pub(crate) fn keys(&self) -> &KeyRing {
        &self.0.keys
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Db(..)")
    }
}

/// Asking each connection whether it lives before each use would double the round trips; one that idled may have been cut by
/// something in between.
const ASK_AFTER_IDLE: Duration = Duration::from_secs(10);

fn pool(max_connections: u32, acquire_timeout: Duration) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > ASK_AFTER_IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}
