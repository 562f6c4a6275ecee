//! Whether a card's number rests anywhere: in a log, or in a file of the services.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::conversations::CARDS;

/// What has been looked into.
#[derive(Default)]
pub(crate) struct Traces {
    found: usize,
}

impl Traces {
    /// Looks into a file, or into every file below a folder. Files come and go while the services run.
    pub(crate) fn look_into(&mut self, paths: &[PathBuf]) {
        for path in paths {
            if path.is_dir() {
                let inside: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
                self.look_into(&inside);
            } else {
                self.found += usize::from(holds_card(path));
            }
        }
    }

    /// How many files hold one.
    pub(crate) fn found(&self) -> usize {
        self.found
    }
}

fn holds_card(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else { return false };
    CARDS.iter().any(|card| memchr::memmem::find(&bytes, card.as_bytes()).is_some())
}
