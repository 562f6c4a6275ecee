//! What is worth counting and saying. Never a payload, a key's value or anything of a contact.

use std::{sync::LazyLock, time::Duration};

use domain::{event::StageName, ledger::Reason};
use prometheus::{
    HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, exponential_buckets, register_histogram_vec, register_int_counter_vec,
    register_int_gauge_vec,
};
use tracing::{debug, error, info, warn};

use crate::{error::PublishError, stage::DeferReason};

macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident: $kind:ty = $register:ident!($($argument:expr),+ $(,)?);)+) => {$(
        static $name: LazyLock<$kind> =
            LazyLock::new(|| $register!($($argument),+).expect("the name is ours and registered once"));
    )+};
}

metrics! {
    DELIVERIES: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_deliveries_total", "Deliveries by stage and verdict", &["stage", "verdict"]
    );
    DEFERS: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_defers_total", "Deliveries that were put off, by stage and reason", &["stage", "reason"]
    );
    DEAD_LETTERS: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_dead_letters_total", "Deliveries that were given up, by stage and reason", &["stage", "reason"]
    );
    RETURNED: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_returned_total", "Deliveries that went back to their queue unsettled, by stage and cause", &["stage", "cause"]
    );
    TOO_LATE: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_settled_too_late_total", "Deliveries that were settled after their channel was lost", &[] as &[&str]
    );
    IN_FLIGHT: IntGaugeVec = register_int_gauge_vec!(
        "writeback_bus_in_flight_deliveries", "Deliveries in hand, waiting for their batch or in one", &["stage"]
    );
    BATCH_SIZE: HistogramVec = register_histogram_vec!(
        "writeback_bus_batch_deliveries", "Deliveries of a batch", &["stage"], vec![1., 2., 5., 10., 20., 50., 75., 100., 200.]
    );
    BATCH_SECONDS: HistogramVec = register_histogram_vec!(
        "writeback_bus_batch_seconds", "From the start of a batch until all of it is settled", &["stage"],
        exponential_buckets(0.001, 2.5, 14).expect("sound buckets")
    );
    CONFIRM_SECONDS: HistogramVec = register_histogram_vec!(
        "writeback_bus_publish_confirm_seconds", "From a publish until its confirm", &[] as &[&str],
        exponential_buckets(0.000_5, 2.0, 15).expect("sound buckets")
    );
    PUBLISH_FAILURES: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_publish_failures_total", "Publishes that were not confirmed, by kind", &["kind"]
    );
    CONNECTED: IntGaugeVec = register_int_gauge_vec!(
        "writeback_bus_connected", "Whether there is a connection, by its purpose", &["link"]
    );
    BLOCKED: IntGaugeVec = register_int_gauge_vec!(
        "writeback_bus_blocked", "Whether the broker takes nothing (memory or disk alarm), by the connection's purpose", &["link"]
    );
    CONNECTIONS: IntCounterVec = register_int_counter_vec!(
        "writeback_bus_connections_total", "Connections that were made, by purpose", &["link"]
    );
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkName {
    Publishing,
    Consuming,
}

impl LinkName {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Publishing => "publishing",
            Self::Consuming => "consuming",
        }
    }
}

pub(crate) struct LinkConnected {
    pub(crate) link: LinkName,
    pub(crate) generation: u64,
}

impl LinkConnected {
    pub(crate) fn emit(self) {
        let link = self.link.as_str();
        CONNECTED.with_label_values(&[link]).set(1);
        BLOCKED.with_label_values(&[link]).set(0);
        CONNECTIONS.with_label_values(&[link]).inc();
        info!(bus.link = link, bus.generation = self.generation, "Connected to RabbitMQ for {link}");
    }
}

pub(crate) struct LinkLost {
    pub(crate) link: LinkName,
}

impl LinkLost {
    pub(crate) fn emit(self) {
        let link = self.link.as_str();
        CONNECTED.with_label_values(&[link]).set(0);
        BLOCKED.with_label_values(&[link]).set(0);
        warn!(bus.link = link, "Lost the connection to RabbitMQ for {link}");
    }
}

pub(crate) struct LinkUnreachable<'a> {
    pub(crate) link: LinkName,
    pub(crate) error: Option<&'a lapin::Error>,
}

impl LinkUnreachable<'_> {
    pub(crate) fn emit(self) {
        let link = self.link.as_str();
        if let Some(error) = self.error {
            warn!(bus.link = link, %error, "RabbitMQ cannot be reached for {link}");
        } else {
            warn!(bus.link = link, "RabbitMQ does not answer for {link}");
        }
    }
}

pub(crate) struct LinkBlocked {
    pub(crate) link: LinkName,
    pub(crate) blocked: bool,
}

impl LinkBlocked {
    pub(crate) fn emit(self) {
        let link = self.link.as_str();
        BLOCKED.with_label_values(&[link]).set(self.blocked.into());
        if self.blocked {
            error!(bus.link = link, "RabbitMQ takes no messages: a memory or disk alarm is on");
        } else {
            info!(bus.link = link, "RabbitMQ takes messages again");
        }
    }
}

pub(crate) struct Published<'a> {
    pub(crate) took: Duration,
    pub(crate) result: &'a Result<(), PublishError>,
}

impl Published<'_> {
    pub(crate) fn emit(self) {
        match self.result {
            Ok(()) => CONFIRM_SECONDS.with_label_values(&[] as &[&str]).observe(self.took.as_secs_f64()),
            Err(error) => {
                PUBLISH_FAILURES.with_label_values(&[error.kind()]).inc();
                debug!(bus.kind = error.kind(), "A publish was not confirmed");
            }
        }
    }
}

