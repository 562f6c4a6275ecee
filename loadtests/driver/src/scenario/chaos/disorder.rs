//! What is done to the fleet, at random by the seed.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use hubspot_sim::{Fault, FaultKind, Policy};
use serde_json::json;
use testkit::Process;
use tokio::{sync::watch, time::sleep};

use super::traces::Traces;
use crate::{
    fleet::{Fleet, WORKERS, usual},
    options::Cli,
    platform::now_ms,
    proxy::Wire,
    services::{self, Service, say},
    wires::Wires,
    world::World,
};

/// Between two things that happen.
const PAUSE_MS: std::ops::Range<u64> = 200..2_500;
/// How long something lasts that ends by itself.
const LASTS_MS: std::ops::Range<u64> = 300..4_000;
/// Up to so many requests meet a fault.
const FAULTS_MAX: u32 = 12;
/// After logging was turned off a request may still be on its way to HubSpot for so long.
const ON_ITS_WAY_MS: i64 = 5_000;

/// Everything that can happen.
#[derive(Debug, Clone, Copy)]
enum Event {
    KillWorker,
    KillApi,
    KillBroker,
    RestartBroker,
    KillDatabase,
    RestartDatabase,
    CutWire,
    SlowWire,
    FaultsOfHubSpot,
    ExpireTokens,
    RefuseTokens,
    TurnOff,
}

/// With how often each happens, relative to the others.
const EVENTS: [(Event, u32); 12] = [
    (Event::KillWorker, 30),
    (Event::KillApi, 8),
    (Event::KillBroker, 2),
    (Event::RestartBroker, 2),
    (Event::KillDatabase, 3),
    (Event::RestartDatabase, 3),
    (Event::CutWire, 14),
    (Event::SlowWire, 10),
    (Event::FaultsOfHubSpot, 30),
    (Event::ExpireTokens, 6),
    (Event::RefuseTokens, 3),
    (Event::TurnOff, 5),
];

/// Brings disorder, and mends it in the end.
pub(crate) struct Disorder<'w> {
    random: fastrand::Rng,
    world: &'w World,
    wires: &'w Wires,
    fleet: Fleet,
    http: reqwest::Client,
    api: Arc<watch::Sender<String>>,
    done: BTreeMap<&'static str, usize>,
    /// By tenant, since when and until when logging was off.
    off: Vec<Vec<(i64, i64)>>,
    /// Logs of processes that have ended.
    logs: Vec<PathBuf>,
}

impl<'w> Disorder<'w> {
    pub(crate) async fn begin(cli: &Cli, world: &'w World, binary: &Path, wires: &'w Wires) -> anyhow::Result<Self> {
        let mut variables = usual();
        variables.extend(wires.variables().iter().cloned());
        variables.extend([
            ("WRITEBACK_DELAYS_MS".to_owned(), "200,1000,3000,10000".to_owned()),
            ("WRITEBACK_HUBSPOT_CLIENT_ID".to_owned(), world.lab.sim.client_id()),
            ("WRITEBACK_HUBSPOT_CLIENT_SECRET".to_owned(), world.lab.sim.client_secret()),
        ]);
        let fleet = Fleet::start(&world.lab, cli, binary, cli.processes, variables).await?;
        let api = Arc::new(watch::Sender::new(fleet.api()?));
        let off = vec![Vec::new(); world.tenants.len()];
        let random = fastrand::Rng::with_seed(cli.seed);
        let http = testkit::http_client();
        Ok(Self { random, world, wires, fleet, http, api, done: BTreeMap::new(), off, logs: Vec::new() })
    }

    /// Where the API is, which moves.
    pub(crate) fn api(&self) -> Arc<watch::Sender<String>> {
        Arc::clone(&self.api)
    }

    pub(crate) async fn reign(&mut self, length: Duration) -> anyhow::Result<()> {
        let started = Instant::now();
        let sum: u32 = EVENTS.iter().map(|(_, weight)| weight).sum();
        while started.elapsed() < length {
            sleep(Duration::from_millis(self.random.u64(PAUSE_MS))).await;
            let mut left = self.random.u32(..sum);
            let chosen = EVENTS.iter().find(|(_, weight)| {
                let is_chosen = left < *weight;
                left = left.saturating_sub(*weight);
                is_chosen
            });
            let what = self.happen(chosen.map_or(Event::KillWorker, |(event, _)| *event)).await?;
            say(&format!("{:4.0} s  {what}", started.elapsed().as_secs_f64()));
            *self.done.entry(what).or_default() += 1;
        }
        Ok(())
    }

