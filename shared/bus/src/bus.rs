//! The whole connection of one process to the broker.

use std::{sync::Arc, time::Duration};

use domain::seal::KeyRing;
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use crate::{
    burial::DeadLetterSink, config::Config, error::Error, link::Link, poison, publisher::Publisher, retry::Retry, runner,
    stage::Stage, telemetry::LinkName, topology,
};

/// Longest wait between attempts to declare the topology again.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// What saying good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(2);

/// One process's link to RabbitMQ: a connection for publishing, one for consuming (the broker blocks those that publish when it
/// is short of memory, and acks must still flow then). Cheap to clone.
#[derive(Clone)]
pub struct Bus {
    pub(crate) config: Arc<Config>,
    pub(crate) keys: Arc<KeyRing>,
    pub(crate) consuming: Arc<Link>,
    publishing: Arc<Link>,
    publisher: Publisher,
    _declarer: Arc<AbortOnDropHandle<()>>,
}

/// How the bus is, for readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Health {
    /// Both connections stand.
    pub connected: bool,
    /// The broker takes no messages: a memory or disk alarm is on.
    pub blocked: bool,
}

impl Bus {
    /// Connects, declares the topology and checks it. Lost connections come back by themselves from then on.
    pub async fn connect(config: Config, keys: Arc<KeyRing>) -> Result<Self, Error> {
        config.check()?;
        let consuming = Arc::new(Link::connect(&config, LinkName::Consuming).await?);
        topology::declare(&consuming, &config).await?;
        let publishing = Arc::new(Link::connect(&config, LinkName::Publishing).await?);
        let publisher = Publisher::new(Arc::clone(&publishing), Arc::clone(&keys), config.lanes, config.confirm_within);
        let config = Arc::new(config);
        let declarer = tokio::spawn(keep_declared(Arc::clone(&consuming), Arc::clone(&config)));
        let declarer = Arc::new(AbortOnDropHandle::new(declarer));
        Ok(Self { config, keys, consuming, publishing, publisher, _declarer: declarer })
    }

    /// Publishes events.
    pub fn publisher(&self) -> Publisher {
        self.publisher.clone()
    }

    /// How the bus is now.
    pub fn health(&self) -> Health {
        Health { connected: self.consuming.connected() && self.publishing.connected(), blocked: self.publishing.is_blocked() }
    }

    /// Runs a stage until `stop`: takes what is in its queues, in batches of one connection each, and does what the verdicts
    /// say. After `stop` nothing new is taken, what has not begun goes back to its queue, and what is in hand has
    /// `stop_within` to finish.
    pub async fn run_stage<S: Stage>(&self, stage: S, sink: DeadLetterSink, stop: CancellationToken) -> Result<(), Error> {
        runner::run(self, stage, sink, stop).await
    }

    /// Buries what the broker itself gave up, until `stop`.
    pub async fn run_poison(&self, sink: DeadLetterSink, stop: CancellationToken) -> Result<(), Error> {
        poison::run(self, sink, stop).await
    }

    /// Says good-bye to the broker. Whatever still runs on this bus loses its connection.
    pub async fn close(&self) {
        tokio::join!(self.publishing.close(GOOD_BYE), self.consuming.close(GOOD_BYE));
    }
}

/// A broker that comes back may have lost everything: declares again after every reconnect. Ends when the bus is dropped.
async fn keep_declared(link: Arc<Link>, config: Arc<Config>) {
    let mut state = link.watch();
    let mut declared = 1;
    loop {
        let Ok(generation) = state.wait_for(|state| state.generation > declared).await.map(|state| state.generation) else {
            return;
        };
        let mut retry = Retry::up_to(LONGEST_WAIT);
        while let Err(error) = topology::declare(&link, &config).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "The topology could not be declared");
            tokio::time::sleep(retry.wait()).await;
        }
        declared = generation;
    }
}
