//! A bounded cache of what holds for an account, so that accepting an event costs no query.

use std::{sync::Arc, time::Duration};

use domain::AccountId;

use crate::{
    Db, Error,
    changes::Change,
    fresh::Fresh,
    gate::{self, AccountGate},
};

/// What holds for accounts, at most [`GateCache::TTL`] old, and fresh within milliseconds while news arrive. Feed it with
/// [`GateCache::changed`]. Whoever must be exact (what leaves for HubSpot) asks [`gate::gate`] instead.
#[derive(Clone)]
pub struct GateCache(Arc<Inner>);

struct Inner {
    db: Db,
    accounts: Fresh<AccountId, Arc<AccountGate>>,
}

impl GateCache {
    /// Oldest answer, should news not arrive.
    pub const TTL: Duration = Duration::from_secs(30);
    /// Accounts that are kept.
    pub const CAPACITY: u64 = 10_000;

    /// An empty cache.
    pub fn new(db: &Db) -> Self {
        Self(Arc::new(Inner { db: db.clone(), accounts: Fresh::new(Self::CAPACITY, Self::TTL) }))
    }

    /// What holds for the account. `None`: there is no such account.
    pub async fn of_account(&self, account: AccountId) -> Result<Option<Arc<AccountGate>>, Arc<Error>> {
        let read = || async { Ok(gate::of_account(&self.0.db, account).await?.map(Arc::new)) };
        self.0.accounts.get(&account, read).await
    }

    /// Forgets what a change made old.
    pub async fn changed(&self, change: Change) {
        match change {
            Change::Connection { account, .. } | Change::Account(account) => self.0.accounts.forget(&account).await,
            Change::Key(_) => {}
            Change::Anything => self.0.accounts.forget_all(),
        }
    }
}
