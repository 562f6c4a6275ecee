//! The floor under the fleet: a bare chain of as many hops through the same broker, with the same bytes and no work.
//!
//! A publisher, then three consumers: each takes a message, the first two hand it on and wait for the broker's confirm, and each
//! acknowledges only then. So three messages are published, confirmed, delivered and acknowledged for each that goes through, as
//! for a conversation. It speaks AMQP by itself: what it measures must not lean on what it is compared with.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::ensure;
use futures_util::{StreamExt as _, stream};
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{
        BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, BasicQosOptions, ConfirmSelectOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use tokio::task::JoinSet;

const HOPS: usize = 3;
/// What a consumer may hold, and how many confirms are awaited at once.
const PREFETCH: u16 = 256;
const PUBLISHERS: usize = 64;
const DELIVERY_PERSISTENT: u8 = 2;
const WITHIN: Duration = Duration::from_mins(5);

/// Messages a second through the chain, over so many of this size.
pub(crate) async fn measure(url: &str, messages: usize, bytes: usize) -> anyhow::Result<f64> {
    let names: Vec<String> = (0..HOPS).map(|hop| format!("floor.{hop}")).collect();
    let setup = Connection::connect(url, ConnectionProperties::default()).await?;
    let channel = setup.create_channel().await?;
    for name in &names {
        let mut arguments = FieldTable::default();
        arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
        let durable = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
        channel.queue_declare(name.as_str().into(), durable, arguments).await?;
    }
    let through = Arc::new(AtomicUsize::new(0));
    let mut hops = JoinSet::new();
    for hop in 0..HOPS {
        let (from, to) = (names[hop].clone(), names.get(hop + 1).cloned());
        // A connection each, as processes have.
        let connection = Connection::connect(url, ConnectionProperties::default()).await?;
        hops.spawn(pass_on(connection, from, to, Arc::clone(&through)));
    }
    let payload = vec![b'x'; bytes];
    let confirmed = confirming(&setup).await?;
    let started = Instant::now();
    let sends = stream::iter(0..messages).map(|_| publish(&confirmed, &names[0], &payload));
    let mut sends = sends.buffer_unordered(PUBLISHERS);
    while let Some(sent) = sends.next().await {
        sent?;
    }
    while through.load(Ordering::Relaxed) < messages {
        ensure!(started.elapsed() < WITHIN, "the bare chain stands still");
        ensure!(hops.try_join_next().is_none(), "a hop of the bare chain ended");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = started.elapsed().as_secs_f64();
    hops.shutdown().await;
    for name in &names {
        channel.queue_delete(name.as_str().into(), lapin::options::QueueDeleteOptions::default()).await?;
    }
    setup.close(200, "done".into()).await?;
    Ok(f64::from(u32::try_from(messages)?) / took)
}

async fn confirming(connection: &Connection) -> anyhow::Result<Channel> {
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    Ok(channel)
}

async fn publish(channel: &Channel, to: &str, payload: &[u8]) -> anyhow::Result<()> {
    let properties = BasicProperties::default().with_delivery_mode(DELIVERY_PERSISTENT);
    let mandatory = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
    let confirm = channel.basic_publish("".into(), to.into(), mandatory, payload, properties).await?.await?;
    ensure!(confirm.is_ack(), "the broker did not take a message");
    Ok(())
}

async fn pass_on(connection: Connection, from: String, to: Option<String>, through: Arc<AtomicUsize>) -> anyhow::Result<()> {
    let channel = connection.create_channel().await?;
    channel.basic_qos(PREFETCH, BasicQosOptions::default()).await?;
    let confirmed = confirming(&connection).await?;
    let consumer =
        channel.basic_consume(from.as_str().into(), "".into(), BasicConsumeOptions::default(), FieldTable::default()).await?;
    let handled = consumer.map(|delivery| async {
        let delivery = delivery?;
        if let Some(to) = &to {
            publish(&confirmed, to, &delivery.data).await?;
        }
        delivery.acker.ack(BasicAckOptions::default()).await?;
        if to.is_none() {
            through.fetch_add(1, Ordering::Relaxed);
        }
        anyhow::Ok(())
    });
    let mut handled = handled.buffer_unordered(usize::from(PREFETCH));
    while let Some(result) = handled.next().await {
        result?;
    }
    Ok(())
}
