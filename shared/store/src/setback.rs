//! What a failure of the database means for a piece of work.

use std::time::Duration;

use domain::setback::{Setback, WaitCause};

use crate::Error;

/// A database that does not answer is asked again after this.
const WAIT: Duration = Duration::from_secs(5);

impl From<&Error> for Setback {
    fn from(error: &Error) -> Self {
        if error.is_retryable() { Self::Wait { cause: WaitCause::DatabaseDown, wait: WAIT } } else { Self::Failure }
    }
}
