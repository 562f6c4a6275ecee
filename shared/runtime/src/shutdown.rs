//! An orderly end: signals become a token, and the parts of a process stop one after another within a limit.

use std::{io, process, time::Duration};

use tokio::{
    signal::unix::{SignalKind, signal},
    task::{JoinError, JoinHandle},
    time::{Instant, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::BoxError;

/// Exit code of a process that was told twice: 128 + SIGINT, as shells have it.
const IMPATIENT: i32 = 130;

/// A token that the first SIGTERM or SIGINT cancels. The second one ends the process at once: whoever asks twice does not want
/// to wait, and every promise survives a kill.
pub fn on_signal() -> io::Result<CancellationToken> {
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let token = CancellationToken::new();
    let stop = token.clone();
    tokio::spawn(async move {
        for told in 1.. {
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
            if told > 1 {
                tracing::warn!("Told to stop a second time, exiting at once");
                process::exit(IMPATIENT);
            }
            tracing::info!("Told to stop");
            stop.cancel();
        }
    });
    Ok(token)
}

/// Why a process did not end as it should.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// A part failed.
    #[error("{part} failed")]
    Failed {
        /// Its name.
        part: &'static str,
        /// Why.
        #[source]
        source: BoxError,
    },
    /// A part returned although nobody had asked it to.
    #[error("{part} ended by itself")]
    Ended {
        /// Its name.
        part: &'static str,
    },
    /// A part was still busy when the time was up.
    #[error("{part} did not stop in time")]
    Late {
        /// Its name.
        part: &'static str,
    },
}

struct Part {
    name: &'static str,
    stop: CancellationToken,
    task: JoinHandle<Result<(), BoxError>>,
}

/// The running parts of a process, in the order of their start.
#[derive(Default)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts a part. It gets a token of its own and returns soon after that is cancelled.
    pub fn start<F, R, E>(&mut self, name: &'static str, part: F)
    where
        F: FnOnce(CancellationToken) -> R,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<BoxError>,
    {
        let stop = CancellationToken::new();
        let run = part(stop.clone());
        let task = tokio::spawn(async move { run.await.map_err(Into::into) });
        self.0.push(Part { name, stop, task });
    }

    /// Runs until `stop` is cancelled or a part ends, then stops all parts, the last started first, within `limit` for all of
    /// them together. What is still busy then is aborted. The first trouble is the answer; any other is logged.
    pub async fn run(mut self, stop: CancellationToken, limit: Duration) -> Result<(), StopError> {
        let mut first = tokio::select! {
            () = stop.cancelled() => None,
            (index, ended) = first_to_end(&mut self.0) => {
                let part = self.0.remove(index);
                Some(settled(part.name, ended).err().unwrap_or(StopError::Ended { part: part.name }))
            }
        };
        // Whoever watches the token, as readiness does, must see that the process is about to end.
        stop.cancel();
        let deadline = Instant::now() + limit;
        for part in self.0.into_iter().rev() {
            match (stopped(part, deadline).await, &first) {
                (Err(trouble), None) => first = Some(trouble),
                (Err(trouble), Some(_)) => {
                    tracing::error!(error = &trouble as &dyn std::error::Error, "Stopping was not orderly either");
                }
                (Ok(()), _) => {}
            }
        }
        first.map_or(Ok(()), Err)
    }
}

type Ended = Result<Result<(), BoxError>, JoinError>;

async fn first_to_end(parts: &mut [Part]) -> (usize, Ended) {
    if parts.is_empty() {
        return std::future::pending().await;
    }
    let (ended, index, _) = futures_util::future::select_all(parts.iter_mut().map(|part| &mut part.task)).await;
    (index, ended)
}

async fn stopped(mut part: Part, deadline: Instant) -> Result<(), StopError> {
    part.stop.cancel();
    let Ok(ended) = timeout_at(deadline, &mut part.task).await else {
        part.task.abort();
        return Err(StopError::Late { part: part.name });
    };
    settled(part.name, ended)
}

fn settled(part: &'static str, ended: Ended) -> Result<(), StopError> {
    // A panic was logged by the hook, by its place only; its message must not come back here.
    let ended = ended.unwrap_or_else(|_| Err("it panicked".into()));
    ended.map_err(|source| StopError::Failed { part, source })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    #[tokio::test]
    async fn the_last_started_stops_first() {
        let (stop, order) = (CancellationToken::new(), Arc::new(Mutex::new(Vec::new())));
        let mut parts = Parts::new();
        for name in ["ops", "publisher", "server"] {
            let order = Arc::clone(&order);
            parts.start(name, |stop| async move {
                stop.cancelled().await;
                order.lock().unwrap().push(name);
                Ok::<_, io::Error>(())
            });
        }
        stop.cancel();
        parts.run(stop, LIMIT).await.unwrap();
        assert_eq!(*order.lock().unwrap(), ["server", "publisher", "ops"]);
    }

    #[tokio::test]
    async fn a_part_that_fails_takes_the_others_down_in_order() {
        let stop = CancellationToken::new();
        let mut parts = Parts::new();
        parts.start("ops", |stop| async move {
            stop.cancelled().await;
            Ok::<_, io::Error>(())
        });
        parts.start("worker", |_| async { Err(io::Error::other("broken")) });
        let trouble = parts.run(stop.clone(), LIMIT).await.unwrap_err();
        assert!(matches!(trouble, StopError::Failed { part: "worker", .. }), "{trouble}");
        assert!(stop.is_cancelled());
    }

    #[tokio::test]
    async fn a_part_may_not_end_by_itself_nor_panic() {
        let mut parts = Parts::new();
        parts.start("worker", |_| async { Ok::<_, io::Error>(()) });
        let trouble = parts.run(CancellationToken::new(), LIMIT).await.unwrap_err();
        assert!(matches!(trouble, StopError::Ended { part: "worker" }), "{trouble}");

        let mut parts = Parts::new();
        let panics: fn() -> Result<(), io::Error> = || panic!("4242 4242 4242 4242");
        parts.start("worker", move |_| async move { panics() });
        let trouble = parts.run(CancellationToken::new(), LIMIT).await.unwrap_err();
        let StopError::Failed { part: "worker", source } = trouble else { panic!("{trouble}") };
        assert_eq!(source.to_string(), "it panicked");
    }

    #[tokio::test]
    async fn a_part_that_does_not_stop_is_given_up_after_the_limit() {
        let stop = CancellationToken::new();
        let mut parts = Parts::new();
        parts.start("worker", |_| std::future::pending::<Result<(), io::Error>>());
        stop.cancel();
        let trouble = parts.run(stop, Duration::from_millis(10)).await.unwrap_err();
        assert!(matches!(trouble, StopError::Late { part: "worker" }), "{trouble}");
    }
}
