//! Steady load for as long as asked: what must be flat is flat.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use domain::connection::UniqueMode;
use serde_json::json;
use testkit::database::Size;
use tokio::time::sleep;

use super::throughput::{limitless, reports, wait_for_engagements};
use crate::{
    fleet::{Fleet, ample},
    machine,
    options::Cli,
    platform,
    report::{Report, count, plot},
    world::World,
};

const PORTALS: usize = 50;
const PER_SECOND: f64 = 100.0;
const AT_ONCE: usize = 16;
const LOOKS: u32 = 120;
/// What is flat may be so much higher at the end than after the first quarter.
const GROWTH_MAX: f64 = 1.15;

/// One look.
struct Look {
    seconds: f64,
    /// MiB by process.
    memory: Vec<(String, f64)>,
    connections: f64,
    /// Conversations that were taken and have no engagement yet.
    behind: f64,
    database: Size,
}

pub(crate) async fn run(cli: &Cli, binary: &Path, minutes: f64) -> anyhow::Result<Report> {
    let mut report = Report::new("soak");
    let mut world = World::make(limitless()).await?;
    world.add_tenants(PORTALS, UniqueMode::Unique, 25).await?;
    let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, ample()).await?;
    let (http, api) = (testkit::http_client(), fleet.api()?);
    let watched = fleet.watched()?;
    let length = Duration::from_secs_f64(minutes * 60.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number of conversations")]
    let conversations = (PER_SECOND * length.as_secs_f64()) as usize;
    let reported = platform::report_all(&http, &api, reports(cli, &world, "soak", conversations)?, AT_ONCE, Some(PER_SECOND));
    let exported = wait_for_engagements(&world, "soaking", 0, conversations);
    let mut looks = Vec::new();
    let looking = async {
        let started = Instant::now();
        loop {
            sleep(length / LOOKS).await;
            let taken = (PER_SECOND * started.elapsed().as_secs_f64()).min(count(conversations));
            let of = |(name, (now, _)): (&String, &(u64, u64))| {
                (name.clone(), count(usize::try_from(*now >> 10).unwrap_or(0)) / 1024.0)
            };
            looks.push(Look {
                seconds: started.elapsed().as_secs_f64(),
                memory: machine::memory(&watched).iter().map(of).collect(),
                connections: world.lab.database.connections().await?,
                behind: (taken - count(world.engagements())).max(0.0),
                database: world.lab.database.size().await?,
            });
        }
    };
    tokio::select! {
        both = async { tokio::try_join!(reported, exported) } => drop(both?),
        ended = looking => { let _: anyhow::Result<()> = ended; anyhow::bail!("the looking ended") }
    }
    fleet.stop(Duration::from_secs(40)).await?;

    judge(&mut report, &looks)?;
    let audit = world.lab.sim.audit("writeback_conversation_id");
    report.none("doubled engagements", audit.duplicate_engagements.len());
    Ok(report)
}

/// Is it flat?
fn judge(report: &mut Report, looks: &[Look]) -> anyhow::Result<()> {
    let of_process = |name: &str| -> Vec<(f64, f64)> {
        let at = |look: &Look| Some((look.seconds, look.memory.iter().find(|(other, _)| other == name)?.1));
        looks.iter().filter_map(at).collect()
    };
    let series = |of: fn(&Look) -> f64| -> Vec<(f64, f64)> { looks.iter().map(|look| (look.seconds, of(look))).collect() };
    let names = ["api", "redactor", "matcher", "poster", "rabbitmq", "postgresql"];
    let mut flat: Vec<(String, Vec<(f64, f64)>)> = names.map(|name| (format!("MiB of {name}"), of_process(name))).into();
    flat.push(("connections to PostgreSQL".to_owned(), series(|look| look.connections)));
    let mut rows = Vec::new();
    for (what, points) in &flat {
        let (early, late) = (median(points, 0.2, 0.4), median(points, 0.8, 1.0));
        rows.push([what.clone(), format!("{early:.0}"), format!("{late:.0}")]);
        // The broker's own memory follows its garbage collection.
        let most = if what.contains("rabbitmq") { 1.5 } else { GROWTH_MAX };
        report.at_most(&format!("growth: {what}"), late / early.max(1.0), most);
    }
    report.table("what must be flat", ["", "after a fifth", "at the end"], rows);
    let behind = series(|look| look.behind);
    report.at_most("conversations behind, at the end", median(&behind, 0.8, 1.0), PER_SECOND * 2.0);
    let each = |look: &Look| look.database.bytes / (PER_SECOND * look.seconds);
    let (middle, last) = (&looks[looks.len() / 2], &looks[looks.len() - 1]);
    report.table(
        "PostgreSQL",
        ["", "half-way", "at the end"],
        [
            ["bytes a conversation, tables and indices".to_owned(), format!("{:.0}", each(middle)), format!("{:.0}", each(last))],
            ["dead rows".to_owned(), format!("{:.0}", middle.database.dead_rows), format!("{:.0}", last.database.dead_rows)],
        ],
    );
    report.at_most("growth: bytes a conversation", each(last) / each(middle), GROWTH_MAX);
    let drawn: Vec<_> = flat.iter().take(4).map(|(what, points)| (what.as_str(), points.clone())).collect();
    report.plot(plot::lines("memory under steady load", "seconds", "MiB", &drawn)?);
    report.figure(
        "looks",
        json!(
            looks
                .iter()
                .map(|look| json!({"seconds": look.seconds, "memory": look.memory,
        "connections": look.connections, "behind": look.behind, "bytes": look.database.bytes}))
                .collect::<Vec<_>>()
        ),
    );
    Ok(())
}

/// Of the values between two shares of the time.
fn median(points: &[(f64, f64)], from: f64, to: f64) -> f64 {
    let last = points.last().map_or(0.0, |(at, _)| *at);
    let mut values: Vec<_> =
        points.iter().filter(|(at, _)| (last * from..=last * to).contains(at)).map(|point| point.1).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
