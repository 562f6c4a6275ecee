//! How long things took, as percentiles.

use hdrhistogram::Histogram;
use serde_json::{Value, json};
use testkit::Tenant;

use crate::{platform::Taken, report::Report};

/// Times in milliseconds.
pub(crate) struct Latency(Histogram<u64>);

impl Latency {
    pub(crate) fn new() -> anyhow::Result<Self> {
        // Three digits are far more than the clock is good for.
        Ok(Self(Histogram::new(3)?))
    }

    pub(crate) fn add(&mut self, ms: i64) {
        self.0 += u64::try_from(ms).unwrap_or(0);
    }

    pub(crate) fn at(&self, quantile: f64) -> u64 {
        self.0.value_at_quantile(quantile)
    }

    /// From the moment each was taken until HubSpot had its engagement; those that have none are left out.
    pub(crate) fn of_exports(tenants: &[Tenant], taken: &Taken) -> anyhow::Result<Self> {
        let mut latency = Self::new()?;
        for tenant in tenants {
            for call in tenant.portal.calls() {
                let (Some(taken), Ok(made)) =
                    (taken.get(call.get("writeback_conversation_id")), made_at(call.get("hs_createdate")))
                else {
                    continue;
                };
                latency.add(made - taken);
            }
        }
        Ok(latency)
    }

    pub(crate) fn row(&self, what: &str) -> [String; 5] {
        let [p50, p95, p99, max] = [0.5, 0.95, 0.99, 1.0].map(|quantile| self.at(quantile).to_string());
        [what.to_owned(), p50, p95, p99, max]
    }

    pub(crate) fn json(&self) -> Value {
        json!({"p50": self.at(0.5), "p95": self.at(0.95), "p99": self.at(0.99), "max": self.at(1.0), "count": self.0.len()})
    }
}

/// A table of them.
pub(crate) fn table(report: &mut Report, rows: Vec<[String; 5]>) {
    report.table("milliseconds from taken to exported", ["", "p50", "p95", "p99", "max"], rows);
}

/// A time of HubSpot's in epoch milliseconds.
pub(crate) fn made_at(text: &str) -> anyhow::Result<i64> {
    let at = time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc3339)?;
    Ok(i64::try_from(at.unix_timestamp_nanos() / 1_000_000)?)
}
