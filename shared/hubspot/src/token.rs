//! Bearers: kept in the process, renewed before they expire, by one process at a time.
//!
//! "401 is not a valid indicator that a new access token must be retrieved" (usage guidelines), so renewal goes by time. A 401
//! that comes nevertheless renews once more; a second one means that a person has to connect again.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    ConnectionId, PortalId,
    connection::{ConnectionStatus, Credential},
};
use moka::future::Cache;
use secrecy::SecretString;
use store::{
    Db,
    connections::{self, RefreshGuard, TokenVersion},
};
use time::OffsetDateTime;
use tokio::sync::Mutex;
use tracing::warn;

use crate::{
    call::Call,
    error::{Error, ErrorClass, NeedsPerson},
    oauth::OAuth,
    telemetry::Refreshed,
};

/// How long before its end a bearer is renewed; a quarter of its life, if that is shorter.
const MARGIN: Duration = Duration::from_mins(5);
/// A bearer with less than this left is not sent any more.
const SPENT: Duration = Duration::from_secs(10);
/// How long a process goes on with what it knows of a connection before it looks again: the longest that one which was
/// disconnected elsewhere is still used here.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// How long a failed renewal is not repeated.
const RENEW_AGAIN: Duration = Duration::from_secs(5);
/// How often storing renewed tokens is tried: without it a new refresh token would be lost.
const SAVES_MAX: u32 = 3;
/// Connections whose bearers a process keeps.
const KEPT_MAX: u64 = 10_000;

/// What a request is sent with.
#[derive(Clone)]
pub(crate) struct Bearer {
    pub(crate) secret: SecretString,
    pub(crate) portal: PortalId,
    version: TokenVersion,
    /// `None`: it does not expire and cannot be renewed.
    expires_at: Option<OffsetDateTime>,
    renew_at: Option<OffsetDateTime>,
}

impl Bearer {
    fn new(credential: &Credential, version: TokenVersion, portal: PortalId, margin: Duration) -> Self {
        let (secret, expires_at) = match credential {
            Credential::OAuth { access_token, expires_at, .. } => (access_token, Some(*expires_at)),
            Credential::Static { access_token } => (access_token, None),
        };
        Self { secret: secret.clone(), portal, version, expires_at, renew_at: expires_at.map(|at| at - margin) }
    }

    fn is_due(&self) -> bool {
        self.renew_at.is_some_and(|at| OffsetDateTime::now_utc() >= at)
    }

    fn is_spent(&self) -> bool {
        self.expires_at.is_some_and(|at| OffsetDateTime::now_utc() + SPENT >= at)
    }
}

/// What the process knows of one connection. The lock around it lets one task at a time find out or renew.
#[derive(Default)]
struct Slot {
    bearer: Option<Bearer>,
    looked_at: Option<Instant>,
    failed_at: Option<Instant>,
}

fn recent(at: Option<Instant>, within: Duration) -> bool {
    at.is_some_and(|at| at.elapsed() < within)
}

/// Everybody's bearers.
#[derive(Clone)]
pub(crate) struct Tokens {
    db: Db,
    oauth: OAuth,
    slots: Cache<ConnectionId, Arc<Mutex<Slot>>>,
}

impl Tokens {
    pub(crate) fn new(db: Db, oauth: OAuth) -> Self {
        let slots = Cache::builder().max_capacity(KEPT_MAX).time_to_idle(Duration::from_hours(1)).build();
        Self { db, oauth, slots }
    }

    /// The bearer for a request, renewed if that is due.
    pub(crate) async fn bearer(&self, connection: ConnectionId, call: Call) -> Result<Bearer, Error> {
        let slot = self.slots.get_with(connection, async { Arc::default() }).await;
        let mut slot = slot.lock_owned().await;
        if !recent(slot.looked_at, LOOK_AGAIN) || slot.bearer.is_none() {
            let bearer = self.look(connection, call, slot.bearer.take()).await?;
            *slot = Slot { bearer: Some(bearer), looked_at: Some(Instant::now()), failed_at: slot.failed_at };
        }
        let bearer = slot.bearer.clone().ok_or_else(|| Error::unavailable(call))?;
        if !bearer.is_due() {
            return Ok(bearer);
        }
        if recent(slot.failed_at, RENEW_AGAIN) {
            return if bearer.is_spent() { Err(Error::unavailable(Call::Token)) } else { Ok(bearer) };
        }
        // In a task of its own: if the caller gives up meanwhile, what HubSpot hands out must be stored nevertheless.
        let this = self.clone();
        let renewal = tokio::spawn(async move {
            let result = this.renew(connection, &bearer).await;
            match &result {
                Ok(renewed) => *slot = Slot { bearer: Some(renewed.clone()), looked_at: Some(Instant::now()), failed_at: None },
                Err(_) => slot.failed_at = Some(Instant::now()),
            }
            match result {
                Err(error) if outlives(&error) && !bearer.is_spent() => Ok(bearer),
                result => result,
            }
        });
        let renewed = renewal.await.unwrap_or_else(|_| Err(Error::unavailable(Call::Token)));
        if renewed.as_ref().is_err_and(|error| !outlives(error)) {
            self.slots.invalidate(&connection).await;
        }
        renewed
    }

