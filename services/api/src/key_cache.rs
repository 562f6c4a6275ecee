//! API keys that were verified a moment ago, so that a busy key costs no query a request.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use moka::future::Cache;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::{
    Db,
    api_keys::{self, ApiKey},
    changes::Change,
};

/// Verified keys, by the hash of their secret. A revocation is heard within milliseconds, and within [`KeyCache::TTL`] while news do
/// not arrive.
pub(crate) struct KeyCache {
    db: Db,
    verified: Cache<[u8; 32], Arc<ApiKey>>,
    /// Counts changes, so that what was read before a change is not kept after it.
    changes: AtomicU64,
}

impl KeyCache {
    /// Oldest answer, should news not arrive.
    const TTL: Duration = Duration::from_secs(5);
    /// Keys that are kept.
    const CAPACITY: u64 = 10_000;

    pub(crate) fn new(db: &Db) -> Self {
        let verified = Cache::builder().max_capacity(Self::CAPACITY).time_to_live(Self::TTL).build();
        Self { db: db.clone(), verified, changes: AtomicU64::new(0) }
    }

    /// The key with that secret. What is no key is not kept: anybody could fill the cache with it.
    pub(crate) async fn verify(&self, secret: &SecretString) -> Result<Option<Arc<ApiKey>>, store::Error> {
        let hash: [u8; 32] = Sha256::digest(secret.expose_secret()).into();
        if let Some(known) = self.verified.get(&hash).await {
            return Ok(Some(known));
        }
        let before = self.changes.load(Ordering::SeqCst);
        let Some(key) = api_keys::verify(&self.db, secret).await?.map(Arc::new) else { return Ok(None) };
        self.verified.insert(hash, Arc::clone(&key)).await;
        if self.changes.load(Ordering::SeqCst) != before {
            self.verified.invalidate(&hash).await;
        }
        // Not worth failing a request for.
        if let Err(error) = api_keys::touch(&self.db, key.id).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "An API key's use was not noted");
        }
        Ok(Some(key))
    }

    /// Forgets what a change made old. Keys are revoked seldom, so all are forgotten then.
    pub(crate) fn changed(&self, change: Change) {
        match change {
            Change::Key(_) | Change::Anything => {
                self.changes.fetch_add(1, Ordering::SeqCst);
                self.verified.invalidate_all();
            }
            Change::Connection { .. } | Change::Account(_) => {}
        }
    }
}
