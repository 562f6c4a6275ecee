//! The conversation platform: reports conversations to the API as it would, and remembers when each was taken.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{bail, ensure};
use tokio::{sync::watch, task::JoinSet, time::sleep};

/// How long the platform goes on with one conversation that is not taken.
const PATIENCE: Duration = Duration::from_mins(5);
const PAUSE: Duration = Duration::from_millis(200);

/// One conversation to be reported.
pub(crate) struct Report {
    pub(crate) id: String,
    pub(crate) key: std::sync::Arc<str>,
    pub(crate) body: String,
}

/// When each was taken, in epoch milliseconds, by its id.
pub(crate) type Taken = HashMap<String, i64>;

/// Reports, so many at once, and not faster than so many a second if a rate is given.
pub(crate) async fn report_all(
    http: &reqwest::Client,
    api: &str,
    reports: Vec<Report>,
    at_once: usize,
    per_second: Option<f64>,
) -> anyhow::Result<Taken> {
    let url: std::sync::Arc<str> = format!("{api}/events/conversation-finished").into();
    let (next, reports) = (std::sync::Arc::new(AtomicUsize::new(0)), std::sync::Arc::new(reports));
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..at_once {
        let (http, url, next, reports) = (http.clone(), url.clone(), next.clone(), reports.clone());
        tasks.spawn(async move {
            let mut taken = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(report) = reports.get(at) else { return anyhow::Ok(taken) };
                if let Some(per_second) = per_second {
                    let due = Duration::from_secs_f64(f64::from(u32::try_from(at)?) / per_second);
                    sleep(due.saturating_sub(started.elapsed())).await;
                }
                let is_taken = until_taken_at(&http, || url.to_string(), report).await?;
                ensure!(is_taken, "{} was ignored", report.id);
                taken.push((report.id.clone(), now_ms()));
            }
        });
    }
    let mut all = Taken::new();
    while let Some(taken) = tasks.join_next().await {
        all.extend(taken??);
    }
    Ok(all)
}

/// Reports one until it is taken, as the contract asks of a platform: what is not answered or answered with 503 is sent again.
/// `false`: it was read and ignored, as logging is off.
async fn until_taken_at(http: &reqwest::Client, url: impl Fn() -> String, report: &Report) -> anyhow::Result<bool> {
    let started = Instant::now();
    loop {
        let sent = http
            .post(url())
            .bearer_auth(&report.key)
            .header(reqwest::header::CONTENT_TYPE, "application/json")
            .body(report.body.clone())
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status().as_u16() == 202 => {
                // What breaks off here is sent again: the ledger recognises the repetition.
                if let Ok(body) = answer.text().await {
                    return Ok(body.contains("\"accepted\""));
                }
            }
            Ok(answer) if answer.status().is_server_error() || answer.status().as_u16() == 429 => {}
            Ok(answer) => bail!("{}: {} {}", report.id, answer.status(), answer.text().await.unwrap_or_default()),
            Err(_unanswered) => {}
        }
        ensure!(started.elapsed() < PATIENCE, "{} was not taken within {PATIENCE:?}", report.id);
        sleep(PAUSE).await;
    }
}

/// The same where the API moves.
pub(crate) async fn until_taken(http: &reqwest::Client, api: &watch::Sender<String>, report: &Report) -> anyhow::Result<bool> {
    until_taken_at(http, || format!("{}/events/conversation-finished", api.borrow().as_str()), report).await
}

/// Now, as the simulator counts it.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
