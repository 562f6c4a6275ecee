//! Waiting for a condition.

use std::{future::Future, time::Duration};

/// How long [`eventually`] waits: far longer than anything takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Polls until `probe` gives a value.
///
/// # Panics
/// With `what` when it gives none within [`PATIENCE`].
pub async fn eventually<T, F: Future<Output = Option<T>>>(what: &str, mut probe: impl FnMut() -> F) -> T {
    let polling = async {
        let mut pause = Duration::from_millis(2);
        loop {
            if let Some(value) = probe().await {
                return value;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(100));
        }
    };
    tokio::time::timeout(PATIENCE, polling).await.unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain: {what}"))
}
