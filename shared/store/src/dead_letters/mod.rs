//! Deliveries that were given up: sealed as they travelled, and kept until a person replays or drops them.

mod bury;
mod read;
mod replay;

use domain::{DeadLetterId, dead_letter::DeadLetter};
use time::OffsetDateTime;

pub use self::{
    bury::{Buried, bury},
    read::{Filter, Page, counts, get, list},
    replay::{drop_before, drop_letters, replayed, take_for_replay},
};

/// A dead letter in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id; ids sort by the time of burial.
    pub id: DeadLetterId,
    /// The letter. In a list its payload is left out.
    pub letter: DeadLetter,
    /// When it was buried.
    pub buried_at: OffsetDateTime,
    /// When it was last taken for replay, if nobody reported that it was published.
    pub replayed_at: Option<OffsetDateTime>,
}
