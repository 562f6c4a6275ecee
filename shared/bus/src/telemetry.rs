//! What is worth counting and saying. Never a payload, a key's value or anything of a contact.

use std::{sync::LazyLock, time::Duration};

use domain::{ConnectionId, event::StageName, ledger::Reason};
use prometheus::{
    HistogramVec, IntCounterVec, IntGaugeVec, exponential_buckets, register_histogram_vec, register_int_counter_vec,
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
        match self.error {
            Some(error) => warn!(bus.link = link, %error, "RabbitMQ cannot be reached for {link}"),
            None => warn!(bus.link = link, "RabbitMQ does not answer for {link}"),
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
