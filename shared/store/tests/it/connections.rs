use domain::{
    ConnectionId, PortalId,
    connection::{ConnectionStatus, Credential, UniqueMode, UniqueModes},
    settings::Mode,
};
use secrecy::ExposeSecret as _;
use store::{
    Error,
    connections::{self, Connected, TokenVersion},
    gate, settings,
};

use crate::world::{NOON, World, new_connection};

#[track_caller]
fn bearer(credential: &Credential) -> &str {
    match credential {
        Credential::OAuth { access_token, .. } | Credential::Static { access_token } => access_token.expose_secret(),
    }
}

#[tokio::test]
async fn an_account_connects_and_the_connection_is_found_by_it() {
    let world = World::start().await;
    let made = world.connection().await;
    assert_eq!((made.status, made.unique, made.portal.get()), (ConnectionStatus::Active, UniqueModes::PLAIN, 62_515));
    assert_eq!(connections::of_account(&world.db, made.account).await.unwrap(), Some(made.clone()));
    assert_eq!(connections::get(&world.db, made.id).await.unwrap(), Some(made.clone()));
    let (credential, version) = connections::credential(&world.db, made.id).await.unwrap().unwrap();
    assert_eq!((bearer(&credential), version), ("access-1", TokenVersion(1)));
    let other = world.account().await;
    assert_eq!(connections::of_account(&world.db, other).await.unwrap(), None);
    assert!(connections::disconnect(&world.db, other, made.id).await.unwrap().is_none(), "another account's connection");
    assert_eq!(connections::get(&world.db, ConnectionId::new()).await.unwrap(), None);
}

#[tokio::test]
async fn the_same_portal_keeps_its_connection_and_settings() {
    let world = World::start().await;
    let first = world.connection().await;
    settings::set(&world.db, first.account, first.id, &Mode::Summary.into(), NOON).await.unwrap().unwrap();
    let modes = UniqueModes { call: UniqueMode::Unique, note: UniqueMode::Marker, contact: UniqueMode::Plain };
    assert!(connections::set_unique_modes(&world.db, first.id, modes).await.unwrap());
    let last = connections::disconnect(&world.db, first.account, first.id).await.unwrap().unwrap();
    assert_eq!(bearer(&last), "access-1");
    assert!(connections::credential(&world.db, first.id).await.unwrap().is_none());
    assert_eq!(connections::of_account(&world.db, first.account).await.unwrap(), None);
    let status = connections::get(&world.db, first.id).await.unwrap().unwrap().status;
    assert_eq!(status, ConnectionStatus::Disconnected);

    let again = connections::connect(&world.db, first.account, &new_connection(62_515, "access-2")).await.unwrap();
    let Connected::Again(again) = again else { panic!("{again:?}") };
    assert_eq!((again.id, again.status, again.unique), (first.id, ConnectionStatus::Active, modes));
    let gate = gate::gate(&world.db, first.id).await.unwrap().unwrap();
    assert_eq!((gate.connection, gate.settings.mode), (again, Mode::Summary));
    let (credential, version) = connections::credential(&world.db, first.id).await.unwrap().unwrap();
    assert_eq!((bearer(&credential), version), ("access-2", TokenVersion(3)));
}

#[tokio::test]
async fn another_portal_has_to_wait_for_the_end_of_the_first() {
    let world = World::start().await;
    let first = world.connection().await;
    let other = new_connection(99, "access-9");
    let refused = connections::connect(&world.db, first.account, &other).await.unwrap();
    assert_eq!(refused, Connected::OtherPortal(first.portal));
    connections::disconnect(&world.db, first.account, first.id).await.unwrap();
    let Connected::New(second) = connections::connect(&world.db, first.account, &other).await.unwrap() else { panic!() };
    assert_ne!(second.id, first.id);
    assert_eq!(settings::get(&world.db, second.id).await.unwrap().mode, Mode::Off, "another portal starts off");
    let back = connections::connect(&world.db, first.account, &new_connection(62_515, "x")).await.unwrap();
    assert_eq!(back, Connected::OtherPortal(PortalId::from_i64(99).unwrap()));
}

