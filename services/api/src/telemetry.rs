//! What is worth counting and logging. Nothing here can hold a body, contact data or a conversation's id.

use std::{sync::LazyLock, time::Duration};

use axum::http::{Method, StatusCode};
use domain::{AccountId, UserId};
use prometheus::{HistogramVec, IntCounter, IntCounterVec, exponential_buckets, register_histogram_vec};
use prometheus::{register_int_counter, register_int_counter_vec};

const ONCE: &str = "registered once, with a valid name";

static REQUESTS: LazyLock<IntCounterVec> = LazyLock::new(|| {
    let help = "Requests answered, by route and status class.";
    register_int_counter_vec!("writeback_api_requests_total", help, &["method", "route", "status"]).expect(ONCE)
});

static LATENCY: LazyLock<HistogramVec> = LazyLock::new(|| {
    let help = "Time from the head of a request to the head of its answer.";
    let buckets = exponential_buckets(0.001, 2.0, 15).expect("start, factor and count are sound");
    register_histogram_vec!("writeback_api_request_seconds", help, &["method", "route"], buckets).expect(ONCE)
});

static ACCEPTED: LazyLock<IntCounter> = LazyLock::new(|| {
    let help = "Conversations accepted and confirmed by the broker.";
    register_int_counter!("writeback_api_conversations_accepted_total", help).expect(ONCE)
});

static IGNORED: LazyLock<IntCounterVec> = LazyLock::new(|| {
    let help = "Conversations that were not to be exported, by reason. Nothing else is kept of them.";
    register_int_counter_vec!("writeback_api_conversations_ignored_total", help, &["reason"]).expect(ONCE)
});

static INVALID: LazyLock<IntCounter> = LazyLock::new(|| {
    let help = "Conversations that were refused as invalid.";
    register_int_counter!("writeback_api_conversations_invalid_total", help).expect(ONCE)
});

static PUBLISH_FAILURES: LazyLock<IntCounter> = LazyLock::new(|| {
    let help = "Conversations that the broker did not confirm; their senders were told to try again.";
    register_int_counter!("writeback_api_publish_failures_total", help).expect(ONCE)
});

static SIGN_INS: LazyLock<IntCounterVec> = LazyLock::new(|| {
    let help = "Attempts to sign in, by result.";
    register_int_counter_vec!("writeback_api_sign_ins_total", help, &["result"]).expect(ONCE)
});

/// A request was answered.
pub(crate) struct RequestServed<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) trace_id: &'a str,
    pub(crate) account: Option<&'a AccountId>,
    pub(crate) method: &'static str,
    pub(crate) route: &'a str,
    pub(crate) status: StatusCode,
    pub(crate) latency: Duration,
}

impl RequestServed<'_> {
    pub(crate) fn emit(self) {
        let Self { request_id, trace_id, account, method, route, status, latency } = self;
        REQUESTS.with_label_values(&[method, route, status_class(status)]).inc();
        LATENCY.with_label_values(&[method, route]).observe(latency.as_secs_f64());
        let latency_ms = u64::try_from(latency.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(
            request.id = request_id,
            trace.id = trace_id,
            account.id = account.map(tracing::field::display),
            http.method = method,
            http.route = route,
            http.status = status.as_u16(),
            latency_ms,
            "{method} {route} {}",
            status.as_u16()
        );
    }
}

/// What became of conversations that were sent in; counted only.
pub(crate) enum Ingested {
    Accepted,
    Ignored { reason: &'static str },
    Invalid,
    Unconfirmed,
}

impl Ingested {
    pub(crate) fn emit(self) {
        match self {
            Self::Accepted => ACCEPTED.inc(),
            Self::Ignored { reason } => IGNORED.with_label_values(&[reason]).inc(),
            Self::Invalid => INVALID.inc(),
            Self::Unconfirmed => PUBLISH_FAILURES.inc(),
        }
    }
}

/// Somebody tried to sign in.
pub(crate) enum SignIn {
    Succeeded { account: AccountId, user: UserId },
    Refused,
    TooOften,
}

impl SignIn {
    pub(crate) fn emit(self) {
        let result = match self {
            Self::Succeeded { .. } => "succeeded",
            Self::Refused => "refused",
            Self::TooOften => "too_often",
        };
        SIGN_INS.with_label_values(&[result]).inc();
        match self {
            Self::Succeeded { account, user } => tracing::info!(account.id = %account, user.id = %user, "Somebody signed in"),
            Self::Refused | Self::TooOften => tracing::info!("An attempt to sign in was refused ({result})"),
        }
    }
}

/// Somebody signed out.
pub(crate) struct SignedOut {
    pub(crate) account: AccountId,
    pub(crate) user: UserId,
}

impl SignedOut {
    pub(crate) fn emit(self) {
        tracing::info!(account.id = %self.account, user.id = %self.user, "Somebody signed out");
    }
}

/// A method as a label: the sender may invent methods, the label may not.
pub(crate) fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "other",
    }
}
