use sqlx::ConnectOptions as _;
use store::Error;

use crate::world::World;

#[tokio::test]
async fn migrations_run_any_number_of_times_and_at_once() {
    let world = World::start().await;
    sqlx::raw_sql("drop schema public cascade; create schema public").execute(&mut world.raw().await).await.unwrap();
    let all = world.db.migrations_pending().await.unwrap();
    assert!(all.len() >= 6, "{all:?}");
    let others = [world.another_process().await, world.another_process().await];
    let (a, b, c) = tokio::join!(world.db.migrate(), others[0].migrate(), others[1].migrate());
    a.and(b).and(c).unwrap();
    assert_eq!(world.db.migrations_pending().await.unwrap(), Vec::<i64>::new());
    world.db.migrate().await.unwrap();
}

#[tokio::test]
async fn the_server_ends_statements_and_waits_that_take_too_long() {
    let world = World::start_with(|config| {
        config.statement_timeout = std::time::Duration::from_millis(300);
        config.lock_timeout = std::time::Duration::from_millis(50);
    })
    .await;
    let connection = world.connection().await;
    let mut holder = world.options.connect().await.unwrap();
    sqlx::raw_sql("begin; select * from connections for update").execute(&mut holder).await.unwrap();
    let modes = domain::connection::UniqueModes::PLAIN;
    let refused = store::connections::set_unique_modes(&world.db, connection.id, modes).await.unwrap_err();
    assert!(matches!(refused, Error::Unavailable { .. }) && refused.is_retryable(), "{refused:?}");
}

#[tokio::test]
async fn a_database_that_is_gone_is_unavailable_and_comes_back() {
    let world = World::start().await;
    world.db.ping().await.unwrap();
    let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    world.number(end).await;
    // Each dead connection of the pool is noticed once.
    let mut failures = 0;
    while let Err(error) = world.db.ping().await {
        assert!(error.is_retryable(), "{error:?}");
        failures += 1;
        assert!(failures <= 4, "the pool never recovers");
    }
}

#[tokio::test]
async fn a_wrong_address_or_database_shows_at_start() {
    let keys = || std::sync::Arc::new(format!("k1:{}=", "A".repeat(43)).parse().unwrap());
    let mut config = store::Config::new("postgres://nobody:secret@127.0.0.1:1/none".into());
    config.acquire_timeout = std::time::Duration::from_millis(500);
    assert!(!format!("{config:?}").contains("secret"));
    let refused = store::Db::connect(config, keys()).await.unwrap_err();
    assert!(refused.is_retryable(), "it may come up later: {refused:?}");
    let refused = store::Db::connect(store::Config::new("no address".into()), keys()).await.unwrap_err();
    assert!(!refused.is_retryable(), "{refused:?}");
}
