//! Which deliveries of a channel are unsettled, and the frames that settle them.
//!
//! One frame settles many where they are the oldest of their channel, which costs the broker a third. Batches of a lane's connections
//! end in another order than they came, so what is done waits a moment for what came before it. A channel that is gone took its
//! deliveries back: whatever is said about them afterwards is void, and they come again.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use lapin::{
    Channel,
    options::{BasicAckOptions, BasicCancelOptions, BasicNackOptions},
    types::ShortString,
};
use prometheus::IntGauge;
use tokio::{sync::Mutex, time::sleep};

use crate::telemetry::SettledTooLate;

/// How long what is done waits for something older.
const HOLD: Duration = Duration::from_millis(200);

/// The channel that deliveries came on.
pub(crate) struct Acks {
    channel: Channel,
    // Held while a frame is handed over: an `ack` of many must not overtake the `nack` of one among them.
    unsettled: Mutex<Unsettled>,
    /// What is done and not yet told the broker, at most: it takes the place of new deliveries.
    held_max: usize,
    in_flight: IntGauge,
}

/// One delivery that must be settled, once.
pub(crate) struct Ticket {
    acks: Arc<Acks>,
    tag: u64,
}

impl Acks {
    /// For a channel with one consumer that may hold so many deliveries, nothing of which has been delivered yet.
    pub(crate) fn new(channel: Channel, prefetch: u16, in_flight: IntGauge) -> Arc<Self> {
        Arc::new(Self { channel, unsettled: Mutex::default(), held_max: usize::from(prefetch / 2), in_flight })
    }

    /// Takes note of the channel's next delivery.
    pub(crate) async fn received(self: &Arc<Self>, tag: u64) -> Ticket {
        self.unsettled.lock().await.received(tag);
        self.in_flight.inc();
        Ticket { acks: Arc::clone(self), tag }
    }

    /// Ends the channel's consumer.
    pub(crate) async fn cancel(&self, consumer_tag: &ShortString) {
        drop(self.channel.basic_cancel(consumer_tag.clone(), BasicCancelOptions::default()).await);
    }

    /// Closes the channel; what is unsettled goes back to its queue.
    pub(crate) async fn close(&self) {
        self.tell_all().await;
        drop(self.channel.close(200, "done".into()).await);
    }

    async fn ack(self: &Arc<Self>, tags: &[u64]) {
        let mut unsettled = self.unsettled.lock().await;
        unsettled.done(tags);
        let held = unsettled.held;
        if let Some(tag) = unsettled.take_oldest() {
            self.tell(tag, held - unsettled.held).await;
        }
        if unsettled.held > self.held_max {
            self.tell_each(&mut unsettled).await;
        } else if unsettled.held > 0 && !std::mem::replace(&mut unsettled.is_timed, true) {
            let acks = Arc::clone(self);
            tokio::spawn(async move {
                sleep(HOLD).await;
                acks.tell_all().await;
            });
        }
    }

    /// Says of everything that it is done, whatever came before it.
    async fn tell_all(&self) {
        let mut unsettled = self.unsettled.lock().await;
        unsettled.is_timed = false;
        self.tell_each(&mut unsettled).await;
    }

    async fn tell_each(&self, unsettled: &mut Unsettled) {
        for tag in unsettled.take_held() {
            self.tell(tag, 1).await;
        }
    }

    /// Of one, or of so many that are the oldest up to it.
    async fn tell(&self, tag: u64, deliveries: usize) {
        if self.channel.basic_ack(tag, BasicAckOptions { multiple: deliveries > 1 }).await.is_err() {
            SettledTooLate { deliveries }.emit();
        }
    }

