//! Bearers that expire, and those that nobody can renew.

use bus::{DeferReason, Verdict};
use domain::{
    connection::ConnectionStatus,
    ledger::{Reason, State},
    settings::{Mode, OnNoMatch},
};
use store::connections;

use crate::world::{World, back, deferred};

#[tokio::test]
async fn an_expired_bearer_is_renewed_and_the_call_written_once() {
    let world = World::start().await;
    world.connect_by_oauth().await;
    world.portal.expire_access_tokens();
    world.exported(&world.call("conv_1").await).await;
    assert_eq!(world.lab.sim.request_count("POST", "token"), 1);
    assert_eq!(world.portal.calls().len(), 1);
}

#[tokio::test]
async fn a_revoked_connection_holds_everything_until_somebody_connects_again() {
    let world = World::start().await;
    world.connect_by_oauth().await;
    world.portal.revoke();
    let call = world.call("conv_1").await;

    let defer = deferred(&world.one(&call).await, DeferReason::ReauthRequired);
    let connection = connections::get(&world.lab.db, world.tenant.connection).await.unwrap().unwrap();
    assert_eq!((connection.status, defer.reason.counts()), (ConnectionStatus::ReauthRequired, false));
    let asked = world.lab.sim.requests().len();
    let defer = deferred(&world.one(&back(&call, defer)).await, DeferReason::ReauthRequired);
    assert_eq!(world.lab.sim.requests().len(), asked, "nothing is sent with tokens that are known to be refused");
    assert_eq!(world.row(&call).await.state, State::Matched);

    world.connect_by_oauth().await;
    world.exported(&back(&call, defer)).await;
}

#[tokio::test]
async fn while_a_person_is_waited_for_what_is_turned_off_still_ends() {
    let world = World::start().await;
    world.connect_by_oauth().await;
    world.portal.revoke();
    let call = world.call("conv_1").await;
    let defer = deferred(&world.one(&call).await, DeferReason::ReauthRequired);
    world.lab.set(&world.tenant, Mode::Off, OnNoMatch::Skip).await.unwrap();
    assert_eq!(world.one(&back(&call, defer)).await, Verdict::Done);
    assert_eq!(world.ended(&call).await, (State::Withheld, Some(Reason::LoggingOff)));
}
