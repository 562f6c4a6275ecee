use std::time::Duration;

use domain::{
    PortalId,
    budget::{self, Bucket, Class, Policy, Take},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use store::budget::{DAILY_RESERVE, Daily, block, block_at, observe_daily, state, take, take_at};
use time::OffsetDateTime;

use crate::world::World;

const NOW: i64 = 1_795_000_000_000_000;

fn portal(id: i64) -> PortalId {
    PortalId::from_i64(id).unwrap()
}

fn policy(burst: u32, reserve: u32) -> Policy {
    Policy::rolling(100, Duration::from_secs(10), burst, reserve).unwrap()
}

fn at(micros: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap()
}

/// The same budget as a value: what the statement must agree with.
#[derive(Default)]
struct Model {
    tat_us: i64,
    blocked_until_us: i64,
    daily: Option<(i64, i64, i64)>,
}

impl Model {
    fn take(&mut self, policy: Policy, class: Class, now: i64) -> Take {
        let answer = budget::take(policy, class, self.tat_us, now);
        let mut wait = (self.blocked_until_us - now).max(0);
        if let (Class::Bulk, Some((limit, remaining, resets_at))) = (class, self.daily)
            && remaining * DAILY_RESERVE < limit
        {
            wait = wait.max(resets_at - now);
        }
        match answer {
            Take::Refused { wait: until_refilled } => {
                Take::Refused { wait: until_refilled.max(Duration::from_micros(wait.unsigned_abs())) }
            }
            Take::Granted { .. } if wait > 0 => Take::Refused { wait: Duration::from_micros(wait.unsigned_abs()) },
            Take::Granted { tat_us } => {
                self.tat_us = tat_us;
                Take::Granted { tat_us }
            }
        }
    }
}

#[derive(Debug, Clone)]
enum Step {
    Take(Class),
    Block(i64),
    Day { remaining: i64, resets_in_us: i64 },
}

#[test]
fn the_statement_is_the_pure_function() {
    let class = prop::sample::select(vec![Class::Live, Class::Bulk]);
    let step = prop_oneof![
        12 => class.prop_map(Step::Take),
        1 => (0_i64..3_000_000).prop_map(Step::Block),
        1 => (0_i64..400, 1_i64..5_000_000).prop_map(|(remaining, resets_in_us)| Step::Day { remaining, resets_in_us }),
    ];
    // Time may even go backwards, as it does when a clock is set.
    let steps = prop::collection::vec((-50_000_i64..400_000, step), 1..60);
    let policies = (2_u32..200, 100_u64..20_000, 0.0_f64..1.0, 0.0_f64..1.0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::start());
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let mut portals = 1..;
    let portals = std::cell::RefCell::new(&mut portals);
    let test = runner.run(&(policies, steps), |((limit, window_ms, burst, reserve), steps)| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small number")]
        let (burst, reserve) = {
            let burst = ((f64::from(limit - 1) * burst) as u32).max(1);
            (burst, (f64::from(burst) * reserve) as u32)
        };
        let policy = Policy::rolling(limit, Duration::from_millis(window_ms), burst, reserve.min(burst - 1)).unwrap();
        let portal = portal(portals.borrow_mut().next().unwrap());
        runtime.block_on(async {
            let (mut model, mut now) = (Model::default(), NOW);
            for (passed, step) in steps {
                now += passed;
                match step {
                    Step::Take(class) => {
                        let answer = take_at(&world.db, portal, Bucket::Burst, class, policy, now).await.unwrap();
                        prop_assert_eq!(answer, model.take(policy, class, now));
                    }
                    Step::Block(wait) => {
                        let duration = Duration::from_micros(wait.unsigned_abs());
                        block_at(&world.db, portal, Bucket::Burst, duration, "TEST", now).await.unwrap();
                        model.blocked_until_us = model.blocked_until_us.max(now + wait);
                    }
                    Step::Day { remaining, resets_in_us } => {
                        let resets_at = model.daily.map_or(0, |day| day.2).max(now + resets_in_us) + 1;
                        let remaining_now = u64::try_from(remaining).unwrap();
                        let day = Daily { limit: 1000, remaining: remaining_now, resets_at: at(resets_at) };
                        observe_daily(&world.db, portal, day).await.unwrap();
                        model.daily = Some((1000, remaining, resets_at));
                    }
                }
            }
            Ok(())
        })
    });
    test.unwrap();
}

