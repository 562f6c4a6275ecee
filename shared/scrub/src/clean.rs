//! Scrubbing and summarising, in this order: no summary is made of a text that may not leave.

use domain::{conversation::Conversation, event::SummarySource, settings::Mode};
use llm::Summariser;
use redaction::{Counts, Extras, Redactor};

use crate::{conversation::scrub, summary};

/// A conversation that may leave.
#[derive(Debug)]
pub struct Clean {
    /// It, with every text scrubbed.
    pub conversation: Conversation,
    /// What was removed.
    pub counts: Counts,
    /// Who wrote its summary; `None` when there was nothing to summarise, or the model has still to be asked.
    pub summary_source: Option<SummarySource>,
}

/// Scrubs, and summarises unless a model is to be asked. Takes as long as a processor takes for it.
pub fn clean(redactor: &Redactor, summariser: &Summariser, extras: &Extras, conversation: Conversation) -> Clean {
    let (mut conversation, counts) = scrub(redactor, extras, conversation);
    let by_model = summariser.has_model();
    let summary_source = if by_model { None } else { summary::extract(summariser, &mut conversation) };
    Clean { conversation, counts, summary_source }
}

/// Has the model make the summaries that are missing; does nothing where there is none.
pub async fn ask_model(summariser: &Summariser, cleaned: &mut [Clean]) {
    if !summariser.has_model() {
        return;
    }
    let sources = summary::ask_model(summariser, cleaned.iter_mut().map(|clean| &mut clean.conversation)).await;
    for (clean, source) in cleaned.iter_mut().zip(sources) {
        clean.summary_source = source;
    }
}

impl Clean {
    /// Without what `mode` does not ask for: it is not needed from here on, and what does not travel cannot leak.
    #[must_use]
    pub fn kept_by(mut self, mode: Mode) -> Self {
        match mode {
            Mode::Off | Mode::Summary => self.conversation.transcript.clear(),
            Mode::SummaryTranscript => {}
        }
        self
    }
}
