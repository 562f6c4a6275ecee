//! What runs: any role, or all in one process.

use std::{sync::Arc, time::Duration};

use anyhow::{Context as _, bail};
use bus::{Bus, DeadLetterSink, DelaySteps};
use domain::{dead_letter::DeadLetter, seal::KeyRing};
use hubspot::HubSpot;
use llm::{Limits, Summariser};
use runtime::{Health, Parts, log, metrics, ops, shutdown};
use store::{
    Db, consents, dead_letters, ledger,
    sessions::{self, Lifetime},
    sign_ins,
};
use time::OffsetDateTime;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::{self, Config};

/// A role of the fleet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Api,
    Redactor,
    Matcher,
    Poster,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Poster, Self::Matcher, Self::Redactor, Self::Api];

    fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Redactor => "redactor",
            Self::Matcher => "matcher",
            Self::Poster => "poster",
        }
    }
}

/// What the parts of a process share.
struct Process {
    config: Config,
    db: Db,
    bus: Bus,
    hubspot: HubSpot,
    summariser: Arc<Summariser>,
}

/// Time to stop the rest after the stages have finished what was in hand.
const STOP_MORE: Duration = Duration::from_secs(5);

/// How often [`tidy`] looks.
const TIDY_EVERY: Duration = Duration::from_mins(5);

/// Runs roles until SIGTERM. Parts stop in the reverse order: first what takes work in, last what tells about it.
pub(crate) async fn run(roles: &[Role], config: Config) -> anyhow::Result<()> {
    log::init(config.log_format, &std::env::var("RUST_LOG").unwrap_or_else(|_| "info,lapin=error".to_owned()))?;
    metrics::register(env!("CARGO_PKG_VERSION"))?;
    let stop = shutdown::on_signal().context("listening for signals")?;
    let name = roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join("+");
    let process = Process::start(config, &name).await?;

    let mut parts = Parts::new();
    let health = health(&process, &stop);
    let ops_listener = bind(process.config.ops_listen, "WRITEBACK_OPS_LISTEN").await?;
    let mut addresses = format!("ops {}", ops_listener.local_addr()?);
    parts.start("ops", |stop| ops::serve(ops_listener, health, stop));
    if roles.iter().any(|role| *role != Role::Api) {
        let (bus, sink) = (process.bus.clone(), sink(&process.db));
        parts.start("poison", |stop| async move { bus.run_poison(sink, stop).await });
    }
    let (hubspot, db) = (process.hubspot.clone(), process.db.clone());
    let (lifetime, retention) = (process.config.session_lifetime, process.config.retention);
    parts.start("tidy", |stop| async move {
        tidy(&hubspot, &db, lifetime, retention, &stop).await;
        Ok::<_, std::convert::Infallible>(())
    });
    for role in roles {
        if let Some(address) = process.add(*role, &mut parts).await? {
            addresses = format!("api {address}, {addresses}");
        }
    }
    tracing::info!("Running {name} ({addresses})");
    let limit = process.config.broker.stop_within + STOP_MORE;
    let ended = parts.run(stop, limit).await;
    process.bus.close().await;
    process.db.close().await;
    ended.map_err(Into::into)
}

impl Process {
    async fn start(config: Config, name: &str) -> anyhow::Result<Self> {
        let keys = Arc::clone(&config.keys);
        let db = database(&config.database, &keys).await?;
        if !db.migrations_pending().await?.is_empty() {
            bail!("the database's schema is not up to date; run: writeback migrate");
        }
        let hubspot = hubspot(&config.hubspot, db.clone())?;
        let bus = bus(&config.broker, keys, name).await?;
        let summariser = Arc::new(summariser(config.model.as_ref())?);
        Ok(Self { config, db, bus, hubspot, summariser })
    }

    /// Starts a role; where the API listens.
    async fn add(&self, role: Role, parts: &mut Parts) -> anyhow::Result<Option<std::net::SocketAddr>> {
        let (db, bus, sink) = (self.db.clone(), self.bus.clone(), sink(&self.db));
        match role {
            Role::Redactor => {
                let stage = redactor::Redactor::new(db, Arc::clone(&self.summariser));
                parts.start(role.as_str(), |stop| async move { bus.run_stage(stage, sink, stop).await });
            }
            Role::Matcher => {
                let stage = matcher::Matcher::new(db, self.hubspot.clone(), self.config.lookup.clone());
                parts.start(role.as_str(), |stop| async move { bus.run_stage(stage, sink, stop).await });
            }
            Role::Poster => {
                let stage = poster::Poster::new(db, self.hubspot.clone(), self.config.in_doubt);
                parts.start(role.as_str(), |stop| async move { bus.run_stage(stage, sink, stop).await });
            }
            Role::Api => {
                let per_second = self.config.requests_per_second;
                let listener = bind(self.config.listen, "WRITEBACK_LISTEN").await?;
                let address = listener.local_addr()?;
                let config = api::Config {
                    key_requests_per_second: per_second,
                    key_requests_burst: per_second,
                    public_url: self.config.public_url.clone().unwrap_or_else(|| api::PublicUrl::local(address)),
                    session_lifetime: self.config.session_lifetime,
                    ..api::Config::default()
                };
                let (publisher, hubspot) = (bus.publisher(), self.hubspot.clone());
                let (keys, lookup) = (Arc::clone(&self.config.keys), self.config.lookup.clone());
                let summariser = Arc::clone(&self.summariser);
                let oidc = self.config.oidc.clone().map(api::oidc::Provider::new).transpose().context("WRITEBACK_OIDC_ISSUER")?;
                let app = api::App::new(api::Parts { db, publisher, hubspot, keys, lookup, summariser, oidc, config });
                parts.start(role.as_str(), |stop| api::serve(listener, app, stop));
                return Ok(Some(address));
            }
        }
        Ok(None)
    }
}

