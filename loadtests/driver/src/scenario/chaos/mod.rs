//! Everything breaks, at random by the seed, while conversations go on coming in. Then quiet, and the audit.

mod disorder;
mod traces;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    connection::UniqueMode,
    settings::{Mode, OnNoMatch},
};
use hubspot_sim::{Config, PortalOptions};
use serde_json::json;
use time::OffsetDateTime;
use tokio::{sync::watch, time::sleep};

use self::{disorder::Disorder, traces::Traces};
use crate::{
    audit::{Audit, engagements},
    conversations::Conversations,
    options::Cli,
    platform::{self, Report as Reported},
    report::{Report, count},
    services::{self, say},
    wires::Wires,
    world::{World, all, know},
};

const TENANTS: usize = 4;
/// Callers of a portal, a third of whom HubSpot knows.
const CALLERS: usize = 120;
const KNOWN: usize = 40;
/// Conversations a second, of all tenants.
const PER_SECOND: f64 = 40.0;
/// Connections of the platform.
const AT_ONCE: usize = 24;
/// How long everything may take to come to rest.
const REST_WITHIN: Duration = Duration::from_mins(6);
const LOOK_EVERY: Duration = Duration::from_secs(2);

pub(crate) async fn run(cli: &Cli, binary: &Path, minutes: f64, mode: UniqueMode) -> anyhow::Result<Report> {
    let mut report = Report::new("chaos");
    let started = Instant::now();
    let config = Config { seed: cli.seed, token_lifetime: Duration::from_mins(2), ..Config::default() };
    let mut world = World::make(config).await?;
    for _ in 0..TENANTS {
        let tenant = world.lab.oauth_tenant(PortalOptions::default(), all(mode)).await?;
        world.lab.set(&tenant, Mode::SummaryTranscript, OnNoMatch::Create).await?;
        know(&tenant, KNOWN);
        world.tenants.push(tenant);
    }
    let wires = Wires::lay(&world.lab).await?;
    let mut disorder = Disorder::begin(cli, &world, binary, &wires).await?;

    // The platform reports until told to stop; what it was told is accepted is what the audit asks for.
    let api = disorder.api();
    let (stop, stopped) = watch::channel(false);
    let platform = Platform { world: &world, seed: cli.seed, next: AtomicUsize::new(0), api: api.clone() };
    let length = Duration::from_secs_f64(minutes * 60.0);
    let (accepted, ()) = tokio::try_join!(platform.report(stopped), async {
        disorder.reign(length).await?;
        stop.send_replace(true);
        anyhow::Ok(())
    })?;
    say("quiet: everything is mended, and what is in flight may come to rest");
    disorder.end().await?;

    let http = testkit::http_client();
    let url = api.borrow().clone();
    let mended = Instant::now();
    let audit = loop {
        let mut audit = Audit::default();
        for (tenant, accepted) in world.tenants.iter().zip(&accepted) {
            audit.add(&http, &url, tenant, accepted).await?;
        }
        if audit.open() == 0 || mended.elapsed() > REST_WITHIN {
            break audit;
        }
        say(&format!("{} of {} have not ended after {:.0} s", audit.open(), audit.accepted, mended.elapsed().as_secs_f64()));
        sleep(LOOK_EVERY).await;
    };
    let mut audit = audit;
    audit.add_world(&world);
    let rest = mended.elapsed();
    let off = disorder.exported_while_off(&world.tenants.iter().map(engagements).collect::<Vec<_>>());
    let done = disorder.done();
    let mut traces = Traces::default();
    disorder.stop(&mut traces).await?;
    traces.look_into(&services::folders());

    let rows = done.iter().map(|(what, times)| [(*what).to_owned(), times.to_string()]);
    report.table("what was done to it", ["", "times"], rows);
    report.figure("disorder", json!(done));
    report.figure("minutes", minutes);
    report.figure("seconds_to_rest", rest.as_secs_f64());
    report.figure("mode", mode.as_str());
    report.figure("accepted_per_second", count(audit.accepted) / length.as_secs_f64());
    audit.show(&mut report);
    report.none("engagements made while logging was off", off);
    report.none("logs and files with a card's number", traces.found());
    say(&format!("chaos took {:.0} s", started.elapsed().as_secs_f64()));
    Ok(report)
}

/// Reports conversations of all tenants at a steady rate, each until it is taken.
struct Platform<'w> {
    world: &'w World,
    seed: u64,
    next: AtomicUsize,
    /// Where the API is now.
    api: Arc<watch::Sender<String>>,
}

impl Platform<'_> {
    /// By tenant, what was accepted; what was ignored is none of the fleet's.
    async fn report(&self, stop: watch::Receiver<bool>) -> anyhow::Result<Vec<Vec<String>>> {
        let http = testkit::http_client();
        let started = Instant::now();
        let lines = (0..AT_ONCE).map(|_| async {
            let mut accepted = vec![Vec::new(); TENANTS];
            while !*stop.borrow() {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                let due = Duration::from_secs_f64(count(number) / PER_SECOND);
                sleep(due.saturating_sub(started.elapsed())).await;
                let (tenant, id) = (number % TENANTS, format!("chaos_{number}"));
                let texts = Conversations::new(self.seed, OffsetDateTime::now_utc())?;
                let body = texts.body(&id, number / TENANTS % CALLERS, number);
                let report = Reported { id: id.clone(), key: self.world.tenants[tenant].key.as_str().into(), body };
                if platform::until_taken(&http, &self.api, &report).await? {
                    accepted[tenant].push(id);
                }
            }
            anyhow::Ok(accepted)
        });
        let mut all = vec![Vec::new(); TENANTS];
        for line in futures_util::future::try_join_all(lines).await? {
            for (all, line) in all.iter_mut().zip(line) {
                all.extend(line);
            }
        }
        Ok(all)
    }
}
