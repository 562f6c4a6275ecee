//! What may not go on any more, and what is over already.

use bus::{DeferReason, Verdict};
use domain::{
    connection::ConnectionStatus,
    ledger::{MatchedBy, Reason, State},
    settings::{Mode, OnNoMatch},
};
use store::{connections, ledger, settings};
use time::OffsetDateTime;

use crate::world::{DANA, World, back, deferred};

#[tokio::test]
async fn logging_that_was_turned_off_meanwhile_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1", DANA).await;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Create).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::LoggingOff)));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn logging_that_was_turned_off_and_on_again_does_not_reach_back() {
    let world = World::start().await;
    let call = world.call("conv_1", DANA).await;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Create).await.unwrap();
    let (account, connection, now) = (world.tenant.account, world.tenant.connection, OffsetDateTime::now_utc());
    settings::set(&world.lab.db, account, connection, &Mode::Summary.into(), now).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::EndedBeforeEnabled)));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn what_was_narrowed_goes_on() {
    let world = World::start().await;
    let call = world.call("conv_1", DANA).await;
    world.lab.set(&world.tenant, Mode::Summary, OnNoMatch::Create).await.unwrap();
    assert_eq!(world.matched(&call).await.by, MatchedBy::Created);
}

#[tokio::test]
async fn a_connection_that_was_ended_withholds() {
    let world = World::start().await;
    let call = world.call("conv_1", DANA).await;
    connections::disconnect(&world.lab.db, world.tenant.account, world.tenant.connection).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::NotConnected)));
    assert!(world.portal.requests().is_empty());
}

#[tokio::test]
async fn tokens_that_are_refused_hold_everything_until_somebody_connects_again() {
    let world = World::start().await;
    world.portal.revoke();
    world.portal.remove();
    let call = world.call("conv_1", DANA).await;

    let defer = deferred(&world.one(&call).await, DeferReason::ReauthRequired);
    let connection = connections::get(&world.lab.db, world.tenant.connection).await.unwrap().unwrap();
    assert_eq!(connection.status, ConnectionStatus::ReauthRequired);
    let asked = world.lab.sim.requests().len();
    let mut again = back(&call, defer);
    again.doubts = 2;
    let defer = deferred(&world.one(&again).await, DeferReason::ReauthRequired);

    assert_eq!((defer.doubts, defer.reason.counts()), (2, false));
    assert_eq!(world.lab.sim.requests().len(), asked, "nothing is sent with tokens that are known to be refused");
    assert_eq!(world.row(&call).await.state, State::Redacted, "nothing is lost");
}

#[tokio::test]
async fn while_a_person_is_waited_for_what_is_turned_off_still_ends() {
    let world = World::start().await;
    world.portal.remove();
    let call = world.call("conv_1", DANA).await;
    let defer = deferred(&world.one(&call).await, DeferReason::ReauthRequired);
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Create).await.unwrap();
    assert_eq!(world.one(&back(&call, defer)).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::LoggingOff)));
}

#[tokio::test]
async fn a_finished_conversation_that_comes_again_asks_nobody() {
    let world = World::start().await;
    let mut call = world.call("conv_1", DANA).await;
    let ended = ledger::Ended::because(call.event.conversation.id.clone(), Reason::NoMatch);
    ledger::skipped(&world.lab.db, world.tenant.connection, &[ended]).await.unwrap();
    call.repeated = true;
    let other = world.call("conv_2", "+14155550199").await;

    let verdicts = world.run(&[call.clone(), other]).await;

    assert!(matches!(&verdicts[..], [Verdict::Done, Verdict::Next(_)]), "{verdicts:?}");
    assert_eq!(world.ended(&call).await, (State::SkippedNoMatch, Some(Reason::NoMatch)));
    assert_eq!(world.portal.contacts().len(), 1);
}

#[tokio::test]
async fn a_finished_conversation_stays_as_it_ended_when_logging_is_turned_off() {
    let world = World::start().await;
    let mut call = world.call("conv_1", DANA).await;
    let ended = ledger::Ended::because(call.event.conversation.id.clone(), Reason::NoMatch);
    ledger::skipped(&world.lab.db, world.tenant.connection, &[ended]).await.unwrap();
    call.repeated = true;
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Create).await.unwrap();
    assert_eq!(world.one(&call).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::SkippedNoMatch, Some(Reason::NoMatch)));
}
