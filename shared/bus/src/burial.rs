//! Where dead letters go.

use std::{error::Error, sync::Arc, time::Duration};

use domain::dead_letter::DeadLetter;
use futures_util::future::BoxFuture;

/// Keeps dead letters. A delivery is acked only after this said `Ok`; on an error it comes back later, so the same letter may
/// be given twice. Where the headers of an unreadable message told no connection or event, the letter has the nil id.
pub type DeadLetterSink =
    Arc<dyn Fn(Vec<DeadLetter>) -> BoxFuture<'static, Result<(), Box<dyn Error + Send + Sync>>> + Send + Sync>;

/// How long a delivery waits for a sink that failed.
pub(crate) const SINK_RETRY: Duration = Duration::from_secs(30);
