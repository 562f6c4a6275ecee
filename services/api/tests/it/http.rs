//! What every request meets: limits, refusals, an orderly end.

use std::{num::NonZeroU32, time::Duration};

use api::Config;
use reqwest::{Method, header};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{World, conversation, eventually};

const EVENTS: &str = "/events/conversation-finished";

/// Sends the head of a request whose body never comes.
async fn half_a_request(world: &World, key: &str) -> TcpStream {
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "POST {EVENTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\n\
         content-length: 100\r\n\r\n{{"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Reads until the head and something of the body are there.
async fn answered(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    while !text.windows(7).any(|w| w == b"\"code\":") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert_ne!(read, 0, "{}", String::from_utf8_lossy(&text));
        text.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(text).unwrap()
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_too() {
    let world = World::start().await;
    for path in ["/nothing", "/events", "/console/nothing"] {
        assert_eq!(world.call(Method::GET, path, |r| r).await.problem(404), "no_such_path");
    }
    let mut browser = world.browser();
    let page = browser.send(Method::GET, "/console/nothing", &[("accept", "text/html,*/*;q=0.8")], None).await;
    page.says(404, "There is nothing at this path");
    let wrong = world.call(Method::PUT, "/api-keys", |r| r).await;
    assert_eq!(wrong.problem(405), "method_not_allowed");
    assert_eq!(wrong.header("allow"), Some("GET,HEAD,POST"));
}

#[tokio::test]
async fn a_body_must_be_json_and_small_enough() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let sent = async |kind: &'static str, body: String| {
        let change = |r: reqwest::RequestBuilder| r.bearer_auth(&tenant.key).header(header::CONTENT_TYPE, kind).body(body);
        world.call(Method::POST, EVENTS, change).await
    };
    for broken in ["", "{", "{\"a\":}", "{} {}", "\u{feff}{}", &"[".repeat(1000)] {
        assert_eq!(sent("application/json", broken.to_owned()).await.problem(400), "malformed_json", "{broken}");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
        assert_eq!(sent(kind, "{}".to_owned()).await.problem(415), "not_json");
    }
    let bare = world.call(Method::POST, EVENTS, |r| r.bearer_auth(&tenant.key).body("{}")).await;
    assert_eq!(bare.problem(415), "not_json");
    for kind in ["application/json; charset=utf-8", "Application/JSON", "application/cloudevents+json"] {
        assert_eq!(sent(kind, "{}".to_owned()).await.problem(422), "invalid");
    }

    let limit = Config::default().body_bytes_max;
    let body = conversation("conv_1").to_string();
    let fits = format!("{body}{}", " ".repeat(limit - body.len()));
    assert_eq!(sent("application/json", fits.clone()).await.with(202)["reason"], "not_connected");
    assert_eq!(sent("application/json", fits + " ").await.problem(413), "body_too_large");
}

#[tokio::test]
async fn a_body_without_a_length_is_limited_as_well() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut stream = TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "POST {EVENTS} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\n\r\n",
        tenant.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("{:x}\r\n{}\r\n", 64 * 1024, " ".repeat(64 * 1024));
    for _ in 0..33 {
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    let answer = answered(stream).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("\"body_too_large\""), "{answer}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let world = World::with(Config { body_timeout: Duration::from_millis(50), ..Config::default() }).await;
    let tenant = world.tenant().await;
    let answer = answered(half_a_request(&world, &tenant.key).await).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"body_too_slow\""), "{answer}");
    assert!(answer.contains("retry-after: "), "{answer}");
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let world = World::with(Config { request_timeout: Duration::from_millis(50), ..Config::default() }).await;
    let tenant = world.tenant().await;
    let answer = answered(half_a_request(&world, &tenant.key).await).await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("\"timed_out\""), "{answer}");
}

#[tokio::test]
async fn more_than_can_be_in_hand_is_shed() {
    let world = World::with(Config { requests_max: 1, ..Config::default() }).await;
    let tenant = world.tenant().await;
    let in_hand = half_a_request(&world, &tenant.key).await;
    let shed = eventually("the first request is in hand", async || {
        Some(world.get("/integrations/hubspot", &tenant.key).await).filter(|answer| answer.status != 200)
    })
    .await;
    assert_eq!((shed.problem(503), shed.header("retry-after")), ("overloaded", Some("1")));
    drop(in_hand);
    eventually("there is room again", async || {
        (world.get("/integrations/hubspot", &tenant.key).await.status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_key_that_asks_too_often_waits_and_others_do_not() {
    let slow = NonZeroU32::new(1).unwrap();
    let burst = NonZeroU32::new(3).unwrap();
    let config = Config { key_requests_per_second: slow, key_requests_burst: burst, ..Config::default() };
    let world = World::with(config).await;
    let (busy, quiet) = (world.tenant().await, world.tenant().await);
    for _ in 0..3 {
        world.get("/integrations/hubspot", &busy.key).await.with(200);
    }
    let late = world.get("/integrations/hubspot", &busy.key).await;
    assert_eq!((late.problem(429), late.header("retry-after")), ("too_many_requests", Some("1")));
    world.get("/integrations/hubspot", &quiet.key).await.with(200);
}

#[tokio::test]
async fn without_a_database_the_answer_is_to_try_again() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    world.db.close().await;
    let answer = world.get("/integrations/hubspot", &tenant.key).await;
    assert_eq!(answer.problem(503), "storage_unavailable");
}

#[tokio::test]
async fn what_is_in_hand_is_answered_when_the_service_stops() {
    let world = World::start().await;
    let tenant = world.tenant().await;
    let mut in_hand = half_a_request(&world, &tenant.key).await;
    world.get("/integrations/hubspot", &tenant.key).await.with(200);
    world.stop.cancel();
    eventually("nobody is let in any more", async || TcpStream::connect(world.address).await.err()).await;
    in_hand.write_all(&[b' '; 99]).await.unwrap();
    let answer = answered(in_hand).await;
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"malformed_json\""), "{answer}");
    world.server.await.unwrap().unwrap();
}

#[tokio::test]
async fn each_answer_has_an_id_of_ours() {
    let world = World::start().await;
    let asked = |r: reqwest::RequestBuilder| r.header("x-request-id", "+14155550123").json(&json!({}));
    let (first, second) = (world.call(Method::GET, "/", asked).await, world.call(Method::GET, "/", asked).await);
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    assert_ne!(first.header("x-request-id"), Some("+14155550123"));
}
