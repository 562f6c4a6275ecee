//! HubSpot's limits, with several processes at full speed.

use std::time::{Duration, Instant};

use domain::{Phone, Region, budget::Class};
use hubspot_sim::{ConfigPatch, Fault, FaultKind, Policy};
use writeback_hubspot::{Budgets, Caller, Config, ErrorClass, HubSpot, Rate, ThrottleScope, TieBreak, identify::Rule};

use crate::world::{World, bulk, class};

const RULE: Rule = Rule { region: Region::US, tie_break: TieBreak::MostRecentlyActive };

fn caller(i: usize) -> Caller {
    Caller { phone: Phone::try_from(format!("+1415555{i:04}")).ok(), ..Caller::default() }
}

async fn search_for(hubspot: HubSpot, world_connection: domain::ConnectionId, until: Instant, from: usize) -> usize {
    let mut searches = 0;
    while Instant::now() < until {
        let answer = bulk(&hubspot, world_connection).identify(&[caller(from + searches)], RULE).await.pop().unwrap();
        answer.unwrap();
        searches += 1;
    }
    searches
}

#[tokio::test]
async fn two_processes_that_search_at_full_speed_are_never_refused() {
    let world = World::start().await;
    let other = world.another_process(&world.config()).await;
    let until = Instant::now() + Duration::from_millis(2_500);
    let tasks: Vec<_> = (0..6)
        .map(|i| {
            let hubspot = if i % 2 == 0 { world.hubspot.clone() } else { other.clone() };
            tokio::spawn(search_for(hubspot, world.connection, until, i * 1000))
        })
        .collect();
    let mut searches = 0;
    for task in tasks {
        searches += task.await.unwrap();
    }
    assert_eq!(world.portal.rate_limited_count(), 0);
    assert!(searches >= 6, "{searches} searches");
}

#[tokio::test]
async fn two_processes_that_read_at_full_speed_are_never_refused() {
    let world = World::start().await;
    // A small window, so that it is filled several times over.
    let window = Duration::from_millis(500);
    world.sim.configure(&ConfigPatch { burst_limit: Some(33), burst_window_ms: Some(500), ..ConfigPatch::default() });
    let burst = Rate { limit: 30, window, burst: 5, reserve: 1 };
    let config = Config { budgets: Budgets { burst, ..Budgets::default() }, ..world.config() };
    let processes = [world.another_process(&config).await, world.another_process(&config).await];
    let tasks: Vec<_> = (0..80)
        .map(|i| {
            let portal = bulk(&processes[i % 2], world.connection);
            tokio::spawn(async move { portal.account().await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(world.portal.rate_limited_count(), 0);
}

#[tokio::test]
async fn a_429_stops_every_process_and_costs_one_request() {
    let world = World::start().await;
    let other = world.another_process(&world.config()).await;
    bulk(&other, world.connection).account().await.unwrap();
    let limited = FaultKind::RateLimited { policy: Policy::TenSecondlyRolling, retry_after: Some(30) };
    world.portal.fault(Fault::new(limited));
    let told = class(world.bulk().with_patience(Duration::ZERO).account().await);
    let (scope, retry_after) = (ThrottleScope::Burst, Duration::from_secs(30));
    assert_eq!(told, ErrorClass::Throttled { scope, retry_after });
    world.portal.clear_faults();
    let sent = world.portal.request_count("GET", "account-info");
    for hubspot in [&world.hubspot, &other] {
        for class_of in [Class::Live, Class::Bulk] {
            let portal = hubspot.portal(world.connection, class_of).with_patience(Duration::from_millis(10));
            let told = class(portal.account().await);
            assert!(
                matches!(told, ErrorClass::Throttled { retry_after, .. } if retry_after > Duration::from_secs(20)),
                "{told:?}"
            );
        }
    }
    assert_eq!(world.portal.request_count("GET", "account-info"), sent);
    // Searches have a budget of their own.
    world.bulk().identify(&[caller(1)], RULE).await.pop().unwrap().unwrap();
}

#[tokio::test]
async fn a_spent_budget_is_said_at_once_to_those_who_do_not_wait() {
    let world = World::start().await;
    let burst = Rate { limit: 4, window: Duration::from_mins(1), burst: 2, reserve: 1 };
    let config = Config { budgets: Budgets { burst, ..Budgets::default() }, ..world.config() };
    let hubspot = world.another_process(&config).await;
    let at_once = |class| hubspot.portal(world.connection, class).with_patience(Duration::ZERO);
    at_once(Class::Bulk).account().await.unwrap();
    let told = class(at_once(Class::Bulk).account().await);
    assert!(matches!(told, ErrorClass::Throttled { scope: ThrottleScope::Burst, .. }), "{told:?}");
    // The reserve is for those who have a person waiting.
    at_once(Class::Live).account().await.unwrap();
    assert!(matches!(class(at_once(Class::Live).account().await), ErrorClass::Throttled { .. }));
    assert_eq!(world.portal.request_count("GET", "account-info"), 2);
}

#[tokio::test]
async fn a_smaller_limit_in_the_headers_is_kept_to() {
    let world = World::start().await;
    world.sim.configure(&ConfigPatch { burst_limit: Some(22), burst_window_ms: Some(1_000), ..ConfigPatch::default() });
    let burst = Rate { limit: 60, window: Duration::from_secs(1), burst: 4, reserve: 1 };
    let config = Config { budgets: Budgets { burst, ..Budgets::default() }, ..world.config() };
    let hubspot = world.another_process(&config).await;
    for _ in 0..50 {
        bulk(&hubspot, world.connection).account().await.unwrap();
    }
    assert_eq!(world.portal.rate_limited_count(), 0);
}

#[tokio::test]
async fn a_day_that_is_nearly_spent_is_left_to_live_calls() {
    let world = World::start().await;
    world.connect_statically().await;
    world.sim.configure(&ConfigPatch { daily_limit: Some(20), ..ConfigPatch::default() });
    let live = world.hubspot.portal(world.connection, Class::Live);
    for _ in 0..19 {
        live.account().await.unwrap();
    }
    let told = class(world.bulk().with_patience(Duration::ZERO).account().await);
    assert!(matches!(told, ErrorClass::Throttled { scope: ThrottleScope::Daily, .. }), "{told:?}");
    live.account().await.unwrap();
    let told = class(live.account().await);
    assert!(matches!(told, ErrorClass::Throttled { scope: ThrottleScope::Daily, .. }), "{told:?}");
}
