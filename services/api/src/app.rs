//! What all handlers share.

use std::sync::Arc;

use bus::Publisher;
use domain::{caller::LookupSecret, seal::KeyRing};
use hubspot::HubSpot;
use llm::Summariser;
use store::{Db, cache::GateCache, changes::Change};
use tokio::sync::Semaphore;

use crate::{config::Config, key_cache::KeyCache, limiter::KeyLimiter, oidc::Provider, password::Verifier, scrubbing::Scrubbing};

/// The service's state. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What the service stands on.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// The broker.
    pub publisher: Publisher,
    /// The client of HubSpot: consent, and what is asked of a portal while somebody waits.
    pub hubspot: HubSpot,
    /// The keys that dead letters are opened with.
    pub keys: Arc<KeyRing>,
    /// What callers are known by in learned links.
    pub lookup: LookupSecret,
    /// What summaries are made with.
    pub summariser: Arc<Summariser>,
    /// An OpenID Connect provider that people may sign in through.
    pub oidc: Option<Provider>,
    /// Its limits.
    pub config: Config,
}

struct Inner {
    db: Db,
    publisher: Publisher,
    hubspot: HubSpot,
    keyring: Arc<KeyRing>,
    lookup: LookupSecret,
    summariser: Arc<Summariser>,
    gates: GateCache,
    keys: KeyCache,
    limiter: KeyLimiter,
    in_hand: Semaphore,
    passwords: Verifier,
    oidc: Option<Provider>,
    scrubbing: Scrubbing,
    config: Config,
}

impl App {
    /// The service on those parts.
    pub fn new(Parts { db, publisher, hubspot, keys: keyring, lookup, summariser, oidc, config }: Parts) -> Self {
        let (gates, keys) = (GateCache::new(&db), KeyCache::new(&db));
        let (limiter, in_hand) = (KeyLimiter::new(&config), Semaphore::new(config.requests_max));
        let (passwords, scrubbing) = (Verifier::new(), Scrubbing::new());
        Self(Arc::new(Inner {
            db,
            publisher,
            hubspot,
            keyring,
            lookup,
            summariser,
            gates,
            keys,
            limiter,
            in_hand,
            passwords,
            oidc,
            scrubbing,
            config,
        }))
    }

    /// Tells the caches of a change. [`serve`](crate::serve) does so with the news of all processes; a handler does so at once
    /// for what it changed itself.
    pub(crate) async fn changed(&self, change: Change) {
        self.0.keys.changed(change);
        self.0.gates.changed(change).await;
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn publisher(&self) -> &Publisher {
        &self.0.publisher
    }

    pub(crate) fn hubspot(&self) -> &HubSpot {
        &self.0.hubspot
    }

    pub(crate) fn keyring(&self) -> Arc<KeyRing> {
        Arc::clone(&self.0.keyring)
    }

    pub(crate) fn lookup(&self) -> &LookupSecret {
        &self.0.lookup
    }

    pub(crate) fn summariser(&self) -> &Arc<Summariser> {
        &self.0.summariser
    }

    pub(crate) fn gates(&self) -> &GateCache {
        &self.0.gates
    }

    pub(crate) fn keys(&self) -> &KeyCache {
        &self.0.keys
    }

    pub(crate) fn limiter(&self) -> &KeyLimiter {
        &self.0.limiter
    }

    pub(crate) fn in_hand(&self) -> &Semaphore {
        &self.0.in_hand
    }

    pub(crate) fn passwords(&self) -> &Verifier {
        &self.0.passwords
    }

    pub(crate) fn oidc(&self) -> Option<&Provider> {
        self.0.oidc.as_ref()
    }

    pub(crate) fn scrubbing(&self) -> &Scrubbing {
        &self.0.scrubbing
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }
}
