//! Metrics of the process itself, and the text of all metrics.

use prometheus::{Encoder as _, IntGaugeVec, Opts, TextEncoder};

/// Registers `writeback_build_info`. Once in a process. The default registry brings `process_*` itself (Linux).
pub fn register(version: &str) -> prometheus::Result<()> {
    let info = IntGaugeVec::new(Opts::new("writeback_build_info", "Always 1; the labels say what runs."), &["version"])?;
    info.with_label_values(&[version]).set(1);
    prometheus::register(Box::new(info))
}

/// The media type of [`text`].
pub const CONTENT_TYPE: &str = prometheus::TEXT_FORMAT;

/// Everything in the default registry, as Prometheus reads it.
pub fn text() -> prometheus::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(16 * 1024);
    TextEncoder::new().encode(&prometheus::gather(), &mut text)?;
    Ok(text)
}