#[tokio::test]
async fn the_whole_fleet_spends_one_budget() {
    let world = World::start().await;
    let policy = policy(10, 4);
    let mut tasks = Vec::new();
    for db in [world.db.clone(), world.another_process().await] {
        for n in 0..40 {
            let (db, class) = (db.clone(), if n % 2 == 0 { Class::Live } else { Class::Bulk });
            tasks.push(tokio::spawn(async move {
                matches!(take_at(&db, portal(1), Bucket::Burst, class, policy, NOW).await.unwrap(), Take::Granted { .. })
            }));
        }
    }
    let mut granted = 0;
    for task in tasks {
        granted += usize::from(task.await.unwrap());
    }
    assert_eq!(granted, 10);
}

#[tokio::test]
async fn portals_and_buckets_are_apart() {
    let world = World::start().await;
    let policy = policy(1, 0);
    let granted = async |id, bucket| {
        matches!(take_at(&world.db, portal(id), bucket, Class::Live, policy, NOW).await.unwrap(), Take::Granted { .. })
    };
    assert!(granted(1, Bucket::Burst).await && !granted(1, Bucket::Burst).await);
    assert!(granted(1, Bucket::Search).await && granted(2, Bucket::Burst).await);
}

#[tokio::test]
async fn by_the_databases_clock_a_budget_fills_a_block_stops_all_and_the_page_shows_both() {
    let world = World::start().await;
    let (db, other) = (&world.db, world.another_process().await);
    assert_eq!(state(db, portal(1)).await.unwrap(), store::budget::BudgetState::default());
    assert!(matches!(take(db, portal(1), Bucket::Burst, Class::Bulk, policy(10, 4)).await.unwrap(), Take::Granted { .. }));
    block(&other, portal(1), Bucket::Burst, Duration::from_mins(1), "TEN_SECONDLY_ROLLING").await.unwrap();
    block(&other, portal(1), Bucket::Burst, Duration::from_secs(5), "SECONDLY").await.unwrap();
    let Take::Refused { wait } = take(db, portal(1), Bucket::Burst, Class::Live, policy(10, 4)).await.unwrap() else {
        panic!("a block must be obeyed")
    };
    assert!(wait > Duration::from_secs(50) && wait <= Duration::from_mins(1), "the longer block stays: {wait:?}");
    let shown = state(db, portal(1)).await.unwrap();
    let bucket = &shown.buckets[0];
    assert_eq!((bucket.bucket, bucket.blocked.as_ref().unwrap().1.as_str()), (Bucket::Burst, "TEN_SECONDLY_ROLLING"));
    let drift = bucket.paid_back_at - OffsetDateTime::now_utc();
    assert!(drift.abs() < time::Duration::seconds(30), "microseconds since 1970: {drift}");
}

#[tokio::test]
async fn a_day_that_is_nearly_spent_stops_bulk_and_leaves_live_calls() {
    let world = World::start().await;
    let day = |remaining, resets_at| Daily { limit: 1000, remaining, resets_at: at(resets_at) };
    let tomorrow = NOW + 3_600_000_000;
    let answer = async |class, now| take_at(&world.db, portal(1), Bucket::Burst, class, policy(50, 5), now).await.unwrap();
    observe_daily(&world.db, portal(1), day(100, tomorrow)).await.unwrap();
    assert!(matches!(answer(Class::Bulk, NOW).await, Take::Granted { .. }), "a tenth is left");
    observe_daily(&world.db, portal(1), day(99, tomorrow)).await.unwrap();
    observe_daily(&world.db, portal(1), day(500, tomorrow)).await.unwrap();
    assert_eq!(answer(Class::Bulk, NOW).await, Take::Refused { wait: Duration::from_hours(1) }, "an answer that was overtaken");
    assert!(matches!(answer(Class::Live, NOW).await, Take::Granted { .. }));
    assert!(matches!(answer(Class::Bulk, tomorrow).await, Take::Granted { .. }), "a new day");
    assert_eq!(state(&world.db, portal(1)).await.unwrap().daily, Some(day(99, tomorrow)));
    observe_daily(&world.db, portal(1), day(900, tomorrow + 1)).await.unwrap();
    assert_eq!(state(&world.db, portal(1)).await.unwrap().daily, Some(day(900, tomorrow + 1)));
}
