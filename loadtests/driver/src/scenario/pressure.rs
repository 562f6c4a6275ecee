//! A full broker, a slow database, a slow HubSpot: each must end in clear 503s or in waiting, in bounded memory, and with `GET`s
//! answered all the while; and nothing that was accepted is lost.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use domain::connection::UniqueMode;
use hubspot_sim::ConfigPatch;
use serde_json::json;
use time::OffsetDateTime;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::throughput::{limitless, wait_for_engagements};
use crate::{
    conversations::Conversations,
    fleet::{Fleet, ample},
    latency::Latency,
    machine::{self, Memory},
    options::Cli,
    proxy::Wire,
    report::Report,
    services::{rabbitmqctl, say},
    wires::Wires,
    world::World,
};

const PORTALS: usize = 10;
const CALLERS: usize = 25;
const AT_ONCE: usize = 48;
/// How long each trouble lasts.
const LASTS: Duration = Duration::from_secs(20);
/// A request that is not answered by then is given up by the one who asks.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
const GET_EVERY: Duration = Duration::from_millis(200);
/// The API's own limit is far below; this says that a `GET` is answered at all, through a database that is slow.
const GET_P99_MS: f64 = 5_000.0;
const SLOW_DATABASE: Duration = Duration::from_millis(150);
const SLOW_HUBSPOT: Duration = Duration::from_secs(5);

/// What was asked and answered during one trouble.
struct Asked {
    what: &'static str,
    /// By status; 0: no answer.
    posts: BTreeMap<u16, usize>,
    /// 503 without `Retry-After`.
    unclear: usize,
    accepted: usize,
    gets: Latency,
    failed_gets: usize,
    memory: Memory,
}

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("pressure");
    let mut world = World::make(limitless()).await?;
    world.add_tenants(PORTALS, UniqueMode::Unique, CALLERS).await?;
    let wires = Wires::lay(&world.lab).await?;
    let mut variables = ample();
    variables.extend(wires.variables().iter().cloned());
    let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, variables).await?;
    let crowd = Crowd { world: &world, api: fleet.api()?, seed: cli.seed, next: AtomicUsize::new(0) };
    let watched = fleet.watched()?;
    let mut all = Vec::new();
    for what in ["nothing", "broker full", "database slow", "HubSpot slow"] {
        say(&format!("{what}, for {LASTS:?}"));
        match what {
            "broker full" => rabbitmqctl(["set_vm_memory_high_watermark", "0.00001"])?,
            "database slow" => wires.database().set(Wire::Slow(SLOW_DATABASE)),
            "HubSpot slow" => slow_hubspot(&world, SLOW_HUBSPOT),
            _ => {}
        }
        let mut asked = crowd.ask(what).await?;
        asked.memory = machine::memory(&watched);
        match what {
            "broker full" => rabbitmqctl(["set_vm_memory_high_watermark", "absolute", "2GB"])?,
            "database slow" => wires.database().set(Wire::Clear),
            _ => slow_hubspot(&world, Duration::ZERO),
        }
        all.push(asked);
        // What was accepted gets through before the next trouble begins.
        let accepted = all.iter().map(|asked| asked.accepted).sum::<usize>();
        let there = world.engagements();
        wait_for_engagements(&world, "getting through", there, accepted.saturating_sub(there)).await?;
    }
    fleet.stop(Duration::from_mins(1)).await?;

    let rows = all.iter().map(|asked| {
        let statuses: Vec<_> = asked.posts.iter().map(|(status, count)| format!("{status}: {count}")).collect();
        [asked.what.to_owned(), statuses.join(", "), asked.gets.at(0.5).to_string(), asked.gets.at(0.99).to_string()]
    });
    report.table("while it lasts", ["", "POSTs by status", "GET p50 ms", "GET p99 ms"], rows);
    let megabytes = |bytes: u64| format!("{}", bytes >> 20);
    let most = |asked: &Asked, role: &str| megabytes(asked.memory.get(role).map_or(0, |memory| memory.1));
    let rows = all.iter().map(|asked| {
        let [api, redactor, matcher, poster] = ["api", "redactor", "matcher", "poster"].map(|role| most(asked, role));
        [asked.what.to_owned(), api, redactor, matcher, poster]
    });
    report.table("most MiB of memory so far", ["", "api", "redactor", "matcher", "poster"], rows);
    for asked in &all {
        let what = asked.what;
        let unexpected: usize =
            asked.posts.iter().filter(|(status, _)| !matches!(status, 202 | 503)).map(|(_, count)| count).sum();
        report.none(&format!("{what}: answers other than 202 and 503"), unexpected);
        report.none(&format!("{what}: 503 that do not say when to come again"), asked.unclear);
        report.none(&format!("{what}: GETs not answered"), asked.failed_gets);
        #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
        report.at_most(&format!("{what}: GET p99, ms"), asked.gets.at(0.99) as f64, GET_P99_MS);
        report.figure(what, json!({"posts": asked.posts, "gets_ms": asked.gets.json(), "memory": asked.memory}));
    }
    let refused = all.iter().filter(|asked| asked.what == "broker full").filter_map(|asked| asked.posts.get(&503)).sum::<usize>();
    report.bar("a full broker is said with 503", refused.to_string(), "> 0", refused > 0);
    if let Some(last) = all.last() {
        report.memory(&last.memory, cli.processes);
    }
    let audit = world.lab.sim.audit("writeback_conversation_id");
    report.none("doubled engagements", audit.duplicate_engagements.len());
    report.none("lost", all.iter().map(|asked| asked.accepted).sum::<usize>().saturating_sub(world.engagements()));
    Ok(report)
}

