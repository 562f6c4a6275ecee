//! A running service with a database and a broker of its own.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use api::{App, Config, Parts, PublicUrl, oidc};
use bus::Bus;
use domain::{AccountId, ApiKeyId, ConnectionId, Region, connection::Credential, scope::Scope, seal::KeyRing};
use hubspot::HubSpot;
use hubspot_sim::{Portal, PortalOptions, Sim};
use reqwest::{Method, header};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use store::{
    Db, accounts, api_keys,
    connections::{self, Connected, NewConnection},
};
use testkit::{
    Database,
    database::{LOOKUP_SECRET, keys},
    http_client,
};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use super::{
    Answer, Vhost,
    broker::lanes,
    provider::{CLIENT_ID, CLIENT_SECRET, Provider},
};

/// The service and what it stands on.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) vhost: Vhost,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) address: SocketAddr,
    pub(crate) document: Value,
    pub(crate) stop: CancellationToken,
    pub(crate) server: JoinHandle<Result<(), api::ServeError>>,
    pub(crate) sim: Sim,
    hubspot: HubSpot,
    http: reqwest::Client,
    /// The next account's portal: no two have the same.
    portal: AtomicI64,
    bus: Bus,
    // Last, since fields are dropped in order: the database goes when nobody uses it any more.
    pub(crate) database: Database,
}

/// An account with an API key.
pub(crate) struct Tenant {
    pub(crate) account: AccountId,
    pub(crate) key: String,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub(crate) async fn with(config: Config) -> Self {
        Self::built(config, None).await
    }

