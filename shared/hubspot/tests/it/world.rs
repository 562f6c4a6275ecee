//! A portal, a connection to it, and clients as of several processes.

use std::{sync::Arc, time::Duration};

use domain::{
    AccountId, ConnectionId, ContactId, ConversationId, PortalId, Region,
    budget::Class,
    connection::{Connection, Credential},
    conversation::{Direction, Status},
    engagement,
};
use hubspot_sim::{PortalOptions, Sim};
use store::{
    Db, accounts,
    connections::{self, Connected, NewConnection},
};
use time::{OffsetDateTime, macros::datetime};
use writeback_hubspot::{App, Budgets, CallFacts, Config, Error, ErrorClass, HubSpot, NewEngagement, Portal, Rate, Timeouts};

pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) portal: hubspot_sim::Portal,
    pub(crate) hubspot: HubSpot,
    pub(crate) db: Db,
    pub(crate) connection: ConnectionId,
    pub(crate) account: AccountId,
    database: testkit::Database,
}

/// What a test wants otherwise than usual.
pub(crate) struct Wish {
    pub(crate) sim: hubspot_sim::Config,
    pub(crate) portal: PortalOptions,
    /// For how long the first access token is said to live.
    pub(crate) lifetime: time::Duration,
    /// What is consented to; all that the app asks for unless told.
    pub(crate) scopes: Option<&'static [&'static str]>,
}

impl Default for Wish {
    fn default() -> Self {
        let sim = hubspot_sim::Config { index_delay: Duration::ZERO, ..hubspot_sim::Config::default() };
        Self { sim, portal: PortalOptions::default(), lifetime: time::Duration::minutes(30), scopes: None }
    }
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::start_with(Wish::default()).await
    }

    pub(crate) async fn start_with(wish: Wish) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let sim = Sim::start(wish.sim).await.unwrap();
        let portal = sim.portal(wish.portal);
        let database = testkit::Database::create().await.unwrap();
        let db = database.connect(Arc::new(testkit::database::keys())).await.unwrap();
        let account = accounts::create(&db, "Acme", Region::US).await.unwrap().id;
        let tokens = wish.scopes.map_or_else(|| portal.oauth_tokens(), |scopes| portal.oauth_tokens_with(scopes));
        let credential = Credential::OAuth {
            access_token: tokens.access_token.into(),
            refresh_token: tokens.refresh_token.into(),
            expires_at: OffsetDateTime::now_utc() + wish.lifetime,
        };
        let connection = connect(&db, account, portal.id(), credential).await.id;
        let hubspot = HubSpot::new(&config(&sim), db.clone()).unwrap();
        Self { sim, portal, hubspot, db, connection, account, database }
    }

    /// Connects again, with a bearer that does not expire.
    pub(crate) async fn connect_statically(&self) {
        let credential = Credential::Static { access_token: self.portal.token().into() };
        connect(&self.db, self.account, self.portal.id(), credential).await;
    }

    /// The client of one more process.
    pub(crate) async fn another_process(&self, config: &Config) -> HubSpot {
        HubSpot::new(config, self.database.connect(Arc::new(testkit::database::keys())).await.unwrap()).unwrap()
    }

    pub(crate) fn config(&self) -> Config {
        config(&self.sim)
    }

    /// The portal for a bulk caller who waits.
    pub(crate) fn bulk(&self) -> Portal {
        bulk(&self.hubspot, self.connection)
    }

    pub(crate) fn contact(&self, values: &[(&str, &str)]) -> ContactId {
        self.portal.add_contact(values).parse().unwrap()
    }

    pub(crate) async fn status(&self) -> &'static str {
        connections::get(&self.db, self.connection).await.unwrap().unwrap().status.as_str()
    }
}

pub(crate) fn bulk(hubspot: &HubSpot, connection: ConnectionId) -> Portal {
    hubspot.portal(connection, Class::Bulk).with_patience(Duration::from_secs(30))
}

async fn connect(db: &Db, account: AccountId, portal: i64, credential: Credential) -> Connection {
    let portal = PortalId::from_i64(portal).unwrap();
    let new = NewConnection { portal, credential, scopes: vec!["oauth".to_owned()], ui_domain: "app.hubspot.com".to_owned() };
    match connections::connect(db, account, &new).await.unwrap() {
        Connected::New(connection) | Connected::Again(connection) => connection,
        other => panic!("{other:?}"),
    }
}

/// Short time-outs, and budgets that refill fast enough for tests that are about something else.
fn config(sim: &Sim) -> Config {
    Config {
        api_url: sim.url(),
        app: Some(App { client_id: sim.client_id(), client_secret: sim.client_secret().into() }),
        timeouts: Timeouts { read: Duration::from_secs(10), batch: Duration::from_secs(10), ..Timeouts::default() },
        budgets: Budgets { burst: Rate { burst: 50, ..Budgets::default().burst }, ..Budgets::default() },
        ..Config::default()
    }
}

pub(crate) fn conversation(n: usize) -> ConversationId {
    format!("conv_{n:03}").parse().unwrap()
}

/// A call about conversation `n`.
pub(crate) fn call(n: usize, contact: ContactId) -> NewEngagement {
    let conversation = conversation(n);
    NewEngagement {
        contact,
        at: datetime!(2026-11-23 10:00 UTC),
        owner: None,
        body: format!("<p>Hello</p><p>{}</p>", engagement::reference(&conversation)),
        call: Some(CallFacts {
            title: "Inbound call".into(),
            direction: Direction::Inbound,
            status: Status::Completed,
            duration_ms: 61_000,
            from: "+14155550123".to_owned().try_into().ok(),
            to: None,
            recording: None,
        }),
        conversation,
    }
}

#[track_caller]
pub(crate) fn class<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorClass {
    result.unwrap_err().class().clone()
}
