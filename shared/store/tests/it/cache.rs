use std::sync::Arc;

use domain::{AccountId, Phone, Region, settings::Mode};
use store::{
    accounts, api_keys,
    cache::GateCache,
    changes::{self, Change},
    connections, own_numbers, settings,
};

use crate::world::{NOON, World};

#[tokio::test]
async fn every_change_is_told() {
    let world = World::start().await;
    let connection = world.connection().await;
    let (key, _) = api_keys::make(&world.db, connection.account, "platform", &[]).await.unwrap();
    let mut changes = changes::listen(&world.db).await.unwrap();
    let of_connection = Change::Connection { account: connection.account, connection: connection.id };

    settings::set(&world.db, connection.account, connection.id, &Mode::Summary.into(), NOON).await.unwrap();
    assert_eq!(changes.next().await, of_connection);
    api_keys::revoke(&world.db, connection.account, key).await.unwrap();
    assert_eq!(changes.next().await, Change::Key(key));
    accounts::set_region(&world.db, connection.account, Region::US).await.unwrap();
    assert_eq!(changes.next().await, Change::Account(connection.account));
    connections::disconnect(&world.db, connection.account, connection.id).await.unwrap();
    assert_eq!(changes.next().await, of_connection);
}

#[tokio::test]
async fn after_a_lost_connection_anything_may_have_changed() {
    let world = World::start().await;
    let account = world.account().await;
    let mut changes = changes::listen(&world.db).await.unwrap();
    let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'";
    assert_eq!(world.number(end).await, 1);
    assert_eq!(changes.next().await, Change::Anything);
    accounts::set_region(&world.db, account, Region::US).await.unwrap();
    assert_eq!(changes.next().await, Change::Account(account));
}

#[tokio::test]
async fn the_cache_forgets_what_changed_and_nothing_else() {
    let world = World::start().await;
    let (mine, theirs) = (world.connection().await, world.connection().await);
    let cache = GateCache::new(&world.db);
    let first = cache.of_account(mine.account).await.unwrap().unwrap();
    let other = cache.of_account(theirs.account).await.unwrap().unwrap();
    assert_eq!((first.live.as_ref().unwrap().settings.mode, first.region), (Mode::Off, Region::US));

    let mut changes = changes::listen(&world.db).await.unwrap();
    settings::set(&world.db, mine.account, mine.id, &Mode::Summary.into(), NOON).await.unwrap();
    assert!(Arc::ptr_eq(&first, &cache.of_account(mine.account).await.unwrap().unwrap()), "no query while it is fresh");
    cache.changed(changes.next().await).await;
    let second = cache.of_account(mine.account).await.unwrap().unwrap();
    assert_eq!(second.live.as_ref().unwrap().settings.mode, Mode::Summary);
    assert!(Arc::ptr_eq(&other, &cache.of_account(theirs.account).await.unwrap().unwrap()));

    let number = Phone::parse("+14155559876", Region::US).unwrap();
    own_numbers::add(&world.db, mine.account, std::slice::from_ref(&number)).await.unwrap();
    connections::disconnect(&world.db, mine.account, mine.id).await.unwrap();
    cache.changed(Change::Anything).await;
    let third = cache.of_account(mine.account).await.unwrap().unwrap();
    assert_eq!((third.live.as_ref(), &third.own_numbers), (None, &vec![number]));
    assert_eq!(cache.of_account(AccountId::new()).await.unwrap(), None);
}
