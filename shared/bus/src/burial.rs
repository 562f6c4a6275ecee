//! Where dead letters go.

use std::{error::Error, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use domain::dead_letter::DeadLetter;
use futures_util::{FutureExt as _, future::BoxFuture};

use crate::telemetry::{BurialFailed, Buried};

/// Keeps dead letters. A delivery is acked only after this said `Ok`; on an error it comes back later, so the same letter may
/// be given twice. Where the headers of an unreadable message told no connection or event, the letter has the nil id, and where
/// they told no conversation, `unknown`.
pub type DeadLetterSink =
    Arc<dyn Fn(Vec<DeadLetter>) -> BoxFuture<'static, Result<(), Box<dyn Error + Send + Sync>>> + Send + Sync>;

/// How long a delivery waits for a sink that failed.
pub(crate) const SINK_RETRY: Duration = Duration::from_secs(30);

/// Gives letters to the sink; `false` when it did not take them.
pub(crate) async fn bury(sink: &DeadLetterSink, letters: Vec<DeadLetter>) -> bool {
    let emitted: Vec<_> = letters.iter().map(|letter| Buried { stage: letter.stage, reason: letter.reason }).collect();
    let error = match AssertUnwindSafe(async { sink(letters).await }).catch_unwind().await {
        Ok(Ok(())) => {
            emitted.into_iter().for_each(Buried::emit);
            return true;
        }
        Ok(Err(error)) => error,
        Err(_panic) => "the sink panicked".into(),
    };
    BurialFailed { letters: emitted.len(), error: &*error }.emit();
    false
}
