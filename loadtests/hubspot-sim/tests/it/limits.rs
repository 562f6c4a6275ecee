//! Budgets, and what is said when they are spent.

use std::time::Duration;

use hubspot_sim::{Config, PortalOptions};
use serde_json::json;

use crate::world::World;

const CONTACTS: &str = "/crm/objects/2026-09/contacts";

#[tokio::test]
async fn the_burst_budget_rolls_and_search_does_not_spend_it() {
    let world = World::with(Config { burst_limit: 3, ..Config::default() }, PortalOptions::default()).await;
    let first = world.get(CONTACTS).await.expect(200);
    assert_eq!((first.header("x-hubspot-ratelimit-max"), first.header("x-hubspot-ratelimit-remaining")), (Some("3"), Some("2")));
    assert_eq!(first.header("x-hubspot-ratelimit-daily"), None);
    world.post(&format!("{CONTACTS}/search"), json!({})).await.expect(200);
    world.get(CONTACTS).await.expect(200);
    world.get(CONTACTS).await.expect(200);
    let refused = world.get(CONTACTS).await.expect(429);
    assert_eq!((refused.text("/policyName"), refused.text("/errorType")), ("TEN_SECONDLY_ROLLING", "RATE_LIMIT"));
    assert_eq!(refused.header("retry-after"), None);
    assert_eq!(world.portal.rate_limited_count(), 1);
    assert!(world.portal.requests().last().expect("the refused one").rate_limited);
    world.sim.advance(Duration::from_secs(10));
    world.get(CONTACTS).await.expect(200);
}

#[tokio::test]
async fn five_searches_a_second_and_no_headers_on_any() {
    let world = World::with(Config::default(), PortalOptions { search_per_second: Some(2), ..PortalOptions::default() }).await;
    let search = format!("{CONTACTS}/search");
    assert_eq!(world.post(&search, json!({})).await.expect(200).header("x-hubspot-ratelimit-max"), None);
    world.post(&search, json!({})).await.expect(200);
    let refused = world.post(&search, json!({})).await.expect(429);
    assert_eq!((refused.text("/policyName"), refused.header("x-hubspot-ratelimit-max")), ("SECONDLY", None));
    world.sim.advance(Duration::from_secs(1));
    world.post(&search, json!({})).await.expect(200);
}

#[tokio::test]
async fn a_day_has_a_limit_where_one_is_set_and_the_wait_is_told_on_request() {
    let config = Config { retry_after: true, ..Config::default() };
    let world = World::with(config, PortalOptions { daily_limit: Some(1), ..PortalOptions::default() }).await;
    assert_eq!(world.get(CONTACTS).await.expect(200).header("x-hubspot-ratelimit-daily-remaining"), Some("0"));
    let refused = world.get(CONTACTS).await.expect(429);
    assert_eq!(refused.text("/policyName"), "DAILY");
    assert!(refused.header("retry-after").is_some());
}
