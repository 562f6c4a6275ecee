//! Lanes: a connection's events travel in one of a few parallel queues. Each lane has a second one beside it for what comes in
//! bulk, so that one customer's backlog stands in nobody's way who sends little.

use std::fmt;

use crate::id::ConnectionId;

/// How many lanes a deployment has. Fixed once the topology is declared: events in a lane that nobody consumes would stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lanes(u8);

impl Lanes {
    /// The default number.
    pub const DEFAULT: Self = Self(8);

    /// `None` unless within 1 to 64.
    pub fn new(count: u8) -> Option<Self> {
        (1..=64).contains(&count).then_some(Self(count))
    }

    /// How many.
    pub fn count(self) -> u8 {
        self.0
    }

    /// Every lane, those for bulk last.
    pub fn all(self) -> impl Iterator<Item = Lane> {
        [false, true].into_iter().flat_map(move |is_bulk| (0..self.0).map(move |index| Lane { index, is_bulk }))
    }

    /// The ordinary lane of a connection: FNV-1a of its id (stable over versions of Rust, which `Hash` is not), modulo the count.
    pub fn of(self, connection: ConnectionId) -> Lane {
        let hash = connection
            .0
            .as_bytes()
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        let index = u8::try_from((hash >> 32) % u64::from(self.0)).expect("a remainder of at most 63");
        Lane { index, is_bulk: false }
    }
}

/// One lane, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane {
    index: u8,
    is_bulk: bool,
}

impl Lane {
    /// How the name of every lane for bulk ends.
    pub const BULK: &str = ".bulk";

    /// The one beside it, for a connection that sends in bulk.
    pub fn bulk(self) -> Self {
        Self { is_bulk: true, ..self }
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.is_bulk { Self::BULK } else { "" };
        write!(f, "{}{end}", self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_spread_over_all_lanes() {
        let mut hits = [0_u32; 8];
        for _ in 0..8000 {
            hits[usize::from(Lanes::DEFAULT.of(ConnectionId::new()).index)] += 1;
        }
        assert!(hits.iter().all(|n| (700..1300).contains(n)), "{hits:?}");
    }

    #[test]
    fn a_connection_stays_in_its_lane() {
        let id: ConnectionId = "0192f0c1-2345-7abc-8def-0123456789ab".parse().unwrap();
        assert_eq!(Lanes::DEFAULT.of(id), Lanes::DEFAULT.of(id));
        assert_eq!(Lanes::DEFAULT.of(id).to_string(), "2");
        assert_eq!(Lanes::DEFAULT.of(id).bulk().to_string(), "2.bulk");
    }
}
