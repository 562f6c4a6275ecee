//! What accounts add to the redactor: read, compiled, tried. Nothing of a sample is kept or logged.

use std::sync::Arc;

use domain::{Fault, settings};
use redaction::{Extras, Redactor};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::{code::Code, extract::object, problem::Problem};

/// Compilations and trials at once. Each may take all of a core for a moment; whoever comes later waits.
const AT_ONCE: usize = 2;

/// What is removed and kept beyond the built-in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct RedactionExtras {
    /// Numbers of your own that go, wherever they stand in a turn, a summary, a name, a recording's URL or metadata. Each is
    /// counted as `custom`. They are applied after the built-in numbers, to each text by itself.
    #[serde(deserialize_with = "object::list")]
    #[schema(max_items = 20)]
    pub(crate) patterns: Vec<ExtraPattern>,
    /// Words, phrases and numbers of your own that stay, such as your hotline or a product's code, though they look like a number
    /// that goes. Only what equals one literally is kept, case and width of blanks aside; what reaches beyond it goes whole. One
    /// that holds a digit has at least five letters and digits.
    #[schema(max_items = 200, max_length = 100, example = json!(["4000 1234 5678 9017"]))]
    pub(crate) keep_words: Vec<String>,
}

/// A pattern of your own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtraPattern {
    /// What it finds, in letters; `order code` puts `[order code removed]` in its place.
    #[schema(min_length = 1, max_length = 40, example = "order code")]
    pub(crate) label: String,
    /// A regular expression in the syntax of the Rust crate `regex`: no look-around and no back-references, so that it takes
    /// linear time. It must not match the empty text, nor what stands for removed numbers. Capital and small letters differ
    /// unless it begins with `(?i)`.
    #[schema(min_length = 1, max_length = 500, example = r"\bACME-[0-9]{6}\b")]
    pub(crate) pattern: String,
}

impl RedactionExtras {
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty() && self.keep_words.is_empty()
    }

    /// Compiles; every fault is named by its path under `base`.
    fn compile(self, base: &str) -> Result<Extras, Vec<Fault>> {
        scrub::compile(&self.into()).map_err(|faults| {
            let fault =
                |redaction::extras::Fault { spot, flaw }| Fault::new(format!("{base}{spot}"), flaw.code(), flaw.to_string());
            faults.into_iter().map(fault).collect()
        })
    }
}

impl From<settings::RedactionExtras> for RedactionExtras {
    fn from(settings::RedactionExtras { patterns, keep_words }: settings::RedactionExtras) -> Self {
        let pattern = |settings::ExtraPattern { label, pattern }| ExtraPattern { label, pattern };
        Self { patterns: patterns.into_iter().map(pattern).collect(), keep_words }
    }
}

impl From<RedactionExtras> for settings::RedactionExtras {
    fn from(RedactionExtras { patterns, keep_words }: RedactionExtras) -> Self {
        let pattern = |ExtraPattern { label, pattern }| settings::ExtraPattern { label, pattern };
        Self { patterns: patterns.into_iter().map(pattern).collect(), keep_words }
    }
}

impl std::fmt::Debug for ExtraPattern {
    // It may spell out what it looks for.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExtraPattern(..)")
    }
}

/// The redactor, for whoever wants to know what it would do.
pub(crate) struct Scrubbing {
    redactor: Redactor,
    turns: Arc<Semaphore>,
}

impl Scrubbing {
    pub(crate) fn new() -> Self {
        Self { redactor: Redactor::new(), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The redactor with what is to be added to it.
    pub(crate) fn redactor(&self) -> Redactor {
        self.redactor.clone()
    }

    /// Compiles, or says what cannot be and why, by its path under `base`.
    pub(crate) async fn compile(&self, extras: RedactionExtras, base: &'static str) -> Result<Extras, Problem> {
        self.run(move || extras.compile(base)).await?.map_err(Problem::invalid)
    }

    /// Off the runtime's threads, and not too many at once.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_closed| Problem::new(Code::Internal))?;
        let done = tokio::task::spawn_blocking(move || {
            // The turn is over when the work is, also where nobody waits for it any more.
            let _turn = turn;
            work()
        });
        match done.await {
            Ok(done) => Ok(done),
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}
