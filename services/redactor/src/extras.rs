//! What each connection adds to the redactor, compiled once for each time that it is changed.

use std::sync::Arc;

use domain::{ConnectionId, ledger::Reason, setback::Setback};
use redaction::Extras;
use store::{Db, settings};

/// Compiled patterns that are kept, over all connections. One takes at most half a megabyte, and usually a tenth of that.
const PATTERNS_MAX: u64 = 1_000;

/// The extras of the connections that were busy last. The version comes with the settings, which every batch reads anyway, so a
/// change holds for the next batch and costs one query, and all other batches cost none.
pub(crate) struct Cache {
    db: Db,
    compiled: moka::future::Cache<ConnectionId, (i64, Arc<Extras>)>,
    none: Arc<Extras>,
}

impl Cache {
    pub(crate) fn new(db: &Db) -> Self {
        let weigh = |_: &ConnectionId, (_, extras): &(i64, Arc<Extras>)| extras.weight();
        let compiled = moka::future::Cache::builder().max_capacity(PATTERNS_MAX).weigher(weigh).build();
        Self { db: db.clone(), compiled, none: Arc::default() }
    }

    /// What the connection adds, of that version or newer.
    pub(crate) async fn of(&self, connection: ConnectionId, version: i64) -> Result<Arc<Extras>, Setback> {
        if version == 0 {
            return Ok(Arc::clone(&self.none));
        }
        if let Some((known, extras)) = self.compiled.get(&connection).await
            && known >= version
        {
            return Ok(extras);
        }
        let (version, stored) = match settings::redaction(&self.db, connection).await {
            Ok(stored) => stored,
            Err(error @ store::Error::Corrupt { column }) => return Err(unusable(connection, column, &error)),
            Err(error) => {
                tracing::warn!(connection.id = %connection, error = &error as &dyn std::error::Error, "Redaction extras could not be read");
                return Err(Setback::from(&error));
            }
        };
        let work = tokio::task::spawn_blocking(move || scrub::compile(&stored));
        let compiled = work.await.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()));
        let extras = compiled.map_err(|faults| {
            let first = &faults[0];
            unusable(connection, &format!("redaction.{}", first.spot), first)
        })?;
        let extras = Arc::new(extras);
        self.compiled.insert(connection, (version, Arc::clone(&extras))).await;
        Ok(extras)
    }
}

/// They were compiled before they were saved, so another release saved them, or somebody past the API. Waiting mends nothing: the
/// conversations are dead letters, sealed, until somebody sets the extras anew and replays them.
fn unusable(connection: ConnectionId, place: &str, error: &(dyn std::error::Error + 'static)) -> Setback {
    tracing::error!(connection.id = %connection, place, error, "Redaction extras cannot be used; set them anew and replay");
    let detail = format!("{place} cannot be used; set the account's redaction anew, then replay");
    Setback::Final { reason: Reason::RedactionUnusable, detail: Some(detail) }
}