/// Forgets, at the start and every few minutes, the limiters of portals that nobody asks about any more, and rows that are over:
/// neither memory nor tables must grow with everybody who was ever there.
async fn tidy(hubspot: &HubSpot, db: &Db, lifetime: Lifetime, retention: config::Retention, stop: &CancellationToken) {
    loop {
        hubspot.tidy();
        if let Err(error) = sweep(db, lifetime, retention).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "What is over could not be forgotten; it is tried again");
        }
        if stop.run_until_cancelled(tokio::time::sleep(TIDY_EVERY)).await.is_none() {
            return;
        }
    }
}

/// Rows that one statement deletes, so that none holds locks for long.
const SWEEP_BATCH: u32 = 1_000;
/// Statements of a sweep for each table: with all processes sweeping, far more rows than can be finished meanwhile.
const SWEEP_STATEMENTS: u32 = 100;

async fn sweep(db: &Db, lifetime: Lifetime, retention: config::Retention) -> Result<(), store::Error> {
    let now = OffsetDateTime::now_utc();
    sessions::sweep(db, lifetime, SWEEP_BATCH).await?;
    sign_ins::sweep(db, SWEEP_BATCH).await?;
    consents::sweep(db, SWEEP_BATCH).await?;
    for _ in 0..SWEEP_STATEMENTS {
        if ledger::delete_finished_before(db, now - retention.ledger, SWEEP_BATCH).await? < u64::from(SWEEP_BATCH) {
            break;
        }
    }
    for _ in 0..SWEEP_STATEMENTS {
        if dead_letters::drop_before(db, now - retention.dead_letters, SWEEP_BATCH).await? < u64::from(SWEEP_BATCH) {
            break;
        }
    }
    Ok(())
}

async fn bind(address: std::net::SocketAddr, name: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("listening on {address} ({name})"))
}

/// Connects to PostgreSQL.
pub(crate) async fn database(config: &config::Database, keys: &Arc<KeyRing>) -> anyhow::Result<Db> {
    let config = store::Config { max_connections: config.max_connections, ..store::Config::new(config.url.clone()) };
    Ok(Db::connect(config, Arc::clone(keys)).await?)
}

/// The client of HubSpot.
pub(crate) fn hubspot(config: &config::HubSpot, db: Db) -> anyhow::Result<HubSpot> {
    let app = match (&config.client_id, &config.client_secret) {
        (Some(client_id), Some(client_secret)) => {
            Some(hubspot::App { client_id: client_id.clone(), client_secret: client_secret.clone() })
        }
        _ => None,
    };
    let mut client = hubspot::Config {
        api_url: config.api_url.clone(),
        authorize_url: config.authorize_url.clone(),
        version: config.version.clone(),
        app,
        ..hubspot::Config::default()
    };
    client.budgets.burst = hubspot::Rate { limit: config.burst_limit, window: config.burst_window, ..client.budgets.burst };
    client.budgets.search.limit = config.searches_per_second;
    HubSpot::new(&client, db).context("the configuration of HubSpot's client")
}

/// Connects to RabbitMQ.
pub(crate) async fn bus(config: &config::Broker, keys: Arc<KeyRing>, name: &str) -> anyhow::Result<Bus> {
    let config = bus::Config {
        connection_name: format!("writeback {name}"),
        lanes: config.lanes,
        prefetch: config.prefetch,
        batch_max: config.batch_max,
        linger: config.linger,
        max_attempts: config.max_attempts,
        max_age: config.max_age,
        stop_within: config.stop_within,
        delays: DelaySteps::new(config.delays.clone()).context("WRITEBACK_DELAYS_MS")?,
        ..bus::Config::new(config.url.clone())
    };
    Ok(Bus::connect(config, keys).await?)
}

fn summariser(model: Option<&config::Model>) -> anyhow::Result<Summariser> {
    let client = model.map(|model| {
        let mut config = llm::Config::new(&model.url, &model.name);
        config.api_key.clone_from(&model.api_key);
        config.timeout = model.timeout;
        llm::Client::new(config)
    });
    Ok(Summariser::new(client.transpose().context("WRITEBACK_LLM_URL")?, Limits::default()))
}

fn health(process: &Process, stop: &tokio_util::sync::CancellationToken) -> Arc<Health> {
    let (db, bus) = (process.db.clone(), process.bus.clone());
    let health = Health::new(stop.clone())
        .check("postgresql", move || {
            let db = db.clone();
            async move { db.ping().await.map_err(Into::into) }
        })
        .check("rabbitmq", move || {
            let connected = bus.health().connected;
            async move { if connected { Ok(()) } else { Err("not connected".into()) } }
        });
    Arc::new(health)
}

fn sink(db: &Db) -> DeadLetterSink {
    let db = db.clone();
    Arc::new(move |letters: Vec<DeadLetter>| {
        let db = db.clone();
        Box::pin(async move { dead_letters::bury(&db, &letters).await.map(drop).map_err(Into::into) })
    })
}
