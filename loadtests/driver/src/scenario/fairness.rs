//! One portal with a backlog beside quiet ones: how long these wait, against how long they wait alone.

use std::{path::Path, sync::Arc, time::Duration};

use domain::connection::UniqueMode;
use hubspot_sim::Config;
use time::OffsetDateTime;

use super::throughput::{pass, wait_for_engagements};
use crate::{
    conversations::Conversations,
    fleet::{Fleet, usual},
    latency::{self, Latency},
    options::Cli,
    platform::{self, Report as Reported},
    report::{Report, count},
    services::say,
    world::{World, all, know},
};

const QUIET: usize = 50;
const BACKLOG: usize = 50_000;
/// Conversations of all quiet portals together: so many a second, for so long.
const PER_SECOND: f64 = 10.0;
const SECONDS: f64 = 30.0;
const CALLERS: usize = 20;
const BUSY_CALLERS: usize = 2_000;
const AT_ONCE: usize = 64;
const BAR: f64 = 3.0;

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("fairness");
    let mut world = World::make(Config::default()).await?;
    world.add_tenants(QUIET, UniqueMode::Unique, CALLERS).await?;
    let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, usual()).await?;
    let (http, api) = (testkit::http_client(), fleet.api()?);
    let texts = Conversations::new(cli.seed, OffsetDateTime::now_utc())?;
    let few = (PER_SECOND * SECONDS).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let few = few as usize;
    let quiet = |name: &str| -> Vec<Reported> {
        let report = |number: usize| {
            let (tenant, id) = (&world.tenants[number % QUIET], format!("{name}_{number}"));
            Reported { body: texts.body(&id, number / QUIET % CALLERS, number), id, key: tenant.key.as_str().into() }
        };
        (0..few).map(report).collect()
    };
    pass(&world, &http, &api, "warming up", quiet("warm"), None).await?;
    let taken = pass(&world, &http, &api, "the quiet ones alone", quiet("alone"), Some(PER_SECOND)).await?;
    let alone = Latency::of_exports(&world.tenants, &taken)?;

    let busy = world.lab.tenant(hubspot_sim::PortalOptions::default(), all(UniqueMode::Unique)).await?;
    world.lab.set(&busy, domain::settings::Mode::SummaryTranscript, domain::settings::OnNoMatch::Create).await?;
    know(&busy, BUSY_CALLERS);
    let key: Arc<str> = busy.key.as_str().into();
    let backlog = (0..cli.scaled(BACKLOG)).map(|number| {
        let id = format!("busy_{number}");
        Reported { body: texts.body(&id, number % BUSY_CALLERS, number), id, key: key.clone() }
    });
    say("one portal's backlog");
    platform::report_all(&http, &api, backlog.collect(), AT_ONCE, None).await?;
    let left_before = cli.scaled(BACKLOG) - busy.portal.count("calls");
    let taken = pass(&world, &http, &api, "the quiet ones beside it", quiet("beside"), Some(PER_SECOND)).await?;
    let left_after = cli.scaled(BACKLOG) - busy.portal.count("calls");
    let beside = Latency::of_exports(&world.tenants, &taken)?;
    let ratio = count(usize::try_from(beside.at(0.99))?) / count(usize::try_from(alone.at(0.99))?);
    report.table(
        "the backlog",
        ["", "conversations"],
        [
            ["when the quiet ones began".to_owned(), left_before.to_string()],
            ["when they were done".to_owned(), left_after.to_string()],
        ],
    );
    latency::table(&mut report, vec![alone.row("quiet portals alone"), beside.row("beside the backlog")]);
    report.figure("alone_ms", alone.json());
    report.figure("beside_ms", beside.json());
    report.figure("backlog_before", left_before);
    report.figure("backlog_after", left_after);
    report.at_most("p99 of quiet portals, of their p99 alone", ratio, BAR);
    report.bar("the backlog outlasts the measurement", left_after.to_string(), "> 0", left_after > 0);
    report.none("refused with 429", usize::try_from(busy.portal.rate_limited_count())?);

    // Not left undone: it must drain as well.
    world.tenants.push(busy);
    let before = world.engagements();
    wait_for_engagements(&world, "draining the backlog", before, left_after).await?;
    fleet.stop(Duration::from_secs(40)).await?;
    Ok(report)
}
