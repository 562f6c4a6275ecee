use domain::{
    AccountId, ConnectionId,
    settings::{Mode, OnNoMatch, Settings},
};
use store::{connections, gate, settings};
use time::Duration;

use crate::world::{NOON, World};

#[tokio::test]
async fn nothing_is_on_until_somebody_turns_it_on() {
    let world = World::start().await;
    let connection = world.connection().await;
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap(), Settings::default());
    let gate = gate::gate(&world.db, connection.id).await.unwrap().unwrap();
    assert_eq!((gate.connection, gate.settings), (connection, Settings::default()));
    assert_eq!(gate::gate(&world.db, ConnectionId::new()).await.unwrap(), None);
}

#[tokio::test]
async fn the_time_of_turning_on_moves_only_from_off_to_on() {
    let world = World::start().await;
    let connection = world.connection().await;
    let set = async |mode, on_no_match, minutes| {
        let now = NOON + Duration::minutes(minutes);
        settings::set(&world.db, connection.account, connection.id, mode, on_no_match, now).await.unwrap().unwrap()
    };
    let on = set(Mode::Summary, Some(OnNoMatch::Create), 0).await;
    assert_eq!((on.enabled_at, on.updated_at), (Some(NOON), Some(NOON)));
    let wider = set(Mode::SummaryTranscript, None, 1).await;
    assert_eq!((wider.enabled_at, wider.on_no_match), (Some(NOON), OnNoMatch::Create));
    set(Mode::Off, None, 2).await;
    let again = set(Mode::Summary, None, 3).await;
    assert_eq!(again.enabled_at, Some(NOON + Duration::minutes(3)));
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap(), again);
}

#[tokio::test]
async fn only_the_account_itself_changes_its_settings_and_only_while_connected() {
    let world = World::start().await;
    let connection = world.connection().await;
    for other in [AccountId::new(), world.account().await] {
        let refused = settings::set(&world.db, other, connection.id, Mode::Summary, None, NOON).await.unwrap();
        assert_eq!(refused, None);
    }
    assert_eq!(settings::get(&world.db, connection.id).await.unwrap().mode, Mode::Off);
    connections::disconnect(&world.db, connection.account, connection.id).await.unwrap();
    let refused = settings::set(&world.db, connection.account, connection.id, Mode::Summary, None, NOON).await.unwrap();
    assert_eq!(refused, None);
}

#[tokio::test]
async fn changes_at_once_are_as_changes_one_after_the_other() {
    let world = World::start().await;
    let connection = world.connection().await;
    let tasks = (0..12).map(|n| {
        let db = world.db.clone();
        let mode = [Mode::Summary, Mode::SummaryTranscript][n % 2];
        let now = NOON + Duration::minutes(i64::try_from(n).unwrap());
        tokio::spawn(async move {
            settings::set(&db, connection.account, connection.id, mode, None, now).await.unwrap().unwrap().enabled_at
        })
    });
    let mut enabled = std::collections::HashSet::new();
    for task in tasks.collect::<Vec<_>>() {
        enabled.insert(task.await.unwrap());
    }
    assert_eq!(enabled.len(), 1, "exactly one of them turned it on");
}
