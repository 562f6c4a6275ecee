//! Logs: one line an event on standard output, and panics among them.

use std::panic::PanicHookInfo;

use tracing_subscriber::{EnvFilter, Layer as _, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One JSON object a line, for machines.
    #[default]
    Json,
    /// For a person at a terminal.
    Pretty,
}

/// Why logging cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The filter cannot be read.
    #[error("the log filter is not of the form level[,target=level ...]")]
    Filter(#[source] tracing_subscriber::filter::ParseError),
    /// It has begun already.
    #[error("logging was set up before")]
    Twice(#[source] tracing_subscriber::util::TryInitError),
}

/// Starts logging to standard output and puts panics into the log. `filter` is as of `tracing_subscriber::EnvFilter`: `info`,
/// or `info,writeback=debug` for more of ours.
pub fn init(format: Format, filter: &str) -> Result<(), InitError> {
    let filter = EnvFilter::try_new(filter).map_err(InitError::Filter)?;
    let lines = match format {
        Format::Json => fmt::layer().json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
        Format::Pretty => fmt::layer().boxed(),
    };
    tracing_subscriber::registry().with(lines.with_filter(filter)).try_init().map_err(InitError::Twice)?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A panic's message may quote the data that caused it, so only its place is logged.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let (file, line) = panic.location().map_or(("unknown", 0), |at| (at.file(), at.line()));
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    tracing::error!(panic.file = file, panic.line = line, panic.thread = thread, "A thread panicked at {file}:{line}");
}
