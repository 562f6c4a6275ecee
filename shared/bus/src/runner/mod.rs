//! Runs a stage: one consumer for each lane, one dispatcher that makes batches, and the batches.

mod acks;
mod batch;
mod open;
mod pending;
mod subscription;

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use domain::event::Event as _;
use futures_util::FutureExt as _;
use tokio::{
    sync::mpsc,
    task::JoinSet,
    time::{Instant, sleep_until, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use self::{
    acks::Acks,
    batch::Worker,
    pending::{Key, Pending},
};
pub(crate) use self::{
    acks::{ack, give_back},
    open::letter,
    subscription::{Raw, Subscription},
};
use crate::{
    burial::DeadLetterSink,
    bus::Bus,
    error::Error,
    names,
    stage::Stage,
    telemetry::{RunnerPanicked, StageStarted, StageStopped, in_flight},
};

/// Deliveries between the lanes and the dispatcher; those that wait longer do so with the dispatcher.
const HANDOVER: usize = 64;

/// Batches that may run before the first of the next waits longer than `linger`.
const BUSY: u32 = 8;
/// The longest wait, in lingers.
const LINGERS_MAX: u32 = 8;

/// Runs `stage` until `stop`.
pub(crate) async fn run<S: Stage>(bus: &Bus, stage: S, sink: DeadLetterSink, stop: CancellationToken) -> Result<(), Error> {
    let name = S::Event::CONSUMER;
    let (to, from) = mpsc::channel(HANDOVER);
    let mut lanes = JoinSet::new();
    for lane in bus.config.lanes.all() {
        let queue = names::queue(&names::routing_key(name, lane));
        lanes.spawn(subscribe(bus, queue, bus.config.prefetch, name.as_str()).run(to.clone(), stop.clone()));
    }
    drop(to);
    StageStarted { stage: name, lanes: bus.config.lanes.count() }.emit();
    let worker = Arc::new(Worker::new(bus, stage, sink));
    let mut dispatcher = Dispatcher {
        batches_at_once: bus.config.batches_at_once,
        linger: bus.config.linger,
        pending: Pending::new(bus.config.batch_max, bus.config.batches_of_one),
        running: JoinSet::new(),
        worker,
        from,
    };
    dispatcher.run(&stop).await;
    let deadline = Instant::now() + bus.config.stop_within;
    let returned = timeout_at(deadline, dispatcher.give_back()).await.unwrap_or_default();
    let batches = dispatcher.finish(deadline).await;
    close(lanes, bus).await;
    StageStopped { stage: name, returned, batches }.emit();
    if batches == 0 { Ok(()) } else { Err(Error::Overran { stage: name.as_str(), batches, within: bus.config.stop_within }) }
}

/// A consumer of a queue, and whose hand its deliveries count to be in.
pub(crate) fn subscribe(bus: &Bus, queue: String, prefetch: u16, hand: &str) -> Subscription {
    let (link, config) = (Arc::clone(&bus.consuming), Arc::clone(&bus.config));
    Subscription { link, config, queue, prefetch, in_flight: in_flight(hand) }
}

/// Closes the channels, which returns what is still unsettled.
async fn close(mut lanes: JoinSet<Option<Arc<Acks>>>, bus: &Bus) {
    let closing = async {
        while let Some(ended) = lanes.join_next().await {
            if let Ok(Some(acks)) = ended {
                acks.close().await;
            }
        }
    };
    drop(timeout(bus.config.confirm_within, closing).await);
}

struct Dispatcher<S: Stage> {
    batches_at_once: usize,
    linger: Duration,
    pending: Pending<Raw>,
    running: JoinSet<Key>,
    worker: Arc<Worker<S>>,
    from: mpsc::Receiver<Raw>,
}

impl<S: Stage> Dispatcher<S> {
    async fn run(&mut self, stop: &CancellationToken) {
        loop {
            self.start_due();
            let due = self.pending.next_due(self.wait()).filter(|_| self.running.len() < self.batches_at_once);
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                Some(ended) = self.running.join_next() => {
                    let key = ended.expect("batches neither panic (see start_due) nor are aborted before the stop");
                    self.pending.finish(key);
                }
                raw = self.from.recv() => match raw {
                    Some(raw) => self.pending.push(raw.headers.connection, raw, Instant::now()),
                    None => return,
                },
                () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
            }
        }
    }

    /// How long the first of a batch waits for company: `linger` while little runs, so that what was published together
    /// comes together, and longer the more does. So the busier it is, the more conversations share what a batch costs.
    fn wait(&self) -> Duration {
        let running = u32::try_from(self.running.len()).unwrap_or(u32::MAX);
        (self.linger * running / BUSY).clamp(self.linger, self.linger * LINGERS_MAX)
    }

    fn start_due(&mut self) {
        while self.running.len() < self.batches_at_once {
            let Some((key, batch)) = self.pending.take(Instant::now(), self.wait()) else { return };
            let worker = Arc::clone(&self.worker);
            self.running.spawn(async move {
                // The stage's own panics are caught where they become verdicts; this is about ours.
                if AssertUnwindSafe(worker.run(key, batch)).catch_unwind().await.is_err() {
                    RunnerPanicked { stage: S::Event::CONSUMER }.emit();
                }
                key
            });
        }
    }

    /// Returns what has not begun.
    async fn give_back(&mut self) -> usize {
        let mut unstarted: Vec<_> = self.pending.drain();
        while let Some(raw) = self.from.recv().await {
            unstarted.push(raw);
        }
        let count = unstarted.len();
        acks::give_back(unstarted.into_iter().map(|raw| raw.ticket).collect()).await;
        count
    }

    /// Lets what has begun finish; how many batches did not.
    async fn finish(&mut self, deadline: Instant) -> usize {
        let all = async { while self.running.join_next().await.is_some() {} };
        drop(timeout_at(deadline, all).await);
        let left = self.running.len();
        self.running.shutdown().await;
        left
    }
}
