//! What is worth counting about writing engagements.

use std::{sync::LazyLock, time::Duration};

use prometheus::{Histogram, IntCounterVec, exponential_buckets, histogram_opts, register_histogram, register_int_counter_vec};
use time::OffsetDateTime;

use crate::job::{Job, Settled};

static POSTED: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!(
        "writeback_poster_conversations_total",
        "Conversations, by how they left the poster.",
        &["channel", "way"]
    )
    .expect("the only metric of that name")
});

static LATENCY: LazyLock<Histogram> = LazyLock::new(|| {
    let buckets = exponential_buckets(0.05, 2.0, 16).expect("sound buckets");
    register_histogram!(histogram_opts!("writeback_accept_to_export_seconds", "From acceptance to the timeline.", buckets))
        .expect("the only metric of that name")
});

/// A job that is settled.
pub(crate) fn emit(job: &Job<'_>) {
    let Some(settled) = &job.settled else { return };
    let way = match settled {
        Settled::Exported(_) => "exported",
        Settled::Withheld(_) => "withheld",
        Settled::Over => "over",
        Settled::Rematch => "rematch",
        Settled::Verdict(bus::Verdict::DeadLetter { reason, .. }) => reason.as_str(),
        Settled::Verdict(_) => "deferred",
    };
    POSTED.with_label_values(&[job.event().conversation.channel.as_str(), way]).inc();
    if let Settled::Exported(_) = settled {
        let took = OffsetDateTime::now_utc() - job.event().origin.accepted_at;
        LATENCY.observe(Duration::try_from(took).unwrap_or_default().as_secs_f64());
    }
}
