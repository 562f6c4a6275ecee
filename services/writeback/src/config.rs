//! Configuration: the one place that reads `WRITEBACK_*`. Every mistake is named at once.

mod vars;

use std::{net::SocketAddr, num::NonZeroU32, sync::Arc, time::Duration};

use anyhow::bail;
use api::{PublicUrl, oidc};
use domain::{caller::LookupSecret, lane::Lanes, seal::KeyRing};
use poster::InDoubt;
use runtime::log::Format;
use secrecy::SecretString;
use store::sessions::Lifetime;

pub(crate) use vars::Vars;

/// PostgreSQL.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) url: SecretString,
    pub(crate) max_connections: u32,
}

/// RabbitMQ and the work taken from it.
#[derive(Debug)]
pub(crate) struct Broker {
    pub(crate) url: SecretString,
    pub(crate) lanes: Lanes,
    pub(crate) prefetch: u16,
    pub(crate) batch_max: usize,
    pub(crate) linger: Duration,
    pub(crate) max_attempts: u32,
    pub(crate) max_age: Duration,
    pub(crate) stop_within: Duration,
    pub(crate) delays: Vec<Duration>,
}

/// HubSpot.
#[derive(Debug)]
pub(crate) struct HubSpot {
    pub(crate) api_url: String,
    pub(crate) authorize_url: String,
    pub(crate) version: String,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<SecretString>,
    pub(crate) burst_limit: u32,
    pub(crate) burst_window: Duration,
    pub(crate) searches_per_second: u32,
}

/// A language model for summaries.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) url: String,
    pub(crate) name: String,
    pub(crate) api_key: Option<SecretString>,
    pub(crate) timeout: Duration,
}

/// Everything that a role needs.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) listen: SocketAddr,
    pub(crate) ops_listen: SocketAddr,
    pub(crate) log_format: Format,
    pub(crate) database: Database,
    pub(crate) broker: Broker,
    pub(crate) hubspot: HubSpot,
    pub(crate) model: Option<Model>,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) lookup: LookupSecret,
    pub(crate) in_doubt: InDoubt,
    pub(crate) requests_per_second: NonZeroU32,
    /// `None`: the API's own address on this machine.
    pub(crate) public_url: Option<PublicUrl>,
    pub(crate) session_lifetime: Lifetime,
    pub(crate) oidc: Option<oidc::Config>,
    pub(crate) retention: Retention,
}

/// How long what is over with is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Retention {
    /// Finished rows of the ledger.
    pub(crate) ledger: Duration,
    /// Dead letters that nobody replayed or dropped.
    pub(crate) dead_letters: Duration,
}

const LOOPBACK: [u8; 4] = [127, 0, 0, 1];

impl Config {
    /// Reads everything, or names every mistake.
    pub(crate) fn read(mut vars: Vars) -> anyhow::Result<Self> {
        let database = database(&mut vars);
        let broker = broker(&mut vars);
        let hubspot = hubspot(&mut vars);
        let model = model(&mut vars);
        let listen = vars.or("LISTEN", (LOOPBACK, 8080).into());
        let ops_listen = vars.or("OPS_LISTEN", (LOOPBACK, 9090).into());
        let log_format = vars.one_of("LOG_FORMAT", &[("json", Format::Json), ("text", Format::Pretty)]);
        let in_doubt = vars.one_of("IN_DOUBT", &[("not_twice", InDoubt::NotTwice), ("not_lost", InDoubt::NotLost)]);
        let requests_per_second =
            vars.within("REQUESTS_PER_SECOND", NonZeroU32::new(200).expect("not zero"), NonZeroU32::MIN..=NonZeroU32::MAX);
        let public_url = vars.optional("PUBLIC_URL");
        let session_lifetime = Lifetime {
            idle: Duration::from_secs(vars.within("SESSION_IDLE_MINUTES", 720, 1..=100_000) * 60),
            absolute: Duration::from_secs(vars.within("SESSION_HOURS", 168, 1..=10_000) * 3600),
        };
        let oidc = oidc(&mut vars);
        let retention = Retention {
            ledger: Duration::from_hours(24 * vars.within("RETENTION_DAYS", 400, 1..=36_500)),
            dead_letters: Duration::from_hours(24 * vars.within("DEAD_LETTER_DAYS", 90, 1..=36_500)),
        };
        let keys = vars.required("SEALING_KEYS").map(Arc::new);
        let lookup = vars.required("LOOKUP_SECRET");
        let faults = vars.finish();
        let (Some(database), Some(broker), Some(keys), Some(lookup), true) = (database, broker, keys, lookup, faults.is_empty())
        else {
            bail!("the configuration is not complete:\n  {}", faults.join("\n  "));
        };
        Ok(Self {
            listen,
            ops_listen,
            log_format,
            database,
            broker,
            hubspot,
            model,
            keys,
            lookup,
            in_doubt,
            requests_per_second,
            public_url,
            session_lifetime,
            oidc,
            retention,
        })
    }
}

/// What the operator's commands on the database alone need.
pub(crate) fn database_only(mut vars: Vars) -> anyhow::Result<Database> {
    let database = database(&mut vars);
    let faults = vars.problems();
    match database {
        Some(database) if faults.is_empty() => Ok(database),
        _ => bail!("the configuration is not complete:\n  {}", faults.join("\n  ")),
    }
}

fn database(vars: &mut Vars) -> Option<Database> {
    let max_connections = vars.within("DATABASE_CONNECTIONS", 8, 2..=200);
    Some(Database { url: vars.secret("DATABASE_URL")?, max_connections })
}

