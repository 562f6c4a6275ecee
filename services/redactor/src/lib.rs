#![doc = include_str!("../README.md")]

mod extras;
mod telemetry;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use bus::{Delivery, Stage, Verdict};
use domain::{
    ConnectionId,
    conversation::Conversation,
    event::{ConversationAccepted, ConversationRedacted, Event as _, SummarySource},
    ledger::Reason,
    setback::Setback,
    settings::{Mode, Settings},
};
use llm::Summariser;
use redaction::{Counts, Extras, Redactor as Scrubber};
use scrub::Clean;
use store::{
    Db,
    ledger::{self, Ended, NewWriteback, Opened, Scrubbed},
};

/// The stage.
pub struct Redactor {
    db: Db,
    extras: extras::Cache,
    scrubber: Arc<Scrubber>,
    summariser: Arc<Summariser>,
}

type Batch<'a> = &'a [Delivery<ConversationAccepted>];

/// What is to become of a delivery, as far as settings and text say it.
#[derive(Clone, Copy)]
enum Plan {
    Goes(Mode),
    Withheld(Reason),
    /// It was here before, or another event of its conversation was.
    Over,
}

impl Redactor {
    /// A stage that scrubs with the built-in tables and what each connection adds to them, and summarises with `summariser`.
    pub fn new(db: Db, summariser: Arc<Summariser>) -> Self {
        Self { extras: extras::Cache::new(&db), db, scrubber: Arc::new(Scrubber::new()), summariser }
    }

    async fn work(&self, connection: ConnectionId, batch: Batch<'_>) -> Result<Vec<Verdict<ConversationRedacted>>, store::Error> {
        let live = store::gate::live(&self.db, connection).await?;
        let settings = live.as_ref().map(|gate| &gate.settings);
        let mut plans: Vec<_> = batch.iter().map(|delivery| plan(&delivery.event, settings)).collect();
        if self.summariser.has_model() {
            self.skip_known(connection, batch, &mut plans).await?;
        }
        let going: Vec<usize> = (0..batch.len()).filter(|i| matches!(plans[*i], Plan::Goes(_))).collect();
        let version = settings.map_or(0, |settings| settings.redaction_version);
        let clean = if going.is_empty() { Ok(Vec::new()) } else { self.clean(connection, version, batch, &going).await };
        let (mut clean, setback) = match clean {
            Ok(clean) => (going.into_iter().zip(clean).collect(), None),
            // Nothing goes on that was not scrubbed by all that its owner asked for.
            Err(setback) => (HashMap::new(), Some(setback)),
        };
        let opened = self.open(connection, batch, &plans, &clean).await?;
        let verdict = |(i, delivery): (usize, &Delivery<_>)| match (plans[i], &setback) {
            (Plan::Withheld(_) | Plan::Over, _) => Verdict::Done,
            (Plan::Goes(_), _) if is_over(opened[i]) => Verdict::Done,
            (Plan::Goes(_), Some(setback)) => delivery.set_back(setback.clone()),
            (Plan::Goes(mode), None) => next(delivery, mode, clean.remove(&i).expect("what goes was scrubbed")),
        };
        Ok(batch.iter().enumerate().map(verdict).collect())
    }

    /// A look at the ledger costs less than a model's answer for a conversation that was here before.
    async fn skip_known(&self, connection: ConnectionId, batch: Batch<'_>, plans: &mut [Plan]) -> Result<(), store::Error> {
        let ids: Vec<_> = batch.iter().map(|delivery| delivery.event.conversation_id().clone()).collect();
        let known: HashMap<_, _> = ledger::states(&self.db, connection, &ids).await?.into_iter().collect();
        for (delivery, plan) in batch.iter().zip(plans) {
            let brief = known.get(delivery.event.conversation_id());
            if brief.is_some_and(|brief| brief.event != delivery.event.origin.event || brief.state.outcome().is_some()) {
                *plan = Plan::Over;
            }
        }
        Ok(())
    }

