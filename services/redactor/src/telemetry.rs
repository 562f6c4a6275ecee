//! What is worth counting about scrubbing.

use std::sync::LazyLock;

use prometheus::{IntCounterVec, register_int_counter_vec};

static REDACTIONS: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!("writeback_redactor_redactions_total", "Numbers that were removed, by kind.", &["kind"])
        .expect("the only metric of that name")
});

static OPENED: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!(
        "writeback_redactor_conversations_total",
        "Conversations that were taken up, by what the ledger said.",
        &["opened"]
    )
    .expect("the only metric of that name")
});

static SUMMARIES: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!("writeback_redactor_summaries_total", "Summaries, by who wrote them.", &["source"])
        .expect("the only metric of that name")
});

/// What the ledger said of a conversation.
#[derive(Clone, Copy)]
pub(crate) enum Opened {
    /// Its first time here.
    New,
    /// The same event came again.
    Again,
    /// The platform reported the conversation again.
    Duplicate,
    /// Logging was turned off meanwhile.
    Withheld,
}

impl Opened {
    pub(crate) fn emit(self) {
        let name = match self {
            Self::New => "new",
            Self::Again => "again",
            Self::Duplicate => "duplicate",
            Self::Withheld => "withheld",
        };
        OPENED.with_label_values(&[name]).inc();
    }
}

/// One scrubbed conversation.
pub(crate) struct Scrubbed<'a> {
    pub(crate) counts: &'a redaction::Counts,
    pub(crate) summary: Option<&'static str>,
}

impl Scrubbed<'_> {
    pub(crate) fn emit(self) {
        for (kind, count) in self.counts.iter() {
            REDACTIONS.with_label_values(&[kind.as_str()]).inc_by(count.into());
        }
        SUMMARIES.with_label_values(&[self.summary.unwrap_or("none")]).inc();
    }
}
