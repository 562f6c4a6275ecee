//! More processes, more portals: how what a conversation costs moves.

use std::{path::Path, time::Duration};

use domain::connection::UniqueMode;

use super::throughput::{limitless, pass, reports};
use crate::{
    fleet::{Fleet, ample},
    latency::Latency,
    machine,
    options::Cli,
    report::{Report, count, plot},
    services::say,
    world::World,
};

const CONVERSATIONS: usize = 10_000;
const PROCESSES: [u8; 3] = [1, 2, 4];
const PORTALS: [usize; 3] = [10, 1_000, 20_000];
/// Portals while processes vary.
const USUAL: usize = 100;
const KNOWN: usize = 5;
/// A conversation may cost so many times as much CPU with the most portals as with the fewest: batches are of one portal each.
const DEARER_MAX: f64 = 8.0;

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("scale");
    let mut rows = Vec::new();
    let mut of_portals = Vec::new();
    let usual = PROCESSES.map(|processes| (processes, USUAL));
    for (processes, portals) in usual.into_iter().chain(PORTALS.map(|portals| (1, cli.scaled(portals)))) {
        say(&format!("{processes} of each worker, {portals} portals"));
        let mut world = World::make(limitless()).await?;
        world.add_tenants(portals, UniqueMode::Unique, KNOWN).await?;
        let fleet = Fleet::start(&world.lab, cli, binary, processes, ample()).await?;
        let (http, api) = (testkit::http_client(), fleet.api()?);
        let conversations = cli.scaled(CONVERSATIONS).max(portals);
        pass(&world, &http, &api, "warming up", reports(cli, &world, "warm", conversations / 4)?, None).await?;
        let watched = fleet.watched()?;
        let before = (machine::read(&watched), sent(&world));
        let taken = pass(&world, &http, &api, "as fast as it goes", reports(cli, &world, "fast", conversations)?, None).await?;
        let cost = before.0.until(&machine::read(&watched));
        let requests = sent(&world) - before.1;
        let latency = Latency::of_exports(&world.tenants, &taken)?;
        let memory = machine::memory(&watched);
        fleet.stop(Duration::from_mins(1)).await?;
        let ours: f64 = ["api", "redactor", "matcher", "poster"].iter().filter_map(|role| cost.cpu_percent.get(*role)).sum();
        let all: f64 =
            cost.cpu_percent.iter().filter(|(name, _)| !matches!(name.as_str(), "driver" | "simulator")).map(|of| of.1).sum();
        let each = |percent: f64| percent * cost.seconds * 1e4 / count(conversations);
        let most =
            ["redactor", "matcher", "poster"].iter().filter_map(|role| memory.get(*role)).map(|of| of.1).max().unwrap_or(0);
        rows.push([
            processes.to_string(),
            portals.to_string(),
            format!("{:.0}", count(conversations) / cost.seconds),
            format!("{:.0}", each(ours)),
            format!("{:.0}", each(all)),
            format!("{:.2}", count(requests) / count(conversations)),
            latency.at(0.99).to_string(),
            ((most / u64::from(processes)) >> 20).to_string(),
        ]);
        if processes == 1 && portals != USUAL {
            of_portals.push((count(portals), each(all)));
        }
    }
    let head = ["processes", "portals", "a second", "us of ours", "us of all", "requests", "p99 ms", "MiB"];
    report.table("a conversation", head, rows);
    let (first, last) = (of_portals.first().map_or(1.0, |of| of.1), of_portals.last().map_or(1.0, |of| of.1));
    report.at_most("CPU with the most portals, of that with the fewest", last / first, DEARER_MAX);
    report.figure("cost_by_portals", serde_json::json!(of_portals));
    let drawn = of_portals.iter().map(|(portals, each)| (portals.max(1.0).log10(), *each)).collect();
    report.plot(plot::lines(
        "what a conversation costs",
        "portals, as powers of ten",
        "us of CPU",
        &[("fleet, broker, database", drawn)],
    )?);
    Ok(report)
}

fn sent(world: &World) -> usize {
    world.lab.sim.counts().iter().map(|row| usize::try_from(row.count).unwrap_or(0)).sum()
}
