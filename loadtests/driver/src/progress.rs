//! What a person sees while they wait.

use std::time::{Duration, Instant};

use crate::services::say;

const EVERY: Duration = Duration::from_secs(2);

/// Says now and then how far something is.
pub(crate) struct Progress {
    what: String,
    of: usize,
    started: Instant,
    said: Instant,
}

impl Progress {
    pub(crate) fn new(what: &str, of: usize) -> Self {
        let now = Instant::now();
        say(&format!("{what}: {of} to go"));
        Self { what: what.to_owned(), of, started: now, said: now }
    }

    /// So many are done.
    pub(crate) fn at(&mut self, done: usize) {
        if self.said.elapsed() >= EVERY {
            self.said = Instant::now();
            say(&format!("{}: {done} of {} after {:.0} s", self.what, self.of, self.started.elapsed().as_secs_f64()));
        }
    }
}