fn broker(vars: &mut Vars) -> Option<Broker> {
    let delays = vars.list("DELAYS_MS", &[1_000, 5_000, 30_000, 120_000, 600_000], 10..=86_400_000);
    let lanes = vars.within("LANES", Lanes::DEFAULT.count(), 1..=64);
    let linger = vars.within("LINGER_MS", 50, 0..=5_000);
    let max_age = vars.within("MAX_AGE_HOURS", 168, 1..=8_760);
    let stop_within = vars.within("STOP_WITHIN_MS", 25_000, 1..=600_000);
    let (prefetch, batch_max) = (vars.within("PREFETCH", 200, 1..=10_000), vars.within("BATCH_MAX", 100, 1..=100));
    let max_attempts = vars.within("MAX_ATTEMPTS", 8, 1..=1_000);
    Some(Broker {
        url: vars.secret("AMQP_URL")?,
        lanes: Lanes::new(lanes).unwrap_or(Lanes::DEFAULT),
        prefetch,
        batch_max,
        linger: Duration::from_millis(linger),
        max_attempts,
        max_age: Duration::from_secs(max_age * 3600),
        stop_within: Duration::from_millis(stop_within),
        delays: delays.into_iter().map(Duration::from_millis).collect(),
    })
}

fn hubspot(vars: &mut Vars) -> HubSpot {
    HubSpot {
        api_url: vars.url("HUBSPOT_API_URL").unwrap_or_else(|| "https://api.hubapi.com".to_owned()),
        authorize_url: vars.url("HUBSPOT_AUTHORIZE_URL").unwrap_or_else(|| "https://app.hubspot.com/oauth/authorize".to_owned()),
        version: vars.or("HUBSPOT_VERSION", "2026-09".to_owned()),
        client_id: vars.optional("HUBSPOT_CLIENT_ID"),
        client_secret: vars.optional_secret("HUBSPOT_CLIENT_SECRET"),
        burst_limit: vars.within("HUBSPOT_BURST_LIMIT", 100, 11..=100_000),
        burst_window: Duration::from_millis(vars.within("HUBSPOT_BURST_WINDOW_MS", 10_000, 10..=3_600_000)),
        searches_per_second: vars.within("HUBSPOT_SEARCHES_PER_SECOND", 5, 2..=10_000),
    }
}

fn model(vars: &mut Vars) -> Option<Model> {
    let url = vars.url("LLM_URL");
    let name: Option<String> = vars.optional("LLM_MODEL");
    let api_key = vars.optional_secret("LLM_API_KEY");
    let timeout = Duration::from_millis(vars.within("LLM_TIMEOUT_MS", 15_000, 100..=120_000));
    match (url, name) {
        (Some(url), Some(name)) => Some(Model { url, name, api_key, timeout }),
        (None, None) => None,
        (Some(_), None) => vars.fault("LLM_MODEL", "is required with WRITEBACK_LLM_URL"),
        (None, Some(_)) => vars.fault("LLM_URL", "is required with WRITEBACK_LLM_MODEL"),
    }
}

fn oidc(vars: &mut Vars) -> Option<oidc::Config> {
    let issuer = vars.url("OIDC_ISSUER");
    let client_id: Option<String> = vars.optional("OIDC_CLIENT_ID");
    let client_secret = vars.optional_secret("OIDC_CLIENT_SECRET");
    let name = vars.or("OIDC_NAME", "your company's account".to_owned());
    match (issuer, client_id) {
        (Some(issuer), Some(client_id)) => Some(oidc::Config { issuer, client_id, client_secret, name }),
        (None, None) => None,
        (Some(_), None) => vars.fault("OIDC_CLIENT_ID", "is required with WRITEBACK_OIDC_ISSUER"),
        (None, Some(_)) => vars.fault("OIDC_ISSUER", "is required with WRITEBACK_OIDC_CLIENT_ID"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    fn complete() -> Vec<(&'static str, String)> {
        vec![
            ("WRITEBACK_DATABASE_URL", "postgres://localhost/writeback".into()),
            ("WRITEBACK_AMQP_URL", "amqp://localhost".into()),
            ("WRITEBACK_SEALING_KEYS", format!("k1:{KEY}")),
            ("WRITEBACK_LOOKUP_SECRET", KEY.into()),
        ]
    }

    fn read(more: &[(&'static str, &str)]) -> anyhow::Result<Config> {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Config::read(Vars::of(complete().into_iter().chain(more)))
    }

    #[test]
    fn four_values_are_enough() {
        let config = read(&[]).unwrap();
        assert_eq!((config.broker.lanes, config.broker.batch_max), (Lanes::DEFAULT, 100));
        assert_eq!(config.hubspot.api_url, "https://api.hubapi.com");
        assert_eq!(config.in_doubt, InDoubt::NotTwice);
        assert!(config.model.is_none());
    }

    #[test]
    fn every_mistake_is_named_at_once_and_no_value_shown() {
        let error = Config::read(Vars::of([
            ("WRITEBACK_LANES", "900".to_owned()),
            ("WRITEBACK_LISTEN", "here".to_owned()),
            ("WRITEBACK_SEALING_KEYS", "k1:hunter2".to_owned()),
            ("WRITEBACK_LLM_URL", "https://llm.example".to_owned()),
            ("WRITEBACK_TYPO", "1".to_owned()),
        ]));
        let text = error.unwrap_err().to_string();
        for name in ["LANES", "LISTEN", "SEALING_KEYS", "LOOKUP_SECRET", "DATABASE_URL", "AMQP_URL", "LLM_MODEL", "TYPO"] {
            assert!(text.contains(&format!("WRITEBACK_{name}")), "{name} in {text}");
        }
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn an_empty_value_is_as_none() {
        assert!(read(&[("WRITEBACK_LLM_URL", ""), ("WRITEBACK_LANES", "")]).unwrap().model.is_none());
    }
}
