//! A bounded cache of what holds for an account, so that accepting an event costs no query.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::AccountId;
use moka::future::Cache;

use crate::{
    Db, Error,
    changes::Change,
    gate::{self, AccountGate},
};

/// What holds for accounts, at most [`GateCache::TTL`] old, and fresh within milliseconds while news arrive. Feed it with
/// [`GateCache::changed`]. Whoever must be exact (what leaves for HubSpot) asks [`gate::gate`] instead.
#[derive(Clone)]
pub struct GateCache(Arc<Inner>);

struct Inner {
    db: Db,
    accounts: Cache<AccountId, Option<Arc<AccountGate>>>,
    /// Counts changes, so that what was read before a change is not kept after it.
    changes: AtomicU64,
}

impl GateCache {
    /// Oldest answer, should news not arrive.
    pub const TTL: Duration = Duration::from_secs(30);
    /// Accounts that are kept.
    pub const CAPACITY: u64 = 10_000;

    /// An empty cache.
    pub fn new(db: &Db) -> Self {
        let accounts = Cache::builder().max_capacity(Self::CAPACITY).time_to_live(Self::TTL).build();
        Self(Arc::new(Inner { db: db.clone(), accounts, changes: AtomicU64::new(0) }))
    }

    /// What holds for the account. `None`: there is no such account.
    pub async fn of_account(&self, account: AccountId) -> Result<Option<Arc<AccountGate>>, Error> {
        let Inner { db, accounts, changes } = &*self.0;
        if let Some(known) = accounts.get(&account).await {
            return Ok(known);
        }
        let before = changes.load(Ordering::SeqCst);
        let read = gate::of_account(db, account).await?.map(Arc::new);
        accounts.insert(account, read.clone()).await;
        if changes.load(Ordering::SeqCst) != before {
            accounts.invalidate(&account).await;
        }
        Ok(read)
    }

    /// Forgets what a change made old.
    pub async fn changed(&self, change: Change) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        match change {
            Change::Connection { account, .. } | Change::Account(account) => self.0.accounts.invalidate(&account).await,
            Change::Key(_) => {}
            Change::Anything => self.0.accounts.invalidate_all(),
        }
    }
}
