//! One batch: open, run, then bury, publish and ack what the verdicts say, in that order.
//!
//! Nothing is acked before what follows from it is safe elsewhere: with the broker (confirmed) or with the sink.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use domain::{
    ConnectionId,
    event::{Event as _, StageName},
    ledger::Reason,
    seal::KeyRing,
    setback::Setback,
};
use futures_util::{FutureExt as _, future::join_all};
use time::OffsetDateTime;
use tokio::time::{Instant, sleep, timeout};
use tracing::Instrument as _;

use super::{Raw, acks, acks::Ticket, open, pending::Key};
use crate::{
    burial::{DeadLetterSink, SINK_RETRY, bury},
    bus::Bus,
    config::Config,
    names,
    publisher::{Outgoing, Publisher},
    retry::{Retry, random},
    stage::{Defer, DeferReason, Delivery, Stage, Texts, Verdict, failure_wait},
    telemetry::{BatchSettled, Deferred, PublishGivenUp, StageFailed, VerdictGiven},
};

/// Longest wait between attempts to publish what follows from a batch.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// Everything that a batch needs.
pub(crate) struct Worker<S> {
    stage: S,
    sink: DeadLetterSink,
    config: Arc<Config>,
    keys: Arc<KeyRing>,
    publisher: Publisher,
}

/// What becomes of one delivery.
enum Fate {
    Ack(Ticket),
    /// To be acked when this is confirmed.
    Publish(Ticket, Outgoing),
    Bury(Burial),
}

struct Burial {
    raw: Raw,
    attempts: u32,
    reason: Reason,
    detail: Option<String>,
}

impl<S: Stage> Worker<S> {
    const NAME: StageName = S::Event::CONSUMER;

    pub(crate) fn new(bus: &Bus, stage: S, sink: DeadLetterSink) -> Self {
        let (config, keys) = (Arc::clone(&bus.config), Arc::clone(&bus.keys));
        Self { stage, sink, config, keys, publisher: bus.publisher() }
    }

    /// Handles deliveries of one connection until each is settled.
    pub(crate) async fn run(&self, key: Key, batch: Vec<Raw>) {
        let (start, deliveries) = (Instant::now(), batch.len());
        let span = tracing::info_span!(
            "batch",
            stage = Self::NAME.as_str(),
            connection.id = key.map(tracing::field::display),
            deliveries
        );
        async {
            let fates = self.fates(key, batch).await;
            let (mut done, mut outgoing, burials) = sort(fates);
            let (buried, postponed) = self.bury(burials).await;
            done.extend(buried);
            outgoing.extend(postponed);
            self.publish(done, outgoing).await;
            BatchSettled { stage: Self::NAME, deliveries, took: start.elapsed() }.emit();
        }
        .instrument(span)
        .await;
    }

    async fn fates(&self, key: Key, batch: Vec<Raw>) -> Vec<Fate> {
        let (mut fates, mut raws, mut deliveries) = (Vec::with_capacity(batch.len()), Vec::new(), Vec::new());
        for raw in batch {
            match open::open::<S>(&raw, &self.keys) {
                // Its burial failed the last time.
                Ok(_) if raw.headers.attempts >= self.config.max_attempts => {
                    fates.push(Fate::Bury(Burial::new(raw, Reason::AttemptsExhausted, None)));
                }
                Ok(delivery) => {
                    raws.push(raw);
                    deliveries.push(delivery);
                }
                Err(detail) => fates.push(Fate::Bury(Burial::new(raw, Reason::Unreadable, Some(detail)))),
            }
        }
        if let Some(connection) = key.filter(|_| !deliveries.is_empty()) {
            let verdicts = self.verdicts(connection, &deliveries).await;
            for ((raw, delivery), verdict) in raws.into_iter().zip(&deliveries).zip(verdicts) {
                fates.push(self.fate(raw, delivery, verdict));
            }
        }
        fates
    }

    async fn verdicts(&self, connection: ConnectionId, deliveries: &[Delivery<S::Event>]) -> Vec<Verdict<S::Next>> {
        let work = async {
            let verdicts = self.stage.run(connection, deliveries).await;
            assert_eq!(verdicts.len(), deliveries.len(), "a stage must give one verdict a delivery");
            verdicts
        };
        let what = match timeout(self.config.batch_within, AssertUnwindSafe(work).catch_unwind()).await {
            Ok(Ok(verdicts)) => return verdicts,
            Ok(Err(_panic)) => "panicked",
            Err(_elapsed) => "took too long",
        };
        StageFailed { stage: Self::NAME, what, deliveries: deliveries.len() }.emit();
        deliveries.iter().map(|delivery| delivery.set_back(Setback::Failure)).collect()
    }

