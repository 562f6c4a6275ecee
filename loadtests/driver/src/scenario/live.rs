//! Requests of a skill, while a caller waits, on a portal whose backlog takes all that bulk work may take.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use domain::{Phone, Region, budget::Class, connection::UniqueMode};
use hubspot::{Caller, HubSpot, TieBreak, identify::Rule};
use hubspot_sim::Config;
use time::OffsetDateTime;
use tokio::time::sleep;

use crate::{
    conversations::{Conversations, phone},
    fleet::{Fleet, usual},
    latency::Latency,
    options::Cli,
    platform::{self, Report as Reported},
    report::Report,
    services::say,
    world::World,
};

const BACKLOG: usize = 20_000;
const CALLERS: usize = 2_000;
/// Questions of skills: so many, one each so often. Each is a search.
const QUESTIONS: usize = 60;
const EVERY: Duration = Duration::from_millis(500);
/// How far HubSpot is.
const LATENCY: Duration = Duration::from_millis(30);
const AT_ONCE: usize = 64;
const BAR_MS: f64 = 50.0;

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("live");
    let mut world = World::make(Config { latency: LATENCY, ..Config::default() }).await?;
    world.add_tenants(1, UniqueMode::Unique, CALLERS / 2).await?;
    let tenant = &world.tenants[0];
    let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, usual()).await?;

    // A skill runs in the API's process; here it is this one, with the same client and the same budgets.
    let config = hubspot::Config { api_url: world.lab.sim.url(), ..hubspot::Config::default() };
    let client = HubSpot::new(&config, world.lab.db.clone())?;
    say("questions on an idle system");
    let idle = ask(&client, tenant.connection, 0).await?;

    let texts = Conversations::new(cli.seed, OffsetDateTime::now_utc())?;
    let backlog = (0..cli.scaled(BACKLOG)).map(|number| {
        let id = format!("bulk_{number}");
        Reported { body: texts.body(&id, number % CALLERS, number), id, key: tenant.key.as_str().into() }
    });
    say("filling the queue");
    platform::report_all(&testkit::http_client(), &fleet.api()?, backlog.collect(), AT_ONCE, None).await?;
    say("questions beside the backlog");
    let busy = ask(&client, tenant.connection, QUESTIONS).await?;
    let left = cli.scaled(BACKLOG).saturating_sub(tenant.portal.count("calls"));
    fleet.stop(Duration::from_secs(40)).await?;

    report.table(
        "milliseconds of a question",
        ["", "p50", "p95", "p99", "max"],
        [idle.row("idle"), busy.row("beside the backlog")],
    );
    report.figure("idle_ms", idle.json());
    report.figure("busy_ms", busy.json());
    report.figure("backlog_left", left);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
    let added = busy.at(0.99) as f64 - idle.at(0.99) as f64;
    report.at_most("milliseconds added at p99", added, BAR_MS);
    report.bar("the backlog outlasts the measurement", left.to_string(), "> 0", left > 0);
    report.none("refused with 429", usize::try_from(tenant.portal.rate_limited_count())?);
    Ok(report)
}

/// Who is this caller? Asked of HubSpot each time, one after the other.
async fn ask(client: &HubSpot, connection: domain::ConnectionId, from: usize) -> anyhow::Result<Latency> {
    let portal = client.portal(connection, Class::Live);
    let rule = Rule { region: Region::US, tie_break: TieBreak::MostRecentlyActive };
    let mut latency = Latency::new()?;
    for number in from..from + QUESTIONS {
        let caller = Caller { phone: Phone::parse(&phone(number), Region::US).ok(), ..Caller::default() };
        ensure!(caller.phone.is_some(), "{} is no number", phone(number));
        let asked = Instant::now();
        for answer in portal.identify(&[caller], rule).await {
            answer?;
        }
        latency.add(i64::try_from(asked.elapsed().as_millis())?);
        sleep(EVERY.saturating_sub(asked.elapsed())).await;
    }
    Ok(latency)
}
