//! One queue's consumer, across lost channels and connections.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt as _;
use lapin::{
    Consumer,
    message::Delivery,
    options::{BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use prometheus::IntGauge;
use time::OffsetDateTime;
use tokio::{sync::mpsc, time::timeout};
use tokio_util::sync::CancellationToken;

use super::acks::{self, Acks, Ticket};
use crate::{config::Config, headers::Headers, link::Link, retry::Retry, telemetry::ConsumerLost, topology};

/// Longest wait before consuming again.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// What taking leave of the broker may take.
const FAREWELL: Duration = Duration::from_secs(5);

/// A message that came, unopened.
pub(crate) struct Raw {
    pub(crate) headers: Headers,
    pub(crate) key: String,
    pub(crate) first_death_queue: Option<String>,
    pub(crate) sealed: Vec<u8>,
    pub(crate) redelivered: bool,
    pub(crate) ticket: Ticket,
}

/// What to consume.
pub(crate) struct Subscription {
    pub(crate) link: Arc<Link>,
    pub(crate) config: Arc<Config>,
    pub(crate) queue: String,
    pub(crate) prefetch: u16,
    pub(crate) in_flight: IntGauge,
}

impl Subscription {
    /// Forwards deliveries until `stop`, then returns to the queue what was not forwarded. The channel stays open for those
    /// that were: close it when they are settled.
    pub(crate) async fn run(self, to: mpsc::Sender<Raw>, stop: CancellationToken) -> Option<Arc<Acks>> {
        let mut retry = Retry::up_to(LONGEST_WAIT);
        loop {
            let error = tokio::select! {
                biased;
                () = stop.cancelled() => return None,
                consumer = self.consume() => match consumer {
                    Ok((consumer, acks)) => match forward(consumer, &acks, &to, &stop, &mut retry).await {
                        Ended::Stopped => return Some(acks),
                        Ended::Lost(error) => error,
                    },
                    Err(error) => Some(error),
                },
            };
            ConsumerLost { queue: &self.queue, error: error.as_ref() }.emit();
            tokio::select! {
                () = stop.cancelled() => return None,
                () = tokio::time::sleep(retry.wait()) => {}
            }
            self.mend().await;
        }
    }

    async fn consume(&self) -> Result<(Consumer, Arc<Acks>), lapin::Error> {
        let channel = self.link.channel().await?;
        // For each consumer: quorum queues refuse a bound for the whole channel.
        channel.basic_qos(self.prefetch, BasicQosOptions::default()).await?;
        let (options, none) = (BasicConsumeOptions::default(), FieldTable::default());
        let consumer = channel.basic_consume(self.queue.as_str().into(), "".into(), options, none).await?;
        Ok((consumer, Acks::new(channel, self.prefetch, self.in_flight.clone())))
    }

    /// When the consumer was lost and the connection was not, the queue itself may be gone.
    async fn mend(&self) {
        if self.link.connected()
            && let Err(error) = topology::declare(&self.link, &self.config).await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "The topology could not be declared");
        }
    }
}

enum Ended {
    Stopped,
    /// With the error, unless the broker cancelled the consumer.
    Lost(Option<lapin::Error>),
}

async fn forward(
    mut consumer: Consumer,
    acks: &Arc<Acks>,
    to: &mpsc::Sender<Raw>,
    stop: &CancellationToken,
    retry: &mut Retry,
) -> Ended {
    loop {
        let delivery = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            delivery = consumer.next() => delivery,
        };
        match delivery {
            Some(Ok(delivery)) => {
                retry.reset();
                let raw = raw(delivery, acks).await;
                if let Err(unsent) = to.send(raw).await {
                    acks::give_back(vec![unsent.0.ticket]).await;
                    break;
                }
            }
            Some(Err(error)) => return Ended::Lost(Some(error)),
            None => return Ended::Lost(None),
        }
    }
    take_leave(consumer, acks).await;
    Ended::Stopped
}

/// Cancels the consumer; what the broker had already sent goes back.
async fn take_leave(mut consumer: Consumer, acks: &Arc<Acks>) {
    let leaving = async {
        acks.cancel(&consumer.tag()).await;
        let mut unwanted = Vec::new();
        while let Some(Ok(delivery)) = consumer.next().await {
            unwanted.push(acks.received(delivery.delivery_tag).await);
        }
        acks::give_back(unwanted).await;
    };
    // In vain on a connection that is lost; then the broker has taken everything back already.
    drop(timeout(FAREWELL, leaving).await);
}

async fn raw(delivery: Delivery, acks: &Arc<Acks>) -> Raw {
    let Delivery { delivery_tag, routing_key, redelivered, properties, data, .. } = delivery;
    let first_death_queue = properties.headers().as_ref().and_then(|table| crate::headers::text(table, "x-first-death-queue"));
    Raw {
        headers: Headers::read(&properties, OffsetDateTime::now_utc()),
        key: routing_key.to_string(),
        first_death_queue: first_death_queue.map(str::to_owned),
        sealed: data,
        redelivered,
        ticket: acks.received(delivery_tag).await,
    }
}