#[tokio::test]
async fn a_portal_is_one_account_s_at_a_time() {
    let world = World::start().await;
    let first = world.connection().await;
    let (other, same) = (world.account().await, new_connection(first.portal.get(), "access-2"));
    assert_eq!(connections::connect(&world.db, other, &same).await.unwrap(), Connected::OtherAccount);
    assert_eq!(connections::of_account(&world.db, other).await.unwrap(), None);
    connections::disconnect(&world.db, first.account, first.id).await.unwrap();
    let Connected::New(second) = connections::connect(&world.db, other, &same).await.unwrap() else { panic!() };
    assert_ne!(second.id, first.id, "another account's settings and links are its own");
    assert_eq!(connections::connect(&world.db, first.account, &same).await.unwrap(), Connected::OtherAccount);
}

#[tokio::test]
async fn of_many_that_connect_at_once_one_is_new() {
    let world = World::start().await;
    let account = world.account().await;
    let tasks = (0..8).map(|n| {
        let db = world.db.clone();
        // Half of them for another portal.
        tokio::spawn(async move { connections::connect(&db, account, &new_connection(1 + n % 2, "access")).await.unwrap() })
    });
    let mut new = 0;
    for task in tasks.collect::<Vec<_>>() {
        new += usize::from(matches!(task.await.unwrap(), Connected::New(_)));
    }
    assert_eq!(new, 1);
    assert_eq!(world.number("select count(*) from connections").await, 1);
}

#[tokio::test]
async fn an_unknown_account_cannot_connect() {
    let world = World::start().await;
    let refused = connections::connect(&world.db, domain::AccountId::new(), &new_connection(1, "a")).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound { what: "account" }), "{refused:?}");
}

#[tokio::test]
async fn no_token_rests_in_the_clear_and_a_sealed_one_fits_only_its_row() {
    let world = World::start().await;
    let (mine, theirs) = (world.connection().await, world.connection().await);
    let mut raw = world.raw().await;
    let dump: Vec<String> = sqlx::query_scalar("select c::text || encode(credential, 'escape') from connections c")
        .fetch_all(&mut raw)
        .await
        .unwrap();
    for token in ["access-1", "refresh-1"] {
        assert!(!dump.iter().any(|row| row.contains(token)));
    }
    let moved = "update connections set credential = (select credential from connections where id = $1) where id = $2";
    sqlx::query(moved).bind(mine.id.0).bind(theirs.id.0).execute(&mut raw).await.unwrap();
    let refused = connections::credential(&world.db, theirs.id).await.unwrap_err();
    assert!(matches!(refused, Error::Sealed { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_refused_credential_is_noted_only_while_it_is_the_one_in_use() {
    let world = World::start().await;
    let connection = world.connection().await;
    let (_, old) = connections::credential(&world.db, connection.id).await.unwrap().unwrap();
    connections::connect(&world.db, connection.account, &new_connection(62_515, "access-2")).await.unwrap();
    assert!(!connections::refuse_credential(&world.db, connection.id, old).await.unwrap(), "old news");
    let (_, current) = connections::credential(&world.db, connection.id).await.unwrap().unwrap();
    assert!(connections::refuse_credential(&world.db, connection.id, current).await.unwrap());
    let status = async || connections::get(&world.db, connection.id).await.unwrap().unwrap().status;
    assert_eq!(status().await, ConnectionStatus::ReauthRequired);
    assert!(connections::set_status(&world.db, connection.id, ConnectionStatus::Active).await.unwrap());
    assert_eq!(status().await, ConnectionStatus::Active);
    let refused = connections::set_status(&world.db, connection.id, ConnectionStatus::Disconnected).await.unwrap_err();
    assert!(matches!(refused, Error::Constraint { .. }), "ending has to wipe the credential: {refused:?}");
}
