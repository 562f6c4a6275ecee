//! API keys that were verified a moment ago, so that a busy key costs no query a request.

use std::{sync::Arc, time::Duration};

use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::{
    Db,
    api_keys::{self, ApiKey},
    changes::Change,
    fresh::Fresh,
};

/// Verified keys, by the hash of their secret. A revocation is heard within milliseconds, and within [`KeyCache::TTL`] while news do
/// not arrive.
pub(crate) struct KeyCache {
    db: Db,
    verified: Fresh<[u8; 32], Arc<ApiKey>>,
}

impl KeyCache {
    /// Oldest answer, should news not arrive.
    const TTL: Duration = Duration::from_secs(5);
    /// Keys that are kept.
    const CAPACITY: u64 = 10_000;

    pub(crate) fn new(db: &Db) -> Self {
        Self { db: db.clone(), verified: Fresh::new(Self::CAPACITY, Self::TTL) }
    }

    /// The key with that secret. What is no key is not kept: anybody could fill the cache with it.
    pub(crate) async fn verify(&self, secret: &SecretString) -> Result<Option<Arc<ApiKey>>, Arc<store::Error>> {
        let hash = Sha256::digest(secret.expose_secret()).into();
        let read = || async {
            let key = api_keys::verify(&self.db, secret).await?.map(Arc::new);
            if let Some(key) = &key {
                tokio::spawn(note_use(self.db.clone(), Arc::clone(key)));
            }
            Ok(key)
        };
        self.verified.get(&hash, read).await
    }

    /// Forgets what a change made old. Keys are revoked seldom, so all are forgotten then.
    pub(crate) fn changed(&self, change: Change) {
        match change {
            Change::Key(_) | Change::Anything => self.verified.forget_all(),
            Change::Connection { .. } | Change::Account(_) => {}
        }
    }
}

/// Not worth failing a request for, nor keeping it waiting.
async fn note_use(db: Db, key: Arc<ApiKey>) {
    if let Err(error) = api_keys::touch(&db, key.id).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "An API key's use was not noted");
    }
}