    /// HubSpot refused this bearer: another one, if there is one. The same again for a credential that cannot be renewed.
    pub(crate) async fn refused(&self, connection: ConnectionId, bearer: Bearer, call: Call) -> Result<Bearer, Error> {
        self.slots.invalidate(&connection).await;
        if bearer.expires_at.is_none() {
            return self.bearer(connection, call).await;
        }
        let this = self.clone();
        let renewal = tokio::spawn(async move { this.renew(connection, &bearer).await });
        renewal.await.unwrap_or_else(|_| Err(Error::unavailable(Call::Token)))
    }

    /// HubSpot refused this bearer too: a person has to connect again, unless somebody just did.
    pub(crate) async fn dead(&self, connection: ConnectionId, bearer: &Bearer) {
        self.slots.invalidate(&connection).await;
        if let Err(cause) = connections::refuse_credential(&self.db, connection, bearer.version).await {
            warn!(connection.id = %connection, "Could not note that a credential is refused: {cause}");
        }
    }

    /// What is stored. One that is no newer than what we have leaves it as it is.
    async fn look(&self, connection: ConnectionId, call: Call, known: Option<Bearer>) -> Result<Bearer, Error> {
        let unavailable = |_| Error::unavailable(call);
        let row = connections::get(&self.db, connection).await.map_err(unavailable)?;
        let row = row.filter(|row| row.status == ConnectionStatus::Active).ok_or_else(|| Error::reauth_required(call))?;
        let stored = connections::credential(&self.db, connection).await.map_err(unavailable)?;
        let (credential, version) = stored.ok_or_else(|| Error::reauth_required(call))?;
        match known {
            Some(known) if known.version == version => Ok(known),
            _ => Ok(Bearer::new(&credential, version, row.portal, MARGIN)),
        }
    }

    /// Renews, unless somebody else did since `known` was read.
    async fn renew(&self, connection: ConnectionId, known: &Bearer) -> Result<Bearer, Error> {
        let result = self.renew_guarded(connection, known).await;
        match &result {
            // Somebody else's renewal is not counted twice.
            Ok((_, false)) => {}
            Ok((_, true)) => Refreshed { connection, result: Ok(()) }.emit(),
            Err(error) => Refreshed { connection, result: Err(error) }.emit(),
        }
        result.map(|(bearer, _)| bearer)
    }

    async fn renew_guarded(&self, connection: ConnectionId, known: &Bearer) -> Result<(Bearer, bool), Error> {
        let guard = connections::refresh_guard(&self.db, connection).await.map_err(|_| Error::unavailable(Call::Token))?;
        let guard = guard.ok_or_else(|| Error::reauth_required(Call::Token))?;
        if guard.version() > known.version {
            return Ok((Bearer::new(guard.credential(), guard.version(), known.portal, MARGIN), false));
        }
        if guard.status() != ConnectionStatus::Active {
            return Err(Error::reauth_required(Call::Token));
        }
        let Credential::OAuth { refresh_token, .. } = guard.credential() else {
            return Ok((Bearer::new(guard.credential(), guard.version(), known.portal, MARGIN), false));
        };
        match self.oauth.refresh(refresh_token).await {
            Ok(grant) => {
                let margin = MARGIN.min(grant.lifetime / 4);
                let version = self.save(connection, guard, &grant.credential).await;
                Ok((Bearer::new(&grant.credential, version, known.portal, margin), true))
            }
            Err(error) => {
                if *error.class() == ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired)
                    && let Err(cause) = guard.refuse().await
                {
                    warn!(connection.id = %connection, "Could not note that a renewal is refused: {cause}");
                }
                Err(error)
            }
        }
    }

    /// Stores what HubSpot handed out. When that fails, the access token still works in this process until it expires.
    async fn save(&self, connection: ConnectionId, guard: RefreshGuard, renewed: &Credential) -> TokenVersion {
        let known = guard.version();
        let mut guard = Some(guard);
        for _ in 0..SAVES_MAX {
            let held = match guard.take() {
                Some(held) => Ok(Some(held)),
                None => connections::refresh_guard(&self.db, connection).await,
            };
            let cause = match held {
                Ok(Some(held)) if held.version() == known => match held.save(renewed).await {
                    Ok(version) => return version,
                    Err(cause) => cause,
                },
                // Connected again or disconnected meanwhile: there is nothing to store any more.
                Ok(_) => return known,
                Err(cause) => cause,
            };
            warn!(connection.id = %connection, "Could not store a renewed token: {cause}");
        }
        known
    }
}

/// Whether the old bearer can go on after this: everything but a refusal of the credential itself.
fn outlives(error: &Error) -> bool {
    *error.class() != ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired)
}
