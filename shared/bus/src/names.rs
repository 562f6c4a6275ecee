//! What things are called on the broker. Stable: queues outlive releases.

use std::time::Duration;

use domain::{event::StageName, lane::Lane};

use crate::delay::step_name;

/// The topic exchange that everything is published to.
pub const EXCHANGE: &str = "writeback";
/// Where the broker puts what it gives up: a fanout exchange, and the queue behind it.
pub const POISON: &str = "writeback.poison";
/// Routing key of `pack.install`, for a stage to come.
pub const INSTALL_KEY: &str = "install";
/// Routing key of `schema.discover`, for a stage to come.
pub const DISCOVER_KEY: &str = "discover";

/// Every stage that has queues.
pub(crate) const STAGES: &[StageName] = StageName::ALL;

/// The routing key of a stage's lane: `match.3`, `match.3.bulk`.
pub(crate) fn routing_key(stage: StageName, lane: Lane) -> String {
    format!("{}.{lane}", verb(stage))
}

/// Is it the routing key of a lane for bulk?
pub(crate) fn is_bulk(routing_key: &str) -> bool {
    routing_key.ends_with(Lane::BULK)
}

/// The queue behind a routing key: `writeback.match.3`.
pub(crate) fn queue(routing_key: &str) -> String {
    format!("{EXCHANGE}.{routing_key}")
}

/// The fanout exchange of a delay step, and the queue behind it: `writeback.delay.5s`.
pub(crate) fn delay(step: Duration) -> String {
    format!("{EXCHANGE}.delay.{}", step_name(step))
}

/// The stage that a routing key, or the queue behind it, belongs to.
pub(crate) fn stage_of(key_or_queue: &str) -> Option<StageName> {
    let key = key_or_queue.strip_prefix(EXCHANGE).and_then(|rest| rest.strip_prefix('.')).unwrap_or(key_or_queue);
    let (first, _lane) = key.split_once('.')?;
    STAGES.iter().copied().find(|stage| verb(*stage) == first)
}

fn verb(stage: StageName) -> &'static str {
    match stage {
        StageName::Redactor => "redact",
        StageName::Matcher => "match",
        StageName::Poster => "post",
    }
}

#[cfg(test)]
mod tests {
    use domain::lane::Lanes;

    use super::*;

    #[test]
    fn a_stage_is_known_by_its_key_and_by_its_queue() {
        for stage in STAGES {
            for lane in Lanes::DEFAULT.all() {
                let key = routing_key(*stage, lane);
                assert_eq!(stage_of(&key), Some(*stage));
                assert_eq!(stage_of(&queue(&key)), Some(*stage));
                assert_eq!(is_bulk(&key), lane == lane.bulk());
            }
        }
        for other in ["", "match", INSTALL_KEY, POISON, "writeback.delay.5s"] {
            assert_eq!(stage_of(other), None, "{other}");
        }
    }
}
