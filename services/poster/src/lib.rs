#![doc = include_str!("../README.md")]

mod job;
mod read_back;
mod telemetry;
mod write;

use std::{collections::HashMap, time::Duration};

use bus::{Defer, DeferReason, Delivery, Stage, Texts, Verdict};
use domain::{
    ConnectionId, ConversationId,
    budget::Class,
    connection::ConnectionStatus,
    event::{ConversationMatched, ConversationRedacted, Event as _},
    ledger::Reason,
    setback::Setback,
};
use hubspot::HubSpot;
use store::{
    Db,
    gate::{self, Gate},
    ledger::{self, Brief, Ended},
    links,
};

use job::{Job, Settled};

/// How long a delivery waits before it is looked at again whether a person has connected anew.
const PERSON_WAIT: Duration = Duration::from_mins(2);

/// What becomes of a conversation when nobody can say whether its engagement was written. Only where the portal does not keep our
/// property unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDoubt {
    /// It ends as `failed`, reason `in_doubt`: rather lost than twice.
    NotTwice,
    /// It is written again: rather twice than lost.
    NotLost,
}

/// The stage.
pub struct Poster {
    db: Db,
    hubspot: HubSpot,
    in_doubt: InDoubt,
}

type Batch<'a> = &'a [Delivery<ConversationMatched>];

impl Poster {
    /// A stage that decides by `in_doubt` what nobody can know.
    pub fn new(db: Db, hubspot: HubSpot, in_doubt: InDoubt) -> Self {
        Self { db, hubspot, in_doubt }
    }

    async fn work(&self, connection: ConnectionId, batch: Batch<'_>) -> Result<Vec<Verdict<ConversationRedacted>>, store::Error> {
        let Some(gate) = gate::live(&self.db, connection).await? else {
            let rows: Vec<_> =
                batch.iter().map(|d| Ended::because(d.event.conversation_id().clone(), Reason::NotConnected)).collect();
            ledger::withheld(&self.db, connection, &rows).await?;
            return Ok(batch.iter().map(|_| Verdict::Done).collect());
        };
        let rows = self.rows(&gate, batch).await?;
        let mut jobs: Vec<_> = batch
            .iter()
            .map(|delivery| {
                Job::new(delivery, &gate.settings, gate.connection.unique, rows.get(delivery.event.conversation_id()))
            })
            .collect();
        only_once(&mut jobs);
        if gate.connection.status == ConnectionStatus::ReauthRequired {
            let wait = Defer::new(DeferReason::ReauthRequired, PERSON_WAIT);
            for job in &mut jobs {
                // Nobody can look whether it is there, and nobody may ever connect again.
                job.settle_withheld();
                job.settle(Settled::Verdict(Verdict::Defer(Defer { doubts: job.delivery.doubts, ..wait })));
            }
        }
        let posted = self.post(connection, &mut jobs).await;
        self.note(connection, &jobs).await?;
        posted?;
        jobs.iter().for_each(telemetry::emit);
        Ok(jobs.into_iter().map(Job::into_verdict).collect())
    }

    /// The ledger's rows, where they matter: for deliveries that were here before, and where an intent may have been committed.
    async fn rows(&self, gate: &Gate, batch: Batch<'_>) -> Result<HashMap<ConversationId, Brief>, store::Error> {
        let unique = gate.connection.unique;
        let committed = [unique.call, unique.note].iter().any(|mode| *mode != domain::connection::UniqueMode::Unique);
        let asked: Vec<_> = batch.iter().filter(|d| d.repeated || committed).map(|d| d.event.conversation_id().clone()).collect();
        if asked.is_empty() {
            return Ok(HashMap::new());
        }
        Ok(ledger::states(&self.db, gate.connection.id, &asked).await?.into_iter().collect())
    }

    async fn post(&self, connection: ConnectionId, jobs: &mut [Job<'_>]) -> Result<(), store::Error> {
        if !jobs.iter().any(Job::is_open) {
            return Ok(());
        }
        let portal = self.hubspot.portal(connection, Class::Bulk);
        let gone: Vec<_> = read_back::read_back(&portal, jobs, self.in_doubt).await.into_iter().collect();
        if !gone.is_empty() {
            links::forget(&self.db, connection, &gone).await?;
        }
        jobs.iter_mut().for_each(Job::settle_withheld);
        write::write(&self.db, &portal, connection, jobs).await
    }

    /// Writes to the ledger what was settled.
    async fn note(&self, connection: ConnectionId, jobs: &[Job<'_>]) -> Result<(), store::Error> {
        let exported: Vec<_> = jobs.iter().filter_map(Job::exported_row).collect();
        let withheld: Vec<_> = jobs.iter().filter_map(Job::withheld_row).collect();
        let matched: Vec<_> = jobs.iter().filter_map(Job::matched_row).collect();
        if !exported.is_empty() {
            let moved = ledger::exported(&self.db, connection, &exported).await?;
            // Another attempt finished it first, or the broker had given it up: HubSpot has it, and the row says otherwise.
            if moved.len() < exported.len() {
                let count = exported.len() - moved.len();
                tracing::warn!(connection.id = %connection, count, "{count} exported conversations were finished before");
            }
        }
        if !withheld.is_empty() {
            ledger::withheld(&self.db, connection, &withheld).await?;
        }
        if !matched.is_empty() {
            ledger::matched(&self.db, connection, &matched).await?;
        }
        Ok(())
    }
}

/// The same conversation twice in one batch is written once: the second one comes back when the first is done.
fn only_once(jobs: &mut [Job<'_>]) {
    let mut seen = std::collections::HashSet::new();
    for job in jobs {
        if job.is_open() && !seen.insert(job.conversation().clone()) {
            let again = Defer { reason: DeferReason::ReadBack, wait: Duration::from_secs(1), doubts: job.delivery.doubts };
            job.settle(Settled::Verdict(Verdict::Defer(again)));
        }
    }
}

impl Stage for Poster {
    type Event = ConversationMatched;
    type Next = ConversationRedacted;
    const TEXTS: Texts = Texts::Reads;

    async fn run(&self, connection: ConnectionId, batch: Batch<'_>) -> Vec<Verdict<ConversationRedacted>> {
        match self.work(connection, batch).await {
            Ok(verdicts) => verdicts,
            Err(error) => {
                tracing::warn!(connection.id = %connection, error = &error as &dyn std::error::Error, "A batch could not be posted");
                let setback = Setback::from(&error);
                batch.iter().map(|delivery| delivery.set_back(setback.clone())).collect()
            }
        }
    }
}
