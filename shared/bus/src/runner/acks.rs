//! Which deliveries of a channel are unsettled, and the frames that settle them.
//!
//! One frame settles many where they are the oldest of their channel, which costs the broker a third. A channel that is gone took
//! its deliveries back: whatever is said about them afterwards is void, and they come again.

use std::{collections::BTreeSet, sync::Arc};

use lapin::{
    Channel,
    options::{BasicAckOptions, BasicCancelOptions, BasicNackOptions},
    types::ShortString,
};
use prometheus::IntGauge;
use tokio::sync::Mutex;

use crate::telemetry::SettledTooLate;

/// The channel that deliveries came on.
pub(crate) struct Acks {
    channel: Channel,
    // Held while a frame is handed over: an `ack` of many must not overtake the `nack` of one among them.
    unsettled: Mutex<BTreeSet<u64>>,
    in_flight: IntGauge,
}

/// One delivery that must be settled, once.
pub(crate) struct Ticket {
    acks: Arc<Acks>,
    tag: u64,
}

#[derive(Clone, Copy)]
enum Settle {
    Ack,
    GiveBack,
}

impl Acks {
    /// For a channel with one consumer, nothing of which has been delivered yet.
    pub(crate) fn new(channel: Channel, in_flight: IntGauge) -> Arc<Self> {
        Arc::new(Self { channel, unsettled: Mutex::default(), in_flight })
    }

    /// Takes note of the channel's next delivery.
    pub(crate) async fn received(self: &Arc<Self>, tag: u64) -> Ticket {
        self.unsettled.lock().await.insert(tag);
        self.in_flight.inc();
        Ticket { acks: Arc::clone(self), tag }
    }

    /// Ends the channel's consumer.
    pub(crate) async fn cancel(&self, consumer_tag: &ShortString) {
        drop(self.channel.basic_cancel(consumer_tag.clone(), BasicCancelOptions::default()).await);
    }

    /// Closes the channel; what is unsettled goes back to its queue.
    pub(crate) async fn close(&self) {
        drop(self.channel.close(200, "done".into()).await);
    }

    async fn settle(&self, tags: &mut [u64], how: Settle) {
        tags.sort_unstable();
        let mut unsettled = self.unsettled.lock().await;
        let (oldest, others) = tags.split_at(oldest(&unsettled, tags));
        let many = oldest.last().map(|tag| (*tag, true));
        for (tag, multiple) in many.into_iter().chain(others.iter().map(|tag| (*tag, false))) {
            let said = match how {
                Settle::Ack => self.channel.basic_ack(tag, BasicAckOptions { multiple }).await,
                Settle::GiveBack => self.channel.basic_nack(tag, BasicNackOptions { multiple, requeue: true }).await,
            };
            if said.is_err() {
                SettledTooLate { deliveries: tags.len() }.emit();
                break;
            }
        }
        for tag in &*tags {
            unsettled.remove(tag);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.acks.in_flight.dec();
    }
}

/// Tells the broker that these are done.
pub(crate) async fn ack(tickets: Vec<Ticket>) {
    settle(tickets, Settle::Ack).await;
}

/// Returns these to their queues. Counts as a delivery of the broker's limit.
pub(crate) async fn give_back(tickets: Vec<Ticket>) {
    settle(tickets, Settle::GiveBack).await;
}

async fn settle(tickets: Vec<Ticket>, how: Settle) {
    let mut by_channel: Vec<(&Arc<Acks>, Vec<u64>)> = Vec::new();
    for ticket in &tickets {
        match by_channel.iter_mut().find(|(acks, _)| Arc::ptr_eq(acks, &ticket.acks)) {
            Some((_, tags)) => tags.push(ticket.tag),
            None => by_channel.push((&ticket.acks, vec![ticket.tag])),
        }
    }
    for (acks, mut tags) in by_channel {
        acks.settle(&mut tags, how).await;
    }
}

/// How many of these (sorted) are exactly the oldest of what is unsettled.
fn oldest(unsettled: &BTreeSet<u64>, tags: &[u64]) -> usize {
    unsettled.iter().zip(tags).take_while(|(unsettled, tag)| unsettled == tag).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(unsettled: &[u64], tags: &[u64], expected: usize) {
        assert_eq!(oldest(&unsettled.iter().copied().collect(), tags), expected);
    }

    #[test]
    fn one_frame_settles_only_what_is_oldest() {
        check(&[1, 2, 3], &[1, 2, 3], 3);
        check(&[1, 2, 3, 4], &[1, 2, 4], 2);
        check(&[1, 2, 3], &[2, 3], 0);
        check(&[5, 9], &[5], 1);
        check(&[], &[], 0);
        check(&[2], &[1, 2], 0);
    }
}
