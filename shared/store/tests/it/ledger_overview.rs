use domain::ledger::{Reason, State};
use store::ledger::{self, Counts, Ended, NewWriteback, Scrubbed};
use time::{Duration, OffsetDateTime};

use crate::{
    ledger::exported,
    world::{NOON, World, caller_key, conversation, new_writeback},
};

fn ended_at(n: usize, at: OffsetDateTime) -> NewWriteback {
    NewWriteback { ended_at: at, ..new_writeback(n) }
}

#[tokio::test]
async fn hours_are_counted_by_outcome_within_their_bounds_and_without_other_connections() {
    let world = World::start().await;
    let (connection, other) = (world.connection().await.id, world.connection().await.id);
    let at = |minutes: i64| NOON + Duration::minutes(minutes);
    let rows = [
        ended_at(0, at(-1)),
        ended_at(1, at(0)),
        ended_at(2, at(59)),
        ended_at(3, at(60)),
        ended_at(4, at(61)),
        ended_at(5, at(180)),
    ];
    ledger::open(&world.db, connection, &rows).await.unwrap();
    ledger::open(&world.db, other, &rows[..3]).await.unwrap();
    ledger::exported(&world.db, connection, &[exported(1)]).await.unwrap();
    ledger::skipped(&world.db, connection, &[Ended::because(conversation(3), Reason::NoMatch)]).await.unwrap();
    let hours = ledger::hours(&world.db, connection, NOON, 3).await.unwrap();
    let first = Counts { exported: 1, in_flight: 1, ..Counts::default() };
    let second = Counts { skipped_no_match: 1, in_flight: 1, ..Counts::default() };
    assert_eq!(hours.iter().map(|hour| hour.counts).collect::<Vec<_>>(), [first, second, Counts::default()]);
    assert_eq!(hours.iter().map(|hour| hour.from).collect::<Vec<_>>(), [at(0), at(60), at(120)]);
    assert_eq!(first.total(), 2);
}

#[tokio::test]
async fn what_waits_is_what_was_taken_up_before_and_has_not_ended_oldest_first() {
    let world = World::start().await;
    let (connection, other) = (world.connection().await.id, world.connection().await.id);
    let mut rows: Vec<_> = (0..4).map(new_writeback).collect();
    rows[2].scrubbed = Some(Scrubbed { redactions: [].into(), summary_source: None });
    ledger::open(&world.db, connection, &rows).await.unwrap();
    ledger::open(&world.db, other, &[new_writeback(9)]).await.unwrap();
    ledger::exported(&world.db, connection, &[exported(1)]).await.unwrap();
    let soon = OffsetDateTime::now_utc() + Duration::MINUTE;
    let waiting = async |before, limit| {
        let rows = ledger::waiting(&world.db, connection, before, limit).await.unwrap();
        rows.into_iter().map(|row| (row.conversation, row.state)).collect::<Vec<_>>()
    };
    let of = |n: usize, state: State| (conversation(n), state);
    assert_eq!(waiting(soon, 9).await, [of(0, State::Accepted), of(2, State::Redacted), of(3, State::Accepted)]);
    assert_eq!(waiting(soon, 2).await, [of(0, State::Accepted), of(2, State::Redacted)]);
    assert_eq!(waiting(soon - Duration::HOUR, 9).await, []);
}

#[tokio::test]
async fn skipped_callers_are_counted_by_their_key() {
    let world = World::start().await;
    let (connection, other) = (world.connection().await.id, world.connection().await.id);
    ledger::open(&world.db, connection, &(0..6).map(new_writeback).collect::<Vec<_>>()).await.unwrap();
    ledger::open(&world.db, other, &[new_writeback(0)]).await.unwrap();
    let (dana, lee) = (caller_key(connection, "+14155550123"), caller_key(connection, "+14155550124"));
    let skipped = |n, caller_key| Ended { caller_key, ..Ended::because(conversation(n), Reason::NoMatch) };
    let rows = [skipped(0, Some(dana)), skipped(1, Some(lee)), skipped(2, None), skipped(3, Some(dana))];
    ledger::skipped(&world.db, connection, &rows).await.unwrap();
    ledger::skipped(&world.db, other, &[skipped(0, Some(dana))]).await.unwrap();
    ledger::withheld(&world.db, connection, &[Ended::because(conversation(4), Reason::LoggingOff)]).await.unwrap();
    let found = ledger::skipped_callers(&world.db, connection, 9).await.unwrap();
    let told: Vec<_> = found.callers.into_iter().map(|c| (c.key, c.count, c.newest, c.newest_at)).collect();
    let newest = |n: usize| (conversation(n), new_writeback(n).ended_at);
    let row = |key, count, n| (key, count, newest(n).0, newest(n).1);
    assert_eq!((told, found.seen), (vec![row(Some(dana), 2, 3), row(None, 1, 2), row(Some(lee), 1, 1)], 4));
    assert_eq!(ledger::skipped_callers(&world.db, connection, 1).await.unwrap().seen, 4);
}