    /// Scrubs and summarises. `Err`: what the connection adds to the redactor cannot be had now, or cannot be used.
    async fn clean(
        &self,
        connection: ConnectionId,
        version: i64,
        batch: Batch<'_>,
        going: &[usize],
    ) -> Result<Vec<Clean>, Setback> {
        let extras = self.extras.of(connection, version).await?;
        let conversations = going.iter().map(|i| batch[*i].event.conversation.clone()).collect();
        let mut clean = self.scrub_all(extras, conversations).await;
        scrub::ask_model(&self.summariser, &mut clean).await;
        Ok(clean)
    }

    /// Opens the rows, each at once as far as its conversation has come, and ends those that may not go on. What the ledger said of
    /// each.
    async fn open(
        &self,
        connection: ConnectionId,
        batch: Batch<'_>,
        plans: &[Plan],
        clean: &HashMap<usize, Clean>,
    ) -> Result<Vec<Opened>, store::Error> {
        let row = |(i, delivery): (usize, &Delivery<ConversationAccepted>)| {
            let scrubbed = |clean: &Clean| Scrubbed { redactions: by_name(&clean.counts), summary_source: clean.summary_source };
            let row = NewWriteback::of(&delivery.event.origin, &delivery.event.conversation);
            NewWriteback { scrubbed: clean.get(&i).map(scrubbed), ..row }
        };
        let rows: Vec<_> = batch.iter().enumerate().map(row).collect();
        let opened = ledger::open(&self.db, connection, &rows).await?;
        let mut withheld = Vec::new();
        for ((delivery, plan), opened) in batch.iter().zip(plans).zip(&opened) {
            let seen = match (plan, opened) {
                (_, Opened::Duplicate { .. }) => telemetry::Opened::Duplicate,
                (_, Opened::Again { state }) if state.outcome().is_some() => telemetry::Opened::Again,
                (Plan::Withheld(reason), _) => {
                    withheld.push(Ended::because(delivery.event.conversation_id().clone(), *reason));
                    telemetry::Opened::Withheld
                }
                (_, Opened::Again { .. }) => telemetry::Opened::Again,
                (_, Opened::New) => telemetry::Opened::New,
            };
            seen.emit();
        }
        if !withheld.is_empty() {
            ledger::withheld(&self.db, connection, &withheld).await?;
        }
        Ok(opened)
    }

    /// Off the runtime's threads: a hundred long transcripts take a while.
    async fn scrub_all(&self, extras: Arc<Extras>, conversations: Vec<Conversation>) -> Vec<Clean> {
        let (scrubber, summariser) = (Arc::clone(&self.scrubber), Arc::clone(&self.summariser));
        let clean = move |conversation| scrub::clean(&scrubber, &summariser, &extras, conversation);
        match tokio::task::spawn_blocking(move || conversations.into_iter().map(clean).collect()).await {
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

fn plan(event: &ConversationAccepted, settings: Option<&Settings>) -> Plan {
    match settings.map(|settings| event.origin.in_force(settings, event.conversation.ended_at)) {
        None => Plan::Withheld(Reason::NotConnected),
        Some(Err(withhold)) => Plan::Withheld(withhold.into()),
        Some(Ok((mode, _))) => Plan::Goes(mode),
    }
}

/// Nothing is left to do: another event reported the conversation before, or it is finished.
fn is_over(opened: Opened) -> bool {
    match opened {
        Opened::New => false,
        Opened::Again { state } => state.outcome().is_some(),
        Opened::Duplicate { .. } => true,
    }
}

fn next(delivery: &Delivery<ConversationAccepted>, mode: Mode, clean: Clean) -> Verdict<ConversationRedacted> {
    let Clean { conversation, counts, summary_source } = clean.kept_by(mode);
    telemetry::Scrubbed { counts: &counts, summary: summary_source.map(SummarySource::as_str) }.emit();
    let origin = delivery.event.origin.clone();
    Verdict::Next(ConversationRedacted { origin, conversation, summary_source, rematches: 0 })
}

fn by_name(counts: &Counts) -> BTreeMap<String, u32> {
    counts.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| (kind.as_str().to_owned(), count)).collect()
}