    async fn give_back(&self, tags: &[u64]) {
        let mut unsettled = self.unsettled.lock().await;
        for tag in tags {
            unsettled.forget(*tag);
            let options = BasicNackOptions { multiple: false, requeue: true };
            if self.channel.basic_nack(*tag, options).await.is_err() {
                SettledTooLate { deliveries: 1 }.emit();
            }
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.acks.in_flight.dec();
    }
}

/// Tells the broker that these are done, at once or in a moment.
pub(crate) async fn ack(tickets: Vec<Ticket>) {
    for (acks, tags) in by_channel(&tickets) {
        acks.ack(&tags).await;
    }
}

/// Returns these to their queues. Counts as a delivery of the broker's limit.
pub(crate) async fn give_back(tickets: Vec<Ticket>) {
    for (acks, tags) in by_channel(&tickets) {
        acks.give_back(&tags).await;
    }
}

fn by_channel(tickets: &[Ticket]) -> Vec<(&Arc<Acks>, Vec<u64>)> {
    let mut by_channel: Vec<(&Arc<Acks>, Vec<u64>)> = Vec::new();
    for ticket in tickets {
        match by_channel.iter_mut().find(|(acks, _)| Arc::ptr_eq(acks, &ticket.acks)) {
            Some((_, tags)) => tags.push(ticket.tag),
            None => by_channel.push((&ticket.acks, vec![ticket.tag])),
        }
    }
    by_channel
}

/// The deliveries of a channel that the broker waits to hear of. Pure.
#[derive(Default)]
struct Unsettled {
    /// By tag, and so the oldest first: is it done?
    tags: BTreeMap<u64, bool>,
    /// How many are done.
    held: usize,
    /// Somebody will come and tell of those.
    is_timed: bool,
}

impl Unsettled {
    fn received(&mut self, tag: u64) {
        self.tags.insert(tag, false);
    }

    fn done(&mut self, tags: &[u64]) {
        for tag in tags {
            if let Some(done) = self.tags.get_mut(tag) {
                self.held += usize::from(!std::mem::replace(done, true));
            }
        }
    }

    /// Takes out the oldest as long as they are done; the last of these, with which the broker is told of all.
    fn take_oldest(&mut self) -> Option<u64> {
        let mut last = None;
        while let Some(oldest) = self.tags.first_entry().filter(|oldest| *oldest.get()) {
            last = Some(oldest.remove_entry().0);
            self.held -= 1;
        }
        last
    }

    /// Takes out all that are done.
    fn take_held(&mut self) -> Vec<u64> {
        self.held = 0;
        self.tags.extract_if(.., |_, done| *done).map(|(tag, _)| tag).collect()
    }

    fn forget(&mut self, tag: u64) {
        if self.tags.remove(&tag) == Some(true) {
            self.held -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsettled(tags: &[u64]) -> Unsettled {
        let mut unsettled = Unsettled::default();
        for tag in tags {
            unsettled.received(*tag);
        }
        unsettled
    }

    #[track_caller]
    fn check(tags: &[u64], done: &[u64], oldest: Option<u64>, held: &[u64]) {
        let mut unsettled = unsettled(tags);
        unsettled.done(done);
        assert_eq!(unsettled.take_oldest(), oldest);
        assert_eq!(unsettled.held, held.len());
        assert_eq!(unsettled.take_held(), held);
        assert_eq!(unsettled.held, 0);
    }

    #[test]
    fn one_frame_settles_only_what_is_oldest() {
        check(&[1, 2, 3], &[1, 2, 3], Some(3), &[]);
        check(&[1, 2, 3, 4], &[1, 2, 4], Some(2), &[4]);
        check(&[1, 2, 3], &[2, 3], None, &[2, 3]);
        check(&[5, 9], &[5], Some(5), &[]);
        check(&[2], &[1, 2, 2], Some(2), &[]);
    }

    #[test]
    fn what_came_before_takes_along_what_waited_for_it() {
        let mut unsettled = unsettled(&[1, 2, 3, 4]);
        unsettled.done(&[2, 3]);
        assert_eq!(unsettled.take_oldest(), None);
        unsettled.done(&[1]);
        assert_eq!((unsettled.take_oldest(), unsettled.held), (Some(3), 0));
    }

    #[test]
    fn what_was_given_back_is_in_nobodys_way() {
        let mut unsettled = unsettled(&[1, 2]);
        unsettled.forget(1);
        unsettled.done(&[1, 2]);
        assert_eq!((unsettled.take_oldest(), unsettled.held), (Some(2), 0));
    }
}
