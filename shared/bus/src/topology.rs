//! Exchanges and queues: declared by whoever starts, and checked, since the broker refuses to declare what exists otherwise.

use lapin::{
    Channel, ErrorKind, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    protocol::{AMQPErrorKind, AMQPSoftError},
    types::{AMQPValue, FieldTable},
};

use crate::{
    config::Config,
    error::Error,
    link::Link,
    names::{self, EXCHANGE, POISON, STAGES},
};

/// Declares everything, in an order in which no queue ever dead-letters into nothing: the poison queue first, the delays last.
pub(crate) async fn declare(link: &Link, config: &Config) -> Result<(), Error> {
    let channel = link.channel().await.map_err(|source| Error::Refused { name: "a channel".into(), source })?;
    let declarer = Declarer { channel: &channel };
    declarer.exchange(POISON, ExchangeKind::Fanout).await?;
    declarer.queue(POISON, poison_arguments()).await?;
    declarer.bind(POISON, POISON, "").await?;
    declarer.exchange(EXCHANGE, ExchangeKind::Topic).await?;
    for stage in STAGES {
        for lane in config.lanes.all() {
            let key = names::routing_key(*stage, lane);
            let queue = names::queue(&key);
            declarer.queue(&queue, work_arguments(config.delivery_limit)).await?;
            declarer.bind(&queue, EXCHANGE, &key).await?;
        }
    }
    for step in config.delays.all() {
        let name = names::delay(*step);
        let ttl_ms = i64::try_from(step.as_millis()).expect("a step is at most a day");
        declarer.exchange(&name, ExchangeKind::Fanout).await?;
        declarer.queue(&name, delay_arguments(ttl_ms)).await?;
        declarer.bind(&name, &name, "").await?;
    }
    drop(channel.close(200, "declared".into()).await);
    Ok(())
}

fn quorum() -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    arguments
}

/// Nothing is dropped on the way between queues: at least once, which needs `reject-publish`.
fn dead_letter_to(mut arguments: FieldTable, exchange: &str) -> FieldTable {
    arguments.insert("x-dead-letter-exchange".into(), AMQPValue::LongString(exchange.into()));
    arguments.insert("x-dead-letter-strategy".into(), AMQPValue::LongString("at-least-once".into()));
    arguments.insert("x-overflow".into(), AMQPValue::LongString("reject-publish".into()));
    arguments
}

fn poison_arguments() -> FieldTable {
    quorum()
}

/// No dead-letter routing key: what arrives in the poison queue keeps the key that tells its stage.
fn work_arguments(delivery_limit: u16) -> FieldTable {
    let mut arguments = dead_letter_to(quorum(), POISON);
    arguments.insert("x-delivery-limit".into(), AMQPValue::LongLongInt(delivery_limit.into()));
    arguments
}

/// No dead-letter routing key: what was published here with `match.3` goes back to `match.3`.
fn delay_arguments(ttl_ms: i64) -> FieldTable {
    let mut arguments = dead_letter_to(quorum(), EXCHANGE);
    arguments.insert("x-message-ttl".into(), AMQPValue::LongLongInt(ttl_ms));
    arguments
}

struct Declarer<'a> {
    channel: &'a Channel,
}

impl Declarer<'_> {
    async fn exchange(&self, name: &str, kind: ExchangeKind) -> Result<(), Error> {
        let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        let declared = self.channel.exchange_declare(name.into(), kind, options, FieldTable::default()).await;
        declared.map_err(|error| explain("exchange", name, error))
    }

    async fn queue(&self, name: &str, arguments: FieldTable) -> Result<(), Error> {
        let declared = self.channel.queue_declare(name.into(), QueueDeclareOptions::durable(), arguments).await;
        declared.map(drop).map_err(|error| explain("queue", name, error))
    }

    async fn bind(&self, queue: &str, exchange: &str, key: &str) -> Result<(), Error> {
        let (options, none) = (QueueBindOptions::default(), FieldTable::default());
        let bound = self.channel.queue_bind(queue.into(), exchange.into(), key.into(), options, none).await;
        bound.map_err(|error| explain("queue", queue, error))
    }
}

fn explain(what: &str, name: &str, source: lapin::Error) -> Error {
    let name = format!("{what} {name}");
    match source.kind() {
        ErrorKind::ProtocolError(said) if *said.kind() == AMQPErrorKind::Soft(AMQPSoftError::PRECONDITIONFAILED) => {
            Error::Mismatch { name, broker: said.get_message().to_string() }
        }
        _ => Error::Refused { name, source },
    }
}
