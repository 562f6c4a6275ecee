//! Many portals with ample limits: how many conversations a second get through, and how long one takes when there is room.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use domain::connection::UniqueMode;
use hubspot_sim::Config;
use time::OffsetDateTime;

use crate::{
    conversations::Conversations,
    fleet::{Fleet, ample},
    floor,
    latency::{self, Latency},
    machine,
    options::Cli,
    platform::{self, Report as Reported, Taken},
    progress::Progress,
    report::{Report, count},
    services::{self, Service, say},
    world::World,
};

const PORTALS: usize = 100;
const CONVERSATIONS: usize = 20_000;
/// So many times fewer.
const QUICK: usize = 4;
/// Callers of a portal, of whom HubSpot knows the first.
const CALLERS: usize = 50;
const KNOWN: usize = 25;
/// Bytes of an event, sealed.
const BYTES: usize = 6_000;
/// Connections of the platform.
const AT_ONCE: usize = 64;
/// The share of the most that goes through at which times are taken.
const CALM: f64 = 0.5;
const LOOK_EVERY: Duration = Duration::from_millis(20);
const STANDS_STILL: Duration = Duration::from_mins(1);
const BAR: f64 = 0.35;

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    measure(cli, binary, "throughput", cli.scaled(CONVERSATIONS)).await
}

/// The same with few conversations: ratios, not records.
pub(crate) async fn quick(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    measure(cli, binary, "quick", cli.scaled(CONVERSATIONS / QUICK)).await
}

async fn measure(cli: &Cli, binary: &Path, name: &'static str, conversations: usize) -> anyhow::Result<Report> {
    let mut report = Report::new(name);
    let mut world = World::make(limitless()).await?;
    say("measuring the bare chain");
    let broker = [services::watched(Service::RabbitMq)?];
    let idle = machine::read(&broker);
    let floor_before = floor::measure(&world.lab.vhost.url(), conversations, BYTES).await?;
    let floor_cost = idle.until(&machine::read(&broker));

    world.add_tenants(PORTALS.min(conversations), UniqueMode::Unique, KNOWN).await?;
    let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, ample()).await?;
    let api = fleet.api()?;
    let http = testkit::http_client();
    // What is only done once: learning callers, filling caches.
    pass(&world, &http, &api, "warming up", reports(cli, &world, "warm", conversations / 4)?, None).await?;

    let watched = fleet.watched()?;
    let requests = requests(&world);
    let before = (machine::read(&watched), world.lab.database.counters().await?);
    let taken = pass(&world, &http, &api, "as fast as it goes", reports(cli, &world, "fast", conversations)?, None).await?;
    let after = (machine::read(&watched), world.lab.database.counters().await?);
    let cost = before.0.until(&after.0);
    let rate = count(conversations) / cost.seconds;
    let saturated = Latency::of_exports(&world.tenants, &taken)?;
    let requests = self::requests(&world) - requests;

    let calm = conversations / 2;
    let taken = pass(&world, &http, &api, "at half of that", reports(cli, &world, "calm", calm)?, Some(rate * CALM)).await?;
    let calm = Latency::of_exports(&world.tenants, &taken)?;
    let memory = machine::memory(&watched);
    fleet.stop(Duration::from_secs(40)).await?;

    say("measuring the bare chain again");
    let floor_after = floor::measure(&world.lab.vhost.url(), conversations, BYTES).await?;
    let floor = f64::midpoint(floor_before, floor_after);

    report.table(
        "a second",
        ["", "conversations"],
        [
            ["bare chain of three hops, before and after".to_owned(), format!("{floor_before:.0} / {floor_after:.0}")],
            ["POST to engagement".to_owned(), format!("{rate:.0}")],
        ],
    );
    let each = |total: f64| format!("{:.2}", total / count(conversations));
    let spent = &after.1 - &before.1;
    report.table(
        "a conversation",
        ["", "count"],
        [
            ["requests to HubSpot".to_owned(), each(f64::from(u32::try_from(requests)?))],
            ["transactions of PostgreSQL".to_owned(), each(spent.commits)],
            ["kB of PostgreSQL's log".to_owned(), each(spent.wal_bytes / 1e3)],
            #[expect(clippy::cast_precision_loss, reason = "bytes of a run, far below 2^52")]
            ["kB through the loopback interface, all in all".to_owned(), each(cost.loopback_bytes as f64 / 1e3)],
        ],
    );
    report.cost("CPU of the fleet", &cost, conversations);
    report.cost("CPU of the bare chain", &floor_cost, conversations);
    report.memory(&memory, cli.processes);
    latency::table(&mut report, vec![saturated.row("as fast as it goes"), calm.row("at half of that")]);
    report.figure("per_second", rate);
    report.figure("floor_per_second", floor);
    report.figure("latency_saturated_ms", saturated.json());
    report.figure("latency_calm_ms", calm.json());
    report.at_least("conversations a second, of the bare chain's", rate / floor, BAR);
    let audit = world.lab.sim.audit("writeback_conversation_id");
    report.none("doubled engagements", audit.duplicate_engagements.len());
    report.none("doubled contacts", audit.duplicate_contacts.len());
    Ok(report)
}

/// HubSpot without limits or delays: it must not be what is measured.
pub(crate) fn limitless() -> Config {
    Config { burst_limit: 10_000_000, search_per_second: 10_000_000, index_delay: Duration::ZERO, ..Config::default() }
}

fn requests(world: &World) -> u64 {
    world.lab.sim.counts().iter().map(|row| row.count).sum()
}

/// So many conversations, spread over the portals and their callers.
pub(crate) fn reports(cli: &Cli, world: &World, name: &str, conversations: usize) -> anyhow::Result<Vec<Reported>> {
    let texts = Conversations::new(cli.seed, OffsetDateTime::now_utc())?;
    let keys: Vec<Arc<str>> = world.tenants.iter().map(|tenant| tenant.key.as_str().into()).collect();
    let report = |number: usize| {
        let id = format!("{name}_{number}");
        let body = texts.body(&id, number / keys.len() % CALLERS, number);
        Reported { id, key: Arc::clone(&keys[number % keys.len()]), body }
    };
    Ok((0..conversations).map(report).collect())
}

/// Reports all and waits until HubSpot has an engagement for each.
pub(crate) async fn pass(
    world: &World,
    http: &reqwest::Client,
    api: &str,
    what: &str,
    reports: Vec<Reported>,
    per_second: Option<f64>,
) -> anyhow::Result<Taken> {
    let conversations = reports.len();
    let exported = wait_for_engagements(world, what, world.engagements(), conversations);
    let reported = platform::report_all(http, api, reports, AT_ONCE, per_second);
    Ok(tokio::try_join!(reported, exported)?.0)
}

/// Waits until HubSpot has so many more engagements than it had before.
pub(crate) async fn wait_for_engagements(world: &World, what: &str, before: usize, more: usize) -> anyhow::Result<()> {
    let mut progress = Progress::new(what, more);
    let mut last = (before, Instant::now());
    while last.0 - before < more {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = world.engagements();
        progress.at(now - before);
        if now > last.0 {
            last = (now, Instant::now());
        }
        ensure!(last.1.elapsed() < STANDS_STILL, "nothing gets through any more, {} of {more} are", now - before);
    }
    Ok(())
}
