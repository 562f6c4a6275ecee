//! One portal, as one caller uses it: a request goes out with a bearer, after its budget was taken, and what comes back is heeded.

use std::{fmt, sync::Arc, time::Duration};

use domain::{ConnectionId, budget::Class};
use moka::future::Cache;
use serde::de::DeserializeOwned;
use store::Db;

use crate::{
    budget::{Budgets, InvalidRate},
    classify::{self, Cut},
    config::Config,
    error::Error,
    identify::Searches,
    oauth::OAuth,
    request::{self, Addresses, InvalidApiUrl, Request},
    retry::Retries,
    token::Tokens,
    transport::{Exchange, Transport},
};

/// Portals whose waiting searches a process keeps together. One that is forgotten too early has two half-empty searches.
const KEPT_MAX: u64 = 10_000;

/// The client. One for a process, so that its connections, bearers and budgets are shared; cheap to clone.
#[derive(Clone)]
pub struct HubSpot(Arc<Inner>);

struct Inner {
    transport: Transport,
    addresses: Addresses,
    oauth: OAuth,
    tokens: Tokens,
    budgets: Budgets,
    searches: Cache<ConnectionId, Arc<Searches>>,
    live_patience: Duration,
    bulk_patience: Duration,
}

/// Why the client could not be made: the configuration is wrong.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The address.
    #[error("HubSpot's address is wrong")]
    ApiUrl(#[from] InvalidApiUrl),
    /// A budget.
    #[error("a budget makes no sense")]
    Rate(#[from] InvalidRate),
    /// The HTTP client.
    #[error("the HTTP client could not be made")]
    Http(#[source] reqwest::Error),
}

impl HubSpot {
    /// Makes a client. The process must have installed a crypto provider for rustls before.
    pub fn new(config: &Config, db: Db) -> Result<Self, BuildError> {
        let addresses = Addresses::new(&config.api_url, &config.version)?;
        let transport = Transport::new(config, addresses.is_local()).map_err(BuildError::Http)?;
        let authorize = request::web_address(&config.authorize_url)?;
        let oauth = OAuth::new(transport.clone(), addresses.clone(), authorize, config.app.clone());
        let budgets = Budgets::new(db.clone(), config.budgets)?;
        let tokens = Tokens::new(db, oauth.clone());
        let (live_patience, bulk_patience) = (config.live_patience, config.bulk_patience);
        let searches = Cache::builder().max_capacity(KEPT_MAX).time_to_idle(Duration::from_mins(10)).build();
        Ok(Self(Arc::new(Inner { transport, addresses, oauth, tokens, budgets, searches, live_patience, bulk_patience })))
    }

    /// A handle for calls to one connection's portal, for a caller of that class.
    pub fn portal(&self, connection: ConnectionId, class: Class) -> Portal {
        let patience = match class {
            Class::Live => self.0.live_patience,
            Class::Bulk => self.0.bulk_patience,
        };
        Portal { hubspot: self.clone(), who: Who { connection, class, patience } }
    }

    /// Consent, codes and the end of tokens.
    pub fn oauth(&self) -> &OAuth {
        &self.0.oauth
    }

    /// Gives back memory of portals that nobody asked for lately. For a timer of some minutes.
    pub fn tidy(&self) {
        self.0.budgets.tidy();
    }
}

impl fmt::Debug for HubSpot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HubSpot(..)")
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who {
    pub(crate) connection: ConnectionId,
    pub(crate) class: Class,
    pub(crate) patience: Duration,
}

/// A handle for calls to one connection's portal. Cheap to make and to clone; holds no token.
#[derive(Clone)]
pub struct Portal {
    hubspot: HubSpot,
    who: Who,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Portal").field(&self.who).finish()
    }
}

impl Portal {
    /// The connection.
    pub fn connection(&self) -> ConnectionId {
        self.who.connection
    }

    /// The same portal for a caller who waits so long for a spent budget, per request, before it is
    /// [`crate::ErrorClass::Throttled`].
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.who.patience = patience;
        self
    }

    /// Where bulk work of this portal searches together. A person who waits on the phone stands behind no batch.
    pub(crate) async fn shared_searches(&self) -> Option<Arc<Searches>> {
        match self.who.class {
            Class::Live => None,
            Class::Bulk => Some(self.hubspot.0.searches.get_with(self.who.connection, async { Arc::default() }).await),
        }
    }

    pub(crate) fn addresses(&self) -> &Addresses {
        &self.hubspot.0.addresses
    }

    /// Sends and reads the answer. One that is not what it should be leaves a doubt about a create.
    pub(crate) async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        self.send_and(request, |body| serde_json::from_slice(body).ok()).await
    }

    /// Sends where the answer says nothing.
    pub(crate) async fn send(&self, request: Request) -> Result<(), Error> {
        self.send_and(request, |_| Some(())).await
    }

    /// Sends, reads, and asks again where that is safe.
    async fn send_and<T>(&self, request: Request, read: fn(&[u8]) -> Option<T>) -> Result<T, Error> {
        let mut retries = Retries::new();
        loop {
            let unreadable = || classify::cut(request.call, Cut::Unreadable);
            let error = match self.attempt(&request).await.and_then(|body| read(&body).ok_or_else(unreadable)) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match retries.pause(request.call, &error) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    /// Sends once, or twice when the first bearer is refused: a refused request had no effect.
    async fn attempt(&self, request: &Request) -> Result<Vec<u8>, Error> {
        let (call, connection) = (request.call, self.who.connection);
        let tokens = &self.hubspot.0.tokens;
        let mut bearer = tokens.bearer(connection, call).await?;
        for first in [true, false] {
            self.hubspot.0.budgets.take(&self.who, bearer.portal, call).await?;
            let Exchange { result, quota } = self.hubspot.0.transport.send(request.clone(), &bearer.secret, connection).await;
            self.hubspot.0.budgets.heed(&self.who, bearer.portal, &quota, result.as_ref().err()).await;
            match result {
                Err(error) if error.refused_bearer() && first => bearer = tokens.refused(connection, bearer, call).await?,
                Err(error) if error.refused_bearer() => {
                    tokens.dead(connection, &bearer).await;
                    return Err(error);
                }
                result => return result,
            }
        }
        unreachable!("the second turn of the loop always returns")
    }
}
