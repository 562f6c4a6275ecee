//! One portal with the limits that HubSpot documents, and a backlog: how near to the fewest requests, and to the time that the
//! limits leave for them.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::ensure;
use domain::connection::UniqueMode;
use hubspot_sim::{Config, Portal, PortalOptions};
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::time::sleep;

use super::throughput::wait_for_engagements;
use crate::{
    conversations::{Conversations, phone},
    fleet::{Fleet, WORKERS, usual},
    options::Cli,
    platform::{self, Report as Reported},
    report::{Report, count},
    services::say,
    world::World,
};

const CONVERSATIONS: usize = 10_000;
const CALLERS: usize = 2_000;
/// One caller in so many is not known to HubSpot.
const UNKNOWN: usize = 3;
const AT_ONCE: usize = 64;
/// Phones that fit into one search, and records into one batch.
const PHONES: usize = 90;
const BATCH: usize = 100;
/// Conversations of the worker that does one at a time; the rest is reckoned from them.
const ONE_BY_ONE: usize = 40;
const TIME_BAR: f64 = 1.25;
const REQUESTS_BAR: f64 = 0.02;

pub(crate) async fn run(cli: &Cli, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::new("drain");
    let (conversations, callers) = (cli.scaled(CONVERSATIONS), cli.scaled(CALLERS));
    let limits = Config::default();
    let mut world = World::make(limits.clone()).await?;
    world.add_tenants(1, UniqueMode::Unique, 0).await?;
    let unknown = |caller: &usize| caller.is_multiple_of(UNKNOWN);
    for caller in (0..callers).filter(|caller| !unknown(caller)) {
        world.tenants[0].portal.add_contact(&[("phone", &phone(caller)), ("firstname", "Known")]);
    }
    let mut fleet = Fleet::start(&world.lab, cli, binary, 0, usual()).await?;
    let texts = Conversations::new(cli.seed, OffsetDateTime::now_utc())?;
    let key: std::sync::Arc<str> = world.tenants[0].key.as_str().into();
    let reports = (0..conversations).map(|number| {
        let id = format!("drain_{number}");
        Reported { body: texts.body(&id, number % callers, number), id, key: key.clone() }
    });
    say("filling the queue");
    platform::report_all(&testkit::http_client(), &fleet.api()?, reports.collect(), AT_ONCE, None).await?;

    let started = Instant::now();
    for role in WORKERS {
        for _ in 0..cli.processes {
            fleet.add(&world.lab, role).await?;
        }
    }
    wait_for_engagements(&world, "draining", 0, conversations).await?;
    let took = started.elapsed().as_secs_f64();
    let watched = fleet.watched()?;
    let memory = crate::machine::memory(&watched);
    fleet.stop(Duration::from_secs(40)).await?;

    let counts = world.lab.sim.counts();
    let requests: u64 = counts.iter().map(|row| row.count).sum();
    let refused = world.tenants[0].portal.rate_limited_count();
    let made = world.tenants[0].portal.count("contacts");
    let (searches, creates) = (callers.div_ceil(PHONES), (0..callers).filter(unknown).count().div_ceil(BATCH));
    let batches = conversations.div_ceil(BATCH);
    let fewest = searches + creates + batches;
    let per_second = f64::from(limits.burst_limit) / limits.burst_window.as_secs_f64();
    let ideal = (count(creates + batches) / per_second).max(count(searches) / f64::from(limits.search_per_second));

    let one = one_at_a_time(&world, &texts, conversations, callers).await?;
    let kinds = counts.iter().map(|row| [format!("{} {} {}", row.method, row.route, row.status), row.count.to_string()]);
    report.table("requests by kind", ["", "count"], kinds);
    let row = |what: &str, requests: f64, seconds: f64| {
        [what.to_owned(), format!("{requests:.0}"), format!("{seconds:.1}"), format!("{:.2}", seconds / ideal)]
    };
    report.table(
        "the backlog",
        ["", "requests", "seconds", "of the ideal time"],
        [
            row("the fewest requests, back to back at the documented limits", count(fewest), ideal),
            row("the fleet", count(usize::try_from(requests)?), took),
            row(&format!("one at a time, reckoned from {} conversations", one.conversations), one.requests, one.seconds),
        ],
    );
    report.figure("requests", requests);
    report.figure("seconds", took);
    report.figure("ideal_seconds", ideal);
    report.figure("one_at_a_time_requests", one.requests);
    report.figure("one_at_a_time_seconds", one.seconds);
    report.figure("memory", json!(memory));
    report.at_most("time, of the ideal", took / ideal, TIME_BAR);
    report.at_most("requests, of one at a time", count(usize::try_from(requests)?) / one.requests, REQUESTS_BAR);
    report.none("refused with 429", usize::try_from(refused)?);
    report.bar("contacts", made.to_string(), &callers.to_string(), made == callers);
    let audit = world.lab.sim.audit("writeback_conversation_id");
    report.none("doubled engagements", audit.duplicate_engagements.len());
    Ok(report)
}

