use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use domain::{
    ConnectionId,
    connection::{ConnectionStatus, Credential},
};
use secrecy::ExposeSecret as _;
use store::connections::{self, TokenVersion, refresh_guard};
use time::Duration;

use crate::world::{NOON, World, new_writeback, oauth};

#[tokio::test]
async fn of_many_that_want_to_renew_one_does() {
    let world = World::start().await;
    let connection = world.connection().await;
    let (_, known) = connections::credential(&world.db, connection.id).await.unwrap().unwrap();
    let renewals = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for db in [world.db.clone(), world.another_process().await] {
        for _ in 0..5 {
            let (db, renewals) = (db.clone(), renewals.clone());
            tasks.push(tokio::spawn(async move {
                let guard = refresh_guard(&db, connection.id).await.unwrap().unwrap();
                if guard.version() > known {
                    return bearer(guard.credential());
                }
                renewals.fetch_add(1, Ordering::SeqCst);
                let renewed = oauth("access-2", NOON + Duration::minutes(30));
                assert_eq!(guard.save(&renewed).await.unwrap(), TokenVersion(2));
                "access-2".to_owned()
            }));
        }
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), "access-2");
    }
    assert_eq!(renewals.load(Ordering::SeqCst), 1);
}

fn bearer(credential: &Credential) -> String {
    match credential {
        Credential::OAuth { access_token, .. } | Credential::Static { access_token } => access_token.expose_secret().to_owned(),
    }
}

#[tokio::test]
async fn a_renewal_that_is_given_up_leaves_everything_as_it_was() {
    let world = World::start().await;
    let connection = world.connection().await;
    drop(refresh_guard(&world.db, connection.id).await.unwrap().unwrap());
    let guard = refresh_guard(&world.db, connection.id).await.unwrap().unwrap();
    assert_eq!(
        (guard.version(), guard.status(), bearer(guard.credential()).as_str()),
        (TokenVersion(1), ConnectionStatus::Active, "access-1")
    );
}

#[tokio::test]
async fn a_refused_renewal_asks_for_a_person_and_a_later_success_ends_that() {
    let world = World::start().await;
    let connection = world.connection().await;
    let status = async || connections::get(&world.db, connection.id).await.unwrap().unwrap().status;
    refresh_guard(&world.db, connection.id).await.unwrap().unwrap().refuse().await.unwrap();
    assert_eq!(status().await, ConnectionStatus::ReauthRequired);
    let guard = refresh_guard(&world.db, connection.id).await.unwrap().unwrap();
    guard.save(&oauth("access-3", NOON)).await.unwrap();
    assert_eq!(status().await, ConnectionStatus::Active);
}

#[tokio::test]
async fn what_is_not_connected_has_nothing_to_renew() {
    let world = World::start().await;
    let connection = world.connection().await;
    connections::disconnect(&world.db, connection.account, connection.id).await.unwrap();
    assert!(refresh_guard(&world.db, connection.id).await.unwrap().is_none());
    assert!(refresh_guard(&world.db, ConnectionId::new()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_fleet_works_on_while_a_token_is_renewed() {
    let world = World::start().await;
    let connection = world.connection().await;
    let guard = refresh_guard(&world.db, connection.id).await.unwrap().unwrap();
    store::ledger::open(&world.db, connection.id, &[new_writeback(1)]).await.unwrap();
    store::settings::set(&world.db, connection.account, connection.id, &domain::settings::Mode::Summary.into(), NOON)
        .await
        .unwrap()
        .unwrap();
    connections::credential(&world.db, connection.id).await.unwrap().unwrap();
    guard.save(&oauth("access-2", NOON)).await.unwrap();
}