    /// With a provider that people may sign in through.
    pub(crate) async fn with_provider(provider: &Provider) -> Self {
        let oidc = oidc::Config {
            issuer: provider.issuer().to_owned(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Some(CLIENT_SECRET.into()),
            name: "Acme".to_owned(),
        };
        testkit::install_crypto();
        Self::built(Config::default(), Some(oidc::Provider::new(oidc).unwrap())).await
    }

    async fn built(config: Config, oidc: Option<oidc::Provider>) -> Self {
        let (database, vhost) = tokio::join!(Database::create(), Vhost::create());
        let (database, keys) = (database.unwrap(), Arc::new(keys()));
        let db = database.connect(Arc::clone(&keys)).await.unwrap();
        let bus = Bus::connect(bus::Config { lanes: lanes(), ..bus::Config::new(vhost.url().into()) }, Arc::clone(&keys))
            .await
            .unwrap();
        let document = serde_json::to_value(api::document()).unwrap();
        let stop = CancellationToken::new();
        let sim = Sim::start(hubspot_sim::Config::default()).await.unwrap();
        let hubspot = HubSpot::new(&client(&sim), db.clone()).unwrap();
        let parts = parts(&db, &bus, &hubspot, &keys);
        let (address, server) = serve(Parts { oidc, config, ..parts }, &stop).await;
        sim.allow_redirect(&format!("http://{address}/integrations/hubspot/callback"));
        Self {
            db,
            vhost,
            keys,
            address,
            document,
            stop,
            server,
            sim,
            hubspot,
            http: http_client(),
            portal: AtomicI64::new(24_109_811),
            bus,
            database,
        }
    }

    /// The same service once more, as another process on the same database and broker would be.
    pub(crate) async fn second_process(&self) -> SocketAddr {
        serve(parts(&self.db, &self.bus, &self.hubspot, &self.keys), &self.stop).await.0
    }

    /// An account whose key has every scope.
    pub(crate) async fn tenant(&self) -> Tenant {
        let account = accounts::create(&self.db, "acme", Region::US).await.unwrap().id;
        Tenant { account, key: self.key(account, Scope::ALL).await.1 }
    }

    /// An account with every scope, a portal, and logging turned on an hour ago.
    pub(crate) async fn logging_tenant(&self) -> Tenant {
        let tenant = self.tenant().await;
        let connection = self.connect(&tenant).await;
        let since = OffsetDateTime::now_utc() - Duration::HOUR;
        let mode = domain::settings::Mode::SummaryTranscript;
        store::settings::set(&self.db, tenant.account, connection, &mode.into(), since).await.unwrap().unwrap();
        tenant
    }

    pub(crate) async fn key(&self, account: AccountId, scopes: &[Scope]) -> (ApiKeyId, String) {
        let (id, secret) = api_keys::make(&self.db, account, "test", scopes).await.unwrap();
        (id, secret.expose_secret().to_owned())
    }

    /// Connects the account to a portal that nobody asks anything of.
    pub(crate) async fn connect(&self, tenant: &Tenant) -> ConnectionId {
        let portal = self.portal.fetch_add(1, Ordering::Relaxed).to_string();
        self.connect_to(tenant, &portal, "token", "app-eu1.hubspot.com").await
    }

    /// Connects the account to a new portal of the simulator.
    pub(crate) async fn connect_portal(&self, tenant: &Tenant, options: PortalOptions) -> (ConnectionId, Portal) {
        let portal = self.sim.portal(options);
        let pages = self.sim.url().replace("http://", "");
        (self.connect_to(tenant, &portal.id().to_string(), &portal.token(), &pages).await, portal)
    }

    async fn connect_to(&self, tenant: &Tenant, portal: &str, token: &str, ui_domain: &str) -> ConnectionId {
        let new = NewConnection {
            portal: portal.parse().unwrap(),
            credential: Credential::Static { access_token: SecretString::from(token) },
            scopes: vec!["crm.objects.contacts.read".to_owned()],
            ui_domain: ui_domain.to_owned(),
        };
        match connections::connect(&self.db, tenant.account, &new).await.unwrap() {
            Connected::New(connection) | Connected::Again(connection) => connection.id,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn get(&self, path: &str, key: &str) -> Answer {
        self.send(Method::GET, path, key, None).await
    }

    pub(crate) async fn post(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, key, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, key, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str, key: &str) -> Answer {
        self.send(Method::DELETE, path, key, None).await
    }

    /// Sends a finished conversation.
    pub(crate) async fn emit(&self, key: &str, body: &Value) -> Answer {
        self.post("/events/conversation-finished", key, body).await
    }

    async fn send(&self, method: Method, path: &str, key: &str, body: Option<&Value>) -> Answer {
        self.call(method, path, |request| {
            let request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
            match body {
                Some(body) => request.json(body),
                None => request,
            }
        })
        .await
    }

    /// Sends any request. The answer is checked against the document.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Answer {
        self.call_at(self.address, method, path, change).await
    }

    /// Sends any request to another process of the service.
    pub(crate) async fn call_at(
        &self,
        address: SocketAddr,
        method: Method,
        path: &str,
        change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Answer {
        let request = self.http.request(method.clone(), format!("http://{address}{path}"));
        let response = change(request).send().await.unwrap();
        Answer::read(&self.document, &method, path, response).await
    }
}

fn parts(db: &Db, bus: &Bus, hubspot: &HubSpot, keys: &Arc<KeyRing>) -> Parts {
    Parts {
        db: db.clone(),
        publisher: bus.publisher(),
        hubspot: hubspot.clone(),
        keys: Arc::clone(keys),
        lookup: LOOKUP_SECRET.parse().unwrap(),
        summariser: Arc::default(),
        oidc: None,
        config: Config::default(),
    }
}

/// The client of a simulator, as an app of its own.
fn client(sim: &Sim) -> hubspot::Config {
    hubspot::Config {
        api_url: sim.url(),
        authorize_url: format!("{}/oauth/authorize", sim.url()),
        app: Some(hubspot::App { client_id: sim.client_id(), client_secret: sim.client_secret().into() }),
        ..hubspot::Config::default()
    }
}

async fn serve(parts: Parts, stop: &CancellationToken) -> (SocketAddr, JoinHandle<Result<(), api::ServeError>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = Config { public_url: PublicUrl::local(address), ..parts.config };
    let app = App::new(Parts { config, ..parts });
    (address, tokio::spawn(api::serve(listener, app, stop.clone())))
}

/// The contract's example, ended a minute ago.
pub(crate) fn conversation(id: &str) -> Value {
    ended(id, OffsetDateTime::now_utc() - Duration::MINUTE)
}

/// The contract's example, ended then.
pub(crate) fn ended(id: &str, at: OffsetDateTime) -> Value {
    let text = |at: OffsetDateTime| at.format(&Rfc3339).unwrap();
    json!({
        "conversationId": id, "agentId": "agent_7", "channel": "voice", "direction": "inbound",
        "startedAt": text(at - Duration::minutes(4)), "endedAt": text(at),
        "customer": {"phone": "+14155550123", "email": null, "name": "Dana Reyes", "contactId": null},
        "agentNumber": "+14155559876", "status": "completed", "outcome": "resolved", "summary": null, "recordingUrl": null,
        "transcript": [{"speaker": "agent", "text": "Hi, how can I help?", "atMs": 0},
                       {"speaker": "customer", "text": "My card is 4242 4242 4242 4242.", "atMs": 2100}],
        "metadata": {"queue": "billing"}
    })
}