    async fn happen(&mut self, event: Event) -> anyhow::Result<&'static str> {
        Ok(match event {
            Event::KillWorker => {
                let role = WORKERS[self.random.usize(..WORKERS.len())];
                self.kill(role).await?
            }
            Event::KillApi => self.kill("api").await?,
            Event::KillBroker => self.end_service(Service::RabbitMq, "-KILL", "RabbitMQ: kill -9").await?,
            Event::RestartBroker => self.end_service(Service::RabbitMq, "-TERM", "RabbitMQ: restart").await?,
            Event::KillDatabase => self.end_service(Service::PostgreSql, "-KILL", "PostgreSQL: kill -9").await?,
            Event::RestartDatabase => self.end_service(Service::PostgreSql, "-INT", "PostgreSQL: restart").await?,
            Event::CutWire => self.disturb(Wire::Cut).await,
            Event::SlowWire => {
                let by = Duration::from_millis(self.random.u64(20..400));
                self.disturb(Wire::Slow(by)).await
            }
            Event::FaultsOfHubSpot => self.fault(),
            Event::ExpireTokens => {
                self.tenant().1.portal.expire_access_tokens();
                "HubSpot: access tokens expire"
            }
            Event::RefuseTokens => self.refuse_tokens().await?,
            Event::TurnOff => self.turn_off_and_on().await?,
        })
    }

    fn tenant(&mut self) -> (usize, &'w testkit::Tenant) {
        let index = self.random.usize(..self.world.tenants.len());
        (index, &self.world.tenants[index])
    }

    async fn kill(&mut self, role: &'static str) -> anyhow::Result<&'static str> {
        let of_role: Vec<_> = (0..self.fleet.members.len()).filter(|at| self.fleet.members[*at].role == role).collect();
        let member = self.fleet.members.swap_remove(of_role[self.random.usize(..of_role.len())]);
        self.keep_log(&member.process)?;
        member.process.kill()?;
        sleep(Duration::from_millis(self.random.u64(0..1_000))).await;
        self.start(role).await?;
        Ok(match role {
            "api" => "api: kill -9",
            "redactor" => "redactor: kill -9",
            "matcher" => "matcher: kill -9",
            _ => "poster: kill -9",
        })
    }

    /// Goes on trying: what it leans on may be away.
    async fn start(&mut self, role: &'static str) -> anyhow::Result<()> {
        let mut tries = 0;
        while let Err(error) = self.fleet.add(&self.world.lab, role).await {
            tries += 1;
            anyhow::ensure!(tries < 20, "{role} does not start: {error:#}");
            sleep(Duration::from_millis(500)).await;
        }
        if role == "api" {
            self.api.send_replace(self.fleet.api()?);
        }
        Ok(())
    }

    fn keep_log(&mut self, process: &Process) -> anyhow::Result<()> {
        let kept = process.log_path().with_extension("kept");
        std::fs::copy(process.log_path(), &kept)?;
        self.logs.push(kept);
        Ok(())
    }

    async fn end_service(&mut self, service: Service, signal: &str, what: &'static str) -> anyhow::Result<&'static str> {
        let pid = services::pid(service)?.to_string();
        Command::new("kill").args([signal, &pid]).status()?;
        sleep(Duration::from_millis(self.random.u64(LASTS_MS))).await;
        // Waits until it is ready, which blocks.
        tokio::task::spawn_blocking(services::up).await??;
        Ok(what)
    }

    async fn disturb(&mut self, wire: Wire) -> &'static str {
        let (name, proxy) = self.wires.all()[self.random.usize(..3)];
        proxy.set(wire);
        sleep(Duration::from_millis(self.random.u64(LASTS_MS))).await;
        proxy.set(Wire::Clear);
        match (name, wire) {
            ("PostgreSQL", Wire::Cut) => "PostgreSQL: wire cut",
            ("PostgreSQL", _) => "PostgreSQL: wire slow",
            ("RabbitMQ", Wire::Cut) => "RabbitMQ: wire cut",
            ("RabbitMQ", _) => "RabbitMQ: wire slow",
            (_, Wire::Cut) => "HubSpot: wire cut",
            _ => "HubSpot: wire slow",
        }
    }

    fn fault(&mut self) -> &'static str {
        let (status, ms) = ([500, 502, 503, 504, 524, 423, 477][self.random.usize(..7)], self.random.u64(200..3_000));
        let (what, kind) = match self.random.u32(..12) {
            0 => ("HubSpot: 429, ten seconds", FaultKind::RateLimited { policy: Policy::TenSecondlyRolling, retry_after: None }),
            1 => ("HubSpot: 429, a second", FaultKind::RateLimited { policy: Policy::Secondly, retry_after: Some(1) }),
            2 => ("HubSpot: 5xx", FaultKind::Status { status, retry_after: None }),
            3 => ("HubSpot: done, but 502", FaultKind::StatusAfterEffect { status: 502 }),
            4 => ("HubSpot: hangs", FaultKind::Hang { ms }),
            5 | 6 => ("HubSpot: done, then hangs", FaultKind::EffectThenHang { ms }),
            7 => ("HubSpot: reset", FaultKind::ResetBefore),
            8 => ("HubSpot: done, then reset", FaultKind::ResetAfter),
            9 => ("HubSpot: done, malformed body", FaultKind::MalformedBody),
            10 => ("HubSpot: done, truncated body", FaultKind::TruncatedBody),
            _ => ("HubSpot: slow", FaultKind::Latency { ms }),
        };
        let times = self.random.u32(1..=FAULTS_MAX);
        let fault = Fault::new(kind).times(times);
        if self.random.bool() {
            self.world.lab.sim.fault(fault);
        } else {
            self.tenant().1.portal.fault(fault.path("*/batch/*"));
        }
        what
    }

    /// A person takes the app's rights away, notices, and connects again.
    async fn refuse_tokens(&mut self) -> anyhow::Result<&'static str> {
        let tenant = self.tenant().1;
        tenant.portal.revoke_refresh_tokens();
        tenant.portal.expire_access_tokens();
        sleep(Duration::from_millis(self.random.u64(LASTS_MS))).await;
        self.world.lab.reconnect(tenant).await?;
        Ok("HubSpot: tokens refused, connected again")
    }

    async fn turn_off_and_on(&mut self) -> anyhow::Result<&'static str> {
        let (index, tenant) = self.tenant();
        self.set_mode(tenant, "off").await?;
        let since = now_ms();
        sleep(Duration::from_millis(self.random.u64(1_000..8_000))).await;
        let until = now_ms();
        self.set_mode(tenant, "summary_transcript").await?;
        self.off[index].push((since, until));
        Ok("logging turned off and on")
    }

    /// Until the API takes it.
    async fn set_mode(&self, tenant: &testkit::Tenant, mode: &str) -> anyhow::Result<()> {
        for _ in 0..200 {
            let url = format!("{}/integrations/hubspot/writeback", self.api.borrow().as_str());
            let answer = self.http.patch(url).bearer_auth(&tenant.key).json(&json!({"mode": mode})).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(200)).await;
        }
        anyhow::bail!("logging could not be turned {mode}")
    }

    /// Mends everything.
    pub(crate) async fn end(&mut self) -> anyhow::Result<()> {
        for (_, proxy) in self.wires.all() {
            proxy.set(Wire::Clear);
        }
        self.world.lab.sim.clear_faults();
        tokio::task::spawn_blocking(services::up).await??;
        let mut ended = Vec::new();
        for at in (0..self.fleet.members.len()).rev() {
            if self.fleet.members[at].process.has_ended()? {
                ended.push(self.fleet.members.swap_remove(at));
            }
        }
        for member in ended {
            say(&format!("{} had ended by itself:\n{}", member.role, member.process.log()));
            *self.done.entry("a process ended by itself").or_default() += 1;
            self.keep_log(&member.process)?;
            self.start(member.role).await?;
        }
        for tenant in &self.world.tenants {
            self.world.lab.reconnect(tenant).await?;
        }
        Ok(())
    }

    pub(crate) fn done(&self) -> BTreeMap<&'static str, usize> {
        self.done.clone()
    }

    /// How many engagements HubSpot made while their tenant's logging was off.
    pub(crate) fn exported_while_off(&self, engagements: &[HashMap<String, Vec<i64>>]) -> usize {
        let of_tenant = |index: usize| {
            let off = |at: &&i64| self.off[index].iter().any(|(since, until)| (since + ON_ITS_WAY_MS..*until).contains(*at));
            engagements[index].values().flatten().filter(off).count()
        };
        (0..engagements.len()).map(of_tenant).sum()
    }

    /// Ends the fleet, and looks into all logs there were.
    pub(crate) async fn stop(mut self, traces: &mut Traces) -> anyhow::Result<()> {
        let running: Vec<_> = self.fleet.members.iter().map(|member| member.process.log_path().to_owned()).collect();
        traces.look_into(&running);
        traces.look_into(&self.logs);
        for log in std::mem::take(&mut self.logs) {
            std::fs::remove_file(log)?;
        }
        let codes = self.fleet.stop(Duration::from_mins(1)).await?;
        anyhow::ensure!(codes.iter().all(|code| *code == Some(0)), "not all processes stopped in order: {codes:?}");
        Ok(())
    }
}
