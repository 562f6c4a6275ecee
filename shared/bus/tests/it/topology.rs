//! Declared by whoever starts, and checked.

use std::time::Duration;

use bus::{Bus, Config, Error};
use lapin::{
    options::{QueueDeclareOptions, QueueDeleteOptions},
    types::FieldTable,
};

use crate::{
    broker::ready,
    world::{KEY_1, World, config, keys},
};
use testkit::Vhost;

#[tokio::test]
async fn starting_again_changes_nothing() {
    let world = World::start().await;
    let again = Bus::connect(config(&world.vhost.url()), keys(KEY_1)).await.unwrap();
    let (_connection, channel) = world.channel().await;
    for queue in ["redact.0", "redact.1", "match.1", "post.0", "poison", "delay.100ms", "delay.400ms"] {
        assert_eq!(ready(&channel, &format!("writeback.{queue}")).await, 0);
    }
    assert!(again.health().connected && !again.health().blocked);
    again.close().await;
}

#[tokio::test]
async fn a_queue_with_other_arguments_is_named_with_the_remedy() {
    let world = World::start().await;
    let changed = Config { delivery_limit: 7, ..config(&world.vhost.url()) };
    let error = Bus::connect(changed, keys(KEY_1)).await.err().unwrap();
    assert!(
        matches!(&error, Error::Mismatch { name, broker } if name == "queue writeback.redact.0" && broker.contains("x-delivery-limit"))
    );
    assert!(error.to_string().contains("delete"), "{error}");

    let (_connection, channel) = world.channel().await;
    channel.queue_delete("writeback.poison".into(), QueueDeleteOptions::default()).await.unwrap();
    channel.queue_declare("writeback.poison".into(), QueueDeclareOptions::durable(), FieldTable::default()).await.unwrap();
    let error = Bus::connect(config(&world.vhost.url()), keys(KEY_1)).await.err().unwrap();
    assert!(matches!(error, Error::Mismatch { name, .. } if name == "queue writeback.poison"));
}

#[tokio::test]
async fn a_broker_that_is_not_there_is_given_up_in_time_without_telling_the_password() {
    let config = Config { connect_within: Duration::from_millis(500), ..config("amqp://user:hunter2@127.0.0.1:1/%2f") };
    let debug = format!("{config:?}");
    let error = Bus::connect(config, keys(KEY_1)).await.err().unwrap();
    assert!(matches!(error, Error::Unreachable { source: Some(_), .. }));
    assert!(!format!("{error:?}{error}{debug}").contains("hunter2"));

    let error = Bus::connect(self::config("not a uri with hunter2"), keys(KEY_1)).await.err().unwrap();
    assert!(matches!(error, Error::Uri) && !format!("{error:?}{error}").contains("hunter2"));
    let error = Bus::connect(self::config("amqps://user:hunter2@broker/%2f"), keys(KEY_1)).await.err().unwrap();
    assert!(matches!(error, Error::Tls));
}

#[tokio::test]
async fn a_limit_of_zero_is_refused() {
    let vhost = Vhost::create().await.unwrap();
    for change in [|c: &mut Config| c.prefetch = 0, |c: &mut Config| c.batch_max = 0, |c: &mut Config| c.max_attempts = 0] {
        let mut config = config(&vhost.url());
        change(&mut config);
        assert!(matches!(Bus::connect(config, keys(KEY_1)).await, Err(Error::Config { .. })));
    }
}
