//! One connection to the broker that is replaced when it is lost.
//!
//! lapin can recover connections by itself, but leaves channels that the broker closed (404, 406, a consumer's time-out) closed
//! for good. So there would be two ways to recover, with two states to tell apart. Here is one: a channel is used until its
//! first error, then a new one is opened, on a new connection if need be.

use std::{pin::pin, sync::Arc, time::Duration};

use futures_util::{FutureExt as _, StreamExt as _};
use lapin::{
    Channel, Connection, ConnectionProperties,
    uri::{AMQPScheme, AMQPUri},
};
use secrecy::ExposeSecret as _;
use tokio::{
    sync::watch,
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_util::task::AbortOnDropHandle;

use crate::{
    config::Config,
    error::Error,
    retry::Retry,
    telemetry::{LinkBlocked, LinkConnected, LinkLost, LinkName, LinkUnreachable},
};

/// A dead peer is noticed after two to three of these; the broker's default is a minute.
const HEARTBEAT_S: u16 = 10;
/// The longest frame, unless the URI says otherwise. lapin keeps 64 of them for each connection, in use or not: with the broker's own
/// wish of 128 KiB that is 8 MiB.
const FRAME_MAX: u32 = 32 << 10;
/// One attempt to connect.
const ATTEMPT: Duration = Duration::from_secs(10);
/// Longest wait between attempts.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// The state is looked at this often even when lapin reports nothing.
const LOOK: Duration = Duration::from_secs(1);

/// The connection as it is now.
#[derive(Clone, Default)]
pub(crate) struct State {
    connection: Option<Arc<Connection>>,
    /// The broker takes nothing on it: memory or disk alarm.
    pub(crate) blocked: bool,
    /// How many connections there have been.
    pub(crate) generation: u64,
}

impl State {
    /// Whether there is a connection.
    pub(crate) fn connected(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| connection.status().connected())
    }
}

/// One supervised connection.
pub(crate) struct Link {
    state: watch::Receiver<State>,
    supervisor: AbortOnDropHandle<()>,
}

impl Link {
    /// Connects, within `config.connect_within`.
    pub(crate) async fn connect(config: &Config, name: LinkName) -> Result<Self, Error> {
        let opener = Opener::new(config, name)?;
        let first = opener.open_within(config.connect_within).await?;
        let (sender, state) = watch::channel(State { connection: Some(Arc::clone(&first)), blocked: false, generation: 1 });
        LinkConnected { link: name, generation: 1 }.emit();
        let supervisor = AbortOnDropHandle::new(tokio::spawn(supervise(opener, sender, first)));
        Ok(Self { state, supervisor })
    }

    /// The connection as it is now, and as it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<State> {
        self.state.clone()
    }

    /// Whether there is a connection.
    pub(crate) fn connected(&self) -> bool {
        self.state.borrow().connected()
    }

    /// Whether the broker takes nothing.
    pub(crate) fn is_blocked(&self) -> bool {
        let state = self.state.borrow();
        // lapin knows a moment before its event arrives here.
        state.blocked || state.connection.as_ref().is_some_and(|connection| connection.status().blocked())
    }

    /// Returns when the broker takes nothing.
    pub(crate) async fn blocked(&self) {
        let mut state = self.watch();
        if state.wait_for(|state| state.blocked).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// A new channel; waits for a connection as long as that takes.
    pub(crate) async fn channel(&self) -> Result<Channel, lapin::Error> {
        let mut state = self.watch();
        loop {
            let connection = state.wait_for(State::connected).await.ok().and_then(|state| state.connection.clone());
            let Some(connection) = connection else { return std::future::pending().await }; // the process is going down
            match connection.create_channel().await {
                Err(_) if !connection.status().connected() => {}
                result => return result,
            }
            drop(state.wait_for(|state| state.connection.as_ref().is_none_or(|now| !Arc::ptr_eq(now, &connection))).await);
        }
    }

    /// Says good-bye to the broker, who may be in no state to answer. Nothing is connected again.
    pub(crate) async fn close(&self, within: Duration) {
        self.supervisor.abort();
        let connection = self.state.borrow().connection.clone();
        if let Some(connection) = connection {
            drop(timeout(within, connection.close(200, "bye".into())).await);
        }
    }
}

