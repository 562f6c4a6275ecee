//! Processes of every role are told to stop, one after the other and again and again, while conversations come in.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::connection::UniqueMode;
use tokio::time::sleep;

use super::throughput::{limitless, reports, wait_for_engagements};
use crate::{
    audit::Audit,
    fleet::{Fleet, WORKERS, ample},
    latency::Latency,
    options::Cli,
    platform,
    report::Report,
    services::say,
    world::World,
};

const PORTALS: usize = 10;
const CONVERSATIONS: usize = 6_000;
const PER_SECOND: f64 = 150.0;
const AT_ONCE: usize = 32;
/// Between two that are told to stop.
const EVERY: Duration = Duration::from_millis(1_500);
/// `WRITEBACK_STOP_WITHIN_MS` and what comes after it.
const WITHIN: Duration = Duration::from_secs(30);

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("stop");
    let conversations = cli.scaled(CONVERSATIONS);
    let mut world = World::make(limitless()).await?;
    world.add_tenants(PORTALS, UniqueMode::Unique, 25).await?;
    let mut fleet = Fleet::start(&world.lab, cli, binary, cli.processes.max(2), ample()).await?;
    let (http, api) = (testkit::http_client(), fleet.api()?);
    let mut times = Latency::new()?;
    let (mut stopped, mut wrong) = (0_usize, 0_usize);
    let reported = platform::report_all(&http, &api, reports(cli, &world, "stop", conversations)?, AT_ONCE, Some(PER_SECOND));
    let exported = wait_for_engagements(&world, "stopping and starting", 0, conversations);
    let mut work = std::pin::pin!(async { tokio::try_join!(reported, exported) });
    let taken = loop {
        tokio::select! {
            done = &mut work => break done?.0,
            () = sleep(EVERY) => {}
        }
        let role = WORKERS[stopped % WORKERS.len()];
        let at = fleet.members.iter().position(|member| member.role == role);
        let Some(at) = at else { continue };
        let process = fleet.members.swap_remove(at).process;
        let asked = Instant::now();
        let ended = process.stop(WITHIN);
        // Its successor comes as in a rolling update, and the conversations go on coming in.
        let (code, started) = tokio::select! {
            both = async { tokio::join!(ended, fleet.add(&world.lab, role)) } => both,
            done = &mut work => { break done?.0 }
        };
        started?;
        times.add(i64::try_from(asked.elapsed().as_millis())?);
        wrong += usize::from(code? != Some(0));
        stopped += 1;
    };
    say("the audit");
    let mut audit = Audit::default();
    for (index, tenant) in world.tenants.iter().enumerate() {
        let of_tenant = taken.keys().filter(|id| number(id).is_some_and(|number| number % PORTALS == index));
        audit.add(&http, &api, tenant, &of_tenant.cloned().collect::<Vec<_>>()).await?;
    }
    audit.add_world(&world);
    let creates = |status: u16| {
        let rows = world.lab.sim.counts();
        let of_calls = rows.iter().filter(|row| row.route.ends_with("/batch/create") && row.status == status);
        usize::try_from(of_calls.map(|row| row.count).sum::<u64>())
    };
    let (conflicts, partly) = (creates(409)?, creates(207)?);
    fleet.stop(Duration::from_secs(40)).await?;
    report.table("milliseconds from SIGTERM to exit", ["", "p50", "p95", "p99", "max"], [times.row("a worker")]);
    report.figure("stopped", stopped);
    report.figure("stop_ms", times.json());
    audit.show(&mut report);
    report.bar("workers stopped", stopped.to_string(), "> 0", stopped > 0);
    report.none("exit codes other than 0", wrong);
    report.none("creates that HubSpot refused as repetitions", conflicts + partly);
    Ok(report)
}

/// The number in a conversation's id.
fn number(id: &str) -> Option<usize> {
    id.rsplit_once('_')?.1.parse().ok()
}
