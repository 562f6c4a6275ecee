//! What is worth counting about matching.

use std::sync::LazyLock;

use prometheus::{IntCounterVec, register_int_counter_vec};

use crate::case::Settled;

static MATCHED: LazyLock<IntCounterVec> = LazyLock::new(|| {
    register_int_counter_vec!("writeback_matcher_conversations_total", "Conversations, by how they left the matcher.", &["way"])
        .expect("the only metric of that name")
});

impl Settled {
    pub(crate) fn emit(&self) {
        let way = match self {
            Self::Contact(contact) => contact.by.as_str(),
            Self::Skipped { reason, .. } | Self::Withheld(reason) | Self::Verdict(bus::Verdict::DeadLetter { reason, .. }) => {
                reason.as_str()
            }
            Self::Verdict(_) => "deferred",
        };
        MATCHED.with_label_values(&[way]).inc();
    }
}