/// What a worker needs that handles one conversation after the other.
struct OneAtATime {
    conversations: usize,
    requests: f64,
    seconds: f64,
}

/// Searches for the caller, creates whom it does not find, creates the call: for some conversations of a portal of its own, at the
/// pace that the limits allow.
async fn one_at_a_time(world: &World, texts: &Conversations, conversations: usize, callers: usize) -> anyhow::Result<OneAtATime> {
    say("one at a time");
    let portal = world.lab.sim.portal(PortalOptions::default());
    let some = ONE_BY_ONE.min(conversations);
    // The same shares as in the whole: each of these is a caller of its own, so what a caller costs once is reckoned apart.
    for caller in (0..some).filter(|caller| !caller.is_multiple_of(UNKNOWN)) {
        portal.add_contact(&[("phone", &phone(caller)), ("firstname", "Known")]);
    }
    let http = testkit::http_client();
    let started = Instant::now();
    for number in 0..some {
        let pace = Duration::from_millis(210) * u32::try_from(number)?;
        sleep(pace.saturating_sub(started.elapsed())).await;
        let phone = phone(number);
        let query = json!({"filterGroups": [{"filters": [{"propertyName": "phone", "operator": "EQ", "value": phone}]}]});
        let found = post(&http, world, &portal, "contacts/search", &query).await?;
        let contact = if let Some(id) = found["results"][0]["id"].as_str() {
            id.to_owned()
        } else {
            let created =
                post(&http, world, &portal, "contacts", &json!({"properties": {"phone": phone, "firstname": "Caller"}})).await?;
            created["id"].as_str().unwrap_or_default().to_owned()
        };
        let body = texts.body("one", number, number);
        let call = json!({
            "properties": {"hs_timestamp": OffsetDateTime::now_utc().unix_timestamp() * 1000, "hs_call_body": body},
            "associations": [{"to": {"id": contact}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194}]}]
        });
        post(&http, world, &portal, "calls", &call).await?;
    }
    let seconds = started.elapsed().as_secs_f64() / count(some);
    let unknown = callers.div_ceil(UNKNOWN);
    // One search and one call a conversation; one contact a caller who is unknown.
    let requests = count(2 * conversations + unknown);
    ensure!(portal.count("calls") == some, "one at a time made {} calls", portal.count("calls"));
    Ok(OneAtATime { conversations: some, requests, seconds: seconds * count(conversations) })
}

async fn post(http: &reqwest::Client, world: &World, portal: &Portal, path: &str, body: &Value) -> anyhow::Result<Value> {
    let url = format!("{}/crm/objects/2026-09/{path}", world.lab.sim.url());
    let answer = http.post(url).bearer_auth(portal.token()).json(body).send().await?;
    let status = answer.status();
    let body = answer.json().await.unwrap_or_default();
    ensure!(status.is_success(), "{path}: {status} {body}");
    Ok(body)
}
