//! The model where there is one and it answers, else the conversation's own sentences.

use crate::{Client, Limits, Turn, breaker::Breaker, summarise};
use std::{fmt, time::Instant};

/// Where a summary comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The configured model wrote it.
    Model,
    /// It is made of the conversation's own sentences.
    Extractive,
}

impl Source {
    /// A word for logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Extractive => "extractive",
        }
    }
}

/// A summary, and who made it.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    /// Plain text in the language of the conversation.
    pub text: String,
    /// Where it comes from.
    pub source: Source,
}

impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Summary").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Summarises conversations. To be shared by all who do, since it remembers whether the model answers.
#[derive(Debug, Default)]
pub struct Summariser {
    model: Option<Client>,
    limits: Limits,
    breaker: Breaker,
}

impl Summariser {
    /// With a model, or without one. The limits are those of the extractive summary; the client has its own.
    pub fn new(model: Option<Client>, limits: Limits) -> Self {
        Self { model, limits, breaker: Breaker::default() }
    }

    /// A summary, or `None` when nobody said anything that tells. Never fails: without an answer from the model within its
    /// time-out the summary is the extractive one. A model that fails three times in a row is left alone for a while.
    pub async fn summarise(&self, turns: &[Turn<'_>]) -> Option<Summary> {
        if let Some(text) = self.by_model(turns).await {
            return Some(Summary { text, source: Source::Model });
        }
        self.extract(turns)
    }

    /// Whether there is a model to wait for.
    pub fn has_model(&self) -> bool {
        self.model.is_some()
    }

    /// The summary that needs no model. Takes as long as a processor takes for it.
    pub fn extract(&self, turns: &[Turn<'_>]) -> Option<Summary> {
        summarise(turns, &self.limits).map(|text| Summary { text, source: Source::Extractive })
    }

    async fn by_model(&self, turns: &[Turn<'_>]) -> Option<String> {
        let model = self.model.as_ref()?;
        let anything_said = turns.iter().any(|turn| !turn.text.trim().is_empty());
        if !anything_said || !self.breaker.allows(Instant::now()) {
            return None;
        }
        match model.summarise(turns).await {
            Ok(text) => {
                self.breaker.succeeded();
                Some(text)
            }
            Err(error) => {
                if error.is_about_endpoint() {
                    self.breaker.failed(Instant::now());
                } else {
                    self.breaker.succeeded();
                }
                tracing::warn!(
                    error.kind = error.kind(),
                    error = &error as &dyn std::error::Error,
                    "The model gave no summary, so the conversation's own sentences make it"
                );
                None
            }
        }
    }
}
