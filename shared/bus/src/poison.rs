//! What the broker itself gave up (delivery limit) is buried like any other dead letter.

use std::time::Duration;

use domain::{event::StageName, ledger::Reason};
use tokio::{
    sync::mpsc,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::{
    burial::{DeadLetterSink, bury},
    bus::Bus,
    error::Error,
    names,
    retry::Retry,
    runner::{Raw, ack, give_back, letter, subscribe},
};

/// Letters that are buried together.
const BATCH_MAX: u16 = 100;
/// Longest wait between attempts to bury them.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Buries until `stop`.
pub(crate) async fn run(bus: &Bus, sink: DeadLetterSink, stop: CancellationToken) -> Result<(), Error> {
    let (to, mut from) = mpsc::channel(usize::from(BATCH_MAX));
    let consuming = tokio::spawn(subscribe(bus, names::POISON.into(), BATCH_MAX, "poison").run(to, stop.clone()));
    let mut batch = Vec::new();
    while from.recv_many(&mut batch, usize::from(BATCH_MAX)).await > 0 {
        settle(std::mem::take(&mut batch), &sink, &stop).await;
    }
    if let Ok(Some(acks)) = consuming.await {
        drop(timeout(bus.config.confirm_within, acks.close()).await);
    }
    Ok(())
}

/// A sink that fails is asked again for as long as it takes: there is no other place for these.
async fn settle(batch: Vec<Raw>, sink: &DeadLetterSink, stop: &CancellationToken) {
    let mut retry = Retry::up_to(LONGEST_WAIT);
    loop {
        let stopped = stop.is_cancelled();
        if !stopped && bury(sink, batch.iter().map(poisoned).collect()).await {
            return ack(batch.into_iter().map(|raw| raw.ticket).collect()).await;
        }
        if stopped {
            return give_back(batch.into_iter().map(|raw| raw.ticket).collect()).await;
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = sleep(retry.wait()) => {}
        }
    }
}

fn poisoned(raw: &Raw) -> domain::dead_letter::DeadLetter {
    let stage = names::stage_of(&raw.key).or_else(|| names::stage_of(raw.first_death_queue.as_deref()?));
    let (stage, detail) = match stage {
        Some(stage) => (stage, None),
        // Only the stages' own queues lead here.
        None => (StageName::Redactor, Some("no header tells its stage".to_owned())),
    };
    letter(raw, stage, raw.headers.attempts, Reason::BrokerGaveUp, detail)
}