    fn fate(&self, raw: Raw, delivery: &Delivery<S::Event>, verdict: Verdict<S::Next>) -> Fate {
        VerdictGiven { stage: Self::NAME, verdict: verdict.as_str() }.emit();
        match verdict {
            Verdict::Done => Fate::Ack(raw.ticket),
            Verdict::Next(event) => {
                let texts_of = match S::TEXTS {
                    Texts::Rewrites => None,
                    Texts::Reads | Texts::HandsOn => Some(&*raw.sealed),
                };
                match self.publisher.following(&event, &delivery.trace, &raw.key, texts_of) {
                    Ok(outgoing) => Fate::Publish(raw.ticket, outgoing),
                    Err(_unserialisable) => self.deferred(raw, Defer::new(DeferReason::Failure, Duration::ZERO)),
                }
            }
            Verdict::Defer(defer) => self.deferred(raw, defer),
            Verdict::DeadLetter { reason, detail } => Fate::Bury(Burial::new(raw, reason, detail)),
        }
    }

    fn deferred(&self, mut raw: Raw, mut defer: Defer) -> Fate {
        let detail = Some(format!("the last time: {}", defer.reason.as_str()));
        if defer.reason.counts() {
            defer.wait = defer.wait.max(failure_wait(raw.headers.attempts));
            raw.headers.attempts = raw.headers.attempts.saturating_add(1);
            if raw.headers.attempts >= self.config.max_attempts {
                return Fate::Bury(Burial::new(raw, Reason::AttemptsExhausted, detail));
            }
        }
        if OffsetDateTime::now_utc() - raw.headers.first_seen > self.config.max_age {
            return Fate::Bury(Burial::new(raw, Reason::TooOld, detail));
        }
        let (ticket, outgoing) = self.put_off(raw, defer);
        Fate::Publish(ticket, outgoing)
    }

    /// To the delay queue whose time to live sends it back to where it came from.
    fn put_off(&self, raw: Raw, defer: Defer) -> (Ticket, Outgoing) {
        Deferred { stage: Self::NAME, reason: defer.reason }.emit();
        let Raw { mut headers, key, sealed, ticket, .. } = raw;
        headers.defers = headers.defers.saturating_add(1);
        headers.doubts = defer.doubts;
        headers.defer_reason = Some(defer.reason);
        let step = self.config.delays.step_for(defer.wait, random());
        (ticket, Outgoing { exchange: names::delay(step), key, headers, sealed })
    }

    /// Gives letters to the sink; what it does not take comes back later.
    async fn bury(&self, burials: Vec<Burial>) -> (Vec<Ticket>, Vec<(Ticket, Outgoing)>) {
        let letter =
            |burial: &Burial| open::letter(&burial.raw, Self::NAME, burial.attempts, burial.reason, burial.detail.clone());
        if burials.is_empty() || bury(&self.sink, burials.iter().map(letter).collect()).await {
            return (burials.into_iter().map(|burial| burial.raw.ticket).collect(), Vec::new());
        }
        let put_off = |burial: Burial| {
            let doubts = burial.raw.headers.doubts;
            self.put_off(burial.raw, Defer { reason: DeferReason::BurialFailed, wait: SINK_RETRY, doubts })
        };
        (Vec::new(), burials.into_iter().map(put_off).collect())
    }

    /// Publishes what follows, all at once, and acks what is confirmed and what is done. What the broker does not take is tried
    /// again for a while, since all that the stage did for it would have to be done again; then it goes back to its queue.
    async fn publish(&self, mut done: Vec<Ticket>, mut outgoing: Vec<(Ticket, Outgoing)>) {
        let deadline = Instant::now() + self.config.publish_within;
        let mut retry = Retry::up_to(LONGEST_WAIT);
        loop {
            let results = join_all(outgoing.iter().map(|(_, message)| self.publisher.send(message))).await;
            let mut left = Vec::new();
            for ((ticket, mut message), result) in outgoing.into_iter().zip(results) {
                let Err(error) = result else {
                    done.push(ticket);
                    continue;
                };
                if error.is_in_doubt() {
                    // Perhaps it arrived, then this is a repetition and must say so.
                    message.headers.defers = message.headers.defers.max(1);
                }
                left.push((ticket, message, error));
            }
            acks::ack(std::mem::take(&mut done)).await;
            let Some((.., error)) = left.first() else { return };
            let wait = retry.wait();
            if Instant::now() + wait >= deadline {
                PublishGivenUp { stage: Self::NAME, deliveries: left.len(), error }.emit();
                return acks::give_back(left.into_iter().map(|(ticket, ..)| ticket).collect()).await;
            }
            outgoing = left.into_iter().map(|(ticket, message, _)| (ticket, message)).collect();
            sleep(wait).await;
        }
    }
}

impl Burial {
    fn new(raw: Raw, reason: Reason, detail: Option<String>) -> Self {
        Self { attempts: raw.headers.attempts, raw, reason, detail }
    }
}

fn sort(fates: Vec<Fate>) -> (Vec<Ticket>, Vec<(Ticket, Outgoing)>, Vec<Burial>) {
    let (mut done, mut outgoing, mut burials) = (Vec::new(), Vec::new(), Vec::new());
    for fate in fates {
        match fate {
            Fate::Ack(ticket) => done.push(ticket),
            Fate::Publish(ticket, message) => outgoing.push((ticket, message)),
            Fate::Bury(burial) => burials.push(burial),
        }
    }
    (done, outgoing, burials)
}