/// Makes connections.
struct Opener {
    uri: AMQPUri,
    properties: ConnectionProperties,
    name: LinkName,
}

impl Opener {
    fn new(config: &Config, name: LinkName) -> Result<Self, Error> {
        let mut uri: AMQPUri = config.uri.expose_secret().parse().map_err(|_| Error::Uri)?;
        if uri.scheme == AMQPScheme::AMQPS {
            return Err(Error::Tls);
        }
        uri.query.heartbeat.get_or_insert(HEARTBEAT_S);
        uri.query.frame_max.get_or_insert(FRAME_MAX);
        let connection_name = format!("{}: {}", config.connection_name, name.as_str());
        let properties = ConnectionProperties::default().with_connection_name(connection_name.into());
        Ok(Self { uri, properties, name })
    }

    async fn open(&self) -> Result<Arc<Connection>, Option<lapin::Error>> {
        match timeout(ATTEMPT, Connection::connect_uri(self.uri.clone(), self.properties.clone())).await {
            Ok(Ok(connection)) => Ok(Arc::new(connection)),
            Ok(Err(error)) => Err(Some(error)),
            Err(_elapsed) => Err(None),
        }
    }

    async fn open_within(&self, within: Duration) -> Result<Arc<Connection>, Error> {
        let deadline = Instant::now() + within;
        let mut retry = Retry::up_to(LONGEST_WAIT);
        let mut source = None;
        loop {
            match timeout_at(deadline, self.open()).await {
                Ok(Ok(connection)) => return Ok(connection),
                Ok(Err(error)) => source = error.or(source),
                Err(_elapsed) => return Err(Error::Unreachable { within, source }),
            }
            let wait = retry.wait();
            if Instant::now() + wait >= deadline {
                return Err(Error::Unreachable { within, source });
            }
            sleep(wait).await;
        }
    }

    async fn open_at_last(&self) -> Arc<Connection> {
        let mut retry = Retry::up_to(LONGEST_WAIT);
        loop {
            match self.open().await {
                Ok(connection) => return connection,
                Err(error) => LinkUnreachable { link: self.name, error: error.as_ref() }.emit(),
            }
            sleep(retry.wait()).await;
        }
    }
}

/// Ends when the link is dropped.
async fn supervise(opener: Opener, state: watch::Sender<State>, mut connection: Arc<Connection>) {
    loop {
        until_lost(opener.name, &connection, &state).await;
        drop(connection);
        state.send_modify(|state| (state.connection, state.blocked) = (None, false));
        LinkLost { link: opener.name }.emit();
        connection = opener.open_at_last().await;
        state.send_modify(|state| {
            state.connection = Some(Arc::clone(&connection));
            state.generation += 1;
            LinkConnected { link: opener.name, generation: state.generation }.emit();
        });
    }
}

async fn until_lost(name: LinkName, connection: &Connection, state: &watch::Sender<State>) {
    let mut events = pin!(connection.events_listener());
    while connection.status().connected() {
        let blocked = connection.status().blocked();
        let changed = state.send_if_modified(|state| std::mem::replace(&mut state.blocked, blocked) != blocked);
        if changed {
            LinkBlocked { link: name, blocked }.emit();
        }
        match timeout(LOOK, events.next()).await {
            // Whatever is reported, or nothing for a while: look again.
            Ok(Some(_)) | Err(_) => {}
            Ok(None) => sleep(LOOK).await,
        }
        // A burst of reports is one look.
        while events.next().now_or_never().flatten().is_some() {}
    }
}