/// The gauge of what is in a stage's hand.
pub(crate) fn in_flight(hand: &str) -> IntGauge {
    IN_FLIGHT.with_label_values(&[hand])
}

pub(crate) struct StageStarted {
    pub(crate) stage: StageName,
    pub(crate) lanes: u8,
}

impl StageStarted {
    pub(crate) fn emit(self) {
        let stage = self.stage.as_str();
        info!(stage, bus.lanes = self.lanes, "The {stage} consumes {} lanes", self.lanes);
    }
}

pub(crate) struct StageStopped {
    pub(crate) stage: StageName,
    pub(crate) returned: usize,
    pub(crate) batches: usize,
}

impl StageStopped {
    pub(crate) fn emit(self) {
        let stage = self.stage.as_str();
        RETURNED.with_label_values(&[stage, "stop"]).inc_by(count(self.returned));
        info!(stage, bus.returned = self.returned, bus.unfinished_batches = self.batches, "The {stage} stopped consuming");
    }
}

pub(crate) struct VerdictGiven {
    pub(crate) stage: StageName,
    pub(crate) verdict: &'static str,
}

impl VerdictGiven {
    pub(crate) fn emit(self) {
        DELIVERIES.with_label_values(&[self.stage.as_str(), self.verdict]).inc();
    }
}

pub(crate) struct Deferred {
    pub(crate) stage: StageName,
    pub(crate) reason: DeferReason,
}

impl Deferred {
    pub(crate) fn emit(self) {
        DEFERS.with_label_values(&[self.stage.as_str(), self.reason.as_str()]).inc();
    }
}

pub(crate) struct Buried {
    pub(crate) stage: StageName,
    pub(crate) reason: Reason,
}

impl Buried {
    pub(crate) fn emit(self) {
        let (stage, reason) = (self.stage.as_str(), self.reason.as_str());
        DEAD_LETTERS.with_label_values(&[stage, reason]).inc();
        warn!(stage, bus.reason = reason, "A delivery of the {stage} is a dead letter: {reason}");
    }
}

pub(crate) struct BurialFailed<'a> {
    pub(crate) letters: usize,
    pub(crate) error: &'a (dyn std::error::Error + 'static),
}

impl BurialFailed<'_> {
    pub(crate) fn emit(self) {
        error!(bus.dead_letters = self.letters, error = self.error, "Dead letters could not be kept; they come again");
    }
}

pub(crate) struct BatchSettled {
    pub(crate) stage: StageName,
    pub(crate) deliveries: usize,
    pub(crate) took: Duration,
}

impl BatchSettled {
    pub(crate) fn emit(self) {
        let stage = [self.stage.as_str()];
        #[expect(clippy::cast_precision_loss, reason = "a batch is far smaller than 2^52")]
        BATCH_SIZE.with_label_values(&stage).observe(self.deliveries as f64);
        BATCH_SECONDS.with_label_values(&stage).observe(self.took.as_secs_f64());
        debug!(bus.deliveries = self.deliveries, bus.took_ms = self.took.as_millis(), "Settled a batch");
    }
}

pub(crate) struct StageFailed {
    pub(crate) stage: StageName,
    pub(crate) what: &'static str,
    pub(crate) deliveries: usize,
}

impl StageFailed {
    pub(crate) fn emit(self) {
        let stage = self.stage.as_str();
        error!(stage, bus.deliveries = self.deliveries, "The {stage} {}; its deliveries count a failure", self.what);
    }
}

pub(crate) struct RunnerPanicked {
    pub(crate) stage: StageName,
}

impl RunnerPanicked {
    pub(crate) fn emit(self) {
        let stage = self.stage.as_str();
        error!(stage, "The runner of the {stage} panicked; its batch comes back when the broker loses patience or we stop");
    }
}

pub(crate) struct PublishGivenUp<'a> {
    pub(crate) stage: StageName,
    pub(crate) deliveries: usize,
    pub(crate) error: &'a PublishError,
}

impl PublishGivenUp<'_> {
    pub(crate) fn emit(self) {
        let (stage, error) = (self.stage.as_str(), self.error as &dyn std::error::Error);
        RETURNED.with_label_values(&[stage, "unpublished"]).inc_by(count(self.deliveries));
        error!(stage, bus.deliveries = self.deliveries, error, "What follows could not be published; the deliveries go back");
    }
}

pub(crate) struct SettledTooLate {
    pub(crate) deliveries: usize,
}

impl SettledTooLate {
    pub(crate) fn emit(self) {
        TOO_LATE.with_label_values(&[] as &[&str]).inc_by(count(self.deliveries));
        debug!(bus.deliveries = self.deliveries, "The channel of settled deliveries is gone; they come again");
    }
}

pub(crate) struct ConsumerLost<'a> {
    pub(crate) queue: &'a str,
    pub(crate) error: Option<&'a lapin::Error>,
}

impl ConsumerLost<'_> {
    pub(crate) fn emit(self) {
        if let Some(error) = self.error {
            warn!(bus.queue = self.queue, %error, "Lost the consumer of {}", self.queue);
        } else {
            warn!(bus.queue = self.queue, "The broker ended the consumer of {}", self.queue);
        }
    }
}

fn count(items: usize) -> u64 {
    items.try_into().unwrap_or(u64::MAX)
}
