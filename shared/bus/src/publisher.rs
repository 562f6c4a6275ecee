//! Publishing with confirms: sealed, persistent, mandatory, bounded, and failing fast when the broker is blocked.

use std::{sync::Arc, time::Duration};

use domain::{
    dead_letter::DeadLetter,
    event::{Event, payload},
    lane::{Lane, Lanes},
    seal::KeyRing,
    trace::TraceParent,
};
use futures_util::future::join_all;
use lapin::{
    Channel, Confirmation, ErrorKind,
    options::{BasicPublishOptions, ConfirmSelectOptions},
    protocol::{AMQPErrorKind, AMQPSoftError},
};
use time::OffsetDateTime;
use tokio::{
    sync::{Mutex, Semaphore},
    time::{Instant, timeout},
};

use crate::{
    error::PublishError,
    headers::Headers,
    link::Link,
    names::{self, EXCHANGE},
    telemetry::Published,
    traffic::Traffic,
};

/// Messages without a confirm at any time; a few dozen already use all that one channel can do.
const IN_FLIGHT: usize = 512;

/// Publishes events. Cheap to clone; all clones share one channel and one bound.
#[derive(Clone)]
pub struct Publisher(Arc<Inner>);

struct Inner {
    link: Arc<Link>,
    keys: Arc<KeyRing>,
    traffic: Traffic,
    confirm_within: Duration,
    channel: Mutex<Option<Channel>>,
    in_flight: Semaphore,
}

/// A message on its way out.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) exchange: String,
    pub(crate) key: String,
    pub(crate) headers: Headers,
    pub(crate) sealed: Vec<u8>,
}

impl Outgoing {
    /// A sealed event for its stage.
    fn new<E: Event>(event: &E, trace: &TraceParent, lane: Lane, sealed: Vec<u8>) -> Self {
        let headers = Headers::of(event, trace, OffsetDateTime::now_utc());
        Self { exchange: EXCHANGE.into(), key: names::routing_key(E::CONSUMER, lane), headers, sealed }
    }
}

impl Publisher {
    pub(crate) fn new(link: Arc<Link>, keys: Arc<KeyRing>, lanes: Lanes, confirm_within: Duration) -> Self {
        let (channel, in_flight) = (Mutex::new(None), Semaphore::new(IN_FLIGHT));
        Self(Arc::new(Inner { link, keys, traffic: Traffic::new(lanes), confirm_within, channel, in_flight }))
    }

    /// Publishes one event to its stage. `Ok`: the broker has it on disk.
    pub async fn publish<E: Event>(&self, event: &E, trace: &TraceParent) -> Result<(), PublishError> {
        let lane = self.0.traffic.lane(event.origin().connection);
        let sealed = payload::seal(&self.0.keys, event).map_err(PublishError::Unserialisable)?;
        self.send(&Outgoing::new(event, trace, lane, sealed)).await
    }

