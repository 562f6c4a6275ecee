//! Who goes on: the first report of each conversation, while it may.

use bus::{DeferReason, Verdict};
use domain::{
    EventId,
    ledger::{Reason, State},
    settings::{Mode, OnNoMatch},
};
use store::{connections, ledger, settings};
use time::OffsetDateTime;

use crate::world::{World, next};

#[tokio::test]
async fn the_same_event_again_goes_on_again() {
    let world = World::start().await;
    let mut call = world.call("conv_1");
    let first = world.redacted(&call).await;
    call.repeated = true;
    assert_eq!(world.redacted(&call).await, first);
    assert_eq!(world.row(&call).await.unwrap().state, State::Redacted);
}

#[tokio::test]
async fn the_same_event_again_does_not_move_its_row_back() {
    let world = World::start().await;
    let mut call = world.call("conv_1");
    world.redacted(&call).await;
    let id = call.event.conversation.id.clone();
    ledger::posting(&world.lab.db, world.tenant.connection, &[ledger::Intent { conversation: id, after: None }]).await.unwrap();
    call.repeated = true;
    next(world.one(&call).await);
    assert_eq!(world.row(&call).await.unwrap().state, State::Posting);
}

#[tokio::test]
async fn the_same_event_again_ends_when_its_conversation_is_finished() {
    let world = World::start().await;
    let mut call = world.call("conv_1");
    world.redacted(&call).await;
    let ended = ledger::Ended::because(call.event.conversation.id.clone(), Reason::NoMatch);
    ledger::skipped(&world.lab.db, world.tenant.connection, &[ended]).await.unwrap();
    call.repeated = true;
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.row(&call).await.unwrap().state, State::SkippedNoMatch);
}

#[tokio::test]
async fn a_conversation_that_is_reported_again_ends_here() {
    let world = World::start().await;
    let first = world.call("conv_1");
    world.redacted(&first).await;
    let again = world.call("conv_1");
    assert_eq!(world.one(&again).await, Verdict::Done);
    assert_eq!(world.row(&again).await.unwrap().event, first.event.origin.event);
}

#[tokio::test]
async fn a_conversation_that_is_reported_twice_in_one_batch_goes_on_once() {
    let world = World::start().await;
    let (first, mut again) = (world.call("conv_1"), world.call("conv_1"));
    again.event.origin.event = EventId::new();
    let verdicts = world.run(&[first, world.call("conv_2"), again]).await;
    assert!(matches!(&verdicts[..], [Verdict::Next(_), Verdict::Next(_), Verdict::Done]), "{verdicts:?}");
}

#[tokio::test]
async fn logging_that_was_turned_off_meanwhile_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1");
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    let row = world.row(&call).await.unwrap();
    assert_eq!((row.state, row.reason), (State::Withheld, Some(Reason::LoggingOff)));
    assert!(row.redactions.is_empty());
}

#[tokio::test]
async fn logging_that_was_turned_off_and_on_again_does_not_reach_back() {
    let world = World::start().await;
    let call = world.call("conv_1");
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    let (account, connection, now) = (world.tenant.account, world.tenant.connection, OffsetDateTime::now_utc());
    settings::set(&world.lab.db, account, connection, &Mode::Summary.into(), now).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    let row = world.row(&call).await.unwrap();
    assert_eq!((row.state, row.reason), (State::Withheld, Some(Reason::EndedBeforeEnabled)));
}

#[tokio::test]
async fn a_connection_that_was_ended_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1");
    connections::disconnect(&world.lab.db, world.tenant.account, world.tenant.connection).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    let row = world.row(&call).await.unwrap();
    assert_eq!((row.state, row.reason), (State::Withheld, Some(Reason::NotConnected)));
}

#[tokio::test]
async fn what_is_withheld_stays_so_when_logging_is_turned_on_again() {
    let world = World::start().await;
    let mut call = world.call("conv_1");
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    world.lab.set(&world.tenant, Mode::SummaryTranscript, OnNoMatch::Skip).await.unwrap();
    call.repeated = true;
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.one(&world.call("conv_1")).await, Verdict::Done);
    assert_eq!(world.row(&call).await.unwrap().state, State::Withheld);
}

#[tokio::test]
async fn a_database_that_is_away_is_waited_for() {
    let world = World::start().await;
    let calls = [world.call("conv_1"), world.call("conv_2")];
    world.lab.db.close().await;
    for verdict in world.run(&calls).await {
        let Verdict::Defer(defer) = verdict else { panic!("{verdict:?}") };
        assert_eq!((defer.reason, defer.reason.counts()), (DeferReason::DatabaseDown, false));
    }
}
