#![doc = include_str!("../README.md")]

mod extras;
mod scrub;
mod summary;
mod telemetry;

use std::{collections::BTreeMap, sync::Arc};

use bus::{Delivery, Stage, Verdict};
use domain::{
    ConnectionId,
    conversation::Conversation,
    event::{ConversationAccepted, ConversationRedacted, Event as _},
    ledger::Reason,
    setback::Setback,
    settings::{Mode, Settings},
};
use llm::Summariser;
use redaction::{Counts, Extras, Redactor as Scrubber};
use store::{
    Db,
    ledger::{self, Ended, NewWriteback, Opened},
};

pub use extras::compile;
pub use scrub::scrub;

/// The stage.
pub struct Redactor {
    db: Db,
    extras: extras::Cache,
    scrubber: Arc<Scrubber>,
    summariser: Arc<Summariser>,
}

type Batch<'a> = &'a [Delivery<ConversationAccepted>];

/// What becomes of a delivery before its text is touched.
enum Entry {
    Goes(Mode),
    Withheld(Reason),
    Over,
}

impl Redactor {
    /// A stage that scrubs with the built-in tables and what each connection adds to them, and summarises with `summariser`.
    pub fn new(db: Db, summariser: Arc<Summariser>) -> Self {
        Self { extras: extras::Cache::new(&db), db, scrubber: Arc::new(Scrubber::new()), summariser }
    }

    async fn work(&self, connection: ConnectionId, batch: Batch<'_>) -> Result<Vec<Verdict<ConversationRedacted>>, store::Error> {
        let (entries, version) = self.enter(connection, batch).await?;
        let going: Vec<usize> = (0..batch.len()).filter(|i| matches!(entries[*i], Entry::Goes(_))).collect();
        let mut verdicts: Vec<_> = batch.iter().map(|_| Verdict::Done).collect();
        if going.is_empty() {
            return Ok(verdicts);
        }
        let extras = match self.extras.of(connection, version).await {
            Ok(extras) => extras,
            // Nothing goes on that was not scrubbed by all that its owner asked for.
            Err(setback) => {
                for i in going {
                    verdicts[i] = batch[i].set_back(setback.clone());
                }
                return Ok(verdicts);
            }
        };
        let scrubbed = self.scrub_all(extras, going.iter().map(|i| batch[*i].event.conversation.clone()).collect()).await;
        let (mut conversations, counts): (Vec<_>, Vec<_>) = scrubbed.into_iter().unzip();
        let sources = summary::summarise_all(&self.summariser, &mut conversations).await;

        let mut rows = Vec::with_capacity(going.len());
        for (((i, mut conversation), counts), summary_source) in going.into_iter().zip(conversations).zip(counts).zip(sources) {
            if let Entry::Goes(Mode::Off | Mode::Summary) = entries[i] {
                // It is not needed from here on, and what does not travel cannot leak.
                conversation.transcript.clear();
            }
            telemetry::Scrubbed { counts: &counts, summary: summary_source.map(domain::event::SummarySource::as_str) }.emit();
            rows.push(ledger::Redacted { conversation: conversation.id.clone(), redactions: by_name(&counts), summary_source });
            let origin = batch[i].event.origin.clone();
            verdicts[i] = Verdict::Next(ConversationRedacted { origin, conversation, summary_source, rematches: 0 });
        }
        ledger::redacted(&self.db, connection, &rows).await?;
        Ok(verdicts)
    }

    /// Opens the rows, and ends those that may not go on. With the version of what the connection adds to the redactor.
    async fn enter(&self, connection: ConnectionId, batch: Batch<'_>) -> Result<(Vec<Entry>, i64), store::Error> {
        let live = store::gate::live(&self.db, connection).await?;
        let rows: Vec<_> = batch.iter().map(|d| NewWriteback::of(&d.event.origin, &d.event.conversation)).collect();
        let opened = ledger::open(&self.db, connection, &rows).await?;
        let entries: Vec<_> = batch
            .iter()
            .zip(opened)
            .map(|(delivery, opened)| entry(&delivery.event, opened, live.as_ref().map(|g| &g.settings)))
            .collect();
        let withheld: Vec<_> = batch
            .iter()
            .zip(&entries)
            .filter_map(|(delivery, entry)| match entry {
                Entry::Withheld(reason) => Some(Ended::because(delivery.event.conversation_id().clone(), *reason)),
                Entry::Goes(_) | Entry::Over => None,
            })
            .collect();
        if !withheld.is_empty() {
            ledger::withheld(&self.db, connection, &withheld).await?;
        }
        Ok((entries, live.map_or(0, |gate| gate.settings.redaction_version)))
    }

    /// Off the runtime's threads: scrubbing a hundred long transcripts takes a while.
    async fn scrub_all(&self, extras: Arc<Extras>, conversations: Vec<Conversation>) -> Vec<(Conversation, Counts)> {
        let scrubber = Arc::clone(&self.scrubber);
        let work = move || conversations.into_iter().map(|conversation| scrub(&scrubber, &extras, conversation)).collect();
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            // The runner turns the panic into a failure of the batch.
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}

impl Stage for Redactor {
    type Event = ConversationAccepted;
    type Next = ConversationRedacted;

    async fn run(&self, connection: ConnectionId, batch: Batch<'_>) -> Vec<Verdict<ConversationRedacted>> {
        match self.work(connection, batch).await {
            Ok(verdicts) => verdicts,
            Err(error) => {
                tracing::warn!(connection.id = %connection, error = &error as &dyn std::error::Error, "A batch could not be scrubbed");
                let setback = Setback::from(&error);
                batch.iter().map(|delivery| delivery.set_back(setback.clone())).collect()
            }
        }
    }
}

fn entry(event: &ConversationAccepted, opened: Opened, settings: Option<&Settings>) -> Entry {
    let (seen, entry) = match opened {
        Opened::Duplicate { .. } => (telemetry::Opened::Duplicate, Entry::Over),
        Opened::Again { state } if state.outcome().is_some() => (telemetry::Opened::Again, Entry::Over),
        Opened::New | Opened::Again { .. } => {
            let seen = if opened == Opened::New { telemetry::Opened::New } else { telemetry::Opened::Again };
            match settings.map(|settings| event.origin.in_force(settings, event.conversation.ended_at)) {
                None => (telemetry::Opened::Withheld, Entry::Withheld(Reason::NotConnected)),
                Some(Err(withhold)) => (telemetry::Opened::Withheld, Entry::Withheld(withhold.into())),
                Some(Ok((mode, _))) => (seen, Entry::Goes(mode)),
            }
        }
    };
    seen.emit();
    entry
}

fn by_name(counts: &Counts) -> BTreeMap<String, u32> {
    counts.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.as_str().to_owned(), count)).collect()
}