    /// Publishes many events at once; one answer each, in order.
    pub async fn publish_all<'a, E: Event>(
        &self,
        events: impl IntoIterator<Item = (&'a E, &'a TraceParent)>,
    ) -> Vec<Result<(), PublishError>> {
        join_all(events.into_iter().map(|(event, trace)| self.publish(event, trace))).await
    }

    /// Publishes a dead letter again, to the stage that gave it up: with fresh attempts and age, and marked as repeated.
    pub async fn republish(&self, letter: &DeadLetter) -> Result<(), PublishError> {
        let headers = Headers {
            event: Some(letter.event),
            connection: Some(letter.connection),
            conversation: Some(letter.conversation.clone()),
            attempts: 0,
            defers: 1,
            doubts: 0,
            first_seen: OffsetDateTime::now_utc(),
            defer_reason: None,
            trace: TraceParent::start(),
        };
        let key = names::routing_key(letter.stage, self.0.traffic.lane(letter.connection));
        self.send(&Outgoing { exchange: EXCHANGE.into(), key, headers, sealed: letter.sealed.clone() }).await
    }

    /// Whether the broker takes nothing now (memory or disk alarm); publishing fails at once with [`PublishError::Blocked`].
    pub fn is_blocked(&self) -> bool {
        self.0.link.is_blocked()
    }

    /// Seals an event that follows from one that came with this routing key; with its own texts, or with those of the payload that
    /// came.
    pub(crate) fn following<E: Event>(
        &self,
        event: &E,
        trace: &TraceParent,
        key: &str,
        texts_of: Option<&[u8]>,
    ) -> Result<Outgoing, PublishError> {
        let sealed = match texts_of {
            Some(payload) => payload::seal_with_texts_of(&self.0.keys, event, payload),
            None => payload::seal(&self.0.keys, event),
        };
        let lane = self.0.traffic.same(event.origin().connection, names::is_bulk(key));
        Ok(Outgoing::new(event, trace, lane, sealed.map_err(PublishError::Unserialisable)?))
    }

    /// Publishes and awaits the confirm.
    pub(crate) async fn send(&self, message: &Outgoing) -> Result<(), PublishError> {
        let start = Instant::now();
        let result = self.attempt(message).await;
        if result.as_ref().is_err_and(PublishError::is_in_doubt) {
            // What waits for a confirm that nobody awaits any more is kept by lapin as long as the channel. The others in
            // flight hold clones of it and are not disturbed. Whoever holds the lock is making a new one already.
            if let Ok(mut channel) = self.0.channel.try_lock() {
                channel.take();
            }
        }
        Published { took: start.elapsed(), result: &result }.emit();
        result
    }

    async fn attempt(&self, message: &Outgoing) -> Result<(), PublishError> {
        if self.is_blocked() {
            return Err(PublishError::Blocked);
        }
        tokio::select! {
            biased;
            // The unwritten half of a message stays with lapin until the alarm ends; what is in doubt is bounded by IN_FLIGHT.
            () = self.0.link.blocked() => Err(PublishError::Blocked),
            result = timeout(self.0.confirm_within, self.confirmed(message)) => result.unwrap_or_else(|_elapsed| {
                let lost = !self.0.link.connected();
                Err(if lost { PublishError::Disconnected(None) } else { PublishError::TimedOut(self.0.confirm_within) })
            }),
        }
    }

    async fn confirmed(&self, message: &Outgoing) -> Result<(), PublishError> {
        let _permit = self.0.in_flight.acquire().await.expect("the semaphore is never closed");
        let unsent = |error| refused(&message.key, error);
        let channel = self.channel().await.map_err(unsent)?;
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let (exchange, key) = (message.exchange.as_str().into(), message.key.as_str().into());
        let properties = message.headers.write(&message.sealed);
        let confirm = channel.basic_publish(exchange, key, options, &message.sealed, properties).await.map_err(unsent)?;
        match confirm.await.map_err(unsent)? {
            Confirmation::Ack(None) => Ok(()),
            Confirmation::Ack(Some(returned)) => Err(PublishError::Unroutable {
                key: message.key.clone(),
                reply: format!("{} {}", returned.reply_code, returned.reply_text),
            }),
            Confirmation::Nack(_) => Err(PublishError::Refused),
            Confirmation::NotRequested => unreachable!("every channel of the publisher is in confirm mode"),
        }
    }

    async fn channel(&self) -> Result<Channel, lapin::Error> {
        let mut current = self.0.channel.lock().await;
        if let Some(channel) = current.as_ref().filter(|channel| channel.status().connected()) {
            return Ok(channel.clone());
        }
        let channel = self.0.link.channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        *current = Some(channel.clone());
        Ok(channel)
    }
}

/// A missing exchange closes the channel, and with it every publish that is under way: all go to exchanges of ours.
fn refused(key: &str, error: lapin::Error) -> PublishError {
    match error.kind() {
        ErrorKind::ProtocolError(said) if *said.kind() == AMQPErrorKind::Soft(AMQPSoftError::NOTFOUND) => {
            PublishError::Unroutable { key: key.into(), reply: said.get_message().to_string() }
        }
        _ => PublishError::Disconnected(Some(error)),
    }
}