fn slow_hubspot(world: &World, by: Duration) {
    let latency_ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
    world.lab.sim.configure(&ConfigPatch { latency_ms: Some(latency_ms), ..ConfigPatch::default() });
}

/// Many who report and one who reads, none of whom tries twice.
struct Crowd<'w> {
    world: &'w World,
    api: String,
    seed: u64,
    next: AtomicUsize,
}

impl Crowd<'_> {
    async fn ask(&self, what: &'static str) -> anyhow::Result<Asked> {
        let http = testkit::http_client();
        let (stop, stopped) = watch::channel(false);
        let texts = Conversations::new(self.seed, OffsetDateTime::now_utc())?;
        let posting = (0..AT_ONCE).map(|_| async {
            let mut statuses = BTreeMap::<(u16, bool), usize>::new();
            while !*stopped.borrow() {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                let tenant = &self.world.tenants[number % PORTALS];
                let body = texts.body(&format!("pressed_{number}"), number / PORTALS % CALLERS, number);
                let request = http.post(format!("{}/events/conversation-finished", self.api)).bearer_auth(&tenant.key);
                let sent = request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body).send();
                let answer = timeout(ANSWER_WITHIN, sent).await;
                let answer = answer
                    .ok()
                    .and_then(Result::ok)
                    .map(|answer| (answer.status().as_u16(), answer.headers().contains_key(reqwest::header::RETRY_AFTER)));
                let (status, says_when) = answer.unwrap_or_default();
                *statuses.entry((status, says_when)).or_default() += 1;
                if status != 202 {
                    sleep(Duration::from_millis(100)).await;
                }
            }
            statuses
        });
        let reading = async {
            let (mut gets, mut failed) = (Latency::new()?, 0);
            while !*stopped.borrow() {
                let asked = Instant::now();
                let request = http.get(format!("{}/integrations/hubspot/writeback", self.api));
                let answer = timeout(ANSWER_WITHIN, request.bearer_auth(&self.world.tenants[0].key).send()).await;
                failed += usize::from(!answer.is_ok_and(|sent| sent.is_ok_and(|answer| answer.status().is_success())));
                gets.add(i64::try_from(asked.elapsed().as_millis())?);
                sleep(GET_EVERY).await;
            }
            anyhow::Ok((gets, failed))
        };
        let ending = async {
            sleep(LASTS).await;
            stop.send_replace(true);
        };
        let (statuses, read, ()) = tokio::join!(futures_util::future::join_all(posting), reading, ending);
        let (gets, failed_gets) = read?;
        let mut asked = Asked { what, posts: BTreeMap::new(), unclear: 0, accepted: 0, gets, failed_gets, memory: Memory::new() };
        for ((status, says_when), count) in statuses.into_iter().flatten() {
            *asked.posts.entry(status).or_default() += count;
            asked.unclear += if status == 503 && !says_when { count } else { 0 };
            asked.accepted += if status == 202 { count } else { 0 };
        }
        Ok(asked)
    }
}
