//! A peek at the queues, beside the bus.

use lapin::{
    BasicProperties, Channel,
    options::{BasicGetOptions, QueueDeclareOptions},
    types::FieldTable,
};

/// Messages that are ready in a queue.
pub(crate) async fn ready(channel: &Channel, queue: &str) -> u32 {
    let declared = channel.queue_declare(queue.into(), QueueDeclareOptions::durable().passive(), FieldTable::default()).await;
    declared.unwrap().message_count()
}

/// Takes one message out of a queue.
pub(crate) async fn take(channel: &Channel, queue: &str) -> Option<(BasicProperties, Vec<u8>)> {
    let got = channel.basic_get(queue.into(), BasicGetOptions { no_ack: true }).await.unwrap()?;
    Some((got.delivery.properties, got.delivery.data))
}
