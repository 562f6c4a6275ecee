//! What is worth counting and logging here. Labels come from enums, so they are bounded; nothing here holds contact data.

use std::{sync::LazyLock, time::Duration};

use domain::{
    ConnectionId,
    budget::{Bucket, Class},
};
use prometheus::{HistogramVec, IntCounterVec, exponential_buckets, register_histogram_vec, register_int_counter_vec};
use tracing::{debug, error, info, warn};

use crate::{
    call::Call,
    error::{Error, ErrorClass, NeedsPerson, ThrottleScope},
};

macro_rules! counter {
    ($name:ident, $metric:literal, $help:literal, $labels:expr) => {
        static $name: LazyLock<IntCounterVec> =
            LazyLock::new(|| register_int_counter_vec!($metric, $help, $labels).expect("each metric is registered once"));
    };
}

macro_rules! histogram {
    ($name:ident, $metric:literal, $help:literal, $labels:expr, $buckets:expr) => {
        static $name: LazyLock<HistogramVec> = LazyLock::new(|| {
            let buckets = $buckets.expect("constant bounds that grow");
            register_histogram_vec!($metric, $help, $labels, buckets).expect("each metric is registered once")
        });
    };
}

counter!(REQUESTS, "writeback_hubspot_requests_total", "Requests sent to HubSpot, by answer.", &["call", "answer"]);
counter!(LIMITED, "writeback_hubspot_limited_total", "Answers 429. Ours should be zero.", &["scope", "whose"]);
counter!(SPENT, "writeback_hubspot_budget_spent_total", "Requests not sent because a budget was spent.", &["bucket", "class"]);
counter!(REFRESHES, "writeback_hubspot_token_refreshes_total", "Access tokens renewed, by result.", &["result"]);
histogram!(
    SECONDS,
    "writeback_hubspot_request_seconds",
    "From the first byte sent to the last received.",
    &["call"],
    exponential_buckets(0.005, 2.0, 14)
);
histogram!(
    WAITS,
    "writeback_hubspot_budget_wait_seconds",
    "How long requests waited for a budget before they were sent.",
    &["bucket", "class"],
    exponential_buckets(0.001, 2.0, 14)
);
histogram!(BATCHES, "writeback_hubspot_batch_inputs", "Inputs of a batch request.", &["call"], exponential_buckets(1.0, 2.0, 8));

/// The stable name of a class.
pub(crate) fn class_name(class: Class) -> &'static str {
    match class {
        Class::Live => "live",
        Class::Bulk => "bulk",
    }
}

/// A request was sent and ended.
pub(crate) struct RequestEnded {
    pub(crate) connection: Option<ConnectionId>,
    pub(crate) call: Call,
    pub(crate) status: Option<u16>,
    pub(crate) took: Duration,
}

impl RequestEnded {
    pub(crate) fn emit(self) {
        let answer = match self.status {
            None => "none",
            Some(429) => "429",
            Some(200..=299) => "2xx",
            Some(300..=399) => "3xx",
            Some(400..=499) => "4xx",
            Some(_) => "5xx",
        };
        REQUESTS.with_label_values(&[self.call.as_str(), answer]).inc();
        SECONDS.with_label_values(&[self.call.as_str()]).observe(self.took.as_secs_f64());
        debug!(
            connection.id = self.connection.map(tracing::field::display),
            request.call = self.call.as_str(),
            response.status = self.status,
            duration_ms = self.took.as_millis(),
            "Asked HubSpot: {}",
            self.call
        );
    }
}

/// HubSpot answered 429.
pub(crate) struct Limited<'a> {
    pub(crate) connection: ConnectionId,
    pub(crate) scope: ThrottleScope,
    pub(crate) retry_after: Duration,
    /// Whose requests filled the limit: `ours`, `others` or `unknown`.
    pub(crate) whose: &'static str,
    pub(crate) error: &'a Error,
}

impl Limited<'_> {
    pub(crate) fn emit(self) {
        LIMITED.with_label_values(&[self.scope.as_str(), self.whose]).inc();
        warn!(
            connection.id = %self.connection,
            limit.scope = self.scope.as_str(),
            limit.whose = self.whose,
            retry_after_ms = self.retry_after.as_millis(),
            "HubSpot limits this portal: {}",
            self.error
        );
    }
}

/// A request was not sent, because a budget is spent for longer than its caller waits.
pub(crate) fn budget_spent(bucket: Bucket, class: Class) {
    SPENT.with_label_values(&[bucket.as_str(), class_name(class)]).inc();
}

/// A request waited for its budget.
pub(crate) fn budget_waited(bucket: Bucket, class: Class, waited: Duration) {
    WAITS.with_label_values(&[bucket.as_str(), class_name(class)]).observe(waited.as_secs_f64());
}

/// A batch was sent.
pub(crate) fn batch_sent(call: Call, inputs: usize) {
    #[expect(clippy::cast_precision_loss, reason = "at most a hundred")]
    BATCHES.with_label_values(&[call.as_str()]).observe(inputs as f64);
}

/// A refresh of an access token ended.
pub(crate) struct Refreshed<'a> {
    pub(crate) connection: ConnectionId,
    pub(crate) result: Result<(), &'a Error>,
}

impl Refreshed<'_> {
    pub(crate) fn emit(self) {
        let connection = self.connection;
        let result = match self.result {
            Ok(()) => {
                info!(connection.id = %connection, "Renewed the access token");
                "renewed"
            }
            Err(cause) => match cause.class() {
                ErrorClass::NeedsPerson(NeedsPerson::ReauthRequired) => {
                    warn!(connection.id = %connection, "The refresh token is refused, HubSpot has to be connected again: {cause}");
                    "refused"
                }
                ErrorClass::NeedsPerson(_) => {
                    error!(connection.id = %connection, "No token can be renewed until an operator corrects the app's settings: {cause}");
                    "misconfigured"
                }
                _ => {
                    warn!(connection.id = %connection, "The access token could not be renewed and will be tried again: {cause}");
                    "failed"
                }
            },
        };
        REFRESHES.with_label_values(&[result]).inc();
    }
}
